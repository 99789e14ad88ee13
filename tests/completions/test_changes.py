"""The smallest changes of facts that turn an outcome: on generated policies, and told of the Opinions."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules import RulesError, Verdict, load_policies
from sopb_rules.completions import changes as searches
from sopb_rules.completions.changes import Change, ChangeSet, Stretch
from sopb_rules.completions.goals import outcomes_of
from sopb_rules.findings.change_words import change_words
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.term_words import Naming
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.states.records import ABSENT, Record
from sopb_rules.states.scratch import scratch_of
from sopb_rules.testing.some_states import Data
from sopb_rules.testing.strategies import policy_sets, states
from tests.completions.stated import with_changes
from tests.findings.test_missing import found
from tests.properties.support import Statement, evaluated, fewer, finding, outcome, until

DAY = datetime.date(2026, 11, 1)
YES_NOT = {"value": False, "by": "the committee", "on": DAY}


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches that give up early: generated norms are stranger than any that people write."""
    monkeypatch.setattr(searches, "STEPS", 100)


# ---- on generated policies -----------------------------------------------------------------------------------


def test_each_set_leads_to_its_outcome_and_none_of_its_changes_can_be_left_out(soon: None) -> None:
    tried = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal tried
        policies = data.draw(policy_sets())
        plain = data.draw(states(policies, ids=True))
        state = policies.state(plain)
        assert state.as_of is not None
        for statement, record in evaluated(policies, state):
            if record.hypothetical:
                continue
            for each in finding(policies, statement, record, state.as_of).changes(most=3).sets:
                if not _statable(each):
                    continue
                tried += 1
                context = (statement.id, record, each.outcome, [(one.path, one.after) for one in each.changes])
                assert _comes_to(policies, plain, statement, record, each) == {each.outcome}, context
                for left_out in each.changes:
                    less = ChangeSet(each.outcome, tuple(one for one in each.changes if one is not left_out))
                    if not any(_rests_on(one, left_out) for one in less.changes):
                        assert _comes_to(policies, plain, statement, record, less) != {each.outcome}, context

    until(hold, lambda: tried >= 10)
    assert tried >= 10


def _rests_on(change: Change, other: Change) -> bool:
    """Whether a change cannot be made without another: it is about what that one lists or names, or refers to it."""
    made = {one.path for one in _records(other.after) if one.hypothetical}
    return change.path.startswith((other.path, *made)) or any(one.path in made for one in _records(change.after))


def _records(value: object) -> list[Record]:
    return [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Record)]


def _statable(changed: ChangeSet) -> bool:
    """Whether the changes can be made one by one in a file: none is about an entry of a list that another change shortens."""
    lists = [one.path for one in changed.changes if isinstance(one.after, tuple)]
    return not any(one.path.startswith(f"{path}[") for one in changed.changes for path in lists)


def _comes_to(
    policies: PolicySet, plain: Data, statement: Statement, record: Record, changed: ChangeSet
) -> frozenset[Any] | None:
    state = policies.state(with_changes(policies.model, plain, changed.changes))
    assert state.as_of is not None
    same = [each for other, each in evaluated(policies, state) if other is statement and each.path == record.path]
    return frozenset(outcome(statement, same[0], state.as_of).possible) if same else None


#: Conditions on a few facts that have few values each, so that everything can be tried.
ATOMS = (
    "active",
    "not active",
    "fit",
    "kind is branch",
    "level is at least county",
    "closed exists",
    "closed is absent",
)
DOMAINS: dict[str, tuple[Any, ...]] = {
    "active": (True, False),
    "fit": (True, False),
    "kind": ("branch", "general_branch"),
    "level": ("township", "county", "national"),
    "closed": (ABSENT, DAY),
}


def _conditions() -> st.SearchStrategy[str]:
    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        parts = st.lists(inner, min_size=2, max_size=3)
        both = st.tuples(st.sampled_from([" and ", " or "]), parts).map(lambda pair: f"({pair[0].join(pair[1])})")
        return both | inner.map(lambda part: f"(not {part})" if not part.startswith("not ") else part)

    return st.recursive(st.sampled_from(ATOMS), joined, max_leaves=5)


