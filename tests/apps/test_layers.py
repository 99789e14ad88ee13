"""Layers of measures on the command line: which files are loaded, and who is said to have spoken."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sopb_rules import load_policies
from sopb_rules.diagnostics import RulesError
from sopb_rules.findings.explanation import Explanation
from sopb_rules.loading import layers, without_measures
from sopb_rules.model.files import policy_set_sources
from sopb_rules.receipts.receipt import receipt_of
from sopb_rules.testing.examples import run_examples
from tests.apps import sample
from tests.apps.conftest import Run

LAKESIDE = Path(__file__).parents[2] / "examples" / "measures" / "lakeside"
STATE = """\
as_of: 2026-11-01
organization:
  - id: o
    formal_members: 2
    branch: null
    volunteers: 4
    sound: {value: true, by: the higher level, on: 2026-01-01}
"""
PROVINCE = """\
measures province "Measures of the province" under sample

facts of organization
  volunteers  count  "volunteers"

norm province:2.1 about organization
  | Organizations with volunteers must set up a branch.
  when volunteers is at least 5
  the organization must
    "set up a branch"
        branch exists

  example "five volunteers"
    given volunteers is 5, branch is absent
    then province:2.1 is unmet

  example "four volunteers"
    given volunteers is 4, branch is absent
    then province:2.1 does not apply
"""
CITY = """\
measures city "Measures of the city" under province

tighten 1.1
  | Two members are enough.
  when formal_members is at least 2

  example "two members"
    given formal_members is 2, branch is absent
    then 1.1 is unmet

