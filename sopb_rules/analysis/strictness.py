"""Whether local measures are at least as strict as what they are under, else whom they would let off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sopb_rules.analysis.changes import Shown
from sopb_rules.analysis.meaning import meaning
from sopb_rules.analysis.pair import Pair
from sopb_rules.analysis.replay import Mismatch
from sopb_rules.analysis.solve import Undecided
from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.model.norms import Norm, parameters_of
from sopb_rules.model.strictness import Restatement, StrictnessPair


def loosened(pairs: Iterable[StrictnessPair], seconds: float = 10.0) -> Iterator[Diagnostic]:
    """What measures let off: an error for each norm that somebody breaches below them and not with them.

    Where that is not decided, or only for lists up to a length, a warning says so.

    Args:
        pairs: the layers that tighten norms, or set anew what a layer below has set.
        seconds: after which the solver gives up on one search.
    """
    for pair in pairs:
        for id, norm in pair.without.norms.items():
            tightened = pair.whole.norms[id]
            if meaning(norm) != meaning(tightened):
                yield from _of_norm(pair, norm, tightened, seconds)


def _of_norm(pair: StrictnessPair, norm: Norm, tightened: Norm, seconds: float) -> Iterator[Diagnostic]:
    restatement = _restating(pair, tightened)
    asked = Pair(pair.without, pair.whole, norm, tightened, seconds)
    try:
        shown = asked.shown(asked.laxer())
        unsure = "; ".join(asked.unsure()) if shown is None else ""
    except Undecided as error:
        shown, unsure = None, str(error)
    except Mismatch as error:
        message = f"the solver and the evaluator disagree on whether {norm.id} is stricter, which is a mistake of sopb"
        yield Diagnostic(Code.LOOSER, message, restatement.place, where=restatement.said, help=str(error))
        return
    if shown is not None:
        yield _looser(pair, restatement, norm, shown)
    elif unsure:
        message = f"it is not proved that {norm.id} is at least as strict as before: {unsure}"
        warning = Severity.WARNING
        yield Diagnostic(Code.LOOSER, message, restatement.place, where=restatement.said, severity=warning)


def _looser(pair: StrictnessPair, restatement: Restatement, norm: Norm, shown: Shown) -> Diagnostic:
    below = pair.layer.base if norm.layer else "the document"
    given = ", ".join(shown.given) or "nothing"
    verdicts = f"{shown.old.replace('_', ' ')} by {below} and {shown.new.replace('_', ' ')} by the measures"
    message = f"it lets off: with {given}, {norm.id} is {verdicts}"
    help = "measures may be stricter and never looser; the state below shows whom they would let off"
    return Diagnostic(Code.LOOSER, message, restatement.place, where=restatement.said, help=help, example=shown.state)


def _restating(pair: StrictnessPair, norm: Norm) -> Restatement:
    """What of the measures changes a norm: what tightens it, else what sets a parameter that it reads."""
    read = {parameter.name for parameter in parameters_of(*norm.parts)}
    for each in pair.restatements:
        if each.name == norm.id if each.is_norm else each.name in read:
            return each
    return pair.restatements[0]  # through another norm that it refers to
