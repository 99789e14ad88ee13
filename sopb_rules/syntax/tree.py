"""The tree of a policy file: what is written, before any name is known.

Spans and comments are left out of equality: two trees are equal when they say the same.
"""

# `_span()` is a field, which attrs takes for each class anew.

from __future__ import annotations

from typing import Any

import attrs

from sopb_rules.source import Source, Span


def _span() -> Any:
    return attrs.field(eq=False, repr=False, kw_only=True)


@attrs.frozen
class Name:
    """A name, a word of the language or a number id, where it stands."""

    text: str
    span: Span = _span()

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class Label:
    """A text in quotes."""

    text: str
    span: Span = _span()


@attrs.frozen
class Quote:
    """Bar lines: the source text, a line each, without the bar."""

    lines: tuple[Name, ...]

    @property
    def text(self) -> str:
        """The quoted text with its lines joined by one space."""
        return " ".join(line.text.strip() for line in self.lines if line.text)


# ---- values and terms ---------------------------------------------------------------------------------------


@attrs.frozen
class Constant:
    """A literal whose form tells its type: integer, decimal, percent, period, date, text or amount."""

    form: str
    text: str
    span: Span = _span()
    unit: str = ""


@attrs.frozen
class Word:
    """A literal that only its place gives a type: a kind value, yes or no."""

    text: str
    span: Span = _span()


Literal = Constant | Word


@attrs.frozen
class Path:
    """Names joined by dots."""

    names: tuple[Name, ...]
    span: Span = _span()

    @property
    def text(self) -> str:
        """The path as written."""
        return ".".join(name.text for name in self.names)


@attrs.frozen
class Share:
    """``40% of gross_proceeds``"""

    percent: Constant
    path: Path
    span: Span = _span()


@attrs.frozen
class Multiple:
    """``2 times formal_members``"""

    factor: Constant
    path: Path
    span: Span = _span()


@attrs.frozen
class NumberOf:
    """``number of changes``, or with a variable and a condition."""

    path: Path
    span: Span = _span()
    variable: Name | None = None
    condition: Expression | None = None


@attrs.frozen
class Today:
    """The date that the evaluation is asked for."""

    span: Span = _span()


@attrs.frozen
class Sum:
    """Terms joined by `plus` and `minus`; the first sign is always `plus`."""

    signs: tuple[str, ...]
    terms: tuple[Term, ...]
    span: Span = _span()


Term = Path | Constant | Share | Multiple | NumberOf | Today | Sum

# ---- conditions ---------------------------------------------------------------------------------------------


@attrs.frozen
class Holds:
    """A yes/no fact, judgement or definition that stands alone."""

    term: Term
    span: Span = _span()


@attrs.frozen
class Compare:
    """Two terms with an operator in words, its white space folded (``is at least``)."""

    operator: Name
    left: Term
    right: Term
    span: Span = _span()


@attrs.frozen
class OneOf:
    """``kind is one of a, b``"""

    term: Term
    values: tuple[Literal, ...]
    span: Span = _span()


@attrs.frozen
class Exists:
    """``party_organization exists``"""

    term: Term
    span: Span = _span()


@attrs.frozen
class IsAbsent:
    """``party_organization is absent``"""

    term: Term
    span: Span = _span()


@attrs.frozen
class Not:
    """``not`` and one condition."""

    condition: Expression
    span: Span = _span()


@attrs.frozen
class Parenthesis:
    """A condition in parentheses; kept, so that formatting gives back what was written."""

    condition: Expression
    span: Span = _span()


@attrs.frozen
class Conjunction:
    """Conditions joined by `and`."""

    parts: tuple[Expression, ...]
    span: Span = _span()


@attrs.frozen
class Disjunction:
    """Conditions joined by `or`."""

    parts: tuple[Expression, ...]
    span: Span = _span()


@attrs.frozen
class Quantified:
    """``any x in path where (…)`` (`every` is False) or ``every x in path satisfies (…)``."""

    every: bool
    variable: Name
    path: Path
    condition: Expression
    span: Span = _span()


@attrs.frozen
class NormReference:
    """``17.4 applies``, ``8.1 is met``, ``8.1 is unmet``"""

    norm: Name
    verb: str
    span: Span = _span()


