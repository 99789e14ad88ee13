"""`sopb new`: skeletons that parse, are in layout, quote to the letter, and say what is left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.apps.article_skeleton import article_skeleton, filled_lines
from sopb_rules.audit import audit_texts
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.document import read_document
from sopb_rules.model.files import shipped
from sopb_rules.model.load import check
from sopb_rules.source import Source, read_source
from sopb_rules.syntax.format import format_source
from sopb_rules.syntax.parse import parse
from tests.apps.conftest import Run

SOURCE = """\
1. On clubs. Clubs must keep an office. The council may close a club. They are many. Keep good books. Clubs should not waste money, and must not owe any.
2. On items. (1) Order. Councils will keep "good" order. (2) Peace. We encourage clubs to keep peace.
"""
VOCABULARY = """\
vocabulary clubs
  will has the force of should
  is to has the force of should

role council "the council"

entity club "club"
  office  yes/no  "keeps an office"  act
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a source and a vocabulary."""
    (tmp_path / "source.txt").write_text(SOURCE, "utf-8")
    (tmp_path / "vocabulary.policy").write_text(VOCABULARY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ---- articles -----------------------------------------------------------------------------------------------


def test_an_article_as_a_drafter_finds_it(run: Run) -> None:
    result = run("new", "article", "1", "--stdout")
    assert result.exit_code == 0
    _, _, body = result.output.partition("\narticle 1")
    assert (
        body
        == """ "On clubs"

# 1.1: it says “must”; it names club.
norm 1.1 about club
  | Clubs must keep an office.
  # when …
  the club must
    "keep an office"
        to_be_written

  # example "how it comes to be so"
  #   given …
  #   then 1.1 is met

# 1.2: it says “may”; it names council, club.
norm 1.2 about club
  | The council may close a club.
  the council may
    "close a club"
        to_be_written
  provided
    to_be_written

# 1.3: no word of force, and it tells how things are, so perhaps a note: `background`, `principle`
# or `aim`.
note 1.3 to_be_written
  | They are many.

# 1.4: no word of force, so `is to`, if it commands something.
norm 1.4 about club
  | Keep good books.
  the to_be_written is to
    "keep good books"
        to_be_written

# 1.5: it says “should not”, and then “must not”; it names club.
norm 1.5 about club
  | Clubs should not waste money, and must not owe any.
  the club should not
    "waste money, and must not owe any"
        to_be_written
