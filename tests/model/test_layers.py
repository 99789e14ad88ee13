"""Measures are layers: each under the next one, down to the policies, and each stands without those above it."""

from __future__ import annotations

import pytest

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.model.layers import DEPTH_LIMIT
from sopb_rules.model.load import check, compile_policies
from sopb_rules.source import Source
from tests.model.reading import norm, sources

NORM = norm("8.1", "when members is at least 3\nthe organization must\n  active")
SETTING = "parameter enough count\n  judged by committee\n\n"


def layer(name: str, under: str, statements: str = "") -> Source:
    """A file of measures, called after them."""
    return Source(f"{name}.policy", f'measures {name} "Measures of {name}" under {under}\n\n{statements}')


def told(*layers: Source) -> list[Diagnostic]:
    return check([*sources(SETTING + NORM), *layers])[1]


def test_layers_stand_in_the_order_of_what_they_are_under_whatever_their_files_are_called() -> None:
    layers = [layer("a", "b"), layer("b", "z"), layer("z", "samples")]
    model = compile_policies([*layers, *sources(NORM)])
    assert [each.layer for each in model.measures] == ["z", "b", "a"]
    assert next((each.name, each.title, each.base) for each in model.measures) == ("z", "Measures of z", "samples")


def test_measures_without_a_name_are_on_top_and_are_called_by_their_title() -> None:
    unnamed = Source("u.policy", 'measures "Of the town" under county\n')
    model = compile_policies([*sources(NORM), unnamed, layer("county", "samples")])
    assert [each.layer for each in model.measures] == ["county", "Of the town"]
    assert model.measures[1].name == ""
    assert model.measures_of("Of the town") is model.measures[1]
    assert model.measures_of("") is None


@pytest.mark.parametrize(
    ("layers", "code", "file", "place", "message", "help"),
    [
        (
            [("a", "samples"), ("b", "samples")], Code.LAYERS, "b.policy", "samples",
            "two measures are under `samples`", "--policies b.policy",
        ),
        (
            [("p", "samples"), ("a", "p"), ("b", "p"), ("c", "b")], Code.LAYERS, "b.policy", "p",
            "two measures are under `p`", "others stand at a.policy:1:1",
        ),
        ([("a", "a")], Code.LAYERS, "a.policy", "a", "themselves: a → a", "under the policies"),
        ([("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")], Code.LAYERS, "a.policy", "b", "a → b → c → a", ""),
        ([("a", "sample")], Code.MEASURES, "a.policy", "sample", "there are no policies or measures", "did you mean `samples`?"),
        ([("a", "prvince"), ("province", "samples")], Code.MEASURES, "a.policy", "prvince", "", "did you mean `province`?"),
        ([("a", "nothing"), ("b", "a"), ("c", "b")], Code.MEASURES, "a.policy", "nothing", "", "policies and measures"),
        ([("samples", "samples")], Code.DOUBLED_NAME, "samples.policy", "samples", "the name of the policies", ""),
    ],
)  # fmt: skip
def test_what_forms_no_chain_is_told_once(
    layers: list[tuple[str, str]], code: Code, file: str, place: str, message: str, help: str
) -> None:
    (diagnostic,) = told(*(layer(name, under) for name, under in layers))
    assert diagnostic.code is code
    assert diagnostic.span is not None
    assert (diagnostic.span.source.name, diagnostic.span.text) == (file, place)
    assert message in diagnostic.message
    assert help in diagnostic.help


def test_two_measures_of_one_name() -> None:
    again = Source("b.policy", 'measures a "Others" under samples\n')
    (diagnostic,) = told(layer("a", "samples"), again)
    assert diagnostic.code is Code.DOUBLED_NAME
    assert diagnostic.help == "they also stand at a.policy:1:1"


def test_without_policies_only_the_lowest_measures_are_told_of() -> None:
    (diagnostic,) = check([layer("a", "b"), layer("b", "opinion")])[1]
    assert diagnostic.span is not None
    assert diagnostic.span.text == "opinion"
    assert diagnostic.help == "did you mean `opinions`?"
    (diagnostic,) = check([layer("opinions", "nowhere")])[1]
    assert diagnostic.code is Code.DOUBLED_NAME


