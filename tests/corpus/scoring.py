"""What the checker says of the corpus, held against what is expected, and counted."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator
from functools import cache

import attrs

from sopb_rules.audit import audit_texts
from sopb_rules.diagnostics import Diagnostic, Severity
from sopb_rules.model.load import check
from sopb_rules.syntax.expectations import language_words
from sopb_rules.syntax.parse import parser
from sopb_rules.testing.trials import check_examples
from tests.corpus.reading import Expectation, Policies

#: The least share of each count, in percent.
FLOORS = {"right line": 98, "right column": 95, "right suggestion": 90, "one cause, one error": 95}


def diagnostics(policies: Policies) -> list[Diagnostic]:
    """What `sopb check` says of the files, and `sopb audit` where they come with a document."""
    model, found = check(policies.sources)
    if model is None or any(each.severity is Severity.ERROR for each in found):
        return found
    found = [*found, *check_examples(model)]
    return found if policies.document is None else [*found, *audit_texts(model, policies.document).diagnostics]


@attrs.frozen
class Told:
    """What was told of one expectation: the diagnostic of its line that comes nearest to it, or None."""

    expectation: Expectation
    diagnostic: Diagnostic | None

    @property
    def right_line(self) -> bool:
        return self.diagnostic is not None

    @property
    def right_column(self) -> bool:
        return self.diagnostic is not None and _place(self.diagnostic)[2] == self.expectation.column

    @property
    def right_code(self) -> bool:
        return self.diagnostic is not None and self.diagnostic.code.value in self.expectation.codes

    @property
    def right_suggestion(self) -> bool:
        """Whether the help line, or what is expected, has every piece of the hint as whole words."""
        if self.diagnostic is None:
            return False
        text = self.diagnostic.help if self.expectation.part == "help" else self.diagnostic.expected
        return all(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) for each in self.expectation.pieces)


@attrs.frozen
class Result:
    """What was told of a file.

    Args:
        found: everything that was told.
        told: what of it belongs to which expectation.
        error: the traceback, if an exception came out.
    """

    policies: Policies
    found: tuple[Diagnostic, ...]
    told: tuple[Told, ...]
    error: str = ""

    @property
    def surplus(self) -> list[Diagnostic]:
        """What was told and belongs to no expectation."""
        used = [id(each.diagnostic) for each in self.told]
        return [each for each in self.found if id(each) not in used]

    @property
    def right_number(self) -> bool:
        return not self.error and len(self.found) == len(self.policies.expectations)

    @property
    def tokens(self) -> list[str]:
        """The names of tokens that a person would be shown."""
        own = "\n".join(source.text for source in self.policies.sources)
        shown = "\n".join(f"{each.message}\n{each.expected}\n{each.help}" for each in self.found)
        return [name for name in re.findall(_token_names(), shown) if name.strip("`") not in own]


def result(policies: Policies) -> Result:
    """Check a file of the corpus."""
    try:
        found = tuple(diagnostics(policies))
    except Exception:  # noqa: BLE001 - that there is none is what is counted
        return Result(policies, (), tuple(Told(each, None) for each in policies.expectations), traceback.format_exc())
    return Result(policies, found, tuple(_matched(policies.expectations, found)))


def _matched(expectations: Iterable[Expectation], found: Iterable[Diagnostic]) -> Iterator[Told]:
    """Each expectation with a diagnostic of its line, the best fitting pairs first; none has two."""
    left, rest = list(expectations), list(found)
    pairs: dict[Expectation, Diagnostic] = {}
    for fits in (_same_code_and_column, _same_column, _same_code, lambda *_: True):
        for expectation in list(left):
            for each in rest:
                if _place(each)[:2] == (expectation.name, expectation.line) and fits(expectation, each):
                    pairs[expectation] = each
                    rest.remove(each)
                    left.remove(expectation)
                    break
    return (Told(each, pairs.get(each)) for each in expectations)


def _same_column(expectation: Expectation, diagnostic: Diagnostic) -> bool:
    return _place(diagnostic)[2] == expectation.column


def _same_code(expectation: Expectation, diagnostic: Diagnostic) -> bool:
    return diagnostic.code.value in expectation.codes


def _same_code_and_column(expectation: Expectation, diagnostic: Diagnostic) -> bool:
    return _same_code(expectation, diagnostic) and _same_column(expectation, diagnostic)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (diagnostic.file, 0, 0) if span is None else (span.source.name, span.line, span.column)


@cache
def _token_names() -> re.Pattern[str]:
    """The names of the grammar's terminals, in capitals, or in small letters where they are no word of the language."""
    names = [terminal.name for terminal in parser().terminals] + ["$END"]
    words = language_words()
    small = [f"`{name.lower()}`" for name in names if name.lower() not in words]
    return re.compile("|".join([*(rf"(?<![\w$]){re.escape(name)}(?!\w)" for name in names), *map(re.escape, small)]))


