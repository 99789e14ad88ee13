"""States that show what conditions do: each shows it by the evaluators, and where there is none, none can be found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from sopb_rules.analysis import encode
from sopb_rules.loading import load_policies
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Decision, Definition, Norm, Statement
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.evaluate import evaluate_decision, evaluate_norm
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse
from sopb_rules.testing import turning_examples, turning_points
from sopb_rules.testing.coverage import Point, sides_of, turning, written_atoms
from sopb_rules.testing.situations import Situations
from sopb_rules.testing.strategies import policy_sets
from sopb_rules.testing.trials import Trial, aims, settled
from sopb_rules.testing.turning_examples import Condition, Ending, Found, found, tasks, told_apart
from sopb_rules.testing.turning_points import TurningPoint

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
SECONDS = 20.0

VOCABULARY = """\
vocabulary turning
  currency yuan
  will has the force of should
role committee "the committee"
kind colour
  red, blue, green
ordered kind level from low to high
  low, middle, high
parameter soon period in days
  judged by committee
parameter fixed period in months
  is 2 months
entity club
  a        yes/no
  b        yes/no
  c        yes/no
  fit      judgement by committee
  members  count
  income   money
  share    percent
  day      date
  colour   colour
  level    level
  branch   optional branch
  rooms    list of room
  region   reference to region
entity branch
  good  yes/no
entity room
  clean  yes/no
  size   count
entity region
  large  yes/no
  clubs  list of club by region
