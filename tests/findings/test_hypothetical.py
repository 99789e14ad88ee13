"""Nobody is in breach over something that may not be there."""

import datetime
from typing import Any

import pytest

from sopb_rules import Verdict
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

VOCABULARY = """vocabulary v

entity organization
  branch optional branch
  levels list of level

entity branch
  formal_members yes/no

entity level
  a yes/no
"""
ARTICLE = """article 2 "x"

norm 2.1 about level
  | It must be so.
  the organization must
    organization.branch exists and organization.branch.formal_members
"""


@pytest.mark.parametrize("branch", [{"formal_members": False}, {"formal_members": True}, {}, None])
def test_a_list_that_is_not_stated_settles_no_verdict(branch: Any) -> None:
    policies = PolicySet(compile_policies([Source("v.policy", VOCABULARY), Source("a.policy", ARTICLE)]))
    report = policies.evaluate({"organization": [{"id": "o", "branch": branch}]}, datetime.date(2026, 1, 1))
    (finding,) = report.findings
    assert finding.verdict is Verdict.UNKNOWN
    assert Verdict.NOT_APPLICABLE in finding.possible
    assert finding.missing[0].path == "organization[o].levels"
    assert ("organization[o].branch.formal_members" in [each.path for each in finding.missing]) == (branch == {})
    assert not report.standing[0].breaches
