"""`sopb evaluate`: what people read, what programs read, and the exit status."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sopb_rules import load_policies
from sopb_rules.apps import inputs
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare

DATA = Path(__file__).parent / "data"


def schema() -> dict[str, Any]:
    text = resources.files("sopb_rules.findings").joinpath("report.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


def validate(data: object) -> None:
    jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker()).validate(data)


@pytest.fixture
def opinions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles of the Opinions and a small state in the current folder, so that what is shown has short paths."""
    import sopb_rules.model.files

    shipped = sopb_rules.model.files.shipped()
    folder = tmp_path / "opinions"
    folder.mkdir()
    for name in ("vocabulary", "article_08", "article_10"):
        shutil.copy(shipped / f"{name}.policy", folder)
    shutil.copy(DATA / "state.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)


# ---- exit status ----------------------------------------------------------------------------------------------


def test_breach_is_status_1(run: Run, policies: Path, breach: Path) -> None:
    assert run("evaluate", breach, "--policies", policies).exit_code == 1


def test_compliance_is_status_0(run: Run, policies: Path, compliant: Path) -> None:
    assert run("evaluate", compliant, "--policies", policies).exit_code == 0


def test_unknown_is_no_breach(run: Run, policies: Path, tmp_path: Path) -> None:
    file = sample.state(tmp_path, "organization:\n  - id: a\n")
    result = run("evaluate", file, "--policies", policies)
    assert result.exit_code == 0
    assert "? undetermined" in result.output


def test_a_breach_by_others_is_status_1_and_said_in_the_summary(run: Run, policies: Path, tmp_path: Path) -> None:
    text = sample.COMPLIANT.replace("reports: []", "reports: [{made: no}]")
    result = run("evaluate", sample.state(tmp_path, text), "--policies", policies)
    assert result.exit_code == 1
    assert "Others fall short 1 time, 1 breach among them" in result.output
    assert "✓ compliant" in result.output


def test_json_has_the_same_status(run: Run, policies: Path, breach: Path, compliant: Path) -> None:
    assert run("evaluate", breach, "--policies", policies, "--format", "json").exit_code == 1
    assert run("evaluate", compliant, "--policies", policies, "--format", "json").exit_code == 0


# ---- the date -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "text", "shown"),
    [
        (["--as-of", "2027-01-02"], sample.COMPLIANT, "2027-01-02 (as asked for)"),
        ([], sample.COMPLIANT, "2026-11-01 (as the state says)"),
        ([], sample.BREACH, "2031-05-06 (today; the state gives no date)"),
    ],
)
def test_where_the_date_comes_from(
    run: Run,
    policies: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    text: str,
    shown: str,
) -> None:
    monkeypatch.setattr(inputs, "clock", lambda: datetime.date(2031, 5, 6))
    result = run("evaluate", sample.state(tmp_path, text), "--policies", policies, *arguments)
    assert f"as of     {shown}\n" in result.output


# ---- JSON -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [sample.BREACH, sample.COMPLIANT, "organization: [{id: a}]\n", "organization: []\n"])
def test_json_fits_the_published_schema(run: Run, policies: Path, tmp_path: Path, text: str) -> None:
    result = run("evaluate", sample.state(tmp_path, text), "--policies", policies, "--format", "json")
    validate(json.loads(result.output))


def test_json_of_the_shipped_policies_fits_the_schema(run: Run) -> None:
    result = run("evaluate", DATA, "--format", "json")
    data = json.loads(result.output)
    validate(data)
    assert len(data["standing"]) == 3
    assert {finding["verdict"] for finding in data["findings"]} >= {"unmet", "unknown", "not_applicable"}


def test_json_is_the_report(run: Run, policies: Path, breach: Path) -> None:
    result = run("evaluate", breach, "--policies", policies, "--format", "json", "--as-of", "2026-11-01")
    checked = load_policies(policies)
    expected = checked.evaluate(checked.read_state(breach), datetime.date(2026, 11, 1)).as_dict()
    expected["policies"]["folder"] = policies.as_posix()
    assert json.loads(result.output) == json.loads(json.dumps(expected))


def test_json_tells_exact_values_as_text(run: Run, policies: Path, compliant: Path) -> None:
    result = run("evaluate", compliant, "--policies", policies, "--format", "json", "--only", "1.3")
    facts = {fact["path"]: fact["value"] for fact in json.loads(result.output)["findings"][0]["facts"]}
    assert facts["organization[good].branch.share"] == "0.4"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(extra=1),
        lambda data: data["findings"][0].update(verdict="maybe"),
        lambda data: data["findings"][0].pop("missing"),
        lambda data: data.update(as_of="yesterday"),
        lambda data: data["standing"][0].update(status="fine"),
    ],
)
def test_the_schema_refuses_what_is_not_so(run: Run, policies: Path, breach: Path, spoil: Any) -> None:
    data = json.loads(run("evaluate", breach, "--policies", policies, "--format", "json").output)
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        validate(data)


