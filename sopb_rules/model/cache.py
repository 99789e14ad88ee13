"""Checked policy sets in the user's cache folder."""

from __future__ import annotations

from collections.abc import Iterable

from sopb_rules import cache
from sopb_rules.model.norms import Policies
from sopb_rules.source import Source

_MODULES = frozenset(
    f"sopb_rules.{name}" for name in ("source", "model.vocabulary", "model.norms", "model.expressions", "syntax.tree")
)


def load(sources: Iterable[Source]) -> Policies | None:
    """The checked policy set of these texts, if it was stored."""
    loaded = cache.load(_name(sources), _MODULES)
    return loaded if isinstance(loaded, Policies) else None


def store(sources: Iterable[Source], policies: Policies) -> None:
    """Keep a checked policy set; where that is not possible, nothing happens."""
    cache.store(_name(sources), policies)


def _name(sources: Iterable[Source]) -> str:
    return cache.name_of("policies", *cache.texts(sources))
