"""Each remark on how sentences go together quotes them to the letter and has a witness that shows it."""

from __future__ import annotations

import importlib.util
import os
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import sopb_rules
from sopb_rules.document import read_document
from sopb_rules.model.files import shipped
from sopb_rules.model.norms import Interplay
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import read_source

ROOT = Path(__file__).parents[2]
WITNESSES = ROOT / "docs" / "interplay"


@cache
def opinions() -> PolicySet:
    return sopb_rules.load_policies()


@cache
def pages() -> ModuleType:
    """What writes the pages of the documentation."""
    spec = importlib.util.spec_from_file_location("article_pages", ROOT / "docs" / "_ext" / "article_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REMARKS = pytest.mark.parametrize("remark", opinions().model.interplay.values(), ids=lambda remark: remark.name)


def test_there_are_dozens_of_every_article_that_binds() -> None:
    remarks = opinions().model.interplay.values()
    assert len(remarks) >= 48
    touched = {int(id.partition(".")[0]) for remark in remarks for id in remark.ids}
    assert touched >= {3, 4, *range(5, 24)} - {13}
    assert {remark.kind for remark in remarks} == {"tension", "overlap", "gap", "fallback"}


def test_each_witness_belongs_to_a_remark() -> None:
    assert sorted(path.stem for path in WITNESSES.glob("*.yaml")) == sorted(opinions().model.interplay)


@REMARKS
def test_quotes_are_to_the_letter(remark: Interplay) -> None:
    text = " ".join(sentence.text for sentence in read_document(read_source(shipped() / "source.txt")).sentences)
    for quote in re.findall(r"“([^”]+)”", f"{remark.title} {remark.text} {remark.treatment}"):
        for part in re.split(r" ?… ?", quote.rstrip(".,;")):
            assert part.casefold() in text.casefold(), part


@REMARKS
def test_a_witness_shows_a_verdict_of_what_it_is_about(remark: Interplay) -> None:
    policies = opinions()
    report = policies.evaluate(policies.read_state(WITNESSES / f"{remark.name}.yaml"))
    shown = {finding.norm for finding in report.findings if finding.norm in remark.ids}
    decided = {case.case for decision in report.decisions for case in decision.cases if case.case in remark.ids}
    assert shown | decided


def test_the_page_shows_what_the_witnesses_show() -> None:
    """A change in an article that changes what a witness shows is seen here; UPDATE_GOLDEN=1 accepts it."""
    page = ROOT / "docs" / "interplay.md"
    text = pages().interplay_page(opinions())
    if os.environ.get("UPDATE_GOLDEN") == "1":
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text
