"""What a YAML parser complains about, in plain sentences."""

from __future__ import annotations

import re

import yaml

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.states.nodes import DEPTH_LIMIT, quoted

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


#: What stands at the beginning of a line, and what is wrong with it; in a file that can be read none of it is looked for.
_SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), message, help)
    for pattern, message, help in (
        (r" *(?:- +)*(?P<at>\w[\w-]*) ?：", "the colon after {} is a full-width one", "write `name: value`, with the sign `:`"),
        (r" *(?P<at>-)[A-Za-z_]", "there is no space after the dash", "write `- name: value`, with a space"),
        (r" *(?P<at>[–—‒−－•·●]) ?\w", "a list item begins with a dash (-), not with {}", "write `- name: value`"),
        (r" *(?P<at>//|/\*)", "a comment cannot begin with {}", "begin comments with `#`"),
        (r" *(?:- +)*(?P<at>[A-Za-z_][\w-]*) *:[^\s:/]", "there is no space after the colon of {}",
         "write `name: value`, with a space"),
        (r" *(?:- +)*(?P<at>[A-Za-z_][\w-]*) *=", "a colon belongs after {}, not an equals sign", "write `name: value`"),
        (r" *(?:- +)*[A-Za-z_][\w-]*: *(?P<at>[｛［（])", "the bracket {} is a full-width one", "write { and }"),
        (r" *(?:- +)*[A-Za-z_][\w-]*: *(?P<at>\()[\w ]+:", "names and values stand between braces, not behind {}",
         "write { and }"),
        (r" *(?P<at>[a-z_][\w-]*) *$", "the colon after {} is missing", "write `name:`, and its facts below it"),
        (r" *(?:- +)*(?P<at>[a-z_][\w-]*) +[^\s:#](?!.*:(?:\s|$))", "the colon after {} is missing",
         "write `name: value`, with a space"),
    )
)  # fmt: skip
#: How much of a line is looked at: slips stand at the beginning, and the time stays bounded.
_LENGTH = 2000
#: A line that states a fact and is finished.
_FACT = re.compile(r" *(?:- +)*[A-Za-z_][\w-]*: +[^\s#|>&*!].*")
#: Signs of East Asian keyboards where YAML has others.
_WIDE = {"，": ",", "：": ":", "｝": "}", "］": "]"}


def slip(source: Source, number: int, prose: bool = False) -> Diagnostic | None:
    """What is plainly wrong at the beginning of a line, in a file of which it is known that something is.

    Args:
        prose: the line may be meant as words in a row, in which no colon is missing.
    """
    text = source.line(number)[:_LENGTH]
    for pattern, message, help in _SLIPS[: -2 if prose else None]:
        if (found := pattern.match(text)) is not None:
            start = source.line_starts[number - 1] + found.start("at")
            span = Span(source, start, start + len(found["at"]))
            return Diagnostic(Code.STATE_SYNTAX, message.format(quoted(found["at"])), span, help=help)
    return None


def line_before(source: Source, number: int) -> int:
    """The nearest line above that says something; 0 where there is none."""
    number -= 1
    while number and source.line(number).strip()[:1] in ("", "#"):
        number -= 1
    return number


def explain(source: Source, error: yaml.MarkedYAMLError, base: int) -> Diagnostic:
    """The diagnostic for what a parser of PyYAML raised.

    A parser notices many a slip a line further down only. So what is plainly wrong in the line above, or before the
    place in its own line, is told instead.

    Args:
        base: how many characters of the text the parser did not get to see.
    """
    mark = error.problem_mark or error.context_mark
    offset = min((mark.index if mark else 0) + base, len(source.text))
    opened = error.context_mark.index + base if error.context_mark is not None else offset
    if "nesting depth" not in str(error.problem) and source.text[offset : offset + 1] != "\t":
        line = source.position(offset)[0]
        if "flow" in str(error.context):
            found = _in_brackets(source, opened, offset)
        elif "quoted scalar" in str(error.context):
            found = None
        else:
            above = line_before(source, line)
            found = (slip(source, above) if above else None) or slip(source, line) or _indented(source, above, offset)
        if found is not None:
            return found
    return _at_mark(source, error, offset, opened)


def _in_brackets(source: Source, opened: int, offset: int) -> Diagnostic | None:
    """What is wrong between a bracket and the place where the parser could not go on."""
    inside = source.text[opened:offset]
    if (wide := re.search(r"[，：｝］](?=\s|[^\s]*:\s)", inside[:_LENGTH])) is not None:
        sign = wide[0]
        span = Span(source, opened + wide.start(), opened + wide.end())
        message = f"the sign {quoted(sign)} is a full-width one"
        return Diagnostic(Code.STATE_SYNTAX, message, span, help=f"write {quoted(_WIDE[sign])} and a space")
    sign = source.text[offset : offset + 1]
    name = re.search(r"\s([\w-]+)\s*$", inside) if sign == ":" else None
    before = (inside[: name.start(1)] if name is not None else inside).rstrip()
    if (name is not None and "\n" not in inside[len(before) :]) or (sign and sign in "{[\"'"):
        end = opened + len(before)
        help = f"put a comma before {quoted(name[1] if name is not None else sign)}"
        message = "a comma or a closing bracket is missing"
        return Diagnostic(Code.STATE_SYNTAX, message, Span(source, end, end), help=help)
    if "\n" in inside:
        bracket = source.text[opened : opened + 1]
        message, help = "a comma or a closing bracket is missing", f"close what was opened with {bracket} here"
        return Diagnostic(Code.STATE_SYNTAX, message, Span(source, opened, opened + 1), help=help)
    return None


def _indented(source: Source, above: int, offset: int) -> Diagnostic | None:
    """A fact that is indented further than the finished one above it."""
    line, column = source.position(offset)
    text = source.line(line)
    before = text[: column - 1]
    indent = len(text) - len(text.lstrip(" "))
    first = source.line(above) if above else ""
    of_above = len(first) - len(first.lstrip(" -"))
    if text[column - 1 : column] == ":" and ": " not in before and indent > of_above and _FACT.fullmatch(first):
        start = source.line_starts[line - 1] + indent
        message = "the line is indented further than the fact above it, which is finished"
        help = "indent the facts of one record by the same number of spaces"
        return Diagnostic(Code.STATE_SYNTAX, message, Span(source, start, start + column - 1 - indent), help=help)
    return None


def _at_mark(source: Source, error: yaml.MarkedYAMLError, offset: int, opened: int) -> Diagnostic:
    """What the parser says, in a plain sentence."""
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
    if "never closed" in message:
        offset = opened  # the quote that was opened, not the end of the file
    return Diagnostic(Code.STATE_SYNTAX, message, Span(source, offset, min(offset + 1, len(source.text))), help=help)


def _sentence(problem: str, context: str) -> tuple[str, str]:
    for in_problem, in_context, message, help in _SENTENCES:
        if re.search(in_problem, problem) and re.search(in_context, context):
            return message, help
    return "this cannot be read as YAML", "write `name: value` lines, indented with spaces, and list items with a dash"
