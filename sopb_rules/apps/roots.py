"""The listed entity that a record belongs to."""

from __future__ import annotations

from sopb_rules.states.records import Record


def root(record: Record) -> Record:
    """The record at the top of the state that holds a record; the record itself where nothing holds it."""
    while record.holder is not None:
        record = record.holder
    return record
