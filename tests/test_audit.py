"""The audit: sentences are counted as the document counts them, and no change of a letter goes unnoticed."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sopb_rules.audit import KINDS, audit, audit_texts, dependent_ids
from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.document import read_document
from sopb_rules.loading import load_policies
from sopb_rules.model.files import policy_sources, shipped
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source, read_source

#: How many sentences each article has, counted by hand.
COUNTS = [6, 5, 4, 21, 3, 7, 4, 4, 2, 2, 6, 3, 2, 4, 7, 4, 4, 5, 3, 9, 6, 7, 6]

VOCABULARY = """\
vocabulary sample
role committee "the committee"
entity organization
  active yes/no
  large yes/no
kind color
  red, blue
"""
DOCUMENT = """\
A title

II. A chapter

1. The purpose: Organizations grow. They must be active!

2. A chapter with a number

2. Two. (1) Be large. Grow “a lot.” Then rest. (2) Be red (or blue). Paint.
"""
POLICY = """\
article 1 "The purpose"
note 1.1 background
  | Organizations grow.
norm 1.2 about organization
  | They must be
  | active!
  the committee must
    active
norm 1.2/2 about organization
  the organization should
    large
article_2
"""


@cache
def opinions() -> Policies:
    return compile_policies(policy_sources(shipped()))


@cache
def document() -> Source:
    return read_source(shipped() / "source.txt")


def sample(first: str = POLICY.replace("article_2\n", ""), second: str = "") -> Policies:
    texts = {"vocabulary": VOCABULARY, "one": first, "two": second}
    return compile_policies([Source(f"{name}.policy", text) for name, text in texts.items() if text])


# ---- the document --------------------------------------------------------------------------------------------


def test_sentences_are_counted_by_article() -> None:
    read = read_document(document())
    assert [heading.number for heading in read.headings] == list(range(1, 24))
    assert [sum(each.article == number for each in read.sentences) for number in range(1, 24)] == COUNTS
    assert sum(COUNTS) == len(read.sentences) == 124


def test_article_4_numbers_its_items_first() -> None:
    ids = [each.id for each in read_document(document()).sentences if each.article == 4]
    assert (ids[:4], ids[-1]) == (["4.1", "4.1.1", "4.1.2", "4.1.3"], "4.6.4")


def test_sentences_stand_where_they_say() -> None:
    for sentence in read_document(document()).sentences:
        assert sentence.span.text == sentence.text


def test_headings_items_and_quotation_marks_are_understood() -> None:
    read = read_document(Source("source.txt", DOCUMENT))
    assert [(heading.number, heading.title) for heading in read.headings] == [(1, "The purpose"), (2, "Two")]
    assert {each.id: each.text for each in read.sentences} == {
        "1.1": "Organizations grow.",
        "1.2": "They must be active!",
        "2.1": "Be large.",
        "2.1.1": "Grow “a lot.”",
        "2.1.2": "Then rest.",
        "2.2": "Be red (or blue).",
        "2.2.1": "Paint.",
    }


def test_an_article_that_is_missing_leaves_the_numbers_of_the_others() -> None:
    read = read_document(Source("source.txt", "1. A. One.\n\n3. C. Three.\n\n2. B. Two.\n"))
    assert [each.id for each in read.sentences] == ["1.1", "3.1"]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    source = Source("source.txt", text)
    assert all(each.span.text.rstrip() == each.text for each in read_document(source).sentences)


# ---- the Opinions --------------------------------------------------------------------------------------------


def test_the_opinions_leave_nothing_out() -> None:
    result = audit_texts(opinions(), document())
    assert result.diagnostics == ()
    assert result.coverage()["encoded"] == 124
    assert all(result.encodings.values())


def test_as_data_each_sentence_says_what_it_is_encoded_as() -> None:
    data = audit_texts(opinions(), document()).as_dict()
    assert data["coverage"]["sentences"] == data["coverage"]["encoded"] == 124
    assert set(data["coverage"]["kinds"]) == set(KINDS)
    assert [each["sentences"] for each in data["coverage"]["articles"]] == COUNTS
    sentences = {each["id"]: each for each in data["sentences"]}
    assert sentences["8.1"]["encoded_by"] == [
        {"id": "8.1", "kind": "duty", "force": "must", "bearer": ["organization"]}
    ]
    assert [each["id"] for each in sentences["11.2"]["encoded_by"]] == ["11.2", "11.2/2"]
    assert [each["kind"] for each in sentences["6.5"]["encoded_by"]] == ["decision", "decision", "duty"]
    assert sentences["1.1"]["encoded_by"][0] == {"id": "1.1", "kind": "definition", "force": None, "bearer": None}


@given(st.data())
def test_no_letter_of_the_source_changes_unnoticed(data: st.DataObject) -> None:
    source = document()
    sentence = data.draw(st.sampled_from(read_document(source).sentences))
    place = data.draw(st.integers(sentence.span.start, sentence.span.end - 1))
    letter = data.draw(st.sampled_from([*"aeT.,;:!— \n’'“\"1é提", ""]))
    assume(letter != source.text[place])
    # The last sentence of an article may end in white space that belongs to no sentence.
    assume(letter.strip() or place < sentence.span.end - 1 or letter == "")
    changed = Source(source.name, source.text[:place] + letter + source.text[place + 1 :])
    assert audit_texts(opinions(), changed).diagnostics


@given(st.data())
def test_no_letter_of_a_quote_changes_unnoticed(data: st.DataObject) -> None:
    norms = {id: norm for id, norm in opinions().norms.items() if norm.quote_span is not None}
    norm = norms[data.draw(st.sampled_from(sorted(norms)))]
    place = data.draw(st.integers(0, len(norm.text) - 1))
    letter = data.draw(st.sampled_from([*"xQ,.’ ", ""]))
    assume(letter != norm.text[place])
    changed = attrs.evolve(norm, text=norm.text[:place] + letter + norm.text[place + 1 :])
    policies = attrs.evolve(opinions(), norms={**opinions().norms, norm.id: changed})
    (diagnostic,) = audit_texts(policies, document()).diagnostics
    assert diagnostic.code is Code.ALTERED_SENTENCE
    assert diagnostic.texts == ((f"source {norm.id}", norm.text), (f"policy {norm.id}", changed.text))
    assert norm.id in diagnostic.help


@pytest.mark.parametrize("number", range(1, 24))
def test_no_title_changes_unnoticed(number: int) -> None:
    article = opinions().articles[number]
    articles = {**opinions().articles, number: attrs.evolve(article, title=article.title + "s")}
    (diagnostic,) = audit_texts(attrs.evolve(opinions(), articles=articles), document()).diagnostics
    assert diagnostic.code is Code.ALTERED_SENTENCE
    assert diagnostic.span is not None
    assert diagnostic.span.text == f'"{article.title}"'


def test_what_rests_on_a_sentence_is_named() -> None:
    assert dependent_ids(opinions(), "8.3") == ["8.3", "8.4"]
    assert dependent_ids(opinions(), "17.4") == ["17.2", "17.4", "17.4/2", "17.4/3"]
    assert "meets_conditions_for_establishment" in dependent_ids(opinions(), "8.1")
    assert dependent_ids(opinions(), "11.1") == ["11.1"]


# ---- what goes wrong -----------------------------------------------------------------------------------------


def found(policies: Policies, text: str = DOCUMENT.split("2. A chapter", maxsplit=1)[0]) -> list[tuple[Code, str]]:
    return [(each.code, each.message) for each in audit_texts(policies, Source("source.txt", text)).diagnostics]


def test_a_sentence_over_several_bar_lines_and_one_with_two_norms() -> None:
    assert found(sample()) == []


def test_a_sentence_is_left_out() -> None:
    policies = sample('article 1 "The purpose"\nnote 1.1 background\n  | Organizations grow.\n')
    assert found(policies) == [(Code.LEFT_OUT, "no statement quotes 1.2")]


def test_a_sentence_is_quoted_by_two() -> None:
    second = 'article 2 "Two"\nnote 2.1 background\n  | Organizations grow.\n'
    assert found(sample(second=second)) == [(Code.DOUBLED_SENTENCE, "2.1 quotes 1.1, which 1.1 quotes already")]


def test_two_sentences_are_exchanged() -> None:
    policies = sample(
        'article 1 "The purpose"\nnote 1.1 background\n  | They must be active!\n'
        "note 1.2 background\n  | Organizations grow.\n"
    )
    assert found(policies) == [
        (Code.MISPLACED_SENTENCE, "1.1 quotes the sentence 1.2"),
        (Code.MISPLACED_SENTENCE, "1.2 quotes the sentence 1.1"),
    ]


def test_a_sentence_that_nobody_wrote() -> None:
    policies = sample(POLICY.replace("article_2\n", "note 1.3 aim\n  | To be large.\n"))
    assert found(policies) == [(Code.NO_SUCH_SENTENCE, "the source has no sentence 1.3")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("They must be large, too.\n", 7, "this text belongs to no article"),
        ("1. Again: Organizations shrink.\n", 7, "a second article, or one out of order, has the number 1"),
        ("II. Another chapter\n\nKeywords: growth\n", 0, ""),
    ],
)
def test_text_behind_the_articles_is_not_passed_over(text: str, line: int, message: str) -> None:
    source = Source("source.txt", DOCUMENT.split("2. A chapter", maxsplit=1)[0] + text)
    told = [
        (each.code, each.span.line, each.message) for each in audit_texts(sample(), source).diagnostics if each.span
    ]
    assert told == ([(Code.OUTSIDE_ARTICLES, line, message)] if message else [])
    assert [span.line for span in read_document(source).outside][:2] == [1, 3]


def test_a_sentence_that_the_source_numbers_otherwise_is_found() -> None:
    policies = sample(second='article 9 "Nine"\nnote 9.1 background\n  | Be glad.\n')
    source = Source("source.txt", DOCUMENT.split("2. A chapter", maxsplit=1)[0] + "Nine. Be glad.\n")
    told = {each.code: each for each in audit_texts(policies, source).diagnostics}
    assert set(told) == {Code.NO_SUCH_SENTENCE, Code.OUTSIDE_ARTICLES}
    assert told[Code.NO_SUCH_SENTENCE].help.startswith(
        "its text stands at source.txt:7:7, which is no part of an article 9"
    )


def test_the_source_lies_in_the_folder_of_all_policies(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "vocabulary.policy").write_text(VOCABULARY, "utf-8")
    (tmp_path / "articles" / "one.policy").write_text('article 1 "A"\nnote 1.1 aim\n  | Grow.\n', "utf-8")
    (tmp_path / "source.txt").write_text("1. A. Grow.\n", "utf-8")
    assert audit(load_policies(tmp_path)).diagnostics == ()


def test_words_of_force_that_a_sentence_does_not_have() -> None:
    found = [
        (sentence.id, encoding.id) for sentence, encoding in audit(PolicySet(opinions())).words_not_in_their_sentence()
    ]
    assert found == [("3.3", "3.3"), ("20.7", "20.7"), ("22.2", "22.2/2"), ("22.6", "22.6")]
    text = DOCUMENT.split("2. A chapter", maxsplit=1)[0]
    (other,) = audit_texts(sample(), Source("source.txt", text)).words_not_in_their_sentence()
    assert other[1].id == "1.2/2"


REPEATED = DOCUMENT.split("2. A chapter", maxsplit=1)[0].replace(
    "They must be active!", "They must be active! Organizations grow."
)


def test_words_that_the_document_says_twice_are_quoted_twice() -> None:
    assert found(sample(), REPEATED) == [(Code.LEFT_OUT, "no statement quotes 1.3")]
    twice = POLICY.replace("article_2\n", "note 1.3 aim\n  | Organizations grow.\n")
    assert found(sample(twice), REPEATED) == []
    misnumbered = POLICY.replace("article_2\n", "note 1.4 aim\n  | Organizations grow.\n")
    assert found(sample(misnumbered), REPEATED) == [(Code.MISPLACED_SENTENCE, "1.4 quotes the sentence 1.3")]
    thrice = twice + "note 1.4 aim\n  | Organizations grow.\n"
    assert found(sample(thrice), REPEATED) == [(Code.DOUBLED_SENTENCE, "1.4 quotes 1.1, which 1.1 quotes already")]


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ("(1) Be large. (1) Be red.", "two sentences of the source have the number 2.1"),
        ("(1) Be large. (3) Be red.", "item (3) stands where (2) comes next"),
        ("(2) Be large. (3) Be red.", "item (2) stands where (1) comes next"),
    ],
)
def test_items_are_numbered_one_after_the_other(items: str, message: str) -> None:
    source = DOCUMENT.split("2. A chapter", maxsplit=1)[0] + f"2. Two. {items}\n"
    assert (Code.MISNUMBERED, message) in found(sample(), source)


@pytest.mark.parametrize(
    "line",
    [
        "2. Every organization must pay double dues",
        "(a) and every organization must pay;",
        "- every organization must pay",
        "每个组织必须付款。",
        "Every organization must pay…",
    ],
)
def test_text_that_does_not_look_like_a_heading_is_not_passed_over(line: str) -> None:
    source = DOCUMENT.split("2. A chapter", maxsplit=1)[0] + line + "\n"
    assert [code for code, _ in found(sample(), source)] == [Code.OUTSIDE_ARTICLES]


def test_remarks_quote_the_document() -> None:
    remark = 'tension t on 1.1, 1.2 "A title"\n  "1.1 says “organizations shrink” and 1.2 “must be … active”."\n  treatment "Both."\n'
    policies = sample(POLICY.replace("article_2\n", remark))
    assert found(policies) == [(Code.ALTERED_SENTENCE, "the source does not say “organizations shrink”")]


@pytest.mark.parametrize(("other", "shown"), [("be  active!", "be␣␣active!"), ("be\u00a0active!", "be<U+00A0>active!")])
def test_spaces_that_differ_can_be_seen(other: str, shown: str) -> None:
    text = DOCUMENT.split("2. A chapter", maxsplit=1)[0].replace("be active!", other)
    (diagnostic,) = audit_texts(sample(), Source("source.txt", text)).diagnostics
    assert shown in str(diagnostic)


def test_a_slip_in_one_number_does_not_hide_the_other_articles() -> None:
    text = document().text.replace("\n9. Establish", "\n99. Establish")
    told = [(each.code, each.message) for each in audit_texts(opinions(), Source("source.txt", text)).diagnostics]
    assert told == [
        (Code.NO_SUCH_SENTENCE, "the source has no sentence 9.1"),
        (Code.NO_SUCH_SENTENCE, "the source has no sentence 9.2"),
        (Code.OUTSIDE_ARTICLES, "a second article, or one out of order, has the number 99"),
    ]


@given(st.lists(st.integers(1, 30), max_size=12))
def test_articles_are_the_longest_row_of_rising_numbers(numbers: list[int]) -> None:
    text = "\n\n".join(f"{number}. Title. It must be so." for number in numbers)
    found = [heading.number for heading in read_document(Source("source.txt", text)).headings]
    assert found == sorted(set(found))
    every = itertools.chain.from_iterable(itertools.combinations(numbers, n) for n in range(len(numbers) + 1))
    assert len(found) == max(len(row) for row in every if list(row) == sorted(set(row)))


def test_notes_that_have_a_word_of_force() -> None:
    assert list(audit(PolicySet(opinions())).notes_with_a_word_of_force()) == []
    policies = sample('article 1 "The purpose"\nnote 1.2 aim\n  | They must be active!\n')
    text = DOCUMENT.split("2. A chapter", maxsplit=1)[0]
    assert [each.id for each in audit_texts(policies, Source("source.txt", text)).notes_with_a_word_of_force()] == [
        "1.2"
    ]


def test_from_python_a_policy_set_and_a_file_are_enough(tmp_path: Path) -> None:
    policies = PolicySet(opinions())
    assert audit(policies).as_dict() == audit(policies, shipped() / "source.txt").as_dict()
    assert audit(policies).diagnostics == ()
    for wrong in (
        lambda: audit(policies.model),
        lambda: audit(policies, tmp_path / "none.txt"),
        lambda: audit(PolicySet(sample())),
    ):  # type: ignore[arg-type]
        with pytest.raises(RulesError):
            wrong()


def test_a_source_without_articles() -> None:
    assert found(sample(), "Nothing here.\n") == [(Code.NO_SENTENCES, "the source has no numbered articles")]


def test_both_texts_stand_one_above_the_other(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text(DOCUMENT, "utf-8")
    policies = sample(POLICY.replace("article_2\n", "").replace("| active!", "| idle!"))
    (diagnostic,) = audit_texts(policies, Source("source.txt", DOCUMENT.split("2. A", maxsplit=1)[0])).diagnostics
    assert str(diagnostic).split("\n") == [
        "one.policy:6:5: error A002: 1.2 does not quote its sentence to the letter",
        "  in norm 1.2",
        "  source 1.2  | They must be active!",
        "  policy 1.2  | They must be idle!",
        "              |              ^^^^^^^",
        "  help: read again what rests on it: 1.2, 1.2/2; the sentence stands at source.txt:5:37",
    ]