# ---- a part of the report -------------------------------------------------------------------------------------


def test_only_a_norm(run: Run, policies: Path, breach: Path) -> None:
    result = run("evaluate", breach, "--policies", policies, "--only", "1.2")
    assert result.exit_code == 0
    assert "✗ unmet" in result.output
    assert "1.1" not in result.output


def test_only_an_entity(run: Run, policies: Path, breach: Path, compliant: Path) -> None:
    result = run("evaluate", breach, compliant, "--policies", policies, "--only", "good")
    assert result.exit_code == 0
    assert "organization bad" not in result.output


def test_only_a_decision(run: Run, policies: Path, breach: Path) -> None:
    data = json.loads(
        run("evaluate", breach, "--policies", policies, "--only", "leading_body", "--format", "json").output
    )
    assert data["findings"] == []
    assert [each["verdict"] for each in data["decisions"]] == ["conflict"]


@pytest.mark.parametrize(("id", "meant"), [("goood", "did you mean `good`?"), ("1.22", "article 1 has 1.1, 1.2")])
def test_only_something_unknown(run: Run, policies: Path, compliant: Path, id: str, meant: str) -> None:
    result = run("evaluate", compliant, "--policies", policies, "--only", id)
    assert result.exit_code == 2
    assert meant in result.output


# ---- what people read -----------------------------------------------------------------------------------------


