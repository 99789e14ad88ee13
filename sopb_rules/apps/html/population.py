"""The page of a population: what its subjects come to by norm, which missing facts that hinges on, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sopb_rules.apps.chart import verdicts_of
from sopb_rules.apps.html import tables
from sopb_rules.apps.html.frame import page, section
from sopb_rules.apps.html.markup import Content, Markup, element, join, named
from sopb_rules.apps.html.words import marked
from sopb_rules.apps.overview import Line, Missing, Overview
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.words import VERDICTS, as_verb, bearers, listing
from sopb_rules.model.norms import Decision, Norm, Policies
from sopb_rules.policy_set import PolicySet

#: How many wrong rows are shown.
_SHOWN = 50


def population_page(overview: Overview) -> str:
    """The overview as a page for browsers: the same overview gives the same bytes."""
    model = overview.policies.model
    parts: list[tuple[str, Content]] = [("Norms", _norms(overview.norms))]
    if overview.decisions:
        parts.append(("Decisions", _decisions(overview.decisions)))
    if overview.blocking is not None:
        parts.append(("Missing facts", _missing(overview.missing, model)))
    if overview.left_out:
        parts.append(("Rows left out", _left_out(overview)))
    parts.append(("Sentences", section("Sentences", tables.sentences(model, (line.name for line in overview.lines)))))
    return page(
        "Overview of a population", "overview", title_of(overview.policies), _about(overview), parts, overview.as_dict()
    )


def title_of(policies: PolicySet) -> str:
    """What the policies are called."""
    return policies.model.vocabulary.title or policies.name


def _about(overview: Overview) -> Iterator[tuple[str, str]]:
    policies = overview.policies
    yield "Policies", f"{policies.name}, {counted(len(policies.model.norms), 'norm')}"
    if policies.version:
        yield "Version", policies.version
    if policies.model.measures:
        yield "Measures", "; ".join(each.title for each in policies.model.measures)
    if overview.only:
        yield "Only", listing(overview.only)
    yield "As of", str(overview.as_of)
    yield "Tables", listing(overview.files)
    yield "Rows", listing(f"{table} {number:,}" for table, number in overview.rows.items())
    yield "Rows left out", f"{overview.left_out:,}"
    yield "Digest of the policies", f"sha256:{policies.digest}"


def _norms(lines: Sequence[Line]) -> Markup:
    if not lines:
        return section("Norms", element("p", "No norm was evaluated."))
    words = verdicts_of(lines)
    columns: list[Content] = ["Norm", "Whom it binds", *(marked(VERDICTS[word]) for word in words)]
    by_table: dict[str, list[Line]] = {}
    for line in lines:
        by_table.setdefault(line.table, []).append(line)
    bodies = [
        tables.body(table, [_norm(line, words) for line in part], len(columns)) for table, part in by_table.items()
    ]
    lead = "How many come to which verdict: the stronger the colour of a number, the larger its share of all whom the norm is about."
    return section("Norms", element("p", lead), tables.table(columns, bodies, len(words), "heat"))


def _norm(line: Line, words: Iterable[str]) -> Markup:
    assert isinstance(line.statement, Norm)
    place = element("small", f" about {line.place}") if line.place else None
    bound = f"{bearers(line.statement)} {as_verb(line.statement.force)}"
    cells = [tables.shaded(word, line.numbers.get(word), line.subjects) for word in words]
    return element("tr", element("th", tables.link(line.statement), scope="row"), element("td", bound, place), cells)


def _decisions(lines: Iterable[Line]) -> Markup:
    columns = ("Value", "Subjects")
    bodies = []
    for line in lines:
        assert isinstance(line.statement, Decision)
        about = ".".join(filter(None, (line.table, line.place)))
        rows = [
            element(
                "tr", element("th", tables.verdict(word), scope="row"),
                tables.with_bar(number, line.subjects, "Subjects", tables.style(word)),
            )
            for word, number in line.numbers.items()
        ]  # fmt: skip
        heading = join(tables.link(line.statement), f": {line.statement.label} ", element("small", about))
        bodies.append(tables.body(heading, rows, len(columns)))
    return section("Decisions", tables.table(columns, bodies, 1))


def _missing(missing: Sequence[Missing], model: Policies) -> Markup:
    if not missing:
        return section("Missing facts", element("p", "No verdict hinges on an unknown fact."))
    lead = (
        "On how many unknown verdicts each unknown fact bears: stated there, it could turn them. "
        "A verdict that hinges on several facts counts for each of them."
    )
    columns = ("Fact", "Norms and decisions", "Verdicts")
    rows = [_fact(each, model, missing[0].verdicts) for each in missing]
    table = tables.table(columns, [tables.body("", rows, len(columns))], 1, "missing")
    return section("Missing facts", element("p", lead), table)


def _fact(missing: Missing, model: Policies, most: int) -> Markup:
    hinging = [tables.statement(model, name) for name in missing.names]
    return element(
        "tr",
        element("th", named(missing.path), element("br"), element("small", missing.label), scope="row"),
        element("td", tables.links(hinging)),
        tables.with_bar(missing.verdicts, most, "Verdicts", "open"),
    )


def _left_out(overview: Overview) -> Markup:
    columns = ("Row", "Table", "Id", "Column", "Value", "What is wrong")
    shown = overview.skipped.head(_SHOWN).select("row", "table", "id", "column", "value", "problem")
    rows = [
        element(
            "tr", element("th", str(row), scope="row"),
            [element("td", None if cell is None else named(str(cell)), data_label=head)
             for head, cell in zip(columns[1:], cells, strict=True)],
        )
        for row, *cells in shown.iter_rows()
    ]  # fmt: skip
    more = f", of which the first {len(rows)}" if overview.skipped.height > len(rows) else ""
    lead = f"{counted(overview.left_out, 'row')} left out for {counted(overview.skipped.height, 'mistake')}{more}:"
    return section("Rows left out", element("p", lead), tables.table(columns, [tables.body("", rows, 6)], 0))
