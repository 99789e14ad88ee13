"""Policies, and answers to questions about them as a solver might give them, of every kind and status."""

from __future__ import annotations

from sopb_rules.analysis.questions import Answer, Bound, Kind, Question, Status, Witness

POLICIES = """\
vocabulary asked "What is asked about"

role judge "the judge"

kind body
  central "the central body"
  local "the local body"

entity organization "organization"
  members  count
  near     yes/no
  open     yes/no           act
  branch   optional branch

entity branch
  large  yes/no

define small about organization
  means members is fewer than 10

define tiny about organization
  means members is 0

article 1 "Offices"

norm 1.1 about organization
  | Each organization must keep an office that is open to all who come, whatever brings them and whoever sent them.
  the organization must
    "be open"
        open

norm 1.2 about organization
  | A small one without members must not be open.
  when small
  unless members is at least 1
  the organization must not
    "be open"
        open

norm 1.3 about organization
  | An organization may be open if it has members.
  the organization may
    "be open"
        open
  provided
    "with members"
        members is at least 1

norm 1.4 about organization
  | A small organization should be open.
  when small
  the organization should
    "be open"
        open

norm 1.5 about branch
  | A branch must be large.
  the judge must
    "see to it that it is large"
        large

decision 1 leading about organization gives body "which body leads"
  case 1.6 gives central when members is at least 10
    | Ten members are led by the central body.
  case 1.7 gives local when near and branch exists
    | Those that are near are led by the local body.
"""

CLASH = """\
as_of: 2026-11-01
organization:
  - id: organization-1
    members: 0
    open: yes
"""
NO_CASE = """\
as_of: 2026-11-01
organization:
  - id: organization-1
    members: 3
    near: yes
    branch: absent
"""
BOTH = """\
as_of: 2026-11-01
organization:
  - id: organization-1
    members: 10
    near: yes
    branch: {}
"""
SUBJECT = "organization[organization-1]"


def found(kind: Kind, *about: str, ids: tuple[str, ...] = (), because: tuple[str, ...] = (), **more: object) -> Answer:
    """That there is something."""
    return Answer(Question(kind, about), Status.FOUND, ids or about, because=because, **more)  # type: ignore[arg-type]


def shown(state: str, *outcomes: tuple[str, str]) -> Witness:
    """A state in which some statements come to something for the organization."""
    return Witness(state, SUBJECT, tuple((SUBJECT, *each) for each in outcomes))


CLASHING = found(
    Kind.CONFLICT, "1.1", "1.2", "1.4", ids=("1.1", "1.2"), witness=shown(CLASH, ("1.2", "unmet"), ("1.1", "met"))
)
GAP = found(Kind.GAP, "leading", witness=shown(NO_CASE, ("leading", "no_case")))

FOUND = [
    found(Kind.ALWAYS_TRUE, "organization.small"),
    found(Kind.ALWAYS_FALSE, "organization.tiny", because=("members is 0", "members is at least 1")),
    found(Kind.NEVER_APPLIES, "1.2", because=("small", "not (members is at least 1)")),
    found(Kind.CANNOT_BE_MET, "1.1", because=("open",)),
    found(Kind.CANNOT_BE_MET, "1.3", because=("open", "members is at least 1")),
    found(Kind.CANNOT_BE_UNMET, "1.1", because=("near",)),
    found(Kind.CANNOT_BE_UNMET, "1.3", because=("near", "open")),
    GAP,
    found(
        Kind.OVERLAP, "leading", ids=("leading", "1.6", "1.7"), witness=shown(BOTH, ("leading", "conflict")),
        bounds=(Bound("organization", 1, enough=True), Bound("organization.parts", 4, enough=False)),
        uncovered=("sums of lists are left open",),
    ),
    found(Kind.IDLE_CASE, "leading", "1.7", because=("near", "not (members is at least 10)")),
    CLASHING,
    found(Kind.CONFLICT, "1.1", "1.2", "1.4", ids=("1.2",)),
    found(Kind.CONFLICT, "1.1", "1.5", ids=("1.1", "1.5")),
    found(Kind.FORBIDS_PERMITTED, "1.3", "1.2", witness=shown(CLASH, ("1.2", "unmet"), ("1.3", "exceeded"))),
    found(Kind.IMPLIED, "1.4", "1.1", "1.2", ids=("1.4", "1.1")),
    found(Kind.IMPLIED, "1.2", "1.1", "1.4", ids=("1.2", "1.1", "1.4")),
    Answer(Question(Kind.CANNOT_BE_MET, ("1.4",)), Status.UNDECIDED, reason="not decided within 10 s"),
    Answer(Question(Kind.OVERLAP, ("leading",)), Status.UNDECIDED, reason="the solver ended unexpectedly"),
    Answer(
        Question(Kind.CANNOT_BE_UNMET, ("1.3",)), Status.MISMATCH, reason="the solver says open, in this state:\n" + CLASH
    ),
]  # fmt: skip

CLEAR = [
    *(Answer(each.question, Status.CLEAR, each.question.ids) for each in FOUND),
    Answer(Question(Kind.CONFLICT, tuple(f"1.{n}" for n in range(1, 10))), Status.CLEAR),
    Answer(
        Question(Kind.NEVER_APPLIES, ("1.4",)), Status.CLEAR, ("1.4",), shown(CLASH, ("1.4", "met")),
        bounds=(Bound("organization", 1, enough=True),),
    ),
]  # fmt: skip