"""
    )


def test_items_and_encouragement(run: Run) -> None:
    output = run("new", "article", "2", "--stdout").output
    assert "# 2.1: the lead phrase of an item, so perhaps a note" in output
    assert "note 2.1 to_be_written\n  | Order.\n" in output
    assert '  the council will\n    "keep “good” order"\n' in output
    assert '  the to_be_written is encouraged to\n    "clubs to keep peace"\n' in output


def test_a_written_article_is_checked_and_audited(run: Run, here: Path) -> None:
    result = run("new", "article", "1")
    assert result.output == "wrote `article_01.policy`: 5 sentences; next: `sopb check`\n"
    assert run("fmt", "--check").exit_code == 0
    result = run("check")
    assert result.exit_code == 1
    assert result.output.count("error D015") == 7
    assert "error" not in result.output.replace("error D015", "")
    assert "the condition of norm 1.1 has still to be written" in result.output
    assert "error A00" not in re.sub(r"error A001: no statement quotes 2\.[\d.]+", "", run("audit").output)
    assert not list(here.glob("*.tmp"))


def test_no_file_is_overwritten(run: Run, here: Path) -> None:
    (here / "article_01.policy").write_text("# mine\n")
    result = run("new", "article", "1")
    assert result.exit_code == 2
    assert "`article_01.policy` is there already" in result.stderr
    assert (here / "article_01.policy").read_text() == "# mine\n"


def test_of_a_begun_article_only_what_is_missing_is_printed(run: Run, here: Path) -> None:
    begun = 'article 1 "On clubs"\n\nnote 1.1 aim\n  | Clubs must keep an office.\n'
    (here / "clubs.policy").write_text(begun)
    result = run("new", "article", "1")
    assert result.exit_code == 2
    assert "article 1 is in `clubs.policy` already" in result.stderr
    assert "4 sentences of it are not quoted yet: `sopb new article 1 --stdout` prints" in result.stderr
    printed = run("new", "article", "1", "--stdout").output
    assert "article 1 " not in printed
    assert re.findall(r"^(?:norm|note) (\S+)", printed, re.MULTILINE) == ["1.2", "1.3", "1.4", "1.5"]
    (here / "clubs.policy").write_text(f"{begun}\n{printed}")
    assert run("fmt", "--check").exit_code == 0
    result = run("new", "article", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "every sentence of article 1 is quoted already" in result.stderr


def test_a_sentence_that_is_quoted_under_another_number_is_not_missing(run: Run, here: Path) -> None:
    (here / "clubs.policy").write_text('article 1 "On clubs"\n\nnote 1.9 aim\n  | Clubs must keep an office.\n')
    assert "norm 1.1 " not in run("new", "article", "1", "--stdout").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["article", "7"], "`source.txt` has no article 7\n  help: articles: 1, 2"),
        (["article", "eight"], "'eight' is not a valid integer"),
        (["article", "1", "--source", "none.txt"], "there is no file `none.txt`"),
        (["article", "1", "--policies", "none"], "`none` has no source.txt to take the sentences from"),
        (["vocabulary", "Clubs"], "`Clubs` is no name"),
        (["vocabulary", "must"], "`must` is no name"),
        (["vocabulary", 'x" y'], "is no name"),
        (["vocabulary", "other"], "the current folder has the vocabulary `clubs` in `vocabulary.policy` already"),
        (["artcle"], "did you mean `article`?"),
    ],
)
def test_refusals_say_what_to_do(run: Run, arguments: list[str], message: str) -> None:
    result = run("new", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_a_vocabulary_it_says_how_to_get_one(run: Run, here: Path) -> None:
    (here / "vocabulary.policy").unlink()
    result = run("new", "article", "1")
    assert result.exit_code == 2
    assert "`sopb new vocabulary NAME` writes a first one" in result.stderr
    assert run("new", "vocabulary", "clubs").exit_code == 0
    assert run("fmt", "--check").exit_code == 0
    assert run("check").output == "the current folder: 1 file, 0 norms, no mistakes\n"
    assert run("new", "article", "1").exit_code == 0
    assert run("new", "article", "2").exit_code == 0
    assert set(re.findall(r"error (\S+):", run("check").output)) == {"D015"}


def test_policies_that_cannot_be_read_are_told(run: Run, here: Path) -> None:
    (here / "broken.policy").write_text("norm 1.1 nonsense\n")
    result = run("new", "article", "1")
    assert result.exit_code == 2
    assert "broken.policy:1:10" in result.stderr


# ---- every article of the Opinions, and any sentence --------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 24))
def test_every_article_of_the_opinions_becomes_a_skeleton(number: int) -> None:
    """It parses, is in layout, its quotes are right, and exactly its placeholders are told."""
    vocabulary, source = (read_source(shipped() / name) for name in ("vocabulary.policy", "source.txt"))
    document = read_document(source)
    text = article_skeleton(document, number, [parse(vocabulary)[0]])
    skeleton = Source(f"article_{number:02}.policy", text)
    assert format_source(skeleton) == text
    policies, diagnostics = check([vocabulary, skeleton])
    code = re.sub(r"^ *[#|].*", "", text, flags=re.MULTILINE)
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    assert {each.code for each in errors} == {Code.TO_BE_WRITTEN}
    assert [each.span.start for each in errors if each.span] == [
        match.start() for match in re.finditer("to_be_written", text) if text.rfind("\n", 0, match.start()) >= 0
        and not re.match(r" *#", text[text.rfind("\n", 0, match.start()) + 1 :])
    ]  # fmt: skip
    assert len(errors) == code.count("to_be_written")
    assert policies is not None
    wrong = [each for each in audit_texts(policies, source).diagnostics if each.code is not Code.LEFT_OUT]
    assert wrong == []
    left_out = [each for each in audit_texts(policies, source).diagnostics if each.code is Code.LEFT_OUT]
    assert not any(each.where.startswith(f"sentence {number}.") for each in left_out)


_SENTENCES = st.text(alphabet="aeiou  \"#|(),;'’—mustmaybe\t\u00a0", min_size=1, max_size=300)


@given(_SENTENCES, st.integers(1, 40))
def test_lines_joined_by_a_space_are_the_text(text: str, width: int) -> None:
    assert " ".join(filled_lines(text, width)) == text


@given(st.lists(_SENTENCES, min_size=1, max_size=4))
def test_any_document_becomes_a_skeleton_with_right_quotes(sentences: list[str]) -> None:
    source = Source("source.txt", "1. Title. " + " ".join(f"X{each}." for each in sentences) + "\n")
    vocabulary = Source("vocabulary.policy", VOCABULARY)
    document = read_document(source)
    text = article_skeleton(document, 1, [parse(vocabulary)[0]])
    assert format_source(Source("article_01.policy", text)) == text
    policies, diagnostics = check([vocabulary, Source("article_01.policy", text)])
    assert {each.code for each in diagnostics} == {Code.TO_BE_WRITTEN}
    assert policies is not None
    assert audit_texts(policies, source).diagnostics == ()
