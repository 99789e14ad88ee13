"""The report in Markdown: what people read, escaped so that texts stay texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sopb_rules.apps.markdown.text import escaped, heading, item, quoted, table
from sopb_rules.apps.visible import visible
from tests.apps import sample
from tests.apps.conftest import Process, Run
from tests.apps.golden import compare
from tests.apps.test_html import EMPTY, HOSTILE, NESTED, UNKNOWN

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def written(run: Run, folder: Path, text: str, *options: str) -> str:
    name = "state.json" if text.startswith("{") else "state.yaml"
    sample.state(folder, text, name)
    result = run("evaluate", name, "--policies", "policies", "--as-of", "2026-11-01", "--markdown", "-", *options)
    assert result.exit_code in (0, 1), result.output
    return result.stdout_bytes.decode("utf-8")


@pytest.fixture
def folder(policies: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the sample policies in `policies`."""
    monkeypatch.chdir(policies.parent)
    return policies.parent


def test_the_sample(run: Run, folder: Path) -> None:
    compare("markdown_breach", written(run, folder, sample.BREACH), ".md")
    compare("markdown_details", written(run, folder, sample.BREACH, "--details"), ".md")
    compare("markdown_unknown", written(run, folder, UNKNOWN), ".md")


def test_of_many_entities_the_questions_are_counted(run: Run, folder: Path) -> None:
    text = written(run, folder, "organization: [{id: a}, {id: b}]\n")
    assert text.count("unknown: 5 findings wait for 6 answers\n") == 2
    assert "formal members: what is it?" not in text
    assert "formal members: what is it?" in written(run, folder, "organization: [{id: a}, {id: b}]\n", "--details")


def test_a_state_without_subjects(run: Run, folder: Path) -> None:
    assert "The state lists nothing that a norm is about." in written(run, folder, EMPTY)


def test_of_one_norm_no_standing_is_told(run: Run, folder: Path) -> None:
    text = written(run, folder, sample.BREACH, "--only", "1.2")
    assert "## Standing" not in text
    assert "**1.2** ✗ unmet" in text


def test_subjects_inside_an_entity_are_told_apart(run: Run, folder: Path) -> None:
    text = written(run, folder, NESTED)
    assert r"must not — the higher level, about reports\[#<!-- -->1\]" in text


def test_what_a_state_says_stays_text(run: Run, folder: Path) -> None:
    html = READER.render(written(run, folder, HOSTILE))
    for tag in ("<script", "<img", "<b>", "<i>", "<a "):
        assert tag not in html
    assert "&lt;script&gt;alert('n')&lt;/script&gt;" in html


def test_the_same_input_gives_the_same_bytes(process: Process, policies: Path, breach: Path) -> None:
    arguments = ("evaluate", breach, "--policies", policies, "--as-of", "2026-11-01", "--markdown", "-")
    first, second = (process(*arguments, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert first == second
    assert first.startswith(b"# A sample\n")


# ---- escaping -------------------------------------------------------------------------------------------------


def shown(markdown: str) -> str:
    """The text that a reader of the rendered Markdown sees: the text tokens, and no other."""
    pieces = []
    for token in READER.parse(markdown):
        for child in token.children or ():
            assert child.type in ("text", "text_special", "html_inline"), child
            assert child.type != "html_inline" or child.content == "<!-- -->"
            pieces.append("" if child.type == "html_inline" else child.content)
    return "".join(pieces)


@given(st.text() | st.text("\\`*_{}[]()<>#+-.!|~&;:/@$=1aw \t'\"^"))
def test_any_text_stays_text(text: str) -> None:
    for markdown in (heading(2, text), quoted(text), item(0, text)):
        assert shown(markdown).split() == visible(text).split()


@pytest.mark.parametrize(
    "text",
    ["# not a heading", "- x", "+ x", "1. x", "1) x", "===", "---", "*a* _b_ `c`", "[a](b)", "![a](b)", "<b>", "&amp;", "~~a~~",
     "a | b", "\\", "http://a.example", "HTTPS://a.example", "www.a.example", "$a$"],
)  # fmt: skip
def test_what_markdown_would_read_otherwise(text: str) -> None:
    assert shown(quoted(text)) == text
    reader = MarkdownIt("gfm-like", {"linkify": False})
    assert "<td>" + reader.renderInline(escaped(text)) + "</td>" in reader.render(table(["a"], [[escaped(text)]], 0))


@pytest.mark.parametrize(
    ("text", "safe"), [("@octocat", "@<!-- -->octocat"), ("#12", r"\#<!-- -->12"), ("a@b", "a@<!-- -->b")]
)
def test_nobody_is_mentioned(text: str, safe: str) -> None:
    assert escaped(text) == safe


@pytest.mark.parametrize("text", ["8.1", "2026-11-01", "Willow Lane (Mutual) Aid, No. 7: a/b", "“quoted” – 40%"])
def test_plain_texts_stay_readable(text: str) -> None:
    assert escaped(text) == text
