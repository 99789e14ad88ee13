"""Explanations of findings: what they hold, that they can be written and read back, and that they replay."""

from __future__ import annotations

import datetime
import json
import os
from decimal import Decimal
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest

from sopb_rules import PolicySet, RulesError, load_policies
from sopb_rules.findings import reasons as x
from sopb_rules.findings.explain import explain_definition
from sopb_rules.findings.explanation import DecisionReasons, Explanation, NormReasons
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.replay import disagreements
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from sopb_rules.states.files import parse_state
from sopb_rules.states.read import check_state
from tests.findings.explanation_schema import schema
from tests.model.reading import norm, policy_set

DAY = datetime.date(2026, 11, 1)
SCHEMA = resources.files("sopb_rules.findings").joinpath("explanation.schema.json")


def explained(body: str, **stated: Any) -> Explanation:
    """The explanation of the finding on norm 8.1 with this body."""
    return found(body, **stated).explain()


def found(body: str, **stated: Any) -> Finding:
    """The finding on norm 8.1 with this body."""
    (finding,) = policy_set(norm("8.1", body)).evaluate({"organization": [{"id": "o", **stated}]}, DAY).findings
    return finding


def reasons_of(explanation: Explanation) -> NormReasons:
    assert isinstance(explanation.reasons, NormReasons)
    return explanation.reasons


def lines(explanation: Explanation) -> list[str]:
    """The outline, as a person would sketch it."""
    signs = {Truth.TRUE: "+", Truth.FALSE: "x", Truth.UNKNOWN: "?", None: "-"}
    return [f"{'  ' * line.depth}{signs[line.truth]} {line.text}" for line in explanation.outline()]


@pytest.fixture(scope="module")
def examples() -> list[Finding | DecisionFinding]:
    """All findings on the example district."""
    policies = load_policies()
    report = policies.evaluate(policies.read_state("examples"))
    return [*report.findings, *report.decisions]


# ---- what is told -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "stated", "expected"),
    [
        ("members is at least 3", {"members": 2}, ["x members is 2, needed at least 3"]),
        ("members is at least 3", {"members": 3}, ["+ members is 3, needed at least 3"]),
        ("members is at least 3", {}, ["? members is not stated, needed at least 3"]),
        ("members is 3", {"members": 3}, ["+ members is 3"]),
        ("members is not 3", {"members": 3}, ["x members is 3, needed another"]),
        ("not members is fewer than 3", {"members": 2}, ["x members is 2, needed at least 3"]),
        ("active", {"active": False}, ["x active is no, needed yes"]),
        ("not active", {"active": True}, ["x active is yes, needed no"]),
        ("not active", {"active": False}, ["+ active is no"]),
        ("party exists", {"party": {}}, ["+ party exists"]),
        ("party exists", {"party": None}, ["x party is absent, but is needed"]),
        ("party is absent", {"party": {}}, ["x party exists, needed absent"]),
        ("party is absent", {"party": None}, ["+ party is absent"]),
        ("fit", {}, ["? fit is not yet judged"]),
        ("income is more than 500 yuan", {"income": 500}, ["x income is 500 yuan, needed more than 500 yuan"]),
        (
            "active or members is 3",
            {"active": False, "members": 2},
            [
                "x one of these 2 is needed, and none holds",
                "  x active is no, needed yes",
                "  x members is 2, needed 3",
            ],
        ),
        (
            "active or members is 3",
            {"active": True, "members": 2},
            ["+ one of these 2 is needed, and one holds", "  + active is yes"],
        ),
        ("active and members is 3", {"active": False, "members": 3}, ["x active is no, needed yes"]),
    ],
)
def test_what_is_told_of_a_condition(condition: str, stated: dict[str, Any], expected: list[str]) -> None:
    heading, *rest = lines(explained(f"when {condition}\nthe committee must\n  active", **stated))
    told = [line[2:] for line in rest if line.startswith("  ")]
    assert told[: len(expected)] == expected
    assert heading[2:] in ("applies", "does not apply", "whether it applies is unknown")


def test_a_part_that_makes_no_difference_is_left_out_and_counted() -> None:
    applies = reasons_of(
        explained("when active and members is 3\nthe committee must\n  fit", active=False, members=3)
    ).applies
    assert isinstance(applies, x.Joined)
    assert (len(applies.parts), applies.left_out, applies.truth) == (1, 1, Truth.FALSE)


def test_the_clauses_of_a_norm_that_does_not_apply_are_left_out() -> None:
    reasons = reasons_of(explained("when active\nthe committee must\n  fit", active=False))
    assert (reasons.clauses, reasons.left_out) == ((), 1)


