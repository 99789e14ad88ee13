"""Two versions of policies: which norms mean the same, which are stricter or laxer, each with a state that shows it.

A version is stricter where somebody breaches it who does not breach the other: leaves a duty unmet, or acts outside of the
conditions of a permission. Both versions are asked about the states that both vocabularies can state.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import z3

from sopb_rules.analysis.decode import decode, record_at
from sopb_rules.analysis.encode import Encoder
from sopb_rules.analysis.logic import Formula, both, either, no
from sopb_rules.analysis.meaning import meaning
from sopb_rules.analysis.merged import Difference, differences, merged
from sopb_rules.analysis.questions import Bound
from sopb_rules.analysis.replay import Mismatch, name_of, outcome, shortened
from sopb_rules.analysis.sizes import sizes
from sopb_rules.analysis.solve import USUAL_DAY, Solver, Undecided
from sopb_rules.analysis.world import Place, Single, World
from sopb_rules.diagnostics import RulesError
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, Policies, Statement, depend_on_date
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.nodes import Mapping as Tree
from sopb_rules.states.nodes import Node, Scalar, Sequence
from sopb_rules.states.read import build_state
from sopb_rules.states.records import State
from sopb_rules.states.writing import yaml_text


class Sort(enum.Enum):
    """What became of a statement."""

    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    SAME = "same"
    TEXT = "text-only"
    EQUIVALENT = "equivalent"
    UNKNOWN = "differs-where-unknown"
    STRICTER = "stricter"
    LAXER = "laxer"
    STRICTER_AND_LAXER = "stricter-and-laxer"
    OTHER = "otherwise"
    UNDECIDED = "undecided"
    MISMATCH = "mismatch"


@attrs.frozen
class Shown:
    """A state in which the versions come to different ends.

    Args:
        state: the text of a state file that both versions understand but for facts that one of them does not have.
        subject: the path of the record.
        old: what the old version comes to there; `new` likewise.
    """

    state: str
    subject: str
    old: str
    new: str


@attrs.frozen
class Change:
    """What became of a statement from one version to the next.

    Args:
        name: as questions name it: an id, the name of a decision, `entity.name` of a definition.
        kind: `norm`, `decision` or `definition`.
        sort: what became of it.
        stricter: where the new version is breached and the old one is not; `laxer` the other way round.
        otherwise: where they differ in something else; for what is unknown, where only what is known differs.
        words: further differences that no state shows: the force, the bearer, the text.
        renamed: its other name, where it has one.
        reason: why it is undecided.
        bounds: the lists that were looked at only up to a length.
    """

    name: str
    kind: str
    sort: Sort
    stricter: Shown | None = None
    laxer: Shown | None = None
    otherwise: Shown | None = None
    words: tuple[str, ...] = ()
    renamed: str = ""
    reason: str = ""
    bounds: tuple[Bound, ...] = ()

    @property
    def equivalent(self) -> bool:
        """Whether both versions come to the same in every state."""
        return self.sort in (Sort.SAME, Sort.TEXT, Sort.EQUIVALENT, Sort.RENUMBERED)


@attrs.frozen
class Comparison:
    """Two versions, compared.

    Args:
        changes: of every statement that is in either version, in the order of the new one, removed ones last.
        words: what the vocabularies do not share.
    """

    changes: tuple[Change, ...]
    words: tuple[Difference, ...]


def compare_all(old: PolicySet, new: PolicySet, seconds: float = 10.0) -> Comparison:
    """Everything that changed in meaning from one version to another.

    Args:
        seconds: after which the solver gives up on one search.
    """
    before, after = ({name_of(each): each for each in policies.model.statements} for policies in (old, new))
    moved = _renumbered(before, after)
    changes: list[Change] = []
    for name, statement in after.items():
        if name in before:
            changes.append(_compared(old.model, new.model, before[name], statement, seconds))
        elif name in moved:
            changes.append(Change(name, _kind(statement), Sort.RENUMBERED, renamed=moved[name]))
        else:
            changes.append(Change(name, _kind(statement), Sort.ADDED))
    gone = [name for name in before if name not in after and name not in moved.values()]
    changes += (Change(name, _kind(before[name]), Sort.REMOVED) for name in gone)
    return Comparison(tuple(changes), tuple(differences(old.model.vocabulary, new.model.vocabulary)))


def compare(old: PolicySet, new: PolicySet, name: str, seconds: float = 10.0) -> Change:
    """What became of one statement that both versions have.

    Args:
        name: the id of a norm, the name of a decision, or `entity.name` of a definition.
        seconds: after which the solver gives up on one search.
    """
    one, other = (next(each for each in policies.model.statements if name_of(each) == name) for policies in (old, new))
    return _compared(old.model, new.model, one, other, seconds)


def _renumbered(before: Mapping[str, Statement], after: Mapping[str, Statement]) -> dict[str, str]:
    """The statements that have another name now and mean the same, by their new name."""
    gone = {meaning(each): name for name, each in before.items() if name not in after}
    fresh = {name: meaning(each) for name, each in after.items() if name not in before}
    return {name: gone.pop(means) for name, means in fresh.items() if means in gone}


def _kind(statement: Statement) -> str:
    return type(statement).__name__.lower()


def _compared(old: Policies, new: Policies, one: Statement, other: Statement, seconds: float) -> Change:
    change = Change(name_of(other), _kind(other), Sort.SAME, words=tuple(_in_words(one, other)))
    if one.entity.name != other.entity.name or type(one) is not type(other):
        reason = "it is about something else now, so that no state shows both"
        return attrs.evolve(change, sort=Sort.UNDECIDED, reason=reason)
    if meaning(one) == meaning(other):
        text = change.words or one.span.text != other.span.text
        return attrs.evolve(change, sort=Sort.TEXT if text else Sort.SAME)
    try:
        return _asked(change, Pair(old, new, one, other, seconds), seconds)
    except Undecided as error:
        return attrs.evolve(change, sort=Sort.UNDECIDED, reason=str(error))
    except Mismatch as error:
        return attrs.evolve(change, sort=Sort.MISMATCH, reason=str(error))


def _in_words(one: Statement, other: Statement) -> Iterator[str]:
    """What no state shows: the force, the bearers, the sentence, the labels and the examples."""
    if isinstance(one, Norm) and isinstance(other, Norm):
        if one.force != other.force:
            yield f"its force was `{one.force}` and is `{other.force}`"
        bearers = [" and ".join(bearer.name for bearer in norm.bearers) for norm in (one, other)]
        if bearers[0] != bearers[1]:
            yield f"its bearer was {bearers[0]} and is {bearers[1]}"
        labels = [[clause.label for clause in (*norm.clauses, *norm.provided)] for norm in (one, other)]
        if labels[0] != labels[1]:
            yield "the words of its clauses changed"
    texts = [getattr(each, "text", "") or [case.text for case in getattr(each, "cases", ())] for each in (one, other)]
    if texts[0] != texts[1]:
        yield "the sentence that it quotes changed"
    titles = [[example.span.text.split() for example in each.examples] for each in (one, other)]
    if titles[0] != titles[1]:
        yield "its examples changed"


def _asked(change: Change, pair: Pair, seconds: float) -> Change:
    """A change with what the solver says of it."""
    change = attrs.evolve(change, bounds=pair.bounds)
    stricter, laxer, otherwise = (pair.shown(formula) for formula in pair.differences())
    if stricter or laxer or otherwise:
        sort = {
            (True, True): Sort.STRICTER_AND_LAXER,
            (True, False): Sort.STRICTER,
            (False, True): Sort.LAXER,
            (False, False): Sort.OTHER,
        }[stricter is not None, laxer is not None]
        return attrs.evolve(change, sort=sort, stricter=stricter, laxer=laxer, otherwise=otherwise)
    if short := [bound for bound in pair.bounds if not bound.enough]:
        lists = " and ".join(f"at most {bound.most} records of `{bound.list}`" for bound in short)
        raise Undecided(f"no difference was found with {lists}")
    partial = Pair(pair.old, pair.new, pair.one, pair.other, seconds, complete=False)
    unknown = partial.shown(partial.any_difference())
    return attrs.evolve(change, sort=Sort.EQUIVALENT if unknown is None else Sort.UNKNOWN, otherwise=unknown)


class Pair:
    """Two versions of a statement, asked about the same states."""

    def __init__(
        self, old: Policies, new: Policies, one: Statement, other: Statement, seconds: float, complete: bool = True
    ) -> None:
        self.old, self.new, self.one, self.other = old, new, one, other
        vocabulary = merged(old.vocabulary, new.vocabulary)
        entity = vocabulary.entities[other.entity.name]
        parts = [*one.parts, *other.parts]
        needed = sizes(parts, [entity], vocabulary)
        self.bounds = needed.bounds()
        self.world = World(vocabulary, needed.most, complete, None if depend_on_date(*parts) else USUAL_DAY)
        self.encoder = Encoder(self.world)
        self.solver = Solver(self.world, seconds)
        self.place: Place = next(self.world.of(entity.name))
        self.world.rules.append(self.place.there)
        self.outcomes = [self._outcomes(each) for each in (one, other)]
        self._stated_by_both()

    def _outcomes(self, statement: Statement) -> dict[str, Formula]:
        """Where a statement comes to each end: a verdict, a value, yes or no, with what is possible where it is unknown."""
        env = {statement.variable: self.place}
        match statement:
            case Norm():
                return {
                    _named(outcome.verdict.value, [each.value for each in outcome.possible]): where
                    for outcome, where in self.encoder.outcomes(statement, self.place).items()
                }
            case Decision():
                return self.encoder.ends(statement, self.place)
            case _:
                truth = self.encoder.truth(statement.condition, env)
                return {"yes": truth.true, "no": truth.false, "unknown": truth.unknown}

    def _stated_by_both(self) -> None:
        """States have no value of a kind that one of the vocabularies lacks."""
        for fact, slot in self.world.slots.values():
            if isinstance(fact.type, v.KindType) and isinstance(slot, Single):
                for number, value in enumerate(self.world.values(fact.type.kind)):
                    kinds = [each.vocabulary.kinds.get(fact.type.kind.name) for each in (self.old, self.new)]
                    if any(kind is not None and value not in kind.values for kind in kinds):
                        self.world.rules.append(slot.value != number)

    def differences(self) -> tuple[Formula, Formula, Formula]:
        """Where the new version is breached and the old one is not, the other way round, and where they differ else."""
        breaches = [
            either(*(where for end, where in ends.items() if end in (Verdict.UNMET.value, Verdict.EXCEEDED.value)))
            for ends in self.outcomes
        ]
        stricter, laxer = both(breaches[1], no(breaches[0])), both(breaches[0], no(breaches[1]))
        return stricter, laxer, both(self.any_difference(), no(stricter), no(laxer))

    def any_difference(self) -> Formula:
        """Where the versions come to different ends."""
        old, new = self.outcomes
        ends = dict.fromkeys((*old, *new))
        return either(
            *(both(old.get(end, False), no(new.get(end, False))) for end in ends),
            *(both(no(old.get(end, False)), new.get(end, False)) for end in ends),
        )

    def shown(self, formula: Formula) -> Shown | None:
        """A state in which a formula holds, replayed on both versions; None where there is none.

        Raises:
            Undecided: the solver came to no end.
            Mismatch: the reference evaluator does not confirm what the solver found.
        """
        model = self.solver.model(formula)
        if model is None:
            return None
        draft = decode(self.world, model)
        expected = tuple(
            next((end for end, where in ends.items() if _is_true(model, where)), "unknown") for ends in self.outcomes
        )
        text = yaml_text(draft.node())
        came = self._replayed(draft.node())
        if came != tuple(map(_verdict, expected)):
            raise Mismatch(f"the solver says {expected}, the evaluator says {came}, in this state:\n{text}")
        shortened(draft, lambda: self._replayed(draft.node()) == came)
        state = self._state(self.new, draft.node())
        record = None if state is None else record_at(state, self.place)
        return Shown(yaml_text(draft.node()), record.path if record else self.place.key, *came)

    def _replayed(self, node: Tree) -> tuple[str, str] | None:
        """What both versions come to by the reference evaluator; None where a state cannot be read, or lacks the record."""
        ends: list[str] = []
        for policies, statement in ((self.old, self.one), (self.new, self.other)):
            state = self._state(policies, node)
            record = None if state is None else record_at(state, self.place)
            if state is None or record is None:
                return None
            ends.append(outcome(statement, record, state))
        return ends[0], ends[1]

    def _state(self, policies: Policies, node: Tree) -> State | None:
        """A state without the facts that a version does not know."""
        try:
            known = _known(node, policies.vocabulary, policies.judgement_keys)
            return build_state(policies.vocabulary, [known], judgement_keys=policies.judgement_keys)
        except RulesError:
            return None


def _named(verdict: str, possible: list[str]) -> str:
    return verdict if len(possible) == 1 else f"unknown: {', '.join(sorted(possible))}"


def _verdict(end: str) -> str:
    return end.partition(":")[0]


def _is_true(model: Any, formula: Formula) -> bool:
    return formula if isinstance(formula, bool) else bool(z3.is_true(model.eval(formula, model_completion=True)))


def _known(node: Tree, vocabulary: v.Vocabulary, keys: Mapping[str, Mapping[str, str]]) -> Tree:
    """The tree of a state without what a vocabulary has no words for."""
    entries: list[tuple[Scalar, Node]] = []
    for name, value in node.entries:
        entity = vocabulary.entities.get(name.text)
        if name.text == "as_of":
            entries.append((name, value))
        elif entity is not None and entity.listed and isinstance(value, Sequence):
            entries.append((name, _each(value, entity, keys)))
    return Tree(tuple(entries))


def _each(items: Sequence, entity: v.Entity, keys: Mapping[str, Mapping[str, str]]) -> Sequence:
    return Sequence(tuple(_record(item, entity, keys) if isinstance(item, Tree) else item for item in items.items))


def _record(node: Tree, entity: v.Entity, keys: Mapping[str, Mapping[str, str]]) -> Tree:
    entries: list[tuple[Scalar, Node]] = []
    for name, value in node.entries:
        fact = entity.facts.get(name.text)
        inner = fact.type.entity if fact is not None and isinstance(fact.type, v.Contained | v.ListOf) else None
        if name.text == "judgements" and isinstance(value, Tree):
            known = keys.get(entity.name, {})
            entries.append((name, Tree(tuple(pair for pair in value.entries if pair[0].text in known))))
        elif inner is not None and isinstance(value, Tree):
            entries.append((name, _record(value, inner, keys)))
        elif inner is not None and isinstance(value, Sequence):
            entries.append((name, _each(value, inner, keys)))
        elif name.text == "id" or fact is not None:
            entries.append((name, value))
    return Tree(tuple(entries))
