"""What a decision log leaves out: facts, ids and people, by the names of the vocabulary.

A masked value occurs nowhere: not as a value, not in a path, not as the name that stands for somebody. So what is masked
draws something with it: a reference, the ids of what it leads to; a contained entity or a list, all that stands inside, and
where references in there lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model.vocabulary import Contained, Entity, FactType, Inverse, ListOf, Reference, Vocabulary
from sopb_rules.states.records import Record

#: What can be masked of every entity besides its facts.
ID, JUDGEMENTS = "id", "judgements"


@attrs.frozen
class Masks:
    """What is left out.

    Args:
        facts: pairs of the names of an entity and of a fact, or `JUDGEMENTS`.
        ids: the names of the entities whose ids are left out.
        people: whether it is left out who judged.
    """

    facts: frozenset[tuple[str, str]] = frozenset()
    ids: frozenset[str] = frozenset()
    people: bool = False

    def __bool__(self) -> bool:
        return bool(self.facts or self.ids or self.people)

    def hides(self, record: Record, name: str) -> bool:
        """Whether a fact of a record is masked itself; `JUDGEMENTS` for its judgements in place of open parameters."""
        return (record.entity.name, name) in self.facts

    def cover(self, record: Record) -> tuple[Record, str] | None:
        """The outermost masked fact that a record stands inside of: who has it, and its name."""
        found = None
        while record.holder is not None and record.holder_fact is not None:
            if self.hides(record.holder, record.holder_fact.name):
                found = (record.holder, record.holder_fact.name)
            record = record.holder
        return found


NO_MASKS = Masks()


def masks_named(vocabulary: Vocabulary, names: Iterable[str], people: bool = False) -> Masks:
    """The masks that people name: ``FACT`` in every entity, ``ENTITY.FACT``, ``id``, ``ENTITY.id``, and `judgements` likewise.

    Raises:
        RulesError: the vocabulary has nothing of that name; all such names are told.
    """
    wrong: list[Diagnostic] = []
    found: set[tuple[str, str]] = set()
    for name in names:
        try:
            found |= set(_named(vocabulary, name))
        except RulesError as error:
            wrong += error.diagnostics
    if wrong:
        raise RulesError(wrong)
    facts = {(entity, fact) for entity, fact in found if fact != ID}
    types = (vocabulary.entities[entity].facts[fact].type for entity, fact in facts if fact != JUDGEMENTS)
    led_to = {entity.name for type_ in types for entity in _led_to(type_)}
    return Masks(frozenset(facts), frozenset({entity for entity, fact in found if fact == ID} | led_to), people)


def _named(vocabulary: Vocabulary, name: str) -> Iterator[tuple[str, str]]:
    """The entities and facts that a name means."""
    owner, dot, fact = name.rpartition(".")
    entities = list(vocabulary.entities.values())
    if dot:
        if owner not in vocabulary.entities:
            raise _unknown(f"there is no entity {owner} of which {fact} could be masked", owner, vocabulary.entities)
        entities = [vocabulary.entities[owner]]
    known = dict.fromkeys(each for entity in entities for each in _maskable(entity))
    if fact in known:
        yield from ((entity.name, fact) for entity in entities if fact in _maskable(entity))
        return
    types = (entity.facts[fact].type for entity in entities if fact in entity.facts)
    if (computed := next((type_ for type_ in types if isinstance(type_, Inverse)), None)) is not None:
        help = f"mask what it is worked out from: `{computed.entity.name}.{computed.by}`"
        message = f"`{name}` is stated by nobody, so it cannot be masked"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
    message = f"{owner} has no fact {fact} to be masked" if dot else f"there is no fact {fact} to be masked"
    raise _unknown(message, fact, known)


def _led_to(type_: FactType) -> Iterator[Entity]:
    """The entities that a fact leads to by a reference: itself, or something inside it."""
    if isinstance(type_, Reference):
        yield type_.entity
    elif isinstance(type_, Contained | ListOf):
        for fact in type_.entity.facts.values():
            yield from _led_to(fact.type)


def _maskable(entity: Entity) -> list[str]:
    return [ID, JUDGEMENTS, *(each.name for each in entity.facts.values() if not isinstance(each.type, Inverse))]


def _unknown(message: str, name: str, known: Iterable[str]) -> RulesError:
    return RulesError([Diagnostic(Code.BAD_USAGE, message, help=suggestion(name, known, "there is"))])
