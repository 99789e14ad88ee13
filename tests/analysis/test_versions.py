"""What became of statements from one version to the next: each sort of change, with states that show it."""

from __future__ import annotations

import pytest

from sopb_rules.analysis import run
from sopb_rules.analysis.changes import Comparison, Sort
from sopb_rules.analysis.versions import Versions, compare
from sopb_rules.diagnostics import Code, RulesError
from tests.analysis.comparing import compare_policies, confirmed, of, policy_set

VOCABULARY = """\
vocabulary sample "A sample"
  currency yuan
  will has the force of should

role committee "the committee"
role council "the council"

kind colour
  red, blue, green

ordered kind level from low to high
  township, county, national

entity organization "organization"
  a        yes/no "a"
  b        yes/no "b" act
  members  count  "members"
  income   money  "income"
  colour   colour
  level    level
  sound    judgement by committee "Is it sound?"
  branch   optional branch
  reports  list of report

entity branch "branch"
  good     yes/no "good"

entity report "report"
  made     yes/no "made"
  late     yes/no "late"
"""
ARTICLE = """\
article 1 "One"

parameter term count "the term"
  judged by committee

parameter few count "few"
  is 3

define large "large"
    about organization
  means members is at least 10

decision 1 lead about organization gives colour
  case 1.1 gives red when level is county
    | The first sentence.
  case 1.2 gives blue when level is national
    | The second sentence.

norm 1.3 about organization
  | It must do b.
  when members is at least 3 and a
  the organization must
    (a) "do b"
        b
    (b) "have a good branch"
        branch exists and branch.good

norm 1.4 about organization
  | It may be sound.
  the organization may
    "do b"
        b
  provided
    (a) "sound"
        sound

norm 1.5 about organization
  | A large one should do b in few reports.
  when large
  the organization should
    (a) "do b"
        b
    (b) "with few reports"
        number of reports is at most few
    (c) "in term"
        members is at most term

note 1.6 background
  | With these things in mind.
"""

OLD = policy_set(VOCABULARY, ARTICLE)


def changed(*pairs: tuple[str, str]) -> tuple[str, str]:
    """The texts of the policies with words replaced, each of which stands there once."""
    texts = [VOCABULARY, ARTICLE]
    for old, new in pairs:
        assert sum(text.count(old) for text in texts) == 1, old
        texts = [text.replace(old, new) for text in texts]
    return texts[0], texts[1]


def compared(*pairs: tuple[str, str]) -> Comparison:
    """What changed with words replaced; every state that is shown is evaluated again."""
    new = policy_set(*changed(*pairs), name="new_")
    comparison = compare_policies(OLD, new)
    confirmed(OLD, new, comparison)
    assert comparison == compare_policies(OLD, new), "the same each time"
    return comparison


def sorts(comparison: Comparison) -> dict[str, str]:
    """The sort of each statement that is not the same."""
    return {change.name: change.sort.value for change in comparison.changes if change.sort is not Sort.SAME}


def ends(comparison: Comparison, name: str) -> dict[str, tuple[str, str]]:
    """What the versions come to in the states that are shown."""
    change = of(comparison, name)
    shown = {"laxer": change.laxer, "stricter": change.stricter, "otherwise": change.otherwise}
    return {word: (each.old, each.new) for word, each in shown.items() if each is not None}


# ---- stricter, laxer, otherwise ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sort"),
    [
        ("members is at least 3 and a", "members is at least 4 and a", "laxer"),
        ("members is at least 3 and a", "members is at least 2 and a", "stricter"),
        ("members is at least 3 and a", "members is at least 3 or a", "stricter"),
        ("members is at least 3 and a", "members is 3 and a", "laxer"),
        ("members is at least 3 and a", "members is at least 3 and not a", "stricter-and-laxer"),
        ("  when members is at least 3 and a\n", "  when members is at least 3 and a\n  unless sound\n", "laxer"),
        ('    (b) "have a good branch"\n        branch exists and branch.good\n', "", "laxer"),
        ("branch exists and branch.good", "branch exists and branch.good and sound", "stricter"),
    ],
)
def test_a_changed_condition_of_a_duty(old: str, new: str, sort: str) -> None:
    comparison = compared((old, new))
    assert sorts(comparison) == {"1.3": sort}
    assert set(ends(comparison, "1.3")) == set(sort.split("-and-"))
    for word, (was, is_) in ends(comparison, "1.3").items():
        assert (was, is_)[word == "stricter"] == "unmet"
    assert not comparison.same


