"""Comments that allow what a check complains about: `# allow unused-fact: the ministry's form asks for it`.

Above a statement such a comment holds for the whole statement; above a line inside one, for this line and for what is
indented below it; at the end of a line, for this line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

import attrs

from sopb_rules.checks.check import Check, Complaint
from sopb_rules.diagnostics import Diagnostic, nearest
from sopb_rules.source import Source, Span
from sopb_rules.syntax.layout import BEFORE_COMMENT, split

_ALLOW = re.compile(r"#+[ \t]*allow\b[ \t]*(?P<names>[^:]*?)[ \t]*(?P<colon>:[ \t]*(?P<reason>.*))?$", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z][0-9]{1,4}")


@attrs.frozen
class Allowance:
    """A comment that allows something.

    Args:
        names: what it allows, as written: names or codes of checks.
        reason: "" where none is given.
        first: the first line that it holds for; `last` is the last one.
        span: the comment.
    """

    names: tuple[str, ...]
    reason: str
    first: int
    last: int
    span: Span

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic points at a line that it holds for."""
        place = diagnostic.span
        return (
            place is not None and place.source.name == self.span.source.name and self.first <= place.line <= self.last
        )


def allowances(source: Source, names: Iterable[str]) -> list[Allowance]:
    """The comments of a file that allow something.

    Args:
        names: of the checks, to tell a slip in one from a sentence that begins with “allow”.
    """
    if "allow" not in source.text.casefold():
        return []
    known = tuple(names)
    chunks, comments, _ = split(source)
    starts = {source.position(chunk.start)[0]: source.position(chunk.end)[0] for chunk in chunks}
    found: list[Allowance] = []
    for comment in comments:
        asked = _asked(comment.text, known)
        if asked is None:
            continue
        first, last = _lines(source, comment.line, starts) if comment.own_line else (comment.line, comment.line)
        found.append(Allowance(*asked, first, last, _span(source, comment.line)))
    return found


def is_allowance(comment: str) -> bool:
    """Whether a comment, with its `#`, allows something and is no sentence."""
    return _asked(comment.rstrip(), ()) is not None


def _asked(comment: str, known: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """The names and the reason of a comment; None if it is any other comment."""
    match = _ALLOW.match(comment)
    if match is None:
        return None
    names = tuple(filter(None, (name.strip() for name in match["names"].split(","))))
    if names and not all(map(_NAME.fullmatch, names)):  # several words: a sentence, or a name without its hyphens
        if nearest(_joined(names[0]), known) is None:
            return None
    elif (names and not match["colon"] and not any(_looks_like_a_name(name, known) for name in names)) or (
        not names and not match["colon"]
    ):
        return None
    return names, (match["reason"] or "").strip()


def _joined(name: str) -> str:
    return "-".join(name.casefold().split())


def _looks_like_a_name(name: str, known: Sequence[str]) -> bool:
    return "-" in name or _CODE.fullmatch(name) is not None or name.casefold() in known


def _span(source: Source, line: int) -> Span:
    text, start = source.line(line), source.line_starts[line - 1]
    match = BEFORE_COMMENT.match(text)
    assert match is not None
    return Span(source, start + match.end() - 1, start + len(text.rstrip()))


def _lines(source: Source, comment: int, starts: Mapping[int, int]) -> tuple[int, int]:
    """The lines below a comment that it holds for; the comment's own where nothing stands below."""
    below = range(comment + 1, len(source.line_starts) + 1)
    target = next((line for line in below if _has_content(source.line(line))), comment)
    if target in starts:
        return target, starts[target]
    if target == comment:
        return comment, comment
    deeper = takewhile(
        lambda line: not _has_content(source.line(line)) or _indent(source.line(line)) > _indent(source.line(target)),
        range(target + 1, len(source.line_starts) + 1),
    )
    return target, max((line for line in deeper if _has_content(source.line(line))), default=target)


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@attrs.frozen
class Sifted:
    """Diagnostics without those that comments allow, and what is wrong with the comments.

    Args:
        bad: comments without a reason or with an unknown name.
        unused: comments that allow nothing.
    """

    kept: tuple[Diagnostic, ...]
    bad: tuple[Complaint, ...]
    unused: tuple[Complaint, ...]


def sift(
    diagnostics: Iterable[Diagnostic],
    sources: Iterable[Source],
    checks: Mapping[str, Check],
    asked: Callable[[Check, str], bool],
) -> Sifted:
    """Take out what comments allow.

    A comment without a reason allows nothing.

    Args:
        checks: by name and by code, in small letters; only what they say can be allowed.
        asked: whether a check was asked of a file: a comment for another one cannot be known to be needless.
    """
    names = {check.name for check in checks.values()}
    given = [each for source in sources for each in allowances(source, sorted(names))]
    bad = [complaint for each in given for complaint in _bad(each, checks, names)]
    allowed: dict[tuple[Allowance, Check], bool] = {
        (each, checks[name.casefold()]): False
        for each in given
        if each.reason
        for name in each.names
        if name.casefold() in checks
    }
    kept = []
    for diagnostic in diagnostics:
        check = checks.get(diagnostic.code.value.casefold())
        by = [key for key in allowed if key[1] is check and key[0].covers(diagnostic)]
        allowed.update(dict.fromkeys(by, True))
        if not by:
            kept.append(diagnostic)
    help = "take the comment out, or the name out of it"
    unused = [
        Complaint(f"nothing here needs `allow {check.name}`", each.span, help=help)
        for (each, check), used in allowed.items()
        if not used and asked(check, each.span.source.name)
    ]
    return Sifted(tuple(kept), tuple(bad), tuple(unused))


def _bad(allowance: Allowance, checks: Mapping[str, Check], names: Iterable[str]) -> Iterator[Complaint]:
    span = allowance.span
    for name in allowance.names:
        if name.casefold() not in checks:
            near = nearest(_joined(name), [*names, *checks])
            help = f"did you mean `{near}`?" if near else "`sopb check --list` shows the names of the checks"
            if _CODE.fullmatch(name) and not near:
                help = f"only checks can be allowed, and mistakes cannot; {help}"
            yield Complaint(f"`{name}` is no check that could be allowed", span, help=help)
    if not allowance.names:
        yield Complaint("this comment does not say what it allows", span, help="write `# allow NAME: why`")
    elif not allowance.reason:
        help = f"write `# allow {', '.join(allowance.names)}: why`; without a reason it allows nothing"
        yield Complaint("this comment allows something and does not say why", span, help=help)
