"""A small vocabulary, and policies over it in a few words."""

from __future__ import annotations

from sopb_rules.model.load import compile_policies
from sopb_rules.mutation.run import Trials, Tried
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

VOCABULARY = """\
vocabulary sample
  currency yuan
role committee "the committee"
kind color
  red, blue, green
ordered kind level from low to high
  township, county, national
entity organization
  a        yes/no
  b        yes/no
  c        yes/no
  large    judgement by committee "Is it large?"
  members  count
  income   money
  share    percent
  day      date
  color    color
  level    level
  branch   optional branch
  parts    list of part
entity branch
  good  yes/no
entity part
  x  yes/no
  y  yes/no
"""


def policies(*statements: str) -> PolicySet:
    """The policy set of some statements of one article."""
    text = 'article 1 "One"\n\n' + "\n".join(statements)
    return PolicySet(compile_policies([Source("vocabulary.policy", VOCABULARY), Source("article.policy", text)]))


def duty(must: str, when: str = "", *examples: str, id: str = "1.1") -> str:
    """A duty with examples, each what is given and what comes out: ``a is yes -> 1.1 is met``."""
    condition = f"  when {when}\n" if when else ""
    quote = "" if "/" in id else "  | It must.\n"
    return f"norm {id} about organization\n{quote}{condition}  the committee must\n    {must}\n" + stated(*examples)


def stated(*examples: str) -> str:
    """Examples in the language."""
    written = ""
    for number, example in enumerate(examples):
        given, then = example.split(" -> ")
        written += f'\n  example "{number}"\n' + (f"    given {given}\n" if given else "") + f"    then {then}\n"
    return written


def tried(*statements: str) -> list[Tried]:
    """What becomes of each mutant."""
    return list(Trials(policies(*statements)).all(1))


def words(*statements: str, sort: str = "") -> list[str]:
    """How the mutants of some sort differ."""
    return [each.words for each in Trials(policies(*statements)).mutants if sort in ("", each.sort)]
