"""Policies over a vocabulary, as trees: norms of every force, definitions, decisions, parameters, notes, examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from sopb_rules.model import vocabulary as v
from sopb_rules.model.declare import Declarations
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.format import format_statement
from sopb_rules.syntax.layout import INTERPLAY_KINDS
from sopb_rules.testing import nodes
from sopb_rules.testing.nodes import NOWHERE, SOURCE
from sopb_rules.testing.some_conditions import Conditions, proved
from sopb_rules.testing.some_examples import Examples
from sopb_rules.testing.some_terms import DAYS, Known, Place, Terms
from sopb_rules.testing.some_vocabulary import ROLES, vocabulary_statements

if TYPE_CHECKING:
    from sopb_rules.testing.drawing import Choices

_FORCES = ("must", "should", "must not", "may", "is encouraged to", "should not", "will", "is to")
_QUOTES = (
    "It must be so.", "Two lines, of which the second", "  stands deeper.", "With “quotes”, \"straight ones\", # and | bars.",
    "when the norm must then", "三十 days.",
)  # fmt: skip
_LABELS = ("do it", "within 30 days", "with # and | and (a)", "“so”")
_PARAMETERS = ("enough", "promptly", "limit", "sort", "usual")
_PARAMETER_TYPES = ("count", "period in days", "period in months", "number", "date", "percent", "money", "text")
_DEFINITIONS = ("large", "late", "newly_established", "well_kept")
_DECISIONS = ("leading_body", "form_of_it")
_CASES = 3
_LAYER = "local"
_NOTE_KINDS = ("background", "principle", "aim")

#: The texts of policy files by name.


@attrs.define
class _Slot:
    """A statement that will stand in an article; its number is known before it is written."""

    article: int
    id: str
    form: str
    statement: t.Statement | None = None


def statements_by_file(
    choices: Choices, vocabulary: tuple[t.Statement, ...] | None = None
) -> dict[str, list[t.Statement]]:
    """The statements of the files of a policy set."""
    chosen = vocabulary_statements(choices) if vocabulary is None else vocabulary
    return _Policies(choices, chosen).files()


def texts(files: Mapping[str, Iterable[t.Statement]]) -> dict[str, str]:
    """The files in canonical layout."""
    return {name: "\n".join(map(format_statement, statements)) for name, statements in files.items()}


class _Policies:
    def __init__(self, choices: Choices, vocabulary: tuple[t.Statement, ...]) -> None:
        self.choices = choices
        self.vocabulary = [*vocabulary, *self._parameters(vocabulary)]
        declared = Declarations([t.PolicyFile(SOURCE, tuple(self.vocabulary))])
        self.entities = list(declared.entities.values())
        self.kinds = list(declared.kinds.values())
        self.bearers = [*declared.roles, *declared.entities]
        self.conditions = Conditions(choices, tuple(declared.parameters.values()))
        self.examples = Examples(choices)

    def files(self) -> dict[str, list[t.Statement]]:
        """The vocabulary, and a file for each article."""
        slots = list(self._slots())
        definitions = _DEFINITIONS[: self.choices.below(len(_DEFINITIONS))]
        tasks: list[_Slot | str] = [*definitions, *slots]
        if self.choices.chance(2):  # what stands last is written first, so that the others can refer to it
            tasks.reverse()
        free: list[t.Statement] = []
        for task in tasks:
            self.conditions.begin()
            if isinstance(task, str):
                free.append(self._definition(task))
            else:
                task.statement = self._statement(task)
        files: dict[str, list[t.Statement]] = {"vocabulary.policy": [*self.vocabulary]}
        for slot in slots:
            header = t.ArticleHeader(nodes.name(str(slot.article)), nodes.label("An article"), span=NOWHERE)
            assert slot.statement is not None
            files.setdefault(f"article_{slot.article:02}.policy", [header]).append(slot.statement)
        ids = [slot.id for slot in slots if slot.form != "decision"]
        if ids and self.choices.chance(2):
            free.append(self._interplay(ids))
        for statement in free:
            self.choices.one(list(files.values())).append(statement)
        written = [slot.statement for slot in slots if isinstance(slot.statement, t.NormDeclaration)]
        if measures := self._measures(written):
            files["measures.policy"] = measures
        return files

    def _slots(self) -> Iterable[_Slot]:
        decisions = len(_DECISIONS) if self.kinds else 0
        for article in range(1, self.choices.between(1, 2) + 1):
            sentence = 0
            for _ in range(self.choices.between(1, 3)):
                form = self.choices.one(("norm", "norm", "norm", "decision", "norm", "note", "definition"))
                if form == "decision" and decisions:
                    yield _Slot(article, f"{sentence + 1}", form)
                    decisions -= 1
                    sentence += _CASES
                    continue
                sentence += 1
                form = "norm" if form == "decision" else form
                yield _Slot(article, f"{article}.{sentence}", form)
                if form == "norm" and self.choices.chance(4):
                    yield _Slot(article, f"{article}.{sentence}/2", form)

    def _statement(self, slot: _Slot) -> t.Statement:
        match slot.form:
            case "norm":
                return self._norm(slot.id)
            case "decision":
                return self._decision(slot.article, int(slot.id))
            case "definition":
                return self._definition(f"said_{slot.id.replace('.', '_')}", slot.id)
            case _:
                kind = nodes.name(self.choices.one(_NOTE_KINDS))
                return t.NoteDeclaration(nodes.name(slot.id), kind, self._quote(), span=NOWHERE)

    # ---- parameters --------------------------------------------------------------------------------------

    def _parameters(self, vocabulary: Sequence[t.Statement]) -> Iterable[t.ParameterDeclaration]:
        declared = Declarations([t.PolicyFile(SOURCE, tuple(vocabulary))])
        types = (*_PARAMETER_TYPES, *declared.kinds)
        for name in _PARAMETERS[: self.choices.below(len(_PARAMETERS) + 1)]:
            type_ = self.choices.one(types)
            node = t.TypeName("named" if type_ in declared.kinds else "basic", nodes.name(type_), span=NOWHERE)
            form = self.choices.one(("fixed", "open", "from a day", "fixed and from a day"))
            kind = declared.kinds.get(type_)
            values = [t.DatedValue(None, self._literal(type_, kind), span=NOWHERE)] if form.startswith("fixed") else []
            if form.endswith("day"):
                days = sorted(self.choices.some(DAYS[:10], 1, 2))
                values += [t.DatedValue(nodes.date(day), self._literal(type_, kind), span=NOWHERE) for day in days]
            judged = form in ("open", "from a day")
            assessor = nodes.name(self.choices.one(list(declared.roles) or ROLES)) if judged else None
            yield t.ParameterDeclaration(nodes.name(name), node, self._label(), tuple(values), assessor, span=NOWHERE)

    # ---- measures ----------------------------------------------------------------------------------------

    def _measures(self, norms: Sequence[t.NormDeclaration]) -> list[t.Statement]:
        """Now and then measures: they set open parameters, for good or from a day on, tighten a norm and add one."""
        header = next((each for each in self.vocabulary if isinstance(each, t.VocabularyHeader)), None)
        if header is None or self.choices.chance(2):
            return []
        statements: list[t.Statement] = [*self._settings()]
        name = nodes.name(_LAYER) if self.choices.chance(2) else None
        if norms and self.choices.chance(2):
            statements.append(self._tightening(self.choices.one(norms)))
        if name is not None:
            self.conditions.begin()
            statements.append(self._norm(f"{_LAYER}:1.1"))
        title = nodes.label("Measures")
        return [t.MeasuresHeader(name, title, header.name, span=NOWHERE), *statements] if statements else []

    def _tightening(self, norm: t.NormDeclaration) -> t.TighteningDeclaration:
        """All of a norm restated; whether it is stricter is another question.

        It refers to nothing else, since that may refer to the norm.
        """
        others = self.conditions
        self.conditions = Conditions(self.choices, others.terms.parameters)
        entity = next(each for each in self.entities if each.name == norm.entity.text)
        condition, bearers, clauses, provided = self._requirement(entity, norm.force.text, always_provided=True)
        self.conditions = others
        return t.TighteningDeclaration(
            norm.id, self._quote(), condition, bearers, norm.force, clauses, provided, (), span=NOWHERE
        )

    def _settings(self) -> Iterable[t.ParameterSetting]:
        kinds = {kind.name: kind for kind in self.kinds}
        open_ones = [each for each in self.vocabulary if isinstance(each, t.ParameterDeclaration) and not each.values]
        for parameter in open_ones:
            days = sorted(self.choices.some(DAYS[:10], 0, 2))
            starts: list[t.Constant | None] = [*map(nodes.date, days)] or [None]
            type_ = parameter.type.name.text
            values = [t.DatedValue(each, self._literal(type_, kinds.get(type_)), span=NOWHERE) for each in starts]
            quote = self._quote() if self.choices.chance(2) else nodes.quote()
            yield t.ParameterSetting(parameter.name, tuple(values), quote, (), span=NOWHERE)

    def _literal(self, type_: str, kind: v.Kind | None) -> t.Literal:
        if kind is not None:
            return nodes.word(self.choices.one(list(kind.values)))
        key = {"count": "count", "number": "number", "period in days": "days", "period in months": "months"}.get(
            type_, type_
        )
        if key == "count":
            return nodes.number(str(self.choices.below(4)))
        return Terms(self.choices, (), _no_body).constant(key)

    # ---- norms -------------------------------------------------------------------------------------------

    def _norm(self, id: str) -> t.NormDeclaration:
        entity = self.choices.one(self.entities)
        force = self.choices.one(_FORCES)
        condition, bearers, clauses, provided = self._requirement(entity, force)
        quote = nodes.quote() if "/" in id else self._quote()
        examples = self.examples.of(entity, id)
        norm = t.NormDeclaration(
            nodes.name(id), nodes.name(entity.name), quote, condition, bearers, nodes.name(force), clauses, provided,
            examples, span=NOWHERE,
        )  # fmt: skip
        self.conditions.norms.append(self.conditions.target(id, entity))
        return norm

    def _requirement(
        self, entity: v.Entity, force: str, always_provided: bool = False
    ) -> tuple[t.Condition, tuple[t.Name, ...], tuple[t.Clause, ...], tuple[t.Clause, ...]]:
        """When a norm applies, who has to act or may, the clauses, and the conditions of a permission."""
        place = Place.about(entity)
        condition, known = self._condition(place)
        provided: tuple[t.Clause, ...] = ()
        if force == "may":
            clauses, known = self._clauses(place, known, single=True)
            if always_provided or self.choices.chance(2):
                provided, _ = self._clauses(place, known)
        else:
            clauses, _ = self._clauses(place, known, force.endswith(" not"))
        bearers = tuple(map(nodes.name, self.choices.some(self.bearers, 1, 2)))
        return condition, bearers, clauses, provided

    def _condition(self, place: Place) -> tuple[t.Condition, Known]:
        when = self.conditions.at(place) if self.choices.chance(2) else None
        known = proved(when)[0] if when is not None else frozenset()
        unless = self.conditions.at(place, known) if self.choices.chance(4) else None
        if unless is not None:
            known = known | proved(unless)[1]
        return t.Condition(when, unless), known

    def _clauses(
        self, place: Place, known: Known, prohibition: bool = False, single: bool = False
    ) -> tuple[tuple[t.Clause, ...], Known]:
        count = 1 if single else self.choices.between(1, 3)
        letters = "abc"[:count] if count > 1 or (not single and self.choices.chance(4)) else [""]
        clauses = []
        for letter in letters:
            expression = self.conditions.at(place, known)
            known = known | proved(expression)[prohibition]
            clauses.append(t.Clause(letter, self._label(), expression, span=NOWHERE))
        return tuple(clauses), known

    # ---- definitions and decisions -----------------------------------------------------------------------

    def _definition(self, name: str, id: str = "") -> t.DefinitionDeclaration:
        entity = self.choices.one(self.entities)
        expression = self.conditions.at(Place.about(entity))
        self.conditions.definitions.append(self.conditions.target(name, entity))
        sentence, quote = (nodes.name(id), self._quote()) if id else (None, nodes.quote())
        return t.DefinitionDeclaration(
            sentence, nodes.name(name), self._label(), nodes.name(entity.name), quote, expression, (), span=NOWHERE
        )

    def _decision(self, article: int, first: int) -> t.DecisionDeclaration:
        entity, kind = self.choices.one(self.entities), self.choices.one(self.kinds)
        name = _DECISIONS[len(self.conditions.decisions)]
        place = Place.about(entity)
        ids = [f"{article}.{first + index}" for index in range(_CASES)]
        upwards = self.choices.chance(2)
        cases = []
        for index, id in enumerate(ids):
            lower = ids[index + 1 :] if upwards else ids[:index]
            overriding = self.choices.some(lower, 0, 2) if lower else []
            value = nodes.word(self.choices.one(list(kind.values)))
            condition, _ = self._condition(place)
            over = tuple(map(nodes.name, overriding))
            cases.append(t.CaseDeclaration(nodes.name(id), value, condition, over, self._quote(), span=NOWHERE))
        self.conditions.decisions.append(self.conditions.target(name, entity, kind))
        return t.DecisionDeclaration(
            nodes.name(str(article)), nodes.name(name), nodes.name(entity.name), nodes.name(kind.name), self._label(),
            tuple(_reachable(case, cases) for case in cases), (), span=NOWHERE,
        )  # fmt: skip

    def _interplay(self, ids: Sequence[str]) -> t.InterplayDeclaration:
        kind = nodes.name(self.choices.one(INTERPLAY_KINDS))
        some = tuple(map(nodes.name, self.choices.some(ids, 1, 2)))
        title, *text = map(nodes.label, self.choices.some(_LABELS, 2, 3))
        treatment = (nodes.label(_LABELS[0]),)
        return t.InterplayDeclaration(kind, nodes.name("touching"), some, title, tuple(text), treatment, span=NOWHERE)

    # ---- words -------------------------------------------------------------------------------------------

    def _quote(self) -> t.Quote:
        return nodes.quote(self.choices.some(_QUOTES, 1, 2))

    def _label(self) -> t.Label | None:
        index = self.choices.below(2 * len(_LABELS))
        return nodes.label(_LABELS[index - len(_LABELS)]) if index >= len(_LABELS) else None


def _no_body(*_: object) -> t.Expression:
    raise AssertionError("a constant has no list in it")


def _reachable(case: t.CaseDeclaration, cases: Sequence[t.CaseDeclaration]) -> t.CaseDeclaration:
    """A case that outranks none which could never count then: it would be refused."""
    same = {other.id.text for other in cases if case.condition in (other.condition, t.Condition(None, None))}
    return attrs.evolve(case, overriding=tuple(name for name in case.overriding if name.text not in same))
