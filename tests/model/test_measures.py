"""Local measures set parameters that the policies leave open, on the days on which they do, and set anew what is set below."""

from __future__ import annotations

import datetime
import pickle

import pytest

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.model.cache import load, store
from sopb_rules.model.load import check, compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from tests.model.reading import norm, sources

OPEN = """\
parameter enough count "how many are enough"
  judged by committee

parameter later count "what is enough later on"
  from 2024-01-01 is 5
  judged by committee

parameter fixed count is 3

parameter proper form "the proper form"
  judged by committee

parameter short period in days
  judged by committee

"""
NORM = norm("8.1", "the organization must\n  members is at least enough")
LATER = norm("8.2", "the organization must\n  members is at least later")
HEADER = 'measures "Local measures" under samples\n'
DAY = datetime.date(2026, 11, 1)
JUDGED = {"8.1 must": {"value": True, "by": "the committee", "on": DAY}}


def texts(settings: str, header: str = HEADER) -> list[Source]:
    """The vocabulary, an article with parameters, and measures."""
    return [*sources(OPEN + NORM + LATER), Source("measures.policy", header + settings)]


def told(settings: str, header: str = HEADER) -> list[Diagnostic]:
    return check(texts(settings, header))[1]


def verdict(settings: str, day: datetime.date = DAY, id: str = "8.1", members: int = 4) -> Verdict:
    policies = PolicySet(compile_policies(texts(settings)))
    state = policies.state({"organization": [{"id": "o", "members": members, "judgements": JUDGED}]})
    (compiled,) = [each for each in policies.evaluate(state, day).findings if each.norm == id]
    model = policies.model.norms[id]
    assert policies.find(model, compiled.record, day, reference=True).verdict is compiled.verdict
    return compiled.verdict


@pytest.mark.parametrize(
    ("settings", "members", "expected"),
    [
        ("", 4, Verdict.MET),  # as judged
        ("set enough is 4", 4, Verdict.MET),
        ("set enough is 5", 4, Verdict.UNMET),  # the judgement is left aside
        ("set enough from 2026-11-02 is 5", 4, Verdict.MET),
        ("set enough from 2026-11-01 is 5", 4, Verdict.UNMET),
        ("set enough is 5 from 2026-11-01 is 4", 4, Verdict.MET),
        ("set enough from 2025-01-01 is 4 from 2026-01-01 is 5", 4, Verdict.UNMET),
        ("set enough from 2026-01-01 is 5 from 2025-01-01 is 4", 4, Verdict.UNMET),  # whatever stands first
    ],
)
def test_what_is_set_holds_from_its_day_on(settings: str, members: int, expected: Verdict) -> None:
    assert verdict(settings, members=members) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-12-31", Verdict.UNKNOWN),
        ("2022-01-01", Verdict.MET),
        ("2023-12-31", Verdict.MET),
        ("2024-01-01", Verdict.UNMET),
    ],
)
def test_a_parameter_that_gets_a_value_later_may_be_set_until_then(day: str, expected: Verdict) -> None:
    assert verdict("set later from 2022-01-01 is 4", datetime.date.fromisoformat(day), "8.2") is expected


