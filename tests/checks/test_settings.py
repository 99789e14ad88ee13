"""The configuration of the checks: where it is found, what it sets, and what is said of mistakes in it."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from sopb_rules.checks.registry import CHECKS
from sopb_rules.checks.settings import Settings, find_settings
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, Severity

BY_NAME = {check.name: check for check in CHECKS}


def read(folder: Path, text: str, name: str = "sopb.toml") -> Settings:
    (folder / name).write_text(text, "utf-8")
    return find_settings(folder, CHECKS)


def mistakes(folder: Path, text: str, name: str = "sopb.toml") -> list[Diagnostic]:
    with pytest.raises(RulesError) as caught:
        read(folder, text, name)
    assert all(each.code is Code.BAD_SETTING and each.location for each in caught.value.diagnostics)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(("name", "table"), [("sopb.toml", "check"), ("pyproject.toml", "tool.sopb.check")])
def test_either_file_sets_the_checks_by_name_or_code(tmp_path: Path, name: str, table: str) -> None:
    text = f'[{table}]\noff = ["unused-fact", "C002"]\nerror = ["no-example"]\nwarning = []\nnote = ["c014"]\n'
    settings = read(tmp_path, text, name)
    assert settings.levels == {
        "unused-fact": None, "unused-definition": None, "no-example": Severity.ERROR, "always-true": Severity.NOTE,
    }  # fmt: skip
    assert settings.level(BY_NAME["unused-fact"]) is None
    assert settings.level(BY_NAME["no-example"]) is Severity.ERROR
    assert settings.level(BY_NAME["never-true"]) is Severity.WARNING


def test_without_a_file_each_check_keeps_its_severity(tmp_path: Path) -> None:
    settings = find_settings(tmp_path, CHECKS)
    assert all(settings.level(check) is (check.severity if check.on else None) for check in CHECKS)


def test_a_check_that_is_off_is_asked_where_it_is_set_or_selected() -> None:
    check = attrs.evolve(BY_NAME["no-example"], on=False)
    assert Settings().level(check) is None
    assert Settings(select=frozenset({"no-example"})).level(check) is Severity.WARNING
    assert Settings({"no-example": Severity.NOTE}).level(check) is Severity.NOTE


def test_it_is_found_from_the_folder_upwards_and_the_nearest_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "policies"
    inner.mkdir(parents=True)
    (tmp_path / "sopb.toml").write_text('[check]\noff = ["unused-fact"]\n', "utf-8")
    assert find_settings(inner, CHECKS).levels == {"unused-fact": None}
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.sopb.check]\noff = ["unused-kind"]\n', "utf-8")
    assert find_settings(inner, CHECKS).levels == {"unused-kind": None}
    assert find_settings(inner, CHECKS).folder == (tmp_path / "a").resolve()
    assert find_settings(tmp_path, CHECKS).levels == {"unused-fact": None}


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'\n", "[tool.ruff]\n", "[tool.sopb]\n"])
def test_a_project_that_sets_nothing_is_passed_by(tmp_path: Path, text: str) -> None:
    inner = tmp_path / "a"
    inner.mkdir()
    (tmp_path / "sopb.toml").write_text('[check]\noff = ["unused-fact"]\n', "utf-8")
    assert read(inner, text, "pyproject.toml").levels == {"unused-fact": None}


def test_one_file_may_be_named_instead_of_a_folder(tmp_path: Path) -> None:
    read(tmp_path, '[check]\noff = ["unused-fact"]\n')
    (tmp_path / "a.policy").write_text("", "utf-8")
    assert find_settings(tmp_path / "a.policy", CHECKS).levels == {"unused-fact": None}


def test_files_that_match_a_pattern_are_set_apart(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        '[check]\nnote = ["no-example"]\n[check.per-file."draft_*.policy"]\noff = ["no-example"]\n'
        '[check.per-file."old/*"]\nerror = ["no-example"]\n',
    )
    check = BY_NAME["no-example"]
    assert settings.level(check, "article_1.policy") is Severity.NOTE
    assert settings.level(check, "draft_1.policy") is None
    assert settings.level(check, str(tmp_path / "drafts" / "draft_1.policy")) is None
    assert settings.level(check, str(tmp_path / "old" / "a.policy")) is Severity.ERROR
    assert settings.level(check, str(tmp_path / "older" / "a.policy")) is Severity.NOTE


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        ('[check]\noff = ["unused-facts"]\n', 2, "there is no check `unused-facts`", "did you mean `unused-fact`?"),
        ('[check]\nof = ["unused-fact"]\n', 2, "there is no setting `of`", "did you mean `off`?"),
        ('[chek]\noff = []\n', 1, "there are no settings called `chek`", "did you mean `check`?"),
        ('[check]\noff = "unused-fact"\n', 2, "`off` is not a list of names", 'write `off = ["unused-fact"]`'),
        ("[check]\n\noff = [3]\n", 3, "`off` is not a list of names", 'write `off = ["unused-fact"]`'),
        ("check = 3\n", 1, "`check` is not a table", "its lists are off, error, warning, note"),
        ('[check]\noff = ["D001"]\n', 2, "there is no check `D001`", "did you mean `"),
        (
            '[check]\noff = ["unused-fact"]\nnote = ["C001"]\n', 3, "`unused-fact` is set twice",
            "let it stand in one of the lists",
        ),
        ("[check]\nper-file = 3\n", 2, "`per-file` is not a table", "write `[check.per-file."),
        ('[check.per-file]\n"a.policy" = 3\n', 2, "`a.policy` is not a table", "its lists are off, "),
        ('[check.per-file."a.policy"]\nper-file = {}\n', 1, "there is no setting `per-file`", "settings: "),
        ("[check\n", 1, "this is not TOML: ", ""),
        ("[check]\noff = [\n", 3, "this is not TOML: ", ""),
        ('[check]\noff = ["a"]\noff = ["b"]\n', 3, "this is not TOML: cannot overwrite a value", ""),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, line: int, message: str, help: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert found.message.startswith(message)
    assert found.help.startswith(help)
    assert found.span is not None
    assert found.span.line == line
    assert found.span.source.name == str(tmp_path / "sopb.toml")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = mistakes(tmp_path, '[check]\nof = []\noff = ["a", "b"]\n[check.per-file.x]\nnote = ["c"]\n')
    assert [each.message for each in found] == [
        "there is no setting `of`", "there is no check `a`", "there is no check `b`", "there is no check `c`",
    ]  # fmt: skip


def test_mistakes_are_looked_for_where_the_settings_stand(tmp_path: Path) -> None:
    text = '[project]\nkeywords = ["of"]\n\n[tool.sopb.check]\nof = []\n'
    (found,) = mistakes(tmp_path, text, "pyproject.toml")
    assert found.span is not None
    assert found.span.line == 5


@pytest.mark.parametrize("text", ["tool = 3\n", "[tool]\nsopb = 3\n", "[tool.sopb]\nchecks = {}\n"])
def test_other_things_in_a_project_file(tmp_path: Path, text: str) -> None:
    if text == "tool = 3\n":  # another tool will say what is wrong with it
        assert read(tmp_path, text, "pyproject.toml") == Settings()
    else:
        assert mistakes(tmp_path, text, "pyproject.toml")


def test_two_files_in_one_folder_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.sopb.check]\n", "utf-8")
    (found,) = mistakes(tmp_path, "[check]\n")
    assert found.message == "both sopb.toml and pyproject.toml configure the checks"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "sopb.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RulesError) as caught:
        find_settings(tmp_path, CHECKS)
    assert caught.value.diagnostics[0].code is Code.FILE_NOT_TEXT
