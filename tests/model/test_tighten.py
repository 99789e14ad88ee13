"""A layer restates parts of a norm below it; the result takes the place of the norm, and what stood below is kept."""

from __future__ import annotations

import datetime
import pickle

import pytest

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.model.cache import load, store
from sopb_rules.model.load import check, compile_policies
from sopb_rules.model.norms import Norm, Policies
from sopb_rules.model.tighten import force_of
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from tests.model.reading import norm, sources
from tests.model.test_layers import layer

DOCUMENT = "\n".join([
    'parameter enough count "how many are enough"\n  judged by committee\n',
    norm("8.1", "when members is at least 3 unless closed exists\nthe organization must\n  (a) party exists\n  (b) active"),
    "norm 8.1/2 about organization\n  when 8.1 applies\n  the committee should\n    fit\n",
    norm("8.2", "when party exists\nthe organization may\n  party.approved\nprovided\n  members is at least enough"),
    norm("8.3", "the organization must not\n  not active"),
    norm("8.4", "the organization is encouraged to\n  active"),
    norm("8.5", "the organization will\n  active"),
    "decision 8 form_of_it about organization gives form\n  case 8.6 gives branch when active\n    | A branch.\n",
    "define 8.7 sporty about organization\n  | Sporty.\n  means active\n",
    "note 8.8 aim\n  | Aims.\n",
])  # fmt: skip
DAY = datetime.date(2026, 11, 1)
WHEN = "  | Two are enough.\n  when members is at least 2\n"


def model(*layers: Source) -> Policies:
    return compile_policies([*sources(DOCUMENT), *layers])


def told(statements: str, under: tuple[Source, ...] = ()) -> list[Diagnostic]:
    return check(
        [*sources(DOCUMENT), *under, layer("a", under[-1].name.partition(".")[0] if under else "samples", statements)]
    )[1]


def words(norm: Norm) -> tuple[str, ...]:
    return tuple(getattr(part, "words", "") for part in (norm.applies, *(each.condition for each in norm.clauses)))


# ---- what is restated ---------------------------------------------------------------------------------------


def test_a_restated_condition_takes_the_place_of_all_of_it() -> None:
    tightened = model(layer("a", "samples", f"tighten 8.1\n{WHEN}")).norms["8.1"]
    assert tightened.tightens is not None
    below = tightened.tightens
    assert words(tightened) == ("members is at least 2", "party exists", "active")
    assert [clause.span for clause in tightened.clauses] == [clause.span for clause in below.clauses]
    assert (tightened.bearers, tightened.force) == (below.bearers, below.force)
    assert (tightened.layer, tightened.text, tightened.article) == ("a", "Two are enough.", 8)
    assert (below.layer, below.text, below.tightens) == ("", "It must be so.", None)
    assert tightened.first is below
    assert tightened.span.source.name == "a.policy"
    assert tightened.quote_span is not None
    assert tightened.quote_span.source.name == "a.policy"


def test_a_restated_duty_takes_the_place_of_bearers_force_and_clauses() -> None:
    body = "  | All.\n  the committee must\n    (a) party exists\n    (b) active\n    (c) fit\n"
    tightened = model(layer("a", "samples", f"tighten 8.1\n{body}")).norms["8.1"]
    assert [bearer.name for bearer in tightened.bearers] == ["committee"]
    assert [clause.letter for clause in tightened.clauses] == ["a", "b", "c"]
    assert tightened.applies.__class__ is tightened.first.applies.__class__


def test_a_restated_proviso_leaves_the_permission_as_it_is() -> None:
    tightened = model(layer("a", "samples", "tighten 8.2\n  | Ten.\n  provided\n    members is at least 10\n")).norms[
        "8.2"
    ]
    assert tightened.is_permission
    assert words(tightened) == ("party exists", "party.approved")
    assert [clause.label for clause in tightened.provided] == ["members is at least 10"]


def test_a_restated_permission_keeps_its_proviso() -> None:
    body = "  | Closed ones.\n  the committee may\n    party.approved and closed exists\n"
    tightened = model(layer("a", "samples", f"tighten 8.2\n{body}")).norms["8.2"]
    assert [clause.label for clause in tightened.provided] == ["members is at least enough"]
    assert [bearer.name for bearer in tightened.bearers] == ["committee"]


