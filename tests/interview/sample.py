"""A policy set with every kind of question."""

from __future__ import annotations

from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

VOCABULARY = """\
vocabulary sample "A sample"
  currency yuan
  will has the force of should

role higher_level "the higher level"

kind shade
  light    "of light shade"
  unknown  "of unknown shade"

ordered kind level from low to high
  township, county, national

entity organization "organization"
  name     text
  level    level
  shade    shade
  motto    text  "the motto"
  members  count  "members"
  weight   number  "the weight"
  share    percent  "the share"
  budget   money  "the budget"
  founded  date  "when it was founded"
  closed   optional date  "when it was closed"
  notice   period in days  "the notice"
  term     period in months  "the term"
  region   optional reference to region  "the region that it lies in"
  branch   optional branch  "the branch"
  office   office
  sound    judgement by higher_level  "Is it sound?"
  reports  list of report
  leaders  list of leader  "leaders"
  open     yes/no  "is open to all"
  calm     yes/no  "is calm"
  quiet    yes/no  "is quiet"

entity branch "branch"
  approved  yes/no  "approved by the higher level"  act

entity office "office"
  staffed  yes/no  "is staffed"

entity report "report"
  made  yes/no  "was made"

entity leader "leader"
  name     text
  elected  yes/no  "was elected"

entity region "region"
  rural          yes/no  "is rural"
  organizations  list of organization by region

parameter promptly period in days "how long promptly is"
  judged by higher_level
"""


def sample(*norms: str, about: str = "organization") -> PolicySet:
    """The policies in which the organization must keep each of some conditions; the first is norm 1.1 of article 1."""
    texts = [
        f'article {number} "Article {number}"\n\n'
        f"norm {number}.1 about {about}\n  | Sentence {number}.\n{norm if 'when' in norm else _duty(norm, about)}\n"
        for number, norm in enumerate(norms, 1)
    ]
    sources = [Source(f"article_{number:02}.policy", text) for number, text in enumerate(texts, 1)]
    return PolicySet(compile_policies([Source("vocabulary.policy", VOCABULARY), *sources]))


def _duty(condition: str, about: str) -> str:
    return f'  the {about} must\n    "do"\n        {condition}'
