"""How each listed entity stands: a line with the numbers of its breaches, shortfalls and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sopb_rules.apps.html.markup import Markup, element, named
from sopb_rules.apps.html.words import marked
from sopb_rules.apps.plural import counted
from sopb_rules.apps.report_data import EntityData
from sopb_rules.apps.shown import STATUSES
from sopb_rules.apps.text.words import STATUS

#: Of each number: the heading of its column, the group of findings that it counts, and its noun, one and many.
_COLUMNS = (
    ("Breaches", "breaches", "breach", "breaches"),
    ("Shortfalls", "shortfalls", "shortfall", "shortfalls"),
    ("Opportunities", "opportunities", "opportunity", "opportunities"),
    ("Options", "options", "option", "options"),
    ("Unknown", "unknown", "unknown", "unknown"),
    ("Others must act", "others-must-act", "for others to act", "for others to act"),
)


def standing(entities: Sequence[EntityData]) -> Markup:
    """The section on standing, with a table of all entities."""
    heading = element("h2", "Standing", id="standing-heading")
    if not entities:
        nothing = element("p", "The state lists nothing that a norm is about.")
        return element("section", heading, nothing, id="standing", aria_labelledby="standing-heading")
    by_label: dict[str, list[EntityData]] = {}
    for entity in entities:
        by_label.setdefault(entity.section.label, []).append(entity)
    columns = [element("th", heading, scope="col", class_="n") for heading, *_ in _COLUMNS]
    top = element("tr", element("th", "Status", scope="col"), element("th", "Name", scope="col"), columns)
    bodies = [_body(label, each) for label, each in by_label.items()]
    table = element("table", element("thead", top), bodies, class_="standing")
    return element("section", heading, table, id="standing", aria_labelledby="standing-heading")


def _body(label: str, entities: Sequence[EntityData]) -> Markup:
    numbers = Counter(entity.section.standing.status for entity in entities)
    words = {"breach": "in breach"}
    told = ", ".join(f"{numbers[status]} {words.get(status, status)}" for status in STATUSES if numbers[status])
    heading = element("th", f"{label} ({len(entities)}): {told}", colspan=2 + len(_COLUMNS), scope="rowgroup")
    return element("tbody", element("tr", heading, class_="of"), [_row(entity) for entity in entities])


def _row(entity: EntityData) -> Markup:
    name = element("a", named(entity.display), href=f"#{entity.key}")
    numbers = [_number(entity, number, column) for number, column in zip(entity.section.counts, _COLUMNS, strict=True)]
    status = element("td", marked(STATUS[entity.section.standing.status]))
    return element("tr", status, element("th", name, scope="row"), numbers)


def _number(entity: EntityData, number: int, column: tuple[str, str, str, str]) -> Markup:
    heading, group, one, many = column
    if not number:
        return element("td", "0", class_="n zero", data_label=heading)
    label = f"{counted(number, one, many)}: {entity.display}"
    link = element("a", f"{number:,}", href=f"#{entity.key}.{group}", aria_label=label)
    return element("td", link, class_="n", data_label=heading)
