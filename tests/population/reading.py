"""Populations over the vocabulary that the explanations of codes are written with."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl
import pytest

from sopb_rules.codes import VOCABULARY
from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.model.load import compile_policies
from sopb_rules.population.layout import Layout, layout
from sopb_rules.population.tables import BadRows, Batch, Population
from sopb_rules.source import Source


@cache
def the_layout() -> Layout:
    policies = compile_policies([Source("vocabulary.policy", VOCABULARY)])
    return layout(policies.vocabulary, policies.judgement_keys)


def population(tables: Any, bad_rows: BadRows = "error") -> Population:
    return Population.of(the_layout(), tables, bad_rows)


def whole(tables: Any, bad_rows: BadRows = "error") -> Batch:
    return population(tables, bad_rows).whole()


def organizations(**columns: Any) -> Batch:
    """Organizations with these columns; ids are made up."""
    frame = pl.DataFrame(columns)
    return whole({"organization": frame.with_columns(id=pl.int_range(pl.len()).cast(pl.String))})


def refused(tables: Any) -> str:
    """What is told of tables, as people read it."""
    with pytest.raises(RulesError) as caught:
        whole(tables)
    return str(caught.value)


def codes(tables: Any) -> list[Code]:
    with pytest.raises(RulesError) as caught:
        whole(tables)
    return [each.code for each in caught.value.diagnostics]
