"""Whether local measures are at least as strict as what they are under, else whom they would let off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sopb_rules.analysis.changes import Shown
from sopb_rules.analysis.meaning import meaning
from sopb_rules.analysis.pair import Pair
from sopb_rules.analysis.solve import Undecided
from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.model.norms import Norm, parameters_of
from sopb_rules.model.strictness import Restatement, StrictnessPair
from sopb_rules.states.nodes import a


def loosened(pairs: Iterable[StrictnessPair], seconds: float = 10.0) -> Iterator[Diagnostic]:
    """What measures let off: an error for each statement by which somebody no longer breaches a norm.

    Where that is not decided, or only for lists up to a length, a warning says so.

    Args:
        pairs: the layers that tighten norms, or set anew what a layer below has set.
        seconds: after which the solver gives up on one search.

    Raises:
        Mismatch: the reference evaluator does not confirm what the solver found.
    """
    for pair in pairs:
        told: dict[Restatement, list[_Letting]] = {}
        for id, norm in pair.without.norms.items():
            tightened = pair.whole.norms[id]
            if meaning(norm) != meaning(tightened):
                told.setdefault(_restating(pair, tightened), []).append(_asked(pair, norm, tightened, seconds))
        for restatement, found in told.items():
            yield from _told(pair, restatement, found)


@attrs.frozen
class _Letting:
    """What becomes of one norm: a state in which somebody is let off, or why it is not proved that there is none."""

    norm: Norm
    shown: Shown | None = None
    unsure: str = ""


def _asked(pair: StrictnessPair, norm: Norm, tightened: Norm, seconds: float) -> _Letting:
    asked = Pair(pair.without, pair.whole, norm, tightened, seconds)
    try:
        shown = asked.shown(asked.laxer())
    except Undecided as error:
        return _Letting(norm, unsure=str(error))
    return _Letting(norm, shown, "; ".join(asked.unsure()) if shown is None else "")


def _told(pair: StrictnessPair, restatement: Restatement, found: list[_Letting]) -> Iterator[Diagnostic]:
    """One error for all that a statement lets off, of the norm that it is about first; warnings for what is not proved."""
    at, where = restatement.place, restatement.said
    looser = sorted((each for each in found if each.shown), key=lambda each: each.norm.id != restatement.name)
    for each in looser[:1]:
        shown, norm = each.shown, each.norm
        assert shown is not None
        given = ", ".join(shown.given) or "nothing stated"
        old, new = (end.replace("_", " ") for end in (shown.old, shown.new))
        message = (
            f"this lets off {a(norm.entity.label)}: with {given}, norm {norm.id} is {old} without it and {new} with it"
        )
        others = [other.norm.id for other in looser[1:]]
        also = f"; {_listed(others)} {'becomes' if len(others) == 1 else 'become'} looser with it" if others else ""
        help = (
            f"measures may be stricter than {_below(pair)}, and never looser{also}; below is the state of one let off"
        )
        yield Diagnostic(Code.LOOSER, message, at, where=where, help=help, example=shown.state)
    for each in found:
        if each.unsure:
            message = f"it is not proved that norm {each.norm.id} is at least as strict as before: {each.unsure}"
            yield Diagnostic(Code.LOOSER, message, at, where=where, severity=Severity.WARNING)


def _below(pair: StrictnessPair) -> str:
    """What the measures are under, as people call it."""
    vocabulary = pair.whole.vocabulary
    under = next((each.title for each in pair.whole.measures if each.name and each.name == pair.layer.base), "")
    return f"“{under or vocabulary.title or vocabulary.name}”"


def _listed(ids: list[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"


def _restating(pair: StrictnessPair, norm: Norm) -> Restatement:
    """What of the measures changes a norm: what tightens it, else what sets a parameter that it reads."""
    read = {parameter.name for parameter in parameters_of(*norm.parts)}
    for each in pair.restatements:
        if each.name == norm.id if each.is_norm else each.name in read:
            return each
    return pair.restatements[0]  # through another norm that it refers to
