"""`sopb diff`: folders and git revisions compared."""

from __future__ import annotations

import json
import os
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator

from sopb_rules.apps.git import Repository
from sopb_rules.diagnostics import RulesError
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare

SCHEMA = json.loads(resources.files("sopb_rules.analysis").joinpath("diff.schema.json").read_text("utf-8"))


def git(*arguments: str) -> None:
    """Run git in the current folder, whatever the machine is set to."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    author = ("-c", "user.name=n", "-c", "user.email=e@e", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *author, *arguments], check=True, capture_output=True, env=environment)


def edit(folder: str, *pairs: tuple[str, str]) -> None:
    """Replace words in the files of a folder, each of which stands there."""
    for old, new in pairs:
        files = [file for file in sorted(Path(folder).glob("*.policy")) if old in file.read_text("utf-8")]
        assert files, old
        for file in files:
            file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders, `old` and `new`, with the same policies."""
    monkeypatch.chdir(tmp_path)
    sample.policies(Path("old"))
    sample.policies(Path("new"))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with policies in `policies/mine`, committed twice, tagged `v1` at first."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    sample.policies(Path("policies/mine"))
    git("init")
    git("add", ".")
    git("commit", "-m", "one")
    git("tag", "v1")
    edit("policies/mine", ("at least 3", "at least 4"))
    git("commit", "-am", "two")
    return tmp_path


# ---- what is printed -----------------------------------------------------------------------------------------

#: One change of each sort.
CHANGES = (
    ("formal_members is at least 3\n", "formal_members is at least 4\n"),
    ("  the organization should\n", "  the organization must\n"),
    ("above a tenth with approval.", "above a tenth."),
    ("branch.share is more than 10%", "branch.share is at least 20%"),
    ("        not made", "        not made or made"),
    ("formal_members is at least 10", "not formal_members is fewer than 10"),
    ("case 1.7 gives local when not national_body", "case 1.7 gives local when level is township"),
    ("note 1.8 background", "note 1.9 background"),
    ("township, county, national", "township, county, municipal, national"),
    ('"was made" act', '"was made"'),
    ('"formal members"', '"formal members, without those on probation"'),
)


def test_folders(run: Run, folders: None) -> None:
    edit("new", *CHANGES)
    result = run("diff", "old", "new")
    assert result.exit_code == 1, result.output
    compare("diff", result.output)
    assert run("diff", "old", "new").output == result.output


def test_what_changed_through_others(run: Run, folders: None) -> None:
    for folder, most in (("old", 3), ("new", 4)):
        edit(
            folder,
            ('\nnorm 1.1 about', f'\nparameter few count "few"\n  is {most}\n\ndefine small "small"\n    about organization\n  means formal_members is fewer than {most}\n\nnorm 1.1 about'),
            ("  when formal_members is at least 3\n", "  unless small\n"),
            ("formal_members is at least 10", "formal_members is more than few"),
            ("given formal_members is 3", "given formal_members is 4"),
        )  # fmt: skip
    result = run("diff", "old", "new")
    assert result.exit_code == 1
    compare("diff_through", result.output)


def test_added_and_removed(run: Run, folders: None) -> None:
    edit(
        "new",
        ("norm 1.5 about organization\n  | An organization is", "norm 1.5 about report\n  | A report is"),
        ("  the organization is enc", "  the higher_level is enc"),
        ("formal_members is at least 10", "made"),
    )
    start = sample.ARTICLE.index("norm 1.4")
    edit("new", (sample.ARTICLE[start : sample.ARTICLE.index("norm 1.5")], ""))
    edit("new", ("norm 1.5 about report", "norm 1.4 about report"))
    result = run("diff", "old", "new")
    assert result.exit_code == 1
    compare("diff_added", result.output)


def test_nothing_changed_in_meaning(run: Run, folders: None) -> None:
    same = run("diff", "old", "new")
    assert (same.exit_code, same.output) == (0, "old → new\nNothing changed in meaning: 7 unchanged\n")
    edit("new", ("above a tenth with approval.", "above a tenth."), ("at least 10", "more than 9"))
    text = run("diff", "old", "new")
    assert text.exit_code == 0
    assert "Nothing changed in meaning: 1 equivalent though rewritten, 1 text only, 5 unchanged" in " ".join(
        text.output.split()
    )


