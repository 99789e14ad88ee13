"""Comments that allow something: what they hold for, and what is said of those that are wrong."""

from __future__ import annotations

import pytest

from sopb_rules.checks.allow import is_allowance
from sopb_rules.checks.run import run_checks
from sopb_rules.checks.settings import Settings
from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.model.load import check, compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.syntax.format import format_source
from tests.checks.asking import VOCABULARY

ASKED = frozenset({"always-true", "wrong-force", "bad-allowance", "unused-allowance"})
#: Always true in the third and in the sixth line; the norm has the word of another force.
NORM = """\
norm 8.1 about organization
  | It should be so.
  when members is at least 0
  the organization must
    (a) "be so"
        members is at least 0
    (b) "be approved"
        approved
"""


def found(text: str, settings: Settings | None = None) -> list[Diagnostic]:
    sources = [Source("vocabulary.policy", VOCABULARY), Source("example.policy", f'article 8 "An article"\n\n{text}')]
    return run_checks(PolicySet(compile_policies(sources)), settings or Settings(select=ASKED))


def told(text: str) -> list[tuple[str, int]]:
    """The checks that complain, and the lines of the text."""
    return [(each.check, each.span.line - 2) for each in found(text) if each.span]


def test_without_comments_all_is_told() -> None:
    assert told(NORM) == [("wrong-force", 1), ("always-true", 3), ("always-true", 6)]


@pytest.mark.parametrize("name", ["always-true", "Always-True", "C014", "c014"])
def test_above_a_statement_it_holds_for_the_whole_statement(name: str) -> None:
    assert told(f"# allow {name}: it is a sample\n{NORM}") == [("wrong-force", 2)]


def test_several_names_share_a_reason() -> None:
    assert told(f"# allow always-true, wrong-force: it is a sample\n{NORM}") == []


def test_several_comments_may_stand_above_a_statement() -> None:
    above = "# Why it is so.\n# allow always-true: it is a sample\n# allow wrong-force: read so\n# And more.\n\n"
    assert told(above + NORM) == []


def test_above_a_line_it_holds_for_the_line_and_what_is_indented_below_it() -> None:
    inside = NORM.replace("  when", "  # allow always-true: it is a sample\n  when")
    assert told(inside) == [("wrong-force", 1), ("always-true", 7)]
    inside = NORM.replace("    (a)", "    # allow always-true: it is a sample\n    (a)")
    assert told(inside) == [("wrong-force", 1), ("always-true", 3)]


def test_at_the_end_of_a_line_it_holds_for_the_line() -> None:
    behind = NORM.replace("  the organization", "  # here\n  the organization").replace(
        "when members is at least 0", "when members is at least 0  # allow always-true: it is a sample"
    )
    assert told(behind) == [("wrong-force", 1), ("always-true", 7)]


def test_it_holds_for_no_other_statement() -> None:
    text = f"# allow always-true: it is a sample\nnote 8.2 aim\n  | So it is.\n\n{NORM}"
    assert told(text) == [("unused-allowance", 1), ("wrong-force", 5), ("always-true", 7), ("always-true", 10)]


def test_an_entity_allows_for_one_of_its_facts() -> None:
    vocabulary = (
        VOCABULARY + '\nentity dog "dog"\n  # allow unused-fact: one day it will be\n  barks  yes/no\n  bites  yes/no\n'
    )
    text = 'article 8 "An article"\n\nnorm 8.1 about dog\n  | It must be so.\n  the dog must\n    bites\n'
    sources = [Source("vocabulary.policy", vocabulary), Source("example.policy", text)]
    told = run_checks(
        PolicySet(compile_policies(sources)), Settings(select=frozenset({"unused-fact", "unused-allowance"}))
    )
    assert "barks" not in {each.span.text for each in told if each.span}


