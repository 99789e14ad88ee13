"""Situations of Cedar in which two policy sets are compared."""

from __future__ import annotations

import attrs

from sopb_rules.policy_set import PolicySet
from tests.analysis.cedar_words import (
    AMELIA,
    define,
    facts,
    forbid,
)
from tests.analysis.situations import Facts, policy_set


@attrs.frozen
class Pair:
    """Two policy sets that are compared, each by the condition under which it allows a request.

    Args:
        only_old: facts of a request that the old one alone allows, or None where there is none.
        only_new: likewise for the new one.
        both: facts of a request that both allow; None where they are disjoint.
        unknown: whether two equivalent ones differ where a fact is unknown, which there is not in Cedar.
    """

    source: str
    vocabulary: str = attrs.field(repr=False)
    old: str
    new: str
    only_old: Facts | None
    only_new: Facts | None
    both: Facts | None
    unknown: bool = False

    def version(self, condition: str) -> PolicySet:
        """The policy set that forbids what the condition does not allow."""
        return policy_set(self.vocabulary, define("allowed", condition), forbid("1.1", unless="allowed"))

    @property
    def in_one_set(self) -> PolicySet:
        """Both conditions side by side, and what lies in one of them alone and in both."""
        return policy_set(
            self.vocabulary,
            define("old", self.old),
            define("new", self.new),
            define("only_old", "old and not new"),
            define("only_new", "new and not old"),
            define("both", "old and new"),
        )


NUMBERS = facts("principal_n number", "resource_n number", "n number")
BOUNDED = " and ".join(
    f"{each} plus 10000 is at least 0 and {each} is at most 10000" for each in ("principal_n", "resource_n", "n")
)
PHOTO = facts("principal text", "owner text", "company text", "owners_company text", "private yes/no", "action action")
PHOTOS = (
    "(action is view and not private) or (action is one of view, comment, delete and owner is principal)"  # as they are
)
SHARED = facts("action action", "owner yes/no", "reader yes/no", "editor yes/no", "level count", "own_level count")
DOWNLOAD = "(action is download and (reader or editor or owner))"
NAMED = facts("principal text", "resource text", "sort sort")


def numbers(principal: int, resource: int, n: int = 0) -> Facts:
    return {"principal_n": principal, "resource_n": resource, "n": n}


def shared(action: str, *roles: str, level: int = 0, own_level: int = 0) -> Facts:
    names = {name: name in roles for name in ("owner", "reader", "editor")}
    return {"action": action, "level": level, "own_level": own_level, **names}


def named(principal: str, resource: str, sort: str) -> Facts:
    return {"principal": principal, "resource": resource, "sort": sort}


def photo(action: str, principal: str = "p", owner: str = "o", companies: str = "cd", private: bool = False) -> Facts:
    company, owners_company = companies
    return {
        "action": action, "principal": principal, "owner": owner, "private": private,
        "company": company, "owners_company": owners_company,
    }  # fmt: skip


