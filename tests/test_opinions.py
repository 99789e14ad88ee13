"""The entity classes of the Opinions, and the stub that shows them to editors."""

import datetime
import pickle
from pathlib import Path

import pytest

import sopb_rules
from sopb_rules import opinions
from sopb_rules.states.classes import stubs


def test_the_stub_follows_the_vocabulary() -> None:
    stub = Path(opinions.__file__).with_suffix(".pyi")
    current = stubs(sopb_rules.load_policies().model.vocabulary)
    assert stub.read_text("utf-8") == current, "run `sopb facts --python-stubs > sopb_rules/opinions.pyi`"


def test_objects_are_evaluated_by_any_set_with_the_same_vocabulary() -> None:
    organization = opinions.Organization(id="harbour", formal_members=3, party_organization=None)
    finding = sopb_rules.load_policies().norm("8.1")(organization, datetime.date(2026, 11, 1))
    assert finding.verdict is sopb_rules.Verdict.UNMET


def test_there_are_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Oragnization'"):
        opinions.Oragnization  # noqa: B018
    assert "PartyOrganization" in dir(opinions)


def test_loading_the_same_files_again_gives_the_set_that_is_in_use() -> None:
    policies = sopb_rules.load_policies()
    assert sopb_rules.load_policies() is policies
    assert policies.classes["organization"] is opinions.Organization


def test_the_date_of_a_state_is_a_date() -> None:
    with pytest.raises(sopb_rules.RulesError, match=r"'2026-11-01' is not a datetime\.date"):
        sopb_rules.load_policies().state({"organization": []}, as_of="2026-11-01")  # type: ignore[arg-type]


def test_a_state_tells_in_a_line_what_it_lists() -> None:
    state = sopb_rules.load_policies().state({"organization": [{"id": "a"}, {"id": "b"}], "region": []})
    assert repr(state) == "<State without a date: 2 organization, 0 region>"


def test_a_decision_is_asked_like_a_norm() -> None:
    leads = sopb_rules.load_policies().decision("leading_body")
    found = leads({"id": "a", "level": "township", "supervisory_party_organization": None}, datetime.date(2026, 11, 1))
    assert found.verdict is sopb_rules.Verdict.UNKNOWN
    assert found.possible >= {
        "no_case",
        "street_and_community_organization",
        "township_and_village_committee",
    }
    supervised = leads(
        sopb_rules.load_policies().state(
            {
                "organization": [
                    {"id": "a", "level": "county", "supervisory_party_organization": "s", "kind": "foundation"}
                ],
                "supervisory_party_organization": [{"id": "s"}],
            }
        ),
        datetime.date(2026, 11, 1),
    )
    assert [case.case for case in supervised.basis] == ["6.5"]
    outranked = next(case for case in supervised.cases if case.case == "6.2/3")
    assert (outranked.holds, outranked.outranked_by) == (sopb_rules.Truth.TRUE, ("6.5",))
    assert {fact.path.rpartition(".")[2] for fact in supervised.facts} >= {"supervisory_party_organization"}
    assert pickle.loads(pickle.dumps(leads)) == leads
    with pytest.raises(sopb_rules.RulesError, match="did you mean `leading_body`"):
        sopb_rules.load_policies().decision("leading_bodi")


def test_what_stands_inside_is_asked_with_what_holds_it() -> None:
    norm = sopb_rules.load_policies().norm("20.5")
    with pytest.raises(sopb_rules.RulesError, match="pass the organization with the secretary in it"):
        norm(opinions.Secretary(name="a"), datetime.date(2026, 11, 1))
    with pytest.raises(sopb_rules.RulesError, match="pass the organization with the secretary in it"):
        norm({"outstanding": None}, datetime.date(2026, 11, 1))
    organization = {"id": "a", "party_organization": {"secretary": {}}}
    assert norm(organization, datetime.date(2026, 11, 1)).verdict is sopb_rules.Verdict.UNKNOWN


@pytest.mark.parametrize("other", [True, None, "8.2"])
def test_predicates_combine_with_predicates_only(other: object) -> None:
    norm = sopb_rules.load_policies().norm("8.1")
    for combine in (lambda: norm & other, lambda: norm | other, lambda: sopb_rules.Truth.TRUE & other):
        with pytest.raises(TypeError):
            combine()
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(norm)
