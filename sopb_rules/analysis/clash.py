"""Duties that no act can meet together, and duties that forbid what a permission allows.

A situation is what no act decides: all facts that are not marked `act`. Duties clash in a situation if there is no choice of
the acts in which none of them is unmet. The solver looks for a situation in which all acts fail, then for the smallest set of
duties that clash there, and goes on where that set could be met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import z3

from sopb_rules.analysis import calendar
from sopb_rules.analysis.asked import acts_of
from sopb_rules.analysis.logic import Formula, both, holds_in, no
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.analysis.replay import Claim
from sopb_rules.analysis.solve import Undecided
from sopb_rules.analysis.study import Study
from sopb_rules.analysis.world import Elements, Single
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Norm, Policies
from sopb_rules.predicates.verdicts import Verdict

#: The most clashes of one group that are told.
MOST = 10
#: The most choices of acts that are tried one by one, where the solver does not decide on all of them at once.
CHOICES = 64


def clashes(policies: Policies, question: Question, seconds: float) -> Iterator[Answer]:
    """The smallest sets of duties that no act can meet together, each with a situation.

    For a permission and a duty: whether the duty forbids what the permission allows.
    """
    norms = [policies.norms[id] for id in question.ids]
    study = Study(policies, norms, seconds)
    group = _Group.of(study, norms)
    uncovered = tuple(_taken_as_given(study))
    told = 0
    while (clash := group.next_clash()) is not None:
        ids = tuple(norms[position].id for position in clash.norms)
        if len(ids) == 1 and question.kind is Kind.FORBIDS_PERMITTED:
            continue
        if told == MOST:
            yield Answer(question, Status.UNDECIDED, question.ids, reason=f"there are more than {MOST} clashes")
            return
        told += 1
        yield Answer(question, Status.FOUND, ids, group.witness(clash), bounds=study.bounds, uncovered=uncovered)
        if question.kind is Kind.FORBIDS_PERMITTED:
            return
    if not told:
        yield Answer(question, Status.CLEAR, question.ids, bounds=study.bounds, uncovered=uncovered)


def _taken_as_given(study: Study) -> Iterator[str]:
    """What acting sets up or chooses, and of which facts were read that no act decides."""
    slots = list(study.world.slots.items())
    for fact in dict.fromkeys(fact for _, (fact, _) in slots if fact.act):
        if isinstance(fact.type, v.Contained | v.ListOf):
            entity = fact.type.entity
            read = dict.fromkeys(
                each.name for (place, _), (each, _) in slots if place.entity is entity and not each.act
            )
            if read:
                yield f"{', '.join(read)} of {fact.name} is taken as it is, also where acting brings the {entity.label} about"


@attrs.frozen
class _Clash:
    """Norms that clash, by their positions, and the situation: each variable with its value."""

    norms: tuple[int, ...]
    situation: Formula


@attrs.define
class _Group:
    """Norms that are looked at together.

    Args:
        wanted: of each norm, that it is kept; of a permission, that it is used.
        acts: the variables that acting decides.
        rules: what always holds of them; `situation` is what always holds of the others.
        apart: that each clash found so far could be met.
    """

    study: Study
    norms: Sequence[Norm]
    wanted: list[Formula]
    acts: list[Any]
    rules: Formula
    situation: Formula
    apart: list[Formula] = attrs.field(factory=list)

    @classmethod
    def of(cls, study: Study, norms: Sequence[Norm]) -> _Group:
        """The formulas of some norms."""
        wanted = [_kept(study, norm) for norm in norms]
        acts = _act_variables(study)
        names = {act.get_id() for act in acts}
        own: list[Formula] = []
        others: list[Formula] = []
        for rule in study.world.rules:
            (own if names & _variables(rule).keys() else others).append(rule)
        group = cls(study, norms, wanted, acts, both(*own), both(*others))
        group.apart.append(group.by_other_acts(group.rules))  # some choice of acts there is
        return group

    def next_clash(self) -> _Clash | None:
        """A clash of norms that were not found to clash so far, or that clash in another way."""
        found = self._without_way_out()
        if found is None:
            return None
        core = self.study.solver.core(self.wanted, found)
        assert core is not None
        self.apart.append(self.by_other_acts(both(self.rules, *(self.wanted[position] for position in core))))
        return _Clash(tuple(core), found)

    def by_other_acts(self, formula: Formula) -> Formula:
        """A formula of the same situation and of acts that nothing else speaks of."""
        if isinstance(formula, bool):
            return formula
        return z3.substitute(formula, *((act, z3.FreshConst(act.sort(), "act")) for act in self.acts))

    def _without_way_out(self) -> Formula | None:
        """A situation in which no choice of acts meets all norms, as a formula; None where there is none."""
        all_kept = both(self.rules, *self.wanted)
        failing = no(all_kept)
        ctx = self.study.world.ctx
        solver = z3.Then("simplify", "qsat", ctx=ctx).solver() if self.acts else z3.Solver(ctx=ctx)
        everything = z3.ForAll(self.acts, failing) if self.acts and not isinstance(failing, bool) else failing
        answer = self._solver(self.situation, *self.apart, everything, solver=solver).check()
        if answer == z3.unknown and self.acts:
            return self._tried_one_by_one(all_kept)
        return self._fixed(solver.model(), all_kept) if self._holds(answer) else None

    def _tried_one_by_one(self, all_kept: Formula) -> Formula | None:
        """The same, by trying the choices that situations leave in others too, until one has none, or none fails in all."""
        failing = no(all_kept)
        situations = self._solver(self.situation, *self.apart)
        for _ in range(CHOICES):
            if not self._holds(situations.check()):
                return None
            found = self._fixed(situations.model(), all_kept)
            choices = self._solver(found, all_kept)
            if not self._holds(choices.check()):
                return found
            chosen = choices.model()
            values = ((act, chosen.eval(act, model_completion=True)) for act in self.acts)
            situations.add(z3.substitute(failing, *values))
        raise Undecided(f"not decided by {CHOICES} choices of acts")

    def _solver(self, *formulas: Formula, solver: z3.Solver | None = None) -> z3.Solver:
        solver = solver or z3.Solver(ctx=self.study.world.ctx)
        solver.set("timeout", max(1, int(self.study.solver.seconds * 1000)))
        solver.add(*(z3.BoolVal(each, self.study.world.ctx) if isinstance(each, bool) else each for each in formulas))
        return solver

    def _holds(self, answer: z3.CheckSatResult) -> bool:
        if answer == z3.unknown:
            raise Undecided(f"not decided within {self.study.solver.seconds:g} s")
        return bool(answer == z3.sat)

    def _fixed(self, model: z3.ModelRef, all_kept: Formula) -> Formula:
        """The situation of a model."""
        acts = {act.get_id() for act in self.acts}
        variables = {**_variables(self.situation), **_variables(all_kept)}
        return both(
            *(each == model.eval(each, model_completion=True) for name, each in variables.items() if name not in acts)
        )

    def witness(self, clash: _Clash) -> Any:
        """A state of the situation in which the last of the norms is unmet, and the others are kept."""
        *others, last = (self.norms[position] for position in clash.norms)
        kept = [self.wanted[position] for position in clash.norms[:-1]]
        study = self.study
        for place in study.world.of(last.entity.name):
            broken = both(place.there, study.breached(last, place))
            model = study.solver.model(clash.situation, *kept, broken)
            if model is not None:
                claims = [Claim(last, place, (Verdict.UNMET.value,))]
                claims += [claim for other in others if (claim := _claim(study, other, model)) is not None]
                return study.witness(model, *claims)
        return None


def _kept(study: Study, norm: Norm) -> Formula:
    if norm.is_permission:
        place = next(study.world.of(norm.entity.name))
        return both(place.there, study.encoder.comes_to(norm, place, Verdict.USED))
    return study.never_unmet(norm)


def _claim(study: Study, norm: Norm, model: z3.ModelRef) -> Claim | None:
    """That a norm is met, or used, for the first record for which it applies."""
    for place in study.world.of(norm.entity.name):
        verdict = Verdict.USED if norm.is_permission else Verdict.MET
        where = both(place.there, study.encoder.comes_to(norm, place, verdict))
        if holds_in(model, where):
            return Claim(norm, place, (verdict.value,))
    return None


def _act_variables(study: Study) -> list[Any]:
    """The variables of facts that acting decides."""
    found: list[Any] = []
    for fact, slot in study.world.slots.values():
        if fact.act:
            found.append(slot.known if isinstance(slot, Elements) else slot.absent)
            if isinstance(slot, Single):
                found += _parts(slot.value)
            elif isinstance(slot, Elements):
                found += (there for there, _ in slot.places)
    for (_place, key), single in study.world.judgements.items():
        if key in _acted(study):
            found.append(single.value)
    return [each for each in found if z3.is_const(each) and not isinstance(each, bool)]


def _acted(study: Study) -> set[str]:
    """The keys of judgements on what acting decides."""
    return {
        node.key
        for condition in study.policies.conditions()
        for node in e.walk(condition, into_applied=False)
        if isinstance(node, e.Judged) and acts_of(node.comparison)
    }


def _parts(value: Any) -> Iterable[Any]:
    return (value.year, value.month, value.day) if isinstance(value, calendar.Day) else (value,)


def _variables(formula: Formula) -> dict[int, Any]:
    """The variables of a formula, by their number."""
    if isinstance(formula, bool):
        return {}
    found: dict[int, Any] = {}
    seen: set[int] = set()
    stack = [formula]
    while stack:
        node = stack.pop()
        if node.get_id() in seen:
            continue
        seen.add(node.get_id())
        if z3.is_const(node) and node.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found[node.get_id()] = node
        stack += node.children()
    return found
