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
from sopb_rules.model.norms import parameters_of
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.dates import add_days
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse
from sopb_rules.testing.strategies import policy_sets
from tests.analysis.brute import Brute
from tests.analysis.situations import DAY, SECONDS, answered, policy_set, replayed
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


#: Questions in which several norms come together.
TOGETHER = (Kind.CONFLICT, Kind.FORBIDS_PERMITTED, Kind.IMPLIED)


def disagreements(policies: PolicySet, brute: Brute, seconds: float = SECONDS) -> Iterator[str]:
    """What the analysis says otherwise than all states together.

    Where searches are given up early, how norms go together may stay undecided: moved dates are many.
    """
    for question in questions(policies):
        found = answered(policies, question, seconds)
        expected = brute.status(question)
        came = [answer.status for answer in found]
        if seconds < SECONDS and question.kind in TOGETHER and came[-1] is Status.UNDECIDED:
            came.pop()
            if not came:
                continue
        if set(came) != ({expected} if expected else set()):
            yield f"{question}: {expected}, but {found}"
        elif expected is Status.FOUND:
            yield from _wrong_sets(brute, question, found)
        with TemporaryDirectory() as folder:
            for answer in found:
                if answer.witness is not None:
                    replayed(policies, answer, Path(folder))


def _wrong_sets(brute: Brute, question: Question, found: Sequence[Answer]) -> Iterator[str]:
    """Statements that are named and have no part in it, and those that have and are not named."""
    ids = [answer.ids for answer in found if answer.status is Status.FOUND]
    match question.kind:
        case Kind.CONFLICT:
            smallest = brute.smallest_clashes(question.ids)
            if wrong := {each for each in ids if frozenset(each) not in smallest}:
                yield f"{question}: {wrong} is none of {smallest}"
            told = {situation for each in ids for situation in brute.clashing(each)}
            if (
                len(found) < MOST
                and found[-1].status is Status.FOUND
                and (left := set(brute.clashing(question.ids)) - told)
            ):
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


# ---- written policies ---------------------------------------------------------------------------------------


def days(*ranges: str) -> list[datetime.date]:
    """The days of some ranges, each given as its first day and how many there are: ``2024-01-29 x 4``."""
    found = []
    for each in ranges:
        first, count = each.split(" x ")
        found += [add_days(datetime.date.fromisoformat(first), number) for number in range(int(count))]
    return found


@attrs.frozen
class Written:
    """Policies, and how many values of each type are worth trying.

    Args:
        facts: of a thing; further entities may follow.
        statements: of one article.
        seconds: after which a search is given up.
    """

    name: str
    facts: str
    statements: str
    days: Sequence[datetime.date] = (DAY,)
    counts: Sequence[int] = ()
    longest: int = 0
    seconds: float = SECONDS

    @property
    def policies(self) -> PolicySet:
        """The policy set."""
        return policy_set(f"{WORDS}\nentity thing\n{self.facts}", self.statements)


WORDS = """\
vocabulary written
  will has the force of should
role committee "the committee"
kind colour
  red, blue
ordered kind level from low to high
  low, middle, high
"""


def duty(id: str, must: str, when: str = "", force: str = "must", about: str = "thing") -> str:
    """A norm by its condition and its act."""
    condition = f"  when {when}\n" if when else ""
    return f"norm {id} about {about}\n  | It is so.\n{condition}  the committee {force}\n    {must}\n\n"


def decide(*cases: str) -> str:
    """A decision by what stands behind `gives` in its cases."""
    numbered = (f"  case 1.{number} gives {case}\n    | It is so.\n" for number, case in enumerate(cases, 1))
    return "decision 1 shade about thing gives colour\n" + "".join(numbered) + "\n"


