"""Colours for policy text: the words of the language, labels, bar lines, numbers and dates."""

from __future__ import annotations

from pygments.lexer import RegexLexer, words
from pygments.lexers.special import TextLexer
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, Punctuation, String, Text
from sphinx.application import Sphinx

STATEMENTS = (
    "vocabulary", "role", "kind", "ordered kind", "entity", "parameter", "article", "norm", "decision", "define",
    "note", "tension", "overlap", "gap", "fallback", "measures", "set", "tighten", "facts of",
)  # fmt: skip
FORCES = (
    "must not", "must", "should not", "should", "is encouraged to", "are encouraged to", "may", "will", "is to",
    "are to",
)  # fmt: skip
PARTS = (
    "about", "when", "unless", "the", "provided", "treatment", "on", "case", "gives", "overriding", "means", "example", "given", "then",
    "judged by", "has the force of", "from low to high", "from", "version", "currency", "under",
)  # fmt: skip
OPERATORS = (
    "is at least", "is at most", "is more than", "is fewer than", "is less than", "is above", "is below",
    "is on or before", "is on or after", "is before", "is after", "is one of", "is not", "is absent",
    "is unknown", "is none", "is met",
    "is unmet", "does not apply", "applies", "exists", "is", "are", "and", "or", "not", "any", "every", "in", "where",
    "satisfies", "number of", "plus", "minus", "times", "of", "today", "yes", "no", "judgement",
)  # fmt: skip
TYPES = (
    "yes/no", "count", "number", "percent", "money", "date", "text", "period in days", "period in months", "optional",
    "reference to", "list of", "judgement by", "act", "by",
)  # fmt: skip


def _some(phrases: tuple[str, ...]) -> words:
    return words(phrases, prefix=r"(?<![\w.])", suffix=r"\b")


class PolicyLexer(RegexLexer):
    """Pygments lexer of `.policy` text; for the eye only, the grammar is `grammar/policy.lark`."""

    name = "Policy"
    aliases = ["policy"]  # noqa: RUF012 - the form that Pygments asks for
    filenames = ["*.policy"]  # noqa: RUF012
    tokens = {  # noqa: RUF012
        "root": [
            (r"#[^\n]*", Comment.Single),
            (r"\|[^\n]*", Literal.String.Doc),
            (r'"[^"\n]*"', String),
            (words(STATEMENTS, prefix=r"^", suffix=r"\b"), Keyword.Declaration),
            (_some(FORCES), Keyword),
            (r"\([a-z]\)", Name.Label),
            (r"\d{4}-\d{2}-\d{2}", Number),
            (r"\d+(\.\d+)*(/\d+)?%?", Number),
            (words(TYPES[6:], prefix=r"\b", suffix=r"\b"), Keyword.Type),
            (_some(PARTS), Keyword),
            (_some(OPERATORS), Operator.Word),
            (words(TYPES[:6], prefix=r"\b", suffix=r"\b"), Keyword.Type),
            (r"[a-z][a-z0-9_]*", Name),
            (r"[(),.]", Punctuation),
            (r"\s+", Text.Whitespace),
            (r".", Text),
        ]
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the lexer known to Sphinx."""
    app.add_lexer("policy", PolicyLexer)
    app.add_lexer("csv", TextLexer)  # Pygments has none
    return {"parallel_read_safe": True, "parallel_write_safe": True}