"""


def duty(must: str, when: str = "", id: str = "1.1") -> str:
    """The text of a duty of a club."""
    condition = f"  when {when}\n" if when else ""
    return f"norm {id} about club\n  | Sentence {id}.\n{condition}  the committee must\n    {must}\n\n"


def policies_of(*statements: str) -> PolicySet:
    text = 'article 1 "One"\n\n' + "".join(statements)
    return PolicySet(compile_policies([Source("vocabulary.policy", VOCABULARY), Source("article.policy", text)]))


def all_points(policies: PolicySet, statement: Statement, seconds: float = SECONDS) -> list[TurningPoint]:
    """The points of a statement, each held against the evaluators and its example run."""
    points = list(turning_points.turning_points(policies.model, statement, seconds))
    for point in points:
        hold(policies, point)
    return points


def hold(policies: PolicySet, point: TurningPoint) -> None:
    """Make sure that the trials show what they are for, by the evaluation and by coverage."""
    points = [Point.of(trial) for trial in point.trials]
    assert all(each.verdict for each in points) or point.side is not None
    if points and point.side is None:
        assert len({each.verdict for each in points}) == 2
        assert point.atom in set(turning(*points))
    elif points:
        assert point.side in points[0].sides[point.atom]
    for trial, text in zip(point.trials, point.states, strict=True):
        assert trial.target is point.statement
        both_ways(policies, trial)
        assert text.startswith("as_of: ")


def both_ways(policies: PolicySet, trial: Trial) -> None:
    """Make sure that both evaluators give a trial the same outcome."""
    target, record, today = trial.target, trial.record, trial.today
    match target:
        case Norm():
            parameters = policies.compiled.values_on(today)
            compiled = policies.compiled.verdicts[target.id](record, parameters, today)
            assert compiled.for_subject(record.hypothetical) == evaluate_norm(target, record, today)
        case Decision():
            assert policies.decide(target, record, today).outcome == evaluate_decision(target, record, today)
        case Definition():
            pass  # is compiled where norms and decisions use it


def run_example(policies: PolicySet, statement: Statement, text: str) -> Trial:
    """What an example tries, read from its text; it comes out as it says."""
    file, mistakes = parse(Source("example.policy", f"define it about x\n  means it\n\n{text}"))
    assert not mistakes
    (example,) = file.statements[0].examples
    ((aim, trial),) = aims(policies.model, statement, example)
    value = aim.outcome.value
    assert settled(trial) == (value.text if value else aim.outcome.verdict)
    return trial


def hold_examples(policies: PolicySet, condition: Condition) -> Iterator[str]:
    """Run the examples of a condition; they show what they are for. Gives their texts."""
    for each in condition.found:
        texts = [display.example for display in each.displays if display.example]
        tried = [run_example(policies, condition.statement, text) for text in texts]
        points = [Point.of(trial) for trial in tried]
        if each.side is None and points:
            assert condition.atom in set(turning(*points))
        for display, point in zip(each.displays, points, strict=bool(points)):
            assert display.outcome == point.verdict
            assert each.side is None or each.side in point.sides[condition.atom]
        yield from texts


def conditions(policies: PolicySet, statement: Statement, seconds: float = SECONDS) -> list[Condition]:
    """What is found of each condition of a statement, in this process."""
    return [
        Condition(statement, atom, tuple(found(policies, statement, atom, side, seconds) for side in sides_of(atom)))
        for atom in written_atoms(statement)
    ]


# ---- written policies ---------------------------------------------------------------------------------------

#: What a club must, when, and the parts that nothing shows: `words: what`.
WRITTEN = [
    ("a", "members is at least 3", []),
    ("a and b", "", []),
    ("a or b", "c", []),
    ("a", "not b and not fit", []),
    ("day is after 2026-03-01", "", []),
    ("day plus 2 months is on or after today", "", []),
    ("day plus fixed is on or after today", "", []),
    ("day plus soon is on or after today", "", []),
    ("income is more than 40 yuan", "share is at least 10%", []),
    ("level is at least middle", "", []),
    ("level is at least low", "", ["level is at least low: turns", "level is at least low: -1"]),
    ("level is below high", "", ["level is below high: 1"]),
    ("colour is one of red, blue", "colour is not green", []),
    ("colour is red or colour is blue", "", []),
    ("a", "members is at least 3 and members is at least 2",
     ["members is at least 2: turns"]),
    ("a or not a", "b", ["a: turns"]),
    ("members is at least 0", "a", ["members is at least 0: turns", "members is at least 0: -1"]),
    ("branch exists and branch.good", "", []),
    ("every room in rooms satisfies (room.clean or room.size is 0)", "", []),
    ("any room in rooms where (room.clean and room.size is more than 2)", "", []),
    ("number of room in rooms where (room.clean) is at least 3", "", []),
    ("number of rooms is at most 2", "a", []),
    ("region.large", "", []),
    ("number of region.clubs is at least 2", "", []),
]  # fmt: skip


def left(points: list[TurningPoint]) -> list[str]:
    """What nothing shows, all of it proved."""
    assert [point.reason for point in points if not point.trials and point.reason] == []
    return [
        f"{point.atom.words}: {'turns' if point.side is None else point.side}" for point in points if not point.trials
    ]


@pytest.mark.parametrize(("must", "when", "expected"), WRITTEN)
def test_the_conditions_of_a_norm(must: str, when: str, expected: list[str]) -> None:
    policies = policies_of(duty(must, when))
    norm = policies.model.norms["1.1"]
    assert left(all_points(policies, norm)) == expected
    for condition in conditions(policies, norm):
        assert len(list(hold_examples(policies, condition))) == sum(len(each.displays) for each in condition.found)


EXCEPTION = (
    "norm 1.1 about club\n  | Sentence 1.1.\n  when a\n  unless members is at most 2\n  the committee must\n    b\n\n"
)
PERMISSION = "norm 1.1 about club\n  | Sentence 1.1.\n  when a\n  the committee may\n    b\n  provided\n    members is at least 5\n\n"
DECISION = (
    "decision 1 painted about club gives colour\n"
    "  case 1.2 gives red when a\n    | One.\n"
    "  case 1.3 gives blue when b, overriding 1.2\n    | Two.\n"
    "  case 1.4 gives green when members is at least 2 and c\n    | Three.\n\n"
)
DEFINITION = "define large about club\n  means members is at least 5 or income is more than 10.5 yuan\n\n"


@pytest.mark.parametrize(
    "text",
    [
        EXCEPTION,
        PERMISSION,
        DECISION,
        DEFINITION,
        DEFINITION + duty("a", "large"),
        EXCEPTION + duty("c", "1.1 applies", id="1.2"),
        EXCEPTION + duty("c", "1.1 is unmet", id="1.2"),
        DECISION + duty("c", "painted is red", id="1.5"),
    ],
)
def test_other_statements(text: str) -> None:
    policies = policies_of(text)
    for statement in policies.model.statements:
        assert left(all_points(policies, statement)) == []
        for condition in conditions(policies, statement):
            assert len(list(hold_examples(policies, condition))) == sum(len(each.displays) for each in condition.found)


def test_a_list_that_is_looked_at_up_to_a_length_proves_nothing() -> None:
    policies = policies_of(duty("number of rooms is at least members and number of rooms is fewer than members"))
    points = all_points(policies, policies.model.norms["1.1"])
    reasons = {point.reason for point in points if not point.trials}
    assert reasons == {"looked at with at most 6 records of `club.rooms`"}


def test_lists_in_lists_that_lead_to_too_much_are_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "MOST_TRUTHS", 4)
    policies = policies_of(
        duty("every room in rooms satisfies (room.clean)", "any room in rooms where (room.size is 1)")
    )
    points = all_points(policies, policies.model.norms["1.1"])
    assert {point.reason for point in points} == {"not decided: the lists in it lead to too many questions at once"}


def test_what_takes_too_long_is_not_decided() -> None:
    policies = policies_of(duty("day plus 100 days is on or after day plus 3 months", "members is at least 3"))
    norm = policies.model.norms["1.1"]
    (point,) = [each for each in turning_points.turning_points(policies.model, norm, 1e-9) if each.side is None][1:]
    assert not point.trials
    assert point.reason == "not decided within 1e-09 s"
    assert found(policies, norm, point.atom, None, 1e-9) == Found(None, Ending.UNDECIDED, (), point.reason)


# ---- the Opinions -------------------------------------------------------------------------------------------

#: Articles with dates, lists, decisions, definitions and borders; the long run takes all.
SOME = () if DEEP else ("5.1", "7.2", "8.1", "13.1", "6")


def test_the_conditions_of_the_opinions() -> None:
    policies = load_policies()
    wanted = tasks(policies, SOME)
    told = told_apart(list(_here(policies, wanted)))
    endings = [
        (each.name, each.words, one.side) for each in told for one in each.found if one.ending is not Ending.SHOWN
    ]
    assert endings == [("5.1", "level is below national", 1)]
    for condition in told:
        list(hold_examples(policies, condition))
    texts = {(each.name, display.example) for each in told for one in each.found for display in one.displays}
    assert len({(name, text.partition("\n")[0]) for name, text in texts}) == len(texts)
    assert all(text for _, text in texts)


def _here(policies: PolicySet, wanted: list[turning_examples.Task]) -> Iterator[Condition]:
    """The conditions, searched in this process, with the states read again and evaluated both ways."""
    for task in wanted:
        statement = policies.model.statements[task.statement]
        atom = written_atoms(statement)[task.atom]
        point = [
            turning_points.turning_point(policies.model, statement, atom, side, SECONDS) for side in sides_of(atom)
        ]
        for each in point:
            hold(policies, each)
        came = tuple(turning_examples.found_of(policies, each) for each in point)
        yield Condition(statement, atom, came)


# ---- generated policies -------------------------------------------------------------------------------------


@settings(max_examples=100 if DEEP else 8)
@given(st.data())
def test_the_conditions_of_generated_policies(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    statements = [each for each in policies.model.statements if written_atoms(each)]
    if not statements:
        return
    statement = data.draw(st.sampled_from(statements))
    atom = data.draw(st.sampled_from(written_atoms(statement)))
    for side in sides_of(atom):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(encode, "MOST_TRUTHS", 500)
            point = turning_points.turning_point(policies.model, statement, atom, side, 1.0)
        hold(policies, point)
        if not point.trials and not point.reason:
            refute(policies, point)


def refute(policies: PolicySet, point: TurningPoint) -> None:
    """Make sure that what is proved not to be is not found otherwise either."""
    tried = [Point.of(each.trial) for each in islice(Situations(policies, point.statement), 60)]
    note(f"{point.atom.words} {point.side}")
    if point.side is not None:
        assert not any(point.side in each.sides.get(point.atom, ()) for each in tried)
    else:
        assert not any(point.atom in set(turning(one, other)) for one in tried for other in tried)
