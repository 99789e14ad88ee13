"""A diagnostic is data: a stable code, one sentence, the place, and what would be right.

The renderings (text, JSON, SARIF) live in `sopb_rules.apps.rendering`; this module knows no output.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from sopb_rules.source import Span


class Severity(enum.Enum):
    """Whether a finding stops everything (error), asks for a look (warning), or is a matter of style (note)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(enum.Enum):
    """The stable codes. The first letter says where the mistake is; the texts are in `sopb_rules.codes`."""

    # F: files
    FILE_MISSING = "F001"
    FILE_UNREADABLE = "F002"
    FILE_TOO_LARGE = "F003"
    FILE_NOT_TEXT = "F004"
    FOLDER_EMPTY = "F005"
    # P: the text of a policy file
    UNEXPECTED = "P001"
    UNKNOWN_STATEMENT = "P002"
    STRAY_INDENT = "P003"
    TAB = "P004"
    FOREIGN_CHARACTER = "P005"
    PROGRAMMING_OPERATOR = "P006"
    UNCLOSED_QUOTE = "P007"
    MIXED_AND_OR = "P008"
    TOO_DEEP = "P009"
    BAD_LITERAL = "P010"
    # N: names
    UNKNOWN_NAME = "N001"
    DOUBLED_NAME = "N002"
    UNKNOWN_TYPE = "N003"
    UNKNOWN_VALUE = "N004"
    UNKNOWN_BEARER = "N005"
    UNKNOWN_NORM = "N006"
    NOT_IN_SCOPE = "N007"
    UNKNOWN_ENTITY = "N008"
    # T: types
    WRONG_TYPE = "T001"
    WRONG_OPERATOR = "T002"
    UNGUARDED = "T003"
    NOT_A_CONDITION = "T004"
    NOT_LINEAR = "T005"
    CYCLE = "T006"
    OPEN_PARAMETER = "T007"
    TOO_LARGE = "T008"
    BAD_FACT_TYPE = "T009"
    # D: the document
    DOUBLED_ID = "D001"
    WRONG_ARTICLE = "D002"
    MISSING_FIRST = "D003"
    NUMBERING_GAP = "D004"
    MISSING_QUOTE = "D005"
    NOTE_KIND = "D006"
    NO_VOCABULARY = "D007"
    BAD_OVERRIDE = "D008"
    UNCLASSIFIED_FORCE = "D009"
    ARTICLE_HEADER = "D010"
    EXAMPLE = "D011"
    UNTRIED_CONDITION = "D012"
    UNTRIED_THRESHOLD = "D013"
    UNNOTICED_CHANGE = "D014"
    TO_BE_WRITTEN = "D015"
    NOT_LEFT_OPEN = "D016"
    MEASURES = "D017"
    LAYERS = "D018"
    WRONG_LAYER = "D019"
    TIGHTENING = "D020"
    WEAKER_FORCE = "D021"
    LOOSER = "D022"
    # C: what is no mistake in the language, and often one in the norm (`sopb_rules.checks`)
    UNUSED_FACT = "C001"
    UNUSED_DEFINITION = "C002"
    UNUSED_PARAMETER = "C003"
    UNUSED_KIND = "C004"
    UNUSED_VALUE = "C005"
    UNUSED_ROLE = "C006"
    UNUSED_ENTITY = "C007"
    FOREIGN_NAME = "C008"
    LONE_REMARK = "C009"
    IDLE_ACT = "C010"
    NO_EXAMPLE = "C011"
    REPEATED_EXAMPLE = "C012"
    REPEATED_TITLE = "C013"
    ALWAYS_TRUE = "C014"
    NEVER_TRUE = "C015"
    REPEATED_CONDITION = "C016"
    OPPOSITE_CONDITIONS = "C017"
    NEGATED_COMPARISON = "C018"
    LISTED_VALUES = "C019"
    SHADOWED_CASE = "C020"
    COLLIDING_CASES = "C021"
    WRONG_FORCE = "C022"
    BINDING_NOTE = "C023"
    UNNAMED_BEARER = "C024"
    MISSING_NUMBER = "C025"
    WRONG_COMPARISON = "C026"
    MISSING_DATE = "C027"
    FOREIGN_CLAUSE = "C028"
    NO_QUESTION = "C029"
    SELF_ASSESSED = "C030"
    UNMARKED_ACT = "C031"
    UNLABELLED_DEFINITION = "C032"
    UNLABELLED_PARAMETER = "C033"
    IDLE_ASSESSOR = "C034"
    BAD_ALLOWANCE = "C035"
    UNUSED_ALLOWANCE = "C036"
    # A: the audit of the source
    LEFT_OUT = "A001"
    ALTERED_SENTENCE = "A002"
    DOUBLED_SENTENCE = "A003"
    MISPLACED_SENTENCE = "A004"
    NO_SUCH_SENTENCE = "A005"
    NO_SENTENCES = "A006"
    OUTSIDE_ARTICLES = "A007"
    MISNUMBERED = "A008"
    # Q: what is asked about all states at once (`sopb_rules.analysis`)
    NEVER_APPLIES = "Q001"
    CANNOT_BE_MET = "Q002"
    CANNOT_BE_UNMET = "Q003"
    GAP = "Q004"
    OVERLAP = "Q005"
    IDLE_CASE = "Q006"
    ALWAYS_HOLDS = "Q007"
    NEVER_HOLDS = "Q008"
    CONFLICT = "Q009"
    FORBIDS_PERMITTED = "Q010"
    IMPLIED = "Q011"
    UNDECIDED = "Q012"
    MISMATCH = "Q013"
    # S: states
    STATE_SYNTAX = "S001"
    STATE_SHAPE = "S002"
    STATE_UNKNOWN_ENTITY = "S003"
    STATE_UNKNOWN_FACT = "S004"
    STATE_WRONG_VALUE = "S005"
    STATE_UNKNOWN_VALUE = "S006"
    STATE_DOUBLED_ID = "S007"
    STATE_MISSING_ID = "S008"
    STATE_DANGLING_REFERENCE = "S009"
    STATE_JUDGEMENT = "S010"
    STATE_NOT_OPTIONAL = "S011"
    STATE_TOO_DEEP = "S012"
    STATE_YAML_FEATURE = "S013"
    STATE_DATES_DIFFER = "S014"
    STATE_DOUBLED_KEY = "S015"
    # R: tables with many rows (`sopb_rules.population`)
    TABLE_UNKNOWN = "R001"
    TABLE_UNKNOWN_COLUMN = "R002"
    TABLE_COLUMN_TYPE = "R003"
    ROW_WRONG_VALUE = "R004"
    ROW_MISSING_ID = "R005"
    ROW_DOUBLED_ID = "R006"
    ROW_DANGLING = "R007"
    ROW_CONTRADICTION = "R008"
    # U: use of the library or the command
    UNKNOWN_CODE = "U001"
    BAD_USAGE = "U002"
    EXTRA_MISSING = "U003"
    EXAMPLE_FAILED = "U004"
    BAD_SETTING = "U005"
    NOT_A_RECEIPT = "U006"