def test_lists_are_told_entry_by_entry_and_only_those_that_settle_it() -> None:
    body = "the committee must\n  every x in changes satisfies (x.kind is branch)"
    kinds = [{"kind": kind} for kind in ("branch", "general_branch", "branch")]
    told = explained(body, changes=kinds)
    (clause,) = reasons_of(told).clauses
    assert isinstance(clause.condition, x.Each)
    assert (len(clause.condition.elements), clause.condition.left_out) == (1, 2)
    assert any("1 of 3 does not" in line for line in lines(told))
    assert lines(explained(body, changes=[]))[-1].endswith("there is none")


def test_where_a_fact_stands_and_who_judged_it() -> None:
    policy = policy_set(norm("8.1", "the committee must\n  fit"))
    text = "as_of: 2026-11-01\norganization:\n  - id: o\n    fit: {value: yes, by: the committee, on: 2026-05-01}\n"
    node, _ = parse_state(Source("state.yaml", text))
    assert node is not None
    (finding,) = policy.evaluate(check_state(policy.model.vocabulary, [node])).findings
    *_, line = finding.explain().outline()
    assert line.place == "state.yaml:4:10"
    assert line.note.endswith("judged by the committee on 2026-05-01")


def test_the_opinions_explain_themselves(examples: list[Finding | DecisionFinding]) -> None:
    for finding in examples:
        explanation = finding.explain()
        replayed = explanation.replay()
        assert (replayed.verdict, replayed.possible) == (finding.verdict, finding.possible)
        told = explanation.outline()
        assert all(line.text for line in told)
        assert all(before != after for before, after in pairwise(told))


# ---- as data ------------------------------------------------------------------------------------------------


def test_the_schema_is_that_of_the_classes() -> None:
    if os.environ.get("UPDATE_GOLDEN") == "1":
        Path(str(SCHEMA)).write_text(json.dumps(schema(), indent=2) + "\n", "utf-8")
    assert json.loads(SCHEMA.read_text("utf-8")) == schema()


