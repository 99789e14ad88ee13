"""The states that show what each condition of a statement does, found by a solver, or proved not to be.

For each atom a pair of states in which it alone turns the verdict, as `sopb_rules.testing.coverage` understands that (modified
condition/decision coverage); and for each comparison by order a state at its border, just below and just above. Each state is
held against the reference evaluator before it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from sopb_rules.analysis import calendar
from sopb_rules.analysis.decode import StateDraft, decode, record_at
from sopb_rules.analysis.encode import Encoder
from sopb_rules.analysis.logic import Formula, Kleene, both, either, no, same
from sopb_rules.analysis.replay import Mismatch, read_again, shortened
from sopb_rules.analysis.sizes import Sizes, sizes
from sopb_rules.analysis.solve import USUAL_DAY, Solver, Undecided
from sopb_rules.analysis.world import Elements, Place, Single, World
from sopb_rules.diagnostics import RulesError
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Decision, Norm, Policies, Statement, depend_on_date
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.writing import yaml_text
from sopb_rules.testing.coverage import Atom, Key, Point, has_steps, one_choice, sides_of, turning, written_atoms
from sopb_rules.testing.trials import Trial, settled


@attrs.frozen
class TurningPoint:
    """What shows what an atom of a statement does.

    Args:
        side: -1, 0 or 1 for a state just below, at or just above its border; None for a pair of states in which it alone
            turns the verdict.
        trials: two trials for a pair, one for a border; none where there is none.
        reason: why there is none, where that is not proved.
        states: the trials' states as texts of state files.
    """

    statement: Statement
    atom: Atom
    side: int | None
    trials: tuple[Trial, ...] = ()
    states: tuple[str, ...] = ()
    reason: str = ""


def turning_points(policies: Policies, statement: Statement, seconds: float = 10.0) -> Iterator[TurningPoint]:
    """For each atom of a statement a pair in which it turns the verdict, and for each border its three sides.

    Args:
        seconds: after which the solver gives up on one search.

    Raises:
        Mismatch: the reference evaluator does not confirm what the solver found.
    """
    for atom in written_atoms(statement):
        for side in sides_of(atom):
            yield turning_point(policies, statement, atom, side, seconds)


def turning_point(
    policies: Policies, statement: Statement, atom: Atom, side: int | None, seconds: float = 10.0
) -> TurningPoint:
    """One of them: a pair for an atom, or a state on a side of its border.

    Raises:
        Mismatch: the reference evaluator does not confirm what the solver found.
    """
    return _Search(policies, statement, atom, seconds).tried(side)


class _Search:
    """Looks for the states of one atom."""

    def __init__(self, policies: Policies, statement: Statement, atom: Atom, seconds: float) -> None:
        self.policies, self.statement, self.atom, self.seconds = policies, statement, atom, seconds
        self.sizes: Sizes = sizes(statement.parts, [statement.entity], policies.vocabulary)

    def tried(self, side: int | None) -> TurningPoint:
        """What the search finds."""
        point = TurningPoint(self.statement, self.atom, side)
        try:
            drafts = self._pair() if side is None else self._at_border(side)
        except Undecided as error:
            return attrs.evolve(point, reason=str(error))
        if drafts is None:
            short = [bound for bound in self.sizes.bounds() if not bound.enough]
            reason = f"looked at with at most {short[0].most} records of `{short[0].list}`" if short else ""
            return attrs.evolve(point, reason=reason)
        trials = tuple(draft.trial() for draft in drafts)
        return attrs.evolve(point, trials=trials, states=tuple(yaml_text(draft.draft.node()) for draft in drafts))

    def _world(self, beside: _View | None = None) -> _View:
        today = None if depend_on_date(*self.statement.parts) else USUAL_DAY
        other = None if beside is None else beside.world
        world = World(self.policies.vocabulary, self.sizes.most, True, today, other)
        return _View(self.policies, self.statement, world)

    def _pair(self) -> list[_Draft] | None:
        one = self._world()
        two = self._world(one)
        looks = [_Look.of(view) for view in (one, two)]
        known = [
            key for key in looks[0].truths if key in looks[1].truths
        ]  # in order, so that all is the same each time
        alike, differ = (
            {key: compare(looks[0].truths[key], looks[1].truths[key]) for key in known} for compare in (_same, _differ)
        )
        around = looks[0].around
        solver = Solver(one.world, self.seconds)
        one.world.rules += two.world.rules
        one.world.days += two.world.days
        verdicts = no(_alike_ends(one.ends(), two.ends()))
        prefer = _equal_facts(one.world, two.world)
        for key in (each for each in known if each[0] == self.atom):
            turned = [differ[key], *(no(alike[each]) for each in around[key] if each in alike)]
            others = [each for each in known if isinstance(each[0], Atom | e.Path) and not _related(key, each, around)]
            held = [
                either(no(differ[other]), *(alike[each] for each in around[other] if each in alike)) for other in others
            ]
            model = solver.model(verdicts, *turned, *held, prefer=prefer)
            if model is not None:
                return self._least([_Draft(view, decode(view.world, model)) for view in (one, two)], self._turns)
        return None

    def _turns(self, drafts: list[_Draft]) -> bool:
        points = [Point.of(trial) for draft in drafts if (trial := draft.read()) is not None]
        return len(points) == len(drafts) and self.atom in turning(points[0], points[1])

    def _at_border(self, side: int) -> list[_Draft] | None:
        view = self._world()
        look = _Look.of(view)
        solver = Solver(view.world, self.seconds)
        on_side = either(*(look.side(key, side) for key in look.truths if key[0] == self.atom))
        told = either(*(where for end, where in view.ends().items() if end != Verdict.NOT_APPLICABLE.value))
        model = solver.model(on_side, told) or solver.model(on_side)
        if model is None:
            return None
        drafts = [_Draft(view, decode(view.world, model))]
        end = settled(drafts[0].trial())

        def lies(drafts: list[_Draft]) -> bool:
            trial = drafts[0].read()
            return trial is not None and settled(trial) == end and side in Point.of(trial).sides.get(self.atom, ())

        return self._least(drafts, lies)

    def _least(self, drafts: list[_Draft], shows: Callable[[list[_Draft]], bool]) -> list[_Draft]:
        """The drafts, with nothing in them that could be left out.

        Raises:
            Mismatch: they do not show it even whole.
        """
        if not shows(drafts):
            texts = "\n".join(yaml_text(draft.draft.node()) for draft in drafts)
            message = f"the evaluator does not confirm what the solver found on `{self.atom.words}`"
            raise Mismatch(f"{message}, in\n{texts}")
        for draft in drafts:
            shortened(draft.draft, lambda: shows(drafts))
        return drafts


@attrs.define
class _View:
    """A statement over a world of its own."""

    policies: Policies
    statement: Statement
    world: World
    encoder: Encoder = attrs.field(init=False)
    place: Place = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.encoder = Encoder(self.world, two_valued=False)
        self.place = next(self.world.of(self.statement.entity.name))
        self.world.rules.append(self.place.there)

    def ends(self) -> dict[str, Formula]:
        """Where the statement comes to each end."""
        match self.statement:
            case Norm():
                outcomes = self.encoder.outcomes(self.statement, self.place)
                return {
                    outcome.verdict.value: where for outcome, where in outcomes.items() if len(outcome.possible) == 1
                }
            case Decision():
                return self.encoder.ends(self.statement, self.place)
            case _:
                truth = self.encoder.truth(self.statement.condition, {self.statement.variable: self.place})
                return {"yes": truth.true, "no": truth.false}


@attrs.frozen
class _Draft:
    """A state that was found, and the subject in it."""

    view: _View
    draft: StateDraft

    def trial(self) -> Trial:
        """The trial that it makes, of the state read again from its text."""
        state = read_again(self.view.policies, self.draft)
        record = record_at(state, self.view.place)
        assert record is not None
        assert state.as_of is not None
        return Trial(self.view.statement, record, state.as_of)

    def read(self) -> Trial | None:
        """The same, or None where it is no state with the subject any more."""
        try:
            return self.trial()
        except (Mismatch, RulesError, AssertionError):
            return None


@attrs.define
class _Look:
    """The truth of each condition of a statement, for each element of the lists that it is asked of; unknown of elements that
    are not there.
    """

    view: _View
    truths: dict[Key, Kleene | _Length] = attrs.field(factory=dict)
    around: dict[Key, tuple[Key, ...]] = attrs.field(factory=dict)
    _where: dict[Key, tuple[Formula, dict[e.Variable, Place]]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, view: _View) -> _Look:
        """Walk through all conditions."""
        look = cls(view)
        for condition in view.statement.parts:
            look._look(condition, True, {view.statement.variable: view.place}, (), ())
        return look

    def side(self, key: Key, side: int) -> Formula:
        """Where a comparison lies on a side of its border."""
        comparison, (there, env) = key[0], self._where[key]
        assert isinstance(comparison, e.Comparison)
        return both(there, self.view.encoder.on_side(comparison, env, side, has_steps(comparison)))

    def _look(
        self, node: e.Node, there: Formula, env: dict[e.Variable, Place], at: tuple[int, ...], around: tuple[Key, ...]
    ) -> None:
        if isinstance(node, e.Condition):
            truth = self.view.encoder.truth(node, env)
            self._note((node, at), Kleene(both(there, truth.true), both(there, truth.false)), there, env, around)
            around = (*around, (node, at))
        match node:
            case e.Quantifier(source=source, variable=variable, condition=body) | e.Tally(source, variable, body):
                for where, slot in self.view.encoder.slots(source, env):
                    assert isinstance(slot, Elements)
                    here = both(there, where, slot.known)
                    length = _Length(here, [listed for listed, _ in slot.places])
                    self._note((source, at), length, here, env, around)
                    for listed, place in slot.places:
                        self._look(body, both(here, listed), {**env, variable: place}, (*at, place.number), around)
            case e.Judged():
                pass
            case _:
                for child in e.children(node):
                    self._look(child, there, env, at, around)

    def _note(
        self,
        key: Key,
        truth: Kleene | _Length,
        there: Formula,
        env: dict[e.Variable, Place],
        around: tuple[Key, ...],
    ) -> None:
        self.truths[key], self.around[key], self._where[key] = truth, around, (there, env)


@attrs.frozen
class _Length:
    """A list: where it is known, and of each element whether it is there."""

    known: Formula
    listed: list[Formula]


def _related(one: Key, other: Key, around: dict[Key, tuple[Key, ...]]) -> bool:
    """Whether one turns with the other: it is a part of it, or asks for another value of the same."""
    return one == other or other in around[one] or one in around[other] or one_choice(one, other)


def _same(one: Kleene | _Length, other: Kleene | _Length) -> Formula:
    """Where both are known, and the same."""
    if isinstance(one, _Length):
        assert isinstance(other, _Length)
        equal = (same(*pair) for pair in zip(one.listed, other.listed, strict=True))
        return both(one.known, other.known, *equal)
    assert isinstance(other, Kleene)
    return either(both(one.true, other.true), both(one.false, other.false))


def _differ(one: Kleene | _Length, other: Kleene | _Length) -> Formula:
    """Where both are known, and different."""
    if isinstance(one, _Length):
        assert isinstance(other, _Length)
        return both(one.known, other.known, no(_same(one, other)))
    assert isinstance(other, Kleene)
    return either(both(one.true, other.false), both(one.false, other.true))


def _alike_ends(one: dict[str, Formula], other: dict[str, Formula]) -> Formula:
    return both(*(same(where, other.get(end, False)) for end, where in one.items()))


def _equal_facts(one: World, other: World) -> list[Formula]:
    """That the states say the same, fact by fact."""
    found: list[Formula] = []
    twins = {(place.key, name): slot for (place, name), (_, slot) in other.slots.items()}
    for (place, name), (_, slot) in one.slots.items():
        twin = twins.get((place.key, name))
        if isinstance(slot, Single) and isinstance(twin, Single):
            value, twins_value = slot.value, twin.value
            if isinstance(value, calendar.Day):
                value, twins_value = value.code, twins_value.code
            found.append(both(same(slot.absent, twin.absent), value == twins_value))
        elif twin is not None and not isinstance(slot, Elements | Single) and not isinstance(twin, Elements | Single):
            found.append(same(slot.absent, twin.absent))
    found.append(one.today.code == other.today.code)
    return [formula for formula in found if not isinstance(formula, bool)]