def test_json_by_its_schema(run: Run, folders: None) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    edit("new", *CHANGES)
    result = run("diff", "old", "new", "--format", "json")
    assert result.exit_code == 1
    data: dict[str, Any] = json.loads(result.output)
    Draft202012Validator(SCHEMA).validate(data)
    assert (data["old"]["called"], data["new"]["called"], data["same"]) == ("old", "new", False)
    laxer = next(each for each in data["changes"] if each["name"] == "1.1")
    assert laxer["laxer"]["given"] == ["formal_members is 3", "branch.approved is no"]
    assert laxer["diff"] == ["-  when formal_members is at least 3", "+  when formal_members is at least 4"]
    assert laxer["old"] == {"file": "old/article_01.policy", "line": 3, "column": 1}
    same = json.loads(run("diff", "old", "old", "--format", "json").output)
    Draft202012Validator(SCHEMA).validate(same)
    assert (same["same"], same["changes"], same["counts"]) == (True, [], {"same": 7})


def test_the_state_that_is_shown_is_a_state_file(run: Run, folders: None) -> None:
    edit("new", *CHANGES[:1])
    data = json.loads(run("diff", "old", "new", "--format", "json").output)
    Path("state.yaml").write_text(data["changes"][0]["laxer"]["state"], "utf-8")
    assert "unmet" in run("explain", "1.1", "state.yaml", "--policies", "old").output
    assert "does not apply" in run("explain", "1.1", "state.yaml", "--policies", "new").output


def test_only_one(run: Run, folders: None) -> None:
    edit("new", *CHANGES[:2])
    assert run("diff", "old", "new", "--only", "1.3").exit_code == 0
    result = run("diff", "old", "new", "--only", "1.3", "--only", "1.1", "--quiet", "--jobs", "1", "--timeout", "5")
    assert (result.exit_code, "1 laxer, 1 unchanged" in result.output) == (1, True)
    wrong = run("diff", "old", "new", "--only", "1.33")
    assert (wrong.exit_code, "there is no norm, decision or definition 1.33" in wrong.stderr) == (2, True)


def test_what_is_not_decided(run: Run, folders: None) -> None:
    edit("new", *CHANGES[:1])
    result = run("diff", "old", "new", "--timeout", "0.001", "--jobs", "1")
    assert result.exit_code == 1
    if "The meaning changed" not in result.output:  # a fast machine decides
        assert "Whether the meaning changed is not decided: 1 not decided, 6 unchanged" in result.output
        assert "not decided within 0.001 s" in result.output


def test_mistakes_are_told_of_their_version(run: Run, folders: None) -> None:
    edit("new", ("formal_members is at least 3\n", "formal_membrs is at least 3\n"))
    edit("old", ("approved yes/no", "aproved yes/no"))
    result = run("diff", "old", "new")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "new/article_01.policy:5:8: error N001" in result.stderr
    assert "old/article_01.policy:10:16: error N001" in result.stderr


# ---- revisions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("v1",),
        ("HEAD~1",),
        ("HEAD~1", "HEAD"),
        ("v1:policies/mine", "HEAD:policies/mine/"),
        ("v1:./policies/mine", "policies/mine"),
        ("v1", "policies/mine"),
        ("HEAD~1", "--policies", "policies/mine"),
        ("v1:policies/mine",),
    ],
)
def test_a_revision(run: Run, repository: Path, arguments: tuple[str, ...]) -> None:
    result = run("diff", *arguments)
    assert result.exit_code == 1, result.stderr
    revision = arguments[0].partition(":")[0]
    assert result.output.startswith(f"{revision}:policies/mine → ")
    assert "norm 1.1\n" in result.output
    assert f"was {revision}:policies/mine/article_01.policy:3:1" in " ".join(result.output.split())


