"""The hooks for repositories of policies: pre-commit takes the manifest, and each entry does what its name says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from sopb_rules.apps.cli import COMMANDS, sopb
from sopb_rules.apps.commands.hook import set_of
from sopb_rules.model.files import shipped

MANIFEST = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two copies of the Opinions in one repository."""
    for name in ("one", "two"):
        shutil.copytree(shipped(), tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def hook(id: str, *files: str) -> Result:
    """Run a hook as pre-commit does, on the files that it is for."""
    manifest: dict[str, Any] = HOOKS[id]
    program, *arguments = shlex.split(manifest["entry"])
    assert program == "sopb"
    wanted = [file for file in files if re.search(manifest["files"], file)]
    assert wanted, "pre-commit would run nothing"
    return CliRunner().invoke(sopb, [*arguments, *wanted], prog_name="sopb")


def test_pre_commit_takes_the_manifest() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib")
    assert [each["id"] for each in clientlib.load_manifest(str(MANIFEST))] == list(HOOKS)


def test_each_hook_runs_a_command() -> None:
    assert list(HOOKS) == ["sopb-fmt", "sopb-check", "sopb-test", "sopb-audit"]
    assert {shlex.split(each["entry"])[1] for each in HOOKS.values()} <= set(COMMANDS)


def test_fmt_takes_the_changed_files_alone(repository: Path) -> None:
    for name in ("article_08.policy", "article_09.policy"):
        (repository / "one" / name).write_text(f"{(shipped() / name).read_text('utf-8')}\n\n\n", "utf-8")
    assert hook("sopb-fmt", "one/article_08.policy").output == "1 file changed, 0 already in layout\n"


def test_check_sees_what_one_file_breaks_in_another(repository: Path) -> None:
    vocabulary = repository / "one" / "vocabulary.policy"
    vocabulary.write_text(
        re.sub(r"^  formal_members .*\n", "", vocabulary.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
    )
    result = hook("sopb-check", "one/vocabulary.policy", "two/article_08.policy", "two/article_09.policy")
    assert result.exit_code == 1
    assert "article_08.policy" in result.output
    assert result.output.endswith("`two`: 25 files, 130 norms, no mistakes\n")
    assert result.output.count("`two`") == 1


def test_a_set_that_cannot_be_read_hides_no_other(repository: Path) -> None:
    (repository / "one" / "article_08.policy").write_text("nonsense\n", "utf-8")
    result = hook("sopb-test", "one/article_08.policy", "two/article_08.policy")
    assert result.exit_code == 2
    assert "nonsense" in result.stderr
    assert "`two`: " in result.stdout


def test_audit_follows_the_source_too(repository: Path) -> None:
    source = repository / "one" / "source.txt"
    assert hook("sopb-audit", "one/source.txt").exit_code == 0
    source.write_text(source.read_text("utf-8").replace("three or more formal", "four or more formal"), "utf-8")
    result = hook("sopb-audit", "one/source.txt")
    assert result.exit_code == 1
    assert "8.1 does not quote its sentence to the letter" in result.output


def test_the_set_of_a_file(repository: Path) -> None:
    (repository / "one" / "local").mkdir()
    (repository / "riverside").mkdir()
    (repository / "riverside" / "m.policy").write_text('measures "M" under opinions\n', "utf-8")
    assert set_of(Path("one/local/m.policy")) == Path("one")
    assert set_of(repository / "one" / "local" / "m.policy") == repository / "one"
    assert set_of(Path("riverside/m.policy")) == Path("riverside")
    assert set_of(Path("elsewhere/m.policy")) == Path("elsewhere")
    assert set_of(repository / "elsewhere" / "m.policy") == repository / "elsewhere"
    assert hook("sopb-check", "riverside/m.policy").exit_code == 0


def test_the_measures_of_several_regions_in_one_folder_are_a_set_each(repository: Path) -> None:
    folder = repository / "regions"
    folder.mkdir()
    for name, under in (("province", "opinions"), ("city", "province"), ("town", "province")):
        (folder / f"{name}.policy").write_text(f'measures {name} "Of the {name}" under {under}\n', "utf-8")
    result = hook("sopb-check", "regions/province.policy")
    assert result.exit_code == 0
    assert "regions/city.policy`: 27 files" in result.output
    assert "regions/town.policy`: 27 files" in result.output
    (folder / "town.policy").write_text('measures town "Of the town" under provinc\n', "utf-8")
    assert hook("sopb-check", "regions/city.policy").exit_code == 1
