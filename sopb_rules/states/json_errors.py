"""What people write in JSON files that JSON does not have, in plain sentences, and how reading goes on after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import attrs

from sopb_rules.source import Source, Span
from sopb_rules.states.nodes import quoted
from sopb_rules.states.spelling import ungrouped

#: What a piece of text is taken for, so that what stands behind it can be read: a value of which nothing is known, a
#: text, a sign of JSON, or nothing at all; `stop` where nobody can say where the mistake ends.
Reading = Literal["value", "text", "sign", "nothing", "stop"]

#: Signs that people type where JSON has another.
SIGNS = {"，": ",", "、": ",", ";": ",", "；": ",", "：": ":", "=": ":", "｛": "{", "｝": "}", "［": "[", "］": "]"}
_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


@attrs.frozen
class Foreign:
    """A piece of text that JSON does not have.

    Args:
        sort: what it is an instance of: one cause, however often it stands in the file.
        place: where to point, and the end of the text that is dealt with.
        inner: the text or the sign for which it is taken.
    """

    sort: str
    message: str
    help: str
    reading: Reading
    place: Span
    end: int
    inner: str = ""


@attrs.frozen
class _Row:
    pattern: re.Pattern[str]
    message: str
    help: str | Callable[[str], str]
    reading: Reading = "stop"


def _row(pattern: str, message: str, help: str | Callable[[str], str], reading: Reading = "stop") -> _Row:
    return _Row(re.compile(pattern, re.DOTALL), message, help, reading)


def _of_digits(text: str) -> str:
    return f"write {text.translate(_DIGITS)}"


def _of_sign(text: str) -> str:
    return f"write `{SIGNS[text]}`"


_ROWS = (
    _row(r"//[^\n]*|#[^\n]*|/\*.*?\*/|/\*", "JSON has no comments", "remove the comments, or write the file as YAML",
         "nothing"),
    _row(r"[-+]?(?:NaN|Infinity|nan|inf)\b", "{} is no number in JSON", "leave the fact out where it is not known", "value"),
    _row(r"(?:True|TRUE)\b", "{} is no word of JSON", "write true", "value"),
    _row(r"(?:False|FALSE)\b", "{} is no word of JSON", "write false", "value"),
    _row(r"(?:None|NULL|Null)\b", "{} is no word of JSON", "write null", "value"),
    _row(r"(?:yes|Yes|YES)\b", "{} is no word of JSON", "write true", "value"),
    _row(r"(?:no|No|NO)\b", "{} is no word of JSON", "write false", "value"),
    _row(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}(?![\w.])", "the date {} has no quotes",
         "put dates in double quotes", "value"),
    _row(r"-?[0-9][0-9.]* ?[%％]", "{} is no number in JSON", "put a percentage in double quotes", "value"),
    _row(r"[０-９．]+", "{} is written with digits of full width", _of_digits, "value"),
    _row(r'[^\W\d][\w-]*"', "{} has no quote before it", "put names and texts in double quotes", "text"),
    _row(r"[^\W\d][\w-]*", "{} has no quotes", "put names and texts in double quotes", "text"),
    _row(r"[-+]?0[0-9][0-9.]*(?![\w.])", "a number cannot begin with a zero", "write it without zeros in front", "value"),
    _row(r"\+[0-9.]*", "a number cannot begin with a plus sign", "leave the plus sign out", "value"),
    _row(r"[-+]?(?:\.[0-9]+|[0-9]+\.)(?![\w.])", "a number has digits on both sides of its point", "write 0.5 or 5.0",
         "value"),
    _row(r"-?[0-9][\w.+-]*", "{} is no number", "put texts in double quotes", "value"),
    _row(r"'[^'\n]*'", "a text cannot stand in single quotes", "use double quotes", "text"),
    _row(r"[“”„＂][^“”„＂\"\n]*[“”\"＂]", "a text cannot stand in typographic quotes", 'use straight double quotes (")',
         "text"),
    _row(r"'", "a text cannot stand in single quotes", "use double quotes"),
    _row(r"[“”„＂‘’]", "a text cannot stand in typographic quotes", 'use straight double quotes (")'),
    _row(r"[，、；：｛｝［］;=]", "{} is no sign of JSON", _of_sign, "sign"),
    _row(r'"[^"\\\x00-\x1f]*[\x00-\x1f]', "a text cannot go on over the end of its line, nor hold a tab",
         "close the quote, or write \\n or \\t"),
    _row(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+\\', "a backslash in this text has no meaning",
         r"write two backslashes (\\) for one"),
    _row(r'"', "a quote is opened and never closed", "close the quote"),
)  # fmt: skip


def foreign(source: Source, start: int) -> Foreign:
    """What stands at a place where no token of JSON does."""
    text = source.text
    for row in _ROWS:
        match = row.pattern.match(text, start)
        if match is None:
            continue
        found, end = match[0], match.end()
        shown_end = end if "\n" not in found else start + 1
        # In a text the place is the sign that is wrong, and not the quote before it.
        shown_start = end - 1 if found[-1] == "\\" else start
        help = row.help if isinstance(row.help, str) else row.help(found)
        inner = SIGNS[found] if row.reading == "sign" else found.strip("'“”„＂\"")
        reading: Reading = "stop" if found == "/*" else row.reading
        place = Span(source, shown_start, shown_end)
        return Foreign(
            row.pattern.pattern, row.message.format(quoted(found.strip('"'))), help, reading, place, end, inner
        )
    sign = text[start : start + 1]
    message = f"{quoted(sign)} cannot stand here"
    return Foreign(message, message, "", "stop", Span(source, start, start + len(sign)), start + 1)


def thousands(before: str, after: str) -> str:
    """What to write for a number that was cut at the comma between its thousands; an empty text where it was not."""
    number = ungrouped(f"{before},{after}")
    return f"write {number}, without marks between the thousands" if number else ""
