"""Situations of Cedar's tutorials and tests of its analysis, with the answers that stand there.

Those below `cedar-lean-cli/` come from https://github.com/cedar-policy/cedar-spec, those below `cedar-policy-symcc/` and
`cedar-policy-cli/` from https://github.com/cedar-policy/cedar, and those below `cedar-analysis-mcp-server/` from
https://github.com/cedar-policy/cedar-examples. What is a `permit` there is a permission or a definition here, a `forbid`
is a prohibition, and what is denied by default is forbidden unless a definition allows it. “Applies to no requests” is
never applying or always being false, “always allows” is always being true, a `forbid` that is shadowed is implied, and a
`permit` that is overridden permits what is forbidden. Patterns like `"a*"` have no counterpart here; where a situation
is about which patterns lie within which others, numbers with a lower bound do the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

from sopb_rules.analysis.questions import Kind, Question, Status
from sopb_rules.analysis.versions import Sort, compare
from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.policy_set import PolicySet
from tests.analysis.situations import (
    DAY,
    Facts,
    Situation,
    answered,
    asked,
    clear,
    definition,
    found,
    outcomes,
    policy_set,
    replayed,
    status,
    tried,
)

VOCABULARY = """\
vocabulary cedar
role user "the user"
kind action
  view, edit, comment, download, delete
kind sort
  thing, box
kind filetype
  jpeg, png, raw
entity request
  done  yes/no  act
