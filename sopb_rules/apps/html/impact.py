"""The page of an impact: whose verdicts another version of policies changes, by norm and by fact."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopb_rules.apps.html import tables
from sopb_rules.apps.html.frame import page, section
from sopb_rules.apps.html.markup import Content, Markup, element, join, named
from sopb_rules.apps.html.population import left_out, title_of
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.words import listing

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.apps.versions import Version
    from sopb_rules.impact import Impact
    from sopb_rules.model.norms import Policies


def impact_page(
    impact: Impact, old: Version, new: Version, as_of: datetime.date, files: Iterable[Path], data: Any
) -> str:
    """The impact as a page for browsers: the same impact gives the same bytes.

    Args:
        data: what the page shows, as plain data.
    """
    model = new.policies.model
    parts: list[tuple[str, Content]] = [("Changes", _changes(impact, model))]
    parts += [(f"By {fact}", _by(impact, fact, model)) for fact in impact.by if impact.changes.height]
    for head, names, counts, here in (
        ("Only in the new version", impact.added, impact.gained, model),
        ("Only in the old version", impact.removed, impact.lost, None),
    ):
        if names:
            parts.append((head, _alone(head, names, counts, here)))
    if impact.skipped.height:
        parts.append(("Rows left out", left_out(impact.skipped)))
    if told := {*impact.changes["statement"], *map(_norm_in, impact.added)}:
        parts.append(("Sentences", section("Sentences", _lead(new), tables.sentences(model, told))))
    about = _about(impact, old, new, as_of, files)
    return page("Impact of a change of policies", "impact", title_of(new.policies), about, parts, data)


def _about(
    impact: Impact, old: Version, new: Version, as_of: datetime.date, files: Iterable[Path]
) -> Iterator[tuple[str, str]]:
    for label, version in (("Old", old), ("New", new)):
        policies = version.policies
        yield label, f"{version.called} ({' '.join(filter(None, (policies.name, policies.version)))})"
    yield "As of", str(as_of)
    yield "Tables", listing(map(str, files))
    differ = counted(len(impact.compared), "norm or decision", "norms and decisions")
    yield "Compared", f"{differ} that differ; {len(impact.same):,} are the same in both versions"
    yield "Verdicts that change", f"{impact.verdicts:,}, of {counted(impact.changed, 'subject')}"
    yield "Newly unmet, exceeded or in conflict", counted(impact.acting(True), "verdict")
    yield "No longer so", counted(impact.acting(False), "verdict")
    yield "Rows left out", f"{impact.skipped.n_unique(['table', 'row']) if impact.skipped.height else 0:,}"
    for label, version in (("Digest of the old", old), ("Digest of the new", new)):
        yield label, f"sha256:{version.policies.digest}"


def _lead(new: Version) -> Markup:
    return element("p", "What the norms and decisions say in the new version, ", named(new.called), ":")


def _changes(impact: Impact, model: Policies) -> Markup:
    """Each norm whose verdicts change, with a bar for each change."""
    if not impact.changes.height:
        return section("Changes", element("p", "No verdict changes."))
    subjects = {(each.table, each.statement, each.place): (each, number) for each, number in impact.subjects.items()}
    rows: dict[tuple[str, str, str], list[tuple[str | None, str | None, int]]] = {}
    for table, name, place, before, after, number in impact.changes.iter_rows():
        rows.setdefault((table, name, place), []).append((before, after, number))
    most = int(impact.changes["count"].max())  # type: ignore[arg-type] # there is one
    bodies = []
    for key, changes in rows.items():
        number = sum(each for _, _, each in changes)
        compared, all_ = subjects[key]
        was = f" (was {compared.before})" if compared.before != compared.statement else None
        told = f" {number:,} of {all_:,}"
        heading = join(tables.link(tables.statement(model, key[1])), was, " ", _place(key[0], key[2]), told)
        bodies.append(tables.body(heading, [_change(*each, most) for each in changes], 3))
    lead = "How many have another verdict in the new version: from what, to what."
    return section("Changes", element("p", lead), tables.table(("From", "To", "Subjects"), bodies, 1))


def _by(impact: Impact, fact: str, model: Policies) -> Markup:
    """The changes for each value of a fact."""
    found = impact.by_fact(fact)
    most = int(found["count"].max())  # type: ignore[arg-type] # where something changes, there is one
    rows: dict[str | None, list[Markup]] = {}
    for value, table, name, place, before, after, number in found.iter_rows():
        head = join(tables.link(tables.statement(model, name)), " ", _place(table, place))
        rows.setdefault(value, []).append(_change(before, after, number, most, head))
    bodies = [tables.body(f"{fact}: {value or 'unknown'}", part, 4) for value, part in rows.items()]
    return section(f"By {fact}", tables.table(("Norm or decision", "From", "To", "Subjects"), bodies, 1))


def _change(before: str | None, after: str | None, number: int, most: int, head: Content = None) -> Markup:
    """A row; its heading is `head`, and without one the verdict before."""
    earlier = tables.verdict(before)
    first = [element("th", earlier, scope="row")]
    if head is not None:
        first = [element("th", head, scope="row"), element("td", earlier, data_label="From")]
    later = element("td", tables.verdict(after), data_label="To")
    return element("tr", first, later, tables.with_bar(number, most, "Subjects", tables.style(after)))


def _alone(heading: str, names: Sequence[str], counts: pl.DataFrame, model: Policies | None) -> Markup:
    """What only one version has, and how many come to what by it.

    Args:
        model: the policies whose sentences are on the page; None where those of these names are not.
    """
    rows: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for table, name, place, word, number in counts.iter_rows():
        rows.setdefault((table, name, place), []).append((word, number))
    most = max((number for part in rows.values() for _, number in part), default=0)
    bodies = []
    for (table, name, place), part in rows.items():
        called = name if model is None else tables.link(tables.statement(model, name))
        bodies.append(tables.body(join(called, " ", _place(table, place)), [_come(*each, most) for each in part], 2))
    counted_ = {name for _, name, _ in rows}
    others = [element("li", name) for name in names if _norm_in(name) not in counted_]
    found = tables.table(("Verdict", "Subjects"), bodies, 1) if bodies else None
    return section(
        heading, found, [element("p", "With no subject in these tables:"), element("ul", others)] if others else None
    )


def _come(word: str, number: int, most: int) -> Markup:
    """How many come to a verdict."""
    cell = tables.with_bar(number, most, "Subjects", tables.style(word))
    return element("tr", element("th", tables.verdict(word), scope="row"), cell)


def _norm_in(name: str) -> str:
    """The norm or decision in the name of what only one version has, which may say about whom it is before it."""
    return name.rpartition(": ")[2]


def _place(table: str, place: str) -> Markup:
    return element("small", ".".join(filter(None, (table, place))))
