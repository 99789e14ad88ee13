"""Asking one check of a small policy set."""

from __future__ import annotations

import re

from sopb_rules.checks.run import run_checks
from sopb_rules.checks.settings import Settings
from sopb_rules.diagnostics import Diagnostic
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

VOCABULARY = """\
vocabulary sample "A sample"
  currency yuan
  will has the force of should
  is to has the force of should

role higher_level "the higher level"

role authority "the registration authority"

kind color
  red, blue, green

ordered kind level from low to high
  township, county, municipal

entity organization "organization"
  color          color
  level          level
  members        count         "members"
  income         money
  spending       money         act
  share          percent
  large          judgement by higher_level  "Is it large?"
  kept           judgement by organization  "Does it keep to it?"  act
  approved       yes/no        "approved"  act
  known          yes/no        "known"
  registered_on  date
  reported_on    optional date  act
  term           period in months
  branch         optional branch
  parts          list of part

entity branch "branch"
  good  yes/no  act

entity part "part"
  x     yes/no
  done  yes/no  act
"""


def diagnostics(name: str, text: str, vocabulary: str = VOCABULARY) -> list[Diagnostic]:
    """What one check says of a policy set: of statements in an article, with a vocabulary or after a whole one."""
    article = "" if re.search(r"^article\b", text, re.MULTILINE) or not text else 'article 8 "An article"\n\n'
    sources = [Source("vocabulary.policy", vocabulary), Source("example.policy", article + text)]
    policies = PolicySet(compile_policies(each for each in sources if each.text))
    return run_checks(policies, Settings(select=frozenset({name})))


def told(name: str, text: str, vocabulary: str = VOCABULARY) -> list[str]:
    """The texts that the check points at, in the order of files and lines."""
    found = diagnostics(name, text, vocabulary)
    assert {each.check for each in found} <= {name}
    assert all(each.message and not each.message.endswith(".") and each.help and str(each) for each in found)
    return [" ".join(each.span.text.split()) if each.span else "" for each in found]


def norm(
    when: str = "", *clauses: str, text: str = "It must be so.", force: str = "must", bearer: str = "organization"
) -> str:
    """A norm 8.1 about an organization, with clauses that are given as what stands in them."""
    lines = ["norm 8.1 about organization", f"  | {text}", *([f"  {when}"] if when else []), f"  the {bearer} {force}"]
    several = len(clauses) > 1
    for index, clause in enumerate(clauses or ("approved",)):
        lines.append(f"    ({chr(ord('a') + index)}) {clause}" if several else f"    {clause}")
    return "\n".join(lines) + "\n"


#: A whole policy set in which everything is used, for the checks of whole sets.
HOUSES = """\
vocabulary sample

role committee "the committee"

role board "the board"

kind color
  red, blue

entity house "house"
  name   text
  color  color
  rooms  list of room
  owner  reference to owner
  good   yes/no  "good"

entity room "room"
  clean  yes/no  "clean"  act

entity owner "owner"
  name    text
  houses  list of house by owner

article 8 "Houses"

norm 8.1 about room
  | The committee must keep each room of a house clean, and the board the owners.
  when house.color is red
  the committee and the board must
    "keep clean"
        clean

norm 8.2 about house
  | Its owner must have a house.
  when number of owner.houses is at least 1
  the owner must
    "have a house"
        good

"""
