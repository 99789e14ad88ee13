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
from sopb_rules.syntax.tree import EntityDeclaration, FurtherFacts, PolicyFile, Statement, VocabularyHeader
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
    assert not result.endswith("\n\n")
    assert result.endswith("\n") or result == ""
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
    "vocabulary": """
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
  name       text
  kind       plain
  level      optional level
  members    count                  "members"
  funds      money                  "funds at the end of the year"  act
  approved   yes/no                 "approved"                      act
  closed_on  optional date                                          act
  region     reference to region
  changes    list of change
  growing    judgement by assessor  "Is it growing?"
  judged_by_an_assessor_of_the_highest_rank  judgement by assessor
      "Is its growth in line with the growth that comparable organizations show elsewhere?"

  term       period in days
  long_term  period in months
  share      optional percent
  weight     number

entity region
  organizations  list of organization by region

entity empty
""",
    "parameters": """
parameter open count

parameter fixed count "members" is 3

parameter changing percent "share"
  from 2020-01-01 is 40%
  from 2024-01-01 is 35.5%

parameter judged period in days "how long after a report a decision is prompt"
  judged by assessor

parameter longer_name period in months
    "how long after its registration an organization counts as newly established" is 12 months
""",
    "measures": """
# Why.
measures "Riverside implementation measures" under opinions

set promptly is 30 days  # from the change
  | Thirty days.

  example "in time"
    given reported_on is 2026-03-05
    then 8.3 is met

set regular from 2027-01-01 is 12 months

# set other is …

set changing
  from 2027-01-01 is 40%
  # then less
  from 2028-01-01 is 35.5%
  | Less and less.

set first is 3
  from 2028-01-01 is 5
""",
    "layers": """
measures riverside "Riverside implementation measures" under lakeside

# Two are enough.
tighten 8.1  # as in 2.1
  | Any social organization with two members must
  | set up a branch.
  # all of it
  when members is at least 2
  unless closed

  example "two"
    given members is 2, judgement riverside:2.1 (b) is yes
    then 8.1 is unmet and riverside:2.1/2 is met

tighten lakeside:3.1/2
  | At once.
  the secretary must
    (a) "at once"
        reported  # when it took place
    (b)
        approved
  # for permissions

tighten 8.2
  | Ten.
  provided  # all of it
    members is at least 10

facts of organization
  sports  yes/no          "plays"  act
  # how much

  size    optional count

note riverside:1.1 aim
  | Aims.

define riverside:2.2 sporty about organization
  | Sporty.
  means sports
""",
    "norms": """
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
        today is 2026-11-01, judgement 8.1 (a) is yes, judgement 8.1 when is no,
        judgement term is yes
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
        funds is at least 40% of gross
            and 2 times members is at most number of changes
            and branch.name is "head office"
            and closed_on is absent
            and not (funds is 500 yuan)
""",
    "decisions": """
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
""",
    "comments": """
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
""",
}


@pytest.mark.parametrize("name", CANONICAL)
def test_the_canonical_form_stays(name: str) -> None:
    assert formatted(CANONICAL[name]) == CANONICAL[name].removeprefix("\n")


