"""Small policies asked of the analysis, and answered by trying every state: both come to the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, note
from hypothesis import strategies as st

from sopb_rules.analysis.ask import questions
from sopb_rules.analysis.clash import MOST
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import parameters_of
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.dates import add_days
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse
from sopb_rules.testing.strategies import policy_sets
from tests.analysis.brute import Brute
from tests.analysis.situations import DAY, answered, policy_set, replayed
from tests.properties.support import fewer

VOCABULARY = """\
vocabulary small
  currency yuan
  will has the force of should
  is to has the force of should

role committee "the committee"

kind colour
  red, blue

ordered kind level from low to high
  low, middle, high

entity thing
  asked  yes/no
  done   yes/no           act
  sent   yes/no           act
  fit    judgement by committee
  level  level
  paint  optional colour  act
  box    optional box
  cover  optional cover   act

entity box
  open    yes/no           act
  colour  optional colour

entity cover
  good  yes/no  act
  old   yes/no
"""


def disagreements(policies: PolicySet, brute: Brute) -> Iterator[str]:
    """What the analysis says otherwise than all states together."""
    for question in questions(policies):
        found = answered(policies, question)
        expected = brute.status(question)
        if {answer.status for answer in found} != ({expected} if expected else set()):
            yield f"{question}: {expected}, but {found}"
        elif expected is Status.FOUND:
            yield from _wrong_sets(brute, question, found)
        with TemporaryDirectory() as folder:
            for answer in found:
                if answer.witness is not None:
                    replayed(policies, answer, Path(folder))


def _wrong_sets(brute: Brute, question: Question, found: Sequence[Answer]) -> Iterator[str]:
    """Statements that are named and have no part in it, and those that have and are not named."""
    ids = [answer.ids for answer in found]
    match question.kind:
        case Kind.CONFLICT:
            smallest = brute.smallest_clashes(question.ids)
            if wrong := {each for each in ids if frozenset(each) not in smallest}:
                yield f"{question}: {wrong} is none of {smallest}"
            told = {situation for each in ids for situation in brute.clashing(each)}
            if len(ids) < MOST and (left := set(brute.clashing(question.ids)) - told):
                yield f"{question}: {ids} leaves out {left}"
        case Kind.IMPLIED:
            (duty, *others) = ids[0]
            if not brute.implied(duty, others):
                yield f"{question}: {others} do not imply it"
            for other in others:
                if brute.implied(duty, [each for each in others if each != other]):
                    yield f"{question}: {other} of {others} can be left out"
        case Kind.OVERLAP:
            cases = {case.id: case.value for case in brute.policies.model.decisions[question.ids[0]].cases}
            pairs = {
                (question.ids[0], one, other)
                for one, value in cases.items()
                for other, other_value in cases.items()
                if list(cases).index(one) < list(cases).index(other) and value != other_value
                if any(
                    (question.ids[0], one) in each and (question.ids[0], other) in each
                    for row in brute.rows
                    for each in row.active
                )
            }
            if set(ids) != pairs:
                yield f"{question}: {ids}, but {pairs}"


# ---- generated policies -------------------------------------------------------------------------------------

#: Policies that have more states than these are not looked at.
STATES = 3000


def days_of(policies: PolicySet) -> list[datetime.date]:
    """The days on which something may come out differently: those that are named, and the days around them."""
    conditions = list(policies.model.conditions())
    nodes = [node for condition in conditions for node in e.walk(condition)]
    parameters = parameters_of(*conditions)
    starts = {start for parameter in parameters for start, _ in parameter.values}
    days = {DAY} | starts | {add_days(start, -1) for start in starts}
    if any(isinstance(node, e.Today) for node in nodes):
        named = {node.value for node in nodes if isinstance(node, e.Value) and isinstance(node.value, datetime.date)}
        values = {value for parameter in parameters for _, value in parameter.values}
        named |= {value for value in values if isinstance(value, datetime.date)}
        days |= {add_days(day, each) for day in named for each in (-1, 0, 1)}
    return sorted(days)


@fewer
@given(st.data())
def test_generated_policies(data: st.DataObject) -> None:
    tree, _ = parse(Source("vocabulary.policy", VOCABULARY))
    policies = data.draw(policy_sets(tree.statements))
    nodes = (node for condition in policies.model.conditions() for node in e.walk(condition))
    assume(not any(isinstance(node, e.Shift) for node in nodes))  # days that are moved are too many to try
    brute = Brute(policies, days_of(policies))
    assume(brute.size <= STATES)
    assert list(disagreements(policies, brute)) == []


# ---- small norms --------------------------------------------------------------------------------------------

FACTS = ("thing.asked", "thing.fit", "thing.level is at least middle", "thing.box exists", "thing.level is low")
ACTS = ("thing.done", "thing.sent", "thing.paint exists", "thing.cover exists", "thing.paint exists and thing.paint is red")


@st.composite
def conditions(draw: st.DrawFn, parts: Sequence[str]) -> str:
    """One to three parts, some of them negated, joined by one word."""
    chosen = draw(st.lists(st.sampled_from(parts), min_size=1, max_size=3, unique=True))
    negated = [f"not ({each})" if draw(st.booleans()) else f"({each})" for each in chosen]
    return draw(st.sampled_from((" and ", " or "))).join(negated)


@st.composite
def norms(draw: st.DrawFn, id: str) -> str:
    """A norm about a thing: in some situation, some act."""
    force = draw(st.sampled_from(("must", "must", "must not", "should", "may")))
    when = draw(st.none() | conditions(FACTS) | conditions((*FACTS, *ACTS)))
    act = draw(conditions(ACTS) | conditions((*FACTS, *ACTS)))
    about = draw(st.sampled_from(("thing", "thing", "box", "cover")))
    lines = [f"norm {id} about {about}", "  | It is so.", *([f"  when {when}"] if when else [])]
    lines += [f"  the committee {force}", f"    {act}"]
    if force == "may" and draw(st.booleans()):
        lines += ["  provided", f"    {draw(conditions((*FACTS, *ACTS)))}"]
    return "\n".join(lines) + "\n"


@st.composite
def small_sets(draw: st.DrawFn) -> PolicySet:
    """Two to five norms about a thing and what it contains, which ask for the same few acts."""
    statements = [draw(norms(f"1.{number}")) for number in range(1, draw(st.integers(2, 5)) + 1)]
    note("\n".join(statements))
    return policy_set(VOCABULARY, *statements)


@fewer
@given(small_sets())
def test_norms_that_share_acts(policies: PolicySet) -> None:
    assert list(disagreements(policies, Brute(policies, [DAY]))) == []
