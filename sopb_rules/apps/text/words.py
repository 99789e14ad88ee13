"""The words and signs for what an evaluation says. A sign never stands without its word."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.findings.finding import FactFinding, Finding, plain
from sopb_rules.findings.leaves import value_of
from sopb_rules.findings.value_words import shown
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, parameters_of
from sopb_rules.source import Span
from sopb_rules.states.records import Record

if TYPE_CHECKING:
    from sopb_rules.apps.text.page import Page


@attrs.frozen
class Mark:
    """A sign, what stands for it in plain ASCII, the word that goes with it, and its style."""

    sign: str
    plain: str
    word: str
    style: str

    def on(self, page: Page) -> tuple[str, str]:
        """Sign and word, as the page can show them."""
        return (f"{page.sign(self.sign, self.plain)} {self.word}", self.style)


GOOD, BAD, OPEN, QUIET = "green", "bold red", "yellow", "dim"

STATUS = {
    "breach": Mark("✗", "x", "breach", BAD),
    "undetermined": Mark("?", "?", "undetermined", OPEN),
    "compliant": Mark("✓", "+", "compliant", GOOD),
}

VERDICTS = {
    "met": Mark("✓", "+", "met", GOOD),
    "unmet": Mark("✗", "x", "unmet", BAD),
    "used": Mark("✓", "+", "used", GOOD),
    "open": Mark("○", "o", "open", "cyan"),
    "exceeded": Mark("✗", "x", "exceeded", BAD),
    "not_applicable": Mark("–", "-", "does not apply", QUIET),
    "unknown": Mark("?", "?", "unknown", OPEN),
    "decided": Mark("✓", "+", "decided", GOOD),
    "no_case": Mark("–", "-", "no case", OPEN),
    "conflict": Mark("✗", "x", "conflict", BAD),
}


def listing(words: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def short(digest: str) -> str:
    """The beginning of a digest, enough to tell two apart."""
    return digest[:12]


def as_verb(force: str) -> str:
    """A force as it stands in a sentence, between bearer and act."""
    return "is encouraged to" if force == "encouraged" else force


def force(norm: Norm) -> str:
    """The force of a norm, and the document's own word where that is another one."""
    shown = as_verb(norm.force)
    same = norm.word in (norm.force, shown) or norm.force == "encouraged"
    return shown if same else f"{shown} (from “{norm.word}”)"


def bearers(norm: Norm) -> str:
    """Who is bound, as a sentence would say it."""
    return " and ".join(map(v.called, norm.bearers))


def may_come_to(finding: Finding) -> str:
    """The verdicts that it can still come to, whatever is stated."""
    verdicts = listing((VERDICTS[each].word for each in sorted(verdict.value for verdict in finding.comes_to)), "or")
    return f"may come to {verdicts}" if len(finding.comes_to) > 1 else f"and whatever is stated, it comes to {verdicts}"


def place(where: str) -> str:
    """A place in a file, by the shortest name of the file."""
    here = f"{Path.cwd()}{os.sep}"
    return where.removeprefix(here)


def place_of_norm(norm: Norm) -> str:
    """Where a norm is written, and of one that measures add or tighten by which of them."""
    return place(str(norm.span)) + by_layer(norm, lambda span: place(str(span)))


def by_layer(norm: Norm, written: Callable[[Span], str]) -> str:
    """Which measures add or tighten a norm, to stand behind its place; "" for a norm of the document."""
    if norm.tightens is not None:
        return f" (tightened by the measures {norm.layer}; before: {written(norm.tightens.span)})"
    return f" (added by the measures {norm.layer})" if norm.layer else ""


def fact_value(fact: FactFinding, norm: Norm | Decision) -> str:
    """The value of a fact as a drafter would write it."""
    types = {(each.name, each.label): each.type for each in parameters_of(*norm.parts)}
    types |= {(each.name, each.label): each.type for each in norm.facts}
    return shown_value(fact.value, types.get((fact.path.rsplit(".", 1)[-1], fact.label)))


def shown_value(value: Any, type: v.FactType | None) -> str:
    """A value as a drafter would write it: with unit, and a kind's value with its label."""
    match value:
        case Record():
            return value.id if value.holder is None else "stated"
        case _ if type is None and not isinstance(value, tuple):
            return str(plain(value))
        case _:
            return shown(value_of(value, type or v.Text(), currency=""))
