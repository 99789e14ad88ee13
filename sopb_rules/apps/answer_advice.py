"""What could be done about what was found about all states: in a sentence, and for gaps a case to add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from sopb_rules.analysis.questions import Answer, Kind, Status
from sopb_rules.diagnostics import RulesError
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Decision, Norm, Policies, sentence_of
from sopb_rules.model.unfinished import PLACEHOLDER
from sopb_rules.predicates.evaluate import evaluate_decision
from sopb_rules.source import Source
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.parts import parts
from sopb_rules.testing.givens import Givens
from sopb_rules.testing.trials import SOME_DAY


def advice(answer: Answer, model: Policies) -> str:
    """What to do about an answer; "" where there is nothing to do."""
    kind, ids = answer.question.kind, answer.ids or answer.question.ids
    match answer.status, kind:
        case Status.CLEAR, _:
            return ""
        case Status.UNDECIDED, _:
            return "give it more time with `--timeout SECONDS`" if answer.reason.endswith(" s") else ""
        case Status.MISMATCH, _:
            ids = answer.question.ids[:1]
            return (
                f"please report it with the policies and with what `sopb analyze {' '.join(ids)} --format json` prints"
            )
        case _, Kind.NEVER_APPLIES:
            return "leave it out, or mend its condition"
        case _, Kind.CANNOT_BE_MET:
            return "mend one of the parts that exclude each other"
        case _, Kind.CANNOT_BE_UNMET:
            return "mend its condition or what it asks for; if it is meant so, allow it"
        case _, Kind.GAP:
            return "add a case, or say in a remark (`gap … on …`) that the document leaves it open, and allow it"
        case _, Kind.OVERLAP:
            return f"{_override(model, *ids)}, or the other way round; or narrow one of the two"
        case _, Kind.IDLE_CASE:
            return "leave the case out, mend its condition, or see which case should override which"
        case _, (Kind.ALWAYS_TRUE | Kind.ALWAYS_FALSE):
            return "mend the definition, or leave it out where it is used"
        case _, Kind.IMPLIED:
            return "it may be left out; where the document repeats itself on purpose, keep it and allow it"
        case _, _:
            return _give_way([model.norms[id] for id in ids])


def _override(model: Policies, name: str, one: str, other: str) -> str:
    """How one case is made to override another."""
    case = next(each for each in model.decisions[name].cases if each.id == other)
    if case.overrides:
        return f"add `, {one}` to what case {other} overrides"
    return f"add `, overriding {one}` to the condition of case {other}"


def _give_way(norms: list[Norm]) -> str:
    """How one of some norms is made to give way; the last that can."""
    for giving in reversed(norms):
        for other in norms:
            if other is giving or other.entity is not giving.entity or giving.is_permission or _refers(other, giving):
                continue
            has_one = re.search(r"^ +unless\b", giving.span.text, re.MULTILINE)
            words = f"`or {other.id} applies` behind `unless`" if has_one else f"`unless {other.id} applies`"
            return f"let one give way, as with {words} in norm {giving.id}, or narrow one of them"
    return "narrow its condition, or what it asks for" if len(norms) == 1 else "narrow one of them"


def _refers(one: Norm, to: Norm) -> bool:
    """Whether a norm refers to another, also through others."""
    nodes = (node for part in one.parts for node in e.walk(part))
    return any(isinstance(node, e.Applied) and node.target is to for node in nodes)


def case_to_add(model: Policies, name: str, example: t.Example) -> str:
    """A case that would fit an example in which a decision has none, with a placeholder for its value; "" where none was found.

    It is tried: with some value in the place of the placeholder the decision gives that value there.
    """
    decision = model.decisions[name]
    id = _free_id(model, decision)
    conditions = tuple(dict.fromkeys(_conditions(decision.entity, example.givens)))
    value = next(iter(decision.kind.values), "")
    if (
        not conditions
        or not value
        or not _fits(model, decision, _case(decision, id, conditions, value), example, value)
    ):
        return ""
    return _case(decision, id, conditions, PLACEHOLDER)


def _free_id(model: Policies, decision: Decision) -> str:
    """The next number of a statement on the sentence of a decision's last case."""
    sentence = sentence_of(decision.cases[-1].id)
    taken = {each.id for each in model.numbered}
    return next(id for number in count(2) if (id := f"{sentence}/{number}") not in taken)


def _case(decision: Decision, id: str, conditions: tuple[t.Expression, ...], value: str) -> str:
    span = decision.span
    when = conditions[0] if len(conditions) == 1 else t.Conjunction(conditions, span=span)
    condition = t.Condition(when, None)
    number, word = t.Name(id, span=span), t.Word(value, span=span)
    case = t.CaseDeclaration(number, word, condition, (), t.Quote(()), span=span)
    name = t.Name(decision.name, span=span)
    tree = t.DecisionDeclaration(name, name, name, name, None, (case,), (), span=span)
    return "".join(f"{line}\n" for part in parts(tree)[1:] for line in part.lines)


def _conditions(entity: v.Entity, givens: Iterable[t.GivenItem]) -> Iterator[t.Expression]:
    """What is given, as conditions; what no condition says alone is left out."""
    for item in givens:
        if not isinstance(item, t.Given):
            continue
        span, path = item.span, item.path
        yield from _guards(entity, path)
        match item.value:
            case "exists":
                yield t.Exists(path, span=span)
            case "absent":
                yield t.IsAbsent(path, span=span)
            case "none":
                number = t.NumberOf(path, span=span)
                yield t.Compare(t.Name("is", span=span), number, t.Constant("integer", "0", span=span), span=span)
            case t.Word("yes"):
                yield t.Holds(path, span=span)
            case t.Word("no"):
                yield t.Not(t.Holds(path, span=span), span=span)
            case t.Word(text):
                value = t.Path((t.Name(text, span=span),), span=span)
                yield t.Compare(t.Name("is", span=span), path, value, span=span)
            case t.Constant() as value:
                yield t.Compare(t.Name("is", span=span), path, value, span=span)


def _guards(entity: v.Entity, path: t.Path) -> Iterator[t.Expression]:
    """That all is there through which a path leads."""
    for last, name in enumerate(path.names[:-1], 1):
        fact = entity.facts.get(name.text)
        if fact is None or not isinstance(fact.type, v.Contained | v.Reference):
            return
        if fact.optional:
            yield t.Exists(t.Path(path.names[:last], span=path.span), span=path.span)
        entity = fact.type.entity


def _fits(model: Policies, decision: Decision, case: str, example: t.Example, value: str) -> bool:
    """Whether the decision with a case more gives the value of that case in an example."""
    source, end = decision.span.source, decision.cases[-1].span.end
    longer = Source(source.name, f"{source.text[:end].rstrip()}\n{case}{source.text[end:]}")
    try:
        changed = compile_policies([longer if each == source else each for each in model.sources], kept=True)
        again = changed.decisions[decision.name]
        state, record = Givens(changed, again.entity, example, "").state()
    except RulesError:
        return False
    return evaluate_decision(again, record, state.as_of or SOME_DAY).value == value
