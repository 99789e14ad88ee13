"""What a name means at a place: variables, facts of the subject, definitions, decisions, parameters, entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sopb_rules.model import vocabulary as v
from sopb_rules.model.expressions import Holder, Path, Variable

#: Paths that are known to exist, by variable and the names of their steps.
Known = frozenset[tuple[Variable, tuple[str, ...]]]


@attrs.frozen
class Scope:
    """The place at which a condition is checked.

    Args:
        subject: the entity that the statement is about.
        variables: the variables of the lists around the place, by name.
        where: the statement, for diagnostics (``norm 8.1``).
        place: the key under which a judgement for an open parameter is stated (``8.3 (a)``).
        label: the words of the clause, which such a judgement asks about; "" where there are none.
    """

    subject: Variable
    where: str
    place: str = ""
    label: str = ""
    variables: Mapping[str, Variable] = attrs.field(factory=dict)

    def inside(self, variable: Variable) -> Scope:
        """The scope of a list's condition."""
        return attrs.evolve(self, variables={**self.variables, variable.name: variable})

    def at(self, place: str, label: str = "") -> Scope:
        """The same scope for another part of the statement."""
        return attrs.evolve(self, place=place, label=label)

    def roots(self) -> dict[str, tuple[Variable, tuple[v.Fact | Holder, ...]]]:
        """The entities that can be named here: variables, the subject, and the entities that hold it."""
        named: dict[str, tuple[Variable, tuple[v.Fact | Holder, ...]]] = {}
        for name, steps in _holders(self.subject.entity):
            named[name] = (self.subject, steps)
        for name, variable in self.variables.items():
            named[name] = (variable, ())
            for holder, steps in _holders(variable.entity):
                named.setdefault(holder, (variable, steps))
        return named


def _holders(entity: v.Entity) -> Iterator[tuple[str, tuple[Holder, ...]]]:
    """An entity and those that hold it, as long as there is only one sort of holder."""
    steps: tuple[Holder, ...] = ()
    while True:
        yield entity.name, steps
        sorts = {id(holder): holder for holder, _ in entity.holders}
        if len(sorts) != 1:
            return
        (entity,) = sorts.values()
        steps = (*steps, Holder(entity))


def key(path: Path) -> tuple[Variable, tuple[str, ...]]:
    """The identity of a path for guards, however it was spelt."""
    return path.root, tuple(step_name(step) for step in path.steps)


def step_name(step: v.Fact | Holder) -> str:
    """A fact's name; a step to the holder has a name that no fact can have."""
    return step.name if isinstance(step, v.Fact) else f"^{step.entity.name}"