def _given() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in DOMAINS.items()})


@given(applies=_conditions(), satisfied=_conditions(), facts=_given())
def test_the_minimal_sets_are_those_that_trying_everything_finds(
    applies: str, satisfied: str, facts: dict[str, Any]
) -> None:
    each = found(
        f"when {applies}\nthe committee must\n  {satisfied}", {name: _stated(name, facts[name]) for name in facts}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searches, "STEPS", 5_000)  # all of them are wanted here
        changes = each.changes(most=100)
    assert changes.complete
    sets = {(one.outcome, frozenset(change.path.rpartition(".")[2] for change in one.changes)) for one in changes.sets}
    assert sets == _by_trying(each), (applies, satisfied, facts)


def _stated(name: str, value: Any) -> Any:
    return {"value": value, "by": "the committee", "on": DAY} if name == "fit" else None if value is ABSENT else value


def _by_trying(each: Finding | DecisionFinding) -> set[tuple[Any, frozenset[str]]]:
    scratch = scratch_of(each.record.state)
    copy = scratch.record(each.record)
    expected: set[tuple[Any, frozenset[str]]] = set()
    for size in range(len(DOMAINS) + 1):
        for chosen in combinations(DOMAINS, size):
            for values in product(*(DOMAINS[name] for name in chosen)):
                with scratch.trial():
                    for name, value in zip(chosen, values, strict=True):
                        scratch.set(copy, name, value)
                    possible = outcome(each.model, copy, DAY).possible
                if len(possible) == 1 and possible != each.outcome.possible:
                    (came,) = possible
                    if not any(came == other and smaller < frozenset(chosen) for other, smaller in expected):
                        expected.add((came, frozenset(chosen)))
    return expected


# ---- numbers, dates, lists, entities -------------------------------------------------------------------------


def told(body: str, facts: dict[str, Any], *wanted: Verdict | str, most: int = 12) -> list[list[str]]:
    """The sets of changes in words, for the norm and the entity of `tests.findings.test_missing`."""
    each: Finding | DecisionFinding = found(body, facts)
    names = Naming((each.record.path,))
    return [
        [change_words(one, names, "yuan") for one in one_set.changes]
        for one_set in each.changes(*wanted, most=most).sets
    ]


@pytest.mark.parametrize(
    ("body", "facts", "wanted", "expected"),
    [
        ("active", {"active": False}, Verdict.MET, [["active: yes, now no"]]),
        ("active", {}, Verdict.MET, [["active: yes, now not stated"]]),
        ("members is at least 3", {"members": 1}, Verdict.MET, [["members: at least 3, now 1 (2 more)"]]),
        ("members is fewer than 3", {"members": 5}, Verdict.MET, [["members: at most 2, now 5 (3 fewer)"]]),
        (
            "members is at least 3 and members is at most 5",
            {"members": 9},
            Verdict.MET,
            [["members: at least 3 and at most 5, now 9 (4 fewer)"]],
        ),
        ("members is 3", {"members": 4}, Verdict.MET, [["members: 3, now 4 (1 fewer)"]]),
        (
            "40% of income is more than 500 yuan",
            {"income": 500},
            Verdict.MET,
            [["income: more than 1250 yuan, now 500 yuan"]],
        ),
        (
            "founded plus 1 month is on or before today",
            {"founded": "2026-10-31"},
            Verdict.MET,
            [["founded: on or before 2026-10-01, now 2026-10-31"]],
        ),
        ("kind is branch", {"kind": "general_branch"}, Verdict.MET, [["kind: branch, now general_branch"]]),
        (
            "active or fit",
            {"active": False, "fit": YES_NOT},
            Verdict.MET,
            [["active: yes, now no"], ["fit: yes, now no"]],
        ),
        (
            "active and members is at least 3",
            {"active": False, "members": 2},
            Verdict.MET,
            [["active: yes, now no", "members: at least 3, now 2 (1 more)"]],
        ),
        (
            "party exists and party.approved",
            {"party": None},
            Verdict.MET,
            [["party: there, now absent", "party.approved: yes, now not stated"]],
        ),
        (
            "any x in changes where (x.kind is branch)",
            {"changes": []},
            Verdict.MET,
            [["changes: 1 more entry", "changes[#1].kind: branch, now not stated"]],
        ),
        (
            "every x in changes satisfies (x.kind is branch)",
            {"changes": [{"kind": "general_branch"}]},
            Verdict.MET,
            [["changes[#1].kind: branch, now general_branch"], ["without changes[#1]"]],
        ),
        (
            "number of x in changes where (x.kind is branch) is at least 2",
            {"changes": []},
            Verdict.MET,
            [
                [
                    "changes: 2 more entries",
                    "changes[#1].kind: branch, now not stated",
                    "changes[#2].kind: branch, now not stated",
                ]
            ],
        ),
        ("active and not active", {"active": True}, Verdict.MET, []),
    ],
)
def test_what_would_change_a_duty(body: str, facts: dict[str, Any], wanted: Verdict, expected: list[list[str]]) -> None:
    assert told(f"the committee must\n  {body}", facts, wanted) == expected