Expression = (
    Holds | Compare | OneOf | Exists | IsAbsent | Not | Parenthesis | Conjunction | Disjunction | Quantified
    | NormReference
)  # fmt: skip

# ---- the vocabulary -----------------------------------------------------------------------------------------


@attrs.frozen
class Setting:
    """A line of the vocabulary's preamble: `version`, `currency`, or the classification of `will` or `is to`."""

    word: str
    value: Name
    span: Span = _span()


@attrs.frozen
class VocabularyHeader:
    """``vocabulary opinions "…"``"""

    name: Name
    title: Label | None
    settings: tuple[Setting, ...]
    span: Span = _span()


@attrs.frozen
class RoleDeclaration:
    """``role secretary "…"``"""

    name: Name
    label: Label | None
    span: Span = _span()


@attrs.frozen
class KindValue:
    """A value of a kind."""

    name: Name
    label: Label | None
    span: Span = _span()


@attrs.frozen
class KindDeclaration:
    """``kind organization_kind …``"""

    name: Name
    label: Label | None
    ordered: bool
    values: tuple[KindValue, ...]
    span: Span = _span()


@attrs.frozen
class TypeName:
    """The type of a fact as written.

    Args:
        form: `basic` (its word is `name`), `named` (a kind or an entity), `reference`, `list`, `inverse`, `judgement`.
        by: the reference fact of an inverse list.
    """

    form: str
    name: Name
    span: Span = _span()
    optional: bool = False
    by: Name | None = None


@attrs.frozen
class FactDeclaration:
    """A line of an entity."""

    name: Name
    type: TypeName
    label: Label | None
    act: bool
    span: Span = _span()


@attrs.frozen
class EntityDeclaration:
    """``entity organization "…"``"""

    name: Name
    label: Label | None
    facts: tuple[FactDeclaration, ...]
    span: Span = _span()


@attrs.frozen
class DatedValue:
    """``from 2024-01-01 is 35%``; `date` is None for a value that always held."""

    date: Constant | None
    value: Literal
    span: Span = _span()


@attrs.frozen
class ParameterDeclaration:
    """``parameter …``: open where it has no values."""

    name: Name
    type: TypeName
    label: Label | None
    values: tuple[DatedValue, ...]
    assessor: Name | None
    span: Span = _span()


# ---- articles -----------------------------------------------------------------------------------------------


@attrs.frozen
class ArticleHeader:
    """``article 8 "…"``"""

    number: Name
    title: Label
    span: Span = _span()


@attrs.frozen
class Condition:
    """The `when` and `unless` of a norm or a case."""

    when: Expression | None
    unless: Expression | None


@attrs.frozen
class Clause:
    """A labelled condition; `letter` is "" for a clause that stands alone."""

    letter: str
    label: Label | None
    expression: Expression
    span: Span = _span()


# The outcomes and givens of examples


@attrs.frozen
class Given:
    """A fact that an example states: a literal, or one of the words `exists`, `absent`, `unknown`, `none`."""

    path: Path
    value: Literal | str
    span: Span = _span()


@attrs.frozen
class GivenRecords:
    """``changes are (…) and (…)``"""

    path: Path
    records: tuple[tuple[GivenItem, ...], ...]
    span: Span = _span()


@attrs.frozen
class GivenToday:
    """``today is 2026-11-01``"""

    date: Constant
    span: Span = _span()


@attrs.frozen
class GivenJudgement:
    """``judgement 8.3 (a) is yes``; the key as `sopb_rules.model` writes it."""

    key: str
    value: bool
    span: Span = _span()


GivenItem = Given | GivenRecords | GivenToday | GivenJudgement


@attrs.frozen
class Outcome:
    """``8.1 is unmet`` or ``leading_body is central_body``: a norm id or a decision's name, and a verdict or value.

    Args:
        verdict: a word such as `met`, `not_applicable`, `no_case`; "" where `value` is given.
    """

    subject: Name
    verdict: str
    span: Span = _span()
    value: Literal | None = None


@attrs.frozen
class Example:
    """A tested illustration."""

    title: Label
    givens: tuple[GivenItem, ...]
    outcomes: tuple[Outcome, ...]
    span: Span = _span()