def test_the_depth_is_bounded() -> None:
    chain = [layer(f"l{number}", f"l{number - 1}" if number else "samples") for number in range(DEPTH_LIMIT + 1)]
    assert told(*chain[:-1]) == []
    (diagnostic,) = told(*chain)
    assert diagnostic.code is Code.TOO_LARGE
    assert f"more than {DEPTH_LIMIT} measures" in diagnostic.message


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("vocabulary other", "a vocabulary has no place in measures"),
        ('article 9 "Nine"', "an article has no place in measures"),
        ("decision a:9 d about organization gives form\n  case a:9.1 gives branch\n    | x", "a decision has no place"),
        ('gap g on 8.1 "t"\n  "text"\n  treatment\n    "so"', "a gap has no place in measures"),
    ],
)
def test_what_belongs_to_the_document_has_no_place_in_measures(statement: str, message: str) -> None:
    (diagnostic,) = told(layer("a", "samples", statement + "\n"))
    assert diagnostic.code is Code.MEASURES
    assert message in diagnostic.message


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("tighten 8.1\n  | x\n  when members is at least 2", "what tightens a norm stands in a file of measures"),
        ("facts of organization\n  sports  yes/no", "further facts of an entity stand in a file of measures"),
        ("set enough is 3", "what sets a parameter stands in a file of measures"),
    ],
)
def test_what_belongs_to_measures_has_no_place_elsewhere(statement: str, message: str) -> None:
    (diagnostic,) = check(sources(f"{SETTING}{NORM}\n{statement}\n"))[1]
    assert diagnostic.code is Code.MEASURES
    assert diagnostic.message == message


# ---- what layers add ----------------------------------------------------------------------------------------

ADDED = """\
role inspector "the inspector"

kind sport
  football, chess

entity field "field"
  size  count

facts of organization
  sport   optional sport
  fields  list of field
  judged  judgement by inspector

parameter enough_fields count
  judged by inspector

define sporty about organization
  means sport exists

note a:1.1 aim
  | Sports are good.

norm a:2.1 about organization
  | It must have a field.
  when sporty and not (8.1 applies)
  the inspector must
    (a) "a field"
        number of fields is at least enough_fields

norm a:2.1/2 about field
  the organization should
    size is at least 3
"""


def test_a_layer_adds_what_its_norms_need() -> None:
    above = layer(
        "b", "a", "set enough_fields is 2\n\n" + norm("b:1.1", "unless a:2.1 applies\nthe inspector must\n  judged")
    )
    model = compile_policies([*sources(SETTING + NORM), layer("a", "samples", ADDED), above])
    assert list(model.norms) == ["8.1", "a:2.1", "a:2.1/2", "b:1.1"]
    assert [(norm.layer, norm.article) for norm in model.norms.values()] == [("", 8), ("a", 0), ("a", 0), ("b", 0)]
    assert model.norms["a:2.1/2"].text == "It must have a field."
    assert list(model.vocabulary.entities["organization"].facts)[-3:] == ["sport", "fields", "judged"]
    assert model.vocabulary.entities["field"].holders != []
    assert model.parameters["enough_fields"].set_by == ("Measures of b",)
    assert "a:2.1 (a)" in model.judgement_keys["organization"]
    assert model.notes["a:1.1"].article == 0


def test_norms_of_layers_stand_in_the_order_of_the_layers() -> None:
    own = {name: norm(f"{name}:1.1", "the organization must\n  active") for name in "abz"}
    layers = [layer("z", "samples", own["z"]), layer("a", "z", own["a"]), layer("b", "a", own["b"])]
    model = compile_policies([*sources(NORM), *layers])
    assert list(model.norms) == ["8.1", "z:1.1", "a:1.1", "b:1.1"]