tighten province:2.1
  | Four volunteers are enough.
  when volunteers is at least 4

  example "four volunteers"
    given volunteers is 4, branch is absent
    then province:2.1 is unmet
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, with the measures of a province and of a city beside it."""
    sample.policies(tmp_path / "mine", sample.ARTICLE)
    (tmp_path / "mine" / "province.policy").write_text(PROVINCE, "utf-8")
    (tmp_path / "mine" / "city.policy").write_text(CITY, "utf-8")
    (tmp_path / "o.yaml").write_text(STATE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(path: Path | str) -> list[str]:
    return sorted(Path(source.name).name for source in policy_set_sources(Path(path)))


# ---- loading ------------------------------------------------------------------------------------------------


def test_a_folder_gives_the_one_chain_in_it_and_a_file_what_it_is_under(here: Path) -> None:
    every = ["article_01.policy", "city.policy", "province.policy", "vocabulary.policy"]
    assert names("mine") == every
    assert names("mine/city.policy") == every
    assert names("mine/province.policy") == ["article_01.policy", "province.policy", "vocabulary.policy"]
    assert names("mine/article_01.policy") == ["article_01.policy"]
    (here / "mine" / "town.policy").write_text(CITY.replace("city", "town"), "utf-8")
    assert names("mine/city.policy") == every
    with pytest.raises(RulesError) as raised:
        load_policies("mine")
    (diagnostic,) = raised.value.diagnostics
    assert "--policies mine/town.policy" in diagnostic.help


def test_the_layers_of_the_example_stand_on_the_opinions() -> None:
    shipped = len(load_policies().model.sources)
    for file, count in ("province", 1), ("city", 2), ("county", 3):
        assert len(policy_set_sources(LAKESIDE / f"{file}.policy")) == shipped + count


def test_what_a_file_is_under_may_be_missing_doubled_or_a_circle(here: Path) -> None:
    mine = here / "mine"
    (mine / "again.policy").write_text(PROVINCE, "utf-8")
    with pytest.raises(RulesError, match="two measures have the name `province`"):
        load_policies("mine/city.policy")
    (mine / "again.policy").unlink()
    (mine / "province.policy").write_text(PROVINCE.replace("under sample", "under city"), "utf-8")
    with pytest.raises(RulesError, match="under themselves"):
        load_policies("mine/city.policy")
    (mine / "province.policy").unlink()
    with pytest.raises(RulesError, match="there are no policies or measures `province`"):
        load_policies("mine/city.policy")


def test_a_change_in_a_layer_below_is_noticed(run: Run, here: Path) -> None:
    assert run("explain", "province:2.1", "o.yaml", "--policies", "mine/province.policy").exit_code == 0
    assert "does not apply" in run("explain", "province:2.1", "o.yaml", "--policies", "mine/province.policy").output
    (here / "mine" / "province.policy").write_text(PROVINCE.replace("at least 5", "at least 3"), "utf-8")
    assert "✗ unmet" in run("explain", "province:2.1", "o.yaml", "--policies", "mine/province.policy").output


def test_the_layers_of_a_set_one_after_the_other() -> None:
    policies = load_policies("mine")
    found = layers(policies)
    assert [[each.layer for each in one.model.measures] for one in found] == [["province"], ["province", "city"]]
    assert found[-1] is policies
    assert found[0].model.norms["1.1"].layer == ""
    document = without_measures(policies)
    assert without_measures(found[0]).model.digest == document.model.digest
    assert document.model.measures == ()
    assert layers(document) == []


# ---- examples -----------------------------------------------------------------------------------------------


def test_the_examples_of_a_layer_are_run_without_the_layers_above(run: Run, here: Path) -> None:
    results = run_examples(load_policies("mine"))
    assert [(each.owner, each.title) for each in results] == [
        ("norm province:2.1", "five volunteers"), ("norm province:2.1", "four volunteers"),
        ("tighten 1.1", "two members"), ("tighten province:2.1", "four volunteers"),
    ]  # fmt: skip
    assert all(each.passed for each in results)
    assert "`mine`: 5 examples, all passed" in run("test", "mine").output
    assert "`mine/province.policy`: 2 examples, all passed" in run("test", "mine/province.policy").output
    (here / "mine" / "city.policy").write_text(CITY.replace("1.1 is unmet", "1.1 is met"), "utf-8")
    result = run("test", "mine")
    assert result.exit_code == 1
    assert "in tighten 1.1, example “two members”" in result.output


def test_a_mistake_in_an_example_of_a_lower_layer_is_told(run: Run, here: Path) -> None:
    (here / "mine" / "city.policy").write_text(CITY + "\nfacts of organization\n  clubs  count\n", "utf-8")
    wrong = PROVINCE.replace("given volunteers is 5", "given clubs is 5")
    (here / "mine" / "province.policy").write_text(wrong, "utf-8")
    result = run("check", "mine")
    assert result.exit_code == 1
    assert "mine/province.policy:14:11" in result.output
    assert result.output.count("error ") == 1


# ---- who spoke ----------------------------------------------------------------------------------------------


def test_an_explanation_says_who_tightens_and_who_adds(run: Run) -> None:
    tightened = " ".join(run("explain", "1.1", "o.yaml", "--policies", "mine").output.split())
    assert "| Two members are enough." in tightened
    assert "mine/city.policy:3:1 (tightened by the measures city; before: mine/article_01.policy:3:1)" in tightened
    added = " ".join(run("explain", "province:2.1", "o.yaml", "--policies", "mine/province.policy").output.split())
    assert "mine/province.policy:6:1 (added by the measures province)" in added
    assert "formal_members is 2" in tightened


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_pages_say_who_tightens_and_who_adds(run: Run, form: str) -> None:
    option = "--html" if form == "html" else "--markdown"
    output = run("evaluate", "o.yaml", "--policies", "mine", "--details", option, "-").output
    assert "tightened by the measures city; before: mine/article_01.policy:3:1" in output.replace("\\", "")
    assert "province:2.1" in output
    assert "Measures of the province; Measures of the city" in output


def test_the_json_names_the_layer_of_each_finding(run: Run) -> None:
    told = json.loads(run("evaluate", "o.yaml", "--policies", "mine", "--format", "json").output)
    layers_of = {each["norm"]: (each.get("layer"), each["article"]) for each in told["findings"]}
    assert layers_of["1.1"] == ("city", 1)
    assert layers_of["1.2"] == (None, 1)
    assert layers_of["province:2.1"] == ("city", 0)
    assert told["policies"]["measures"] == "Measures of the province; Measures of the city"
    assert receipt_of(told).measures == told["policies"]["measures"]


def test_reports_and_logs_with_layers_are_as_their_schemas_say(run: Run, here: Path) -> None:
    told = run("evaluate", "o.yaml", "--policies", "mine", "--format", "json", "--log", "log").output
    lines = [json.loads(line) for line in (here / "log").read_text("utf-8").splitlines()]
    schemas = resources.files("sopb_rules.findings")
    for name, data in ("report", [json.loads(told)]), ("decision_log", lines):
        validator = Draft202012Validator(json.loads(schemas.joinpath(f"{name}.schema.json").read_text("utf-8")))
        for each in data:
            validator.validate(each)
    assert {line.get("layer") for line in lines if "norm" in line} == {None, "city"}


def test_a_report_names_the_norms_that_measures_add(run: Run) -> None:
    result = run("evaluate", "o.yaml", "--policies", "mine")
    assert result.exit_code == 1
    assert "measures  Measures of the province; Measures of the city" in result.output
    assert "province:2.1" in result.output
    only = run("evaluate", "o.yaml", "--policies", "mine", "--only", "province:2.1")
    assert "1.1 " not in only.output
    assert "there is no norm" in run("evaluate", "o.yaml", "--policies", "mine", "--only", "province:9.9").stderr


def test_an_explanation_of_an_added_norm_can_be_read_again() -> None:
    policies = load_policies("mine")
    state = policies.read_state("o.yaml")
    for id in ("1.1", "province:2.1"):
        (finding,) = [each for each in policies.evaluate(state).findings if each.norm == id]
        explanation = finding.explain()
        assert Explanation.from_dict(explanation.as_dict()) == explanation
        assert policies.unlike(explanation, state) == ()


def test_an_article_shows_what_measures_make_of_it(run: Run) -> None:
    output = run("article", "1", "--policies", "mine").output
    sentence = output.index("An organization with three or more formal members")
    assert sentence < output.index("norm 1.1 about organization") < output.index("tighten 1.1")
    assert "| Two members are enough." in output
    assert "mine/city.policy:3:1" in output


def test_measures_are_shown_by_their_name(run: Run) -> None:
    province = run("article", "province", "--policies", "mine").output
    assert "Measures of the province" in province
    assert "norm province:2.1 about organization" in province
    assert "volunteers is at least 5" in province
    city = run("article", "city:1", "--policies", "mine").output
    assert "Set, tightened and defined here" in city
    assert "| Four volunteers are enough." in city
    result = run("article", "town", "--policies", "mine")
    assert result.exit_code == 2
    assert "measures: province, city" in result.stderr


def test_who_asks_for_a_norm_that_is_not_there_is_told_which_there_are(run: Run) -> None:
    result = run("explain", "province:9.9", "o.yaml", "--policies", "mine")
    assert result.exit_code == 2
    assert "province has province:2.1" in result.stderr
    hint = run("explain", "province:2.1", "--policies", "mine")
    assert "`sopb article province` shows it" in hint.stderr


def test_an_interview_asks_for_facts_that_measures_add(run: Run) -> None:
    policies = load_policies("mine")
    question = policies.next_question({"as_of": "2026-11-01", "organization": [{"id": "o"}]}, about=["province:2.1"])
    assert question is not None
    assert {each.name for each in question.waiting} == {"province:2.1"}
    with pytest.raises(RulesError, match=r"province:9\.9"):
        policies.next_question({"as_of": "2026-11-01", "organization": [{"id": "o"}]}, about=["province:9.9"])


def test_a_judgement_in_an_added_norm_is_stated_under_its_number(here: Path) -> None:
    text = PROVINCE + "\nparameter enough count\n  judged by higher_level\n"
    text = text.replace("volunteers is at least 5", "volunteers is at least enough").partition("\n  example")[0]
    (here / "mine" / "province.policy").write_text(
        text + "\n\nparameter enough count\n  judged by higher_level\n", "utf-8"
    )
    state = STATE + "    judgements:\n      province:2.1 when: {value: true, by: x, on: 2026-01-01}\n"
    (here / "o.yaml").write_text(state, "utf-8")
    policies = load_policies("mine/province.policy")
    (finding,) = [
        each for each in policies.evaluate(policies.read_state("o.yaml")).findings if each.norm == "province:2.1"
    ]
    assert finding.verdict.value == "unmet"


# ---- other commands -----------------------------------------------------------------------------------------


def test_changes_are_made_to_the_document_alone(run: Run) -> None:
    plain = run("mutate", "mine", "--jobs", "1", "--quiet")
    assert plain.exit_code == 0
    assert "province" not in plain.output
    assert "tighten" not in plain.output


def test_the_example_of_three_layers(run: Run) -> None:
    assert run("fmt", "--check", LAKESIDE).exit_code == 0
    assert "no mistakes" in run("check", LAKESIDE).output
    assert "25 examples, all passed" in run("test", LAKESIDE).output
    result = run("audit", LAKESIDE)
    assert result.exit_code == 0
    told = " ".join(result.output.split())
    assert "tightens 8.3, lakeside_province:3.1" in told
    assert "4 of 4 sentences of city.txt encoded; each quoted to the letter" in told
    layers_told = json.loads(run("audit", LAKESIDE, "--format", "json").output)["layers"]
    assert [(each["layer"], each["tightens"], each["adds"]) for each in layers_told] == [
        ("lakeside_province", [], ["lakeside_province:3.1"]),
        ("lakeside_city", ["8.1"], ["lakeside_city:3.1"]),
        ("willow_county", ["8.3", "lakeside_province:3.1"], []),
    ]
