"""What a check is, and what it looks at: one file of a policy set, or the whole set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Protocol, TypeVar

import attrs

from sopb_rules.codes import CodeExplanation
from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.model.norms import Decision, Definition, Interplay, Norm, Note, Parameter, Policies, Statement
from sopb_rules.model.vocabulary import Entity
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source, Span
from sopb_rules.testing.coverage import Shown, condition_coverage


class _Placed(Protocol):
    @property
    def span(self) -> Span | None: ...


_P = TypeVar("_P", bound=_Placed)


@attrs.frozen(eq=False, slots=False)
class File:
    """One file of a policy set with no mistakes, as checks look at it.

    A check of a file looks at what stands in the file and at what this refers to, so that what it found stays right as long
    as neither changes. Coverage is the exception: it also rests on the examples of other files that name its statements.
    """

    policies: PolicySet
    source: Source

    def _here(self, declared: Iterable[_P]) -> tuple[_P, ...]:
        here = (each for each in declared if each.span is not None and each.span.source.name == self.source.name)
        return tuple(sorted(here, key=lambda each: each.span.start if each.span is not None else 0))

    @property
    def model(self) -> Policies:
        """The checked model of the whole set."""
        return self.policies.model

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Its norms, decisions and definitions, in their order; likewise the rest."""
        return self._here(self.model.statements)

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """Its norms."""
        return tuple(each for each in self.statements if isinstance(each, Norm))

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Its decisions."""
        return tuple(each for each in self.statements if isinstance(each, Decision))

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Its definitions."""
        return tuple(each for each in self.statements if isinstance(each, Definition))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Its notes."""
        return self._here(self.model.notes.values())

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters."""
        return self._here(self.model.parameters.values())

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Its entities."""
        return self._here(self.model.vocabulary.entities.values())

    @cached_property
    def remarks(self) -> tuple[Interplay, ...]:
        """Its remarks on how sentences go together."""
        return self._here(self.model.interplay.values())

    @cached_property
    def untried(self) -> tuple[Statement, ...]:
        """Its statements of which no example in the file says what comes of them."""
        examples = (example for each in self.statements for example in each.examples)
        tried = {outcome.subject.text for example in examples for outcome in example.outcomes}
        names = ((each, each.id if isinstance(each, Norm) else each.name) for each in self.statements)
        return tuple(each for each, name in names if not each.examples and name not in tried)

    @cached_property
    def coverage(self) -> tuple[Shown, ...]:
        """How well the examples try the conditions of its statements, where there are any; computed when first asked for."""
        tried = tuple(each for each in self.statements if each not in self.untried)
        return tuple(condition_coverage(self.policies, tried))


@attrs.frozen
class Complaint:
    """What a check found at a place.

    Args:
        message: one sentence without a full stop, in the words of the author.
        where: the statement, as a person would say it.
        help: what to do.
    """

    message: str
    span: Span | None
    where: str = ""
    help: str = ""


@attrs.frozen(eq=False)
class Check:
    """A check: data about it, and the one function that looks.

    Args:
        code: its stable code.
        name: its stable name, in words joined by hyphens: `unused-fact`.
        severity: how much it weighs where nobody has set it otherwise.
        explanation: what it finds and why it matters, with an example.
        in_file: what it says of one file; None for a check of the whole set.
        in_set: what it says of a policy set; None for a check of single files.
        on: whether it is asked where nobody has set it otherwise.
    """

    code: Code
    name: str
    severity: Severity
    explanation: CodeExplanation
    in_file: Callable[[File], Iterable[Complaint]] | None = None
    in_set: Callable[[Policies], Iterable[Complaint]] | None = None
    on: bool = True

    @property
    def scope(self) -> str:
        """What it looks at: `file`, or `set`."""
        return "file" if self.in_file is not None else "set"

    def of_file(self, file: File) -> Iterator[Diagnostic]:
        """What it says of a file; nothing if it looks at whole sets."""
        for complaint in self.in_file(file) if self.in_file is not None else ():
            yield self.diagnostic(complaint)

    def of_set(self, policies: Policies) -> Iterator[Diagnostic]:
        """What it says of a whole set; nothing if it looks at single files."""
        for complaint in self.in_set(policies) if self.in_set is not None else ():
            yield self.diagnostic(complaint)

    def diagnostic(self, complaint: Complaint) -> Diagnostic:
        """A complaint as a diagnostic of this check."""
        return Diagnostic(
            self.code, complaint.message, complaint.span, where=complaint.where, help=complaint.help,
            severity=self.severity, check=self.name,
        )  # fmt: skip


def explained(code: Code, title: str, docstring: str | None, bad: str, good: str, **more: Any) -> CodeExplanation:
    """The explanation of a check, whose text is the docstring of its module: what it finds, and why it matters."""
    assert docstring is not None
    return CodeExplanation(code, title, docstring, bad, good, **more)


def spot(span: Span | None, name: str) -> Span | None:
    """The place of a name within its declaration, to point at it alone; the whole where the name is not there."""
    if span is None:
        return None
    whole = rf"({re.escape(name)})(?![\w.])"
    match = re.match(whole, span.text) or re.search(rf"(?<=[\s,]){whole}", span.text)
    return span if match is None else Span(span.source, span.start + match.start(1), span.start + match.end(1))


def title_line(span: Span) -> Span:
    """The first line of a statement, to point at the whole of it."""
    first = span.text.split("\n", 1)[0].rstrip()
    return Span(span.source, span.start, span.start + len(first))