@attrs.frozen
class NormDeclaration:
    """A duty or a permission.

    Args:
        force: the words of the force, white space folded (`must not`, `is encouraged to`, `may`, `will`, `is to`).
        provided: the conditions of a permission.
    """

    id: Name
    entity: Name
    quote: Quote
    condition: Condition
    bearers: tuple[Name, ...]
    force: Name
    clauses: tuple[Clause, ...]
    provided: tuple[Clause, ...]
    examples: tuple[Example, ...]
    span: Span = _span()


@attrs.frozen
class CaseDeclaration:
    """A case of a decision."""

    id: Name
    value: Literal
    condition: Condition
    overriding: tuple[Name, ...]
    quote: Quote
    span: Span = _span()


@attrs.frozen
class DecisionDeclaration:
    """``decision 6 leading_body about organization gives body``"""

    id: Name
    name: Name
    entity: Name
    kind: Name
    label: Label | None
    cases: tuple[CaseDeclaration, ...]
    examples: tuple[Example, ...]
    span: Span = _span()


@attrs.frozen
class DefinitionDeclaration:
    """``define newly_established about organization means …``; with the id of its sentence if it quotes one."""

    id: Name | None
    name: Name
    label: Label | None
    entity: Name
    quote: Quote
    expression: Expression
    examples: tuple[Example, ...]
    span: Span = _span()


@attrs.frozen
class NoteDeclaration:
    """``note 1.2 background``"""

    id: Name
    kind: Name
    quote: Quote
    span: Span = _span()


@attrs.frozen
class InterplayDeclaration:
    """``tension joint_party_organization on 8.1, 10.2 "…"``: a remark on how sentences go together.

    Args:
        kind: ``tension``, ``overlap``, ``gap`` or ``fallback``.
        text: what each sentence says and why they touch, in labels that follow each other.
        treatment: how the policies treat it.
    """

    kind: Name
    name: Name
    ids: tuple[Name, ...]
    title: Label
    text: tuple[Label, ...]
    treatment: tuple[Label, ...]
    span: Span = _span()


@attrs.frozen
class MeasuresHeader:
    """``measures riverside "Riverside implementation measures" under opinions``

    Args:
        name: what measures have in front of the numbers of their norms, and what others are under; None where it is left out.
        base: the policies, or the other measures, that they are under.
    """

    name: Name | None
    title: Label
    base: Name
    span: Span = _span()


@attrs.frozen
class ParameterSetting:
    """``set promptly is 30 days``: what measures make of a parameter that is open, with the sentence that settles it."""

    name: Name
    values: tuple[DatedValue, ...]
    quote: Quote
    examples: tuple[Example, ...]
    span: Span = _span()


@attrs.frozen
class TighteningDeclaration:
    """``tighten 8.1``: measures make a norm stricter; what they do not restate stays as it is in the norm.

    Args:
        condition: the whole condition; empty where the norm applies as before.
        bearers, force, clauses: the whole duty or permission; the force is None where it stays.
        provided: the conditions of a permission; empty where they stay.
    """

    id: Name
    quote: Quote
    condition: Condition
    bearers: tuple[Name, ...]
    force: Name | None
    clauses: tuple[Clause, ...]
    provided: tuple[Clause, ...]
    examples: tuple[Example, ...]
    span: Span = _span()


@attrs.frozen
class FurtherFacts:
    """``facts of organization``: facts that measures add to an entity."""

    entity: Name
    facts: tuple[FactDeclaration, ...]
    span: Span = _span()


Statement = (
    VocabularyHeader | RoleDeclaration | KindDeclaration | EntityDeclaration | ParameterDeclaration | ArticleHeader
    | NormDeclaration | DecisionDeclaration | DefinitionDeclaration | NoteDeclaration | InterplayDeclaration
    | MeasuresHeader | ParameterSetting | TighteningDeclaration | FurtherFacts
)  # fmt: skip

# ---- files --------------------------------------------------------------------------------------------------


@attrs.frozen
class Comment:
    """A comment with its `#`; `own_line` tells it from one that follows code on its line."""

    text: str
    line: int
    own_line: bool


@attrs.frozen
class PolicyFile:
    """The statements of a file, and its comments by line."""

    source: Source = attrs.field(eq=False, repr=False)
    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...] = attrs.field(eq=False, default=())
