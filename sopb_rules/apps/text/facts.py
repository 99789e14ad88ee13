"""The vocabulary as people read it: each entity with the facts that can be stated of it."""

from __future__ import annotations

from sopb_rules.apps.facts_data import type_name
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Policies


def print_facts(page: Page, model: Policies) -> None:
    """All entities, those that state files list first, and the kinds with their values."""
    vocabulary = model.vocabulary
    page.line((f"{vocabulary.title or vocabulary.name}: the facts", "bold"))
    page.line(("A fact that is not stated is unknown. “act” marks what somebody can bring about by acting.", QUIET))
    entities = sorted(vocabulary.entities.values(), key=lambda entity: not entity.listed)
    for entity in entities:
        _print_entity(page, entity, model)
    page.rule("Kinds")
    for kind in vocabulary.kinds.values():
        _print_kind(page, kind)


def _print_entity(page: Page, entity: v.Entity, model: Policies) -> None:
    page.rule(entity.name)
    page.line(entity.label)
    held = [f"{holder.name}.{fact.name}" for holder, fact in entity.holders]
    where = f"stated inside {', '.join(held)}" if held else "listed at the top of a state, each with an `id`"
    page.line((where, QUIET))
    page.blank()
    for fact in entity.facts.values():
        _print_fact(page, fact)
    keys = model.asked_judgements.get(entity.name, {})
    if keys:
        page.blank()
        page.line("judgements that stand in for open parameters, stated under `judgements`", indent=2)
    for key, question in keys.items():
        page.row((f'"{key}"', "bold"), question, indent=4, column=22)


def _print_fact(page: Page, fact: v.Fact) -> None:
    notes = ["optional"] if fact.optional else []
    notes += ["act"] if fact.act else []
    notes += ["never stated: computed from the other side"] if isinstance(fact.type, v.Inverse) else []
    kind = f"judgement by {v.called(fact.assessor)}" if fact.assessor else type_name(fact.type)
    page.row((fact.name, "bold"), ", ".join([kind, *notes]), indent=2, column=24)
    if fact.label != fact.name.replace("_", " "):
        page.line((fact.label, QUIET), indent=26)


def _print_kind(page: Page, kind: v.Kind) -> None:
    page.line((kind.name, "bold"), ", from low to high" if kind.ordered else "")
    for value, label in kind.values.items():
        page.row(value, label if label != value.replace("_", " ") else "", indent=2, column=24)
