"""A small vocabulary, as trees: every type of fact, entities in entities, and names that are words of the language."""

from __future__ import annotations

import attrs

from sopb_rules.syntax import tree as t
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.nodes import NOWHERE, label, name

# Names that mean something elsewhere in the language are in all the lists. No name is in two of them, but for the facts
# that are called like the entity they lead to.
ENTITIES = ("organization", "branch", "change", "region", "level", "entity", "norm")
FACTS = (
    "approved", "formal_members", "kind", "date", "count", "act", "number", "percent", "money", "text", "optional",
    "note", "list", "of", "by", "judged", "judgement", "from", "period", "days", "f_x", "self", "class", "name",
    "case_1", "define", "version", "one", "low", "s",
)  # fmt: skip
VALUES = (
    ("foundation", "group", "used", "to", "high"),
    ("township", "county", "open", "national", "met"),
    ("urban", "rural", "least"),
)
KINDS = ("organization_kind", "rank", "place")
ROLES = ("secretary", "department", "role")
CURRENCY = "yuan"
_LABELS = ("a label", "Is it so?", "", "with # and | and (parentheses), “quoted”", "ünïcode 三")
_BASIC = ("yes/no", "count", "date", "number", "percent", "money", "period in days", "period in months", "text")
_FORCES = ("should", "must", "is encouraged to")

#: How many levels of entities may be inside each other, the outermost counted.
LEVELS = 3


@attrs.define
class _Entity:
    """An entity while its facts are chosen."""

    name: str
    level: int
    facts: list[t.FactDeclaration] = attrs.field(factory=list)

    def has(self, fact: str) -> bool:
        return any(each.name.text == fact for each in self.facts)


def vocabulary_statements(choices: Choices) -> tuple[t.Statement, ...]:
    """The statements of a vocabulary."""
    return _Vocabulary(choices).statements()


class _Vocabulary:
    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.roles = ROLES[: choices.between(1, 2)]
        self.kinds = KINDS[: choices.below(len(KINDS) + 1)]
        self.entities: list[_Entity] = []

    def statements(self) -> tuple[t.Statement, ...]:
        """The preamble, the roles, the kinds and the entities."""
        for each in ENTITIES[: self.choices.between(1, 5)]:
            self._add_entity(each)
        if self.choices.chance(4):
            self._hold_twice()
        for _ in range(self.choices.below(4)):
            self._refer()
        for entity in self.entities:
            for _ in range(self.choices.between(1, 5)):
                self._add_fact(entity)
        return (
            self._header(),
            *(t.RoleDeclaration(name(each), self._label(), span=NOWHERE) for each in self.roles),
            *map(self._kind, range(len(self.kinds))),
            *(t.EntityDeclaration(name(e.name), self._label(), tuple(e.facts), span=NOWHERE) for e in self.entities),
        )

    def _header(self) -> t.VocabularyHeader:
        settings = [("currency", CURRENCY)]
        settings += [(each, self.choices.one(_FORCES)) for each in ("will", "is to")]
        if self.choices.chance(2):
            settings.insert(0, ("version", "2025-11-10"))
        nodes = (t.Setting(each, name(value), span=NOWHERE) for each, value in settings)
        return t.VocabularyHeader(name("samples"), self._label(), tuple(nodes), span=NOWHERE)

    def _kind(self, index: int) -> t.KindDeclaration:
        values = VALUES[index][: self.choices.between(2, 4)]
        nodes = tuple(t.KindValue(name(each), self._label(), span=NOWHERE) for each in values)
        return t.KindDeclaration(name(self.kinds[index]), self._label(), index % 2 == 1, nodes, span=NOWHERE)

    # ---- entities ----------------------------------------------------------------------------------------

    def _add_entity(self, text: str) -> None:
        """An entity that stands for itself, or is contained in one of those before it, or in a list of one."""
        outer = [each for each in self.entities if each.level < LEVELS]
        form = self.choices.one(("optional", "list", "contained", "listed")) if outer else "listed"
        if form == "listed":
            self.entities.append(_Entity(text, 1))
            return
        holder = self.choices.one(outer)
        self.entities.append(_Entity(text, holder.level + 1))
        self._hold(holder, text, form)

    def _hold(self, holder: _Entity, text: str, form: str) -> None:
        fact = f"{text}s" if form == "list" else text if self.choices.below(3) < 2 else f"its_{text}"
        if not holder.has(fact):
            type_ = t.TypeName(
                "list" if form == "list" else "named", name(text), span=NOWHERE, optional=form == "optional"
            )
            self._declare(holder, fact, type_)

    def _hold_twice(self) -> None:
        """Let an entity that is contained somewhere be contained in another place as well."""
        inner = [each for each in self.entities if each.level > 1]
        if inner:
            chosen = self.choices.one(inner)
            outer = [each for each in self.entities if each.level < chosen.level]
            self._hold(self.choices.one(outer), chosen.name, self.choices.one(("list", "optional")))

    def _refer(self) -> None:
        """A reference, perhaps with the inverse list. Nobody is sure to have an entity that another one contains."""
        owner, target = self.choices.one(self.entities), self.choices.one(self.entities)
        fact = self.choices.one((target.name, f"first_{target.name}", f"second_{target.name}"))
        if owner.has(fact):
            return
        optional = target.level > 1 or self.choices.chance(2)
        self._declare(owner, fact, t.TypeName("reference", name(target.name), span=NOWHERE, optional=optional))
        back = f"{owner.name}s_of_{fact}"
        if self.choices.below(3) < 2 and not target.has(back):
            self._declare(target, back, t.TypeName("inverse", name(owner.name), span=NOWHERE, by=name(fact)))

    # ---- facts -------------------------------------------------------------------------------------------

    def _add_fact(self, entity: _Entity) -> None:
        fact = self.choices.one(FACTS)
        if entity.has(fact):
            return
        forms = (*_BASIC, *self.kinds, "judgement")
        chosen = forms[self.choices.below(len(forms))]
        if chosen == "judgement":
            type_ = t.TypeName("judgement", name(self.choices.one(self.roles)), span=NOWHERE)
        else:
            form = "basic" if chosen in _BASIC else "named"
            type_ = t.TypeName(form, name(chosen), span=NOWHERE, optional=self.choices.chance(4))
        self._declare(entity, fact, type_)

    def _declare(self, entity: _Entity, fact: str, type_: t.TypeName) -> None:
        entity.facts.append(t.FactDeclaration(name(fact), type_, self._label(), self.choices.chance(4), span=NOWHERE))

    def _label(self) -> t.Label | None:
        index = self.choices.below(3 * len(_LABELS))
        return label(_LABELS[index - 2 * len(_LABELS)]) if index >= 2 * len(_LABELS) else None
