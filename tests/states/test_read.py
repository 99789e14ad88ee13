"""Whole states: how facts become records, and how each mistake in them is told."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.model.vocabulary import Fact, Judgement, Role, Vocabulary
from sopb_rules.source import Source
from sopb_rules.states.json import parse_json
from sopb_rules.states.mistakes import MISTAKE_LIMIT
from sopb_rules.states.read import build_state
from sopb_rules.states.records import ABSENT, Record, State
from sopb_rules.states.stating import UNKNOWN
from sopb_rules.states.yaml import parse_yaml
from tests.states.reading import mistake, mistakes, organization, python_organization, state_of
from tests.states.vocabularies import FULL, small_vocabulary

VOCABULARY = small_vocabulary()


def test_a_state_that_says_something_about_every_fact(vocabulary: Vocabulary) -> None:
    state = state_of(vocabulary, FULL)
    assert state.as_of == datetime.date(2026, 11, 1)
    first, second = state.lists["organization"] or ()
    (east,) = state.lists["region"] or ()
    values = {name: first.get(name) for name in first.entity.facts}
    party_organization, register, changes = values["party_organization"], values["register"], values["changes"]
    assert values == {
        "name": "Riverside Foundation",
        "kind": "foundation",
        "level": "county",
        "mood": None,
        "formal_members": 5,
        "score": Decimal("-2.5"),
        "member_share": Decimal("0.4"),
        "dues": Decimal(500),
        "registered_on": datetime.date(2024, 2, 29),
        "reported_on": ABSENT,
        "notice": 30,
        "term": 18,
        "motto": ABSENT,
        "dissolved": False,
        "party_organization": party_organization,
        "register": register,
        "changes": changes,
        "region": east,
        "second_region": ABSENT,
        "aligned": True,
        "class": 2,
    }
    assert second.get("changes") == ()
    assert [each.path for each in (party_organization, register, *changes)] == [
        "organization[riverside].party_organization",
        "organization[riverside].register",
        "organization[riverside].changes[#1]",
        "organization[riverside].changes[second]",
    ]
    assert [each.index for each in (first, second, party_organization, *changes)] == [1, 2, 0, 1, 2]
    assert [each.holder for each in (first, party_organization, *changes)] == [None, first, first, first]
    assert party_organization.stated["next_transition"].unknown
    assert list(state.records(vocabulary.entities["change"])) == list(changes)


def test_places_of_what_was_stated(vocabulary: Vocabulary) -> None:
    first, _ = state_of(vocabulary, FULL).lists["organization"] or ()
    places = {name: str(stated.span) for name, stated in first.stated.items()}
    assert places["formal_members"] == "state.yaml:7:21"
    assert places["region"] == "state.yaml:25:13"
    assert places["changes"] == "state.yaml:22:7"
    assert set(places) == set(first.entity.facts) - {"mood"}
    assert str(first.span) == "state.yaml:3:5"


def test_judgements_say_who_and_when(vocabulary: Vocabulary) -> None:
    first, _ = state_of(vocabulary, FULL).lists["organization"] or ()
    stated = first.stated["aligned"]
    assert (stated.by, stated.on, stated.unknown) == ("District committee", datetime.date(2026, 5, 1), False)
    assert first.judged == {"8.3 (a)": None}
    assert first.judged_stated["8.3 (a)"].unknown
    assert first.judged_stated["8.3 (a)"].by == "District committee"


def test_what_is_not_listed_is_unknown_and_an_empty_list_is_complete(vocabulary: Vocabulary) -> None:
    assert state_of(vocabulary, "as_of: 2026-01-01").lists == {"organization": None, "region": None}
    assert state_of(vocabulary, "region: []").lists == {"organization": None, "region": ()}


@pytest.mark.parametrize("fact", ["name", "kind", "formal_members", "region", "changes", "register", "aligned", "dues"])
def test_unknown_can_be_stated_of_any_fact(vocabulary: Vocabulary, fact: str) -> None:
    for record in (
        organization(vocabulary, f"{fact}: unknown"),
        python_organization(vocabulary, **{fact: UNKNOWN}),
    ):
        assert record.get(fact) is None
        assert record.stated[fact].unknown


def test_words_in_json_are_in_quotes(vocabulary: Vocabulary) -> None:
    text = """{"organization": [{"id": "o", "formal_members": "unknown", "kind": "unknown", "mood": "unknown",
        "reported_on": "absent", "party_organization": null, "name": "unknown", "dissolved": true, "score": 1.50}]}"""
    node, diagnostics = parse_json(Source("f.json", text))
    assert not diagnostics
    (record,) = build_state(vocabulary, [node]).lists["organization"] or ()
    facts = ("formal_members", "kind", "mood", "reported_on", "party_organization", "name", "dissolved", "score")
    expected = [None, None, "unknown", ABSENT, ABSENT, "unknown", True, Decimal("1.5")]
    assert [record.get(fact) for fact in facts] == expected
    assert record.stated["kind"].unknown


@pytest.mark.parametrize("word", ["absent", "null", "~"])
def test_absent_only_where_the_vocabulary_says_optional(vocabulary: Vocabulary, word: str) -> None:
    assert organization(vocabulary, f"second_region: {word}").get("second_region") is ABSENT
    for fact in ("formal_members", "register", "region", "name", "aligned"):
        found = mistake(Code.STATE_NOT_OPTIONAL, lambda fact=fact: organization(vocabulary, f"{fact}: {word}"))  # type: ignore[misc]
        assert found.where == f"organization[o].{fact}"


def test_an_absent_list_is_refused(vocabulary: Vocabulary) -> None:
    found = mistake(Code.STATE_NOT_OPTIONAL, lambda: organization(vocabulary, "changes: null"))
    assert "[]" in found.help


def test_a_name_without_a_value_is_refused(vocabulary: Vocabulary) -> None:
    found = mistake(Code.STATE_WRONG_VALUE, lambda: organization(vocabulary, "reported_on:\nclass: 3"))
    assert found.message == "`reported_on` has no value"
    assert str(found.span) == "state.yaml:3:5"


@pytest.mark.parametrize(
    ("text", "code", "where", "says", "helps"),
    [
        ("organisation: []", "S003", "", "`organisation` is no entity", "did you mean `organization`?"),
        ("party_organization: []", "S003", "", "cannot be listed at the top", "inside organization"),
        ("just text", "S002", "", "a state cannot be `just text`", ""),
        ("- a", "S002", "", "a state cannot be a list", ""),
        ("region: {id: east}", "S002", "region", "a group of facts cannot stand here", "put a dash"),
        ("region: null", "S002", "region", "`null` cannot stand here", "[]"),
        ("region: [east]", "S002", "region[#1]", "`east` cannot stand here", ""),
        ("region: [[]]", "S002", "region[#1]", "a list cannot stand here", ""),
        ("region: [{name: East}]", "S008", "region[#1]", "this region has no id", "id: "),
        ("region: [{id: }]", "S005", "region[#1].id", "empty", ""),
        ("region: [{id: unknown}]", "S005", "region[#1].id", "cannot be an id", ""),
        ("region: [{id: [x]}]", "S002", "region[#1].id", "a list cannot stand here", ""),
        ("region: [{id: ' x'}]", "S005", "region[#1].id", "spaces around", ""),
        (f"region: [{{id: {'x' * 201}}}]", "S005", "region[#1].id", "more than 200 characters", ""),
        ("region: [{id: a}, {id: a}]", "S007", "region[#2]", "two region records with the id `a`", "state.yaml:1:10"),
        ("region: [{id: 17}, {id: '17'}]", "S007", "region[#2]", "two region records", ""),
        ("region: [{id: a, organizations: []}]", "S004", "region[a].organizations", "worked out from", "region: a"),
        ("region: [{id: a, has_ofice: yes}]", "S004", "region[a]", "no fact `has_ofice`", "mean `has_office`?"),
        ("region: [{id: a, approved: yes}]", "S004", "region[a]", "has no fact", "a fact of party_organization"),
        ("region: [{id: a, zzz: yes}]", "S004", "region[a]", "has no fact", "valid here: has_office, id"),
        ("region: [{id: a, has_office: [yes]}]", "S002", "region[a].has_office", "a list cannot stand here", ""),
        ("as_of: soon", "S005", "as_of", "not a date", ""),
        ("as_of: [2026-01-01]", "S002", "as_of", "a list", ""),
        ("as_of: unknown", "S005", "as_of", "not a date", ""),
    ],
)
def test_mistakes_in_shape(vocabulary: Vocabulary, text: str, code: str, where: str, says: str, helps: str) -> None:
    found = mistake(Code(code), lambda: state_of(vocabulary, text))
    assert found.where == where
    assert says in found.message
    assert helps in found.help


@pytest.mark.parametrize(
    ("facts", "code", "where", "says", "helps"),
    [
        ("party_organization: yes", "S002", "party_organization", "`yes` cannot stand here", "absent"),
        ("party_organization: []", "S002", "party_organization", "a list cannot stand here", ""),
        ("party_organization: {approved: maybe}", "S005", "party_organization.approved", "neither yes nor no", ""),
        ("changes: {kind: foundation}", "S002", "changes", "a group of facts", "put a dash"),
        ("changes: 3", "S002", "changes", "`3` cannot stand here", ""),
        ("changes: [{}, 3]", "S002", "changes[#2]", "`3` cannot stand here", ""),
        ("changes: [{}, {members_after: x}]", "S005", "changes[#2].members_after", "not a whole number", ""),
        ("changes: [{id: a}, {id: a}]", "S007", "changes[#2]", "two change records", ""),
        ("region: est", "S009", "region", "no region with the id `est`", "did you mean `east`?"),
        ("region: far", "S009", "region", "no region with the id `far`", "ids of region: east"),
        ("region: {id: east}", "S002", "region", "a group of facts", ""),
        ("aligned: yes", "S010", "aligned", "does not say who judged and when", ""),
        ("aligned: {value: yes, by: X}", "S010", "aligned", "when it was judged", ""),
        ("aligned: {value: yes, on: 2026-01-01}", "S010", "aligned", "who judged", ""),
        ("aligned: {by: X, on: 2026-01-01}", "S010", "aligned", "what was judged", ""),
        ("aligned: {value: yes, by: '', on: 2026-01-01}", "S010", "aligned.by", "empty", ""),
        ("aligned: {value: yes, by: unknown, on: 2026-01-01}", "S010", "aligned.by", "leaves `by` open", ""),
        ("aligned: {value: yes, by: , on: 2026-01-01}", "S010", "aligned.by", "leaves `by` open", ""),
        ("aligned: {value: 1, by: X, on: 2026-01-01}", "S010", "aligned.value", "neither yes nor no", ""),
        ("aligned: {value: yes, by: X, on: 2026-02-31}", "S010", "aligned.on", "February 2026 has 28 days", ""),
        ("aligned: {value: yes, by: [X], on: 2026-02-01}", "S002", "aligned.by", "a list", ""),
        ("aligned: {value: yes, by: X, at: 2026-01-01}", "S010", "aligned", "no part `at`", "valid here"),
        ("judgements: yes", "S002", "judgements", "cannot stand here", ""),
        ("judgements: {8.3(a): yes}", "S010", "judgements[8.3 (a)]", "does not say who", ""),
    ],
)
def test_mistakes_in_facts(vocabulary: Vocabulary, facts: str, code: str, where: str, says: str, helps: str) -> None:
    found = mistake(Code(code), lambda: organization(vocabulary, facts))
    assert found.where == f"organization[o].{where}"
    assert says in found.message
    assert helps in found.help
    assert found.expected or found.code is Code.STATE_DOUBLED_ID


@pytest.mark.parametrize(
    ("facts", "helps"),
    [
        ("formal_members: n/a", "write `unknown`"),
        ("formal_members: unkown", "write `unknown`"),
        ("kind: '?'", "write `unknown`"),
        ("reported_on: not yet", "write `absent`"),
        ("second_region: none", "write `absent`"),
        ("second_region: East side", "did you mean `east`?"),
        ("changes: none", "an empty list is written []"),
        ("Formal Members: 3", "did you mean `formal_members`?"),
        ("as_of: 2026-01-01", "at the top"),
    ],
)
def test_other_words_lead_to_the_right_ones(vocabulary: Vocabulary, facts: str, helps: str) -> None:
    with pytest.raises(RulesError) as caught:
        state_of(
            vocabulary,
            f"organization:\n  - id: o\n    {facts}\nregion:\n  - id: east\n    name: East Side\n",
        )
    (found,) = caught.value.diagnostics
    assert helps in found.help


def test_the_expectation_for_an_optional_fact_says_so(vocabulary: Vocabulary) -> None:
    found = mistake(Code.STATE_WRONG_VALUE, lambda: organization(vocabulary, "reported_on: soon"))
    assert found.expected == "a date like 2026-11-01, or absent"


def test_facts_beside_their_name_are_one_mistake(vocabulary: Vocabulary) -> None:
    facts = "party_organization:\napproved: yes\nnext_transition: 2026-01-01\nscore: 2"
    found = mistake(Code.STATE_WRONG_VALUE, lambda: organization(vocabulary, facts))
    assert found.where == "organization[o].party_organization"
    assert "indent the lines below it" in found.help


def test_an_id_in_capitals_is_one_mistake(vocabulary: Vocabulary) -> None:
    found = mistake(Code.STATE_UNKNOWN_FACT, lambda: state_of(vocabulary, "region: [{ID: east}]"))
    assert found.help == "did you mean `id`?"


def test_a_judgement_without_its_place_is_one_mistake(vocabulary: Vocabulary) -> None:
    keys = {"organization": {"8.3 (b)": "Is it prompt?"}}
    facts = "judgements: {value: yes, by: X, on: 2026-01-01}"
    found = mistake(Code.STATE_SHAPE, lambda: organization(vocabulary, facts, keys))
    assert "{8.3 (b): {value: yes" in found.expected


def test_json_is_suggested_in_json(vocabulary: Vocabulary) -> None:
    text = """{"organization": [{"id": "o", "dissolved": "yes", "member_share": 40, "notice": 30, "aligned": true}]}"""
    node, _ = parse_json(Source("f.json", text))
    helps = [each.help for each in mistakes(lambda: build_state(vocabulary, [node]))]
    assert helps[:3] == ["write true without quotes", 'write "40%"', 'write "30 days"']
    last = mistakes(lambda: build_state(vocabulary, [node]))[3]
    assert last.expected == '{"value": true, "by": "WHO JUDGED", "on": "2026-11-01"}'


def test_refused_judgements_show_the_form(vocabulary: Vocabulary) -> None:
    found = mistake(Code.STATE_JUDGEMENT, lambda: organization(vocabulary, "aligned: yes"))
    assert found.expected == "{value: yes, by: WHO JUDGED, on: 2026-11-01}"


def test_judgement_keys_are_checked_whatever_their_spaces(vocabulary: Vocabulary) -> None:
    keys = {"organization": {"8.3 (a)": "Is it prompt?", "8.2 when": "Are there fewer?"}}
    judged = "{value: yes, by: X, on: 2026-01-01}"
    record = organization(vocabulary, f"judgements: {{'8.3  ( a )': {judged}, 8.2   when: {judged}}}", keys)
    assert record.judged == {"8.3 (a)": True, "8.2 when": True}
    found = mistake(
        Code.STATE_UNKNOWN_FACT, lambda: organization(vocabulary, f"judgements: {{8.3 (b): {judged}}}", keys)
    )
    assert found.help == "did you mean `8.3 (a)`?"
    assert found.where == "organization[o].judgements"
    found = mistake(Code.STATE_UNKNOWN_FACT, lambda: organization(vocabulary, f"judgements: {{8.3 (a): {judged}}}", {}))
    assert found.help == "leave it out"


def test_a_judgement_that_nobody_could_make(vocabulary: Vocabulary) -> None:
    record = organization(vocabulary, "judgements: {8.3 (a): unknown}")
    assert record.judged == {"8.3 (a)": None}
    assert record.judged_stated["8.3 (a)"].unknown


@pytest.mark.parametrize(
    "facts",
    ["aligned: *x", "aligned: {value: *x, by: X, on: 2026-01-01}", "judgements: *x", "judgements: {8.3 (a): *x}",
     "score: *x", "changes: [*x]", "changes: *x"],
)  # fmt: skip
def test_what_the_reader_of_the_file_refused_is_not_told_twice(vocabulary: Vocabulary, facts: str) -> None:
    mistake(Code.STATE_YAML_FEATURE, lambda: organization(vocabulary, facts))


def test_one_judgement_under_two_spellings_is_refused(vocabulary: Vocabulary) -> None:
    judged = "{value: yes, by: X, on: 2026-01-01}"
    mistake(
        Code.STATE_DOUBLED_KEY,
        lambda: organization(vocabulary, f"judgements: {{8.3(a): {judged}, 8.3 (a): {judged}}}"),
    )


def test_several_states_are_joined(vocabulary: Vocabulary) -> None:
    one = {"as_of": "2026-01-01", "organization": [{"id": "a", "region": "east"}]}
    two = {"as_of": "2026-01-01", "organization": [{"id": "b"}], "region": [{"id": "east"}]}
    state = build_state(vocabulary, [one, two])
    organizations = state.lists["organization"] or ()
    assert [(each.id, each.index) for each in organizations] == [("a", 1), ("b", 2)]
    assert organizations[0].get("region").id == "east"
    assert state.as_of == datetime.date(2026, 1, 1)


def test_states_of_different_dates_are_refused(vocabulary: Vocabulary) -> None:
    dates = [{"as_of": "2026-01-01"}, {"as_of": datetime.date(2026, 1, 2)}]
    found = mistake(Code.STATE_DATES_DIFFER, lambda: build_state(vocabulary, dates))
    assert "2026-01-01 and 2026-01-02" in found.message
    mistake(Code.STATE_DATES_DIFFER, lambda: build_state(vocabulary, dates, datetime.date(2026, 1, 1)))


def test_the_date_that_is_asked_for_goes_before_the_stated_one(vocabulary: Vocabulary) -> None:
    date = datetime.date(2027, 1, 1)
    assert build_state(vocabulary, [{"as_of": "2026-01-01"}], date).as_of == date


def test_ids_are_unique_over_all_states(vocabulary: Vocabulary) -> None:
    state = {"region": [{"id": "east"}]}
    mistake(Code.STATE_DOUBLED_ID, lambda: build_state(vocabulary, [state, state]))


def test_references_lead_to_contained_records_too() -> None:
    vocabulary = small_vocabulary()
    from sopb_rules.model.vocabulary import Reference

    region, change = vocabulary.entities["region"], vocabulary.entities["change"]
    region.facts["last_change"] = Fact("last_change", Reference(change), "last change")
    text = "organization: [{id: o, changes: [{id: c}]}]\nregion: [{id: r, last_change: c}]"
    state = state_of(vocabulary, text)
    (record,) = state.lists["region"] or ()
    assert record.get("last_change").path == "organization[o].changes[c]"


@pytest.mark.parametrize(
    "text",
    [
        "organization: [{id: o, region: east}]\nregions: [{id: east}]",
        "organization: [{id: o, region: east}]\nregion: {id: east}",
        "organization: [{id: o, region: east}]\nregion: [{name: east}]",
        "organization: [{id: o, region: east}]\nregion: [{id: [east]}]",
        "organization: [{id: o, region: east}]\nregion: [east]",
        "organization: [{id: o, region: east}]\nregion: []\nregion: [{id: east}]",
    ],
)
def test_one_cause_is_one_mistake(vocabulary: Vocabulary, text: str) -> None:
    (found,) = mistakes(lambda: state_of(vocabulary, text))
    assert found.code is not Code.STATE_DANGLING_REFERENCE


def test_all_mistakes_are_told_in_the_order_of_lines(vocabulary: Vocabulary) -> None:
    text = "region: [{id: a, zzz: 1}]\norganization:\n- id: o\n  region: b\n  score: x\n  kind: x\nregion: []\n"
    found = mistakes(lambda: state_of(vocabulary, text))
    assert [each.span.line for each in found if each.span] == [1, 5, 6, 7]


def test_many_mistakes_are_counted(vocabulary: Vocabulary) -> None:
    text = "region:\n" + "- {id: a, zzz: 1}\n" * 100
    found = mistakes(lambda: state_of(vocabulary, text))
    assert len(found) == MISTAKE_LIMIT + 1
    assert found[-1].message == f"there are {199 - MISTAKE_LIMIT} more mistakes"


@pytest.mark.parametrize(
    "record",
    ["{id: a%d, zzz: 1}", "{id: a%d, kind: x}", "{id: a}", "{id: a%d, region: b%d}", "{id: a%d, formal_members: -1}"],
)
def test_thousands_of_mistakes_are_all_told(vocabulary: Vocabulary, record: str) -> None:
    text = "organization:\n" + "".join(f"- {record.replace('%d', str(n))}\n" for n in range(5000))
    node, _ = parse_yaml(Source("f.yaml", text))
    with pytest.raises(RulesError):
        build_state(vocabulary, [node])


def test_one_mapping_may_stand_for_itself(vocabulary: Vocabulary) -> None:
    assert build_state(vocabulary, {"region": []}).lists["region"] == ()
    mistake(Code.STATE_SHAPE, lambda: build_state(vocabulary, "region"))
    mistake(Code.STATE_SHAPE, lambda: build_state(vocabulary, 5))  # type: ignore[arg-type]
    mistake(Code.STATE_WRONG_VALUE, lambda: build_state(vocabulary, [b"region"]))


# ---- whatever is given, a state or a RulesError comes out ------------------------------------------------------

NAMES = ["as_of", "organization", "region", "id", "judgements", "value", "by", "on", "8.3 (a)"]
FACTS = [name for entity in VOCABULARY.entities.values() for name in entity.facts]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
    | st.binary(max_size=3)
    | st.text(max_size=8)
    | st.text(alphabet=st.characters(categories=["Cs", "Cc"]), max_size=3)
    | st.sampled_from(["east", "o", "unknown", "absent", "40%", "2 years", "3 days", "2026-01-01", UNKNOWN, ABSENT])
)
KEYS: st.SearchStrategy[Any] = st.sampled_from(NAMES + FACTS) | st.text(max_size=4) | st.integers() | st.none()
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.dictionaries(st.sampled_from(FACTS), inner, max_size=4)
    ),
    max_leaves=25,
)
RECORDS = st.lists(st.dictionaries(st.sampled_from([*FACTS, "id", "judgements"]), ANYTHING, max_size=6), max_size=3)
STATES = ANYTHING | st.fixed_dictionaries({}, optional={"organization": RECORDS, "region": RECORDS, "as_of": SCALARS})


@settings(max_examples=400)
@given(st.lists(STATES, max_size=3))
def test_any_python_data_is_a_state_or_told(data: list[Any]) -> None:
    try:
        state = build_state(VOCABULARY, data, judgement_keys={"organization": {"8.3 (a)": "?"}})
    except RulesError as error:
        assert_readable(error)
    else:
        assert_checked(state)


@settings(max_examples=200)
@given(st.data())
def test_any_text_is_a_state_or_told(data: st.DataObject) -> None:
    words = [*NAMES, *FACTS, "yes", "5", "unknown", "absent", "2026-01-01", "east"]
    word = st.sampled_from(words) | st.text(max_size=3)
    sign = st.sampled_from([": ", "\n", "- ", "  ", "{", "}", "[", "]", ", ", '"', "'", "&a ", "*a", "? ", "|\n", "#"])
    text = "".join(data.draw(st.lists(word | sign, max_size=40)))
    for parse in (parse_yaml, parse_json):
        node, diagnostics = parse(Source("f", text))
        if node is None or diagnostics:
            assert diagnostics
            continue
        try:
            assert_checked(build_state(VOCABULARY, [node]))
        except RulesError as error:
            assert_readable(error)


def assert_readable(error: RulesError) -> None:
    """There is a mistake, and it can be printed."""
    assert error.diagnostics
    assert str(error).encode()


def assert_checked(state: State) -> None:
    """Every value of a state has the type that its fact says."""
    types: dict[str, type] = {
        "Count": int, "Days": int, "Months": int, "YesNo": bool, "Judgement": bool, "Text": str, "KindType": str,
        "Number": Decimal, "Percent": Decimal, "Money": Decimal, "Date": datetime.date, "ListOf": tuple,
        "Contained": Record, "Reference": Record,
    }  # fmt: skip
    for entity in state.vocabulary.entities.values():
        for record in state.records(entity):
            for name, fact in entity.facts.items():
                value = record.get(name)
                if value is None:
                    assert name not in record.stated or record.stated[name].unknown
                elif value is ABSENT:
                    assert fact.optional
                else:
                    wanted = types[type(fact.type).__name__]
                    assert isinstance(value, wanted)
                    assert type(value) is wanted or wanted is Record
                    assert name in record.stated
                if isinstance(fact.type, Judgement) and isinstance(value, bool):
                    assert record.stated[name].by
                    assert record.stated[name].on


def test_the_check_of_states_can_fail(vocabulary: Vocabulary) -> None:
    record = organization(vocabulary, "formal_members: 5")
    record.f_formal_members = "5"  # type: ignore[attr-defined]
    with pytest.raises(AssertionError):
        assert_checked(record.state)
    assert isinstance(vocabulary.roles["superior"], Role)
