"""A program as one query for a database: stage by stage what is computed, and at the end a row of verdicts for each subject.

A row is named by its id. Truths are never null, so `NOT`, `AND` and `OR` mean what they say; what the database makes of null is met
in `IS TRUE`, `IS FALSE` and `COALESCE` alone, next to what is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
from sqlglot import exp

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model.norms import Decision
from sopb_rules.population import dialects as sql
from sopb_rules.population.dialects import DIALECTS, Dialect, E
from sopb_rules.population.given import Given
from sopb_rules.population.layout import HOLDER, ID, Table
from sopb_rules.population.plan import Stages
from sopb_rules.population.program import Outcomes, Program
from sopb_rules.population.sql_expressions import column_of
from sopb_rules.population.sql_stages import ROW, Queries, named

_APPLIES = ("applies", "does not apply")
_DUTY = (_APPLIES, ("satisfied", "not satisfied"))
_PERMISSION = (_APPLIES, ("act done", "act not done"), ("conditions hold", "conditions do not hold"))

#: Some databases cut off longer names.
_LONGEST_LABEL = 60


def query(program: Program, table: Table, given: Given) -> exp.Select:
    """The query for what all subjects in a table come to.

    Its columns are `id`, for the rows of a list before it `holder`, and one for each norm and decision with subjects in the table,
    named as in `Outcomes.name`.

    Args:
        program: made for the columns that `given.readable()` tells.

    Raises:
        RulesError: the database could not tell two of the columns apart.
    """
    stages = Stages(attrs.evolve(program, outcomes=program.of(table)))
    _call_roots(stages)
    queries = Queries(stages, given)
    queries.write()
    rows, planes = stages.rows[table], queries.expressions
    keys = (ID,) if table.above is None else (HOLDER, ID)
    columns = [(name, column_of(ROW, name)) for name in keys]
    for outcome in stages.program.outcomes:
        truths = [
            (planes.of(truth.true, ROW), planes.of(truth.false, ROW)) for truth in (outcome.there, *outcome.truths)
        ]
        columns.append((outcome.name, _verdict(outcome, truths)))
    _check_names([name for name, _ in columns], given.dialect)
    last = exp.Table(this=exp.to_identifier(queries.last(rows), quoted=True))
    found = exp.select(*(named(each, name) for name, each in columns), copy=False)
    found = found.from_(exp.alias_(last, exp.to_identifier(ROW, quoted=True), table=True), copy=False)
    for name, select in queries.queries.items():
        found = found.with_(exp.to_identifier(name, quoted=True), as_=select, copy=False)
    return found


def text(statement: E, dialect: Dialect) -> str:
    """A statement as it is written for a database."""
    return statement.sql(dialect=dialect.name, pretty=True, normalize=False, comments=True)


def dialect_of(name: str) -> Dialect:
    """The dialect of that name.

    Raises:
        RulesError: there is none.
    """
    if name not in DIALECTS:
        help = suggestion(name, DIALECTS, "dialects")
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"there is no dialect {name}", help=help)])
    return DIALECTS[name]


def view_name(table: Table) -> str:
    """What the view of a table is called: ``organization_verdicts``."""
    return f"{table.name.replace('.', '_')}_verdicts"


def view(table: Table, select: exp.Select) -> exp.Create:
    """The statement that makes a query a view."""
    name = exp.Table(this=exp.to_identifier(view_name(table), quoted=True))
    return exp.Create(this=name, kind="VIEW", expression=select, replace=True)


def _call_roots(stages: Stages) -> None:
    """Call the columns of truths after what they are truths of, so that people find their way."""
    called: set[int] = set()
    for outcome in stages.program.outcomes:
        statement = outcome.statement
        if isinstance(statement, Decision):
            words: Sequence[tuple[str, str]] = [(value, f"not {value}") for value in statement.values]
        else:
            words = _PERMISSION if statement.is_permission else _DUTY
        for (true, false), truth in zip(words, outcome.truths, strict=True):
            for node, word in ((truth.true, true), (truth.false, false)):
                label = f"{outcome.name} {word}"
                if id(node) not in called and stages.name(node) is not None and len(label.encode()) < _LONGEST_LABEL:
                    called.add(id(node))
                    stages.names[node] = label


def _check_names(names: Iterable[str], dialect: Dialect) -> None:
    """Names that a database cuts off have to differ before that.

    Raises:
        RulesError: two do not.
    """
    seen: dict[bytes, str] = {}
    for name in names:
        cut = name.encode()[: dialect.longest_name]
        if cut in seen:
            message = f"{dialect.name} cuts off long names, and cannot tell {seen[cut]} from {name}"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, help="ask for one of the two alone: --only ID")])
        seen[cut] = name


# ---- verdicts -----------------------------------------------------------------------------------------------


def _verdict(outcome: Outcomes, planes: list[tuple[E, E]]) -> E:
    """The word for each row; null where there is no subject."""
    there, nowhere = planes[0]
    branches: list[tuple[E, E]] = []
    settled = list(_settled(outcome, planes[1:]))
    if there != exp.true():
        branches.append((nowhere, exp.null()))
        if not isinstance(outcome.statement, Decision):
            # Of one that is perhaps not there, all that can be settled is that nothing applies to it.
            (not_applies, word), *settled = settled
            branches += [(not_applies, sql.text(word)), (sql.negation(there), sql.text("unknown"))]
    branches += [(where, sql.text(word)) for where, word in settled]
    return sql.case(branches, sql.text("unknown"))


def _settled(outcome: Outcomes, truths: list[tuple[E, E]]) -> Iterator[tuple[E, str]]:
    """Where it comes to each word but `unknown`: no two of them hold in one row."""
    if isinstance(outcome.statement, Decision):
        yield from _decided(outcome.statement, truths)
        return
    (applies, not_applies), (done, not_done) = truths[:2]
    yield not_applies, "not_applicable"
    if not outcome.statement.is_permission:
        yield _both(applies, done), "met"
        yield _both(applies, not_done), "unmet"
        return
    within, beyond = truths[2]
    yield _both(applies, not_done), "open"
    yield _both(applies, done, within), "used"
    yield _both(applies, done, beyond), "exceeded"


def _decided(decision: Decision, truths: list[tuple[E, E]]) -> Iterator[tuple[E, str]]:
    for index, value in enumerate(decision.values):
        others = [not_given for other, (_, not_given) in enumerate(truths) if other != index]
        yield _both(truths[index][0], *others), value
    yield _both(*(not_given for _, not_given in truths)), "no_case"
    pairs = [_both(given, again) for index, (given, _) in enumerate(truths) for again, _ in truths[:index]]
    if pairs:
        yield sql.disjunction(pairs), "conflict"


def _both(*parts: E) -> E:
    return sql.conjunction([part.copy() for part in parts])
