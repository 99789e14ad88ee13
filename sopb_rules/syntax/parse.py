"""Text to tree, a statement at a time; each mistake is reported and reading goes on at the next statement."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from lark import Lark
from lark.exceptions import UnexpectedInput

from sopb_rules import cache as kept_files
from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.syntax.build import Build
from sopb_rules.syntax.grammar import grammar_text
from sopb_rules.syntax.layout import NESTING, Chunk, TableLines, split
from sopb_rules.syntax.tree import PolicyFile, Statement

#: How deep parentheses may nest. No sentence of a document comes near it, and it bounds every recursion.
DEPTH_LIMIT = 12

_TREES = frozenset({"sopb_rules.source", "sopb_rules.syntax.tree"})

#: How many mistakes of one file are told: who has so many has another sort of file, and explaining takes time.
MISTAKE_LIMIT = 100

#: How many files are remembered with their trees: those of a few policy sets.
_REMEMBERED = 256


@cache
def parser(strict: bool = False) -> Lark:
    """The LALR(1) parser of a statement; `strict` refuses every conflict and every collision of terminals."""
    return Lark(
        grammar_text(), parser="lalr", lexer="contextual", postlex=TableLines(), strict=strict,
        propagate_positions=True, maybe_placeholders=False,
    )  # fmt: skip


@cache
def _kept_parser() -> Lark:
    """The same parser, its tables taken from the user's cache folder, which is much faster than making them."""
    name = kept_files.name_of("tables", grammar_text())
    tables: Any = kept_files.load(name)
    if not isinstance(tables, dict):
        stream = io.BytesIO()
        parser().save(stream, exclude_options=("postlex",))
        kept_files.store(name, pickle.loads(stream.getvalue()))  # noqa: S301 - made here, a moment ago
        return parser()
    tables["data"]["options"]["postlex"] = TableLines()
    return Lark.load(tables)


def parse_all(sources: Iterable[Source], kept: bool = False) -> tuple[list[PolicyFile], list[Diagnostic]]:
    """Read policy files; the trees of all, and what is wrong with any.

    Args:
        kept: take the trees of files that were read before from the user's cache folder, and keep those of others there.
    """
    files: list[PolicyFile] = []
    diagnostics: list[Diagnostic] = []
    for source in sources:
        name = kept_files.name_of("tree", *kept_files.texts([source])) if kept else ""
        file = kept_files.load(name, _TREES) if kept else None
        if not isinstance(file, PolicyFile):
            file, mistakes = _remembered(source, kept)
            diagnostics += mistakes
            if kept and not mistakes:
                kept_files.store(name, file)
        files.append(file)
    return files, diagnostics


@lru_cache(_REMEMBERED)
def _remembered(source: Source, kept: bool) -> tuple[PolicyFile, tuple[Diagnostic, ...]]:
    """A file and its mistakes. Trees never change, and of a set that is loaded again most files are as they were."""
    file, mistakes = parse(source, kept)
    return file, tuple(mistakes)


def parse(source: Source, kept: bool = False) -> tuple[PolicyFile, list[Diagnostic]]:
    """Read a policy file.

    Args:
        kept: take the tables of the parser from the user's cache folder.

    Returns:
        The statements that could be read, and one diagnostic for each that could not. Behind `MISTAKE_LIMIT` mistakes
        nothing more is read.
    """
    chunks, comments, diagnostics = split(source)
    statements: list[Statement] = []
    for chunk in chunks:
        result = _parse_chunk(source, chunk, kept)
        if isinstance(result, Diagnostic):
            diagnostics.append(result)
            if len(diagnostics) >= MISTAKE_LIMIT:
                break
        else:
            statements.append(result)
    diagnostics.sort(key=lambda diagnostic: diagnostic.span.start if diagnostic.span else 0)
    return PolicyFile(source, tuple(statements), tuple(comments)), diagnostics


def _parse_chunk(source: Source, chunk: Chunk, kept: bool) -> Statement | Diagnostic:
    text = source.text[chunk.start : chunk.end]
    if (too_deep := _nests_too_deep(text)) is not None:
        place = Span(source, chunk.start + too_deep, chunk.start + too_deep + 1)
        message = f"parentheses nest more than {DEPTH_LIMIT} deep"
        return Diagnostic(Code.TOO_DEEP, message, place, help="give a part of the condition a name with `define`")
    try:
        tree = (_kept_parser() if kept else parser()).parse(text)
    except UnexpectedInput as error:
        from sopb_rules.syntax.mistakes import explain  # most files have no mistake

        return explain(error, source, chunk)
    return Build(source, chunk.start).transform(tree)  # type: ignore[no-any-return]


def _nests_too_deep(text: str) -> int | None:
    depth = 0
    for match in NESTING.finditer(text):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth > DEPTH_LIMIT:
            return match.start()
    return None