@pytest.mark.parametrize("comment", ["# allow always-true", "# allow always-true:", "# allow always-true:   "])
def test_without_a_reason_it_allows_nothing_and_is_told(comment: str) -> None:
    diagnostics = found(f"{comment}\n{NORM}")
    assert [each.check for each in diagnostics] == ["bad-allowance", "wrong-force", "always-true", "always-true"]
    assert diagnostics[0].message == "this comment allows something and does not say why"
    assert diagnostics[0].span is not None
    assert diagnostics[0].span.text == comment.rstrip()


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("always-tru", "did you mean `always-true`?"),
        ("always true", "did you mean `always-true`?"),
        ("no-such-thing", "`sopb check --list` shows the names of the checks"),
        ("N001", "did you mean `"),
        ("T999", "only checks can be allowed, and mistakes cannot"),
        ("unused-allowance", "`sopb check --list` shows"),
    ],
)
def test_an_unknown_name_is_told_and_the_others_hold(name: str, help: str) -> None:
    diagnostics = found(f"# allow {name}, wrong-force: it is a sample\n{NORM}")
    assert [each.check for each in diagnostics] == ["bad-allowance", "always-true", "always-true"]
    assert diagnostics[0].help.startswith(help)


def test_a_comment_without_a_name_is_told() -> None:
    diagnostics = found(f"# allow: it is a sample\n{NORM}")
    assert diagnostics[0].message == "this comment does not say what it allows"


def test_what_nothing_needs_is_told_name_by_name() -> None:
    diagnostics = found(
        f"# allow wrong-force, never-true: it is a sample\n{NORM}", Settings(select=ASKED | {"never-true"})
    )
    unused = [each for each in diagnostics if each.code is Code.UNUSED_ALLOWANCE]
    assert [each.message for each in unused] == ["nothing here needs `allow never-true`"]


def test_a_check_that_was_not_asked_may_be_allowed() -> None:
    text = f"# allow shadowed-case: it is a sample\n{NORM}"
    assert "unused-allowance" not in {each.check for each in found(text)}
    settings = Settings({"shadowed-case": None})
    assert "unused-allowance" not in {each.check for each in found(text, settings)}
    here = Settings(per_file=(("example.policy", {"shadowed-case": None}),))
    assert "unused-allowance" not in {each.check for each in found(text, here)}
    assert "unused-allowance" in {each.check for each in found(text, Settings())}


@pytest.mark.parametrize(
    "comment",
    [
        "# allow the organization to do it: that is what the sentence does",
        "# Allowing it is not the point.",
        "# allowance",
        "# They allow always-true: so be it",
        "# allow this",
        "#",
    ],
)
def test_sentences_allow_nothing(comment: str) -> None:
    assert [each.check for each in found(f"{comment}\n{NORM}")] == ["wrong-force", "always-true", "always-true"]
    assert not is_allowance(comment)


@pytest.mark.parametrize(
    "comment", ["# allow C014: why", "## allow always-true", "# ALLOW a-b, c-d: why", "# allow x: why"]
)
def test_comments_that_allow_are_known(comment: str) -> None:
    assert is_allowance(comment)


def test_a_mistake_is_never_allowed() -> None:
    text = f"# allow N001: we know\n{NORM.replace('approved', 'aproved', 2)}"
    _, diagnostics = check([Source("vocabulary.policy", VOCABULARY), Source("e.policy", f'article 8 "A"\n\n{text}')])
    assert [each.code for each in diagnostics] == [Code.UNKNOWN_NAME]


def test_in_labels_and_bar_lines_nothing_is_allowed() -> None:
    text = NORM.replace("It should be so.", "It should be so. # allow always-true: it is a sample")
    assert told(text) == told(NORM)


def test_at_the_end_of_a_file_it_holds_for_nothing() -> None:
    assert told(f"{NORM}\n# allow always-true: it is a sample")[-1] == ("unused-allowance", 10)


def test_the_formatter_keeps_them() -> None:
    text = f"# allow always-true: it is a sample\n{NORM}".replace("  when", "  # allow wrong-force: read so\n  when")
    formatted = format_source(Source("x", text))
    assert "# allow always-true: it is a sample\nnorm" in formatted
    assert "# allow wrong-force: read so\n  when" in formatted