def test_explanations_fit_the_schema_and_are_read_back_as_they_were(examples: list[Finding | DecisionFinding]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for finding in examples[::7]:
        explanation = finding.explain()
        data = json.loads(json.dumps(explanation.as_dict()))
        validator.validate(data)
        assert Explanation.from_dict(data) == explanation


def test_exact_values_survive() -> None:
    told = explained("the committee must\n  income is more than 500 yuan", income=Decimal("0." + "1" * 28 + "5"))
    assert Explanation.from_dict(json.loads(json.dumps(told.as_dict()))) == told
    big = x.Value("count", 10**20)
    other = attrs.evolve(
        told, reasons=attrs.evolve(told.reasons, applies=x.OneOf(Truth.TRUE, "", x.Constant(big), (big,)))
    )
    assert Explanation.from_dict(json.loads(json.dumps(other.as_dict()))) == other


def _set(data: Any, way: str, value: Any) -> None:
    *most, last = way.split(".")
    for step in most:
        data = data[int(step) if step.isdigit() else step]
    data[last] = value


@pytest.mark.parametrize(
    ("way", "value", "expected"),
    [
        ("as_of", "yesterday", "`as_of` to be a date"),
        ("as_of", 5, "`as_of` to be a date"),
        ("outer", 5, "`outer` to be a text"),
        ("reasons", [], "`reasons` to be an object"),
        ("reasons.is", "poem", "`reasons` to say in `is` which it is"),
        ("reasons.possible", "met", "`reasons.possible` to be a list"),
        ("reasons.verdict", "fine", "`reasons.verdict` to be one of"),
        ("reasons.left_out", True, "`reasons.left_out` to be a whole number"),
        ("reasons.extra", 1, "`reasons` to have exactly"),
        ("reasons.applies.left.fact.value.type", "mood", "one of yes/no"),
        ("reasons.applies.left.fact.value.value", "3e5", "a whole number, or a decimal"),
        ("reasons.applies.left.fact.value.value", True, "a whole number, or a decimal"),
        ("reasons.clauses.0.condition.fact.value.value", 1, "true or false"),
        ("subject.id", None, "`subject.id` to be a text"),
    ],
)
def test_what_is_no_explanation_is_refused_with_its_place(way: str, value: Any, expected: str) -> None:
    data = explained("when members is at least 3\nthe committee must\n  active", members=3, active=True).as_dict()
    _set(data, way, value)
    with pytest.raises(RulesError, match="no explanation") as caught:
        Explanation.from_dict(data)
    assert expected in (caught.value.diagnostics[0].expected or "")


def test_conditions_that_are_endlessly_inside_each_other_are_refused() -> None:
    data = explained("the committee must\n  active").as_dict()
    inner = data["reasons"]["applies"]
    for _ in range(500):
        inner = {"is": "opposite", "truth": "true", "part": inner}
    data["reasons"]["applies"] = inner
    with pytest.raises(RulesError, match="no explanation"):
        Explanation.from_dict(data)


# ---- replay -------------------------------------------------------------------------------------------------


def test_a_number_that_does_not_fit_is_noticed_with_its_place() -> None:
    told = explained("when members is at least 3\nthe committee must\n  active", members=3, active=True)
    data = told.as_dict()
    _set(data, "reasons.applies.left.fact.value.value", 2)
    with pytest.raises(RulesError, match=r"reasons.applies.truth says true, but false follows"):
        Explanation.from_dict(data).replay()


@pytest.mark.parametrize(
    ("way", "value", "place"),
    [
        ("presence", "fact", "presence"),
        ("reasons.left_out", 1, "reasons.left_out"),
        ("reasons.clauses", [], "reasons.clauses"),
        ("reasons.clauses.0.part", "perhaps", "reasons.clauses[0]"),
        ("reasons.applies.operator", "~", "reasons.applies"),
        ("reasons.applies.order", ["a", "b"], "reasons.applies"),
        ("reasons.applies.left.fact.value.type", "number", "reasons.applies.left.fact"),
        ("reasons.applies.left.fact.asked", True, "reasons.applies.left.fact"),
        ("reasons.applies.left.fact.reached", False, "reasons.applies.left.fact"),
    ],
)
def test_what_cannot_be_is_noticed(way: str, value: Any, place: str) -> None:
    data = explained("when members is at least 3\nthe committee must\n  active", members=3, active=True).as_dict()
    _set(data, way, data["reasons"]["applies"]["left"]["fact"] if value == "fact" else value)
    assert place in [each.at for each in disagreements(Explanation.from_dict(data))]


def test_a_part_that_is_left_out_must_make_no_difference() -> None:
    told = explained("when active and members is 3\nthe committee must\n  fit", active=True, members=3)
    assert isinstance(reasons_of(told).applies, x.Joined)
    data = told.as_dict()
    data["reasons"]["applies"]["left_out"] = 1
    assert [each.at for each in disagreements(Explanation.from_dict(data))] == ["reasons.applies"]


def test_entries_are_counted() -> None:
    told = explained("the committee must\n  number of changes is at least 2", changes=[{}, {}])
    assert not disagreements(told)
    data = told.as_dict()
    tally = data["reasons"]["clauses"][0]["condition"]["left"]
    tally["elements"] = tally["elements"][:1]
    assert any("entries are told or counted" in each.follows for each in disagreements(Explanation.from_dict(data)))
    tally["elements"] = tally["elements"] * 2
    assert any("each counts once" in each.follows for each in disagreements(Explanation.from_dict(data)))


def test_a_case_that_is_dropped_or_doubled_is_noticed(examples: list[Finding | DecisionFinding]) -> None:
    told = next(f for f in examples if isinstance(f, DecisionFinding) and f.verdict is Verdict.DECIDED).explain()
    assert isinstance(told.reasons, DecisionReasons)
    cases = told.reasons.cases
    fewer = tuple(case for case in cases if case.active is not Truth.TRUE)
    for other in (fewer, cases + cases[:1]):
        assert disagreements(attrs.evolve(told, reasons=attrs.evolve(told.reasons, cases=other)))


def test_a_policy_set_confirms_what_it_would_say_itself(examples: list[Finding | DecisionFinding]) -> None:
    policies = load_policies()
    state = policies.read_state("examples")
    for finding in examples[::50]:
        assert policies.unlike(finding.explain(), state) == ()
    finding = next(
        each for each in examples if isinstance(each, Finding) and each.norm == "8.1" and each.verdict is Verdict.UNMET
    )
    told = finding.explain()
    data = told.as_dict()
    _set(data, "reasons.applies.left.fact.value.value", 4)  # which replays, but is not what is stated
    other = Explanation.from_dict(data)
    assert not disagreements(other)
    assert policies.unlike(other, state) == ("reasons.applies.left.fact.value.value",)
    assert policies.unlike(attrs.evolve(told, subject=attrs.evolve(told.subject, path="nowhere")), state) == (
        "subject",
    )
    assert policies.unlike(attrs.evolve(told, statement=attrs.evolve(told.statement, id="99.1")), state) == (
        "statement",
    )
    assert isinstance(policies, PolicySet)


ASKING = (
    norm("8.1", 'the committee must\n  (a) "do it"\n      office.manned')
    + "\ndefine manned about office\n  means staffed\n"
)
MOVED = 'the committee must\n  (a) "do it"\n      founded plus 2 months is before today'


def test_who_is_asked_must_fit_the_way_to_it() -> None:
    policies = policy_set(ASKING)
    (stated,) = policies.evaluate({"organization": [{"id": "o", "office": {"staffed": True}}]}, DAY).findings
    (unknown,) = policies.evaluate({"organization": [{"id": "o"}]}, DAY).findings
    place = "reasons.clauses[0].condition"
    for told, way, value in (
        (stated, "subject.value", "elsewhere"),
        (stated, "condition", None),
        (unknown, "condition", {"is": "unconditional", "truth": "true"}),
    ):
        data = told.explain().as_dict()
        _set(data["reasons"]["clauses"][0]["condition"], way, value)
        assert any(each.at.startswith(place) for each in disagreements(Explanation.from_dict(data))), way


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("left.high.value", "2026-12-01"),
        ("left.low", None),
        ("left.date.fact.value", {"type": "text", "value": "soon", "label": ""}),
        ("left.period", {"is": "today", "value": {"type": "date", "value": "2026-11-01", "label": ""}}),
        ("left.later", False),
    ],
)
def test_a_date_that_is_moved_otherwise_is_noticed(way: str, value: Any) -> None:
    data = explained(MOVED, founded=datetime.date(2026, 8, 31)).as_dict()
    assert not disagreements(Explanation.from_dict(data))
    _set(data["reasons"]["clauses"][0]["condition"], way, value)
    assert disagreements(Explanation.from_dict(data))


