"""Small policies asked of the analysis, and answered by trying every state: both come to the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from sopb_rules.analysis.ask import questions
from sopb_rules.analysis.clash import MOST
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.model import expressions as e
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
  a      yes/no
  b      yes/no           act
  c      yes/no           act
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
STATES = 4000


def days_of(policies: PolicySet) -> list[datetime.date]:
    """The days on which something may come out differently: those that are named, and their neighbours."""
    nodes = [node for condition in policies.model.conditions() for node in e.walk(condition)]
    named = {node.value for node in nodes if isinstance(node, e.Value) and isinstance(node.value, datetime.date)}
    for parameter in policies.model.parameters.values():
        named |= {day for start, value in parameter.values for day in (start, value) if isinstance(day, datetime.date)}
    return sorted({DAY} | {add_days(day, each) for day in named for each in (-1, 0, 1)})


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