def test_layers_tighten_what_layers_below_have_tightened_or_added() -> None:
    below = layer(
        "a", "samples", "tighten 8.1\n" + WHEN + "\n" + norm("a:1.1", "when active the organization should\n  fit")
    )
    above = layer(
        "b",
        "a",
        "tighten 8.1\n  | One.\n  when members is at least 1\n\ntighten a:1.1\n  | All.\n  the organization must\n    fit\n",
    )
    found = model(below, above)
    top = found.norms["8.1"]
    assert top.tightens is not None
    assert [each.layer for each in (top, top.tightens, top.first)] == ["b", "a", ""]
    assert [words(each)[0] for each in (top, top.tightens)] == ["members is at least 1", "members is at least 2"]
    added = found.norms["a:1.1"]
    assert (added.layer, added.force, added.first.layer, added.first.force) == ("b", "must", "a", "should")
    assert [each.tightened for each in found.measures] == [("8.1",), ("8.1", "a:1.1")]
    assert list(found.norms) == ["8.1", "8.1/2", "8.2", "8.3", "8.4", "8.5", "a:1.1"]


def test_other_norms_refer_to_the_tightened_norm() -> None:
    state = {
        "organization": [
            {"id": "o", "members": 2, "closed": None, "fit": {"value": True, "by": "x", "on": "2026-01-01"}}
        ]
    }
    for layers, expected in (
        ([], Verdict.NOT_APPLICABLE),
        ([layer("a", "samples", f"tighten 8.1\n{WHEN}")], Verdict.MET),
    ):
        policies = PolicySet(model(*layers))
        (finding,) = [each for each in policies.evaluate(policies.state(state), DAY).findings if each.norm == "8.1/2"]
        assert finding.verdict is expected
        assert policies.find(finding.model, finding.record, DAY, reference=True).verdict is expected


def test_a_norm_that_rests_on_the_sentence_of_a_tightened_one_keeps_the_sentence() -> None:
    assert model(layer("a", "samples", f"tighten 8.1\n{WHEN}")).norms["8.1/2"].text == "It must be so."


def test_what_was_judged_in_a_norm_below_may_still_be_stated() -> None:
    body = "  | Ten.\n  provided\n    members is at least 10\n"
    policies = PolicySet(model(layer("a", "samples", f"tighten 8.2\n{body}")))
    judged = {"8.2 provided": {"value": True, "by": "x", "on": DAY}}
    assert policies.state({"organization": [{"id": "o", "judgements": judged}]})
    assert "8.2 provided" not in policies.model.asked_judgements.get("organization", {})


def test_the_same_place_may_be_judged_in_both() -> None:
    body = "  | x\n  provided\n    members is at least enough and active\n"
    assert told(f"tighten 8.2\n{body}") == []


def test_a_norm_below_may_refer_to_what_refers_to_the_tightened_one() -> None:
    statements = norm("8.1", "when 8.2 applies\nthe organization must\n  active") + norm(
        "8.2", "the organization must\n  fit"
    )
    tightened = "tighten 8.1\n  | x\n  when members is at least 1\n\ntighten 8.2\n  | y\n  when 8.1 applies\n"
    found = compile_policies([*sources(statements), layer("a", "samples", tightened)])
    assert words(found.norms["8.1"].first)[0] == "8.2 applies"