# ---- the score ----------------------------------------------------------------------------------------------


@attrs.frozen
class Count:
    """How many of how many are right."""

    right: int
    all: int

    @property
    def percent(self) -> float:
        return 100 * self.right / self.all if self.all else 100.0

    def __str__(self) -> str:
        return f"{self.percent:5.1f} %  ({self.right} of {self.all})"


@attrs.frozen
class Score:
    """The results of all files, counted."""

    results: tuple[Result, ...]

    @property
    def counts(self) -> dict[str, Count]:
        told = [each for result in self.results for each in result.told]
        hinted = [each for each in told if each.expectation.hint]
        return {
            "right line": Count(sum(each.right_line for each in told), len(told)),
            "right column": Count(sum(each.right_column for each in told), len(told)),
            "right code": Count(sum(each.right_code for each in told), len(told)),
            "right suggestion": Count(sum(each.right_suggestion for each in hinted), len(hinted)),
            "one cause, one error": Count(sum(each.right_number for each in self.results), len(self.results)),
        }

    @property
    def exceptions(self) -> list[str]:
        return [f"{each.policies.path.name}: {each.error}" for each in self.results if each.error]

    @property
    def tokens(self) -> list[str]:
        return [f"{each.policies.path.name}: {', '.join(each.tokens)}" for each in self.results if each.tokens]

    def table(self) -> str:
        """The score as people read it."""
        expected = sum(len(each.told) for each in self.results)
        lines = [f"{len(self.results)} policies with {expected} mistakes"]
        for what, count in self.counts.items():
            floor = f"  at least {FLOORS[what]} %" if what in FLOORS else ""
            lines.append(f"  {what:<21}{count!s:<24}{floor}".rstrip())
        lines.append(f"  names of tokens      {len(self.tokens):>5}")
        lines.append(f"  exceptions           {len(self.exceptions):>5}")
        return "\n".join(lines)

    def misses(self) -> list[str]:
        """Each expectation that is not met in full, and each file that tells more or less than it should."""
        return [line for each in self.results for line in _misses(each)] + self.tokens + self.exceptions


def _misses(result: Result) -> Iterator[str]:
    name = result.policies.path.name
    for told in result.told:
        wrong = [
            what
            for what, right in (
                ("line", told.right_line),
                ("column", told.right_column),
                ("code", told.right_code),
                ("suggestion", told.right_suggestion),
            )
            if not right
        ]
        if wrong:
            yield f"{name}:{told.expectation.row}: {wrong[0] if wrong[0] == 'line' else ' and '.join(wrong)}"
            yield f"    expected: {told.expectation}"
            yield f"    got:      {shown(told.diagnostic)}"
    if not result.right_number:
        expected = len(result.told)
        yield f"{name}: {len(result.found)} told where {expected} {'is' if expected == 1 else 'are'} expected"
        for each in result.surplus:
            yield f"    surplus:  {each.location}: {shown(each)}"


def shown(diagnostic: Diagnostic | None) -> str:
    """A diagnostic on one line."""
    if diagnostic is None:
        return "nothing"
    column = f" at column {diagnostic.span.column}" if diagnostic.span else ""
    parts = [f"{diagnostic.code.value}{column}: {diagnostic.message}"]
    parts += [f"expected: {diagnostic.expected}"] if diagnostic.expected else []
    parts += [f"help: {diagnostic.help}"] if diagnostic.help else []
    return " / ".join(parts)


def score(policies: Iterable[Policies]) -> Score:
    """Check files of the corpus and count."""
    return Score(tuple(map(result, policies)))


def annotated(result: Result) -> str:
    """A file of the corpus with what is told below each line, in place of the expectations."""
    lines = result.policies.path.read_text("utf-8").rstrip("\n").split("\n")
    below: dict[int, list[str]] = {}
    for each in result.found:
        name, line, column = _place(each)
        row = result.policies.rows.get((name, line), len(lines))
        below.setdefault(row, []).append(
            " " * (column - 1) + "^ " + re.sub(r" at column \d+", "", shown(each), count=1)
        )
    kept = [
        [line, *below.get(row, [])] for row, line in enumerate(lines, 1) if row in set(result.policies.rows.values())
        or line.startswith("--- ")
    ]  # fmt: skip
    return "\n".join(line for group in kept for line in group) + (f"\n{result.error}" if result.error else "")
