"""What is kept of files that did not change: never does a changed file, or one that rests on it, go unlooked at."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sopb_rules import cache
from sopb_rules.checks.kept import Kept
from sopb_rules.checks.run import run_checks
from sopb_rules.diagnostics import Diagnostic
from sopb_rules.loading import load_policies
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of what the checks find in the shipped policies."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        run_checks(load_policies(), kept=True)
    return folder


def sources() -> dict[str, Source]:
    return {Path(source.name).stem: source for source in load_policies().model.sources}


def edited(file: str, pattern: str, new: str) -> PolicySet:
    changed = dict(sources())
    text, count = re.subn(pattern, new, changed[file].text, count=1)
    assert count == 1
    changed[file] = Source(changed[file].name, text)
    return PolicySet(compile_policies(changed.values()))


@pytest.mark.parametrize(
    ("file", "pattern", "new"),
    [
        ("article_08", r"when formal_members is at least 3", "when formal_members is at least 4"),
        ("article_08", r'(?s)  example "two formal members are one.*?\n\n', ""),
        ("article_17", r"unless 17.4 applies", "unless 17.4 is unmet"),
        ("article_11", r'"newly established"', '"just established"'),
        ("vocabulary", r'"[^"]*Party organization"', '"the upper Party organization"'),
        ("article_06", r'(?s)  example "a supervisory body comes before the county institution".*?\n\n', ""),
    ],
)
def test_with_and_without_the_cache_the_same_is_found(
    file: str, pattern: str, new: str, filled: Path, tmp_path: Path
) -> None:
    policies = edited(file, pattern, new)
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    assert run_checks(policies, kept=True) == run_checks(policies)


def test_only_what_rests_on_a_change_is_looked_at_again() -> None:
    def looked_at(policies: PolicySet) -> set[str]:
        seen: set[str] = set()
        kept = Kept(policies.model)

        def look(file: Source) -> list[Diagnostic]:
            seen.add(Path(file.name).stem)
            return []

        for source in policies.model.sources:
            kept.find("test", source, look)
        return seen

    assert len(looked_at(load_policies())) == len(sources())
    assert looked_at(load_policies()) == set()
    # What remarks say rests on the sentences that they name.
    assert looked_at(edited("article_23", r"$", "# one comment more\n")) == {"article_23", "interplay"}
    assert "article_11" in looked_at(edited("article_08", r"(?s)\A", "# one comment more\n"))
    assert looked_at(edited("vocabulary", r"$", "# one comment more\n")) == set(sources())


def test_what_is_wrong_is_not_kept() -> None:
    policies = edited("article_08", r"formal_members is at least 3", "formal_members is at least 4")
    found = run_checks(policies, kept=True)
    assert found
    assert run_checks(policies, kept=True) == found


def test_a_damaged_entry_is_no_entry(tmp_path: Path) -> None:
    cache.store("one.test", [1, "two"])
    assert cache.load("one.test") == [1, "two"]
    (file,) = (tmp_path / "sopb-rules").glob("one.test")
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert cache.load("one.test") is None
    file.write_bytes(b"")
    assert cache.load("one.test") is None
    assert cache.load("another.test") is None


def test_an_entry_runs_no_code() -> None:
    cache.store("bad.test", re.compile("x"))
    assert cache.load("bad.test", {"sopb_rules.source"}) is None


def test_names_of_entries_differ_with_all_they_are_made_from() -> None:
    one, other = Source("a", "b"), Source("ab", "")
    assert cache.name_of("kind", *cache.texts([one])) != cache.name_of("kind", *cache.texts([other]))
    assert cache.name_of("kind", "a") != cache.name_of("other", "a")