def test_a_stretch_says_where_it_ends() -> None:
    (one,) = (
        found("the committee must\n  40% of income is more than 500 yuan", {"income": 500}).changes(Verdict.MET).sets
    )
    assert one.changes[0].stretch == Stretch(Decimal(1250), None, low_included=False)
    assert one.changes[0].after > 1250


def test_acts_come_first_and_are_told_apart() -> None:
    opinions = load_policies()
    report = opinions.evaluate({"organization": [{"id": "o", "formal_members": 3, "party_organization": None}]}, DAY)
    (finding,) = (each for each in report.findings if each.norm == "8.1")
    away, *_ = finding.changes(Verdict.NOT_APPLICABLE).sets
    assert [change.path for change in away.changes] == ["organization[o].formal_members"]
    assert not away.by_acting
    (way,) = finding.changes(Verdict.MET).sets
    acts = {change.path.rpartition(".")[2]: change.act for change in way.changes}
    assert all(acts[name] for name in ("party_organization", "approved"))
    assessors = [change.assessor.name for change in way.changes if change.assessor is not None]
    assert assessors == ["higher_level_party_organization"] * 2


def test_nothing_is_sought_that_cannot_be() -> None:
    finding = found("the committee must\n  active", {"active": False})
    with pytest.raises(RulesError, match="cannot come to used") as caught:
        finding.changes(Verdict.USED)
    assert "it can come to not_applicable, met, unmet" in str(caught.value)


def test_a_bound_is_told(soon: None) -> None:
    clauses = " and ".join(f"members is not {number}" for number in range(3))
    assert found(f"the committee must\n  {clauses}", {"members": 1}).changes().complete
    many = "\n".join(
        f"    ({letter}) any x in changes where (x.kind is branch and x.occurred_on is 2026-01-0{number})"
        for number, letter in enumerate("abcdefghi", 1)
    )
    changes = found(f"the committee must\n{many}", {"changes": []}).changes(Verdict.MET, most=1)
    assert not changes.sets
    assert not changes.complete


def test_all_outcomes_of_a_model() -> None:
    model = found("the committee may\n  active\nprovided\n  fit", {}).model
    assert [each.value for each in outcomes_of(model) if isinstance(each, Verdict)] == [
        "not_applicable", "open", "used", "exceeded",
    ]  # fmt: skip


def test_a_computed_list_without_elements_gets_none() -> None:
    """Nothing can be listed there: who refers says so itself."""
    club = (
        "vocabulary v\nrole board\nentity club\n  teams  list of team by club\n  base   optional base\n"
        "entity base\n  team  team\nentity team\n  club  reference to club\n  fit   yes/no\n"
    )
    norm = (
        'article 1 "One"\nnorm 1.1 about club\n  | It must.\n  the board must\n    any team in teams where (team.fit)\n'
    )
    policies = PolicySet(compile_policies([Source("v.policy", club), Source("a.policy", norm)]))
    state = policies.state({"club": [{"id": "one", "base": None}]}, as_of=DAY)
    (found,) = policies.evaluate(state).findings
    assert found.verdict is Verdict.UNMET
    assert found.changes("met").sets == ()
