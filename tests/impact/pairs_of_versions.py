"""Two versions of generated policies, and what changes between them when both are evaluated row by row."""

from __future__ import annotations

import contextlib
import datetime
import random
from collections import Counter
from collections.abc import Iterator, Mapping

import polars as pl

from sopb_rules.analysis.matching import called, matched
from sopb_rules.diagnostics import RulesError
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.mutation.mutants import mutants
from sopb_rules.policy_set import PolicySet
from sopb_rules.population.evaluate import TableEvaluation
from sopb_rules.population.layout import HOLDER, ID, Layout, layout
from sopb_rules.population.program import Outcomes
from sopb_rules.source import Source
from sopb_rules.syntax.format import format_statement
from sopb_rules.syntax.parse import parse_all
from sopb_rules.testing.some_policies import statements_by_file, texts
from sopb_rules.testing.some_vocabulary import vocabulary_statements
from tests.population.agreement import Rolled

#: Table, holder, id, statement, place, and the verdicts before and now.
Row = tuple[str, str | None, str | None, str, str, str | None, str | None]


def compiled(files: Mapping[str, str]) -> PolicySet:
    return PolicySet(compile_policies(Source(name, text) for name, text in files.items()))


def versions(dice: random.Random) -> tuple[PolicySet, PolicySet]:
    """Two policy sets over one vocabulary: with some statements changed a little, or with others altogether."""
    choices = Rolled(dice)
    vocabulary = vocabulary_statements(choices)
    files = texts(statements_by_file(choices, vocabulary))
    old = compiled(files)
    if dice.randrange(4):
        return old, _changed(dice, old, files)
    return old, compiled(texts(statements_by_file(choices, vocabulary)))


def _changed(dice: random.Random, old: PolicySet, files: dict[str, str]) -> PolicySet:
    """Policies of which up to three statements were changed."""
    new = old
    for _ in range(dice.randrange(4)):
        trees, _ = parse_all(Source(name, text) for name, text in files.items())
        possible = mutants(new.model, trees)
        if possible:
            mutant = dice.choice(possible)
            place = mutant.original.span
            text, other = place.source.text, format_statement(mutant.changed).rstrip()
            changed = files | {place.source.name: f"{text[: place.start]}{other}\n{text[place.end :]}"}
            with contextlib.suppress(RulesError):  # an example that now is wrong, or what refers to it
                new, files = compiled(changed), changed
    return new


def layout_of(policies: PolicySet) -> Layout:
    return layout(policies.model.vocabulary, policies.model.judgement_keys)


def known_to(policies: PolicySet, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Flat tables with the columns that a version knows."""
    columns = layout_of(policies).columns
    return {
        name: frame.select(each for each in frame.columns if each in columns[name]) for name, frame in frames.items()
    }


def changed_rows(
    old: PolicySet, new: PolicySet, frames: Mapping[str, pl.DataFrame], day: datetime.date
) -> Counter[Row]:
    """Whose verdict changes, by looking at the verdicts of both versions row by row."""
    before, after = (each.evaluate_table(known_to(each, frames), day) for each in (old, new))
    verdicts = [{table: each.verdicts(table) for table in each.tables} for each in (before, after)]
    found: Counter[Row] = Counter()
    for table, one, other in outcomes_of_both(before, after):
        words = [each[table] for each in verdicts]
        keys = [words[1][name].to_list() if name in words[1].columns else None for name in (HOLDER, ID)]
        ids = keys[1] or []
        assert ids == words[0][ID].to_list()
        holders = keys[0] or [None] * len(ids)
        ends = zip(words[0][one.name].to_list(), words[1][other.name].to_list(), strict=True)
        for holder, id, (was, now) in zip(holders, ids, ends, strict=True):
            if was != now:
                found[table, holder, id, called(other.statement), other.place.prefix[:-1], was, now] += 1
    return found


def outcomes_of_both(before: TableEvaluation, after: TableEvaluation) -> Iterator[tuple[str, Outcomes, Outcomes]]:
    """What both versions have, with the name of its table."""
    for match in matched(before.policies.model, after.policies.model):
        if isinstance(match.old, Norm | Decision) and isinstance(match.new, Norm | Decision):
            for one in before.program.outcomes:
                for other in after.program.outcomes:
                    places = [(each.place.table.name, each.place.prefix) for each in (one, other)]
                    if one.statement is match.old and other.statement is match.new and places[0] == places[1]:
                        yield places[0][0], one, other
