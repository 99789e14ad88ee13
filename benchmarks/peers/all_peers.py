"""All peers, in the order in which they are checked."""

from __future__ import annotations

from benchmarks.peers import (
    cedar_peer,
    cel_peer,
    duckdb_peer,
    openfisca_peer,
    ours,
    pandas_peer,
    polars_peer,
    zen_peer,
)

PEERS = (
    ours.TABLE,
    ours.COMPILED,
    ours.FINDINGS,
    polars_peer.PEER,
    duckdb_peer.PEER,
    pandas_peer.PEER,
    openfisca_peer.PEER,
    openfisca_peer.TUNED,
    zen_peer.PEER,
    cel_peer.PEER,
    cedar_peer.PEER,
)
