"""The files of the corpus: policies with the expectations taken out, and what is expected of each line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from sopb_rules.source import Source

FOLDER = Path(__file__).parent
POLICIES = FOLDER / "policies"
#: The vocabulary that all files share but for those that are one themselves.
VOCABULARY = FOLDER / "vocabulary.policy"
#: Files whose name begins so are a vocabulary themselves.
OWN_VOCABULARY = "vocabulary_"

_EXPECTATION = re.compile(r" *\^ (?P<codes>[A-Z]\d{3}(?:\|[A-Z]\d{3})*)(?: (?P<hint>(?:help|expected): .+))?")
_SECTION = re.compile(r"--- (?P<name>[\w.]+)")
_PIECE = re.compile("`([^`]+)`")


@attrs.frozen
class Expectation:
    """A mistake, and what a person would want to be told of it.

    Args:
        name: the file of the policy set that it is in, with the `line` and `column` in it.
        row: its line in the file of the corpus, from 1.
        codes: the codes that are right; nearly always one.
        part: where the hint is looked for, `help` or `expected`; "" where nothing is expected of them.
        hint: what it says there, or the pieces in backticks that it names.
    """

    name: str
    line: int
    column: int
    row: int
    codes: tuple[str, ...]
    part: str = ""
    hint: str = ""

    @property
    def pieces(self) -> list[str]:
        """What has to be found in the help line, or in what is expected."""
        return (_PIECE.findall(self.hint) or [self.hint]) if self.hint else []

    def __str__(self) -> str:
        return f"{'|'.join(self.codes)} at column {self.column}" + (f", {self.part}: {self.hint}" if self.hint else "")


@attrs.frozen
class Policies:
    """A file of the corpus, as a policy set.

    Args:
        sources: the files of the set, with the shared vocabulary where it has none of its own.
        document: the source document, where the file has one.
        rows: the line in the file of the corpus, by the file of the set and the line in that.
    """

    path: Path
    sources: tuple[Source, ...]
    document: Source | None
    expectations: tuple[Expectation, ...]
    rows: dict[tuple[str, int], int]


def corpus() -> Iterator[Policies]:
    """All files of the corpus, in the order of their names."""
    return map(read, sorted(POLICIES.glob("*.policy")))


def read(path: Path) -> Policies:
    """Read a file of the corpus."""
    own_vocabulary = path.name.startswith(OWN_VOCABULARY)
    name = "vocabulary.policy" if own_vocabulary else "article.policy"
    texts: dict[str, list[str]] = {name: []}
    expectations: list[Expectation] = []
    rows: dict[tuple[str, int], int] = {}
    for row, text in enumerate(path.read_text("utf-8").split("\n"), 1):
        if match := _SECTION.fullmatch(text):
            name = match["name"]
            texts[name] = []
        elif match := _EXPECTATION.fullmatch(text):
            line = len(texts[name])
            part, _, hint = (match["hint"] or "").partition(": ")
            codes = tuple(match["codes"].split("|"))
            column = text.index("^") + 1
            expectations.append(Expectation(name, line, column, rows[name, line], codes, part, hint))
        else:
            assert not text.lstrip().startswith("^ "), f"{path.name}:{row} is no expectation"
            texts[name].append(text)
            rows[name, len(texts[name])] = row
    sources = {name: Source(name, "\n".join(lines).rstrip("\n") + "\n") for name, lines in texts.items()}
    document = sources.pop("source.txt", None)
    shared = () if own_vocabulary else (Source("vocabulary.policy", VOCABULARY.read_text("utf-8")),)
    return Policies(path, (*shared, *sources.values()), document, tuple(expectations), rows)