def test_cache_and_pickle_keep_what_stands_below(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    policies = PolicySet(model(layer("a", "samples", f"tighten 8.1\n{WHEN}")))
    store(policies.model.sources, policies.model)
    cached = load(policies.model.sources)
    assert cached is not None
    for each in (PolicySet(cached), pickle.loads(pickle.dumps(policies))):
        tightened = each.model.norms["8.1"]
        assert tightened.tightens is not None
        assert tightened.tightens.text == "It must be so."


# ---- mistakes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "code", "place", "message", "help"),
    [
        (f"tighten 8.9\n{WHEN}", Code.UNKNOWN_NORM, "8.9", "there is no norm 8.9", "article 8 has 8.1"),
        (f"tighten b:1.1\n{WHEN}", Code.UNKNOWN_NORM, "b:1.1", "there is no norm b:1.1", ""),
        (f"tighten 8\n{WHEN}", Code.TIGHTENING, "8", "8 is a decision, and only norms are tightened", "let a norm"),
        (f"tighten 8.6\n{WHEN}", Code.TIGHTENING, "8.6", "8.6 is a case of a decision", ""),
        (f"tighten 8.7\n{WHEN}", Code.TIGHTENING, "8.7", "8.7 is a definition", ""),
        (f"tighten 8.8\n{WHEN}", Code.TIGHTENING, "8.8", "8.8 is a note", ""),
        ("tighten 8.1\n  | x\n", Code.TIGHTENING, "8.1", "nothing of 8.1 is restated", "`when`, `the … must`, `provided`"),
        ("tighten 8.1\n  when active\n", Code.MISSING_QUOTE, "8.1", "quotes its sentence", "`|`"),
        ("tighten 8.1\n  | x\n  provided\n    active\n", Code.TIGHTENING, "8.1", "is a duty, and has no `provided`", "the organization must"),
        ("tighten 8.1\n  | x\n  the organization may\n    active\n", Code.TIGHTENING, "may", "a duty, and is restated as a permission", "`must`"),
        ("tighten 8.2\n  | x\n  the organization must\n    active\n", Code.TIGHTENING, "must", "a permission, and is restated as a duty", "`may`"),
        ("tighten 8.3\n  | x\n  the organization must\n    active\n", Code.TIGHTENING, "must", "the opposite of `must not`", ""),
        ("tighten 8.1\n  | x\n  the organization must not\n    active\n", Code.TIGHTENING, "must not", "the opposite of `must`", ""),
        ("tighten 8.1\n  | x\n  the organization should\n    active\n", Code.WEAKER_FORCE, "should", "`should` is weaker than `must` in 8.1", "never laxer"),
        ("tighten 8.3\n  | x\n  the organization should not\n    active\n", Code.WEAKER_FORCE, "should not", "weaker than `must not`", ""),
        ("tighten 8.5\n  | x\n  the organization is encouraged to\n    active\n", Code.WEAKER_FORCE, "is encouraged to", "weaker than `will`", ""),
        (f"tighten 8.1\n{WHEN}\ntighten 8.1\n{WHEN}", Code.DOUBLED_ID, "8.1", "the measures tighten 8.1 twice", "say all of it there"),
        (
            norm("a:1.1", "the organization must\n  active") + f"\ntighten a:1.1\n{WHEN}", Code.TIGHTENING, "a:1.1",
            "a norm of these measures themselves", "change it where it stands",
        ),
        ("tighten 8.1\n  | x\n  when membrs is at least 2\n", Code.UNKNOWN_NAME, "membrs", "", "did you mean `members`?"),
        ("tighten 8.1\n  | x\n  the nobody must\n    active\n", Code.UNKNOWN_BEARER, "nobody", "", ""),
        ("tighten 8.1\n  | x\n  the organization is to\n    active\n", Code.UNCLASSIFIED_FORCE, "is to", "", ""),
        ("tighten 8.1\n  | x\n  when 8.1/2 applies\n", Code.CYCLE, "8.1", "norm 8.1 → norm 8.1/2 → norm 8.1", ""),
        ("tighten 8.2\n  | x\n  when active\n", Code.UNGUARDED, "8.2", "`party.approved` is read where", "this stands at article.policy"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_once(statement: str, code: Code, place: str, message: str, help: str) -> None:
    (diagnostic,) = told(statement)
    assert diagnostic.code is code
    assert diagnostic.span is not None
    assert diagnostic.span.text == place
    assert diagnostic.span.source.name == "a.policy"
    assert message in diagnostic.message
    assert help in diagnostic.help
    assert diagnostic.where.startswith("tighten ")


@pytest.mark.parametrize(
    ("id", "force"),
    [("8.1", "must"), ("8.3", "must not"), ("8.4", "is encouraged to"), ("8.4", "should"), ("8.4", "must"), ("8.5", "should"), ("8.5", "must")],
)  # fmt: skip
def test_a_force_may_stay_or_become_stronger(id: str, force: str) -> None:
    assert told(f"tighten {id}\n  | x\n  the organization {force}\n    active and fit\n") == []


def test_a_mistake_that_the_layer_above_makes_in_what_one_below_has_restated() -> None:
    below = layer(
        "low",
        "samples",
        "tighten 8.3\n  | x\n  when party exists\n  the organization must not\n    not party.approved\n",
    )
    (diagnostic,) = told("tighten 8.3\n  | y\n  when active\n", (below,))
    assert diagnostic.span is not None
    assert diagnostic.span.source.name == "a.policy"
    assert "this stands at low.policy" in diagnostic.help


@pytest.mark.parametrize(
    ("word", "force"),
    [("must", "must"), ("are encouraged to", "encouraged"), ("are to", "should"), ("is to", "should"), ("will", "")],
)
def test_the_force_of_a_word(word: str, force: str) -> None:
    assert force_of(word, {"is to": "should"}) == force
