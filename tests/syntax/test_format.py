"""The formatter: canonical layout by example, and what must hold for every file that can be read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.diagnostics import RulesError
from sopb_rules.source import Source, read_source
from sopb_rules.syntax.format import format_file, format_source, format_statement
from sopb_rules.syntax.parse import parse, parser
from sopb_rules.syntax.tree import NormDeclaration, PolicyFile, Statement
from sopb_rules.syntax.wrap import WIDTH

SHIPPED = sorted((Path(__file__).parents[2] / "policies" / "opinions").glob("*.policy"))


def read(text: str) -> PolicyFile:
    file, diagnostics = parse(Source("<text>", text))
    assert not diagnostics, str(diagnostics[0])
    return file


def quoted_lines(file: PolicyFile) -> list[str]:
    """The bar lines of a file, wherever they stand."""
    lines = []
    for statement in file.statements:
        for owner in (statement, *getattr(statement, "cases", ())):
            lines += [line.text for line in owner.quote.lines] if hasattr(owner, "quote") else []
    return lines


def assert_survives(text: str) -> str:
    """Format a text that can be read, check everything that must hold, and return the result."""
    file = read(text)
    result = format_file(file)
    again = read(result)
    assert again == file
    assert quoted_lines(again) == quoted_lines(file)
    assert sorted(comment.text for comment in again.comments) == sorted(comment.text for comment in file.comments)
    assert format_file(again) == result
    assert result == "" or result.endswith("\n") and not result.endswith("\n\n")
    assert all(line == line.rstrip() for line in result.split("\n"))
    assert "\n\n\n" not in result
    return result


def formatted(text: str) -> str:
    return assert_survives(text.removeprefix("\n"))


# ---- the shipped files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_files_are_formatted(path: Path) -> None:
    assert format_source(read_source(path)) == path.read_text("utf-8")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_only_what_cannot_wrap_is_wider_than_a_line(path: Path) -> None:
    for line in format_source(read_source(path)).splitlines():
        assert len(line) <= WIDTH or line.lstrip().startswith(("|", "#", '"', "(", "vocabulary", "example")), line


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_statement_alone_reads_as_the_same_tree(path: Path) -> None:
    for statement in read(path.read_text("utf-8")).statements:
        assert read(format_statement(statement)).statements == (statement,)


# ---- by example ---------------------------------------------------------------------------------------------

CANONICAL = {
    "vocabulary": '''
vocabulary opinions "Opinions (Trial)"
  version "2025-11-10"
  currency yuan
  will has the force of should
  is to has the force of is encouraged to

role assessor
role secretary "the secretary"

kind plain
  a, b, c

kind labelled "a kind with labels"
  first   "the first"
  second
  third   "the third"

ordered kind level "the level" from low to high
  township, county

entity organization "social organization"
  name          text
  kind          plain
  level         optional level
  members       count            "members"
  funds         money            "funds at the end of the year"  act
  approved      yes/no           "approved"                      act
  closed_on     optional date    act
  region        reference to region
  changes       list of change
  growing       judgement by assessor  "Is it growing?"
  judged_by_an_assessor_of_the_highest_rank  judgement by assessor
      "Is its growth in line with the growth that comparable organizations show elsewhere?"

  term          period in days
  long_term     period in months
  share         optional percent
  weight        number

entity region
  organizations  list of organization by region

entity empty
''',
    "parameters": '''
parameter open count

parameter fixed count "members" is 3

parameter changing percent "share"
  from 2020-01-01 is 40%
  from 2024-01-01 is 35.5%

parameter judged period in days "how long after a report a decision is prompt"
  judged by assessor

parameter longer_name period in months
    "how long after its registration an organization counts as newly established" is 12 months
''',
    "norms": '''
article 8 "Establish"

norm 8.1 about organization
  | Any social organization must
  |   set up a branch.
  |
  when members is at least 3
  unless closed
  the organization and the secretary must not
    (a) "set up"
        branch exists
    (b)
        approved
    (c) "carry out"
        today is on or before branch.since plus term minus 2 days

  example "met"
    given members is 3, branch is absent, kind is unknown, changes is none, closed exists,
        today is 2026-11-01, judgement 8.1 (a) is yes, judgement 8.1 when is no, judgement term is yes
    then 8.1 is met and 8.2 does not apply and 8.3 is unmet and body is in conflict
        and body has no case and body is central

  example "records"
    given changes are (kind is merger, on is 2026-01-01) and (kind is split)
    then 8.1 is unknown

norm 8.1/2 about organization
  the organization are encouraged to
    approved

norm 8.2 about organization
  the organization may
    "establish"
        branch exists
  provided
    (a) "approved"
        branch.level is one of county, municipal
    (b) "funded"
        funds is at least 40% of gross and 2 times members is at most number of changes
            and not (funds is 500 yuan)
''',
    "decisions": '''
decision 6 leading_body about organization gives body "the leading body"
  case 6.1 gives central when level is national
    | At the national level.
  case 6.2 gives other
    | Elsewhere.
  case 6.3 gives third when level is county unless closed, overriding 6.1, 6.2
  case 6.4 gives fourth, overriding 6.1
  case 6.5 gives supervisory_party_organization
      when has_supervisory_authority and level is at least county
      unless closed or members is fewer than members_required,
      overriding 6.1, 6.2

  example "national"
    given level is national
    then leading_body is central

define late "late" about change
  | Late is what comes after.
  means any other in organization.changes where (other.on is after on) or 8.1 is unmet

define plain about change
  means every other in organization.changes satisfies (other.on is before on)
      or number of other in organization.changes where (other.kind is kind and other.on is on) is 0

note 1.2 background
  | With the continuous deepening.
''',
    "comments": '''
# About the file.

# About the header.
article 8 "Establish"  # behind it

# apart

# About the norm.
norm 8.1 about organization  # its subject
  # the sentence
  | Any organization must.
  # before when
  when members is at least 3  # three
  # before the bearer
  the organization may  # one
    # before the label
    "label"  # behind the label
        # before the condition
        approved  # behind the condition
  # before provided
  provided  # on a condition
    (b)  # a letter alone
        approved

  # About the example.

  # Also about it.

  example "one"  # title
    # before given
    given approved is yes  # given
    # before then
    then 8.1 is met  # then
  # closes the norm

  # closes it too

# at the end

# of the file
''',
}


@pytest.mark.parametrize("name", CANONICAL)
def test_the_canonical_form_stays(name: str) -> None:
    assert formatted(CANONICAL[name]) == CANONICAL[name].removeprefix("\n")
