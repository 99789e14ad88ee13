"""What the lines of an explanation say, and how a condition is told."""

from __future__ import annotations

import attrs

from sopb_rules.findings import reasons as x
from sopb_rules.findings.term_words import Naming, side_words
from sopb_rules.findings.value_words import shown
from sopb_rules.predicates.truth import Truth


@attrs.frozen
class Telling:
    """How a condition is told.

    Args:
        depth: of its first line.
        negated: what is needed is its opposite.
        needed: it is needed; otherwise it is only said what is so, as of an act that is permitted.
        brief: its first line alone.
        implied: that all parts of a conjunction are needed goes without saying here.
        names: how facts are called here.
    """

    depth: int = 0
    negated: bool = False
    needed: bool = True
    brief: bool = False
    implied: bool = True
    names: Naming = attrs.field(factory=Naming)

    def deeper(self) -> Telling:
        """The same, one step to the right."""
        return attrs.evolve(self, depth=self.depth + 1)

    def asking(self) -> Telling:
        """For what somebody else is asked: its own conditions, by themselves."""
        return attrs.evolve(self, depth=self.depth + 1, negated=False, needed=True, implied=True)

    def truth(self, of: Truth) -> Truth:
        """The truth that is shown."""
        return ~of if self.negated else of


def said(truth: Truth, true: str, false: str, unknown: str) -> str:
    """The words for a truth; “whether” so makes a whole sentence of what is unknown."""
    match truth:
        case Truth.TRUE:
            return true
        case Truth.FALSE:
            return false
        case _:
            return f"{unknown} is unknown" if unknown.startswith("whether") else unknown


def clause_words(clause: x.Clause) -> str:
    """Letter and label."""
    label = f"({clause.letter}) {clause.label}" if clause.letter else clause.label
    return f"provided: {label}" if clause.part == "provided" else label


def settled_by(clause: x.Clause, force: str) -> str:
    """Why nothing that follows matters after a clause, or ""."""
    if clause.truth is not Truth.FALSE:
        return ""
    if force == "may" and clause.part == "act":
        return "would have to hold if the permission were used"
    named = f"({clause.letter})" if clause.letter else "an earlier one"
    return f"not reached, since {named} fails"


def own_words(node: x.Condition) -> str:
    """The words of a condition that is one line, or ""."""
    if isinstance(node, x.Opposite):
        return own_words(node.part)
    return getattr(node, "words", "")


def holds_words(node: x.Holds, telling: Telling) -> str:
    """A yes/no fact, and what is needed where it fails."""
    fact = side_words(x.FactValue(node.fact), telling.names)
    if telling.needed and telling.truth(node.truth) is Truth.FALSE:
        return f"{fact}, needed {'no' if telling.negated else 'yes'}"
    return fact


def exists_words(node: x.Exists, telling: Telling) -> str:
    """Whether something is there, and what is needed where that fails."""
    fact, name = node.fact, telling.names(node.fact.path)
    if node.truth is not Truth.TRUE:
        wish = ", but is needed" if telling.needed and telling.truth(node.truth) is Truth.FALSE else ""
        return side_words(x.FactValue(fact), telling.names) + wish
    assert fact.value is not None
    known = f"{name} exists" if fact.value.type == "entry" else f"{name} is {shown(fact.value)}"
    return f"{known}, needed absent" if telling.needed and telling.negated else known


def joined_words(every: bool, total: int, truth: Truth) -> str:
    """How many are needed, and how many hold."""
    if every:
        how = said(truth, "and they hold", "and not all hold", "and that is not known of all")
        return f"all of these {total} are needed, {how}"
    how = said(truth, "and one holds", "and none holds", "and none is known to hold")
    return f"one of these {total} is needed, {how}"


def of_entries(node: x.Each, every: bool, truth: Truth) -> str:
    """How many of the entries do, or do not; those that belong to somebody else are not among them."""
    told = sum(element.condition is not None for element in node.elements)
    size = told + node.left_out
    if not size:
        return "there is none"
    if size == 1:
        return said(truth, "the one listed does", "the one listed does not", "not known of the one listed")
    among = "" if any(element.belongs for element in node.elements) else f" of {size}"
    if every:
        fail = f"{told}{among} {'does' if told == 1 else 'do'} not"
        return said(truth, f"all {size} do", fail, f"not known of all {size}")
    return said(
        truth, f"{told}{among} {'does' if told == 1 else 'do'}", f"none of {size} does", f"not known of any of {size}"
    )


def definition_words(statement: x.Statement, truth: Truth) -> str:
    """What became of a definition."""
    label = statement.label or statement.name
    return said(truth, f"“{label}” holds", f"“{label}” does not hold", f"whether “{label}” holds")


def asked_words(node: x.Asked) -> str:
    """What became of what is asked, whatever is needed."""
    statement, verb, truth = node.statement, node.verb, node.truth
    match statement.kind:
        case "definition":
            return definition_words(statement, truth)
        case "norm" if verb == "applies":
            applies = f"{statement.id} applies"
            return said(truth, applies, f"{statement.id} does not apply", f"whether {applies}")
        case "norm":
            state = verb.removeprefix("is ")
            return said(
                truth,
                f"{statement.id} is {state}",
                f"{statement.id} is not {state}",
                f"whether {statement.id} is {state}",
            )
        case _:
            gives = f"{statement.name} is {verb}"
            return said(truth, gives, f"{statement.name} is not {verb}", f"whether {gives}")
