"""Answers as people type them and as programs give them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from sopb_rules import Judgement, RulesError
from sopb_rules.interview.session import Interview, Memory
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import ABSENT
from tests.interview.sample import sample
from tests.interview.support import TODAY

CONDITIONS = {
    "open": "open",
    "shade": "shade is light",
    "level": "level is at least county",
    "motto": 'motto is "x"',
    "members": "members is at least 3",
    "weight": "weight is more than 2.5",
    "share": "share is at least 40%",
    "budget": "budget is at least 500 yuan",
    "founded": "founded is before today",
    "closed": "closed exists and closed is before today",
    "notice": "notice is at least 30 days",
    "term": "term is at least 6 months",
    "region": "region exists and region.rural",
    "branch": "branch exists and branch.approved",
    "reports": "any report in reports where (report.made)",
    "leaders": "every leader in leaders satisfies (leader.elected)",
    "sound": "sound",
}


def interview(fact: str) -> Interview:
    """An interview whose first question is for a fact."""
    data = {"organization": [{"id": "a"}], "region": [{"id": "north"}, {"id": "third"}]}
    found = sample(CONDITIONS[fact]).interview(data, as_of=TODAY, subject="a")
    question = found.question()
    assert question is not None
    assert question.path == f"organization[a].{fact}"
    return found


def stated(fact: str, given: Any) -> Any:
    """What the state says once something is given as the answer."""
    found = interview(fact)
    found.answer(given)
    (record,) = found.state.lists["organization"] or ()
    return record.get(fact)


@pytest.mark.parametrize(
    ("fact", "given", "value"),
    [
        ("open", True, True),
        ("open", "yes", True),
        ("open", " Y ", True),
        ("open", "No", False),
        ("open", "false", False),
        ("shade", "light", "light"),
        ("shade", "1", "light"),
        ("shade", "of Light shade", "light"),
        ("shade", "unknown", "unknown"),
        ("level", 2, "county"),
        ("motto", "null", "null"),
        ("motto", "a: b # c", "a: b # c"),
        ("members", 3, 3),
        ("members", "3", 3),
        ("weight", Decimal("2.5"), Decimal("2.5")),
        ("weight", "2.50", Decimal("2.5")),
        ("share", "40%", Decimal("0.4")),
        ("share", Decimal("0.4"), Decimal("0.4")),
        ("budget", "500 yuan", Decimal(500)),
        ("budget", 499, Decimal(499)),
        ("founded", datetime.date(2020, 2, 29), datetime.date(2020, 2, 29)),
        ("founded", "2020-02-29", datetime.date(2020, 2, 29)),
        ("closed", None, ABSENT),
        ("closed", "none", ABSENT),
        ("closed", ABSENT, ABSENT),
        ("notice", "30 days", 30),
        ("notice", datetime.timedelta(days=3), 3),
        ("term", "1 year 6 months", 18),
        ("region", "absent", ABSENT),
        ("branch", "no", ABSENT),
        ("reports", 0, ()),
        ("reports", "none", ()),
        ("sound", "yes", True),
    ],
)
def test_an_answer_is_stated(fact: str, given: Any, value: Any) -> None:
    assert stated(fact, given) == value


def test_a_reference_leads_to_what_is_listed() -> None:
    assert stated("region", "north").id == "north"
    assert stated("region", "2").id == "third"


def test_a_reference_may_list_what_it_leads_to() -> None:
    found = interview("region")
    for wrong, message in (
        ("new unknown", "cannot be an id"),
        ("new north", "is listed already"),
        ("new", "no region"),
    ):
        with pytest.raises(RulesError, match=message):
            found.answer(wrong)
    found.answer("new far north")
    (record,) = found.state.lists["organization"] or ()
    assert record.get("region").id == "far north"
    assert [each.id for each in found.state.lists["region"] or ()] == ["north", "third", "far north"]
    assert found.question().path == "region[far north].rural"  # type: ignore[union-attr]
    assert found.back()
    assert [each.id for each in found.state.lists["region"] or ()] == ["north", "third"]
    alone = sample(CONDITIONS["region"]).interview({"organization": [{"id": "a"}]}, as_of=TODAY)
    alone.answer("new one")
    assert [each.id for each in alone.state.lists["region"] or ()] == ["one"]


def test_what_exists_is_stated_with_nothing_known_of_it() -> None:
    assert stated("branch", True).stated == {}


def test_entries_are_made_by_number_or_by_name() -> None:
    assert [each.stated for each in stated("reports", "2")] == [{}, {}]
    assert [each.get("name") for each in stated("leaders", "Mo Fei, Li Lan")] == ["Mo Fei", "Li Lan"]
    assert [each.get("name") for each in stated("leaders", ["3"])] == ["3"]
    assert [each.get("name") for each in stated("leaders", "1")] == [None]


def test_a_judgement_keeps_who_judged_and_when() -> None:
    for given, by, on in (({}, "the higher level", TODAY), ({"by": "Mo", "on": datetime.date(2026, 5, 1)}, "Mo", None)):
        found = interview("sound")
        found.answer("yes", **given)  # type: ignore[arg-type]
        (record,) = found.state.lists["organization"] or ()
        assert record.stated["sound"].by == by
        assert record.stated["sound"].on == (on or datetime.date(2026, 5, 1))


@pytest.mark.parametrize(
    ("fact", "given", "message", "help"),
    [
        ("open", "perhaps", "`perhaps` is neither yes nor no", ""),
        ("shade", "ligth", "`ligth` is no shade", "did you mean `light`?"),
        ("shade", "3", "`3` is no shade", ""),
        ("members", "-1", "`-1` is below 0", ""),
        ("members", 2.5, "`2.5` is a Python float, which is not exact", "use an int"),
        ("members", "many", "`many` is not a whole number", ""),
        ("share", "40", "`40` has no percent sign", "write 40%"),
        ("budget", "500 dollars", "`500 dollars` is not in yuan", ""),
        ("founded", "2026/2/3", "`2026/2/3` is not a date", "write 2026-02-03: year, month and day with 4, 2 and 2 digits"),
        ("founded", "2026-02-31", "`2026-02-31` is no date: February 2026 has 28 days", ""),
        ("founded", "none", "`none` is not a date", ""),
        ("closed", "tbd", "`tbd` is not a date", "write `unknown` where somebody was asked and could not say, or skip it"),
        ("closed", "never", "`never` is not a date", "write `none` where there is none, or skip it if it is not known"),
        ("region", "nord", "there is no region with the id `nord`", "did you mean `north`?"),
        ("region", "eastern", "there is no region with the id `eastern`", "`new eastern` lists one"),
        ("branch", "maybe", "`maybe` is neither yes nor no", ""),
        ("reports", "a few", "`a few` is not a whole number", ""),
        ("reports", "-2", "`-2` is below 0", ""),
        ("reports", 1000, "1000 entries are more than can be asked about one after the other", ""),
        ("motto", "  ", "the text is empty", ""),
        ("sound", "x", "`x` is neither yes nor no", ""),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told_as_in_state_files(fact: str, given: Any, message: str, help: str) -> None:
    found = interview(fact)
    before = found.question()
    with pytest.raises(RulesError) as caught:
        found.answer(given)
    (told,) = caught.value.diagnostics
    assert told.message == message
    assert told.where == f"organization[a].{fact}"
    assert "absent" not in told.expected
    if help:
        assert told.help == help
    assert found.question() == before
    assert not found.back()


def test_a_judgement_given_as_a_mapping_is_refused_in_words() -> None:
    with pytest.raises(RulesError, match="neither yes nor no"):
        interview("sound").answer(Judgement(True, "Mo", TODAY))


def test_records_at_the_top_are_listed_by_their_ids() -> None:
    policies = sample("any organization in region.organizations where (organization.open)", about="region")
    found = policies.interview({"region": [{"id": "north"}]}, as_of=TODAY)
    assert found.question().path == "organization"  # type: ignore[union-attr]
    for wrong in (2, "2"):
        with pytest.raises(RulesError, match="has an id"):
            found.answer(wrong)
    with pytest.raises(RulesError, match="cannot say that the list of organization is unknown"):
        found.unknown()
    with pytest.raises(RulesError, match="cannot be an id"):
        found.answer("a, unknown")
    found.answer("a, b")
    assert [record.id for record in found.state.lists["organization"] or ()] == ["a", "b"]
    assert found.question().path == "organization[a].region"  # type: ignore[union-attr]
    found.answer("north")
    assert found.question().path == "organization[a].open"  # type: ignore[union-attr]
    found.answer("yes")
    assert found.done
    assert [each.verdict for each in found.settled] == [Verdict.MET]


def test_a_judgement_may_stand_in_for_a_parameter() -> None:
    policies = sample("founded is on or after today minus promptly")
    found = policies.interview({"organization": [{"id": "a", "founded": TODAY}]}, as_of=TODAY)
    found.answer("yes", by="Mo")
    (record,) = found.state.lists["organization"] or ()
    assert record.judged == {"1.1 must": True}
    assert record.judged_stated["1.1 must"].by == "Mo"
    assert found.done
    assert found.back()
    found.unknown()
    assert found.done
    assert found.progress.stuck == 1


class _Json(Memory):
    json = True


@pytest.mark.parametrize("fact", ["motto", "shade"])
def test_json_cannot_say_that_a_text_is_unknown(fact: str) -> None:
    policies = sample(CONDITIONS[fact])
    found = Interview(policies, _Json(policies, policies.state({"organization": [{"id": "a"}]})), TODAY)
    with pytest.raises(RulesError, match="JSON cannot tell"):
        found.unknown()
    found.answer("light")
    assert found.done
