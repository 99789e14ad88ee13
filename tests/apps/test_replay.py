"""`sopb replay`: what people read, what programs read, and the exit status."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopb_rules import RulesError
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.replay import print_replay
from sopb_rules.receipts.compare import compare as compare_receipts
from sopb_rules.receipts.receipt import receipt_of
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """The current folder, with policies, a state and the receipt of its evaluation."""
    monkeypatch.chdir(tmp_path)
    sample.policies(tmp_path / "policies")
    sample.state(tmp_path, sample.BREACH + sample.COMPLIANT.partition("organization:\n")[2], "state.yaml")
    saved = run("evaluate", "state.yaml", "--policies", "policies", "--as-of", "2026-11-01", "--format", "json")
    assert saved.exit_code == 1
    (tmp_path / "report.json").write_text(saved.output, encoding="utf-8")
    return tmp_path


def rewrite(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def receipt(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return loaded


def test_nothing_differs(run: Run, here: Path) -> None:
    result = run("replay", "report.json")
    assert result.exit_code == 0
    assert result.output.count("\n") == 1
    assert receipt(here)["policies"]["digest"][:12] in result.output
    assert receipt(here)["state"]["digest"][:12] in result.output
    compare("replay_same", result.output)


def test_a_file_in_another_layout_is_told_and_no_difference(run: Run, here: Path) -> None:
    rewrite(here / "state.yaml", ("level: county", "level:   county  # as registered"))
    result = run("replay", "report.json")
    assert result.exit_code == 0
    compare("replay_layout", result.output)


def test_what_differs(run: Run, here: Path) -> None:
    changes = (
        ("formal_members: 3", "formal_members: 2"),
        ("national_body: no\n    formal_members: 12", "formal_members: 12"),
    )
    rewrite(here / "state.yaml", *changes, ("{made: no}, ", ""))
    rewrite(here / "policies" / "article_01.policy", ("at least 10", "at least 20"))
    (here / "more.yaml").write_text("organization: [{id: new, name: Newcomers}]", encoding="utf-8")
    result = run("replay", "report.json", "state.yaml", "more.yaml")
    assert result.exit_code == 1
    compare("replay_differs", result.output)


def test_only_the_software_differs(run: Run, here: Path) -> None:
    old = receipt(here)
    old["software"]["version"] = "0.0.9"
    old["policies"]["measures"] = "Measures of Riverside"
    (here / "report.json").write_text(json.dumps(old), encoding="utf-8")
    result = run("replay", "report.json")
    assert result.exit_code == 1
    assert "differs: sopb_rules 0.0.9 →" in result.output
    compare("replay_software", result.output)


def test_who_answers_may_be_all_that_differs(run: Run, here: Path) -> None:
    old = receipt(here)
    old["standing"][0]["owed_by_others"] = []
    (here / "report.json").write_text(json.dumps(old), encoding="utf-8")
    result = run("replay", "report.json")
    assert result.exit_code == 1
    assert "the same, but not how somebody stands" in result.output
    assert "owed by others: now 1.4 for organization[bad].reports[#1]" in " ".join(result.output.split())


def test_a_norm_that_appears_or_vanishes_for_somebody_who_stays(run: Run, here: Path) -> None:
    old = receipt(here)
    old["findings"] = [each for each in old["findings"] if each["norm"] != "1.2"]
    old["decisions"][0]["decision"] = "guiding_body"
    (here / "report.json").write_text(json.dumps(old), encoding="utf-8")
    told = " ".join(run("replay", "report.json").output.split())
    assert "1.2 appeared: unmet" in told
    assert "leading body appeared: conflict" in told
    assert "guiding body vanished: conflict" in told


def test_a_state_that_says_nothing(run: Run, here: Path) -> None:
    (here / "state.yaml").write_text("{}", encoding="utf-8")
    saved = run("evaluate", "state.yaml", "--policies", "policies", "--as-of", "2026-11-01", "--format", "json").output
    (here / "report.json").write_text(saved, encoding="utf-8")
    assert run("replay", "report.json").output.startswith("Nothing differs: no findings as of 2026-11-01")


def test_json(run: Run, here: Path) -> None:
    result = run("replay", "report.json", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.output)["same"] is True
    rewrite(here / "state.yaml", ("formal_members: 3", "formal_members: 2"))
    result = run("replay", "report.json", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["state"]["files"] == [{"path": "state.yaml", "how": "changed"}]
    first = told["differences"][0]
    assert (first["norm"], first["how"]) == ("1.1", "changed")
    assert first["changes"][0] == {"what": "verdict", "old": "unmet", "new": "not_applicable"}


@pytest.mark.parametrize("only", ["1.1", "leading_body", "bad"])
def test_the_receipt_of_a_part(run: Run, here: Path, only: str) -> None:
    arguments = ("state.yaml", "--policies", "policies", "--as-of", "2026-11-01", "--only", only, "--format", "json")
    (here / "part.json").write_text(run("evaluate", *arguments).output, encoding="utf-8")
    assert run("replay", "part.json").exit_code == 0


def test_a_receipt_that_moved_with_its_files(run: Run, here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = tmp_path_factory.mktemp("archive")
    for name in ("report.json", "state.yaml"):
        shutil.move(here / name, archive / name)
    shutil.move(here / "policies", archive / "policies")
    result = run("replay", archive / "report.json")
    assert (result.exit_code, result.output.count("\n")) == (0, 1)


def test_a_page(run: Run, here: Path) -> None:
    data = (here / "report.json").read_text("utf-8")
    page = f'<!DOCTYPE html><html><script type="application/json" id="report">{data}</script></html>'
    (here / "report.html").write_text(page, encoding="utf-8")
    assert run("replay", "report.html").exit_code == 0


TEXT = st.sampled_from(["", "unknown", "1.1", "bad", "organization[bad]", "\ud800", "\x1b[31m"]) | st.text(max_size=3)
OTHER = st.none() | TEXT | st.lists(TEXT, max_size=2)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_receipt_says_is_told(here: Path, data: st.DataObject) -> None:
    plain, path = receipt(here), []
    part: Any = plain
    while isinstance(part, dict | list) and part:  # the way to some value, which then says something else
        path.append(data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part)))))
        part = part[path[-1]]
    holder = plain
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = data.draw(OTHER)
    try:
        old = receipt_of(plain)
    except RulesError:
        return
    replay = compare_receipts(old, receipt_of(receipt(here)))
    stream = io.StringIO()
    print_replay(Page(stream, 80), replay)
    assert stream.getvalue().startswith("Nothing differs" if replay.same else "Something differs")
    assert json.loads(json.dumps(replay.as_dict()))["same"] is replay.same


# ---- what cannot be replayed ----------------------------------------------------------------------------------


def refused(run: Run, *arguments: object) -> str:
    result = run("replay", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def test_a_state_that_is_gone(run: Run, here: Path) -> None:
    (here / "state.yaml").rename(here / "other.yaml")
    told = refused(run, "report.json")
    assert "the state file `state.yaml` of the receipt is not there" in told
    assert "sopb replay RECEIPT STATE" in told
    assert run("replay", "report.json", "other.yaml").exit_code == 0


def test_policies_that_are_gone(run: Run, here: Path) -> None:
    (here / "policies").rename(here / "elsewhere")
    told = refused(run, "report.json")
    assert "the folder `policies` with the policies of the receipt is not there" in told
    assert "--policies DIR" in told
    assert run("replay", "report.json", "--policies", "elsewhere").exit_code == 0


def test_policies_that_nobody_named(run: Run, here: Path) -> None:
    old = receipt(here)
    del old["policies"]["folder"]
    (here / "report.json").write_text(json.dumps(old), encoding="utf-8")
    told = refused(run, "report.json")
    assert "the receipt is of the policies `sample`, and those that come with sopb are `opinions`" in told
    assert run("replay", "report.json", "--policies", "policies").exit_code == 0


def test_a_receipt_that_is_cut_off(run: Run, here: Path) -> None:
    (here / "report.json").write_text((here / "report.json").read_text("utf-8")[:500], encoding="utf-8")
    assert "report.json:" in refused(run, "report.json")


@pytest.mark.parametrize("content", ["", "[]", '{"as_of": "2026-11-01"}', "\ufeff{", '{"as_of": "\\ud800"}', "<html>"])
def test_what_is_no_receipt(run: Run, here: Path, content: str) -> None:
    (here / "report.json").write_text(content, encoding="utf-8")
    assert "U006" in refused(run, "report.json")


def test_a_state_that_the_policies_know_no_more(run: Run, here: Path) -> None:
    rewrite(here / "state.yaml", ("level: county", "height: county"))
    assert "organization has no fact `height`" in refused(run, "report.json")


def test_the_opinions_are_what_a_receipt_without_a_folder_is_of(run: Run, here: Path) -> None:
    (here / "state.yaml").write_text("as_of: 2026-11-01\norganization: [{id: a, formal_members: 3}]", encoding="utf-8")
    saved = run("evaluate", "state.yaml", "--format", "json").output
    (here / "report.json").write_text(saved, encoding="utf-8")
    result = run("replay", "report.json")
    assert result.exit_code == 0
    assert "policies opinions" in result.output
