"""What the reader says about the mistakes in `tests/corpus/states`, held against what it should say.

`python -m tests.corpus.state_scoring` prints the score and each miss. The format of the corpus is in its README.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import attrs

from sopb_rules import PolicySet, load_policies
from sopb_rules.diagnostics import Diagnostic, RulesError

CORPUS = Path(__file__).parent / "states"
SUFFIXES = (".yaml", ".yml", ".json")

_EXPECTATION = re.compile(r"( *)\^ ([A-Z][0-9]{3}) (.*)")
_WORDS = re.compile(r" (?:says|expected|help): ")

#: What is measured, and the share of expectations (for `one error`: of cases) that has to be right.
FLOORS = {"line": 0.98, "column": 0.95, "code": 0.95, "path": 0.95, "words": 0.90, "one error": 0.95}


@attrs.frozen
class Expectation:
    """What should be said about one mistake.

    Args:
        where: the path of the fact, or an empty text.
        words: each has to occur in the message, its expectation or its help.
    """

    file: str
    line: int
    column: int
    code: str
    where: str
    words: tuple[str, ...]

    def judge(self, found: Diagnostic | None) -> dict[str, bool]:
        """Which parts of a diagnostic are right; without one, none is."""
        span = found.span if found is not None else None
        at = (Path(span.source.name).name, span.line, span.column) if span is not None else ("", 0, 0)
        said = f"{found.message}\n{found.expected}\n{found.help}".casefold() if found is not None else ""
        right = {
            "line": at[:2] == (self.file, self.line),
            "column": at == (self.file, self.line, self.column),
            "code": found is not None and found.code.value == self.code,
            "path": found is not None and found.where == self.where,
        }
        if self.words:
            right["words"] = all(each.casefold() in said for each in self.words)
        return right

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.code} {self.where or '-'} {' | '.join(self.words)}"


@attrs.frozen
class Case:
    """One state of the corpus.

    Args:
        texts: by the name of the file, its bytes without the expectations.
    """

    name: str
    policies: str
    texts: dict[str, bytes]
    expectations: tuple[Expectation, ...]

    def read(self) -> tuple[Diagnostic, ...]:
        """All that the reader says about the state, which it must refuse."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in self.texts.items():
                (Path(folder) / name).write_bytes(text)
            try:
                policy_set(self.policies).read_state(folder)
            except RulesError as error:
                return error.diagnostics
        return ()


@attrs.frozen
class Result:
    """What came of one case: each expectation with its diagnostic, and the diagnostics that nobody expected."""

    case: Case
    pairs: tuple[tuple[Expectation, Diagnostic | None], ...]
    surplus: tuple[Diagnostic, ...]

    @property
    def one_error(self) -> bool:
        """Whether each mistake was told, and once."""
        return not self.surplus and all(found is not None for _, found in self.pairs)

    def misses(self) -> Iterator[str]:
        """What is wrong, a line for each mistake."""
        for expectation, found in self.pairs:
            wrong = [name for name, right in expectation.judge(found).items() if not right]
            if wrong:
                yield f"{', '.join(wrong) if found else 'not told'}\n    should be {expectation}\n    is {_shown(found)}"
        for each in self.surplus:
            yield f"one mistake too many\n    is {_shown(each)}"


@cache
def policy_set(name: str) -> PolicySet:
    """The policies with which a folder of the corpus is read."""
    own = CORPUS / name
    return load_policies(own if any(own.glob("*.policy")) else None)


def split(file: str, data: bytes) -> tuple[bytes, list[Expectation]]:
    """The file as its author wrote it, and what should be said about it."""
    kept: list[bytes] = []
    expectations = []
    for line in data.splitlines(keepends=True):
        found = _EXPECTATION.fullmatch(line.decode("utf-8", "replace").rstrip("\r\n"))
        if found is None:
            kept.append(line)
        else:
            where, *words = _WORDS.split(f"{found[3]} ")
            place = (max(len(kept), 1), len(found[1]) + 1)
            texts = tuple(each.strip() for each in words)
            expectations.append(Expectation(file, *place, found[2], where.strip().removeprefix("-"), texts))
    return b"".join(kept), expectations


def cases() -> list[Case]:
    """The whole corpus, in the order of its names."""
    found = []
    for folder in sorted(each for each in CORPUS.iterdir() if each.is_dir()):
        for path in sorted(folder.iterdir()):
            files = sorted(path.iterdir()) if path.is_dir() else [path] if path.suffix in SUFFIXES else []
            parts = {each.name: split(each.name, each.read_bytes()) for each in files}
            if parts:
                texts = {name: text for name, (text, _) in parts.items()}
                expectations = tuple(each for _, some in parts.values() for each in some)
                found.append(Case(f"{folder.name}/{path.name}", folder.name, texts, expectations))
    return found


def run(case: Case) -> Result:
    """Read a case, and find the diagnostic that speaks of each expected mistake: the one that fits best."""
    left = list(case.read())
    rated = [
        (-sum(weight * right.get(name, False) for name, weight in _WEIGHTS.items()), i, j)
        for i, expectation in enumerate(case.expectations)
        for j, found in enumerate(left)
        for right in (expectation.judge(found),)
    ]
    matched: dict[int, int] = {}
    for points, i, j in sorted(rated):
        if points <= -_WEIGHTS["code"] and i not in matched and j not in matched.values():
            matched[i] = j
    pairs = tuple((each, left[matched[i]] if i in matched else None) for i, each in enumerate(case.expectations))
    return Result(case, pairs, tuple(each for j, each in enumerate(left) if j not in matched.values()))


#: How much it says that two speak of the same mistake; less than the weight of a code is a coincidence.
_WEIGHTS = {"line": 4, "code": 3, "path": 2, "column": 2, "words": 1}


def score(results: list[Result]) -> dict[str, tuple[int, int]]:
    """For each measure how many are right, and of how many."""
    judged = [expectation.judge(found) for result in results for expectation, found in result.pairs]
    counts = {name: [each[name] for each in judged if name in each] for name in FLOORS if name != "one error"}
    counts["one error"] = [result.one_error for result in results]
    return {name: (sum(rights), len(rights)) for name, rights in counts.items()}


def _shown(found: Diagnostic | None) -> str:
    if found is None:
        return "nothing"
    place = f"{found.span.line}:{found.span.column}" if found.span else "?"
    return f"{place} {found.code.value} {found.where or '-'} {found.message} | {found.expected} | {found.help}"


def report() -> str:
    """Each miss, and the score."""
    results = [run(case) for case in cases()]
    misses = [f"{result.case.name}: {miss}" for result in results for miss in result.misses()]
    rows = [
        f"{name:10} {right:4} of {all_:4}  {right / all_:6.1%}  (at least {FLOORS[name]:.0%})"
        for name, (right, all_) in score(results).items()
    ]
    return "\n".join([*misses, "", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(report())
