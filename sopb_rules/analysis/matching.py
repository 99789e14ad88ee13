"""Which statement of one version is which of the other, also where sentences were renumbered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

import attrs

from sopb_rules.analysis.asked import name_of
from sopb_rules.analysis.meaning import meaning_without_number
from sopb_rules.diagnostics import RulesError
from sopb_rules.model.called import called as named
from sopb_rules.model.norms import Decision, Note, Policies, Statement

#: What is compared: all that has a place of its own in the document.
Told = Statement | Note


@attrs.frozen(eq=False)
class Match:
    """A statement in two versions; None where a version does not have it."""

    old: Told | None
    new: Told | None

    @property
    def latest(self) -> Told:
        """The statement as it is now, or as it was last."""
        there = self.new or self.old
        assert there is not None
        return there


def matched(old: Policies, new: Policies) -> list[Match]:
    """All statements and notes of both versions, those of the new one in its order, and then those that are gone.

    A statement is the one that has its name, unless both its meaning and its sentence are others; then it is looked for by
    its meaning, by its sentence, and last again by its name. So a norm before which another was put is found again.
    """
    before, after = (
        {key(each): each for each in (*policies.statements, *policies.notes.values())} for policies in (old, new)
    )
    found: dict[str, str] = {}
    for alike in _ALIKE:
        _pair(found, before, after, alike)
    gone = before.keys() - found.values()
    pairs = [Match(before.get(found.get(name, "")), each) for name, each in after.items()]
    return [*pairs, *(Match(each, None) for name, each in before.items() if name in gone)]


def meant(old: Policies, new: Policies, name: str) -> list[Statement]:
    """What a person means in either version.

    Raises:
        RulesError: neither has something that is called so.
    """
    found: list[Statement] = []
    for policies in (old, new):
        try:
            found += named(policies, name)
        except RulesError:
            if policies is new and not found:
                raise
    return found


def kind_of(told: Told) -> str:
    """`norm`, `decision`, `definition` or `note`."""
    return type(told).__name__.lower()


def called(told: Told) -> str:
    """The name of a statement, or the id of a note."""
    return told.id if isinstance(told, Note) else name_of(told)


def key(told: Told) -> str:
    """A name that nothing else has, of whatever kind."""
    return f"{kind_of(told)} {called(told)}"


def _pair(
    found: dict[str, str], old: Mapping[str, Told], new: Mapping[str, Told], alike: Callable[[Told], Hashable]
) -> None:
    """Pair what is in no pair yet and is alike in something, in the order of the versions."""
    free: dict[Hashable, list[str]] = {}
    for name in old.keys() - found.values():
        free.setdefault((kind_of(old[name]), alike(old[name])), []).append(name)
    order = list(old)
    for names in free.values():
        names.sort(key=order.index)
    for name, told in new.items():
        same = free.get((kind_of(told), alike(told)))
        if name not in found and alike(told) is not None and same:
            found[name] = same.pop(0)


def sentence(told: Told) -> str:
    """What it quotes."""
    return "\n".join(case.text for case in told.cases) if isinstance(told, Decision) else told.text


def _meaning(told: Told) -> str | None:
    """The meaning, in which judgements have the same keys whatever its number is."""
    return None if isinstance(told, Note) else meaning_without_number(told)


def _or_none(*parts: str | None) -> Hashable:
    return parts if all(parts) else None


_ALIKE: tuple[Callable[[Told], Hashable], ...] = (
    lambda told: _or_none(key(told), _meaning(told)),
    lambda told: _or_none(key(told), sentence(told)),
    lambda told: _or_none(_meaning(told), sentence(told)),
    _meaning,
    lambda told: sentence(told) or None,
    key,
)
