"""Two versions of a statement, asked about the same states: where they come to different ends, with a state that shows it.

A version is stricter where somebody breaches it who does not breach the other: leaves a duty unmet, or acts outside of the
conditions of a permission. Both versions are asked about the states that both vocabularies can state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from sopb_rules.analysis.changes import Shown
from sopb_rules.analysis.decode import decode, record_at
from sopb_rules.analysis.encode import Encoder
from sopb_rules.analysis.logic import Formula, both, either, holds_in, no
from sopb_rules.analysis.merged import merged
from sopb_rules.analysis.questions import Bound
from sopb_rules.analysis.replay import Mismatch, outcome, shortened
from sopb_rules.analysis.sizes import sizes
from sopb_rules.analysis.solve import USUAL_DAY, Solver, Undecided
from sopb_rules.analysis.stated import given, without_unknown
from sopb_rules.analysis.world import Place, Single, World
from sopb_rules.diagnostics import RulesError
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, Policies, Statement, depend_on_date
from sopb_rules.predicates.evaluate import evaluate_norm
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.nodes import Mapping as Tree
from sopb_rules.states.read import build_state
from sopb_rules.states.records import Record, State
from sopb_rules.states.writing import yaml_text

#: What a statement comes to: a verdict or a value, and where it is unknown the verdicts that are possible.
End = tuple[str, ...]

_BREACHES: tuple[End, ...] = ((Verdict.UNMET.value,), (Verdict.EXCEEDED.value,))


@attrs.frozen
class Found:
    """What the solver says of two versions of a statement.

    Args:
        stricter: a state where the new version is breached and the old one is not; `laxer` the other way round.
        otherwise: a state where they differ in something else; looked for where they are neither stricter nor laxer.
        unknown: whether `otherwise` differs only in what is unknown.
        reason: what is not decided, and why.
        mismatch: whether the solver and the reference evaluator disagree, as `reason` says.
        bounds: the lists that were looked at only up to a length.
    """

    stricter: Shown | None = None
    laxer: Shown | None = None
    otherwise: Shown | None = None
    unknown: bool = False
    reason: str = ""
    mismatch: bool = False
    bounds: tuple[Bound, ...] = ()


def differ(old: Policies, new: Policies, one: Statement, other: Statement, seconds: float) -> Found:
    """Where two versions of a statement about the same entity differ; nowhere if nothing is found and there is no reason.

    Args:
        seconds: after which the solver gives up on one search.
    """
    pair = Pair(old, new, one, other, seconds)
    reasons: list[str] = []

    def asked(words: str, formula: Callable[[], Formula], of: Pair) -> Shown | None:
        try:
            return of.shown(formula())
        except Undecided as error:
            reasons.append(f"whether it {words}: {error}")
            return None

    try:
        stricter = asked("is stricter", pair.stricter, pair)
        laxer = asked("is laxer", pair.laxer, pair)
        otherwise = None if stricter or laxer else asked("differs otherwise", pair.any_difference, pair)
        unknown = False
        if not (stricter or laxer or otherwise or reasons):
            reasons += pair.unsure()
        if not (stricter or laxer or otherwise or reasons):
            partial = Pair(old, new, one, other, seconds, complete=False)
            otherwise = asked("differs where facts are unknown", partial.any_difference, partial)
            unknown = otherwise is not None
    except Mismatch as error:
        return Found(reason=str(error), mismatch=True, bounds=pair.bounds)
    return Found(stricter, laxer, otherwise, unknown, "; ".join(reasons), False, pair.bounds)


class Pair:
    """Two versions of a statement over one world.

    Args:
        complete: whether every fact is known.
    """

    def __init__(
        self, old: Policies, new: Policies, one: Statement, other: Statement, seconds: float, complete: bool = True
    ) -> None:
        self._versions = ((old, one), (new, other))
        vocabulary = merged(old.vocabulary, new.vocabulary)
        entity = vocabulary.entities[other.entity.name]
        parts = [*one.parts, *other.parts]
        needed = sizes(parts, [entity], vocabulary)
        self.bounds = needed.bounds()
        self._dated = depend_on_date(*parts)
        self.world = World(vocabulary, needed.most, complete, None if self._dated else USUAL_DAY)
        self.encoder = Encoder(self.world)
        self.solver = Solver(self.world, seconds)
        self.place: Place = next(self.world.of(entity.name))
        self.world.rules.append(self.place.there)
        self._old, self._new = (self._ends(each) for each in (one, other))
        self._stated_by_both()

    def _ends(self, statement: Statement) -> dict[End, Formula]:
        """Where a statement comes to each end; what is left is unknown."""
        match statement:
            case Norm():
                outcomes = self.encoder.outcomes(statement, self.place)
                return {_end(outcome.verdict, outcome.possible): where for outcome, where in outcomes.items()}
            case Decision():
                return {(end,): where for end, where in self.encoder.ends(statement, self.place).items()}
            case _:
                truth = self.encoder.truth(statement.condition, {statement.variable: self.place})
                return {("yes",): truth.true, ("no",): truth.false}

    def _stated_by_both(self) -> None:
        """States have no value that the kind of a fact lacks in a version which knows the fact."""
        for (place, _), (fact, slot) in list(self.world.slots.items()):
            if isinstance(fact.type, v.KindType) and isinstance(slot, Single):
                kinds = list(self._kinds(place.entity.name, fact))
                for number, value in enumerate(self.world.values(fact.type.kind)):
                    if any(value not in kind.values for kind in kinds):
                        self.world.rules.append(slot.value != number)

    def _kinds(self, entity: str, fact: v.Fact) -> Iterator[v.Kind]:
        for policies, _ in self._versions:
            known = policies.vocabulary.entities.get(entity)
            own = known.facts.get(fact.name) if known is not None else None
            if own is not None and isinstance(own.type, v.KindType):
                yield own.type.kind

    # ---- questions ---------------------------------------------------------------------------------------

    def stricter(self) -> Formula:
        """Where the new version is breached and the old one is not."""
        return both(self._breached(self._new), no(self._breached(self._old)))

    def laxer(self) -> Formula:
        """Where the old version is breached and the new one is not."""
        return both(self._breached(self._old), no(self._breached(self._new)))

    def _breached(self, ends: Mapping[End, Formula]) -> Formula:
        return either(*(ends[end] for end in _BREACHES if end in ends))

    def any_difference(self) -> Formula:
        """Where the versions come to different ends."""
        old, new = self._old, self._new
        ends = dict.fromkeys((*old, *new))
        return either(
            *(both(old.get(end, False), no(new.get(end, False))) for end in ends),
            *(both(no(old.get(end, False)), new.get(end, False)) for end in ends),
        )

    def unsure(self) -> Iterator[str]:
        """Why nothing is proved by finding no difference."""
        if short := [bound for bound in self.bounds if not bound.enough]:
            lists = " and ".join(f"at most {bound.most} records of `{bound.list}`" for bound in short)
            yield f"no difference was found with {lists}"

    # ---- states ------------------------------------------------------------------------------------------

    def shown(self, formula: Formula) -> Shown | None:
        """A state in which a formula holds, replayed on both versions; None where there is none.

        Raises:
            Undecided: the solver came to no end, or to a state that one version refuses.
            Mismatch: the reference evaluator does not confirm what the solver found.
        """
        model = self.solver.model(formula)
        if model is None:
            return None
        draft = decode(self.world, model)
        expected = tuple(
            next((end for end, where in ends.items() if holds_in(model, where)), ("unknown",))
            for ends in (self._old, self._new)
        )
        came = self._replayed(draft.node())
        if came is None:
            raise Undecided("only a state was found that one of the versions refuses")
        if came != expected:
            words = f"the solver says {expected}, the evaluator says {came}"
            raise Mismatch(f"{words}, in this state:\n{yaml_text(draft.node())}")
        shortened(draft, lambda: self._replayed(draft.node()) == came)
        record = self._record(self._versions[1][0], draft.node())
        assert record is not None
        (old, *old_possible), (new, *new_possible) = came
        possible = tuple(old_possible), tuple(new_possible)
        said = tuple(given(draft, record, self._dated))
        return Shown(yaml_text(draft.node()), record.path, said, old, new, *possible)

    def _replayed(self, node: Tree) -> tuple[End, End] | None:
        """What both versions come to by the reference evaluator; None where a state cannot be read, or lacks the record."""
        ends: list[End] = []
        for policies, statement in self._versions:
            record = self._record(policies, node)
            if record is None:
                return None
            ends.append(_came_to(statement, record))
        return ends[0], ends[1]

    def _record(self, policies: Policies, node: Tree) -> Record | None:
        """The subject in a state, as a version reads it without the facts that it does not know."""
        try:
            known = without_unknown(node, policies.vocabulary, policies.judgement_keys)
            state = build_state(policies.vocabulary, [known], judgement_keys=policies.judgement_keys)
        except RulesError:
            return None
        return record_at(state, self.place)


def _end(verdict: Verdict, possible: frozenset[Verdict]) -> End:
    return (verdict.value, *(sorted(each.value for each in possible) if verdict is Verdict.UNKNOWN else ()))


def _came_to(statement: Statement, record: Record) -> End:
    state: State = record.state
    if isinstance(statement, Norm):
        assert state.as_of is not None
        found = evaluate_norm(statement, record, state.as_of)
        return _end(found.verdict, found.possible)
    return (outcome(statement, record, state),)
