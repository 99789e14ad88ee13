"""What a parser error means to the person who wrote the line: no name of a token ever shows.

Each rule looks for one sort of mistake at the place where reading stopped, and the first that finds its sort explains
the error. The place that it points at may lie before the one where reading stopped: `x is atleast 3` stops at `3`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lark.exceptions import UnexpectedInput

from sopb_rules.diagnostics import Code, Diagnostic, nearest
from sopb_rules.source import Source
from sopb_rules.syntax import habits, name_slips, value_slips, word_slips
from sopb_rules.syntax.expectations import expected, keywords, language_words
from sopb_rules.syntax.layout import PARTS, STATEMENT_WORDS, Chunk
from sopb_rules.syntax.stop import Stop

# A line that begins with one of these opens a new part, so what is missing is missing before it.
_PART_OPENERS = frozenset({
    "WHEN", "UNLESS", "THE", "PROVIDED", "EXAMPLE", "GIVEN", "THEN", "LETTER", "BAR", "CASE", "MEANS", "STRING", "_LINE", "",
})  # fmt: skip

# What a statement cannot do without, by the terminal that it begins with.
_NEEDED = {
    "MUST": ("the force is missing", "`must`, `should`, `may`, `is encouraged to` or another force"),
    "THEN": ("`then` is missing", "`then` and a verdict, as in `then 8.1 is met`"),
    "THE": ("the line with the bearer and the force is missing", "a line such as `the organization must`"),
    "ABOUT": ("`about` is missing", "`about` and an entity, as in `about organization`"),
    "MEANS": ("`means` is missing", "`means` and a condition"),
}
_BULLET = re.compile(r"\s*(\((?:[A-Z]|\d+|[ivx]{2,4})\)|(?:\d+|[A-Za-z])[.)]|[*•·‣–-])(?=\s)")
_LOOSE_NAME = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z][A-Za-z0-9_]*)*")
_LABEL_PLACE = (
    r"(?:\([a-z]\)|\b(?:(?:must|should)(?:[ \t]+not)?|may|will|(?:is|are)(?:[ \t]+encouraged)?[ \t]+to|provided))"
    r"\s+((?:[A-Za-z]+[ \t]+){0,2})$"
)
_BEARER = r"the[ \t]+[a-z]\w*[ \t]+(?:must|should|may|will|is|are)\b"
_FORCE_FOLLOWS = r"[a-z]\w*[ \t]+(?:must|should|may|will|is|are)\b"
#: The letter of a clause in parentheses of another keyboard.
_WIDE_LETTER = re.compile(r"[（(][a-z][)）](?<!\([a-z]\))")
#: A label that ends before a word, and one more quotation mark on the line.
_INNER_QUOTATION = re.compile(r'([^"\n]*"[^"\n]*)"\w[^"\n]*"')
_SIGN = re.compile("|".join(map(re.escape, sorted(habits.ALL_SIGNS, key=len, reverse=True))))
# A line of so many spaces is prose.
_SENTENCE = 3
# A word of up to this many letters has too many neighbours for two edits.
_SHORT = 8


def explain(error: UnexpectedInput, source: Source, chunk: Chunk) -> Diagnostic:
    """The one diagnostic for a statement that could not be read."""
    stop = Stop.of(error, source, chunk)
    for rule in _RULES:
        if (diagnostic := rule(stop)) is not None:
            return diagnostic
    return _does_not_fit(stop)


# ---- signs and characters -----------------------------------------------------------------------------------


def _unknown_statement(stop: Stop) -> Diagnostic | None:
    if stop.offset > 0 or not stop.character.isprintable():
        return None
    match = re.match(r"[^\s:]+", stop.text)
    shown = match[0] if match else stop.character
    if shown.lower() in STATEMENT_WORDS:
        help = f"write `{shown.lower()}`"
    elif shown.lower() in PARTS or shown[0] in '|("':
        help = "indent the parts of a statement below its first line"
    else:
        near = nearest(shown.lower(), STATEMENT_WORDS, 1 if len(shown) < _SHORT // 2 + 1 else 2)
        words = ", ".join(STATEMENT_WORDS)
        help = f"did you mean `{near}`?" if near else f"a statement starts with: {words}"
    return stop.diagnostic(f"`{shown}` starts no statement", 0, len(shown), Code.UNKNOWN_STATEMENT, help=help)


def _quotation(stop: Stop) -> Diagnostic | None:
    """A text in quotes that does not end, or that ended at a quotation mark inside it."""
    line = stop.text[stop.line_start : stop.line_end]
    inside = _INNER_QUOTATION.match(line)
    if inside is not None and not stop.opens_line and stop.offset >= stop.line_start + inside.end(1):
        place = stop.line_start + inside.end(1)
        help = "inside a label write “ and ” instead of the plain quotation mark"
        return stop.diagnostic("a quotation mark stands inside a label", place, place + 1, help=help)
    if stop.character != '"' or stop.text.find('"', stop.offset + 1, stop.line_end) >= 0:
        return None
    message, end = "the text in quotes does not end on its line", stop.line_end
    curly = re.search("[”“„″＂]", stop.text[stop.offset : end])
    help = f'write `"` instead of `{curly[0]}`' if curly else ""
    return stop.diagnostic(message, stop.offset, end, Code.UNCLOSED_QUOTE, 'a closing "', help)


def _bullet(stop: Stop) -> Diagnostic | None:
    """A clause with a dash, a number or a large letter in place of its letter."""
    match = _BULLET.match(stop.text, stop.line_start)
    if match is None or stop.offset - match.end() > 2 or not stop.where.startswith(("norm", "tighten")):
        return None
    help = "write the letter of a clause as `(a)`, `(b)` and so on"
    return stop.diagnostic(f"`{match[1]}` starts no clause", match.start(1), match.end(1), help=help)


def _foreign(stop: Stop) -> Diagnostic | None:
    """A character that a keyboard or a word processor put in."""
    first = stop.character
    if not first or first in habits.SIGNS or (first.isascii() and first.isprintable() and first not in ":;?'`"):
        return None
    if first == "\n" or (habits.plain(first) in habits.SIGNS and "TODAY" not in stop.accepted):
        return None  # something is missing on the line, or it is an operator
    end = stop.offset + 1
    if (letter := _WIDE_LETTER.match(stop.text, stop.offset)) is not None:
        end = letter.end()
    elif not habits.useless(first) and habits.plain(first).isalnum():
        while end < stop.line_end and not stop.text[end].isascii() and habits.plain(stop.text[end]).isalnum():
            end += 1
    run = stop.text[stop.offset : end]
    if len(run) > 1:
        message = f"the characters `{run}` are not part of the language here"
    else:
        number = f"U+{ord(run):04X}"
        shown = number if not run.isprintable() else f"`{run}`" if run.isascii() else f"`{run}` ({number})"
        message = f"the character {shown} is not part of the language here"
    quoted = (
        first == "'"
        and "STRING" in stop.accepted
        and re.match(r"'[^\n']* [^\n']*'", stop.text[stop.offset : stop.line_end])
    )
    help = 'write `"`' if quoted else _instead(run, "COMMA" in stop.accepted)
    return stop.diagnostic(message, stop.offset, end, Code.FOREIGN_CHARACTER, help=help)


def _instead(run: str, comma_fits: bool) -> str:
    """What to write instead of foreign characters."""
    if habits.useless(run):
        return "write a comma" if run in ";；" and comma_fits else "leave it out"
    if not run.isprintable() and not run.isspace():
        return "leave it out"
    plain = habits.plain(run)
    if plain.isspace():
        return "write an ordinary space"
    if plain and plain != run:
        return f"write `{plain}`"
    return "names are lower-case letters, digits and `_`; other text stands in quotes or behind a bar"


def _sign(stop: Stop) -> Diagnostic | None:
    """An operator in signs."""
    match = _SIGN.match(stop.text, stop.offset)
    if match is None:
        return None
    sign = match[0]
    message = f"`{sign}` is a sign of {'programming languages' if sign.isascii() else 'mathematics'}"
    phrase, help = f"the words {habits.SIGNS[habits.plain(sign) or sign]}", ""
    compared = stop.before(r"([a-z][\w.]*)\s*$")
    value = re.compile(r"\s*([A-Za-z]+)\b").match(stop.text, match.end())
    if compared is not None and value is not None and habits.plain(sign) in ("=", "==", "!=", "<>"):
        help = _said_of(compared[1], value[1].lower(), habits.plain(sign) in ("=", "=="))
    return stop.diagnostic(message, match.start(), match.end(), Code.PROGRAMMING_OPERATOR, phrase, help)


def _said_of(fact: str, word: str, same: bool) -> str:
    """What to write for a comparison with `true`, `null` and the like; "" for one with anything else."""
    if word in habits.TRUTHS:
        return f"a yes/no fact stands alone: write `{'' if habits.TRUTHS[word] == same else 'not '}{fact}`"
    if word in habits.NOTHING:
        return f"write `{fact} {'is absent' if same else 'exists'}`"
    return ""


def _hyphen(stop: Stop) -> Diagnostic | None:
    return _name(stop) if stop.character == "-" or stop.text[stop.offset - 1 : stop.offset].isalnum() else None


def _without_bar(stop: Stop) -> Diagnostic | None:
    """A sentence of the document in lines that have no bar."""
    line = stop.text[stop.line_start : stop.line_end].strip()
    if "BAR" not in stop.accepted or not stop.opens_line or not (stop.character.isupper() or stop.character == "“"):
        return None
    # `When formal_members is …` is a large letter, “When a social organization undergoes …” a sentence.
    is_keyword = line.split()[0].lower() in set(keywords(stop.accepted))
    if line.count(" ") < (2 * _SENTENCE if is_keyword else _SENTENCE):
        return None
    return _bar_missing(stop, line)


def _further_without_bar(stop: Stop) -> Diagnostic | None:
    """A further line of a sentence, which may begin with a small letter."""
    line = stop.text[stop.line_start : stop.line_end].strip()
    before = stop.text[stop.text.rfind("\n", 0, stop.content_end) + 1 : stop.content_end]
    is_further = before.lstrip().startswith("|") and stop.opens_line and stop.character.islower()
    if "BAR" not in stop.accepted or not is_further or line.count(" ") < _SENTENCE:
        return None
    # A condition without `when` has names of several words, or begins with one that a comparison follows.
    return None if re.match(r"\S*_|\S+[ \t]+(is|are|exists)\b", line) else _bar_missing(stop, line)


def _bar_missing(stop: Stop, line: str) -> Diagnostic:
    message = "this reads like a sentence of the document, and has no bar"
    help = f"write `| {line[:24].rstrip()} …`: each line of a sentence begins with a bar"
    return stop.diagnostic(message, stop.offset, stop.line_end, expected=expected(stop.accepted), help=help)


def _several_words(stop: Stop) -> Diagnostic | None:
    """`the social organization should`: a bearer in the words of the document instead of its name."""
    if not stop.accepted >= {"MUST", "SHOULD"} or not stop.where.startswith(("norm", "tighten")):
        return None
    start = stop.text.rfind("the ", stop.line_start, stop.offset) + len("the ")
    match = re.compile(r"((?:[A-Za-z'-]+[ \t]+){2,6})(?:must|should|may|will|is|are)\b").match(stop.text, start)
    if match is None or start < len("the "):
        return None
    words = match[1].split()
    message = f"`{' '.join(words)}` is not one name"
    names = dict.fromkeys(["_".join(words).lower(), words[-1].lower()])
    shown = " or ".join(f"`the {name}`" for name in names if re.fullmatch(r"[a-z]\w*", name))
    help = f"write the name of a role or an entity of the vocabulary, as in {shown}"
    return stop.diagnostic(message, start, start + len(match[1].rstrip()), expected=expected(stop.accepted), help=help)


def _name(stop: Stop) -> Diagnostic | None:
    """`formal-members`, `formalMembers` or `Members` where a name could stand."""
    match = stop.around(_LOOSE_NAME, 60)
    if match is None or not (stop.character == "-" or stop.character.isupper()):
        return None
    name = re.sub(r"(?<=[a-z0-9])-?(?=[A-Z])", "_", match[0]).replace("-", "_").lower()
    message = f"`{match[0]}` is not a name"
    phrase = "lower-case letters, digits and `_`"
    return stop.diagnostic(message, match.start(), match.end(), expected=phrase, help=f"write `{name}`")


# ---- words --------------------------------------------------------------------------------------------------


def _large_letters(stop: Stop) -> Diagnostic | None:
    """A keyword of the place in capitals."""
    if not stop.character.isupper():
        return None
    fitting = set(keywords(stop.accepted))
    for shown, end in stop.phrases_at(stop.offset):
        if shown.lower() in fitting:
            message = f"`{shown}` is written in small letters"
            return stop.diagnostic(message, stop.offset, end, help=f"write `{shown.lower()}`")
    return None


def _habit(stop: Stop) -> Diagnostic | None:
    """A word from elsewhere for which the language has its own."""
    for start, accepted, shown, end in stop.suspects():
        instead = habits.WORDS.get(shown.lower(), ())
        fitting = [word for word in instead if word in set(keywords(accepted))]
        if fitting:
            help = "write " + " or ".join(f"`{word}`" for word in fitting)
            help += ", whichever the document says" if len(fitting) > 1 else ""
            message = f"`{shown}` is not a word of the language here"
            return stop.diagnostic(message, start, end, expected=expected(accepted), help=help)
    return None


def _misspelt(stop: Stop) -> Diagnostic | None:
    """A keyword with a letter too many, too few or in another place, or with another space."""
    for limit in (1, 2):
        for start, accepted, shown, end in stop.suspects():
            if shown.lower() in language_words():
                continue
            fitting = [word for word in keywords(accepted) if _could_be(word, shown, limit, start >= stop.offset)]
            if (near := nearest(shown.lower(), fitting, limit)) is not None:
                message, help = f"`{shown}` does not fit here", f"did you mean `{near}`?"
                return stop.diagnostic(message, start, end, expected=expected(accepted), help=help)
    return None


def _could_be(keyword: str, shown: str, limit: int, at_stop: bool) -> bool:
    """Whether so many edits of a keyword are likely to be a slip and no other word."""
    words = keyword.count(" ")
    if words == 0 and not at_stop:
        return limit == 1 and len(keyword) > 2 and " " not in shown
    long_enough = len(keyword) > 2 if limit == 1 else len(keyword) > (_SHORT if words else _SHORT // 2)
    return long_enough and abs(words - shown.count(" ")) <= 1


def _yes_or_no(stop: Stop) -> Diagnostic | None:
    """`approved is yes` in a condition."""
    match = stop.before(r"([\w.]+)\s+is(\s+not)?\s+$")
    if stop.terminal not in ("YES", "NO") or match is None or "TODAY" not in stop.accepted:
        return None
    if re.match(r"no[ \t]+(?:more|less|fewer|longer|later|earlier)\b", stop.text[stop.offset : stop.line_end]):
        return None
    holds = (stop.terminal == "YES") != bool(match[2])
    help = f"a yes/no fact stands alone: write `{'' if holds else 'not '}{match[1]}`"
    return stop.at_found(f"`{stop.found}` does not fit here", help=help)


def _label(stop: Stop) -> Diagnostic | None:
    """A label without quotes."""
    if not stop.found[:1].isalpha() or stop.terminal in ("WHEN", "UNLESS", "PROVIDED", "AND", "OR"):
        return None
    start = stop.offset
    if stop.opens_line or "STRING" not in stop.accepted or "NAME" in stop.accepted:
        match = stop.before(_LABEL_PLACE) if stop.where.startswith(("norm", "tighten")) else None
        if match is None or (stop.opens_line and not stop.character.isupper()):
            return None
        start -= len(match[1])
    end = stop.end_of_words(start)
    text = stop.text[start:end]
    phrase, help = expected(stop.accepted), f'write `"{text}"`'
    return stop.diagnostic("a label stands in quotes", start, end, expected=phrase, help=help)


# ---- the order of parts -------------------------------------------------------------------------------------


def _mixed(stop: Stop) -> Diagnostic | None:
    if stop.terminal not in ("AND", "OR") or not stop.accepted & {"AND", "OR"}:
        return None
    if stop.accepted & {"MUST", "SHOULD"} or stop.before(r"\bthen\b[^\n]*$"):
        return stop.at_found(
            "`or` does not fit here", expected=expected(stop.accepted), help="several are joined by `and`"
        )
    message = "`and` and `or` stand side by side, which people read in two ways"
    help = "put parentheses around the part that belongs together"
    return stop.at_found(message, code=Code.MIXED_AND_OR, help=help)


def _parenthesis(stop: Stop) -> Diagnostic | None:
    """A parenthesis that is not closed before the next part, or one too many."""
    if stop.terminal == "RPAR" and stop.open_parenthesis() is None:
        return stop.at_found("the parenthesis was not opened", help="leave `)` out, or open it before")
    if "RPAR" not in stop.accepted or not (stop.ended or stop.terminal in _PART_OPENERS):
        return None
    opened = stop.open_parenthesis()
    place = f"the parenthesis in line {opened.line}, column {opened.column} is still open" if opened else ""
    return stop.at_gap(f"a closing parenthesis is missing{stop.after}", expected="`)`", help=place)


def _order(stop: Stop) -> Diagnostic | None:
    """A part of a norm that stands where another one should."""
    if "TODAY" in stop.accepted or not stop.where.startswith(("norm", "decision", "definition")):
        return None
    message = help = ""
    match stop.terminal:
        case "WHEN" | "UNLESS" if stop.has_part(stop.found):
            message, help = f"`{stop.found}` stands twice", "join the conditions by `and` or `or`"
        case "WHEN" if stop.has_part("example"):
            message, help = "`when` does not belong to an example", "an example states its facts behind `given`"
        case "WHEN" | "UNLESS" if stop.has_part("the"):
            message = f"`{stop.found}` stands behind the bearer"
            help = "put `when` and `unless` above the line with the bearer and the force"
        case "WHEN" if stop.has_part("unless"):
            message, help = "`when` stands behind `unless`", "put `when` first"
        case "PROVIDED" if not stop.has_part(r"the\b.*\bmay"):
            message, help = "`provided` belongs to a permission (`may`)", "put the condition of a duty into `when`"
        case "STRING" if match := stop.before(r"\bmay\s+(\([a-z]\))\s+$"):
            message, help = f"`{match[1]}`: a permission has one act, which has no letter", "write a norm for each act"
            start = stop.text.rindex(match[1], 0, stop.offset)
            return stop.diagnostic(message, start, start + len(match[1]), expected=expected(stop.accepted), help=help)
        case "STRING" | "LETTER" if stop.opens_line and "AND" in stop.accepted and "OR" in stop.accepted:
            message, help = "a second clause needs letters", "begin the clauses with `(a)`, `(b)` and so on"
        case "BAR" if not stop.accepted & {"ABOUT", "GIVES"}:
            message = "the source text stands in another place"
            help = "bar lines stand directly below the first line of the norm, case or definition"
    return stop.at_found(message, expected=expected(stop.accepted), help=help) if message else None


def _missing(stop: Stop) -> Diagnostic | None:
    """Something that is missing before the next part or the end."""
    if not stop.ended and not (stop.terminal in _PART_OPENERS and stop.opens_line):
        return None
    if "BAR" in stop.accepted and stop.where.startswith("note") and re.match(_BEARER, stop.text[stop.offset :]):
        message = "a note has no bearer and no force"
        return stop.at_found(message, help="begin with `norm` where somebody has to act, or leave it out")
    if stop.after.endswith(".`"):
        place, phrase = stop.content_end - 1, expected(stop.accepted)
        message, help = f"something is missing{stop.after}", "leave out the full stop"
        return stop.diagnostic(message, place, place + 1, expected=phrase, help=help)
    help = ""
    if stop.where.startswith("note") and stop.accepted == {"NAME"}:
        return stop.at_gap("the kind of the note is missing", expected="`background`, `principle` or `aim`")
    needed = [_NEEDED[name] for name in _NEEDED if name in stop.accepted and "TODAY" not in stop.accepted]
    message, phrase = needed[0] if needed else (f"something is missing{stop.after}", expected(stop.accepted))
    return stop.at_gap(message, expected=phrase, help=help)


def _does_not_fit(stop: Stop) -> Diagnostic:
    help = ""
    if stop.found == "and" and "COMMA" in stop.accepted and "THEN" in stop.accepted:
        help = "write a comma"
    elif stop.found == "," and "AND" in stop.accepted:
        help = "join the conditions by `and` or `or`" if "OR" in stop.accepted else "write `and`"
    elif "THE" in stop.accepted and re.match(_FORCE_FOLLOWS, stop.text[stop.offset : stop.line_end]):
        help = f"begin with `the`, as in `the {stop.found} must`"
    elif stop.accepted == {"LPAR"}:
        help = "put the condition in parentheses"
    elif stop.found.startswith(".") and "DOT" not in stop.accepted:
        help = "leave out the full stop"
    return stop.at_found(f"`{stop.found}` does not fit here", expected=expected(stop.accepted), help=help)


_RULES: tuple[Callable[[Stop], Diagnostic | None], ...] = (
    _unknown_statement, _without_bar, _several_words, _quotation, *value_slips.RULES, _bullet, *word_slips.RULES,
    *name_slips.FACT_RULES, _hyphen, _foreign, _sign, _large_letters, _mixed, _parenthesis, _yes_or_no, _habit, _misspelt,
    _further_without_bar, _label, _name, name_slips.spaced_name, _order, _missing,
)  # fmt: skip
