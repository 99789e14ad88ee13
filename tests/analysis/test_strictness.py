"""Measures that are stricter are accepted; those that let somebody off are refused, with somebody whom they let off."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from sopb_rules.analysis import run as running
from sopb_rules.analysis.strictness import loosened
from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.loading import load_policies
from sopb_rules.model.strictness import strictness_pairs
from sopb_rules.source import Source
from tests.apps.conftest import Run, run  # noqa: F401 - a fixture
from tests.model.reading import norm, sources
from tests.model.test_layers import layer

THREE = "the organization must\n  active"
DOCUMENT = "\n".join([
    'parameter enough count "how many are enough"\n  judged by committee\n',
    norm("8.1", f"when members is at least 3\n{THREE}"),
    norm("8.2", "when 8.1 applies\nthe organization must\n  party exists"),
    norm("8.3", "when active\nthe organization must\n  members is at least enough"),
    norm("8.4", "when number of changes is more than members\nthe organization must\n  active"),
])  # fmt: skip


def when(condition: str, id: str = "8.1") -> str:
    """A norm tightened by another condition."""
    return f"tighten {id}\n  | So it is here.\n  when {condition}\n"


def told(*layers: Source, seconds: float = 10.0) -> list[Diagnostic]:
    """What is said of some layers."""
    return list(loosened(strictness_pairs([*sources(DOCUMENT), *layers]), seconds))


def low(*statements: str) -> Source:
    return layer("low", "samples", "\n".join(statements))


def high(*statements: str) -> Source:
    return layer("high", "low", "\n".join(statements))


def test_what_is_stricter_is_accepted() -> None:
    assert told(low(when("members is at least 2"))) == []
    assert told(low("set enough is 3\n"), high("set enough is 4\n")) == []


def test_what_lets_somebody_off_is_refused_once_with_all_that_rests_on_it() -> None:
    (error,) = told(low(when("members is at least 5")))
    assert (error.code, error.severity, error.where) == (Code.LOOSER, Severity.ERROR, "tighten 8.1")
    assert error.span is not None
    assert error.span.text == "8.1"
    assert re.search(
        r"with members is [34], active is no, norm 8\.1 is unmet without it and not applicable", error.message
    )
    assert "8.2 becomes looser with it" in error.help
    assert re.search(r"members: [34]\n", error.example)


def test_a_parameter_set_anew() -> None:
    (error,) = told(low("set enough is 3\n"), high("set enough is 2\n"))
    assert error.where == "set enough"
    assert "members is 2" in error.message
    assert "“Measures of low”" in error.help


def test_three_layers() -> None:
    """Each layer is held against the one below it: what is stricter than the document may still be looser than that."""
    stricter, between = low(when("members is at least 1")), high(when("members is at least 2"))
    top = layer("top", "high", when("members is at least 0"))
    (error,) = told(stricter, between, top)
    assert "members is 1" in error.message
    assert error.span is not None
    assert error.span.source.name == "high.policy"


def test_a_reference_is_tightened_with_the_norm_that_it_names() -> None:
    """8.2 applies where 8.1 does."""
    assert told(low(when("members is at least 5", "8.2")))[0].where == "tighten 8.2"
    assert told(low(when("members is at least 1", "8.2"))) == []


def test_what_is_looked_at_up_to_a_length_is_a_warning() -> None:
    (warning,) = told(low(when("number of changes is at least members", "8.4")))
    assert warning.severity is Severity.WARNING
    assert "it is not proved that norm 8.4 is at least as strict as before" in warning.message
    assert "changes" in warning.message


def test_what_takes_too_long_is_a_warning() -> None:
    found = told(low(when("members is at least 2")), seconds=1e-9)
    assert {each.severity for each in found} == {Severity.WARNING}
    assert "not decided within 1e-09 s" in found[0].message


# ---- the Opinions -------------------------------------------------------------------------------------------


def measures(folder: Path, condition: str) -> Path:
    """Local measures that tighten 8.1 of the Opinions."""
    text = 'measures of_a_town "Measures of a town" under opinions\n\n' + when(condition)
    (folder / "town.policy").write_text(text, "utf-8")
    return folder


STATE = "as_of: 2026-11-01\norganization:\n  - id: a\n    formal_members: 2\n    party_organization: null\n"


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache of its own, so that the Opinions are read once."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def test_8_1_may_be_lowered_to_two(tmp_path: Path, run: Run) -> None:  # noqa: F811
    folder = measures(tmp_path, "formal_members is at least 2")
    (tmp_path / "state.yaml").write_text(STATE, "utf-8")
    result = run("evaluate", tmp_path / "state.yaml", "--policies", folder, "--format", "json")
    assert result.exit_code == 1
    verdicts = {each["norm"]: each["verdict"] for each in json.loads(result.output)["findings"]}
    assert verdicts["8.1"] == "unmet"


def test_8_1_may_not_be_raised_to_five(tmp_path: Path, run: Run) -> None:  # noqa: F811
    folder = measures(tmp_path, "formal_members is at least 5")
    (tmp_path / "state.yaml").write_text(STATE, "utf-8")
    evaluated = run("evaluate", tmp_path / "state.yaml", "--policies", folder)
    assert evaluated.exit_code == 2
    checked = run("check", folder)
    assert checked.exit_code == 1
    for result in (checked, evaluated):
        assert "town.policy:3:9: error" in result.output
        assert re.search(r"with [^:]*\bformal_members is [34]\b", " ".join(result.output.split()))
    members = re.search(r"formal_members: ([34])\n", checked.output)
    assert members is not None
    opinions = load_policies(cache=True)
    state = {"organization": [{"id": "a", "formal_members": int(members[1]), "party_organization": None}]}
    report = opinions.evaluate(state, as_of=datetime.date(2026, 11, 1))
    assert {each.norm: each.verdict.value for each in report.findings}["8.1"] == "unmet"


def test_without_the_solver_nobody_can_tell(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(running, "find_spec", lambda _: None)
    result = run("check", measures(tmp_path, "formal_members is at least 1"))
    assert result.exit_code != 0
    assert "error U003" in result.output
