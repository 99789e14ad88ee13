"""Two versions over one population: what is matched, what need not be evaluated, and by which facts changes are told."""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl
import pytest

from sopb_rules.diagnostics import RulesError
from sopb_rules.impact import Impact, impact
from sopb_rules.impact.compare import compare
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

DAY = datetime.date(2026, 11, 1)

VOCABULARY = """\
vocabulary clubs "Clubs"
  currency yuan

ordered kind size from low to high
  small, middle, large

entity club "club"
  size size
  open yes/no "is open"
  region optional reference to region
  hall optional hall "its hall"
  sections list of section
  place size

entity hall "hall"
  size size
  rooms count "rooms"

entity section "section"
  members count "members"
  trips list of trip

entity trip "trip"
  paid yes/no "is paid"
  late optional yes/no "is late"

entity region "region"
  rural yes/no "is rural"
"""

ARTICLE = """\
article 1 "Clubs"

norm 1.1 about hall
  | A hall must have rooms.
  the hall must
    "have rooms"
        rooms is at least 2

norm 1.2 about section
  | A section must have members.
  the section must
    "have members"
        members is at least 5

norm 1.3 about trip
  | A trip must be paid.
  the trip must
    "be paid"
        paid

norm 1.4 about club
  | A club must be open.
  the club must
    "be open"
        open
"""


def policies(*pairs: tuple[str, str]) -> PolicySet:
    """The policies with some words replaced, each of which stands there."""
    files = {"vocabulary.policy": VOCABULARY, "article_01.policy": ARTICLE}
    for old, new in pairs:
        assert any(old in text for text in files.values()), old
        files = {name: text.replace(old, new) for name, text in files.items()}
    return PolicySet(compile_policies(Source(name, text) for name, text in files.items()))


ROOMS = ("rooms is at least 2", "rooms is at least 3")
MEMBERS = ("members is at least 5", "members is at least 3")
PAID = ("        paid\n", "        not paid\n")

CLUBS = pl.DataFrame({
    "id": ["a", "b", "c", "d"],
    "size": ["small", "large", None, "small"],
    "open": [True, False, None, True],
    "region": ["north", None, "north", "south"],
    "region.exists": [None, False, None, None],
    "hall": [{"exists": True, "rooms": 2, "size": "small"}, {"exists": False, "rooms": None, "size": None},
             {"exists": None, "rooms": None, "size": None}, {"exists": True, "rooms": 9, "size": None}],
    "sections": [
        [{"members": 4, "trips": [{"paid": True}, {"paid": None}]}, {"members": 9, "trips": None}],
        [],
        None,
        [{"members": 2, "trips": [{"paid": False}]}, {"members": 3, "trips": []}],
    ],
})  # fmt: skip


def counts(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in frame.drop("table").iter_rows()]


def found(*pairs: tuple[str, str], tables: Any = CLUBS, **options: Any) -> Impact:
    return impact(policies(), policies(*pairs), tables, DAY, **options)


# ---- by facts of whom subjects belong to ---------------------------------------------------------------------


def test_elements_of_lists_in_lists_are_told_by_the_facts_of_the_listed_entity() -> None:
    told = found(MEMBERS, PAID, by=["size", "open"])
    assert counts(told.by["size"]) == [
        ("small", "1.2", "", "unmet", "met", 2),
        ("small", "1.3", "", "met", "unmet", 1),
        ("small", "1.3", "", "unmet", "met", 1),
    ]
    assert counts(told.by_fact("open")) == [("yes", *row[1:]) for row in counts(told.by["size"])]
    assert told.rows is not None
    assert told.rows.select("table", "size", "old").rows() == [
        ("club.sections", "small", "unmet"), ("club.sections", "small", "unmet"),
        ("club.sections.trips", "small", "met"), ("club.sections.trips", "small", "unmet"),
    ]  # fmt: skip
    assert told.changed == 4


