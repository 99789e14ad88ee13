"""A receipt from a file: the JSON of a report, or the HTML page of one, which holds the same JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.receipts.receipt import NotAReceiptError, Receipt, receipt_of
from sopb_rules.source import Source, Span, read_source

#: The largest receipt, in bytes: a report on some thousand organizations.
SIZE_LIMIT = 256 * 1024 * 1024

_SCRIPT = re.compile(r"""<script\b(?=[^>]*\sid\s*=\s*["']?report["'\s>])[^>]*>""", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)


def read_receipt(path: Path | str) -> Receipt:
    """The receipt in a file.

    Raises:
        RulesError: the file cannot be read, or holds no receipt; with the place.
    """
    source = _json_in(read_source(Path(path), SIZE_LIMIT))
    try:
        return receipt_of(_parsed(source))
    except NotAReceiptError as error:
        diagnostic = error.diagnostics[0]
        raise RulesError([attrs.evolve(diagnostic, span=_place(source, error.way), file=source.name)]) from None


def recorded_files(receipt: Receipt, folder: Path) -> list[Path]:
    """The state files of a receipt where they lie now: as they were named, else from the folder of the receipt.

    Raises:
        RulesError: the receipt names none, or one is not there.
    """
    if not receipt.files:
        message = "the receipt names no state files: a program stated the facts"
        raise RulesError([Diagnostic(Code.FILE_MISSING, message, help=_GIVE_STATE)])
    found = [(file.path, recorded(file.path, folder)) for file in receipt.files]
    lost = [
        Diagnostic(Code.FILE_MISSING, f"the state file `{name}` of the receipt is not there", help=_GIVE_STATE)
        for name, path in found
        if path is None
    ]
    if lost:
        raise RulesError(lost)
    return [path for _, path in found if path is not None]


_GIVE_STATE = "give the state: sopb replay RECEIPT STATE"


def recorded(name: str, folder: Path) -> Path | None:
    """A recorded file or folder where it lies now: as it was named, else from the folder of the receipt; None if nowhere."""
    for path in (Path(name), folder / name):
        try:
            if path.exists():
                return path
        except (OSError, ValueError):  # a name that the system refuses
            continue
    return None


def _json_in(source: Source) -> Source:
    """The JSON of a report in a file; in a page with all else left blank, so that places stay what they are.

    Raises:
        RulesError: a page without a report.
    """
    text = source.text
    if not text.lstrip().startswith("<"):
        return source
    opening = _SCRIPT.search(text)
    if opening is None:
        raise RulesError([_refused(source, "this page holds no report", None)])
    closing = _END.search(text, opening.end())
    end = closing.start() if closing else len(text)
    return Source(source.name, re.sub(r"[^\n]", " ", text[: opening.end()]) + text[opening.end() : end])


def _parsed(source: Source) -> object:
    """The plain data of a JSON text.

    Raises:
        RulesError: it is no JSON.
    """

    def refuse(word: str) -> None:
        raise ValueError(f"`{word}` is no value of JSON")

    try:
        return json.loads(source.text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        told = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        start = min(error.pos, len(source.text))
        place = Span(source, start, min(start + 1, len(source.text)))
    except RecursionError:
        told, place = "values stand too many levels inside each other", None
    except ValueError as error:
        told, place = f"this is not JSON: {error}", None
    raise RulesError([_refused(source, told, place)])


def _refused(source: Source, message: str, place: Span | None) -> Diagnostic:
    help = "a receipt is what `sopb evaluate --format json` prints, or the page of a report"
    return Diagnostic(Code.NOT_A_RECEIPT, message, place, file=source.name, help=help)


def _place(source: Source, way: tuple[str | int, ...]) -> Span | None:
    """The place of a part of the data; None where a name stands twice, or there is more than is read with places."""
    from sopb_rules.states.json import parse_json
    from sopb_rules.states.nodes import Mapping, Sequence

    node, diagnostics = parse_json(source)
    if node is None or diagnostics:
        return None
    for step in way:
        if isinstance(node, Mapping):
            node = next(value for key, value in node.entries if key.text == step)
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return None if node.span is None else Span(source, node.span.start, min(node.span.end, node.span.start + 1))