def test_the_last_commit_and_what_is_not_committed(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("diff").output == "HEAD:policies/mine → policies/mine\nNothing changed in meaning: 7 unchanged\n"
    edit("policies/mine", ("at least 4", "at least 5"))
    assert "formal_members is 4" in run("diff").output
    monkeypatch.chdir("policies/mine")
    inside = run("diff")
    assert inside.output.startswith("HEAD:policies/mine → .\n")
    assert inside.exit_code == 1


def test_a_folder_wins_over_a_revision(run: Run, repository: Path) -> None:
    sample.policies(Path("v1"))
    assert run("diff", "v1", "policies/mine").output.startswith("v1 → policies/mine\n")


def test_mistakes_of_a_revision(run: Run, repository: Path) -> None:
    edit("policies/mine", ("formal_members is at least 4\n", "formal_membrs is at least 4\n"))
    git("commit", "-am", "three")
    result = run("diff", "HEAD~1", "HEAD")
    assert result.exit_code == 2
    assert "HEAD:policies/mine/article_01.policy:5:8: error N001" in result.stderr


def test_links_and_other_files_of_a_revision_are_left_aside(run: Run, repository: Path) -> None:
    Path("policies/mine/other.policy").symlink_to("article_01.policy")
    Path("policies/mine/read.me").write_text("?", "utf-8")
    git("add", ".")
    git("commit", "-m", "three")
    assert run("diff", "v1", "HEAD").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("v2",), "`v2` is no folder, no file and no revision of the git repository\n  help: did you mean `v1`?"),
        (("v1:policies/other",), "the revision `v1` has no policies in `policies/other`\n  help: policies lie there in `policies/mine`"),
        (("policies/mine",), "`policies/mine` is to be compared with nothing\n  help: name two versions: `sopb diff HEAD policies/mine`"),
        (("v1", "--policies", "/"), "`/` does not lie in the git repository"),
        (("v1", "v1:nowhere"), "the revision `v1` has no policies in `nowhere`"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared(run: Run, repository: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run("diff", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_policies_that_lie_in_several_folders_or_nowhere(run: Run, repository: Path) -> None:
    sample.policies(Path("more"))
    git("add", ".")
    git("commit", "-m", "three")
    result = run("diff", "HEAD")
    assert result.exit_code == 2
    assert (
        "the revision `HEAD` has policies in 2 folders\n  help: name their folder with --policies DIR" in result.stderr
    )
    git("rm", "-rq", ".")
    git("commit", "-m", "four")
    assert "the revision `HEAD` has no policies\n" in run("diff", "HEAD").stderr
    assert "no file of it ends in .policy" in run("diff", "HEAD:more").stderr


def test_no_repository(run: Run, folders: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = run("diff", "HEAD~1")
    assert result.exit_code == 2
    assert "there is no git repository here that could have other versions" in result.stderr
    git("init")
    empty = run("diff")
    assert (empty.exit_code, "the repository has no commits yet" in empty.stderr) == (2, True)


def test_git_is_missing_or_refuses(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".git/config").write_text("[core\n", "utf-8")
    assert "git refused: bad config line" in run("diff").stderr
    monkeypatch.setenv("PATH", "")
    result = run("diff")
    assert (result.exit_code, "git is not installed" in result.stderr) == (2, True)


def test_files_of_a_revision_that_are_no_policies(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("policies/mine/bad.policy").write_bytes(b"\xff\xfe")
    git("add", ".")
    git("commit", "-m", "three")
    assert "HEAD:policies/mine/bad.policy" in run("diff").stderr
    monkeypatch.setattr("sopb_rules.apps.git.SIZE_LIMIT", 1)
    assert "`HEAD:policies/mine/article_01.policy` is larger than 1 byte" in run("diff").stderr
    monkeypatch.setattr("sopb_rules.apps.git.FILES_LIMIT", 1)
    assert "has more than 1 policy files" in run("diff").stderr


def test_a_file_that_the_repository_lost(repository: Path) -> None:
    top = Repository.around(Path())
    lost = [attrs.evolve(each, blob="0" * 40) for each in top._entries(top.commit("v1"), "")]
    with pytest.raises(RulesError, match="a file of the revision is missing in the repository"):
        list(top._texts(lost))