WRITTEN = {
    "line ends, white space and the end of the file": (
        'role  a   "A"   \r\n\r\n\r\n\r\nnorm 1.1  about x\r\n   |  text  \r\n   the\r\n a   must\r\n      ok',
        'role a "A"\n\nnorm 1.1 about x\n  |  text\n  the a must\n    ok\n',
    ),
    "operators of several words": (
        "define x about y\n  means a is  on\n    or   before b and c is\tone   of d ,e",
        "define x about y\n  means a is on or before b and c is one of d, e\n",
    ),
    "is and are": (
        'norm 1.1 about x\n  the x are  to\n    ok\n  example "e"\n    given l is (a is 1)\n    then 1.1 is  met',
        'norm 1.1 about x\n  the x are to\n    ok\n\n  example "e"\n    given l are (a is 1)\n    then 1.1 is met\n',
    ),
    "commas between values": ("kind k\n  a b\n  c, d\n", "kind k\n  a, b, c, d\n"),
    "a comment between values": (
        "kind k\n  a, # first\n  b, c # last\n",
        "kind k\n  a  # first\n  b\n  c  # last\n",
    ),
    "a comment behind the last comma": ("kind k\n  a\n  , # odd\nrole r\n", "kind k\n  a\n  # odd\n\nrole r\n"),
    "a comment behind the words of the order": (
        "ordered kind k # words\n from\n low to high # order\n  a, b\n",
        "# words\nordered kind k from low to high  # order\n  a, b\n",
    ),
    "one-line statements that stood together": (
        "role a\nrole b\n# about c\nrole c\n\nrole d\nkind k a\nrole e\n",
        "role a\nrole b\n# about c\nrole c\n\nrole d\n\nkind k\n  a\n\nrole e\n",
    ),
    "a comment in the middle of a part": (
        "define x about y\n  means a\n    # why\n    and b # what\n    and c # end\n",
        "define x about y\n  # why\n  # what\n  means a and b and c  # end\n",
    ),
    "a comment in the middle of the first line": (
        "norm # id\n  1.1 about x\n the x may ok",
        "# id\nnorm 1.1 about x\n  the x may\n    ok\n",
    ),
    "a comment behind two parts": (
        "norm 1.1 about x when a unless b # both\n the x may ok",
        "norm 1.1 about x\n  when a\n  unless b  # both\n  the x may\n    ok\n",
    ),
    "an indented comment before the first statement": ("  # c\nrole a\n", "# c\nrole a\n"),
    "a comment that closes an entity": (
        "entity x\n  a text\n\n    # closing\n# next\nentity y\n",
        "entity x\n  a  text\n\n  # closing\n\n# next\nentity y\n",
    ),
    "blank lines between facts": (
        "entity x\n\n  a text\n\n\n  # about b\n\n  b text\n  c text\n",
        "entity x\n  a  text\n\n  # about b\n\n  b  text\n  c  text\n",
    ),
    "a label on a deeper line": (
        'entity x\n  a text\n      "label"\n      act\n',
        'entity x\n  a  text  "label"  act\n',
    ),
    "a bar line without space": (
        "note 1.1 aim\n  |text # no comment\n  |\n",
        "note 1.1 aim\n  | text # no comment\n  |\n",
    ),
    "a bar line behind other words": ("note 1.1 aim | text\n", "note 1.1 aim\n  | text\n"),
    "only comments": ("\n\n# a\n\n\n# b", "# a\n\n# b\n"),
    "nothing": (" \n\n", ""),
    "a fact called judgement": (
        'define x about y\n means z\n example "e" given judgement\n exists, judgement . a is 1 then x is yes',
        'define x about y\n  means z\n\n  example "e"\n    given judgement exists, judgement.a is 1\n'
        "    then x is yes\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_what_was_written_otherwise_becomes_canonical(name: str) -> None:
    written, expected = WRITTEN[name]
    assert assert_survives(written) == expected


def test_a_file_with_a_mistake_is_not_formatted() -> None:
    with pytest.raises(RulesError) as caught:
        format_source(Source("<text>", "role a\n\nnorm 8.1 abuot x\n"))
    assert [diagnostic.span.line for diagnostic in caught.value.diagnostics if diagnostic.span] == [3]


# ---- whatever was written -----------------------------------------------------------------------------------

GAPS = (" ", "  ", "\t", "\n  ", "\n\n      ", " # a remark\n    ", "\n # alone\n  ", '  # "odd | (\n\n# margin\n ')
LINE_GAPS = ("\n", "\n\n", "  # remark\n", "\n  # own\n", "\n\n\n# margin\n\n")
ENDS = ("\n", "\n\n\n", "  # behind\n", "\n  # closing\n", "\n\n  # closing\n# apart\n\n")


def scattered(statement: Statement, draw: random.Random) -> str:
    """The statement with other white space and comments between its words, as far as its layout has no meaning."""
    text = format_statement(statement)
    if isinstance(statement, VocabularyHeader | EntityDeclaration | FurtherFacts):
        return "".join(line + draw.choice(LINE_GAPS) for line in text.splitlines())
    result, before = "", ""
    for token in parser().parse_interactive(text).exhaust_lexer():
        if before == "BAR":
            result += "\n   "
        elif before in ("JUDGEMENT", "NORM_REF"):  # told from names and numbers by the word that follows
            result += draw.choice(GAPS[:5])
        elif result:
            result += draw.choice(GAPS)
        result, before = result + token, token.type
    return result.rstrip() + draw.choice(ENDS if before != "BAR" else [end for end in ENDS if "behind" not in end])


STATEMENTS = [
    statement
    for text in (*(path.read_text("utf-8") for path in SHIPPED), *CANONICAL.values())
    for statement in read(text).statements
]


@given(st.lists(st.sampled_from(STATEMENTS), max_size=4), st.randoms(use_true_random=True))
def test_comments_and_white_space_anywhere_survive(statements: list[Statement], draw: random.Random) -> None:
    text = "".join(scattered(statement, draw) for statement in statements)
    assert read(text).statements == tuple(statements)
    result = assert_survives(text)
    assert len(read(result).comments) == text.count("#") - "".join(quoted_lines(read(text))).count("#")