def test_a_moved_threshold_is_shown_at_the_number_that_makes_the_difference() -> None:
    laxer = of(compared(("at least 3 and a", "at least 4 and a")), "1.3").laxer
    assert laxer is not None
    assert set(laxer.given) >= {"members is 3", "a is yes"}
    assert (laxer.old, laxer.new) == ("unmet", "not_applicable")
    assert laxer.subject == "organization[organization-1]"


def test_a_permission_with_a_condition_less_is_laxer() -> None:
    comparison = compared(("        sound\n\nnorm 1.5", "        sound or a\n\nnorm 1.5"))
    assert ends(comparison, "1.4") == {"laxer": ("exceeded", "used")}


def test_what_applies_elsewhere_and_breaches_nothing_differs_otherwise() -> None:
    comparison = compared(
        ("  | It may be sound.\n", "  | It may be sound.\n  when a\n"),
        ("        sound\n\nnorm", "        a or not a\n\nnorm"),
    )
    # 1.4 was exceeded where it is not sound, so it is laxer
    assert sorts(comparison) == {"1.4": "laxer"}


def test_decisions_and_definitions_differ_otherwise_and_what_uses_them_through_them() -> None:
    comparison = compared(
        ("means members is at least 10", "means members is at least 9"), ("gives blue when", "gives green when")
    )
    assert sorts(comparison) == {"organization.large": "otherwise", "lead": "otherwise", "1.5": "stricter"}
    assert ends(comparison, "organization.large") == {"otherwise": ("no", "yes")}
    assert ends(comparison, "lead") == {"otherwise": ("blue", "green")}
    assert of(comparison, "1.5").through == ("definition `organization.large`",)
    assert of(comparison, "lead").through == ()


def test_a_case_more() -> None:
    case = "  case 1.2 gives blue"
    comparison = compared((case, f"  case 1.1/2 gives green when level is township\n{case}"))
    assert ends(comparison, "lead") == {"otherwise": ("no_case", "green")}


def test_what_differs_only_where_facts_are_unknown() -> None:
    comparison = compared(("members is at least 3 and a", "(members is at least 3 and a) and (sound or not sound)"))
    change = of(comparison, "1.3")
    assert change.sort is Sort.UNKNOWN
    assert change.otherwise is not None
    assert (change.otherwise.old_possible, change.otherwise.new_possible) != ((), ())
    assert not comparison.same


# ---- what no state shows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sort", "words"),
    [
        ("  the organization must\n", "  the organization should\n", Sort.LAXER, "was `must`, is `should`"),
        ("  the organization should\n", "  the organization must\n", Sort.STRICTER, "was `should`, is `must`"),
        ("  the organization must\n", "  the organization and the committee must\n", Sort.OTHER, "bound organization, binds organization and committee"),
    ],
)  # fmt: skip
def test_force_and_bearers(old: str, new: str, sort: Sort, words: str) -> None:
    comparison = compared((old, new))
    (change,) = (change for change in comparison.changes if change.sort is not Sort.SAME)
    assert (change.sort, change.words, change.shown) == (sort, (words,), ())
    assert not comparison.same


def test_a_weaker_force_on_more_is_stricter_and_laxer() -> None:
    comparison = compared(
        ("the organization must", "the organization should"), ("at least 3 and a", "at least 2 and a")
    )
    change = of(comparison, "1.3")
    assert (change.sort, change.laxer, change.stricter is not None) == (Sort.STRICTER_AND_LAXER, None, True)


