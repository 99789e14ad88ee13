"""A receipt: what a saved report says of the evaluation that it comes from, as far as a new evaluation can differ in it.

Explanations (which facts, which of them are missing, the places in files) are left out: they may change while what was
found stays the same. What a later version adds to reports is passed over.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.states.records import StateFile

#: What an entry says under one heading: a word, several in order, or nothing.
Said = str | tuple[str, ...] | None

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LISTS = ("breaches", "shortfalls", "opportunities", "options", "undetermined", "owed_by_others")


@attrs.frozen
class Entry:
    """A finding, what a decision came to, or how an entity stood.

    Args:
        kind: ``finding``, ``decision`` or ``standing``.
        name: the norm's id or the decision's name; "" for a standing.
        subject: the subject's path in the state.
        display: the subject's name, as reports print it.
        said: what it says, by heading: ``verdict``, ``possible``, ``clause a``, ``case 6.1``, ``status``, ….
    """

    kind: str
    name: str
    subject: str
    display: str
    said: Mapping[str, Said]


@attrs.frozen
class Receipt:
    """What a saved report says.

    Args:
        as_of: the date of the evaluation.
        software: what evaluated: its name and its version.
        policies: the name of the policy set; likewise its version, its digest and the title of its measures.
        folder: the folder of the policies as it was named, or "".
        state: the digest of the state.
        files: the files that the state was read from.
        only: the one norm, decision or entity that the report is about, or "".
        entries: findings, decisions and standings, by kind, name and the subject's path.
    """

    as_of: datetime.date
    software: str
    policies: str
    version: str
    digest: str
    measures: str
    folder: str
    state: str
    files: tuple[StateFile, ...]
    only: str
    entries: Mapping[tuple[str, str, str], Entry] = attrs.field(repr=False)


class NotAReceiptError(RulesError):
    """Plain data is not a report.

    Attributes:
        way: the way to what is wrong: names of members and places in lists.
    """

    def __init__(self, problem: str, way: tuple[str | int, ...]) -> None:
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in way)
        help = "a receipt is what `sopb evaluate --format json` prints, or the page of a report"
        message = f"this is not the receipt of an evaluation: {problem}"
        super().__init__([Diagnostic(Code.NOT_A_RECEIPT, message, where="".join(steps).removeprefix("."), help=help)])
        self.way = way


def receipt_of(data: object) -> Receipt:
    """The receipt that a report as plain data is.

    Raises:
        NotAReceiptError: it is no report, or something in it is not as the published schema says.
    """
    report = _Part(data)
    policies, state, software = report["policies"], report["state"], report["software"]
    entries: dict[tuple[str, str, str], Entry] = {}
    for part, entry in _entries(report):
        key = (entry.kind, entry.name, entry.subject)
        if key in entries:
            raise part.wrong(f"a second {entry.kind} of the same subject")
        entries[key] = entry
    return Receipt(
        report["as_of"].date(),
        f"{software['name'].text()} {software['version'].text()}".rstrip(),
        policies["name"].text(),
        policies["version"].text(),
        policies["digest"].digest(),
        policies.get("measures"),
        policies.get("folder"),
        state["digest"].digest(),
        tuple(StateFile(each["path"].text(), each["digest"].digest()) for each in state["files"]),
        report.get("only"),
        entries,
    )


@attrs.frozen
class _Part:
    """A part of plain data, with the way to it."""

    data: Any
    way: tuple[str | int, ...] = ()

    def wrong(self, problem: str) -> NotAReceiptError:
        return NotAReceiptError(problem, self.way)

    def expected(self, right: str) -> NotAReceiptError:
        return self.wrong(f"{right} is expected" + (" here" if self.way else ""))

    def __getitem__(self, name: str) -> _Part:
        """A member of an object."""
        if not isinstance(self.data, Mapping):
            raise self.expected("an object")
        if name not in self.data:
            raise self.wrong(f"it has no `{name}`" if not self.way else f"there is no `{name}` here")
        return _Part(self.data[name], (*self.way, name))

    def get(self, name: str) -> str:
        """A text that may be left out."""
        return self[name].text() if name in self.data else ""

    def __iter__(self) -> Iterator[_Part]:
        """The items of a list."""
        if not isinstance(self.data, list):
            raise self.expected("a list")
        return (_Part(each, (*self.way, index)) for index, each in enumerate(self.data))

    def text(self) -> str:
        if not isinstance(self.data, str):
            raise self.expected("a text")
        return self.data

    def texts(self) -> tuple[str, ...]:
        """The texts of a list in which the order says nothing."""
        return tuple(sorted(each.text() for each in self))

    def digest(self) -> str:
        if not _DIGEST.fullmatch(self.text()):
            raise self.expected("a digest of 64 hexadecimal digits")
        return self.text()

    def date(self) -> datetime.date:
        try:
            if _DATE.fullmatch(self.text()):
                return datetime.date.fromisoformat(self.text())
        except ValueError:  # a day that is in no calendar
            pass
        raise self.expected("a date like 2026-11-01")


def _entries(report: _Part) -> Iterable[tuple[_Part, Entry]]:
    for each in report["findings"]:
        yield each, _entry("finding", each["norm"].text(), each, _finding(each))
    for each in report["decisions"]:
        yield each, _entry("decision", each["decision"].text(), each, _decision(each))
    for each in report["standing"]:
        yield each, _entry("standing", "", each, _standing(each))


def _entry(kind: str, name: str, part: _Part, said: Sequence[tuple[_Part, str, Said]]) -> Entry:
    subject, by_heading = part["subject"], dict[str, Said]()
    for place, heading, each in said:
        if heading in by_heading:
            raise place.wrong(f"a second {heading}")
        by_heading[heading] = each
    return Entry(kind, name, subject["path"].text(), subject["display"].text(), by_heading)


def _finding(part: _Part) -> list[tuple[_Part, str, Said]]:
    said: list[tuple[_Part, str, Said]] = [
        (part, "verdict", part["verdict"].text()),
        (part, "possible", part["possible"].texts()),
        (part, "force", part["force"].text()),
        (part, "applies", part["applies"].text()),
    ]
    for clause in part["clauses"]:
        called = "condition" if clause["part"].text() == "provided" else "clause"
        said.append((clause, f"{called} {clause['letter'].text()}".rstrip(), clause["truth"].text()))
    return said


def _decision(part: _Part) -> list[tuple[_Part, str, Said]]:
    value = part["value"]
    said: list[tuple[_Part, str, Said]] = [
        (part, "verdict", part["verdict"].text()),
        (part, "value", None if value.data is None else value.text()),
        (part, "possible", part["possible"].texts()),
    ]
    said += [(case, f"case {case['case'].text()}", case["active"].text()) for case in part["cases"]]
    return said


def _standing(part: _Part) -> list[tuple[_Part, str, Said]]:
    said: list[tuple[_Part, str, Said]] = [(part, "status", part["status"].text())]
    own = part["subject"]["path"].text()
    for name in _LISTS:
        named = ((each["norm"].text(), each["subject"].text()) for each in part[name])
        told = sorted(norm if subject == own else f"{norm} for {subject}" for norm, subject in named)
        said.append((part, name.replace("_", " "), tuple(told)))
    return said
