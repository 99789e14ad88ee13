"""`sopb mutate`, and `sopb check --watch`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.apps.conftest import Run
from tests.mutation.reading import VOCABULARY, duty


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder with one norm whose examples leave changes unnoticed."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "vocabulary.policy").write_text(VOCABULARY, "utf-8")
    norm = duty("a", "members is at least 3", "members is 3, a is no -> 1.1 is unmet")
    (folder / "article_01.policy").write_text(f'article 1 "One"\n\n{norm}', "utf-8")
    return folder


def test_what_no_example_notices_is_told_with_one_that_would(run: Run, mine: Path) -> None:
    result = run("mutate", mine)
    assert result.exit_code == 0
    assert "warning D014: no example notices norm 1.1 with `2` instead of `3`" in result.output
    assert '\n  example "members is 2"\n    given a is no, members is 2\n    then 1.1 does not apply\n' in result.output
    assert result.output.splitlines()[-2:] == [
        f"`{mine}`: 7 of 9 changes noticed (77.7%)",
        "  5 by examples, 2 changes of force by the sentence, which lacks the word",
    ]


def test_a_score_can_be_required(run: Run, mine: Path) -> None:
    assert run("mutate", mine, "--require", "77").exit_code == 0
    assert run("mutate", mine, "--require", "78").exit_code == 1
    assert run("mutate", mine, "--require", "101").exit_code == 2


def test_as_json(run: Run, mine: Path) -> None:
    result = json.loads(run("mutate", mine, "--format", "json").output)
    assert (result["score"], result["killed"], result["told"], result["survived"]) == (77.78, 5, 2, 2)
    survived = [each for each in result["mutants"] if each["fate"] == "survived"]
    assert [(each["sort"], each["example"]["would_be"]) for each in survived] == [
        ("dropped condition", "unmet"),
        ("threshold", "unmet"),
    ]


def test_only_one(run: Run, mine: Path) -> None:
    assert run("mutate", mine, "--only", "1.1").output.endswith("lacks the word\n")
    wrong = run("mutate", mine, "--only", "1.2")
    assert (wrong.exit_code, "there is no norm, decision or definition 1.2" in wrong.stderr) == (2, True)


def test_examples_that_fail_come_first(run: Run, mine: Path) -> None:
    file = mine / "article_01.policy"
    file.write_text(file.read_text("utf-8").replace("1.1 is unmet", "1.1 is met"), "utf-8")
    result = run("mutate", mine)
    assert result.exit_code == 2
    assert "U004" in result.stderr


def test_watching_answers_at_each_save(mine: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "sopb_rules", "check", "--watch", "--select", "never-true", str(mine)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True, cwd=tmp_path) as watching:
        assert watching.stdout is not None
        try:
            assert watching.stdout.readline() == f"`{mine}`: 2 files, 1 norm, no mistakes\n"
            file = mine / "article_01.policy"
            time.sleep(0.05)
            file.write_text(file.read_text("utf-8").replace("when members", "when membrs"), "utf-8")
            assert "error N001: there is no `membrs` here" in watching.stdout.readline()
        finally:
            watching.kill()
