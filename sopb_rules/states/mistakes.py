"""Collecting mistakes: all of them are counted, the first ones are told."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.states.nodes import Node, Refused, shown
from sopb_rules.states.scalars import Mistake

#: How many mistakes are told before the rest is only counted.
MISTAKE_LIMIT = 50

#: The path of a fact, or how to find it out.
Where = str | Callable[[], str]


@attrs.define
class Mistakes:
    """The mistakes of one state.

    What is costly to find out (paths, suggestions) is asked for only while a mistake is still told, so that a file
    with a million mistakes takes no longer than one without.
    """

    told: list[Diagnostic] = attrs.field(factory=list)
    untold: int = 0
    first_untold: Code | None = None

    def __bool__(self) -> bool:
        return bool(self.told)

    def add(
        self,
        code: Code,
        message: str,
        span: Span | None,
        where: Where = "",
        expected: str = "",
        help: str | Callable[[], str] = "",
    ) -> None:
        """Tell one more mistake, or only count it where enough have been told."""
        if len(self.told) >= MISTAKE_LIMIT:
            self._count(code)
            return
        where = where if isinstance(where, str) else where()
        help = help if isinstance(help, str) else help()
        self.told.append(Diagnostic(code, message, span, where=where, expected=expected, help=help))

    def value(self, mistake: Mistake, span: Span | None, where: Where) -> None:
        """Tell what is wrong with a single value."""
        self.add(mistake.code, mistake.problem, span, where, mistake.expected, mistake.help)

    def shape(self, node: Node, where: Where, expected: str, help: str = "", found: str = "") -> None:
        """Tell that a value, a list or a group of facts stands where something else should."""
        if isinstance(node, Refused):
            self.refused(node, where)
        else:
            self.add(Code.STATE_SHAPE, f"{found or shown(node)} cannot stand here", node.span, where, expected, help)

    def refused(self, node: Refused, where: Where) -> None:
        """Tell what is wrong with a value that cannot be part of any state, unless that has been told."""
        if node.mistake is not None:
            self.add(node.mistake.code, node.mistake.message, node.span, where, help=node.mistake.help)

    def extend(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Add mistakes that were told by somebody else."""
        room = max(0, MISTAKE_LIMIT - len(self.told))
        self.told.extend(diagnostics[:room])
        for each in diagnostics[room:]:
            self._count(each.code)

    def _count(self, code: Code) -> None:
        self.untold += 1
        self.first_untold = self.first_untold or code

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The mistakes in the order of files and lines; the last one counts those that are not told."""
        files: dict[Source, int] = {}
        for each in self.told:
            if each.span is not None:
                files.setdefault(each.span.source, len(files))

        def place(each: Diagnostic) -> tuple[int, int]:
            return (files[each.span.source], each.span.start) if each.span is not None else (-1, 0)

        told = sorted(self.told, key=place)
        if self.first_untold is not None:
            many = self.untold != 1
            message = f"there {'are' if many else 'is'} {self.untold:,} more mistake{'s' if many else ''}"
            told.append(Diagnostic(self.first_untold, message, help="correct those above first"))
        return tuple(told)
