"""What an explanation is, and the vocabulary that the examples in explanations are written with."""

from __future__ import annotations

import enum
from textwrap import dedent

import attrs

from sopb_rules.diagnostics import Code


class Form(enum.Enum):
    """What the examples of an explanation are."""

    POLICY = "policy"
    STATE = "yaml"
    COMMAND = "console"
    AUDIT = "text"
    SETTINGS = "toml"
    TABLE = "csv"


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def _snippet(text: str) -> str:
    return dedent(text).strip("\n") + "\n"


@attrs.frozen
class CodeExplanation:
    """A code, told to a drafter.

    Args:
        code: the code that it explains.
        title: what is wrong, in a few words.
        text: what it means and what to do, in a few plain sentences.
        bad: an example that leads to the code.
        good: the same example put right.
        form: what the examples are: policy text, a state file, a command, a source document with the policies on it, the
            configuration of the checks, or tables, each after its name.
        whole: a policy example stands for itself; all others go with `VOCABULARY` and an article's first line.
    """

    code: Code
    title: str
    text: str = attrs.field(converter=_paragraph)
    bad: str = attrs.field(converter=_snippet)
    good: str = attrs.field(converter=_snippet)
    form: Form = Form.POLICY
    whole: bool = False


#: The first line of an article, for the examples that have none.
ARTICLE = 'article 8 "An article of an example"\n'

#: The vocabulary that the examples are written with.
VOCABULARY = _snippet("""
    vocabulary samples "The vocabulary of the examples"
      currency yuan
      is to has the force of should

    role higher_level "the higher level"

    kind form
      branch, general_branch

    ordered kind level from low to high
      township, county, municipal

    parameter usual_notice period in days "how many days before a change a notice is usual"
      from 2026-01-01 is 30 days
      judged by higher_level

    entity organization "organization"
      level               level
      formal_members      count                "formal members"
      gross_income        money
      registered_on       date
      larger              judgement by higher_level  "Is it one of the larger organizations?"
      party_organization  optional party_organization
      region              reference to region
      changes             list of change

    entity party_organization "Party organization"
      form      form
      approved  yes/no  "approved by the higher level"  act

    entity change "change of an organization"
      occurred_on  date
      reported_on  optional date  act

    entity region "region"
      has_office     yes/no  "has an office for organizations"  act
      organizations  list of organization by region
""")
