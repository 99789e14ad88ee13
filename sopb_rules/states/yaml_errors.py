"""What a YAML parser complains about, in plain sentences."""

from __future__ import annotations

import re

import yaml

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.states.nodes import DEPTH_LIMIT

#: What the parsers in C and in Python say (problem), with what was being read (context), and what it means.
_SENTENCES: tuple[tuple[str, str, str, str], ...] = (
    ("mapping values are not allowed", "", "there is a second colon in this line, or the line above is not finished",
     "put a text with a colon in quotes, and begin each fact on its own line"),
    ("unexpected end of stream", "quoted scalar", "a quote is opened and never closed", "close the quote"),
    ("document separator", "quoted scalar", "a quote is opened and never closed", "close the quote"),
    ("unknown escape character|expected escape sequence|did not find expected hexdecimal", "",
     "the backslash in this text has no meaning here", "use single quotes around a text with a backslash"),
    ("expected ',' or '.'", "flow", "a comma or a closing bracket is missing", "close what was opened with [ or {"),
    ("expected the node content|did not find expected node content", "flow",
     "a value is missing between brackets", "close what was opened with [ or {"),
    ("could not find expected ':'", "", "the colon after a name is missing", "write `name: value`, with a space"),
    ("tab character|'\\\\t'", "", "there is a tab character before the text", "indent with spaces"),
    ("sequence entries are not allowed", "", "a list cannot begin in the middle of a line",
     "begin the list on the next line, each item with a dash"),
    ("", "block scalar", "after `|` or `>` the text begins on the next line",
     "put a text that begins with them in quotes"),
    ("mapping keys are not allowed", "", "a question mark cannot stand here", "put the text in quotes"),
    ("found undefined alias", "", "a text cannot begin with an asterisk", "put the text in quotes"),
    ("expected alphabetic or numeric|unexpected characters|did not find expected alphabetic", "anchor",
     "a text cannot begin with `&`", "put the text in quotes"),
    ("expected alphabetic or numeric|unexpected characters|did not find expected alphabetic", "alias",
     "a text cannot begin with an asterisk", "put the text in quotes"),
    ("expected <document start>", "", "the text goes on after its end",
     "begin each entity in the first column, and each list item with a dash"),
    ("", "block mapping",
     "the line is not indented like the lines around it, or a quote or bracket above is not closed",
     "indent the facts of one record by the same number of spaces"),
    ("", "block collection|block sequence", "the line is not indented like the list items above it, or lacks its dash",
     "indent the items of a list by the same number of spaces, each with a dash"),
    ("indentation", "", "the line is not indented enough", "indent the text by more spaces than its name"),
    ("", "tag|directive", "a text cannot begin with `!` or `%`", "put the text in quotes"),
)  # fmt: skip
#: Characters that mean something to YAML and cannot begin a text.
_SIGNS = frozenset("@`%]},?")


def explain(source: Source, error: yaml.MarkedYAMLError, base: int) -> Diagnostic:
    """The diagnostic for what a parser of PyYAML raised.

    Args:
        base: how many characters of the text the parser did not get to see.
    """
    mark = error.problem_mark or error.context_mark
    offset = min((mark.index if mark else 0) + base, len(source.text))
    problem, context = str(error.problem or ""), str(error.context or "")
    character = source.text[offset : offset + 1]
    if "nesting depth" in problem:
        message = f"values stand more than {DEPTH_LIMIT} levels inside each other"
        return Diagnostic(Code.STATE_TOO_DEEP, message, Span(source, offset, min(offset + 1, len(source.text))))
    before = source.line(source.position(offset)[0])[: source.position(offset)[1] - 1]
    if character == "\t":
        message, help = _sentence("tab character", "")
    elif character in _SIGNS and character and before.rstrip()[-1:] in ("", ":", "-"):
        message, help = f"a text cannot begin with `{character}`", "put the text in quotes"
    elif character == ":" and not before.strip(" -"):
        message, help = "there is no name before the colon", "write `name: value`"
    elif character not in ("", "\n") and before.strip(" -") and re.search("block [mcs][aoe]", context):
        message, help = "the value ends before this place", "put the whole text in quotes"
    else:
        message, help = _sentence(problem, context)
    unclosed = "never closed" in message and error.context_mark is not None
    if unclosed and error.context_mark is not None:
        offset = error.context_mark.index + base  # the quote that was opened, not the end of the file
    return Diagnostic(Code.STATE_SYNTAX, message, Span(source, offset, min(offset + 1, len(source.text))), help=help)


def _sentence(problem: str, context: str) -> tuple[str, str]:
    for in_problem, in_context, message, help in _SENTENCES:
        if re.search(in_problem, problem) and re.search(in_context, context):
            return message, help
    return "this cannot be read as YAML", "write `name: value` lines, indented with spaces, and list items with a dash"
