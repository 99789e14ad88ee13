"""The statements of a policy set, and the vocabulary that they declare."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sopb_rules.diagnostics import Code, Diagnostic, suggestion
from sopb_rules.model import vocabulary as v
from sopb_rules.model.hints import literal_hint
from sopb_rules.model.literals import LiteralError, constant
from sopb_rules.model.norms import Parameter
from sopb_rules.source import Source, Span
from sopb_rules.syntax import tree as t

S = TypeVar("S")

_BASIC: Mapping[str, v.FactType] = {
    "yes/no": v.YesNo(), "count": v.Count(), "number": v.Number(), "percent": v.Percent(), "money": v.Money(),
    "date": v.Date(), "period in days": v.Days(), "period in months": v.Months(), "text": v.Text(),
}  # fmt: skip
_FORCE = {"is encouraged to": "encouraged", "are encouraged to": "encouraged"}
#: Names that a fact may not have, because state files use them for something else.
RESERVED_FACTS = ("id", "judgements")


class Declarations:
    """The vocabulary and the parameters of a set of files; collects diagnostics in `diagnostics`."""

    def __init__(self, files: Iterable[t.PolicyFile]) -> None:
        self.files = tuple(files)
        self.diagnostics: list[Diagnostic] = []
        roles = {d.name.text: v.Role(d.name.text, _label(d), d.span) for d in self.once(t.RoleDeclaration, "role")}
        self.kinds = {d.name.text: self._kind(d) for d in self.once(t.KindDeclaration, "kind")}
        entities = list(self.once(t.EntityDeclaration, "entity"))
        for declaration in entities:
            if declaration.name.text in self.kinds:
                self._double(declaration.name, "a kind")
            elif declaration.name.text in roles:
                self._double(declaration.name, "a role")
        self.entities = {
            d.name.text: v.Entity(d.name.text, _label(d), position=index, span=d.span)
            for index, d in enumerate(entities)
        }
        self.roles = roles
        for declaration in entities:
            self._facts(self.entities[declaration.name.text], declaration.facts)
        for further in self.statements(t.FurtherFacts):
            if (extended := self.entities.get(further.entity.text)) is not None:
                self._facts(extended, further.facts)
            else:
                help = suggestion(further.entity.text, self.entities, "entities")
                message = f"there is no entity `{further.entity}`"
                self.error(Code.UNKNOWN_ENTITY, message, further.entity, f"facts of {further.entity}", help=help)
        self._holders()
        self.vocabulary = self._header(roles)
        #: Parameters whose type is a mistake: what is said of them elsewhere follows from it.
        self.untyped: set[str] = set()
        self.parameters = {d.name.text: self._parameter(d) for d in self.once(t.ParameterDeclaration, "parameter")}

    def error(self, code: Code, message: str, at: Any, where: str = "", expected: str = "", help: str = "") -> None:
        """Note a mistake at the place of a node of the tree or of the model."""
        span: Span | None = at.span
        self.diagnostics.append(Diagnostic(code, message, span, where=where, expected=expected, help=help))

    def statements(self, type_: type[S]) -> Iterable[S]:
        """All statements of a type, over all files."""
        return (statement for file in self.files for statement in file.statements if isinstance(statement, type_))

    def once(
        self, type_: type[Any], what: str, verb: str = "is declared", file: t.PolicyFile | None = None
    ) -> Iterable[Any]:
        """Statements with a name, over all files or in one, each name once; doubled ones are reported and left out."""
        first: dict[str, Any] = {}
        statements = self.statements(type_) if file is None else file.statements
        for statement in statements:
            if not isinstance(statement, type_):
                continue
            name = statement.name
            if name.text in first:
                message = f"the {what} `{name.text}` {verb} twice"
                self.error(Code.DOUBLED_NAME, message, name, help=f"it also stands at {first[name.text].name.span}")
            else:
                first[name.text] = statement
        return first.values()

    def _double(self, name: t.Name, other: str) -> None:
        self.error(Code.DOUBLED_NAME, f"`{name.text}` is already the name of {other}", name, help="choose another name")

    def _kind(self, declaration: t.KindDeclaration) -> v.Kind:
        values: dict[str, str] = {}
        for value in declaration.values:
            if value.name.text in values:
                where = f"kind {declaration.name.text}"
                self.error(Code.DOUBLED_NAME, f"the value `{value.name.text}` stands twice", value.name, where)
            values[value.name.text] = _label(value)
        return v.Kind(declaration.name.text, _label(declaration), values, declaration.ordered, declaration.span)

    def _facts(self, entity: v.Entity, facts: Iterable[t.FactDeclaration]) -> None:
        where = f"entity {entity.name}"
        for fact in facts:
            name = fact.name.text
            if name in entity.facts:
                # Inside one entity the other one is close by.
                first = entity.facts[name].span
                elsewhere = first is not None and first.source is not fact.span.source
                help = f"it also stands at {first}" if elsewhere else ""
                self.error(Code.DOUBLED_NAME, f"the fact `{name}` is declared twice", fact.name, where, help=help)
                continue
            if name in RESERVED_FACTS:
                message = f"`{name}` is kept for state files and cannot be a fact"
                self.error(Code.DOUBLED_NAME, message, fact.name, where, help="choose another name")
                continue
            type_ = self._type(fact.type, where)
            if type_ is None:
                type_ = v.YesNo()
            elif fact.type.optional and isinstance(type_, v.ListOf | v.Inverse | v.Judgement):
                message = "a list or a judgement cannot be optional"
                help = "a list may be empty, and a judgement may be unknown"
                self.error(Code.BAD_FACT_TYPE, message, fact.type, where, help=help)
            entity.facts[name] = v.Fact(name, type_, _label(fact), fact.type.optional, fact.act, fact.span)

    def _type(self, type_: t.TypeName, where: str) -> v.FactType | None:
        name = type_.name
        match type_.form:
            case "basic":
                return _BASIC[name.text]
            case "judgement":
                assessor = self.actor(name, Code.UNKNOWN_NAME, where)
                return v.Judgement(assessor) if assessor else None
            case "named":
                if name.text in self.kinds:
                    return v.KindType(self.kinds[name.text])
                if name.text in self.entities:
                    return v.Contained(self.entities[name.text])
                names = [*self.kinds, *self.entities, *_BASIC]
                help = suggestion(name.text, names, "types")
                self.error(
                    Code.UNKNOWN_TYPE,
                    f"there is no type `{name.text}`",
                    name,
                    where,
                    "a basic type, a kind or an entity",
                    help,
                )
                return None
        entity = self.entities.get(name.text)
        if entity is None:
            help = suggestion(name.text, self.entities, "entities")
            self.error(Code.UNKNOWN_ENTITY, f"there is no entity `{name.text}`", name, where, help=help)
            return None
        if type_.form == "reference":
            return v.Reference(entity)
        if type_.form == "list":
            return v.ListOf(entity)
        assert type_.by is not None
        return v.Inverse(entity, type_.by.text)

    def _holders(self) -> None:
        declared = [
            *((d.name.text, fact) for d in self.statements(t.EntityDeclaration) for fact in d.facts),
            *((d.entity.text, fact) for d in self.statements(t.FurtherFacts) for fact in d.facts),
        ]
        backs = {(name, fact.name.text): fact.type.by for name, fact in declared}
        for entity in self.entities.values():
            for fact in entity.facts.values():
                if isinstance(fact.type, v.Contained | v.ListOf):
                    fact.type.entity.holders.append((entity, fact))
                elif isinstance(fact.type, v.Inverse):
                    self._check_inverse(entity, fact, backs.get((entity.name, fact.name)))
        named = {d.name.text: d.name for d in self.statements(t.EntityDeclaration)}
        for entity in self.entities.values():
            if _holds_itself(entity):
                message = f"`{entity.name}` contains itself, so no state could list it"
                self.error(
                    Code.CYCLE,
                    message,
                    named[entity.name],
                    f"entity {entity.name}",
                    help="use `reference to` for one of them",
                )
                entity.holders.clear()

    def _check_inverse(self, entity: v.Entity, fact: v.Fact, by: t.Name | None) -> None:
        assert isinstance(fact.type, v.Inverse)
        back = fact.type.entity.facts.get(fact.type.by)
        if back is None or not isinstance(back.type, v.Reference) or back.type.entity is not entity:
            references = [
                name
                for name, each in fact.type.entity.facts.items()
                if isinstance(each.type, v.Reference) and each.type.entity is entity
            ]
            message = f"`{fact.type.by}` is no reference from {fact.type.entity.name} to {entity.name}"
            help = suggestion(fact.type.by, references, "references")
            self.error(
                Code.BAD_FACT_TYPE, message, by or fact, f"entity {entity.name}", "a fact of type `reference to`", help
            )

    def _header(self, roles: Mapping[str, v.Role]) -> v.Vocabulary:
        headers = list(self.statements(t.VocabularyHeader))
        settings: dict[str, str] = {}
        for second in headers[1:]:
            help = f"it also stands at {headers[0].span}"
            self.error(Code.DOUBLED_NAME, "a policy set has one vocabulary", second, help=help)
        for setting in headers[0].settings if headers else ():
            if setting.word in settings:
                self.error(
                    Code.DOUBLED_NAME, f"`{setting.word}` is set twice", setting, f"vocabulary {headers[0].name}"
                )
            settings[setting.word] = setting.value.text
        name = headers[0].name.text if headers else ""
        title = headers[0].title.text if headers and headers[0].title else name
        classified = {word: _FORCE.get(force, force) for word, force in settings.items() if word in ("will", "is to")}
        version, currency = settings.get("version", ""), settings.get("currency")
        return v.Vocabulary(name, title, version, currency, classified, roles, self.kinds, self.entities)

    def actor(self, name: t.Name, code: Code, where: str) -> v.Actor | None:
        """The role or the entity of a name, for who acts or assesses; None after its mistake was noted."""
        found = self.roles.get(name.text) or self.entities.get(name.text)
        if found is None:
            help = suggestion(name.text, [*self.roles, *self.entities], "roles and entities")
            self.error(code, f"there is no role or entity `{name.text}`", name, where, help=help)
        return found

    def _parameter(self, declaration: t.ParameterDeclaration) -> Parameter:
        where = f"parameter {declaration.name.text}"
        type_ = self._type(declaration.type, where)
        if type_ is None:
            self.untyped.add(declaration.name.text)
        if isinstance(type_, v.Contained | v.Reference | v.ListOf | v.Inverse | v.Judgement | v.YesNo):
            help = "count, number, percent, money, date, text, a period or a kind"
            self.error(Code.BAD_FACT_TYPE, "a parameter cannot have this type", declaration.type, where, help=help)
            self.untyped.add(declaration.name.text)
            type_ = None
        assessor = None
        if declaration.assessor is not None:
            assessor = self.actor(declaration.assessor, Code.UNKNOWN_NAME, where)
        values = self.dated_values(declaration.values, type_, where)
        return Parameter(
            declaration.name.text,
            type_ or v.Count(),
            _label(declaration),
            tuple((start, value) for start, value, _ in values),
            assessor,
            declaration.span,
            tuple(place for _, _, place in values),
            (self._title(declaration.span.source),) * len(values),
        )

    def _title(self, source: Source) -> str:
        """The title of the measures that a file holds; "" for a file of the document."""
        statements = next((file.statements for file in self.files if file.source is source), ())
        return next((each.title.text for each in statements if isinstance(each, t.MeasuresHeader)), "")

    def dated_values(
        self, nodes: Iterable[t.DatedValue], type_: v.FactType | None, where: str
    ) -> list[tuple[datetime.date, Any, Span]]:
        """Values of a type, each with its first day and its place, in the order of days; `None` is an unknown type."""
        values: list[tuple[datetime.date, Any, Span]] = []
        for dated in nodes:
            start = datetime.date.min if dated.date is None else self.literal(dated.date, v.Date(), where)
            value = None if type_ is None else self.literal(dated.value, type_, where)
            if start is not None and value is not None:
                if any(start == earlier for earlier, _, _ in values):
                    self.error(Code.DOUBLED_NAME, "two values start on the same day", dated, where)
                values.append((start, value, dated.span))
        return sorted(values, key=lambda each: each[0])

    def literal(self, node: t.Literal, type_: v.FactType, where: str) -> Any:
        """The value of a literal that has to be of a type; None after a mistake was noted."""
        if isinstance(type_, v.KindType):
            if isinstance(node, t.Word) and node.text in type_.kind.values:
                return node.text
            help = suggestion(node.text, type_.kind.values, "values")
            message = f"`{node.text}` is no value of the kind `{type_.kind.name}`"
            self.error(Code.UNKNOWN_VALUE, message, node, where, help=help)
            return None
        if isinstance(node, t.Word):
            self.error(Code.WRONG_TYPE, f"`{node.text}` is no {say(type_)}", node, where, expected=say(type_))
            return None
        currency = self.vocabulary.currency
        try:
            value, found = constant(node, currency)
        except LiteralError as error:
            self.error(Code.BAD_LITERAL, str(error), node, where, expected=say(type_), help=error.help)
            return None
        if found == type_ or (isinstance(found, v.Count) and isinstance(type_, v.Number)):
            return value
        help = literal_hint(node, type_, currency)
        self.error(Code.WRONG_TYPE, f"this is {say(found)}, not {say(type_)}", node, where, say(type_), help)
        return None


def _label(declaration: Any) -> str:
    if declaration.label is not None:
        return str(declaration.label.text)
    return str(declaration.name.text.replace("_", " "))


def _holds_itself(entity: v.Entity) -> bool:
    seen, stack = set(), [holder for holder, _ in entity.holders]
    while stack:
        current = stack.pop()
        if current is entity:
            return True
        if current.name not in seen:
            seen.add(current.name)
            stack.extend(holder for holder, _ in current.holders)
    return False


def say(type_: v.FactType) -> str:
    """A type as a person would say it, with an example of how it is written where that helps."""
    match type_:
        case v.YesNo():
            return "yes or no"
        case v.Count():
            return "a whole number like 3"
        case v.Number():
            return "a number like 2.5"
        case v.Percent():
            return "a percentage like 40%"
        case v.Money():
            return "an amount of money"
        case v.Date():
            return "a date like 2026-11-01"
        case v.Days():
            return "a period in days like 30 days"
        case v.Months():
            return "a period in months like 6 months"
        case v.Text():
            return "a text in quotes"
        case v.KindType(kind):
            return f"a value of the kind {kind.name}"
        case v.Contained(entity) | v.Reference(entity):
            return f"the entity {entity.name}"
        case v.ListOf(entity) | v.Inverse(entity):
            return f"a list of {entity.name}"
        case v.Judgement(role):
            return f"a judgement by {role.name}"
