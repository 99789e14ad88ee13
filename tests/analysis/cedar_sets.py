"""Situations of Cedar that one policy set tells."""

from __future__ import annotations

from sopb_rules.analysis.questions import Kind
from tests.analysis.cedar_words import (
    AMELIA,
    VOCABULARY,
    WIDGETS,
    always,
    define,
    facts,
    forbid,
    forbids,
    never,
    permit,
    sometimes,
)
from tests.analysis.situations import Situation, clear, found

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