@pytest.mark.parametrize(
    "period", ["plus 120000 months", "minus 40000 months", "plus 9999999 days", "minus 9999999 days"]
)
def test_dates_end_where_the_calendar_does(period: str) -> None:
    told = explained(f"the committee must\n  founded {period} is before today", founded=DAY)
    assert not disagreements(told)


def test_who_outranks_a_case_must_be_there(examples: list[Finding | DecisionFinding]) -> None:
    told = next(f for f in examples if isinstance(f, DecisionFinding) and f.verdict is Verdict.DECIDED).explain()
    assert isinstance(told.reasons, DecisionReasons)
    first, *others = told.reasons.cases
    other = attrs.evolve(first, outranked_by=("99.9",))
    (found, *_) = disagreements(attrs.evolve(told, reasons=attrs.evolve(told.reasons, cases=(other, *others))))
    assert (found.at, found.follows) == ("reasons.cases[0]", "not all of them are there")
    assert str(found) == "reasons.cases[0] says that 99.9 outrank it, but not all of them are there"


def test_an_entry_that_may_belong_here_needs_its_condition() -> None:
    policies = policy_set(
        norm("8.1", "the committee must\n  every x in organizations satisfies (x.active)", about="region")
    )
    state = {"region": [{"id": "r"}], "organization": [{"id": "a", "region": "r", "active": True}]}
    (finding,) = policies.evaluate(state, DAY).findings
    data = finding.explain().as_dict()
    data["reasons"]["clauses"][0]["condition"]["elements"][0]["condition"] = None
    assert any("the entry may belong here" in each.follows for each in disagreements(Explanation.from_dict(data)))


def test_definitions_and_decisions_are_confirmed_too(examples: list[Finding | DecisionFinding]) -> None:
    policies = policy_set(ASKING)
    state = policies.state({"as_of": DAY, "organization": [{"id": "o", "office": {"staffed": True}}]})
    (definition,) = policies.model.definitions.values()
    (record,) = state.records(definition.entity)
    told = explain_definition(definition, record, DAY)
    assert told.replay().truth is Truth.TRUE
    assert policies.unlike(told, state) == ()
    opinions = load_policies()
    decided = next(each for each in examples if isinstance(each, DecisionFinding)).explain()
    district = opinions.read_state("examples")
    assert opinions.unlike(decided, district) == ()
    assert isinstance(decided.reasons, DecisionReasons)
    other = attrs.evolve(decided, reasons=attrs.evolve(decided.reasons, cases=decided.reasons.cases[:-1]))
    assert opinions.unlike(other, district) == ("reasons.cases",)
