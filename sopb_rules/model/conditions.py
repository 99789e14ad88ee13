"""Conditions from tree to model: names become objects, comparisons are typed, reads of optional facts are guarded.

The rule of guards: a fact of an optional entity, and the value of an optional fact, may be read only where the text
before it has made sure that it exists. Each condition is checked with the paths known to exist before it, and tells
which paths exist if it is true and which if it is false.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

import attrs

from sopb_rules.diagnostics import Code, suggestion
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.declare import Declarations, say
from sopb_rules.model.hints import inner_path, literal_hint, word_hint
from sopb_rules.model.norms import Decision, Definition, Norm
from sopb_rules.model.scope import Known, Scope, key
from sopb_rules.model.terms import Terms, words
from sopb_rules.syntax import tree as t

if TYPE_CHECKING:
    from sopb_rules.source import Span

_OPERATORS = {
    "is": "==", "is not": "!=", "is at least": ">=", "is at most": "<=", "is more than": ">", "is fewer than": "<",
    "is less than": "<", "is above": ">", "is below": "<", "is before": "<", "is after": ">", "is on or before": "<=",
    "is on or after": ">=",
}  # fmt: skip
_NUMBERS = {"is", "is not", "is at least", "is at most", "is more than", "is fewer than", "is less than"}
_DATES = {"is", "is not", "is before", "is after", "is on or before", "is on or after"}
_ORDERED = {"is", "is not", "is at least", "is at most", "is above", "is below"}
_IDENTITIES = {"is", "is not"}


@attrs.frozen
class Checked:
    """A condition with the paths that exist if it is true, and if it is false."""

    condition: e.Condition
    if_true: Known = frozenset()
    if_false: Known = frozenset()


@attrs.frozen
class References:
    """How to get at statements that others refer to; each resolves its target first, so that cycles are noticed.

    `declared` says whether a name is that of a definition or a decision, even of one with a mistake, which was told.
    """

    norm: Callable[[t.Name, str], Norm | None]
    decision: Callable[[v.Entity, t.Name], Decision | None]
    definition: Callable[[v.Entity, t.Name], Definition | None]
    declared: Callable[[v.Entity, t.Name], bool]


class Conditions:
    """Checks conditions; mistakes go to the declarations' diagnostics, and `Always` stands where one was found."""

    def __init__(self, declarations: Declarations, references: References) -> None:
        self.terms = Terms(declarations, self)
        self.declarations = declarations
        self.references = references
        self._judged: dict[tuple[str, str], Span] = {}

    def check(self, node: t.Expression, scope: Scope, known: Known = frozenset()) -> Checked:
        """Check a condition at a place where some paths are known to exist."""
        match node:
            case t.Parenthesis(condition):
                return self.check(condition, scope, known)
            case t.Conjunction(parts):
                return self._conjunction(parts, scope, known)
            case t.Disjunction(parts):
                return self._disjunction(parts, scope, known)
            case t.Not(condition):
                inner = self.check(condition, scope, known)
                return Checked(e.Negation(inner.condition), inner.if_false, inner.if_true)
            case t.Quantified():
                return Checked(self._quantified(node, scope, known))
            case t.NormReference():
                return Checked(self._norm_reference(node, scope))
            case t.Holds(term):
                return Checked(self._holds(node, term, scope, known))
            case t.Exists(term) | t.IsAbsent(term):
                return self._existence(node, term, scope, known)
            case t.OneOf():
                return Checked(self._one_of(node, scope, known))
            case t.Compare():
                return Checked(self._compare(node, scope, known))
            case _:
                assert_never(node)

    def _conjunction(self, parts: tuple[t.Expression, ...], scope: Scope, known: Known) -> Checked:
        checked: list[Checked] = []
        for index, part in enumerate(parts):
            if index and self._lone_value(parts[index - 1], part, scope):
                continue
            checked.append(self.check(part, scope, known))
            known = known | checked[-1].if_true
        if_true = frozenset().union(*(each.if_true for each in checked))
        if_false = frozenset.intersection(*(each.if_false for each in checked))
        return Checked(e.All(tuple(each.condition for each in checked)), if_true, if_false)

    def _disjunction(self, parts: tuple[t.Expression, ...], scope: Scope, known: Known) -> Checked:
        checked: list[Checked] = []
        for index, part in enumerate(parts):
            if index and self._lone_value(parts[index - 1], part, scope):
                continue
            checked.append(self.check(part, scope, known))
            known = known | checked[-1].if_false
        if_true = frozenset.intersection(*(each.if_true for each in checked))
        if_false = frozenset().union(*(each.if_false for each in checked))
        return Checked(e.Some(tuple(each.condition for each in checked)), if_true, if_false)

    def _lone_value(self, before: t.Expression, node: t.Expression, scope: Scope) -> bool:
        """Whether a value stands where a condition should (`level is county or municipal`); it is noted then."""
        if not (isinstance(node, t.Holds) and isinstance(node.term, t.Path) and len(node.term.names) == 1):
            return False
        name = node.term.names[0]
        if name.text in scope.roots() or name.text in scope.subject.entity.facts:
            return False
        match before:
            case t.Compare(operator, t.Path() as path, t.Path() as value) if operator.text in _IDENTITIES:
                values = [value.text]
            case t.OneOf(t.Path() as path, literals):
                values = [literal.text for literal in literals]
            case _:
                return False
        resolved = self.terms.quiet_path(path.names, scope)
        kind = resolved.type if resolved is not None else None
        if not isinstance(kind, v.KindType) or name.text not in kind.kind.values:
            return False
        message = f"`{name.text}` is a value of the kind {kind.kind.name}, which is neither true nor false"
        help = f"write `{path.text} is one of {', '.join([*values, name.text])}`"
        if isinstance(before, t.Compare) and before.operator.text == "is not":
            help = f"write `not ({path.text} is one of {', '.join([*values, name.text])})`"
        self._error(Code.NOT_A_CONDITION, message, node, scope, help=help)
        return True

    # ---- lists -------------------------------------------------------------------------------------------

    def _quantified(self, node: t.Quantified, scope: Scope, known: Known) -> e.Condition:
        opened = self.open_list(node.path, node.variable, scope, known)
        if opened is None:
            return e.Always()
        source, variable, membership = opened
        inner = self.check(node.condition, scope.inside(variable), known).condition
        if membership is not None:
            inner = e.Some((e.Negation(membership), inner)) if node.every else e.All((membership, inner))
        return e.Quantifier(node.every, source, variable, inner, words=words(node), span=node.span)

    def open_list(
        self, path: t.Path, variable: t.Name | None, scope: Scope, known: Known
    ) -> tuple[e.Path, e.Variable, e.Condition | None] | None:
        """A list, a variable for its elements, and for an inverse list the condition of belonging to it."""
        source = self.terms.path(path, scope, known)
        if source is None:
            return None
        if not isinstance(source.type, v.ListOf | v.Inverse):
            message = f"`{path.text}` is {say(source.type)}, not a list"
            self._error(Code.WRONG_TYPE, message, path, scope, expected="a list")
            return None
        name = variable.text if variable else "element"
        if variable is not None and (name in scope.roots() or name in scope.subject.entity.facts):
            message = f"`{name}` already has a meaning here"
            self._error(
                Code.DOUBLED_NAME, message, variable, scope, help="choose another name for the elements of the list"
            )
        element = e.Variable(name, source.type.entity)
        if not isinstance(source.type, v.Inverse) or source.type.by not in source.type.entity.facts:
            return source, element, None
        reference = e.Path(element, (source.type.reference,), words=f"{name}.{source.type.by}")
        owner = attrs.evolve(source, steps=source.steps[:-1])
        same = e.Comparison("==", e.Read(reference), e.Read(owner), words=f"{name} belongs to it")
        belongs: e.Condition = same
        if source.type.reference.optional:
            belongs = e.All((e.Existence(reference, words=f"{reference.words} exists"), same))
        return source, element, belongs

    # ---- references --------------------------------------------------------------------------------------

    def _norm_reference(self, node: t.NormReference, scope: Scope) -> e.Condition:
        norm = self.references.norm(node.norm, scope.where)
        if norm is None:
            return e.Always()
        for root, steps in scope.roots().values():
            asked = e.Path(root, steps)
            if isinstance(asked.type, v.Contained) and asked.type.entity is norm.entity:
                return e.NormIs(norm, node.verb, asked, words=words(node), span=node.span)
        message = f"norm {norm.id} is about {norm.entity.name}, which cannot be named here"
        self._error(
            Code.NOT_IN_SCOPE, message, node.norm, scope, help="name a norm about the subject or about what holds it"
        )
        return e.Always()

    def applied(self, path: t.Path, scope: Scope, known: Known) -> tuple[Definition | Decision, e.Path] | None:
        """The definition or decision that a path ends with, and the entity it is asked of; None if it ends otherwise."""
        *front, last = path.names
        subject: e.Path | None
        if front:
            if (subject := self.terms.quiet_path(tuple(front), scope)) is None:
                return None
        else:
            subject = e.Path(scope.subject, ())
        entity = subject.type.entity if isinstance(subject.type, v.Contained | v.Reference) else None
        if entity is None or last.text in entity.facts or (not front and last.text in scope.variables):
            return None
        target = self.references.definition(entity, last) or self.references.decision(entity, last)
        if target is None:
            return None
        if front:
            checked = self.terms.path(t.Path(tuple(front), span=path.span), scope, known, value=True)
            return None if checked is None else (target, checked)
        return target, subject

    # ---- single conditions -------------------------------------------------------------------------------

    def _holds(self, node: t.Holds, term: t.Term, scope: Scope, known: Known) -> e.Condition:
        if isinstance(term, t.Path):
            applied = self.applied(term, scope, known)
            if applied is not None and isinstance(applied[0], Definition):
                return e.Defined(applied[0], applied[1], words=words(node), span=node.span)
            path = self.terms.path(term, scope, known)
            if path is None:
                return e.Always()
            if isinstance(path.type, v.YesNo | v.Judgement):
                self.terms.path(term, scope, known, value=True)  # only now is it sure that it is read
                return e.Holds(path, words=words(node), span=node.span)
            found = say(path.type)
            help = (
                f"did you mean `{term.text} exists`?"
                if path.fact and path.fact.optional
                else "compare it, as in `… is …`"
            )
        else:
            found, help = "a value", "compare it, as in `… is at least …`"
        self._error(
            Code.NOT_A_CONDITION, f"`{words(term)}` is {found}, which is neither true nor false", node, scope, help=help
        )
        return e.Always()

    def _existence(self, node: t.Exists | t.IsAbsent, term: t.Term, scope: Scope, known: Known) -> Checked:
        if not isinstance(term, t.Path):
            self._error(
                Code.WRONG_TYPE, f"`{words(term)}` is a value, not a fact", node, scope, expected="an optional fact"
            )
            return Checked(e.Always())
        path = self.terms.path(term, scope, known)
        if path is None:
            self.terms.unsure.add(scope.where)  # it may have been to make sure of what comes next
            return Checked(e.Always())
        if isinstance(path.type, v.ListOf | v.Inverse):
            message = f"`{term.text}` is {say(path.type)}, which may be empty and always exists"
            none = isinstance(node, t.IsAbsent)
            help = f"write `number of {term.text} is {'0' if none else 'at least 1'}`"
            self._error(Code.WRONG_TYPE, message, node, scope, expected="an optional fact", help=help)
            return Checked(e.Always())
        if path.fact is None or not path.fact.optional:
            message = f"`{term.text}` is not optional, so it always exists"
            help = "declare it `optional` in the vocabulary, or leave the condition out"
            self._error(Code.WRONG_TYPE, message, node, scope, expected="an optional fact", help=help)
            return Checked(e.Always())
        exists = e.Existence(path, words=words(node), span=node.span)
        proved = frozenset({key(path)})
        if isinstance(node, t.Exists):
            return Checked(exists, if_true=proved)
        return Checked(e.Negation(exists), if_false=proved)

    def _one_of(self, node: t.OneOf, scope: Scope, known: Known) -> e.Condition:
        decided = self._decided(node.term, scope, known)
        term = None if decided else self.terms.check(node.term, scope, known)
        type_ = v.KindType(decided[0].kind) if decided else term.type if term else None
        if type_ is None:
            return e.Always()
        if not isinstance(type_, v.KindType):
            message = f"`is one of` asks for a kind, and `{words(node.term)}` is {say(type_)}"
            self._error(Code.WRONG_OPERATOR, message, node, scope, help="write the comparisons out, joined by `or`")
            return e.Always()
        values = tuple(self.declarations.literal(value, type_, scope.where) for value in node.values)
        if None in values:
            return e.Always()
        if decided:
            return e.Some(
                tuple(e.Decided(decided[0], value, decided[1], words=words(node), span=node.span) for value in values)
            )
        assert term is not None
        return self._judged_if_open(e.Membership(term, values, words=words(node), span=node.span), scope)

    def _decided(self, term: t.Term, scope: Scope, known: Known) -> tuple[Decision, e.Path] | None:
        applied = self.applied(term, scope, known) if isinstance(term, t.Path) else None
        return applied if applied is not None and isinstance(applied[0], Decision) else None  # type: ignore[return-value]

    def _compare(self, node: t.Compare, scope: Scope, known: Known) -> e.Condition:
        decided = self._decided(node.left, scope, known)
        if decided is not None:
            return self._compare_decision(node, *decided, scope)
        if self._foreign_word(node, scope):
            return e.Always()
        left = self.terms.check(node.left, scope, known)
        if left is None:
            return e.Always()
        right = self.terms.check(node.right, scope, known, like=left.type)
        if right is None:
            return e.Always()
        if not self._comparable(node, left.type, right.type, scope):
            return e.Always()
        order = left.type.kind if isinstance(left.type, v.KindType) and node.operator.text not in _IDENTITIES else None
        operator = _OPERATORS[node.operator.text]
        comparison = e.Comparison(operator, left, right, order, words=words(node), span=node.span)
        return self._judged_if_open(comparison, scope)

    def _foreign_word(self, node: t.Compare, scope: Scope) -> bool:
        """Whether something is compared with `true`, `null` or the like, which nothing here is called; it is noted."""
        if not (isinstance(node.right, t.Path) and len(node.right.names) == 1) or node.operator.text not in _IDENTITIES:
            return False
        name = node.right.names[0]
        known = {*scope.roots(), *scope.subject.entity.facts, *self.declarations.parameters}
        values = {value for kind in self.declarations.kinds.values() for value in kind.values}
        help = word_hint(name.text, words(node.left)) if isinstance(node.left, t.Path) else ""
        if not help or name.text in known | values or self.references.declared(scope.subject.entity, name):
            return False
        if node.operator.text == "is not":
            help = ""
        self._error(Code.UNKNOWN_NAME, f"there is no `{name.text}` here", name, scope, help=help)
        self.terms.unsure.add(scope.where)
        return True

    def _compare_decision(self, node: t.Compare, decision: Decision, subject: e.Path, scope: Scope) -> e.Condition:
        if node.operator.text not in _IDENTITIES or not isinstance(node.right, t.Path) or len(node.right.names) != 1:
            message = f"`{words(node.left)}` is a decision, which is compared with one of its values"
            self._error(Code.WRONG_OPERATOR, message, node, scope, expected="`is` or `is not`, and a value of its kind")
            return e.Always()
        word = t.Word(node.right.text, span=node.right.span)
        value = self.declarations.literal(word, v.KindType(decision.kind), scope.where)
        if value is None:
            return e.Always()
        decided = e.Decided(decision, value, subject, words=words(node), span=node.span)
        return decided if node.operator.text == "is" else e.Negation(decided)

    def _comparable(self, node: t.Compare, left: v.FactType, right: v.FactType, scope: Scope) -> bool:
        allowed, said = _allowed(left), words(node.left)
        if not allowed:
            help = f"write `{said}` or `not {said}`" if isinstance(left, v.YesNo | v.Judgement) else ""
            self._error(Code.WRONG_OPERATOR, f"`{said}` is {say(left)} and is not compared", node, scope, help=help)
        elif not _alike(left, right):
            message = f"`{said}` is {say(left)}, and `{words(node.right)}` is {say(right)}"
            help = literal_hint(node.right, left, self.declarations.vocabulary.currency)
            self._error(Code.WRONG_TYPE, message, node, scope, expected="two things of one type", help=help)
        elif node.operator.text not in allowed:
            message = f"`{node.operator.text}` does not go with {say(left)}"
            expected = ", ".join(f"`{each}`" for each in sorted(allowed))
            self._error(Code.WRONG_OPERATOR, message, node.operator, scope, expected=expected)
        else:
            return True
        return False

    def _judged_if_open(self, comparison: e.Comparison | e.Membership, scope: Scope) -> e.Condition:
        """Let an assessor's judgement stand in for a comparison while one of its parameters is open.

        A parameter in a definition that the comparison uses is judged there, of whatever the definition is asked.
        """
        nodes = e.walk(comparison, into_applied=False)
        used = [node.parameter for node in nodes if isinstance(node, e.ParameterValue)]
        may_be_open = tuple(parameter for parameter in used if parameter.may_be_open)
        if not may_be_open:
            return comparison
        parameter = may_be_open[0]
        if parameter.assessor is None:
            message = f"the parameter `{parameter.name}` has no value and nobody to judge while it has none"
            self._error(
                Code.OPEN_PARAMETER, message, comparison, scope, help="give it a value, or add `judged by` and a role"
            )
            return e.Always()
        if scope.variables:
            message = f"the open parameter `{parameter.name}` is used inside a list"
            help = "give the condition a name with `define … about` the elements, and use that name here"
            self._error(Code.OPEN_PARAMETER, message, comparison, scope, help=help)
            return e.Always()
        place = scope.subject.entity.name, scope.place
        if (earlier := self._judged.get(place)) is not None and earlier != comparison.span:
            message = f"a second comparison with an open parameter stands in {scope.place}"
            help = "put it into a clause of its own, or give it a name with `define`"
            self._error(Code.OPEN_PARAMETER, message, comparison, scope, help=help)
            return e.Always()
        if comparison.span is not None:
            self._judged[place] = comparison.span
        question = f"{scope.label or comparison.words}? ({parameter.label})"
        return e.Judged(
            scope.place, scope.subject, question, parameter.assessor, may_be_open, comparison,
            words=comparison.words, span=comparison.span,
        )  # fmt: skip

    def _error(self, code: Code, message: str, at: object, scope: Scope, expected: str = "", help: str = "") -> None:
        self.declarations.error(code, message, at, scope.where, expected, help)

    def name_help(self, word: str, scope: Scope) -> str:
        """A did-you-mean over everything that can be named at a place, else the facts of the subject."""
        entity = scope.subject.entity
        if hint := word_hint(word):
            return hint
        names = {*entity.facts, *scope.roots(), *self.declarations.parameters}
        names |= {
            d.name.text for d in self.declarations.statements(t.DefinitionDeclaration) if d.entity.text == entity.name
        }
        names |= {
            d.name.text for d in self.declarations.statements(t.DecisionDeclaration) if d.entity.text == entity.name
        }
        near = suggestion(word, names)
        if not near.startswith("did you") and (path := inner_path(entity, word)):
            return f"did you mean `{path}`?"
        parts = [name for name in sorted(entity.facts) if word in name.split("_")]
        if not near.startswith("did you") and len(parts) == 1:
            return f"did you mean `{parts[0]}`?"
        return near if near.startswith("did you") else suggestion(word, entity.facts, f"facts of {entity.name}")


def _allowed(type_: v.FactType) -> set[str]:
    match type_:
        case v.Count() | v.Number() | v.Percent() | v.Money() | v.Days() | v.Months():
            return _NUMBERS
        case v.Date():
            return _DATES
        case v.KindType(kind):
            return _ORDERED if kind.ordered else _IDENTITIES
        case v.Text() | v.Contained() | v.Reference():
            return _IDENTITIES
        case _:
            return set()


def _alike(left: v.FactType, right: v.FactType) -> bool:
    if isinstance(left, v.Count | v.Number) and isinstance(right, v.Count | v.Number):
        return True
    entities = v.Contained | v.Reference
    if isinstance(left, entities) and isinstance(right, entities):
        return left.entity is right.entity
    return left == right