def test_a_duty_that_becomes_a_permission_or_a_prohibition() -> None:
    forbidden = of(compared(("the organization must", "the organization must not")), "1.3")
    assert (forbidden.sort, forbidden.words) == (Sort.STRICTER_AND_LAXER, ("was `must`, is `must not`",))
    without = '  provided\n    (a) "sound"\n        sound\n'
    permitted = of(compared(("the organization may\n", "the organization must\n"), (without, "")), "1.4")
    assert permitted.sort is Sort.STRICTER_AND_LAXER
    assert permitted.words == ("was `may`, is `must`",)


def test_what_it_is_about() -> None:
    comparison = compared(
        ("    about organization\n  means members is at least 10", "    about branch\n  means good"),
        ("when large", "when a"),
    )
    assert sorts(comparison) == {"branch.large": "added", "organization.large": "removed", "1.5": "stricter-and-laxer"}


# ---- text only, equivalent, renumbered -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "name", "rewording"),
    [
        ("| It must do b.", "| It must do b!", "1.3", "the sentence that it quotes"),
        ("| The first sentence.", "| The first one.", "lead", "the sentence that it quotes"),
        ('"have a good branch"', '"a good branch"', "1.3", "labels"),
        ('define large "large"', 'define large "big"', "organization.large", "labels"),
        ("norm 1.4 about", "# It is read so.\nnorm 1.4 about", "1.4", "comments or layout"),
        ("  when large", "  # Or not.\n    when large", "1.5", "comments or layout"),
        ("  when large\n", "  when large\n\n", "1.5", "comments or layout"),
        ("the organization should\n", "the organization will\n", "1.5", "the word of its force, which was `should` and is `will`"),
        ("        sound\n\nnorm", '        sound\n\n  example "x"\n    then 1.4 is unknown\n\nnorm', "1.4", "examples"),
        ("in mind.", "in view.", "1.6", "the sentence that it quotes"),
    ],
)  # fmt: skip
def test_text_only(old: str, new: str, name: str, rewording: str) -> None:
    comparison = compared((old, new))
    assert sorts(comparison) == {name: "text-only"}
    assert of(comparison, name).rewording == (rewording,)
    assert comparison.same


def test_notes_come_and_go_as_text() -> None:
    note = "note 1.6 background\n  | With these things in mind.\n"
    comparison = compared((note, ""))
    assert of(comparison, "1.6").rewording == ("is gone",)
    comparison = compared((note, f"{note}\nnote 1.7 background\n  | And more.\n"))
    assert of(comparison, "1.7").rewording == ("is new",)
    assert comparison.same


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("members is at least 3 and a", "a and members is at least 3", "1.3"),
        ("members is at least 3 and a", "(members is at least 3 and a)", "1.3"),
        ("members is at least 3 and a", "members is more than 2 and a", "1.3"),
        ("means members is at least 10", "means not members is fewer than 10", "organization.large"),
        ("  when large\n", "  when members is at least 10\n", "1.5"),
    ],
)
def test_equivalent_though_rewritten(old: str, new: str, name: str) -> None:
    comparison = compared((old, new))
    assert sorts(comparison) == {name: "equivalent"}
    assert comparison.same


def test_a_norm_before_which_another_was_put_is_found_again() -> None:
    new = "norm 1.5 about organization\n  | Be good.\n  the committee must\n    a\n\n"
    comparison = compared(("norm 1.5 about", f"{new}norm 1.6 about"), ("note 1.6", "note 1.7"))
    assert sorts(comparison)["1.6"] == "renumbered"
    assert of(comparison, "1.6").renamed == "1.5"
    assert sorts(comparison)["1.5"] == "added"
    assert not comparison.same


