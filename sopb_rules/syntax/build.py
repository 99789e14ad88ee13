"""From Lark's tree to ours: one method for each rule of the grammar that makes a node."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from lark import Token, Transformer, v_args

from sopb_rules.source import Source, Span
from sopb_rules.syntax import tree as t

T = TypeVar("T")

_FORM_OF_TERMINAL = {"STRING": "text"}


def fold(text: str) -> str:
    """A word of the language with its inner white space folded: ``is  at least`` is ``is at least``."""
    return re.sub(r"\s+", " ", text.strip())


@v_args(meta=True)
class Build(Transformer[Token, Any]):
    """Builds the tree of one statement that begins at `base` in `source`."""

    def __init__(self, source: Source, base: int) -> None:
        super().__init__()
        self._source = source
        self._base = base

    # ---- the small things --------------------------------------------------------------------------------

    def _at(self, token: Token) -> Span:
        start = self._base + (token.start_pos or 0)
        return Span(self._source, start, start + len(token))

    def _span(self, meta: Any) -> Span:
        return Span(self._source, self._base + meta.start_pos, self._base + meta.end_pos)

    def _name(self, token: Token) -> t.Name:
        return t.Name(fold(token), span=self._at(token))

    def _names(self, children: Iterable[Any], *types: str) -> tuple[t.Name, ...]:
        return tuple(self._name(child) for child in children if isinstance(child, Token) and child.type in types)

    def _label(self, children: Iterable[Any]) -> t.Label | None:
        return next(iter(self._labels(children)), None)

    def _labels(self, children: Iterable[Any]) -> tuple[t.Label, ...]:
        tokens = (child for child in children if isinstance(child, Token) and child.type == "STRING")
        return tuple(t.Label(token[1:-1], span=self._at(token)) for token in tokens)

    def start(self, _: Any, children: list[Any]) -> Any:
        return children[0]

    # ---- the vocabulary ----------------------------------------------------------------------------------

    def vocabulary(self, meta: Any, c: list[Any]) -> t.VocabularyHeader:
        settings = _all(t.Setting, c)
        return t.VocabularyHeader(self._name(c[0]), self._label(c), settings, span=self._span(meta))

    def version(self, meta: Any, c: list[Any]) -> t.Setting:
        return t.Setting("version", t.Name(c[0][1:-1], span=self._at(c[0])), span=self._span(meta))

    def currency(self, meta: Any, c: list[Any]) -> t.Setting:
        return t.Setting("currency", self._name(c[0]), span=self._span(meta))

    def classification(self, meta: Any, c: list[Any]) -> t.Setting:
        word = "will" if c[0].type == "WILL" else "is to"
        return t.Setting(word, self._name(c[2]), span=self._span(meta))

    def role(self, meta: Any, c: list[Any]) -> t.RoleDeclaration:
        return t.RoleDeclaration(self._name(c[0]), self._label(c), span=self._span(meta))

    def plain_kind(self, meta: Any, c: list[Any]) -> t.KindDeclaration:
        (name,) = self._names(c, "NAME")
        return t.KindDeclaration(name, self._label(c), False, _all(t.KindValue, c), span=self._span(meta))

    def ordered_kind(self, meta: Any, c: list[Any]) -> t.KindDeclaration:
        (name,) = self._names(c, "NAME")
        return t.KindDeclaration(name, self._label(c), True, _all(t.KindValue, c), span=self._span(meta))

    def kind_value(self, meta: Any, c: list[Any]) -> t.KindValue:
        return t.KindValue(self._name(c[0]), self._label(c), span=self._span(meta))

    def entity(self, meta: Any, c: list[Any]) -> t.EntityDeclaration:
        return t.EntityDeclaration(self._name(c[0]), self._label(c), _all(t.FactDeclaration, c), span=self._span(meta))

    def fact(self, meta: Any, c: list[Any]) -> t.FactDeclaration:
        act = any(isinstance(child, Token) and child.type == "ACT" for child in c)
        return t.FactDeclaration(self._name(c[0]), _one(t.TypeName, c), self._label(c), act, span=self._span(meta))

    def basic_type(self, meta: Any, c: list[Any]) -> t.TypeName:
        return t.TypeName("basic", self._name(c[0]), span=self._span(meta))

    def named_type(self, meta: Any, c: list[Any]) -> t.TypeName:
        return t.TypeName("named", self._name(c[0]), span=self._span(meta))

    def optional_type(self, meta: Any, c: list[Any]) -> t.TypeName:
        plain = _one(t.TypeName, c)
        return t.TypeName(plain.form, plain.name, span=self._span(meta), optional=True, by=plain.by)

    def reference_type(self, meta: Any, c: list[Any]) -> t.TypeName:
        return t.TypeName("reference", self._name(c[1]), span=self._span(meta))

    def list_type(self, meta: Any, c: list[Any]) -> t.TypeName:
        return t.TypeName("list", self._name(c[1]), span=self._span(meta))

    def inverse_type(self, meta: Any, c: list[Any]) -> t.TypeName:
        return t.TypeName("inverse", self._name(c[1]), span=self._span(meta), by=self._name(c[2]))

    def judgement_type(self, meta: Any, c: list[Any]) -> t.TypeName:
        return t.TypeName("judgement", self._name(c[1]), span=self._span(meta))

    def parameter(self, meta: Any, c: list[Any]) -> t.ParameterDeclaration:
        values = _all(t.DatedValue, c)
        assessor = next((child[1] for child in c if isinstance(child, tuple)), None)
        type_ = _one(t.TypeName, c)
        return t.ParameterDeclaration(self._name(c[0]), type_, self._label(c), values, assessor, span=self._span(meta))

    def fixed(self, meta: Any, c: list[Any]) -> t.DatedValue:
        return t.DatedValue(None, c[1], span=self._span(meta))

    def dated(self, meta: Any, c: list[Any]) -> t.DatedValue:
        return t.DatedValue(self._constant(c[0]), c[2], span=self._span(meta))

    def assessor(self, _: Any, c: list[Any]) -> tuple[str, t.Name]:
        return "assessor", self._name(c[1])

    # ---- articles ----------------------------------------------------------------------------------------

    def article(self, meta: Any, c: list[Any]) -> t.ArticleHeader:
        title = self._label(c)
        assert title is not None
        return t.ArticleHeader(self._name(c[0]), title, span=self._span(meta))

    def quote(self, _: Any, c: list[Any]) -> t.Quote:
        lines = []
        for token in c:
            # One space belongs to the bar; what stands deeper was set so by the author.
            text = token[1:].removeprefix(" ").rstrip()
            start = self._base + token.start_pos + len(token) - len(token[1:].removeprefix(" "))
            lines.append(t.Name(text, span=Span(self._source, start, start + len(text))))
        return t.Quote(tuple(lines))

    def when(self, _: Any, c: list[Any]) -> tuple[str, Any]:
        return "when", c[1]

    def unless(self, _: Any, c: list[Any]) -> tuple[str, Any]:
        return "unless", c[1]

    def condition(self, _: Any, c: list[Any]) -> t.Condition:
        parts = dict(c)
        return t.Condition(parts.get("when"), parts.get("unless"))

    def bearers(self, _: Any, c: list[Any]) -> tuple[t.Name, ...]:
        return self._names(c, "NAME")

    def clause(self, meta: Any, c: list[Any]) -> t.Clause:
        return t.Clause("", self._label(c), c[-1], span=self._span(meta))

    def lettered_clause(self, meta: Any, c: list[Any]) -> t.Clause:
        return t.Clause(c[0][1:-1], self._label(c[1:]), c[-1], span=self._span(meta))

    def duty(self, _: Any, c: list[Any]) -> tuple[Any, ...]:
        return c[0], self._name(c[1]), tuple(c[2:]), ()

    def permission(self, _: Any, c: list[Any]) -> tuple[Any, ...]:
        return c[0], self._name(c[1]), (c[2],), c[3] if len(c) > 3 else ()

    def provided(self, _: Any, c: list[Any]) -> tuple[t.Clause, ...]:
        return tuple(c[1:])

    def duty_norm(self, meta: Any, c: list[Any]) -> t.NormDeclaration:
        (id_,), (entity,) = self._names(c, "ID"), self._names(c, "NAME")
        bearers, force, clauses, provided = next(child for child in c if isinstance(child, tuple))
        return t.NormDeclaration(
            id_, entity, _one(t.Quote, c), _one(t.Condition, c), bearers, force, clauses, provided,
            _all(t.Example, c), span=self._span(meta),
        )  # fmt: skip

    permission_norm = duty_norm

    def decision(self, meta: Any, c: list[Any]) -> t.DecisionDeclaration:
        (id_,), (name, entity, kind) = self._names(c, "ID"), self._names(c, "NAME")
        cases, examples = _all(t.CaseDeclaration, c), _all(t.Example, c)
        return t.DecisionDeclaration(id_, name, entity, kind, self._label(c), cases, examples, span=self._span(meta))

    def case(self, meta: Any, c: list[Any]) -> t.CaseDeclaration:
        (id_,) = self._names(c, "ID")
        overriding = next((child[1] for child in c if isinstance(child, tuple)), ())
        return t.CaseDeclaration(id_, c[3], _one(t.Condition, c), overriding, _one(t.Quote, c), span=self._span(meta))

    def overriding(self, _: Any, c: list[Any]) -> tuple[str, tuple[t.Name, ...]]:
        return "overriding", self._names(c, "ID")

    def definition(self, meta: Any, c: list[Any]) -> t.DefinitionDeclaration:
        name, entity = self._names(c, "NAME")
        expression = c[next(i for i, child in enumerate(c) if isinstance(child, Token) and child.type == "MEANS") + 1]
        quote, examples = _one(t.Quote, c), _all(t.Example, c)
        id_ = next(iter(self._names(c, "ID")), None)
        label = self._label(c)
        return t.DefinitionDeclaration(id_, name, label, entity, quote, expression, examples, span=self._span(meta))

    def note(self, meta: Any, c: list[Any]) -> t.NoteDeclaration:
        return t.NoteDeclaration(self._name(c[0]), self._name(c[1]), _one(t.Quote, c), span=self._span(meta))

    def interplay(self, meta: Any, c: list[Any]) -> t.InterplayDeclaration:
        title, *text = self._labels(c)
        return t.InterplayDeclaration(
            self._name(c[0]), self._name(c[1]), self._names(c, "ID"), title, tuple(text), c[-1], span=self._span(meta)
        )

    def treatment(self, _: Any, c: list[Any]) -> tuple[t.Label, ...]:
        return self._labels(c)

    def measures(self, meta: Any, c: list[Any]) -> t.MeasuresHeader:
        title = self._label(c)
        assert title is not None
        *name, base = self._names(c, "NAME")
        return t.MeasuresHeader(name[0] if name else None, title, base, span=self._span(meta))

    def set_parameter(self, meta: Any, c: list[Any]) -> t.ParameterSetting:
        values, examples = _all(t.DatedValue, c), _all(t.Example, c)
        return t.ParameterSetting(self._name(c[0]), values, _one(t.Quote, c), examples, span=self._span(meta))

    def tighten(self, meta: Any, c: list[Any]) -> t.TighteningDeclaration:
        restated: tuple[Any, ...] = next((child for child in c if isinstance(child, tuple)), ((), None, (), ()))
        if isinstance(restated[0], t.Clause):  # no duty and no permission, only `provided`
            restated = ((), None, (), restated)
        bearers, force, clauses, provided = restated
        return t.TighteningDeclaration(
            self._name(c[0]), _one(t.Quote, c), _one(t.Condition, c), bearers, force, clauses, provided,
            _all(t.Example, c), span=self._span(meta),
        )  # fmt: skip

    def further_facts(self, meta: Any, c: list[Any]) -> t.FurtherFacts:
        return t.FurtherFacts(self._name(c[1]), _all(t.FactDeclaration, c), span=self._span(meta))

    # ---- conditions --------------------------------------------------------------------------------------

    def conjunction(self, meta: Any, c: list[Any]) -> t.Conjunction:
        return t.Conjunction(_nodes(c), span=self._span(meta))

    def disjunction(self, meta: Any, c: list[Any]) -> t.Disjunction:
        return t.Disjunction(_nodes(c), span=self._span(meta))

    def negation(self, meta: Any, c: list[Any]) -> t.Not:
        return t.Not(c[1], span=self._span(meta))

    def parenthesis(self, meta: Any, c: list[Any]) -> t.Parenthesis:
        return t.Parenthesis(c[0], span=self._span(meta))

    def any_of(self, meta: Any, c: list[Any]) -> t.Quantified:
        return t.Quantified(False, self._name(c[1]), c[3], c[5], span=self._span(meta))

    def every_of(self, meta: Any, c: list[Any]) -> t.Quantified:
        return t.Quantified(True, self._name(c[1]), c[3], c[5], span=self._span(meta))

    def norm_reference(self, meta: Any, c: list[Any]) -> t.NormReference:
        return t.NormReference(self._name(c[0]), fold(c[1]), span=self._span(meta))

    def holds(self, meta: Any, c: list[Any]) -> t.Holds:
        return t.Holds(c[0], span=self._span(meta))

    def compare(self, meta: Any, c: list[Any]) -> t.Compare:
        return t.Compare(self._name(c[1]), c[0], c[2], span=self._span(meta))

    def one_of(self, meta: Any, c: list[Any]) -> t.OneOf:
        return t.OneOf(c[0], tuple(c[2:]), span=self._span(meta))

    def exists(self, meta: Any, c: list[Any]) -> t.Exists:
        return t.Exists(c[0], span=self._span(meta))

    def is_absent(self, meta: Any, c: list[Any]) -> t.IsAbsent:
        return t.IsAbsent(c[0], span=self._span(meta))

    def sum(self, meta: Any, c: list[Any]) -> t.Sum:
        signs = ("plus", *(fold(child) for child in c if isinstance(child, Token)))
        return t.Sum(signs, _nodes(c), span=self._span(meta))

    def path(self, meta: Any, c: list[Any]) -> t.Path:
        return t.Path(self._names(c, "NAME"), span=self._span(meta))

    def share(self, meta: Any, c: list[Any]) -> t.Share:
        return t.Share(self._constant(c[0]), c[1], span=self._span(meta))

    def multiple(self, meta: Any, c: list[Any]) -> t.Multiple:
        return t.Multiple(self._constant(c[0]), c[2], span=self._span(meta))

    def number_of(self, meta: Any, c: list[Any]) -> t.NumberOf:
        return t.NumberOf(c[1], span=self._span(meta))

    def number_where(self, meta: Any, c: list[Any]) -> t.NumberOf:
        return t.NumberOf(c[3], span=self._span(meta), variable=self._name(c[1]), condition=c[5])

    def today(self, meta: Any, _: list[Any]) -> t.Today:
        return t.Today(span=self._span(meta))

    def _constant(self, token: Token) -> t.Constant:
        form = _FORM_OF_TERMINAL.get(token.type, token.type.lower())
        text = token[1:-1] if token.type == "STRING" else fold(token)
        return t.Constant(form, text, span=self._at(token))

    def constant(self, _: Any, c: list[Any]) -> t.Constant:
        return c[0] if isinstance(c[0], t.Constant) else self._constant(c[0])

    def amount(self, meta: Any, c: list[Any]) -> t.Constant:
        return t.Constant("amount", str(c[0]), span=self._span(meta), unit=str(c[1]))

    def literal(self, _: Any, c: list[Any]) -> t.Literal:
        return c[0]  # type: ignore[no-any-return]

    def word(self, meta: Any, c: list[Any]) -> t.Word:
        return t.Word(str(c[0]), span=self._span(meta))

    # ---- examples ----------------------------------------------------------------------------------------

    def example(self, meta: Any, c: list[Any]) -> t.Example:
        title = self._label(c)
        assert title is not None
        parts: dict[str, Any] = dict(child for child in c if isinstance(child, tuple))
        return t.Example(title, parts.get("given", ()), parts["then"], span=self._span(meta))

    def given(self, _: Any, c: list[Any]) -> tuple[str, tuple[t.GivenItem, ...]]:
        return "given", tuple(c[1:])

    def then(self, _: Any, c: list[Any]) -> tuple[str, tuple[t.Outcome, ...]]:
        return "then", _all(t.Outcome, c)

    def given_value(self, meta: Any, c: list[Any]) -> t.Given:
        return t.Given(c[0], c[2], span=self._span(meta))

    def given_absent(self, meta: Any, c: list[Any]) -> t.Given:
        return t.Given(c[0], fold(c[1]).removeprefix("is "), span=self._span(meta))

    given_exists = given_absent
    given_unknown = given_absent
    given_none = given_absent

    def given_records(self, meta: Any, c: list[Any]) -> t.GivenRecords:
        records = tuple(child for child in c if isinstance(child, tuple))
        return t.GivenRecords(c[0], records, span=self._span(meta))

    def record(self, _: Any, c: list[Any]) -> tuple[t.GivenItem, ...]:
        return tuple(c)

    def given_today(self, meta: Any, c: list[Any]) -> t.GivenToday:
        return t.GivenToday(self._constant(c[2]), span=self._span(meta))

    def given_judgement(self, meta: Any, c: list[Any]) -> t.GivenJudgement:
        return t.GivenJudgement(c[1], c[3].type == "YES", span=self._span(meta))

    def clause_key(self, _: Any, c: list[Any]) -> str:
        return " ".join(map(str, c))

    part_key = clause_key
    definition_key = clause_key

    def norm_outcome(self, meta: Any, c: list[Any]) -> t.Outcome:
        verdict = "not_applicable" if c[1].type == "DOES_NOT_APPLY" else fold(c[1]).removeprefix("is ")
        return t.Outcome(self._name(c[0]), verdict, span=self._span(meta))

    def decision_value(self, meta: Any, c: list[Any]) -> t.Outcome:
        return t.Outcome(self._name(c[0]), "", span=self._span(meta), value=c[2])

    def decision_verdict(self, meta: Any, c: list[Any]) -> t.Outcome:
        verdict = {"IS_UNKNOWN": "unknown", "HAS_NO_CASE": "no_case", "IS_IN_CONFLICT": "conflict"}[c[1].type]
        return t.Outcome(self._name(c[0]), verdict, span=self._span(meta))


def _nodes(children: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(child for child in children if not isinstance(child, Token))


def _all(type_: type[T], children: Iterable[Any]) -> tuple[T, ...]:
    return tuple(child for child in children if isinstance(child, type_))


def _one(type_: type[T], children: Iterable[Any]) -> T:
    return next(child for child in children if isinstance(child, type_))
