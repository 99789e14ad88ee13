"""How well the examples try the conditions of a policy set: modified condition/decision coverage.

An atom of a norm (a comparison, a yes/no fact, a judgement, a question asked of another norm) is *shown* if two examples
come to different settled verdicts and differ in this atom alone. What is unknown in one of the two does not count as a
difference: a settled verdict stays what it is whatever becomes known, so the unknown atoms could be stated as in the
other example without changing either verdict. See Chilenski and Miller, "Applicability of modified condition/decision
coverage to software testing" (1994), for two-valued conditions.

A threshold (a comparison by order with both sides known) is *tried* if examples lie at it, just below and just above.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, TypeGuard

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Statement
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.evaluate import Environment, follow, truth, value
from sopb_rules.testing.trials import Trial, owner_name, settled, trials

Atom = e.Holds | e.Comparison | e.Membership | e.Existence | e.Judged | e.Defined | e.NormIs | e.Decided
#: A condition, or a list whose length counts, and the indexes of the list elements that it is asked of.
Key = tuple[e.Condition | e.Path, tuple[int, ...]]

_BY_ORDER = ("<", "<=", ">", ">=")
#: The sides of a border.
SIDES = {-1: "just below", 0: "at", 1: "just above"}


@attrs.frozen
class Shown:
    """An atom, and whether two examples show that it turns a verdict alone.

    Args:
        statement: what it stands in.
        judgement: whether only an assessor can say what it is.
        untried: for a threshold, the sides that no example is on.
    """

    statement: Statement
    atom: Atom
    shown: bool
    judgement: bool
    untried: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """The statement it stands in: ``norm 8.1``."""
        return owner_name(self.statement)

    @property
    def threshold(self) -> bool:
        """Whether it is a comparison by order of something that is no judgement."""
        return by_order(self.atom)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to try."""
        return self.shown and not self.untried

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What is left to try."""
        words, where = self.atom.words or "this condition", self.owner
        if not self.shown:
            message = f"no two examples show that `{words}` turns the verdict alone"
            help = "take an example and add another in which this alone is otherwise and the verdict too"
            yield _warning(Code.UNTRIED_CONDITION, message, self.atom.span, where, help)
        if self.untried:
            message = f"no example lies {' or '.join(self.untried)} the border of `{words}`"
            yield _warning(Code.UNTRIED_THRESHOLD, message, self.atom.span, where, "add an example that does")


def _warning(code: Code, message: str, span: Any, where: str, help: str) -> Diagnostic:
    return Diagnostic(code, message, span, where=where, help=help, severity=Severity.WARNING)


def condition_coverage(policies: PolicySet, owners: Collection[Statement] | None = None) -> list[Shown]:
    """Each atom of each norm, decision and definition, in the order of the policy set; or of these statements alone."""
    tried: dict[Statement, list[Trial]] = {}
    for trial in trials(policies.model, owners):
        tried.setdefault(trial.target, []).append(trial)
    covered = policies.model.statements if owners is None else owners
    return [shown for owner in covered for shown in _cover(owner, tried.get(owner, []))]


def _cover(owner: Statement, tried: Iterable[Trial]) -> Iterator[Shown]:
    points = [Point.of(trial) for trial in tried]
    shown = {atom for one, other in combinations(points, 2) for atom in turning(one, other)}
    for atom in written_atoms(owner):
        judgement = _is_judgement(atom)
        untried = () if judgement else _untried(atom, points)
        yield Shown(owner, atom, atom in shown, judgement, untried)


# ---- atoms --------------------------------------------------------------------------------------------------


def atoms(node: e.Node) -> Iterator[Atom]:
    """The conditions of one that somebody wrote and that are not made of others, and those that they ask of list elements."""
    if isinstance(node, Atom) and node.span is not None:  # what has no place was not written by anybody
        yield node
    if not isinstance(node, e.Judged):  # its comparison is what is judged
        for child in e.children(node):
            yield from atoms(child)


def written_atoms(statement: Statement) -> list[Atom]:
    """The atoms of a statement, each once."""
    return list(dict.fromkeys(atom for condition in statement.parts for atom in atoms(condition)))


def sides_of(atom: Atom) -> tuple[int | None, ...]:
    """What there is to show of an atom: None for that it turns the verdict alone, and the sides of its border."""
    return (None, *SIDES) if by_order(atom) else (None,)


def _is_judgement(atom: Atom) -> bool:
    """Whether nothing but judgements settles it."""
    match atom:
        case e.Holds(path):
            return path.fact is not None and isinstance(path.fact.type, v.Judgement)
        case e.Judged(parameters=parameters):
            return not all(parameter.values for parameter in parameters)
        case e.Defined() | e.NormIs() | e.Decided():
            return all(map(_is_judgement, atoms(atom.body)))
        case _:
            return False


# ---- what an example says of each ---------------------------------------------------------------------------


@attrs.frozen
class Point:
    """What a trial says of the conditions of its statement.

    Args:
        verdict: "" where it is not settled.
        truths: all that is known of conditions and their parts.
        around: the conditions that each stands in.
        sides: where it lies at thresholds.
    """

    verdict: str
    truths: Mapping[Key, bool | int]
    around: Mapping[Key, tuple[Key, ...]]
    sides: Mapping[e.Condition, frozenset[int]]

    @classmethod
    def of(cls, trial: Trial) -> Point:
        """Walk through the conditions of the statement."""
        seen = _Seen()
        env = Environment({trial.target.variable: trial.record}, trial.today)
        for condition in trial.target.parts:
            seen.look(condition, env, ())
        sides = {key: frozenset(each) for key, each in seen.sides.items()}
        return cls(settled(trial), seen.truths, seen.around, sides)


class _Seen:
    """Collects the truths of conditions and their parts while it walks through them."""

    def __init__(self) -> None:
        self.truths: dict[Key, bool | int] = {}
        self.around: dict[Key, tuple[Key, ...]] = {}
        self.sides: dict[e.Condition, set[int]] = {}

    def look(self, node: e.Node, env: Environment, at: tuple[int, ...], around: tuple[Key, ...] = ()) -> None:
        """Note what is known of a condition and of all that it is made of."""
        if isinstance(node, e.Condition):
            around = self._note((node, at), truth(node, env), around)
        match node:
            case e.Quantifier(source=source, variable=variable, condition=body) | e.Tally(source, variable, body):
                elements = follow(source, env)
                if isinstance(elements, tuple):
                    self._note((source, at), len(elements), around)
                    for index, element in enumerate(elements):
                        self.look(body, env.binding(variable, element), (*at, index), around)
            case e.Judged():
                pass
            case _:
                if by_order(node) and (side := _side(node, env)) is not None:
                    self.sides.setdefault(node, set()).add(side)
                for child in e.children(node):
                    self.look(child, env, at, around)

    def _note(self, key: Key, known: bool | int | None, around: tuple[Key, ...]) -> tuple[Key, ...]:
        if known is not None:
            self.truths[key] = known
        self.around[key] = around
        return (*around, key)


# ---- pairs --------------------------------------------------------------------------------------------------


def turning(one: Point, other: Point) -> Iterator[Atom]:
    """The atoms in which alone two examples with different settled verdicts differ.

    What differs inside a part that is the same in both cannot have turned the verdict. A comparison differs together with
    the list elements that it counts: each of them turns the verdict, through the other.
    """
    if not one.verdict or not other.verdict or one.verdict == other.verdict:
        return
    known = one.truths.keys() & other.truths.keys()
    same = {key for key in known if one.truths[key] == other.truths[key]}
    differing = {
        key
        for key in known - same
        if isinstance(key[0], Atom | e.Path) and same.isdisjoint(one.around[key] + other.around[key])
    }
    for key in differing:
        outer = one.around[key]
        if isinstance(key[0], Atom) and all(
            each == key or each in outer or key in one.around[each] or one_choice(each, key) for each in differing
        ):
            yield key[0]


def one_choice(one: Key, other: Key) -> bool:
    """Whether two atoms ask for different values of one kind: one of them cannot turn without another."""
    return one[1] == other[1] and (asked := _asked(one[0])) is not None and asked == _asked(other[0])


def _asked(atom: e.Condition | e.Path) -> Any:
    match atom:
        case e.Comparison(operator="==" | "!=", left=term, right=e.Value()) | e.Membership(term=term):
            return term
        case e.Decided(decision=decision, subject=subject):
            return decision.name, subject
        case _:
            return None


# ---- thresholds ---------------------------------------------------------------------------------------------


def by_order(node: object) -> TypeGuard[e.Comparison]:
    """Whether it compares by order, and so has a border."""
    return isinstance(node, e.Comparison) and node.operator in _BY_ORDER


def _side(comparison: e.Comparison, env: Environment) -> int | None:
    """-1 just below the border, 0 at it, 1 just above it; None elsewhere, and where a side is not known."""
    left, right = value(comparison.left, env), value(comparison.right, env)
    if left is None or right is None:
        return None
    low, high = left.low, right.low
    if left.low != left.high or right.low != right.high:
        return None
    if comparison.order is not None:
        low, high = comparison.order.rank(low), comparison.order.rank(high)
    distance = (low - high).days if isinstance(low, datetime.date) else low - high
    sign = (distance > 0) - (distance < 0)
    return None if has_steps(comparison) and abs(distance) > 1 else sign


def has_steps(comparison: e.Comparison) -> bool:
    """Whether its sides are of a type in which a value has a next one."""
    return isinstance(comparison.left.type, v.Count | v.Date | v.Days | v.Months | v.KindType)


def _untried(atom: Atom, points: Iterable[Point]) -> tuple[str, ...]:
    if not by_order(atom):
        return ()
    tried = {side for point in points for side in point.sides.get(atom, ())}
    return tuple(words for side, words in SIDES.items() if side not in tried and can_be(atom, side))


def can_be(comparison: e.Comparison, side: int) -> bool:
    """Whether anything lies on a side of a constant: nothing is below 0, or beyond the ends of an ordered kind."""
    if not isinstance(comparison.right, e.Value):
        return True
    border, order = comparison.right.value, comparison.order
    if order is not None:
        return 0 <= order.rank(str(border)) + side < len(order.values)
    return not (side < 0 and border == 0)