def test_a_renumbered_norm_that_changed_is_found_by_its_sentence() -> None:
    comparison = compared(("norm 1.3 about", "norm 1.8 about"), ("at least 3 and a", "at least 4 and a"))
    change = of(comparison, "1.8")
    assert (change.renamed, change.sort) == ("1.3", Sort.LAXER)


def test_added_and_removed() -> None:
    start, end = ARTICLE.index("norm 1.4"), ARTICLE.index("norm 1.5")
    comparison = compared((ARTICLE[start:end], ""))
    change = of(comparison, "1.4")
    assert (change.sort, change.new, str(change.old)) == (Sort.REMOVED, None, "1.policy:28:1")
    back = compare_policies(policy_set(*changed((ARTICLE[start:end], ""))), OLD)
    assert (of(back, "1.4").sort, of(back, "1.4").old) == (Sort.ADDED, None)


# ---- parameters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words", "norms"),
    [
        ("  is 3\n", "  is 4\n", "was 3, is 4", {"1.5": "laxer"}),
        ("  is 3\n", "  from 2030-01-01 is 3\n  judged by committee\n", "was 3, is 3 from 2030-01-01", {"1.5": "stricter-and-laxer"}),
        ('"the term"\n  judged by committee\n', '"the term"\n  is 5\n', "was open, is 5", {"1.5": "stricter"}),
        ('"the term"\n  judged by committee', '"the term"\n  judged by council', "was judged by committee while it is open, is judged by council", {}),
    ],
)  # fmt: skip
def test_parameters(old: str, new: str, words: str, norms: dict[str, str]) -> None:
    comparison = compared((old, new))
    (parameter,) = comparison.parameters
    assert (parameter.sort, parameter.words[0]) == (Sort.OTHER, words)
    assert sorts(comparison) == norms
    for name in norms:
        assert of(comparison, name).through == (f"parameter `{parameter.name}`",)
    assert not comparison.same


def test_parameters_that_come_go_or_get_another_label() -> None:
    few = 'parameter few count "few"\n  is 3\n'
    comparison = compared((few, ""), ("at most few", "at most 3"))
    assert [(each.name, each.sort, each.words) for each in comparison.parameters] == [("few", Sort.REMOVED, ("was 3",))]
    assert sorts(comparison) == {"1.5": "equivalent"}
    comparison = compared((few, f'{few}\nparameter more money "more"\n  is 3 yuan\n'))
    assert [(each.name, each.sort, each.words) for each in comparison.parameters] == [
        ("more", Sort.ADDED, ("is 3 yuan",))
    ]
    comparison = compared(('count "few"', 'count "how many are few"'))
    assert [(each.name, each.sort) for each in comparison.parameters] == [("few", Sort.TEXT)]
    assert comparison.same


# ---- vocabulary ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "words", "found"),
    [
        ([('  a        yes/no "a"\n', '  a        yes/no "a"\n  c  yes/no\n')], {"organization.c": "is a new fact"}, {}),
        ([("  income   money  \"income\"\n", "")], {"organization.income": "is no longer a fact"}, {}),
        ([("income   money ", "income   count ")], {"organization.income": "is a fact of another type"}, {}),
        ([('"b" act', '"b"')], {"organization.b": "can no longer be brought about by acting"}, {}),
        ([("judgement by committee", "judgement by council")], {"organization.sound": "was judged by committee and is judged by council"}, {}),
        ([("red, blue, green", "red, blue, green, grey")], {"colour.grey": "is a new value"}, {}),
        ([("township, county, national", "township, national, county")], {"level": "has its values in another order"}, {}),
        ([("ordered kind level from low to high", "kind level")], {"level": "has no order any more"}, {}),
        ([("  income   money ", "  income   optional money ")], {"organization.income": "may be stated to be absent"}, {}),
        ([("currency yuan", "currency mark")], {"currency": "was yuan and is mark"}, {}),
        ([('role council "the council"\n', "")], {"council": "is no longer a role"}, {}),
        ([("kind colour\n", "kind taste\n  sweet\n\nkind colour\n")], {"taste": "is a new kind"}, {}),
        ([('entity report "report"', 'entity thing "thing"\n  x yes/no\n\nentity report "report"')], {"thing": "is a new entity"}, {}),
        (
            [("  made     yes/no", "  made     count"), ("number of reports is", "number of r in reports where (r.made is 1) is")],
            {"report.made": "is a fact of another type"},
            {"1.5": "undecided"},
        ),
    ],
)  # fmt: skip
def test_words_of_the_vocabulary(pairs: list[tuple[str, str]], words: dict[str, str], found: dict[str, str]) -> None:
    comparison = compared(*pairs)
    assert {each.name: each.words for each in comparison.vocabulary if each.meaning} == words
    assert sorts(comparison) == found
    assert not comparison.same