def test_facts_may_be_unknown_or_absent_and_belong_to_what_is_inside() -> None:
    told = found(("        open\n", "        not open\n"), by=["region", "hall.size", "size"])
    assert counts(told.by["region"]) == [
        ("absent", "1.4", "", "unmet", "met", 1), ("north", "1.4", "", "met", "unmet", 1),
        ("south", "1.4", "", "met", "unmet", 1),
    ]  # fmt: skip
    assert counts(told.by["hall.size"]) == [
        ("small", "1.4", "", "met", "unmet", 1),
        ("absent", "1.4", "", "unmet", "met", 1),
        (None, "1.4", "", "met", "unmet", 1),
    ]
    assert [row[0] for row in counts(told.by["size"])] == ["small", "large"]


def test_a_fact_counts_for_the_main_tables_that_have_it() -> None:
    """A region has no size, which is something else than an unknown one."""
    other = (
        "        open\n",
        '        open\n\nnorm 1.5 about region\n  | A region is.\n  the region must\n    "be rural"\n        rural\n',
    )
    less = (other[0], other[1].replace("        rural", "        not rural"))
    tables = {"club": CLUBS, "region": pl.DataFrame({"id": ["north", "south"], "rural": [True, None]})}
    told = impact(policies(other), policies(less, MEMBERS), tables, DAY, by=["size", "rural"])
    assert {row[1] for row in counts(told.by["size"])} == {"1.2"}
    assert counts(told.by["rural"]) == [("yes", "1.5", "", "met", "unmet", 1)]


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("sise", "there is no column `sise` to count by"),
        ("members", "changes are counted by facts of club, and `members` is a column of club.sections"),
        ("hall.rooms", "changes are counted by kinds, by yes and no, and by references, and `hall.rooms` is none"),
        ("place", "changes cannot be counted by `place`, which is called like a column of what is told"),
    ],
)
def test_facts_by_which_nothing_can_be_counted(fact: str, words: str) -> None:
    with pytest.raises(RulesError) as caught:
        found(ROOMS, by=[fact])
    assert words in str(caught.value)


# ---- what is evaluated ---------------------------------------------------------------------------------------


def test_what_both_compute_alike_is_not_evaluated() -> None:
    told = found(ROOMS)
    assert [each.statement for each in told.compared] == ["1.1"]
    assert [each.statement for each in told.same] == ["1.2", "1.3", "1.4"]
    assert counts(told.changes) == [("1.1", "hall", "met", "unmet", 1)]
    assert list(told.subjects.values()) == [3]
    assert not told.none
    assert found().none


def test_what_need_not_be_evaluated_is_not_read() -> None:
    wrong = CLUBS.with_columns(open=pl.lit("perhaps"))
    assert found(ROOMS, tables=wrong).verdicts == 1
    with pytest.raises(RulesError):
        found(("        open\n", "        not open\n"), tables=wrong)


def test_the_same_words_over_another_vocabulary_are_evaluated() -> None:
    """That a list of facts grew may say that the hall is there, and what was no value may be one."""
    told = found(('  rooms count "rooms"\n', '  rooms count "rooms"\n  roof yes/no "has a roof"\n'))
    assert not told.compared  # since no row says anything of roofs
    roofs = CLUBS.with_columns(pl.lit(value=True).alias("hall.roof")).filter(pl.col("id") == "c")
    more = ('  rooms count "rooms"\n', '  rooms count "rooms"\n  roof yes/no "has a roof"\n')
    told = found(more, tables=roofs.with_columns(size=pl.lit(None)))
    assert [each.statement for each in told.compared] == ["1.1"]
    assert told.none is (told.verdicts == 0)
    sizes = ("        open\n", "        open or size is large\n")
    told = impact(policies(sizes), policies(sizes, ("small, middle, large", "tiny, small, middle, large")), CLUBS, DAY)
    assert [each.statement for each in told.compared] == ["1.1", "1.4"]  # a size says that there is a hall
    assert told.none


def test_a_renumbered_norm_is_the_same_one() -> None:
    told = found(("norm 1.4 about", "norm 1.5 about"), ("        open\n", "        open or size is small\n"))
    assert [(each.before, each.statement) for each in told.compared] == [("1.4", "1.5")]
    assert not told.added
    assert not told.removed
    assert found(("norm 1.4 about", "norm 1.5 about"), only=["1.4"]).none
    changed = found(("norm 1.4 about", "norm 1.5 about"), PAID, only=["1.4", "1.3"])
    assert [each.statement for each in changed.compared] == ["1.3"]


