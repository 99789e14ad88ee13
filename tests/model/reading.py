"""Ways to check a policy set in a test: a vocabulary that has everything, and what the checker says of statements."""

from __future__ import annotations

import re

from sopb_rules.diagnostics import Diagnostic
from sopb_rules.model.load import check, compile_policies
from sopb_rules.model.norms import Policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

VOCABULARY = """\
vocabulary samples "The vocabulary of the tests"
  currency yuan
  will has the force of should

role committee "the committee"

kind form
  branch, general_branch

ordered kind level from low to high
  township, county, national

entity organization "organization"
  name          text
  kind          form
  level         level
  members       count
  income        money
  part          percent
  ratio         number
  founded       date
  closed        optional date
  notice        period in days
  term          period in months
  active        yes/no
  fit           judgement by committee
  party         optional party
  office        office
  region        optional reference to region
  home          reference to region
  changes       list of change
  motto         optional text

entity party "Party organization"
  approved   yes/no
  since      optional date
  secretary  optional secretary

entity office "office"
  staffed  yes/no

entity secretary "secretary"
  elected  yes/no

entity change "change"
  kind         form
  occurred_on  date
  reported_on  optional date

entity region "region"
  has_office     yes/no
  organizations  list of organization by region
  residents      list of organization by home
"""
ARTICLE = 'article 8 "An article of the tests"\n'


def sources(statements: str) -> list[Source]:
    """The vocabulary, and the statements as one article."""
    return [Source("vocabulary.policy", VOCABULARY), Source("article.policy", f"{ARTICLE}\n{statements}")]


def policies(statements: str) -> Policies:
    """The checked model of some statements in article 8."""
    return compile_policies(sources(statements))


def policy_set(statements: str) -> PolicySet:
    """The policy set of some statements in article 8."""
    return PolicySet(policies(statements))


def diagnostics(statements: str) -> list[Diagnostic]:
    """What the checker says of some statements in article 8."""
    return check(sources(statements))[1]


def definition(condition: str, about: str = "organization") -> str:
    """A definition by its condition."""
    return f"define d about {about}\n  means {condition}\n"


def norm(id: str, body: str, about: str = "organization") -> str:
    """A norm by what follows its quotation."""
    quote = "" if "/" in id else "  | It must be so.\n"
    lines = re.sub("^", "  ", body.strip("\n"), flags=re.MULTILINE)
    return f"norm {id} about {about}\n{quote}{lines}\n"