WRITTEN = [
    Written(
        "counts",
        "  members  count\n  helpers  count  act\n",
        decide("red when members is at least 3", "blue when members is at most 3 and helpers is more than members")
        + duty("1.3", "helpers is at least 2", "members is at least 4")
        + duty("1.4", "helpers is at most members minus 3", "members is at most 4")
        + duty("1.5", "helpers is at least 1", "members is more than 4", "should"),
        counts=range(9),
    ),
    Written(
        "dates",
        "  founded   date\n  reported  optional date  act\n",
        duty("1.1", "reported exists and reported is on or before founded plus 1 month")
        + duty("1.2", "reported exists and reported is after founded plus 29 days")
        + "define due about thing\n  means founded plus 1 month is 2023-02-28\n",
        days("2023-01-27 x 5", "2023-02-27 x 7"),
        seconds=3,
    ),
    Written(
        "today",
        "  founded  date\n  done     yes/no  act\n",
        duty("1.1", "done", "founded is after today minus 1 month")
        + duty("1.2", "done", "founded is on or before today minus 2 days", "must not")
        + duty("1.3", "done", "founded is before today", "may"),
        days("2024-01-29 x 5", "2024-02-27 x 5"),
        seconds=3,
    ),
    Written(
        "elements",
        "  strict  yes/no\n  parts   list of part\n\nentity part\n  old   yes/no\n  done  yes/no  act\n",
        duty("1.1", "every part in parts satisfies (part.done)", "strict")
        + duty("1.2", "any part in parts where (part.old and part.done)", force="must not")
        + duty("1.3", "done", "old", about="part")
        + duty("1.4", "done", "not thing.strict", "may", "part")
        + "define all_old about thing\n  means every part in parts satisfies (part.old)\n",
        longest=2,
    ),
    Written(
        "numbers of elements",
        "  strict  yes/no\n  parts   list of part\n\nentity part\n  old   yes/no\n  done  yes/no  act\n",
        decide("red when number of parts is at least 2", "blue when number of parts is at most 1 and not strict")
        + duty("1.3", "number of part in parts where (part.done) is at least 2", "number of parts is at least 1")
        + duty("1.4", "number of part in parts where (part.done and part.old) is at most 1")
        + duty("1.5", "number of part in parts where (part.done or part.old) is 0", "strict", "should"),
        longest=3,
    ),
    Written(
        "what may not be there",
        "  box    optional box  act\n  large  yes/no\n\nentity box\n  open   yes/no  act\n  colour  optional colour\n",
        "norm 1.1 about thing\n  | It is so.\n  when large\n  the committee must\n    (a)\n      box exists\n    (b)\n      box.open\n\n"
        + duty("1.2", "open", "colour exists and colour is red", "must not", "box")
        + duty("1.3", "box is absent", "not large")
        + duty("1.4", "open", "colour is absent", "may", "box"),
    ),
    Written(
        "what is not there clashes",
        "  box   optional box\n  done  yes/no  act\n\nentity box\n  large  yes/no\n",
        duty("1.1", "done", "box is absent")
        + duty("1.2", "done", "box is absent", "must not")
        + duty("1.3", "thing.done", "large", about="box"),
    ),
    Written(
        "norms and decisions in conditions",
        "  large  yes/no\n  old    yes/no\n  done   yes/no  act\n  sent   yes/no  act\n",
        decide("red when large", "blue when 1.5 applies and not large", "red when old and not large, overriding 1.2")
        + "norm 1.4 about thing\n  | It is so.\n  unless 1.5 applies\n  the committee must\n    done\n\n"
        + duty("1.5", "sent and not done", "old")
        + duty("1.6", "sent", "1.4 is met", "must not")
        + duty("1.7", "done", "1.5 is unmet and shade is red", "should"),
    ),
    Written(
        "what is left open",
        "  helpers  count  act\n  large    yes/no\n\nparameter enough count\n  from 2026-01-01 is 2\n  judged by committee\n",
        duty("1.1", "helpers is at least enough", "large")
        + duty("1.2", "helpers is at most 1", "large")
        + duty("1.3", "helpers is at least 1", "large", "should"),
        days("2025-12-31 x 2"),
        range(5),
    ),
    Written(
        "judgements and orders",
        "  fit    judgement by committee\n  level  level\n  paint  optional colour  act\n",
        decide("red when level is above low and fit", "blue when level is below high", "red when fit, overriding 1.2")
        + duty("1.4", "paint exists and paint is shade_of", "fit").replace("paint is shade_of", "paint is red")
        + duty("1.5", "paint exists and paint is not red", "level is one of middle, high")
        + duty("1.6", "paint is absent", "level is low", "is encouraged to")
        + "define fitting about thing\n  means fit or level is at least low\n",
    ),
    Written(
        "permissions",
        "  large  yes/no\n  old    yes/no\n  done   yes/no  act\n  sent   yes/no  act\n",
        "norm 1.1 about thing\n  | It is so.\n  the committee may\n    done\n  provided\n    large and sent\n\n"
        + duty("1.2", "sent", "old", "must not")
        + duty("1.3", "done", "not large", "must not")
        + "norm 1.4 about thing\n  | It is so.\n  the committee may\n    sent\n  provided\n    old and not old\n\n",
    ),
]


@pytest.mark.parametrize("written", WRITTEN, ids=[each.name for each in WRITTEN])
def test_written_policies(written: Written) -> None:
    policies = written.policies
    brute = Brute(policies, written.days, written.counts, written.longest)
    assert list(disagreements(policies, brute, written.seconds)) == []


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
ACTS = (
    "thing.done",
    "thing.sent",
    "thing.paint exists",
    "thing.cover exists",
    "thing.paint exists and thing.paint is red",
)


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
