"""A small policy set and states of it, so that the tests of the command do not hang on the Opinions' wording."""

from __future__ import annotations

from pathlib import Path

VOCABULARY = """\
vocabulary sample "A sample"
  version "1"
  will has the force of should
  is to has the force of should

role higher_level "the higher level"

kind leading_body
  central "the central body"
  local "the local body"

ordered kind level from low to high
  township, county, national

entity organization "organization"
  name text
  level level
  national_body yes/no "is a national body"
  formal_members count "formal members"
  branch optional branch "the branch"
  sound judgement by higher_level "Is it sound?"
  reports list of report

entity branch "branch"
  approved yes/no "approved by the higher level" act
  share percent "the share of members in it"

entity report "report"
  made yes/no "was made" act
"""

ARTICLE = """\
article 1 "Branches"

norm 1.1 about organization
  | An organization with three or more formal members must set up a branch with approval.
  when formal_members is at least 3
  the organization must
    (a) "set up a branch"
        branch exists
    (b) "with approval"
        branch.approved

  example "no branch"
    given formal_members is 3, branch is absent
    then 1.1 is unmet

norm 1.2 about organization
  | An organization should be sound.
  the organization should
    "be sound"
        sound

norm 1.3 about organization
  | An organization may have a share of members in its branch above a tenth with approval.
  when branch exists
  the organization may
    "have a share above a tenth"
        branch.share is more than 10%
  provided
    "with approval"
        branch.approved

norm 1.4 about report
  | The higher level must not leave a report unmade.
  the higher_level must not
    "leave a report unmade"
        not made

norm 1.5 about organization
  | An organization is encouraged to be large.
  the organization is encouraged to
    "be large"
        formal_members is at least 10

decision 1 leading_body about organization gives leading_body "which body leads"
  case 1.6 gives central when level is national
    | A national organization is led by the central body.
  case 1.7 gives local when not national_body
    | Others are led by the local body.

note 1.8 background
  | Branches are good.
"""

BROKEN = ARTICLE.replace("formal_members is at least 3", "formal_membrs is at least 3")
FAILING = ARTICLE.replace("then 1.1 is unmet", "then 1.1 is met")

COMPLIANT = """\
as_of: 2026-11-01
organization:
  - id: good
    level: county
    national_body: no
    formal_members: 12
    branch: {approved: yes, share: 40%}
    sound: {value: yes, by: the higher level, on: 2026-01-01}
    reports: []
"""

BREACH = """\
organization:
  - id: bad
    level: national
    national_body: no
    formal_members: 3
    branch: absent
    sound: {value: no, by: the higher level, on: 2026-01-01}
    reports: [{made: no}, {made: yes}]
"""

#: Tables of organizations with a verdict of each sort, and of their reports.
TABLES = {
    "organization.csv": """\
id,level,national_body,formal_members,branch.exists,branch.approved,branch.share,sound
good,county,no,12,yes,yes,40%,yes
bad,national,no,3,no,,,no
above,township,no,2,yes,no,20%,
asked,,,,,,,
""",
    "organization.reports.csv": """\
holder,id,made
good,r1,yes
bad,r2,no
bad,r3,
""",
}


def policies(folder: Path, article: str = ARTICLE) -> Path:
    """Write the sample policy set into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary.policy").write_text(VOCABULARY, encoding="utf-8")
    (folder / "article_01.policy").write_text(article, encoding="utf-8")
    return folder


def state(folder: Path, text: str, name: str = "state.yaml") -> Path:
    """Write a state into a folder."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def tables(folder: Path) -> Path:
    """Write the sample tables into a folder, and give the first of them."""
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "organization.csv"
