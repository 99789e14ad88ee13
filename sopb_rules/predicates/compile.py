"""Norms as generated Python source, compiled once: the same answers as the reference evaluator, faster.

For each norm two functions are made, and one for each decision. `verdict(s, P, d)` gives the outcome alone,
short-circuiting as soon as it is settled; `truths(s, P, d)` gives the truth of the condition and of each clause. `s` is
the subject's record, `P` the values of the parameters on the day `d`.

Everything in the source is a name made here, a fact's name (which the grammar restricts to lower-case words), or a
numbered constant; no text of a policy ever becomes code.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from operator import ge, gt, le, lt
from typing import Any

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Clause, Decision, Norm, Policies
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.predicates.evaluate import EXACT
from sopb_rules.predicates.verdicts import DUTY, PERMISSION, Outcome
from sopb_rules.states.records import ABSENT, Record

Parameters = tuple[Any, ...]
VerdictFunction = Callable[[Record, Parameters, datetime.date], Outcome]
TruthsFunction = Callable[[Record, Parameters, datetime.date], tuple[bool | None, ...]]

#: The most parts that a definition may have to be written out where it is used, which saves the call.
INLINE_LIMIT = 24

_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}
_FLIPPED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@attrs.frozen
class Compiled:
    """A policy set's norms as functions.

    Args:
        source: the generated Python, for those who want to read it.
        parameters: the parameters in the order in which `P` holds their values.
    """

    source: str = attrs.field(repr=False)
    parameters: tuple[Any, ...]
    verdicts: Mapping[str, VerdictFunction]
    truths: Mapping[str, TruthsFunction]
    decisions: Mapping[str, TruthsFunction]

    def values_on(self, today: datetime.date) -> Parameters:
        """The values of all parameters on a day; None for an open one."""
        return tuple(parameter.on(today) for parameter in self.parameters)


def compile_norms(policies: Policies) -> Compiled:
    """Compile every norm and every decision of a policy set."""
    writer = _Writer(policies)
    for index, norm in enumerate(policies.norms.values()):
        writer.verdict_function(norm, f"verdict_{index}")
        writer.truths_function(norm, f"truths_{index}")
    for index, decision in enumerate(policies.decisions.values()):
        writer.decision_function(decision, f"decision_{index}")
    source = "\n".join(writer.lines) + "\n"
    namespace: dict[str, Any] = {"ABSENT": ABSENT, "add_days": add_days, "add_months": add_months, "X": EXACT}
    namespace.update({f"K{index}": constant for index, constant in enumerate(writer.constants)})
    namespace.update(dict(writer.outcomes.values()))
    # Safe: the source is made of names and indices only (see above).
    exec(compile(source, "<policies>", "exec"), namespace)  # noqa: S102
    ids = list(policies.norms)
    return Compiled(
        source,
        tuple(policies.parameters.values()),
        {id: namespace[f"verdict_{index}"] for index, id in enumerate(ids)},
        {id: namespace[f"truths_{index}"] for index, id in enumerate(ids)},
        {name: namespace[f"decision_{index}"] for index, name in enumerate(policies.decisions)},
    )


class _Writer:
    """Writes source line by line; a condition is written as statements that leave its truth in a local variable."""

    def __init__(self, policies: Policies) -> None:
        self.lines: list[str] = []
        self.constants: list[Any] = []
        self.outcomes: dict[Outcome, tuple[str, Outcome]] = {}
        self._constant_names: dict[tuple[type, Any], str] = {}
        self._parameters = {parameter.name: index for index, parameter in enumerate(policies.parameters.values())}
        self._applied: dict[e.Condition, str] = {}
        self._blocks: list[dict[str, str]] = []  # what was read in each open block, by expression
        self._count = 0
        self._names: dict[e.Variable, str] = {}

    # ---- functions ---------------------------------------------------------------------------------------

    def verdict_function(self, norm: Norm, name: str) -> None:
        """The function that gives a norm's outcome, settled as early as can be."""
        self._applied_first(*norm.parts)
        table = PERMISSION if norm.is_permission else DUTY
        not_applicable = self._outcome(table[(False,) * (3 if norm.is_permission else 2)])
        self._open_function(name, norm.variable)
        self._all_or_return(norm.applies, "a", not_applicable)
        if norm.is_permission:
            self.condition(norm.act, "t")
            open_, perhaps_open = (self._outcome(table[a, False, True]) for a in (True, None))
            self._line(f"if t is False: return {open_} if a else {perhaps_open}")
            self.condition(norm.conditions, "p")
            self._return_from_table(table, ("a", "t", "p"))
        else:
            self.condition(norm.satisfied, "t")
            self._return_from_table(table, ("a", "t"))
        self._blocks = []

    def truths_function(self, norm: Norm, name: str) -> None:
        """The function that gives the truth of the condition, and of each clause (a prohibition's: that it is kept)."""
        self._open_function(name, norm.variable)
        names = ["a"]
        self.condition(norm.applies, "a")
        clauses: list[Clause] = [*norm.clauses, *norm.provided]
        for index, clause in enumerate(clauses):
            names.append(f"c{index}")
            kept = norm.kept(clause) if index < len(norm.clauses) else clause.condition
            self.condition(kept, names[-1])
        self._line(f"return ({', '.join(names)},)")
        self._blocks = []

    def decision_function(self, decision: Decision, name: str) -> None:
        """The function that gives, for each value of a decision, the truth of its being given by an active case."""
        conditions = [decision.gives(value) for value in decision.values]
        self._applied_first(*conditions)
        self._open_function(name, decision.variable)
        for index, condition in enumerate(conditions):
            self.condition(condition, f"c{index}")
        self._line(f"return ({''.join(f'c{index}, ' for index in range(len(conditions)))})")
        self._blocks = []

    def _open_function(self, name: str, variable: e.Variable) -> None:
        self._blocks = []
        self._line(f"def {name}(s, P, d):")
        self._blocks = [{}]
        self._names = {variable: "s"}

    def _applied_first(self, *conditions: e.Condition) -> None:
        """Functions for the definitions, norms and decisions that the conditions refer to, innermost first."""
        for condition in conditions:
            for node in e.walk(condition, into_applied=False):
                if isinstance(node, e.Defined | e.NormIs | e.Decided) and e.of_anybody(node) not in self._applied:
                    self._applied_first(node.body)
                    if _is_small(node.body):
                        continue
                    function = f"applied_{len(self._applied)}"
                    self._applied[e.of_anybody(node)] = function
                    self._open_function(function, node.variable)
                    self.condition(node.body, "t")
                    self._line("return t")
                    self._blocks = []

    def _all_or_return(self, condition: e.Condition, target: str, outcome: str) -> None:
        """Like `condition`, but leave the function as soon as a conjunct is false."""
        parts = condition.parts if isinstance(condition, e.All) else (condition,)
        if all(isinstance(part, e.Always) for part in parts):
            self._line(f"{target} = True")
            return
        for index, part in enumerate(parts):
            name = target
            if index == 0:
                self.condition(part, name)
            else:
                name = self._named(part)
            self._line(f"if {name} is False: return {outcome}")
            if index:
                self._line(f"if {name} is None: {target} = None")

    def _return_from_table(self, table: Mapping[tuple[bool | None, ...], Outcome], names: tuple[str, ...]) -> None:
        """Decide by the names one after the other; the first is known not to be false."""

        def decide(prefix: tuple[bool | None, ...]) -> None:
            possible = {outcome for key, outcome in table.items() if key[: len(prefix)] == prefix}
            if len(possible) == 1:
                self._line(f"return {self._outcome(next(iter(possible)))}")
                return
            name = names[len(prefix)]
            for test, value in ((f"if {name}:", True), (f"if {name} is None:", None), ("", False)):
                if value is False and not prefix:
                    return
                if not test:
                    decide((*prefix, value))
                    continue
                self._line(test)
                with self._block():
                    decide((*prefix, value))

        decide(())

    # ---- conditions --------------------------------------------------------------------------------------

    def condition(self, node: e.Condition, target: str, negated: bool = False) -> None:
        """Statements that leave the truth of a condition, or of its negation, in `target`."""
        match node:
            case e.Always():
                self._line(f"{target} = {not negated}")
            case e.Negation(part):
                self.condition(part, target, not negated)
            case e.All(parts):
                self._joined(parts, target, conjunction=not negated, negated=negated)
            case e.Some(parts):
                self._joined(parts, target, conjunction=negated, negated=negated)
            case e.Comparison(operator):
                self._comparison(node, _FLIPPED[operator] if negated else operator, target)
            case e.Quantifier():
                self._quantifier(node, target, negated)
            case e.Judged():
                self._judged(node, target, negated)
            case e.Holds(path):
                value = self._path(path)
                self._line(f"{target} = {self._maybe_not(value, negated)}")
            case e.Existence(path):
                value = self._path(path, absence=True)
                test = "is ABSENT" if negated else "is not ABSENT"
                self._line(f"{target} = None if {value} is None else {value} {test}")
            case e.Membership(term, values):
                value = self._term(term)
                test = "not in" if negated else "in"
                self._line(
                    f"{target} = None if {value} is None else {value} {test} {self._constant(frozenset(values))}"
                )
            case e.Defined() | e.NormIs() | e.Decided():
                self._application(node, target, negated)

    def _application(self, node: e.Applied, target: str, negated: bool) -> None:
        """What a definition, a norm or a decision says of a subject: written out where it is small, else called."""
        subject = self._path(node.subject)
        if not _is_small(node.body):
            call = f"{self._applied[e.of_anybody(node)]}({subject}, P, d)"
            value = self._read(f"None if {subject} is None else {call}" if node.subject.steps else call)
            self._line(f"{target} = {self._maybe_not(value, negated)}")
            return
        self._names[node.variable] = subject
        if not node.subject.steps:
            self.condition(node.body, target, negated)
            return
        self._line(f"if {subject} is None: {target} = None")
        self._line("else:")
        with self._block():
            self.condition(node.body, target, negated)

    def _joined(self, parts: tuple[e.Condition, ...], target: str, conjunction: bool, negated: bool) -> None:
        if not parts:
            self._line(f"{target} = {conjunction}")
            return
        settling = "False" if conjunction else "True"
        self.condition(parts[0], target, negated)
        for part in parts[1:]:
            self._line(f"if {target} is not {settling}:")
            with self._block():
                name = self._named(part, negated)
                self._line(f"if {name} is not {conjunction}: {target} = {name}")

    def _named(self, node: e.Condition, negated: bool = False) -> str:
        """A name that holds the truth of a condition: that of the fact itself, where the condition is only that."""
        if isinstance(node, e.Holds) and not negated:
            return self._path(node.path)
        name = self._fresh()
        self.condition(node, name, negated)
        return name

    def _quantifier(self, node: e.Quantifier, target: str, negated: bool) -> None:
        every = node.every is not negated  # not any is every not, and the other way round
        elements, element = self._path(node.source), self._fresh()
        self._line(f"if {elements} is None: {target} = None")
        self._line("else:")
        with self._block():
            self._line(f"{target} = {every}")
            self._line(f"for {element} in {elements}:")
            with self._block():
                self._names[node.variable] = element
                name = self._named(node.condition, negated)
                self._line(f"if {name} is {not every}:")
                self._line(f"    {target} = {not every}")
                self._line("    break")
                self._line(f"if {name} is None: {target} = None")

    def _judged(self, node: e.Judged, target: str, negated: bool) -> None:
        tests = " or ".join(f"P[{self._parameters[parameter.name]}] is None" for parameter in node.parameters)
        value = self._fresh()
        self._line(f"if {tests}:")
        self._line(f"    {value} = {self._names[node.subject]}.judged.get({self._constant(node.key)})")
        self._line(f"    {target} = {self._maybe_not(value, negated)}")
        self._line("else:")
        with self._block():
            self.condition(node.comparison, target, negated)

    def _comparison(self, node: e.Comparison, operator: str, target: str) -> None:
        if _has_range(node.left) or _has_range(node.right):
            self._range_comparison(node, operator, target)
            return
        left, right = self._term(node.left), self._term(node.right)
        tests = [f"{name} is None" for name, term in ((left, node.left), (right, node.right)) if _may_be_unknown(term)]
        if node.order is not None and isinstance(node.right, e.Value):
            limit = node.order.rank(str(node.right.value))
            values = frozenset(each for each in node.order.values if _COMPARE[operator](node.order.rank(each), limit))
            operator, right = "in", self._constant(values)
        elif node.order is not None:
            ranks = self._constant({value: index for index, value in enumerate(node.order.values)})
            left, right = f"{ranks}[{left}]", f"{ranks}[{right}]"
        unknown = f"None if {' or '.join(dict.fromkeys(tests))} else " if tests else ""
        self._line(f"{target} = {unknown}{left} {operator} {right}")

    def _range_comparison(self, node: e.Comparison, operator: str, target: str) -> None:
        (low, high), (other_low, other_high) = self._range(node.left), self._range(node.right)
        tests = [
            f"{name} is None" for name, term in ((low, node.left), (other_low, node.right)) if _may_be_unknown(term)
        ]
        unknown = f"None if {' or '.join(tests)} else " if tests else ""
        if operator in (">", ">="):
            low, high, other_low, other_high = other_low, other_high, low, high
            operator = {">": "<", ">=": "<="}[operator]
        if operator in ("<", "<="):
            test = (
                f"True if {high} {operator} {other_low} else False if {low} {_FLIPPED[operator]} {other_high} else None"
            )
        else:
            apart = f"{high} < {other_low} or {other_high} < {low}"
            same = f"{low} == {high} == {other_low} == {other_high}"
            equal = operator == "=="
            test = f"{equal} if {same} else {not equal} if {apart} else None"
        self._line(f"{target} = {unknown}{test}")

    @staticmethod
    def _maybe_not(value: str, negated: bool) -> str:
        return f"None if {value} is None else not {value}" if negated else value

    # ---- terms -------------------------------------------------------------------------------------------

    def _term(self, term: e.Term) -> str:
        """An expression for a term's value: a name, a constant, or None where it is unknown."""
        match term:
            case e.Value(value):
                return repr(value) if type(value) is int and value >= 0 else self._constant(value)
            case e.Today():
                return "d"
            case e.ParameterValue(parameter):
                return f"P[{self._parameters[parameter.name]}]"
            case e.Read(path):
                return self._path(path)
            case e.Shift(date, sign, period):
                start, length = self._term(date), self._term(period)
                function = "add_days" if isinstance(period.type, v.Days) else "add_months"
                name = self._fresh()
                tests = [f"{each} is None" for each, part in ((start, date), (length, period)) if _may_be_unknown(part)]
                unknown = f"None if {' or '.join(tests)} else " if tests else ""
                self._line(f"{name} = {unknown}{function}({start}, {length if sign == 1 else f'-{length}'})")
                return name
            case _:
                return self._range(term)[0]

    def _range(self, term: e.Term) -> tuple[str, str]:
        """Two names for the ends of a term's range; both None where it is unknown."""
        if isinstance(term, e.Tally):
            return self._tally(term)
        if not isinstance(term, e.Linear):
            value = self._term(term)
            return value, value
        low, high = self._fresh(), self._fresh()
        parts = [(factor, self._range(part), part) for factor, part in term.terms]
        tests = [f"{ends[0]} is None" for _, ends, part in parts if _may_be_unknown(part)]
        unknown = f"None if {' or '.join(tests)} else " if tests else ""
        self._line(f"{low} = {unknown}{self._linear([(f, ends[f < 0]) for f, ends, _ in parts])}")
        upper = f"{unknown}{self._linear([(f, ends[f > 0]) for f, ends, _ in parts])}" if _has_range(term) else low
        self._line(f"{high} = {upper}")
        return low, high

    def _linear(self, parts: list[tuple[Any, str]]) -> str:
        """An exact sum; the context never rounds, which plain decimal arithmetic would after 28 digits."""
        result = ""
        for factor, name in parts:
            scaled = name if factor == 1 else f"X.multiply({self._constant(factor)}, {name})"
            result = f"X.add({result}, {scaled})" if result else scaled
        return result

    def _tally(self, term: e.Tally) -> tuple[str, str]:
        elements, low, high, element = self._path(term.source), self._fresh(), self._fresh(), self._fresh()
        self._line(f"if {elements} is None: {low} = {high} = None")
        self._line("else:")
        with self._block():
            if isinstance(term.condition, e.Always):
                self._line(f"{low} = {high} = len({elements})")
                return low, high
            self._line(f"{low} = {high} = 0")
            self._line(f"for {element} in {elements}:")
            with self._block():
                self._names[term.variable] = element
                name = self._named(term.condition)
                self._line(f"if {name} is not False:")
                self._line(f"    {high} += 1")
                self._line(f"    if {name}: {low} += 1")
        return low, high

    def _path(self, path: e.Path, absence: bool = False) -> str:
        """A name for what a path leads to; None for unknown, `ABSENT` only where `absence` asks for it."""
        current = self._names[path.root]
        for index, step in enumerate(path.steps):
            keep_absence = absence and index == len(path.steps) - 1
            guard = f"None if {current} is None else " if index else ""
            if isinstance(step, e.Holder):
                current = self._read(f"{guard}{current}.holder")
            elif isinstance(step.type, v.Inverse):
                current = self._read(f"{guard}{current}.state.all_records({self._constant(step.type.entity)})")
            else:
                current = self._read(f"{guard}{current}.f_{step.name}")
                if step.optional and not keep_absence:
                    current = self._read(f"None if {current} is ABSENT else {current}")
        return current

    def _read(self, expression: str) -> str:
        """A name for what an expression without effect gives; read once for all that comes after it in its block."""
        for block in self._blocks:
            if expression in block:
                return block[expression]
        name = self._fresh()
        self._line(f"{name} = {expression}")
        self._blocks[-1][expression] = name
        return name

    # ---- lines and names ---------------------------------------------------------------------------------

    @contextmanager
    def _block(self) -> Iterator[None]:
        """The lines written inside stand in an indented block."""
        self._blocks.append({})
        yield
        self._blocks.pop()

    def _line(self, text: str) -> None:
        self.lines.append("    " * len(self._blocks) + text)

    def _fresh(self) -> str:
        self._count += 1
        return f"v{self._count}"

    def _constant(self, value: Any) -> str:
        key = (type(value), repr(value) if isinstance(value, dict) else value)
        if key not in self._constant_names:
            self._constant_names[key] = f"K{len(self.constants)}"
            self.constants.append(value)
        return self._constant_names[key]

    def _outcome(self, outcome: Outcome) -> str:
        if outcome not in self.outcomes:
            self.outcomes[outcome] = (f"O{len(self.outcomes)}", outcome)
        return self.outcomes[outcome][0]


def _is_small(body: e.Condition) -> bool:
    """Whether a body can be written out where it is used: a few parts, and no loop that could nest too deep."""
    for count, node in enumerate(e.walk(body)):
        if count > INLINE_LIMIT or isinstance(node, e.Quantifier | e.Tally):
            return False
    return True


def _has_range(term: e.Node) -> bool:
    return isinstance(term, e.Tally) or (isinstance(term, e.Linear) and any(_has_range(part) for _, part in term.terms))


def _may_be_unknown(term: e.Term) -> bool:
    return not isinstance(term, e.Value | e.Today)