@attrs.frozen
class Diagnostic:
    """One mistake, told once.

    Args:
        code: the stable code, explained by ``sopb explain CODE``.
        message: what is wrong, in one sentence without a full stop, in the author's terms.
        span: the place, where there is a text to point into.
        file: the name of the file, where there is no place in it to point at.
        where: the article and norm, or the path of the fact, as a person would say it.
        expected: what would be right at that place.
        help: a suggestion: a did-you-mean, or the names that are valid there.
        severity: an error, a warning or a note.
        texts: two texts to be held against each other, each with its name.
        example: an example that would mend it, ready to paste into the policy.
        check: the name of the check that says so, by which it is allowed or configured; "" for a mistake.
    """

    code: Code
    message: str
    span: Span | None = None
    file: str = ""
    where: str = ""
    expected: str = ""
    help: str = ""
    severity: Severity = Severity.ERROR
    texts: tuple[tuple[str, str], tuple[str, str]] | None = None
    example: str = ""
    check: str = ""

    @property
    def location(self) -> str:
        """``file:line:column``, as far as it is known."""
        return str(self.span) if self.span is not None else self.file

    def as_dict(self) -> dict[str, Any]:
        """The diagnostic as plain data, for JSON."""
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "message": self.message,
            "file": self.span.source.name if self.span else self.file,
            "line": self.span.line if self.span else None,
            "column": self.span.column if self.span else None,
            "where": self.where,
            "expected": self.expected,
            "help": self.help,
            **({"texts": dict(self.texts)} if self.texts else {}),
            **({"example": self.example} if self.example else {}),
            **({"check": self.check} if self.check else {}),
        }

    def __str__(self) -> str:
        """The diagnostic as people read it: place, line with a caret, sentence, expectation, help."""
        code = f"{self.code.value} {self.check}".rstrip()
        lines = [f"{self.location}: {self.severity.value} {code}: {self.message}".removeprefix(": ")]
        if self.where:
            lines.append(f"  in {self.where}")
        if self.texts:
            lines += beside(*self.texts)
        elif self.span is not None:
            lines += _pointed_line(self.span)
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.help:
            lines.append(f"  help: {self.help}")
        if self.example:
            lines += ["", *self.example.rstrip("\n").split("\n")]
        return "\n".join(lines)


