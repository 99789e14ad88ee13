"""Local measures on the command line: under the Opinions from a folder of their own, and beside other policies."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sopb_rules import load_policies
from sopb_rules.loading import without_measures
from tests.apps import sample
from tests.apps.conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples"
RIVERSIDE = EXAMPLES / "measures" / "riverside"
OPEN = '\nparameter enough count "how many are enough"\n  judged by higher_level\n'
NORM = """
norm 1.9 about organization
  | An organization must have enough members.
  the organization must
    "have enough members"
        formal_members is at least enough

  example "judged"
    given judgement 1.9 must is yes
    then 1.9 is met
"""
MEASURES = """\
measures "Local measures" under sample

set enough is 4

  example "three are too few"
    given formal_members is 3
    then 1.9 is unmet
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample with an open parameter, and a folder for measures."""
    sample.policies(tmp_path / "mine", sample.ARTICLE + OPEN + NORM)
    (tmp_path / "riverside").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_of_a_region(run: Run) -> None:
    assert run("check", RIVERSIDE).exit_code == 0
    assert run("fmt", "--check", RIVERSIDE).exit_code == 0
    assert run("test", RIVERSIDE).output.endswith("/riverside`: 5 examples, all passed\n")
    assert run("audit", RIVERSIDE).exit_code == 0
    assert "set prompt_report is 30 days" in run("article", "8", "--policies", RIVERSIDE).output
    facts = run("facts", "--policies", RIVERSIDE).output
    assert '"8.1 (d)"' in facts  # open until 2027
    assert '"8.3 (b)"' not in facts
    result = run("evaluate", EXAMPLES, "--policies", RIVERSIDE)
    assert "\nmeasures  Implementation measures of Riverside district\n" in result.output
    assert "\nmeasures " not in run("evaluate", EXAMPLES).output
    told = json.loads(run("evaluate", EXAMPLES, "--policies", RIVERSIDE, "--format", "json").output)
    assert told["policies"]["measures"] == "Implementation measures of Riverside district"
    assert told["policies"]["digest"] != load_policies().digest
    used = [fact for finding in told["findings"] for fact in finding["facts"] if fact["path"] == "prompt_report"]
    assert {(fact["value"], fact["where"].rpartition("/")[2]) for fact in used} == {(30, "measures.policy:6:19")}


def test_a_finding_says_what_was_set_and_where(run: Run) -> None:
    output = run("explain", "8.3", EXAMPLES, "--policies", RIVERSIDE).output
    told = "".join(output.split())  # a long path is folded
    assert re.search(
        r"prompt_reportis30dayshowlongafterachangeareportisstillprompt;setbyImplementationmeasuresofRiversidedistrict—[^—]+measures\.policy:6:19",
        told,
    )


def test_measures_beside_the_policies_that_they_are_under(run: Run, here: Path) -> None:
    (here / "mine" / "measures.policy").write_text(MEASURES, "utf-8")
    assert "`mine`: 3 files, 6 norms, no mistakes" in run("check", "mine").output
    assert "`mine`: 3 examples, all passed\n" in run("test", "mine").output
    policies = load_policies("mine")
    assert without_measures(policies).model.measures == ()
    assert without_measures(without_measures(policies)) is without_measures(policies)
    (here / "mine" / "measures.policy").write_text(MEASURES.replace("is unmet", "is met"), "utf-8")
    result = run("test", "mine")
    assert result.exit_code == 1
    assert "in set enough, example “three are too few”" in result.output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('measures "M" under opinion\n', "there are no policies or measures `opinion`"),
        ('measures "M" under opinions\nset prompt is 3 days\n', "there is no parameter `prompt`"),
        ('measures "M" undr opinions\n', "expected: `under`"),
        ('measures "M" under opinions\n  example "x"\n', "error P001"),
        (
            'measures "M" under opinions\nset prompt_report is 3 days\n  example "x"\n    then 8.99 is met\n',
            "no norm 8.99",
        ),
        (
            'measures "M" under opinions\nset prompt_report is 3 days\n  example "x"\n    then foo is yes\n',
            "definition `foo`",
        ),
    ],
)
def test_mistakes_are_told_without_those_that_follow(run: Run, here: Path, text: str, message: str) -> None:
    (here / "riverside" / "m.policy").write_text(text, "utf-8")
    result = run("check", "riverside")
    assert result.exit_code == 1
    assert message in result.output
    assert result.output.count("error ") == 1


def test_a_folder_of_measures_holds_nothing_else(run: Run, here: Path) -> None:
    (here / "riverside" / "m.policy").write_text('measures "M" under opinions\n', "utf-8")
    (here / "riverside" / "own.policy").write_text('# Own.\narticle 24 "Own"\n', "utf-8")
    result = run("check", "riverside")
    assert result.exit_code == 2
    assert "riverside/own.policy:2:1" in result.stderr
    assert "a folder of measures under `opinions` holds nothing else" in result.stderr
    (here / "riverside" / "own.policy").write_text("# Nothing yet.\n", "utf-8")
    assert run("check", "riverside").exit_code == 0


# ---- the skeleton -------------------------------------------------------------------------------------------


def test_a_skeleton_is_measures_that_set_nothing(run: Run, here: Path) -> None:
    result = run("new", "measures", "Riverside measures", "riverside")
    assert result.output == (
        "wrote `riverside/measures.policy`: 16 open parameters, none of them set yet; next: `sopb check riverside`\n"
    )
    text = (here / "riverside" / "measures.policy").read_text("utf-8")
    assert 'measures "Riverside measures" under opinions\n' in text
    assert "# 23.6: Each region and relevant department may" in text
    assert run("check", "riverside").exit_code == 0
    assert run("fmt", "--check", "riverside").exit_code == 0
    lines = re.findall(r"^# (set \S+ is ….*)$", text, re.MULTILINE)
    assert len(lines) == 16
    assert "set prompt_report is … days" in lines
    set_all = re.sub(r"^# set (\S+) is …", r"set \1 is 3", text, flags=re.MULTILINE)
    (here / "riverside" / "measures.policy").write_text(set_all, "utf-8")
    assert run("check", "riverside").exit_code == 0
    (measures,) = load_policies("riverside").model.measures
    assert len(measures.settings) == 16


def test_a_skeleton_under_policies_of_ones_own(run: Run, here: Path) -> None:
    other = '\nparameter proper leading_body\n  from 2030-01-01 is local\n  judged by higher_level\n\nparameter dues money "d"\n'
    article = here / "mine" / "article_01.policy"
    article.write_text(article.read_text("utf-8") + other + "\nparameter word text\n\nparameter day date\n", "utf-8")
    assert run("new", "measures", 'The "local" ones', "mine").exit_code == 0
    text = (here / "mine" / "measures.policy").read_text("utf-8")
    assert 'measures "The “local” ones" under sample\n' in text
    assert "# 1.9: An organization must have enough members.\n" in text
    assert "# While it is open, the higher level judges: have enough members?\n# set enough is …\n" in text
    assert "# Only until 2030-01-01" in text
    assert "# One of: central, local\n# set proper is …\n" in text
    assert '# set word is "…"\n' in text
    assert "# set day is …-…-…\n" in text
    assert run("check", "mine").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["M", "riverside", "--under", "sample"], "there are no policies `sample` for the measures to be under"),
        (["M", "mine", "--under", "sampel"], "did you mean `sample`?"),
        ([" ", "riverside"], "measures have a title"),
    ],
)
def test_refusals_of_a_skeleton(run: Run, arguments: list[str], message: str) -> None:
    result = run("new", "measures", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_second_skeleton_is_refused(run: Run) -> None:
    assert run("new", "measures", "M", "riverside").exit_code == 0
    assert "has measures in `riverside/measures.policy` already" in run("new", "measures", "M", "riverside").stderr