def test_what_only_one_version_has_is_told_with_its_verdicts() -> None:
    gone = ARTICLE[ARTICLE.index("norm 1.4") :]
    told = found((gone, ""))
    assert (told.added, told.removed, told.verdicts) == ((), ("1.4",), 0)
    assert sorted(counts(told.lost)) == [
        ("1.4", "", "met", 2), ("1.4", "", "unknown", 1), ("1.4", "", "unmet", 1),
    ]  # fmt: skip
    assert not told.none
    back = impact(policies((gone, "")), policies(), CLUBS, DAY)
    assert (back.added, back.removed) == (("1.4",), ())
    assert sorted(counts(back.gained)) == sorted(counts(told.lost))


def test_a_further_place_of_a_norm_is_told_as_added() -> None:
    told = found(
        ('  hall optional hall "its hall"\n', '  hall optional hall "its hall"\n  other optional hall "another hall"\n')
    )
    assert told.added == ("other: 1.1",)
    assert counts(told.gained) == [("1.1", "other", "unknown", 4)]


def test_only_some_of_either_version() -> None:
    told = found(ROOMS, MEMBERS, only=["1.2"])
    assert [each.statement for each in told.compared] == ["1.2"]
    assert len(found(ROOMS, MEMBERS, only=["1"]).compared) == 2
    with pytest.raises(RulesError) as caught:
        found(ROOMS, only=["1.9", "2.1"])
    assert len(caught.value.diagnostics) == 2


def test_a_definition_comes_to_no_verdict() -> None:
    more = ("norm 1.4", "define big_club about club\n  means size is large\n\nnorm 1.4")
    with pytest.raises(RulesError) as caught:
        impact(policies(more), policies(more), CLUBS, DAY, only=["big_club"])
    assert "`big_club` comes to no verdict" in str(caught.value)


# ---- one population for two vocabularies ---------------------------------------------------------------------


def test_columns_that_one_version_does_not_know_are_left_to_the_other() -> None:
    roof = ('  rooms count "rooms"\n', '  rooms count "rooms"\n  roof yes/no "has a roof"\n')
    kept = ('  paid yes/no "is paid"\n', '  paid yes/no "is paid"\n  far yes/no "is far"\n')
    use = [("        paid\n", "        paid and far\n"), ("rooms is at least 2", "rooms is at least 2 and roof")]
    tables = CLUBS.with_columns(
        hall=pl.struct(
            pl.col("hall").struct.field("exists", "rooms"),
            pl.when(pl.col("hall").struct.field("exists")).then(pl.lit(value=False)).alias("roof"),
        ),
        sections=pl.col("sections").list.eval(
            pl.struct(
                pl.element().struct.field("members"),
                pl.element().struct.field("trips").list.eval(
                    pl.struct(pl.element().struct.field("paid"), pl.lit(value=False).alias("far"))
                ),
            )
        ),
    )  # fmt: skip
    told = found(roof, kept, *use, tables=tables)
    assert counts(told.changes) == [
        ("1.1", "hall", "met", "unmet", 2), ("1.3", "", "met", "unmet", 1), ("1.3", "", "unknown", "unmet", 1),
    ]  # fmt: skip
    back = impact(policies(roof, kept, *use), policies(), tables, DAY)
    assert back.verdicts == 4
    assert counts(back.changes)[0][3:] == ("met", 2)


def test_what_says_nothing_but_what_the_other_version_knows() -> None:
    """An element is there although nothing is left of it; a hall of which nothing is left may be there or not."""
    roof = ('  rooms count "rooms"\n', '  rooms count "rooms"\n  roof yes/no "has a roof"\n')
    far = ('  members count "members"\n', '  members count "members"\n  far yes/no "is far"\n')
    use = [("members is at least 5", "far"), ("rooms is at least 2", "roof")]
    tables = pl.DataFrame({"id": ["a"], "hall": [{"roof": True}], "sections": [[{"far": True}, {"far": False}]]})
    told = found(roof, far, *use, tables=tables)
    assert counts(told.changes) == [
        ("1.1", "hall", "unknown", "met", 1), ("1.2", "", "unknown", "met", 1), ("1.2", "", "unknown", "unmet", 1),
    ]  # fmt: skip


