"""The date of an evaluation is a date and nothing else."""

import datetime
from typing import Any

import pytest

import sopb_rules


@pytest.mark.parametrize("as_of", ["2026-11-01", 20261101, datetime.datetime(2026, 11, 1)])
def test_what_is_no_date_is_refused(as_of: Any) -> None:
    policies = sopb_rules.load_policies()
    with pytest.raises(sopb_rules.RulesError, match=r"is not a datetime\.date"):
        policies.evaluate({"organization": []}, as_of)