@pytest.mark.parametrize(
    ("statements", "code", "place", "help"),
    [
        ("facts of organization\n  members  count\n", Code.DOUBLED_NAME, "members", "it also stands at vocabulary.policy"),
        ("facts of organisation\n  sports  count\n", Code.UNKNOWN_ENTITY, "organisation", "did you mean `organization`?"),
        ("facts of organization\n  sports  judgement by nobody\n", Code.UNKNOWN_NAME, "nobody", ""),
        ("role committee\n", Code.DOUBLED_NAME, "committee", "it also stands at vocabulary.policy"),
        ("entity party\n", Code.DOUBLED_NAME, "party", "it also stands at vocabulary.policy"),
        ("parameter enough count\n  judged by committee\n", Code.DOUBLED_NAME, "enough", "it also stands at article.policy"),
        (norm("8.2", "the organization must\n  active"), Code.WRONG_LAYER, "8.2", "write a:8.2"),
        (norm("b:8.2", "the organization must\n  active"), Code.WRONG_LAYER, "b:8.2", "write a:8.2"),
        (norm("a:8", "the organization must\n  active"), Code.WRONG_ARTICLE, "a:8", "write a:8.1"),
        (norm("a:8.1/2", "the organization must\n  active"), Code.MISSING_FIRST, "a:8.1/2", "number it after a:8.1"),
        ("norm a:1.1 about organization\n  the organization must\n    active\n", Code.MISSING_QUOTE, "a:1.1", "`|`"),
        ("note 1.1 aim\n  | x\n", Code.WRONG_LAYER, "1.1", "write a:1.1"),
        ("define 1.1 d about organization\n  | x\n  means active\n", Code.WRONG_LAYER, "1.1", "write a:1.1"),
        (norm("a:1.1", "when 8.9 applies\nthe organization must\n  active"), Code.UNKNOWN_NORM, "8.9", "article 8 has 8.1"),
        (norm("a:1.1", "when a:1.9 applies\nthe organization must\n  active"), Code.UNKNOWN_NORM, "a:1.9", "a has a:1.1"),
        (norm("a:1.1", "when b:1.9 applies\nthe organization must\n  active"), Code.UNKNOWN_NORM, "b:1.9", "norms of a"),
    ],
)  # fmt: skip
def test_each_mistake_in_what_a_layer_adds_is_told_once(statements: str, code: Code, place: str, help: str) -> None:
    (diagnostic,) = told(layer("a", "samples", statements))
    assert diagnostic.code is code
    assert diagnostic.span is not None
    assert diagnostic.span.text == place
    assert diagnostic.span.source.name == "a.policy"
    assert help in diagnostic.help


def test_measures_without_a_name_add_no_norms() -> None:
    for id, help in (("8.2", "`measures riverside "), ("town:8.2", "`measures town ")):
        text = 'measures "Of a town" under samples\n\n' + norm(id, "the organization must\n  active")
        (diagnostic,) = told(Source("a.policy", text))
        assert diagnostic.code is Code.WRONG_LAYER
        assert help in diagnostic.help


def test_norms_of_the_document_have_no_name_in_front() -> None:
    (diagnostic,) = check(sources(norm("riverside:8.1", "the organization must\n  active")))[1]
    assert diagnostic.code is Code.WRONG_LAYER
    assert diagnostic.help == "write 8.1"


@pytest.mark.parametrize(
    ("below", "above", "place"),
    [
        (norm("a:1.1", "when b:1.1 applies\nthe organization must\n  active"), norm("b:1.1", "the organization must\n  active"), "b:1.1"),
        (norm("a:1.1", "the organization must\n  sports"), "facts of organization\n  sports  yes/no\n", "sports"),
        (norm("a:1.1", "the trainer must\n  active"), "role trainer\n", "trainer"),
        (norm("a:1.1", "the organization must\n  sporty"), "define sporty about organization\n  means active\n", "sporty"),
        ("set later is 3\n", "parameter later count\n  judged by committee\n", "later"),
    ],
)  # fmt: skip
def test_a_layer_refers_to_nothing_above_it(below: str, above: str, place: str) -> None:
    (diagnostic,) = told(layer("b", "a", above), layer("a", "samples", below))
    assert diagnostic.span is not None
    assert (diagnostic.span.source.name, diagnostic.span.text) == ("a.policy", place)
    assert diagnostic.help == "what is missing stands in measures above, and measures refer only to what they are under"


def test_the_document_refers_to_nothing_that_measures_add() -> None:
    statements = norm("8.1", "when a:1.1 applies\nthe organization must\n  active")
    above = layer("a", "samples", norm("a:1.1", "the organization must\n  active"))
    (diagnostic,) = check([*sources(statements), above])[1]
    assert diagnostic.span is not None
    assert diagnostic.span.source.name == "article.policy"


def test_a_mistake_in_the_document_is_told_once_whatever_stands_on_it() -> None:
    wrong = norm("8.1", "when membrs is at least 3\nthe organization must\n  active")
    above = [layer("a", "samples", "tighten 8.1\n  | x\n  when members is at least 1\n"), layer("b", "a", "role x\n")]
    (diagnostic,) = check([*sources(wrong), *above])[1]
    assert diagnostic.where == "norm 8.1"