def test_the_sample(run: Run, policies: Path, breach: Path, compliant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(policies.parent)
    shown = run("evaluate", "breach.yaml", "--policies", "policies", "--as-of", "2026-11-01")
    compare("evaluate_breach", shown.output)
    shown = run("evaluate", "breach.yaml", "compliant.yaml", "--policies", "policies", "--details")
    compare("evaluate_details", shown.output)


@pytest.mark.usefixtures("opinions")
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_opinions(run: Run, columns: int) -> None:
    result = run("evaluate", "state.yaml", "--policies", "opinions", COLUMNS=str(columns))
    assert result.exit_code == 1
    assert max(map(len, result.output.splitlines())) <= columns
    compare(f"evaluate_opinions_{columns}", result.output)


@pytest.mark.usefixtures("opinions")
def test_each_sentence_is_quoted_once(run: Run) -> None:
    shown = run("evaluate", "state.yaml", "--policies", "opinions", COLUMNS="120").output
    assert shown.count("| Any social organization with three or more formal party members") == 1


def test_a_clause_behind_a_failed_one_is_not_reached(run: Run, policies: Path, breach: Path) -> None:
    shown = run("evaluate", breach, "--policies", policies, "--only", "1.1").output
    assert "✗ fails        (a) set up a branch" in shown
    assert "– not reached  (b) with approval" in shown
    assert "could still change it" not in shown


def test_norms_that_wait_for_the_same_fact_are_told_together(run: Run, policies: Path, tmp_path: Path) -> None:
    shown = run("evaluate", sample.state(tmp_path, "organization: [{id: a}]\n"), "--policies", policies).output
    assert "formal members: what is it? — 1.1 (possible breach) and 1.5 wait for it" in shown.replace("\n      ", " ")
    assert shown.count("formal members: what is it?") == 1
    assert shown.count("judged by the higher level") == 1


def test_asked_and_not_known_is_said(run: Run, policies: Path, tmp_path: Path) -> None:
    file = sample.state(tmp_path, "organization: [{id: a, formal_members: unknown}]\n")
    shown = run("evaluate", file, "--policies", policies).output
    assert "formal_members; asked, and nobody could say" in shown


def test_decisions_in_conflict_are_said_in_the_summary(run: Run, policies: Path, breach: Path) -> None:
    shown = run("evaluate", breach, "--policies", policies).output
    assert "1 decision is in conflict." in shown
    assert "✗ conflict — between the central body (1.6) and the local body (1.7)" in shown


def test_a_decision_without_a_case(run: Run, policies: Path, tmp_path: Path) -> None:
    text = sample.COMPLIANT.replace("national_body: no", "national_body: yes")
    shown = run("evaluate", sample.state(tmp_path, text), "--policies", policies).output
    assert "1 decision is without a case that holds." in shown
    assert "– no case — no case of the decision holds" in shown


def test_a_decision_that_is_unknown(run: Run, policies: Path, tmp_path: Path) -> None:
    text = sample.COMPLIANT.replace("    level: county\n", "")
    shown = run("evaluate", sample.state(tmp_path, text), "--policies", policies).output
    assert "? unknown — may come to the local body, a conflict" not in shown  # a plain list ends in `or`
    assert "? unknown — may come to a conflict or the local body" in shown
    assert "leading_body waits for it" in shown


def test_a_state_without_subjects(run: Run, policies: Path, tmp_path: Path) -> None:
    result = run("evaluate", sample.state(tmp_path, "organization: []\n"), "--policies", policies)
    assert result.exit_code == 0
    assert "The state lists nothing that a norm is about." in result.output


def test_folders_are_read(run: Run, policies: Path, tmp_path: Path) -> None:
    folder = tmp_path / "states"
    folder.mkdir()
    sample.state(folder, sample.COMPLIANT, "a.yaml")
    sample.state(folder, sample.BREACH, "b.yml")
    result = run("evaluate", folder, "--policies", policies)
    assert "organization (2): 1 in breach, 1 compliant" in result.output


def test_what_a_state_says_cannot_steer_the_terminal(run: Run, policies: Path, tmp_path: Path) -> None:
    file = sample.state(
        tmp_path, json.dumps({"organization": [{"id": "a", "name": "x\x1b[31my\u202ez"}]}), "state.json"
    )
    result = run("evaluate", file, "--policies", policies)
    assert result.exit_code in (0, 2)  # a text with such characters need not be accepted
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


def test_many_norms_that_wait_for_one_fact_are_counted_and_listed(run: Run) -> None:
    shown = run("evaluate", DATA / "state.yaml", "--only", "hillside", COLUMNS="120").output
    assert re.search(r"• party organization: is there one\? — \d+ norms wait for it\n", shown)
    told = " ".join(shown.split())
    assert re.search(r" possible breach: 3\.2, 3\.3, 8\.1, [^;]*; also 3\.4, [^;]* and \d+ more ", told)


def test_met_and_other_findings_are_only_counted(run: Run, policies: Path, compliant: Path) -> None:
    shown = run("evaluate", compliant, "--policies", policies).output
    assert "4 other findings: 3 met, 1 used" in shown
    assert "be sound" not in shown
    assert "✓ kept         be sound" in run("evaluate", compliant, "--policies", policies, "--details").output


def test_json_is_a_receipt(run: Run, policies: Path, breach: Path) -> None:
    for only, told in (((), None), (("--only", "1.1"), "1.1"), (("--only", "bad"), "bad")):
        result = run("evaluate", breach, "--policies", policies, "--as-of", "2026-11-01", "--format", "json", *only)
        data = json.loads(result.output)
        validate(data)
        assert data.get("only") == told
        assert data["policies"]["folder"] == policies.as_posix()
        assert [file["path"] for file in data["state"]["files"]] == [breach.as_posix()]
        assert data["state"]["files"][0]["digest"] == hashlib.sha256(breach.read_bytes()).hexdigest()


# ---- the decision log -----------------------------------------------------------------------------------------


def test_the_log_grows_by_a_line_for_each_finding_and_decision(
    run: Run, policies: Path, breach: Path, tmp_path: Path
) -> None:
    log = tmp_path / "decisions.jsonl"
    arguments = (breach, "--policies", policies, "--as-of", "2026-11-01")
    plain = run("evaluate", *arguments)
    logged = run("evaluate", *arguments, "--log", log)
    assert (logged.exit_code, logged.output) == (plain.exit_code, plain.output)
    report = json.loads(run("evaluate", *arguments, "--format", "json", "--log", log).output)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    count = len(report["findings"]) + len(report["decisions"])
    assert len(lines) == 2 * count
    assert [line["verdict"] for line in lines[:count]] == [
        each["verdict"] for each in (*report["findings"], *report["decisions"])
    ]
    at = datetime.datetime.fromisoformat(lines[0]["time"])
    assert abs(datetime.datetime.now(datetime.UTC) - at) < datetime.timedelta(hours=1)


def test_masks_keep_values_and_people_out_of_the_log(run: Run, policies: Path, breach: Path, tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    masks = ("--mask", "id", "--mask", "organization.formal_members", "--mask-people")
    run("evaluate", breach, "--policies", policies, "--as-of", "2026-11-01", "--log", log, *masks)
    text = log.read_text("utf-8")
    assert "organization[***]" in text
    assert "[bad]" not in text
    assert '"by": "***"' in text
    assert "organization.formal_members" in json.loads(text.splitlines()[0])["masked"]


def test_a_mask_that_means_nothing_stops_before_anything_is_written(
    run: Run, policies: Path, breach: Path, tmp_path: Path
) -> None:
    log = tmp_path / "decisions.jsonl"
    result = run("evaluate", breach, "--policies", policies, "--log", log, "--mask", "nam")
    assert result.exit_code == 2
    assert "did you mean `name`?" in result.stderr
    assert not log.exists()


@pytest.mark.parametrize("mask", [("--mask", "name"), ("--mask-people",)])
def test_masks_are_about_a_log(run: Run, policies: Path, breach: Path, mask: tuple[str, ...]) -> None:
    result = run("evaluate", breach, "--policies", policies, *mask)
    assert result.exit_code == 2
    assert "--log FILE" in result.stderr


def test_a_log_that_cannot_be_written(run: Run, policies: Path, breach: Path, tmp_path: Path) -> None:
    result = run("evaluate", breach, "--policies", policies, "--log", tmp_path / "none" / "log")
    assert result.exit_code == 2
    assert "the system refused" in result.stderr
    assert result.stdout == ""