def test_labels_change_no_meaning() -> None:
    comparison = compared(('"members"', '"formal members"'), ('role council "the council"', 'role council "a council"'))
    assert [(each.name, each.meaning) for each in comparison.vocabulary] == [
        ("organization.members", False),
        ("council", False),
    ]
    assert comparison.same


def test_a_fact_that_only_the_new_version_knows_makes_it_stricter() -> None:
    comparison = compared(
        ('  a        yes/no "a"\n', '  a        yes/no "a"\n  c  yes/no\n'),
        ("branch exists and branch.good", "branch exists and c"),
    )
    assert sorts(comparison) == {"1.3": "stricter-and-laxer"}


def test_a_fact_of_another_type_can_be_stated_for_one_version_only() -> None:
    comparison = compared(
        ('  a        yes/no "a"\n', '  a        count "a"\n'), ("at least 3 and a", "at least 3 and a is 1")
    )
    change = of(comparison, "1.3")
    assert (change.sort, change.reason) == (
        Sort.UNDECIDED,
        "no state tells both versions all: `organization.a` is a fact of another type",
    )


def test_an_entity_at_another_place() -> None:
    comparison = compared(("  branch   optional branch\n", ""), ("branch exists and branch.good", "a"))
    change = of(comparison, "1.3")
    assert (change.sort, change.reason) == (
        Sort.UNDECIDED,
        "no state tells both versions all: `branch` stands at another place in states",
    )


def test_amounts_in_another_currency_cannot_be_stated_for_both() -> None:
    old = policy_set(*changed(("at least 3 and a", "at least 3 and income is at least 3 yuan")))
    new = policy_set(
        *changed(("at least 3 and a", "at least 3 and income is at least 4 mark"), ("currency yuan", "currency mark"))
    )
    assert of(compare_policies(old, new), "1.3").reason.endswith("`organization.income` is in another currency")


# ---- asking --------------------------------------------------------------------------------------------------


def test_only_some_statements() -> None:
    new = policy_set(*changed(("at least 3 and a", "at least 4 and a"), ("red, blue, green", "red, blue, green, grey")))
    assert sorts(compare_policies(OLD, new, ["1.4", "lead"])) == {}
    assert compare_policies(OLD, new, ["1.4", "lead"]).same
    assert sorts(compare_policies(OLD, new, ["1"])) == {"1.3": "laxer"}
    with pytest.raises(RulesError, match=r"there is no norm, decision or definition 1\.9"):
        compare_policies(OLD, new, ["1.9"])


def test_processes_find_the_same() -> None:
    new = policy_set(*changed(("at least 3 and a", "at least 4 and a"), ("at most few", "at most 2")))
    assert compare_policies(OLD, new, processes=1) == compare_policies(OLD, new)


def test_one_statement() -> None:
    new = policy_set(*changed(("at least 3 and a", "at least 4 and a")))
    assert compare(OLD, new, "1.3").sort is Sort.LAXER
    assert compare(OLD, new, "1.4").equivalent


def test_the_solver_has_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_spec", lambda _: None)
    with pytest.raises(RulesError) as caught:
        Versions(OLD, OLD)
    assert [each.code for each in caught.value.diagnostics] == [Code.EXTRA_MISSING]