def test_what_only_the_old_version_reads_otherwise() -> None:
    old, new = (("  place size\n", f'  place size\n  since {type_} "since"\n') for type_ in ("date", "count"))
    with pytest.raises(RulesError) as caught:
        impact(policies(old), policies(new), CLUBS.with_columns(since=pl.lit(1990)), DAY)
    assert "`since` is a column of whole numbers, by the old version of the policies" in str(caught.value)


def test_what_neither_knows_is_a_mistake() -> None:
    with pytest.raises(RulesError) as caught:
        found(ROOMS, tables=CLUBS.rename({"open": "opne"}))
    assert "did you mean `open`?" in str(caught.value)
    assert "old version" not in str(caught.value)


def test_tables_that_only_one_version_knows() -> None:
    gone = [("  trips list of trip\n", ""), (ARTICLE[ARTICLE.index("norm 1.3") : ARTICLE.index("norm 1.4")], "")]
    tables = {
        "club": CLUBS.drop("sections", "hall"),
        "club.sections": pl.DataFrame({"id": ["s"], "holder": ["a"], "members": [4]}),
        "club.sections.trips": pl.DataFrame({"id": ["t"], "holder": ["s"], "paid": [True]}),
    }
    told = found(*gone, MEMBERS, tables=tables)
    assert counts(told.changes) == [("1.2", "", "unmet", "met", 1)]
    assert [row for row in counts(told.lost) if row[2] == "met"] == [("1.3", "", "met", 1)]


# ---- in pieces -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("size", [1, 3, 4])
def test_pieces_of_any_size_come_to_the_same(size: int, once: bool) -> None:
    read: list[int] = []
    comparison = compare(policies(), policies(ROOMS, MEMBERS, PAID), CLUBS, DAY, by=["size"], rows=size)
    comparison.__dict__["reads_once"] = once
    tally = comparison.tally()
    pieces = list(comparison.rows(tally, read.append))
    told = comparison.impact(tally)
    whole = found(ROOMS, MEMBERS, PAID, by=["size"])
    assert told.changes.equals(whole.changes)
    assert told.by["size"].equals(whole.by["size"])
    assert (told.changed, told.subjects) == (whole.changed, whole.subjects)
    assert sum(piece.height for piece in pieces) == told.verdicts
    assert sum(read) == (4 if once else 8)
    assert told.rows is None


def test_rows_that_are_wrong_for_one_version_are_not_compared() -> None:
    sizes = ("        open\n", "        open or size is large\n")
    fewer = ("small, middle, large", "middle, large")
    tables = CLUBS.with_columns(open=pl.lit(value=False))
    told = impact(policies(sizes, fewer), policies(PAID), tables, DAY, bad_rows="skip", only=["1.4"])
    assert set(told.skipped["id"]) == {"a", "d"}
    assert counts(told.changes) == [("1.4", "", "met", "unmet", 1), ("1.4", "", "unknown", "unmet", 1)]
    with pytest.raises(RulesError) as caught:
        impact(policies(sizes, fewer), policies(PAID), tables, DAY)
    assert "by the old version of the policies" in str(caught.value)


@pytest.mark.parametrize("given", ["2026-11-01", None, datetime.datetime(2026, 11, 1, 12)])
def test_what_is_no_date_is_refused(given: Any) -> None:
    with pytest.raises(RulesError, match=r"is not a datetime\.date"):
        impact(policies(), policies(), CLUBS, given)


def test_a_folder_is_no_policy_set() -> None:
    with pytest.raises(RulesError, match="is no policy set"):
        impact("old", policies(), CLUBS, DAY)  # type: ignore[arg-type]


def test_a_name_alone_stands_for_one() -> None:
    told = found(("rooms is at least 2", "rooms is at least 3"), by="size", only="1.1")
    assert list(told.by) == ["size"]
    assert {each.statement for each in told.compared} == {"1.1"}
    with pytest.raises(RulesError, match="were not counted by `place`"):
        told.by_fact("place")
