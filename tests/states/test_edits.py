"""An edit says one more thing, and leaves the rest as it was."""

from __future__ import annotations

from sopb_rules.states.edits import Edit, edited
from sopb_rules.states.nodes import from_python

TREE = from_python({"organization": [{"id": "a"}, {"id": "b", "inner": {"x": 1}}]})


def test_a_fact_is_added_behind_the_others() -> None:
    changed = edited(TREE, Edit(("organization", 1, "inner", "y"), from_python(2)))
    assert changed == from_python({"organization": [{"id": "a"}, {"id": "b", "inner": {"x": 1, "y": 2}}]})


def test_a_fact_that_is_there_is_said_otherwise_in_its_place() -> None:
    changed = edited(TREE, Edit(("organization", 1, "inner", "x"), from_python("unknown")))
    assert changed == from_python({"organization": [{"id": "a"}, {"id": "b", "inner": {"x": "unknown"}}]})


def test_groups_that_are_not_there_are_made() -> None:
    changed = edited(TREE, Edit(("organization", 0, "judgements", "8.1 (d)"), from_python({})))
    assert changed == from_python(
        {"organization": [{"id": "a", "judgements": {"8.1 (d)": {}}}, {"id": "b", "inner": {"x": 1}}]}
    )


def test_the_top_may_be_listed_anew() -> None:
    changed = edited(from_python({"as_of": "2026-11-01"}), Edit(("region",), from_python([])))
    assert changed == from_python({"as_of": "2026-11-01", "region": []})