PAIRS = [
    Pair(
        "cedar-lean-cli/examples/analyze/arithmetic/policies1.cedar against policies2.cedar",
        NUMBERS,
        "principal_n is more than 3",
        "principal_n is more than 4",
        numbers(4, 0),
        None,
        numbers(5, 0),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/arithmetic/policies3.cedar against policies4.cedar",  # incomparable
        NUMBERS,
        "principal_n is more than resource_n",
        "resource_n is more than principal_n",
        numbers(1, 0),
        numbers(0, 1),
        None,
    ),
    Pair(
        # Numbers have 64 bits there, so that the two are incomparable; here nothing overflows.
        "cedar-lean-cli/examples/analyze/arithmetic/policies3.cedar against policies5.cedar",
        NUMBERS,
        "principal_n is more than resource_n",
        "principal_n is more than resource_n minus 2",
        None,
        numbers(0, 1),
        numbers(1, 0),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/arithmetic/policies7.cedar against policies9.cedar",  # equivalent
        NUMBERS,
        f"principal_n plus resource_n is more than n and {BOUNDED}",
        f"principal_n minus n plus resource_n minus n is more than 0 minus n and {BOUNDED}",
        None,
        None,
        numbers(1, 0),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/arithmetic/policies7.cedar against policies10.cedar",  # equivalent
        NUMBERS,
        f"principal_n plus resource_n is more than n and {BOUNDED}",
        f"8 times principal_n plus 8 times resource_n is more than 8 times n and {BOUNDED}",
        None,
        None,
        numbers(1, 0),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies1.cedar",  # two policies that are redundant
        facts("principal text", "in_widgets yes/no", "private yes/no"),
        f"{AMELIA} and in_widgets",
        f"{AMELIA} and in_widgets and (private or not private)",
        None,
        None,
        {"principal": "amelia", "in_widgets": True, "private": True},
        unknown=True,
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies2.cedar",  # the second is shadowed by the first
        facts("principal text", "in_widgets yes/no", "private yes/no"),
        f"{AMELIA} and in_widgets",
        f"{AMELIA} and in_widgets and not private",
        {"principal": "amelia", "in_widgets": True, "private": True},
        None,
        {"principal": "amelia", "in_widgets": True, "private": False},
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies6.cedar against policies7.cedar",  # less permissive
        NAMED,
        AMELIA,
        f'{AMELIA} or principal is "brandon"',
        None,
        named("brandon", "x", "box"),
        named("amelia", "x", "box"),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies6.cedar against policies8.cedar",  # incomparable
        NAMED,
        AMELIA,
        'principal is "catherine"',
        named("amelia", "x", "box"),
        named("catherine", "x", "box"),
        None,
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies6.cedar against policies9.cedar for boxes",  # more permissive
        NAMED,
        f"sort is box and {AMELIA}",
        'sort is box and sort is thing and resource is "widget"',
        named("amelia", "widget", "box"),
        None,
        None,
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies6.cedar against policies9.cedar for things",  # incomparable
        NAMED,
        f"sort is thing and {AMELIA}",
        'sort is thing and resource is "widget"',
        named("amelia", "x", "thing"),
        named("y", "widget", "thing"),
        named("amelia", "widget", "thing"),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies6.cedar against policies10.cedar for boxes",  # less permissive
        NAMED,
        f"sort is box and {AMELIA}",
        "sort is box",
        None,
        named("y", "x", "box"),
        named("amelia", "x", "box"),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/policies6.cedar against policies10.cedar for things",  # more permissive
        NAMED,
        f"sort is thing and {AMELIA}",
        "sort is thing and sort is box",
        named("amelia", "x", "thing"),
        None,
        None,
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/permit_all.cedar against deny_all.cedar",
        NAMED,
        "sort is one of box, thing",
        "sort is box and sort is thing",
        named("y", "x", "box"),
        None,
        None,
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/view_box/deny_all.cedar against empty.cedar",
        NAMED,
        "sort is box and sort is thing",
        'principal is "a" and principal is "b"',
        None,
        None,
        None,
        unknown=True,
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/file_share_demo/policies1.cedar against policies2.cedar",  # a policy put right
        SHARED,
        "action is delete and level is more than 10 and level is at most 10",
        "action is delete and own_level is at most level",
        None,
        shared("delete"),
        None,
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/file_share_demo/policies2.cedar against policies3.cedar",  # “and” for “or”
        SHARED,
        "owner or (action is edit and editor and owner)",
        "owner or (action is edit and editor)",
        None,
        shared("edit", "editor"),
        shared("edit", "owner"),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/file_share_demo/policies3.cedar against policies4.cedar",  # a simpler way
        SHARED,
        f"owner or {DOWNLOAD}",
        "owner or (action is download and (reader or editor))",
        None,
        None,
        shared("download", "reader"),
    ),
    Pair(
        "cedar-lean-cli/examples/analyze/file_share_demo/policies1.cedar any-own in download-file",  # shadowed
        SHARED,
        DOWNLOAD,
        "action is download and owner",
        shared("download", "reader"),
        None,
        shared("download", "owner"),
    ),
    Pair(
        "cedar-policy-symcc/tests/integration_tests.rs nontrivial_permit",
        facts("n text"),
        'n is not "a"',
        'n is not "a" and n is not "b"',
        {"n": "b"},
        None,
        {"n": "c"},
    ),
    Pair(
        "cedar-policy-symcc/tests/integration_tests.rs scopes_and_entities_rbac",
        NAMED,
        'principal is "raymond"',
        'principal is "raymond" and resource is "widget"',
        named("raymond", "x", "thing"),
        None,
        named("raymond", "widget", "thing"),
    ),
    Pair(
        "cedar-policy-symcc/tests/integration_tests.rs psets_with_different_forbids",
        facts("first yes/no", "n count"),
        "(first or n is at least 1) and not (not first and n is at least 2)",
        "(first or n is at least 1) and not (not first and n is at least 3)",
        None,
        {"first": False, "n": 2},
        {"first": False, "n": 1},
    ),
    Pair(
        "cedar-policy-symcc/tests/integration_tests.rs add_permit_or_forbid, a permit",
        facts("a yes/no", "b yes/no", "ends yes/no"),
        "a or b",
        "a or b or ends",
        None,
        {"a": False, "b": False, "ends": True},
        {"a": True, "b": False, "ends": False},
    ),
    Pair(
        "cedar-policy-symcc/tests/integration_tests.rs add_permit_or_forbid, a forbid",
        facts("a yes/no", "b yes/no", "ends yes/no"),
        "a or b",
        "(a or b) and not ends",
        {"a": True, "b": False, "ends": True},
        None,
        {"a": True, "b": False, "ends": False},
    ),
    Pair(
        "cedar-policy-symcc/tests/integration_tests.rs two_policies_equivalent_to_one",
        facts("principal text", "owner text", "filetype filetype", "private yes/no"),
        "principal is owner or ((filetype is png or filetype is jpeg) and not private)",
        "principal is owner or (filetype is one of png, jpeg and not private)",
        None,
        None,
        {"principal": "p", "owner": "o", "filetype": "png", "private": False},
    ),
    Pair(
        "cedar-policy-symcc/tests/integration_tests.rs equivalent_different_order",
        facts("a yes/no", "b yes/no", "principal text", "resource text"),
        '(a or b or (principal is "jane" and resource is "box")) and not (resource is "box" and b)',
        'not (resource is "box" and b) and ((resource is "box" and principal is "jane") or b or a)',
        None,
        None,
        {"a": False, "b": False, "principal": "jane", "resource": "box"},
    ),
    Pair(
        "cedar-analysis-mcp-server/mcp/src/sample/new_policy.cedar",
        PHOTO,
        PHOTOS,
        f"{PHOTOS} or (action is view and company is owners_company and private)",
        None,
        photo("view", companies="cc", private=True),
        photo("view"),
    ),
    Pair(
        "cedar-analysis-mcp-server/mcp/src/sample/ineffective_policy.cedar",
        PHOTO,
        PHOTOS,
        f"{PHOTOS} or (action is view and owner is principal and private)",
        None,
        None,
        photo("view"),
    ),
    Pair(
        "cedar-analysis-mcp-server/mcp/src/sample/bob_policy.cedar",
        PHOTO,
        PHOTOS,
        f'{PHOTOS} or (action is view and principal is "bob" and not private)',
        None,
        None,
        photo("view"),
    ),
    Pair(
        "cedar-analysis-mcp-server/mcp/src/sample/forbid_alice.cedar",
        PHOTO,
        PHOTOS,
        f'({PHOTOS}) and not (action is comment and principal is "alice")',
        photo("comment", "alice", "alice"),
        None,
        photo("view"),
    ),
]
