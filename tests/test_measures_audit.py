"""The audit of measures: what they make of the document's sentences, and their quotes against their own text."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopb_rules import load_policies
from sopb_rules.audit import audit
from sopb_rules.diagnostics import Code
from sopb_rules.measures_audit import LayerAudit, audit_measures

VOCABULARY = """\
vocabulary sample "A sample"

role committee "the committee"

entity organization "organization"
  members  count
  active   yes/no
"""
ARTICLE = """\
article 1 "Members"

parameter enough count
  judged by committee

define large about organization
  means members is at least enough

norm 1.1 about organization
  | Organizations must be active.
  the organization must
    active

norm 1.2 about organization
  | Large organizations must be active.
  when large
  the organization must
    active

decision 1 dummy about organization gives sort
  case 1.3 gives big when large
    | Large ones are big.
  case 1.4 gives small unless large
    | Others are small.
"""
KIND = "\nkind sort\n  big, small\n"
SOURCE = "1. Members. Organizations must be active. Large organizations must be active. Large ones are big. Others are small.\n"
TOWN = """\
measures town "Measures of the town" under sample

note town:1.1 aim
  | These are the aims.

set enough is 3
  | Three members are enough.

tighten 1.1
  | Organizations with members must be active and have two.
  the organization must
    active and members is at least 2

norm town:3.1 about organization
  | Active organizations must have a member.
  when active
  the organization must
    members is at least 1
"""
TEXT = """\
Measures of the town

1. Aims. These are the aims.

2. Members. Three members are enough. Organizations with members must be active and have two.

3. Activity. Active organizations must have a member.
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Policies with their document, and measures beside them."""
    for name, text in (
        ("vocabulary.policy", VOCABULARY + KIND), ("article_1.policy", ARTICLE), ("source.txt", SOURCE),
        ("town.policy", TOWN), ("town.txt", TEXT),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def only() -> LayerAudit:
    (layer,) = audit_measures(load_policies("."))
    return layer


def test_what_measures_make_of_the_document() -> None:
    layer = only()
    assert layer.completes == {"enough": ("1.2", "1.3", "1.4")}
    assert (layer.tightens, layer.adds) == (("1.1",), ("town:3.1",))
    assert layer.diagnostics == ()


def test_the_document_is_audited_as_it_says_it_itself() -> None:
    result = audit(load_policies("."))
    assert result.diagnostics == ()
    assert [[each.id for each in found] for found in result.encodings.values()] == [["1.1"], ["1.2"], ["1.3"], ["1.4"]]


def test_each_sentence_of_the_measures_has_what_encodes_it() -> None:
    told = only().as_dict()
    assert {each["id"]: [one["id"] for one in each["encoded_by"]] for each in told["sentences"]} == {
        "1.1": ["town:1.1"], "2.1": ["set enough"], "2.2": ["tighten 1.1"], "3.1": ["town:3.1"],
    }  # fmt: skip
    assert [one["kind"] for each in told["sentences"] for one in each["encoded_by"]] == [
        "note", "setting", "tightening", "duty",
    ]  # fmt: skip
    assert told["completes"] == [{"parameter": "enough", "sentences": ["1.2", "1.3", "1.4"]}]
    assert told["source"] == "town.txt"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "help"),
    [
        ("the aims.\n\n2", "the aims. And more.\n\n2", Code.LEFT_OUT, "And more.", "town:1.2, or quote it where it sets"),
        ("have two", "have three", Code.ALTERED_SENTENCE, "two.", "read again what rests on it: 1.1"),
        ("Three members are", "Three members were", Code.ALTERED_SENTENCE, "are", "read again what rests on it: 1.2, 1.3, 1.4"),
        ("have a member", "have members", Code.ALTERED_SENTENCE, "a member.", "read again what rests on it: town:3.1"),
        (" Three members are enough.", "", Code.NO_SUCH_SENTENCE, "Three members are enough.", "to the letter"),
        ("3. Activity", "4. Activity", Code.MISPLACED_SENTENCE, "Active", "number it town:4.1"),
    ],
)  # fmt: skip
def test_quotes_of_measures_are_held_against_their_text(
    here: Path, old: str, new: str, code: Code, place: str, help: str
) -> None:
    (here / "town.txt").write_text(TEXT.replace(old, new), "utf-8")
    (diagnostic,) = only().diagnostics
    assert diagnostic.code is code
    assert diagnostic.span is not None
    assert diagnostic.span.text.startswith(place)
    assert help in diagnostic.help


def test_one_sentence_may_set_and_tighten(here: Path) -> None:
    both = TOWN.replace("Three members are enough.", "Organizations with members must be active and have two.")
    (here / "town.policy").write_text(both, "utf-8")
    (here / "town.txt").write_text(TEXT.replace(" Three members are enough.", ""), "utf-8")
    layer = only()
    assert [diagnostic.code for diagnostic in layer.diagnostics] == []
    assert [each.id for each in layer.encodings["2.1"]] == ["tighten 1.1", "set enough"]


def test_a_text_without_articles_is_told_once(here: Path) -> None:
    (here / "town.txt").write_text("No articles.\n", "utf-8")
    assert [diagnostic.code for diagnostic in only().diagnostics] == [Code.NO_SENTENCES]


@pytest.mark.parametrize(("name", "found"), [("town.txt", True), ("measures.txt", True), ("other.txt", False)])
def test_the_text_is_called_like_the_file_or_like_the_measures(here: Path, name: str, found: bool) -> None:
    (here / "town.policy").rename(here / "measures.policy")
    (here / "town.txt").rename(here / name)
    assert (only().document is not None) is found


def test_source_txt_is_the_text_of_measures_that_lie_alone(here: Path) -> None:
    (here / "town.txt").unlink()
    assert only().document is None  # it is the document's
    alone = here / "alone"
    alone.mkdir()
    (alone / "town.policy").write_text(
        'measures town "Of a town" under opinions\n\nnote town:1.1 aim\n  | Aims.\n', "utf-8"
    )
    (alone / "source.txt").write_text("1. Aims. Aims.\n", "utf-8")
    (layer,) = audit_measures(load_policies(alone))
    assert layer.document is not None
    assert layer.diagnostics == ()


def test_measures_without_a_name_have_settings_and_tightenings_to_quote(here: Path) -> None:
    text = TOWN.replace("measures town", "measures").partition("\nnorm")[0]
    text = text.replace("\nnote town:1.1 aim\n  | These are the aims.\n", "")
    (here / "town.policy").write_text(text, "utf-8")
    (here / "town.txt").write_text(
        TEXT.partition("1. Aims")[0] + TEXT.partition("\n\n3.")[0].partition("aims.\n\n")[2] + "\n", "utf-8"
    )
    layer = only()
    assert layer.measures.name == ""
    assert layer.diagnostics == ()
    assert [len(each) for each in layer.encodings.values()] == [1, 1]


def test_without_measures_there_is_nothing_to_audit(here: Path) -> None:
    (here / "town.policy").unlink()
    assert audit_measures(load_policies(".")) == ()