@pytest.mark.parametrize(
    ("settings", "code", "place", "message", "help"),
    [
        ("set enogh is 3", Code.UNKNOWN_NAME, "enogh", "there is no parameter `enogh`", "did you mean `enough`?"),
        ("set members is 3", Code.UNKNOWN_NAME, "members", "no parameter", "open parameters: enough, later, proper, short"),
        ("set enough is 3 days", Code.WRONG_TYPE, "3 days", "this is a period in days", ""),
        ("set short is 3 months", Code.WRONG_TYPE, "3 months", "a period in months", ""),
        ("set short is few", Code.WRONG_TYPE, "few", "`few` is no", ""),
        ("set proper is brunch", Code.UNKNOWN_VALUE, "brunch", "no value of the kind", "did you mean `branch`?"),
        ("set enough from 2026-02-30 is 3", Code.BAD_LITERAL, "2026-02-30", "", ""),
        ("set fixed is 4", Code.NOT_LEFT_OPEN, "fixed", "`fixed` is not left open", "it stands at article.policy:10:23"),
        ("set later from 2024-01-01 is 4", Code.NOT_LEFT_OPEN, "from 2024-01-01 is 4", "from 2024-01-01 on `later`", "it stands"),
        ("set enough is 3\nset enough is 4", Code.DOUBLED_NAME, "enough", "the parameter `enough` is set twice", "it also"),
        (
            "set enough from 2026-01-01 is 3 from 2026-01-01 is 4", Code.DOUBLED_NAME, "from 2026-01-01 is 4",
            "two values start on the same day", "",
        ),
        (HEADER.strip(), Code.DOUBLED_NAME, HEADER.strip(), "a file holds one `measures`", "it also stands"),
        ('article 9 "x"', Code.MEASURES, 'article 9 "x"', "an article has no place in measures", "put it among the policies"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_once(settings: str, code: Code, place: str, message: str, help: str) -> None:
    (diagnostic,) = told(settings)
    assert diagnostic.code is code
    assert diagnostic.span is not None
    assert diagnostic.span.text == place
    assert message in diagnostic.message
    assert help in diagnostic.help


@pytest.mark.parametrize(
    ("header", "help"),
    [
        ('measures "M" under sample\n', "did you mean `samples`?"),
        ('measures "M" under elsewhere\n', "policies: samples"),
    ],
)
def test_measures_are_under_the_policies_that_are_there(header: str, help: str) -> None:
    (diagnostic,) = told("set enough is 3", header)
    assert diagnostic.code is Code.MEASURES
    assert diagnostic.help == help


def test_without_policies_nothing_else_is_told() -> None:
    (diagnostic,) = check([Source("m.policy", 'measures "M" under opinion\n\nset enough is 3\n')])[1]
    assert diagnostic.code is Code.MEASURES
    assert diagnostic.help == "did you mean `opinions`?"
    (diagnostic,) = check([Source("m.policy", 'measures "M" under nothing_here\n\nset enough is 3\n')])[1]
    assert "lie in the folder of their vocabulary" in diagnostic.help


def test_what_sets_a_parameter_stands_in_a_file_of_measures() -> None:
    (diagnostic,) = check([*sources(OPEN + NORM + "\nset enough is 3\n\nset short is 3 days\n")])[1]
    assert diagnostic.code is Code.MEASURES
    assert diagnostic.message == "what sets a parameter stands in a file of measures"


def test_of_what_does_not_belong_to_measures_nothing_more_is_told() -> None:
    (diagnostic,) = told(
        "decision 8 nothing about nobody gives nonsense\n  case 8.9 gives x\n    | x\n\nvocabulary other\n"
    )
    assert diagnostic.where == "decision 8"


def test_the_digest_the_cache_and_a_pickle_know_the_measures(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, second = (PolicySet(compile_policies(texts(f"set enough is {value}"))) for value in (4, 5))
    assert first.digest != second.digest != PolicySet(compile_policies(texts(""))).digest
    for policies, expected in ((first, Verdict.MET), (second, Verdict.UNMET)):
        store(policies.model.sources, policies.model)
        cached = load(policies.model.sources)
        assert cached is not None
        for each in (policies, PolicySet(cached), pickle.loads(pickle.dumps(policies))):
            assert each.digest == policies.digest
            assert [measures.title for measures in each.model.measures] == ["Local measures"]
            finding = each.norm("8.1")({"id": "o", "members": 4}, as_of=DAY)
            assert finding.verdict is expected
            assert [(fact.path, fact.where) for fact in finding.facts][-1] == ("enough", "measures.policy:2:12")


def test_a_judgement_is_asked_for_while_some_day_is_open() -> None:
    asked = {
        settings: compile_policies(texts(settings)).asked_judgements["organization"]
        for settings in ("", "set enough is 4", "set enough from 2026-01-01 is 4")
    }
    assert ["8.1 must" in keys for keys in asked.values()] == [True, False, True]


def test_a_finding_shows_the_value_that_it_rests_on() -> None:
    policies = PolicySet(compile_policies(texts("set enough from 2026-01-01 is 5\n  | Five are enough.\n")))
    finding = policies.norm("8.1")({"id": "o", "members": 4}, as_of=DAY)
    by_path = {fact.path: fact for fact in finding.facts}
    assert by_path["enough"].value == 5
    assert by_path["enough"].label == "how many are enough"
    assert by_path["enough"].where == "measures.policy:2:12"
    assert finding.missing == ()
    later = policies.norm("8.2")({"id": "o", "members": 4}, as_of=DAY)
    assert {fact.path: fact.where for fact in later.facts}["later"] == "article.policy:7:3"
    before = policies.norm("8.1")({"id": "o", "members": 4}, as_of=datetime.date(2025, 12, 31))
    assert before.facts == ()
    assert [each.path for each in before.missing] == ['organization[o].judgements["8.1 must"]']


# ---- several layers -----------------------------------------------------------------------------------------

LOW = 'measures low "Measures below" under samples\n\n'
HIGH = 'measures "Measures above" under low\n\n'


def both(below: str, above: str) -> list[Source]:
    return [*sources(OPEN + NORM + LATER), Source("x.policy", LOW + below), Source("a.policy", HIGH + above)]


@pytest.mark.parametrize(
    ("below", "above", "values"),
    [
        ("set enough is 3", "set short is 3 days", [(None, 3, "Measures below")]),
        ("set enough is 3", "set enough is 4", [(None, 4, "Measures above")]),
        (
            "set enough is 3", "set enough from 2026-01-01 is 4",
            [(None, 3, "Measures below"), ("2026-01-01", 4, "Measures above")],
        ),
        (  # from the first day of what is above, what is below counts no longer
            "set enough is 3 from 2026-01-01 is 5 from 2027-01-01 is 6", "set enough from 2026-06-01 is 7",
            [(None, 3, "Measures below"), ("2026-01-01", 5, "Measures below"), ("2026-06-01", 7, "Measures above")],
        ),
        ("set enough from 2026-01-01 is 3", "set enough is 4", [(None, 4, "Measures above")]),
    ],
)  # fmt: skip
def test_a_layer_sets_anew_what_one_below_has_set(
    below: str, above: str, values: list[tuple[str | None, int, str]]
) -> None:
    parameter = compile_policies(both(below, above)).parameters["enough"]
    starts = [datetime.date.fromisoformat(day) if day else datetime.date.min for day, _, _ in values]
    assert parameter.values == tuple(zip(starts, [value for _, value, _ in values], strict=True))
    assert parameter.set_by == tuple(title for _, _, title in values)
    assert len(parameter.places) == len(values)
    assert parameter.may_be_open


def test_who_has_set_is_kept_where_the_document_gives_a_value_later() -> None:
    later = compile_policies(both("set later is 3", "set later from 2022-01-01 is 4")).parameters["later"]
    assert later.set_by == ("Measures below", "Measures above", "")
    assert [place.source.name for place in later.places] == ["x.policy", "a.policy", "article.policy"]


def test_each_layer_knows_what_it_has_set_and_whether_again() -> None:
    below, above = compile_policies(
        both("set enough is 3", "set enough is 4\n  | Four.\n\nset short is 3 days")
    ).measures
    assert {name: (each.again, each.layer) for name, each in below.settings.items()} == {"enough": (False, "low")}
    assert {name: (each.again, each.layer) for name, each in above.settings.items()} == {
        "enough": (True, "Measures above"), "short": (False, "Measures above"),
    }  # fmt: skip
    assert below.settings["enough"].parameter.values == ((datetime.date.min, 3),)
    assert above.settings["enough"].quote_span is not None


@pytest.mark.parametrize(
    ("below", "above", "code", "help"),
    [
        ("parameter own count is 3", "set own is 4", Code.NOT_LEFT_OPEN, "it stands at x.policy:3:"),
        ("set later is 3", "set later from 2024-01-01 is 4", Code.NOT_LEFT_OPEN, "it stands at article.policy:7"),
        ("set enough is 3", "set enough is few", Code.WRONG_TYPE, ""),
    ],
)
def test_what_is_given_stays_whoever_sets_it(below: str, above: str, code: Code, help: str) -> None:
    (diagnostic,) = check(both(below, above))[1]
    assert diagnostic.code is code
    assert diagnostic.span is not None
    assert diagnostic.span.source.name == "a.policy"
    assert help in diagnostic.help


def test_an_explanation_names_who_has_set_the_value() -> None:
    for below, above, title in (("set enough is 5", "", "below"), ("set enough is 3", "set enough is 5", "above")):
        policies = PolicySet(compile_policies(both(below, above)))
        finding = policies.norm("8.1")({"id": "o", "members": 4}, as_of=DAY)
        notes = [line.note for line in finding.explain().outline()]
        assert any(f"set by Measures {title}" in note for note in notes)
