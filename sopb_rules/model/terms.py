"""Terms from tree to model: paths to facts, constants, exact linear arithmetic, dates moved by periods."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_never

import attrs

from sopb_rules.diagnostics import Code, suggestion
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.declare import Declarations, say
from sopb_rules.model.hints import COUNTS
from sopb_rules.model.literals import LiteralError, constant, decimal, share
from sopb_rules.model.scope import Known, Scope, key
from sopb_rules.syntax import tree as t

if TYPE_CHECKING:
    from sopb_rules.model.conditions import Conditions

_SUMMABLE = (v.Count, v.Number, v.Percent, v.Money, v.Days, v.Months)


class Terms:
    """Checks terms; None stands for one with a mistake, which was noted."""

    def __init__(self, declarations: Declarations, conditions: Conditions) -> None:
        self.declarations = declarations
        self.conditions = conditions
        #: Statements in which a mistake may hide what makes sure that something exists.
        self.unsure: set[str] = set()
        self._told: set[tuple[str, Any]] = set()  # what may be absent, by statement, of which an error told already

    def check(self, node: t.Term, scope: Scope, known: Known, like: v.FactType | None = None) -> e.Term | None:
        """Check a term; `like` is the type that a lone word beside it would have as a value of a kind."""
        match node:
            case t.Constant():
                return self._constant(node, scope)
            case t.Today():
                return e.Today(v.Date())
            case t.Path():
                return self._read(node, scope, known, like)
            case t.Share(percent, path):
                factor = self._factor(percent, scope)
                return None if factor is None else self._scaled(share(percent.text), path, scope, known)
            case t.Multiple(factor_node, path):
                factor = self._factor(factor_node, scope)
                return None if factor is None else self._scaled(factor, path, scope, known)
            case t.NumberOf():
                return self._tally(node, scope, known)
            case t.Sum():
                return self._sum(node, scope, known)
            case _:
                assert_never(node)

    # ---- paths -------------------------------------------------------------------------------------------

    def path(self, node: t.Path, scope: Scope, known: Known, value: bool = False) -> e.Path | None:
        """Check a path; with `value` its last fact is read as well, and not only asked for its existence."""
        resolved = self._walk(node.names, scope, report=True)
        if resolved is None:
            return None
        path = attrs.evolve(resolved, words=node.text, span=node.span)
        length = len(path.steps) if value else len(path.steps) - 1
        for end in range(1, length + 1):
            step = path.steps[end - 1]
            if isinstance(step, v.Fact) and step.optional:
                prefix = attrs.evolve(path, steps=path.steps[:end])
                if key(prefix) not in known:
                    shown = ".".join(name.text for name in node.names[: len(node.names) - len(path.steps) + end])
                    self._unguarded(node, prefix, shown, scope)
                    break
        return path

    def _unguarded(self, node: t.Path, prefix: e.Path, shown: str, scope: Scope) -> None:
        """Report a read that is not guarded, once for what may be absent in a statement: one guard mends them all."""
        if (scope.where, key(prefix)) in self._told or scope.where in self.unsure:
            return
        self._told.add((scope.where, key(prefix)))
        message = f"`{node.text}` is read where `{shown}` may be absent"
        help = f"write `{shown} exists and …`, or put the existence into an earlier clause or into `when`"
        self.declarations.error(Code.UNGUARDED, message, node, scope.where, help=help)

    def quiet_path(self, names: tuple[t.Name, ...], scope: Scope) -> e.Path | None:
        """The path that names lead along, or None; nothing is reported and guards are not asked."""
        return self._walk(names, scope, report=False)

    def _walk(self, names: tuple[t.Name, ...], scope: Scope, report: bool) -> e.Path | None:
        roots = scope.roots()
        first = names[0]
        entity = scope.subject.entity
        if first.text in scope.variables or (first.text in roots and first.text not in entity.facts):
            root, steps = roots[first.text]
        elif first.text in entity.facts:
            root, steps = scope.subject, (entity.facts[first.text],)
        else:
            if report and not self.conditions.references.declared(entity, first):
                help = self.conditions.name_help(first.text, scope)
                self.declarations.error(
                    Code.UNKNOWN_NAME, f"there is no `{first.text}` here", first, scope.where, help=help
                )
            return None
        path = e.Path(root, steps)
        for name in names[1:]:
            type_ = path.type
            if not isinstance(type_, v.Contained | v.Reference):
                if report:
                    message = f"`{path.steps and names[0].text}` is {say(type_)} and has no facts of its own"
                    counted = name.text in COUNTS and isinstance(type_, v.ListOf | v.Inverse)
                    help = f"write `number of {names[0].text}`" if counted else ""
                    self.declarations.error(Code.UNKNOWN_NAME, message, name, scope.where, help=help)
                return None
            fact = type_.entity.facts.get(name.text)
            if fact is None:
                if report and not self.conditions.references.declared(type_.entity, name):
                    help = suggestion(name.text, type_.entity.facts, f"facts of {type_.entity.name}")
                    message = f"{type_.entity.name} has no fact `{name.text}`"
                    self.declarations.error(Code.UNKNOWN_NAME, message, name, scope.where, help=help)
                return None
            path = e.Path(path.root, (*path.steps, fact))
        return path

    def _read(self, node: t.Path, scope: Scope, known: Known, like: v.FactType | None) -> e.Term | None:
        if len(node.names) == 1:
            name = node.text
            fact = name in scope.subject.entity.facts or name in scope.variables
            if isinstance(like, v.KindType) and name in like.kind.values:
                if fact:
                    message = f"`{name}` is a value of {like.kind.name} and a fact of {scope.subject.entity.name}"
                    help = f"write `{scope.subject.entity.name}.{name}` for the fact, or rename one of them"
                    self.declarations.error(Code.DOUBLED_NAME, message, node, scope.where, help=help)
                return e.Value(name, like)
            if not fact and name in self.declarations.untyped:
                return None
            if not fact and name in self.declarations.parameters:
                return e.ParameterValue(self.declarations.parameters[name])
            if isinstance(like, v.KindType) and not fact and name not in scope.roots():
                help = suggestion(name, like.kind.values, "values")
                message = f"`{name}` is no value of the kind `{like.kind.name}`"
                self.declarations.error(Code.UNKNOWN_VALUE, message, node, scope.where, help=help)
                return None
        path = self.path(node, scope, known, value=True)
        return None if path is None else e.Read(path)

    # ---- values and arithmetic ---------------------------------------------------------------------------

    def _constant(self, node: t.Constant, scope: Scope) -> e.Term | None:
        try:
            value, type_ = constant(node, self.declarations.vocabulary.currency)
        except LiteralError as error:
            self.declarations.error(Code.BAD_LITERAL, str(error), node, scope.where, help=error.help)
            return None
        return e.Value(value, type_)

    def _factor(self, node: t.Constant, scope: Scope) -> Decimal | None:
        try:
            return decimal(node.text.rstrip("%"))
        except LiteralError as error:
            self.declarations.error(Code.BAD_LITERAL, str(error), node, scope.where)
            return None

    def _scaled(self, factor: Decimal, node: t.Path, scope: Scope, known: Known) -> e.Term | None:
        term = self._read(node, scope, known, None)
        if term is None:
            return None
        type_ = term.type
        if isinstance(type_, v.Count):
            type_ = v.Number()
        if not isinstance(type_, v.Number | v.Percent | v.Money):
            message = f"`{node.text}` is {say(term.type)}, which cannot be multiplied"
            self.declarations.error(
                Code.NOT_LINEAR, message, node, scope.where, expected="a number, an amount or a percentage"
            )
            return None
        return e.Linear(((factor, term),), type_)

    def _tally(self, node: t.NumberOf, scope: Scope, known: Known) -> e.Term | None:
        opened = self.conditions.open_list(node.path, node.variable, scope, known)
        if opened is None:
            return None
        source, variable, membership = opened
        condition: e.Condition = e.Always()
        if node.condition is not None:
            condition = self.conditions.check(node.condition, scope.inside(variable), known).condition
        if membership is not None:
            condition = e.All((membership, condition))
        return e.Tally(source, variable, condition, v.Count())

    def _sum(self, node: t.Sum, scope: Scope, known: Known) -> e.Term | None:
        terms = [self.check(term, scope, known) for term in node.terms]
        if any(term is None for term in terms):
            return None
        checked = [term for term in terms if term is not None]
        if isinstance(checked[0].type, v.Date):
            return self._shifted(node, checked, scope)
        first = checked[0].type
        for part, term in zip(node.terms, checked, strict=True):
            if not isinstance(term.type, _SUMMABLE) or not _same_unit(first, term.type):
                message = f"`{words(part)}` is {say(term.type)}, and `{words(node.terms[0])}` is {say(first)}"
                self.declarations.error(
                    Code.WRONG_TYPE, message, part, scope.where, expected="things of one type that can be added"
                )
                return None
        type_ = v.Number() if isinstance(first, v.Count) else first
        pairs: list[tuple[int | Decimal, e.Term]] = []
        for sign, term in zip(node.signs, checked, strict=True):
            pairs.append((1 if sign == "plus" else -1, term))
        return e.Linear(tuple(pairs), type_)

    def _shifted(self, node: t.Sum, terms: list[e.Term], scope: Scope) -> e.Term | None:
        date = terms[0]
        for sign, part, term in zip(node.signs[1:], node.terms[1:], terms[1:], strict=True):
            if not isinstance(term.type, v.Days | v.Months):
                message = f"`{words(part)}` is {say(term.type)} and cannot be added to a date"
                self.declarations.error(Code.WRONG_TYPE, message, part, scope.where, expected="a period like 30 days")
                return None
            date = e.Shift(date, 1 if sign == "plus" else -1, term, v.Date())
        return date


def _same_unit(left: v.FactType, right: v.FactType) -> bool:
    numbers = v.Count | v.Number
    return left == right or (isinstance(left, numbers) and isinstance(right, numbers))


def words(node: Any) -> str:
    """The words of a node as written, with white space folded."""
    return " ".join(node.span.text.split())