"""


def facts(*lines: str) -> str:
    """The vocabulary with the facts of a request."""
    return VOCABULARY + "".join(f"  {line}\n" for line in lines)


def define(name: str, condition: str) -> str:
    return definition(name, condition, "request")


def permit(id: str, when: str = "") -> str:
    """A permission to do what is requested."""
    condition = f"  when {when}\n" if when else ""
    return f"norm {id} about request\n  | It may be done.\n{condition}  the user may\n    done\n"


def forbid(id: str, when: str = "", unless: str = "") -> str:
    """A prohibition to do what is requested."""
    conditions = (f"  when {when}\n" if when else "") + (f"  unless {unless}\n" if unless else "")
    return f"norm {id} about request\n  | It is forbidden.\n{conditions}  the user must not\n    done\n"


def always(*names: str) -> dict[Question, Status]:
    """Each allows all requests, and not all are denied."""
    return {
        Question(kind, (f"request.{name}",)): status
        for name in names
        for kind, status in ((Kind.ALWAYS_TRUE, Status.FOUND), (Kind.ALWAYS_FALSE, Status.CLEAR))
    }


def never(*names: str) -> dict[Question, Status]:
    """Each denies all requests, and not all are allowed."""
    return {
        Question(kind, (f"request.{name}",)): status
        for name in names
        for kind, status in ((Kind.ALWAYS_FALSE, Status.FOUND), (Kind.ALWAYS_TRUE, Status.CLEAR))
    }


def sometimes(*names: str) -> dict[Question, Status]:
    """Each allows some requests and denies others."""
    return {
        Question(kind, (f"request.{name}",)): Status.CLEAR
        for name in names
        for kind in (Kind.ALWAYS_TRUE, Kind.ALWAYS_FALSE)
    }


def forbids(permission: str, prohibition: str) -> dict[Question, Status]:
    return found(Kind.FORBIDS_PERMITTED, permission, prohibition)


AMELIA = 'principal is "amelia"'
WIDGETS = 'resource is "widgets" or within is "widgets"'

SETS = [
    Situation(
        "cedar-policy-symcc/README.md",  # only who owns a document may view it
        facts("principal text", "owner text"),
        (define("allowed", "owner is principal"), forbid("1.1", unless="allowed")),
        sometimes("allowed"),
        clear(Kind.NEVER_APPLIES, "1.1"),
        (
            ({"principal": "a", "owner": "a", "done": True}, {"allowed": "yes", "1.1": "not_applicable"}),
            ({"principal": "a", "owner": "b", "done": True}, {"allowed": "no", "1.1": "unmet"}),
        ),
    ),
    Situation(
        "cedar-policy-symcc/tests/integration_tests.rs simplest_permit",
        facts("n text"),
        (define("allowed", 'n is "a" or not (n is "a")'), forbid("1.1", unless="allowed"), permit("1.2")),
        always("allowed"),
        found(Kind.NEVER_APPLIES, "1.1") | clear(Kind.FORBIDS_PERMITTED, "1.2", "1.1"),
        (({"n": "b", "done": True}, {"allowed": "yes", "1.1": "not_applicable", "1.2": "used"}),),
    ),
    Situation(
        "cedar-policy-symcc/tests/integration_tests.rs vacuous",
        facts("n text", "principal text", "owner text", "mine yes/no", "within optional text"),
        (
            define("contradiction", 'n is not "a" and n is "a"'),
            define("no_permit", "mine and not mine"),
            define(
                "owned", "(owner is principal and principal is not owner) or (owner is not principal and n is not n)"
            ),
            define("absent", "within is absent and within exists"),
            define("one_text", 'n is not "a"'),
            define("two_texts", "n is owner"),
            define("account", "mine"),
            permit("1.1", "contradiction"),
        ),
        never("contradiction", "no_permit", "owned", "absent") | sometimes("one_text", "two_texts", "account"),
        found(Kind.NEVER_APPLIES, "1.1"),
        (
            (
                {"n": "a", "principal": "p", "owner": "p", "mine": True, "within": None},
                {"contradiction": "no", "owned": "no", "one_text": "no", "two_texts": "no", "1.1": "not_applicable"},
            ),
            (
                {"n": "b", "principal": "p", "owner": "b", "mine": False, "within": "x"},
                {"contradiction": "no", "owned": "no", "one_text": "yes", "two_texts": "yes", "absent": "no"},
            ),
        ),
    ),
    Situation(
        "cedar-policy-symcc/tests/integration_tests.rs forbid_overrides_permit",  # who is not in the account that holds it
        facts("principal identity", "resource item\n\nentity identity\n  name text\n  account text\n\nentity item")
        + "  name text\n  account text\n",
        (
            define("permitted", 'principal.name is "jane" and resource.name is "box" and outside'),
            define("outside", "resource.account is not principal.account"),
            define("allowed", "permitted and not outside"),
            permit("1.1", "permitted"),
            forbid("1.2", "outside"),
        ),
        never("allowed") | forbids("1.1", "1.2"),
        sometimes("permitted", "outside"),
        (
            (
                {
                    "principal": {"name": "jane", "account": "a"},
                    "resource": {"name": "box", "account": "b"},
                    "done": True,
                },
                {"allowed": "no", "1.1": "used", "1.2": "unmet"},
            ),
            (
                {
                    "principal": {"name": "jane", "account": "a"},
                    "resource": {"name": "box", "account": "a"},
                    "done": True,
                },
                {"allowed": "no", "1.1": "not_applicable", "1.2": "not_applicable"},
            ),
        ),
    ),
    Situation(
        "cedar-policy-symcc/tests/integration_tests.rs forbid_does_not_override_permit",
        facts("n count"),
        (
            define("allowed", "n is at least 1 and not (n is at least 2)"),
            define("third", "n is at least 3"),
            define("both", "allowed and third"),
            permit("1.1", "n is at least 1"),
            forbid("1.2", "n is at least 2"),
        ),
        sometimes("allowed") | found(Kind.ALWAYS_FALSE, "request.both"),
        forbids("1.1", "1.2") | clear(Kind.NEVER_APPLIES, "1.1") | clear(Kind.NEVER_APPLIES, "1.2"),
        (
            ({"n": 1, "done": True}, {"allowed": "yes", "1.1": "used", "1.2": "not_applicable"}),
            ({"n": 2, "done": True}, {"allowed": "no", "1.1": "used", "1.2": "unmet"}),
        ),
    ),
    Situation(
        "cedar-policy-symcc/tests/integration_tests.rs action_groups",
        VOCABULARY + "  deed  deed\n\nkind deed\n  only\n",
        (
            define("third", "deed is only"),
            define("first", "third"),
            define("second", "not (deed is only)"),
        ),
        always("first") | never("second"),
        always("third"),
        (({"deed": "only"}, {"first": "yes", "second": "no"}),),
    ),
    Situation(
        "cedar-policy-symcc/tests/integration_tests.rs larger_policy_and_schema",
        facts("mine yes/no", "photo photo", "team yes/no\n\nentity photo\n  filesize count\n  filetype filetype"),
        (
            define("small", "photo.filetype is one of jpeg, png and photo.filesize is at most 1"),
            define("large", "photo.filetype is raw and photo.filesize is at most 100 and team"),
            define("allowed", "mine and (small or large)"),
        ),
        sometimes("allowed"),
        sometimes("small", "large"),
        (
            ({"mine": True, "team": True, "photo": {"filesize": 100, "filetype": "raw"}}, {"allowed": "yes"}),
            ({"mine": True, "team": False, "photo": {"filesize": 100, "filetype": "raw"}}, {"allowed": "no"}),
            ({"mine": True, "team": False, "photo": {"filesize": 1, "filetype": "png"}}, {"allowed": "yes"}),
            ({"mine": True, "team": False, "photo": {"filesize": 2, "filetype": "png"}}, {"allowed": "no"}),
        ),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/view_box/policies3.cedar",  # overridden in part, which is no finding there
        facts("resource text", "within text", "sort sort"),
        (
            define("allowed", f"sort is box and not ({WIDGETS})"),
            permit("1.1", "sort is box"),
            forbid("1.2", WIDGETS),
        ),
        sometimes("allowed"),
        forbids("1.1", "1.2") | clear(Kind.NEVER_APPLIES, "1.1") | clear(Kind.NEVER_APPLIES, "1.2"),
        (
            ({"resource": "widgets", "within": "x", "sort": "box", "done": True}, {"1.1": "used", "1.2": "unmet"}),
            ({"resource": "y", "within": "x", "sort": "box", "done": True}, {"1.1": "used", "1.2": "not_applicable"}),
        ),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/view_box/policies4.cedar",  # what is a box is also in it
        facts("principal text", "resource text", "within text", "sort sort"),
        (
            define("first", 'sort is box and resource is "widgets"'),
            define("second", f'{AMELIA} and sort is thing and resource is "widget"'),
            define("third", 'principal is "brittany" and sort is box and resource is "brit\'s box"'),
            define("forbidden", WIDGETS),
            define("first_left", "first and not forbidden"),
            define("second_left", "second and not forbidden"),
            define("third_left", "third and not forbidden"),
            permit("1.1", "first"),
            permit("1.2", "second"),
            permit("1.3", "third"),
            forbid("1.4", "forbidden"),
        ),
        never("first_left") | sometimes("second_left", "third_left") | forbids("1.1", "1.4"),
        forbids("1.2", "1.4") | forbids("1.3", "1.4"),
        (
            (
                {"principal": "amelia", "resource": "widgets", "within": "x", "sort": "box", "done": True},
                {"1.1": "used", "1.4": "unmet"},
            ),
            (
                {"principal": "amelia", "resource": "widget", "within": "x", "sort": "thing", "done": True},
                {"1.2": "used", "1.4": "not_applicable"},
            ),
        ),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/view_box/policies5.cedar",
        facts("principal text", "owner text", "sort sort"),
        (
            define("amelias", AMELIA),
            define("any_user", f"{AMELIA} or not ({AMELIA})"),
            define("box_and_thing", "sort is thing and sort is box"),
            define("owners", "owner is principal"),
            define("amelias_more", "amelias and not any_user"),
            define("owners_more", "owners and not any_user"),
            permit("1.1", "any_user"),
            forbid("1.2", "box_and_thing"),
            forbid("1.3", "sort is box"),
        ),
        always("any_user") | never("box_and_thing", "amelias_more", "owners_more") | found(Kind.NEVER_APPLIES, "1.2"),
        sometimes("amelias", "owners") | clear(Kind.FORBIDS_PERMITTED, "1.1", "1.2") | forbids("1.1", "1.3"),
        (
            ({"principal": "a", "owner": "b", "sort": "thing", "done": True}, {"1.1": "used", "1.2": "not_applicable"}),
            ({"principal": "a", "owner": "b", "sort": "box", "done": True}, {"1.1": "used", "1.3": "unmet"}),
        ),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/online_docs/policies.cedar policy4",
        facts("principal_val number", "resource_val number"),
        (
            forbid("1.1", "resource_val is more than principal_val and principal_val is more than resource_val"),
            permit("1.2"),
        ),
        found(Kind.NEVER_APPLIES, "1.1"),
        clear(Kind.NEVER_APPLIES, "1.2") | clear(Kind.FORBIDS_PERMITTED, "1.2", "1.1"),
        (({"principal_val": 1, "resource_val": 2, "done": True}, {"1.1": "not_applicable", "1.2": "used"}),),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/online_docs/policies.cedar policies 9 and 10",  # together they allow all
        facts("val number"),
        (
            define("ninth", "val is more than 0"),
            define("tenth", "val is at most 0"),
            define("allowed", "ninth or tenth"),
        ),
        sometimes("ninth", "tenth") | always("allowed"),
        {},
        (({"val": 0}, {"ninth": "no", "tenth": "yes"}), ({"val": 1}, {"ninth": "yes", "tenth": "no"})),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/online_docs/policies.cedar policies 2 and 6",  # redundant where it is a box
        facts("sort sort"),
        (forbid("1.1"), forbid("1.2", "sort is box")),
        found(Kind.IMPLIED, "1.2", "1.1"),
        clear(Kind.IMPLIED, "1.1", "1.2"),
        (({"sort": "box", "done": True}, {"1.1": "unmet", "1.2": "unmet"}),),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/online_docs/policies.cedar policies 2 and 7",  # a name within a type
        facts("principal text"),
        (forbid("1.1"), forbid("1.2", 'principal is "a"')),
        found(Kind.IMPLIED, "1.2", "1.1"),
        clear(Kind.IMPLIED, "1.1", "1.2"),
        (
            ({"principal": "a", "done": True}, {"1.1": "unmet", "1.2": "unmet"}),
            ({"principal": "b", "done": True}, {"1.1": "unmet", "1.2": "not_applicable"}),
        ),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/online_docs/policies.cedar policies 1, 5 and 8",  # a permit that is overridden
        facts("grouped yes/no"),
        (
            define("fifth", "grouped or not grouped"),
            define("allowed", "fifth and not fifth"),
            permit("1.1", "fifth"),
            forbid("1.2"),
        ),
        always("fifth") | never("allowed") | forbids("1.1", "1.2"),
        clear(Kind.NEVER_APPLIES, "1.1"),
        (({"grouped": True, "done": True}, {"1.1": "used", "1.2": "unmet"}),),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/online_docs/policies.cedar policies 0 and 11",  # no longer all are allowed
        facts("principal text", "grouped yes/no"),
        (
            define("forbidden", 'principal is "a" and grouped'),
            define("allowed", "not forbidden"),
            permit("1.1"),
            forbid("1.2", "forbidden"),
        ),
        sometimes("allowed"),
        forbids("1.1", "1.2"),
        (({"principal": "a", "grouped": False, "done": True}, {"1.1": "used", "1.2": "not_applicable"}),),
    ),
    Situation(
        "cedar-lean-cli/examples/analyze/file_share_demo/policies1.cedar admin-delete",  # a title that is never right
        facts("vice_president yes/no", "senior yes/no", "job_level count"),
        (
            define("vice", "senior or vice_president"),
            define(
                "deletes",
                "senior and (not senior or job_level is more than 10) and (not vice or job_level is at most 10)",
            ),
            permit("1.1", "deletes"),
        ),
        never("deletes") | found(Kind.NEVER_APPLIES, "1.1"),
        {},
        (({"senior": True, "vice_president": True, "job_level": 11}, {"deletes": "no", "1.1": "not_applicable"}),),
    ),
]


@pytest.mark.parametrize(("situation", "stated", "expected"), tried(SETS))
def test_a_request_comes_to_what_it_comes_to_there(
    situation: Situation, stated: Facts, expected: Mapping[str, str]
) -> None:
    policies = situation.policies
    came = outcomes(policies, policies.state({"request": [{"id": "r", **stated}]}), DAY)
    assert {name: came["request[r]", name] for name in expected} == expected


@pytest.mark.parametrize(("situation", "question", "expected"), asked(SETS))
def test_the_analysis_finds_what_is_found_there(situation: Situation, question: Question, expected: Status) -> None:
    assert status(situation.policies, question) is expected


@pytest.mark.parametrize(
    ("situation", "question", "expected"),
    [each for each in asked(SETS) if each.values[1].kind is Kind.FORBIDS_PERMITTED and each.values[2] is Status.FOUND],  # type: ignore[union-attr, index]
)
def test_a_state_shows_what_is_permitted_and_forbidden(
    situation: Situation, question: Question, expected: Status, tmp_path: Path
) -> None:
    (answer,) = answered(situation.policies, question)
    assert answer.witness is not None
    came = replayed(situation.policies, answer, tmp_path)
    permission, prohibition = question.ids
    assert (came[answer.witness.subject, permission], came[answer.witness.subject, prohibition]) == ("used", "unmet")


# ---- two versions -------------------------------------------------------------------------------------------


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

NAMES = [each.source for each in PAIRS]


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_requests_are_allowed_by_the_versions_that_allow_them(pair: Pair) -> None:
    expected = {"only_old": ("not_applicable", "unmet"), "only_new": ("unmet", "not_applicable")}
    for name, stated in (("only_old", pair.only_old), ("only_new", pair.only_new), ("both", pair.both)):
        if stated is None:
            continue
        request = {"request": [{"id": "r", "done": True, **stated}]}
        together = pair.in_one_set
        assert outcomes(together, together.state(request), DAY)["request[r]", name] == "yes"
        versions = (pair.version(pair.old), pair.version(pair.new))
        came = tuple(outcomes(each, each.state(request), DAY)["request[r]", "1.1"] for each in versions)
        assert came == expected.get(name, ("not_applicable", "not_applicable"))


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_one_set_tells_how_two_conditions_differ(pair: Pair) -> None:
    policies = pair.in_one_set
    for name, stated in (("only_old", pair.only_old), ("only_new", pair.only_new), ("both", pair.both)):
        expected = Status.FOUND if stated is None else Status.CLEAR
        assert status(policies, Question(Kind.ALWAYS_FALSE, (f"request.{name}",))) is expected, name


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_versions_are_compared_as_they_are_there(pair: Pair) -> None:
    change = compare(pair.version(pair.old), pair.version(pair.new), "1.1")
    assert (change.stricter is not None) is (pair.only_old is not None)
    assert (change.laxer is not None) is (pair.only_new is not None)
    same = pair.only_old is None and pair.only_new is None
    assert change.equivalent is (same and not pair.unknown)
    assert (change.sort is Sort.UNKNOWN) is pair.unknown


# ---- never errors -------------------------------------------------------------------------------------------


def test_what_may_not_be_there_is_not_read_unguarded() -> None:
    """cedar-policy-cli/sample-data/sandbox_b/README.md: an owner that is optional has to be checked before it is read.

    There a policy may err, which the analysis is asked about (`check_never_errors`); here such a policy is refused.
    """
    vocabulary = facts("principal text", "owner optional text", "private yes/no")
    with pytest.raises(RulesError) as refused:
        policy_set(vocabulary, define("allowed", "not private or owner is principal"))
    assert [diagnostic.code for diagnostic in refused.value.diagnostics] == [Code.UNGUARDED]
    policies = policy_set(vocabulary, define("allowed", "not private or (owner exists and owner is principal)"))
    state = policies.state({"request": [{"id": "r", "principal": "a", "owner": None, "private": True}]})
    assert outcomes(policies, state, DAY)["request[r]", "allowed"] == "no"