def _pointed_line(span: Span) -> list[str]:
    """The line of a span with carets below it; long lines are cut around the place."""
    line, column = span.source.position(span.start)
    text = span.source.line(line).replace("\t", " ")
    width = max(1, min(span.end - span.start, len(text) - column + 1))
    cut = max(0, column - 60)
    shown = ("…" if cut else "") + text[cut : cut + 100]
    indent = column - 1 - cut + (1 if cut else 0)
    gutter = f"{line:>5} | "
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * indent + "^" * min(width, 100)]


def beside(first: tuple[str, str], second: tuple[str, str], width: int = 88) -> list[str]:
    """Two texts one above the other, each with its name: whole, or word by word the lines in which they differ."""
    indent = 4 + max(len(first[0]), len(second[0]))

    def named(name: str, text: str) -> str:
        return f"  {name}".ljust(indent) + f"| {text.rstrip()}"

    if not first[1] or not second[1] or first[1] == second[1]:
        pieces = {name: wrap(text, width) or ["(nothing)"] for name, text in (first, second)}
        return [named(name if line is lines[0] else "", line) for name, lines in pieces.items() for line in lines]
    rows = [("", "", "")]
    for one, other in _aligned(first[1], second[1]):
        size = max(len(one), len(other))
        mark = "" if one == other else "^" * size
        if rows[-1][0] and len(rows[-1][0]) + size > width:
            rows.append(("", "", ""))
        top, bottom, marks = rows[-1]
        rows[-1] = (top + one.ljust(size), bottom + other.ljust(size), marks.ljust(len(top)) + mark)
    differing = [index for index, (_, _, marks) in enumerate(rows) if marks.strip()]
    lines: list[str] = []
    for index in differing:
        if index and index - 1 not in differing:
            lines.append(named("", "…"))
        top, bottom, marks = rows[index]
        lines += [named(first[0], top), named(second[0], bottom), named("", marks)]
    return lines if not differing or differing[-1] == len(rows) - 1 else [*lines, named("", "…")]


def _shown(text: str) -> str:
    """A text in which spaces that are none, and signs without width, can be seen."""
    return "".join(
        f"<U+{ord(c):04X}>" if c != " " and unicodedata.category(c) in ("Zs", "Cf", "Cc") else c for c in text
    )


def _aligned(first: str, second: str) -> Iterator[tuple[str, str]]:
    """The words of two texts in pairs, each with the space behind it."""
    from difflib import SequenceMatcher  # only an audit that fails needs it

    words, others = (re.findall(r"\S+ *| +", _shown(text)) for text in (first, second))
    for _, i, j, k, m in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        for one, other in zip_longest(words[i:j], others[k:m], fillvalue=""):
            apart = one != other and one.split() == other.split()  # only in the spaces behind
            yield (one.replace(" ", "␣"), other.replace(" ", "␣")) if apart else (one, other)


class RulesError(Exception):
    """One or more mistakes in what the library was given; nothing was evaluated.

    Attributes:
        diagnostics: the mistakes, in the order of files and lines.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n\n".join(map(str, self.diagnostics)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.diagnostics,)


def nearest(word: str, candidates: Iterable[str], limit: int = 2) -> str | None:
    """The candidate within `limit` edits of the word (and fewer edits than the word has letters), or None."""
    best, best_distance = None, min(limit, max(len(word) - 1, 0)) + 1
    for candidate in sorted(set(candidates)):
        distance = _edits(word, candidate, best_distance)
        if distance < best_distance:
            best, best_distance = candidate, distance
    return best


def suggestion(word: str, candidates: Iterable[str], what: str = "valid here") -> str:
    """A did-you-mean within edit distance 2, else the names that are valid there."""
    names = sorted(set(candidates))
    if (near := nearest(word, names)) is not None:
        return f"did you mean `{near}`?"
    if not names:
        return ""
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return f"{what}: {shown}"


def _edits(left: str, right: str, bound: int) -> int:
    """The optimal string alignment distance (a swap of neighbours counts one), or `bound` if it is no less."""
    if abs(len(left) - len(right)) >= bound:
        return bound
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]
