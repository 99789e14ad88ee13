"""The classes made from a vocabulary, and their stubs."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

import sopb_rules
from sopb_rules.diagnostics import Code
from sopb_rules.model.vocabulary import Contained, Entity, Fact, Vocabulary
from sopb_rules.states.classes import NOT_STATED, UNKNOWN, Judgement, entity_classes, stubs
from sopb_rules.states.read import build_state
from sopb_rules.states.records import ABSENT
from tests.states.reading import mistake
from tests.states.vocabularies import small_vocabulary

DAY = datetime.date(2026, 1, 1)


@pytest.fixture(scope="module")
def classes(vocabulary: Vocabulary) -> dict[str, Any]:
    return dict(entity_classes(vocabulary))


def test_names_and_defaults(vocabulary: Vocabulary, classes: dict[str, Any]) -> None:
    assert [each.__name__ for each in classes.values()] == ["Organization", "PartyOrganization", "Change", "Region"]
    assert entity_classes(vocabulary)["region"] is classes["region"]
    region = classes["region"](id="east")
    assert region.has_office is NOT_STATED
    assert not hasattr(region, "organizations")
    assert repr(region) == "Region(id='east')"
    assert region == classes["region"](id="east")


def test_objects_are_frozen_and_take_keywords(classes: dict[str, Any]) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        classes["region"](id="east").name = "x"
    with pytest.raises(TypeError):
        classes["region"]("east")
    with pytest.raises(TypeError):
        classes["region"](id="east", nme="x")
    with pytest.raises(TypeError):
        classes["region"]()


@pytest.mark.parametrize("word", [NOT_STATED, UNKNOWN])
def test_words_are_neither_true_nor_false(word: object) -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(word)
    assert repr(word).isupper()


def test_objects_become_the_state_that_the_same_mapping_does(vocabulary: Vocabulary, classes: dict[str, Any]) -> None:
    change = classes["change"](kind="foundation", decided_on=DAY)
    east = classes["region"](id="east", name="East")
    organization = classes["organization"](
        id="o",
        formal_members=UNKNOWN,
        class_=3,
        party_organization=None,
        changes=[change],
        region="east",
        aligned=Judgement(value=True, by="X", on=DAY),
        judgements={"8.3 (a)": Judgement(value=UNKNOWN, by="X", on=DAY)},
    )
    for data in ([organization, east], [{"organization": [organization], "region": [east]}]):
        state = build_state(vocabulary, data)
        (record,) = state.lists["organization"] or ()
        assert record.stated["formal_members"].unknown
        assert record.get("class") == 3
        assert record.get("party_organization") is ABSENT
        assert record.get("changes")[0].get("decided_on") == DAY
        assert record.get("region").display == "East"
        assert (record.get("aligned"), record.stated["aligned"].by) == (True, "X")
        assert record.judged == {"8.3 (a)": None}
        assert "kind" not in record.stated


def test_objects_of_the_wrong_class_are_refused(vocabulary: Vocabulary, classes: dict[str, Any]) -> None:
    region = classes["region"](id="east")
    found = mistake(Code.STATE_SHAPE, lambda: build_state(vocabulary, [{"organization": [region]}]))
    assert found.message == "a region cannot stand here"
    found = mistake(Code.STATE_SHAPE, lambda: build_state(vocabulary, [classes["change"]()]))
    assert found.message == "a state cannot be a change"


def test_objects_of_another_vocabulary_are_checked_by_name(vocabulary: Vocabulary) -> None:
    foreign = entity_classes(small_vocabulary())["region"]
    state = build_state(vocabulary, [foreign(id="east")])
    (region,) = state.records(vocabulary.entities["region"])
    assert region.id == "east"
    stranger = Entity("planet", "planet")
    made = entity_classes(Vocabulary("v", "", "", None, {}, {}, {}, {"planet": stranger}))["planet"](id="mars")
    found = mistake(Code.STATE_SHAPE, lambda: build_state(vocabulary, [made]))
    assert found.message == "a state cannot be a planet"


def test_mistakes_in_objects_have_a_path(vocabulary: Vocabulary, classes: dict[str, Any]) -> None:
    organization = classes["organization"](id="o", changes=[classes["change"](members_after=-1)])
    found = mistake(Code.STATE_WRONG_VALUE, lambda: build_state(vocabulary, [organization]))
    assert found.where == "organization[o].changes[#1].members_after"


def test_awkward_names_get_underscores() -> None:
    first, second, none = Entity("a_1", "one"), Entity("a1", "two"), Entity("none", "none")
    first.facts.update({name: Fact(name, Contained(none), name) for name in ("self", "import", "str")})
    entities = {each.name: each for each in (first, second, none)}
    vocabulary = Vocabulary("v", "", "", None, {}, {}, {}, entities)
    classes: dict[str, Any] = dict(entity_classes(vocabulary))
    assert [each.__name__ for each in classes.values()] == ["A1", "A1_", "None_"]
    assert classes["a_1"](id="x", self_=classes["none"](id="n"), import_=UNKNOWN).import_ is UNKNOWN
    compile(stubs(vocabulary), "v.pyi", "exec")


def check(folder: Path, *files: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--no-error-summary", *files]
    environment = {**os.environ, "MYPYPATH": str(Path(sopb_rules.__file__).parents[1])}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_mypy_accepts_the_stub_and_sees_mistakes(vocabulary: Vocabulary, tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "small.pyi").write_text(stubs(vocabulary))
    (tmp_path / "good.py").write_text(
        "import datetime\n"
        "from small import Change, Organization, Region\n"
        "from sopb_rules.states.stating import UNKNOWN, Judgement\n"
        "judged = Judgement(True, 'X', datetime.date(2026, 1, 1))\n"
        "Organization(id='o', kind='foundation', formal_members=5, class_=None, changes=[Change()], aligned=judged)\n"
        "Region(id='east', has_office=UNKNOWN)\n"
    )
    (tmp_path / "bad.py").write_text(
        "from small import Organization\n"
        "Organization()\n"
        "Organization(id='o', kind='bank')\n"
        "Organization(id='o', formal_members=0.5)\n"
        "Organization(id='o', formal_members=None)\n"
        "Organization(id='o', changes=3)\n"
    )
    assert check(tmp_path, "small.pyi", "good.py") == (0, "")
    code, output = check(tmp_path, "bad.py")
    assert code == 1
    assert [line.split(":")[1] for line in output.splitlines() if "error:" in line] == ["2", "3", "4", "5", "6"]
