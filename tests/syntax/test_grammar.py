"""The grammar as such: it builds without a conflict, and each form of a statement is read as what it is."""

from __future__ import annotations

import re

import pytest
from lark import Lark
from lark.exceptions import LarkError

from sopb_rules.source import Source
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.expectations import language_words
from sopb_rules.syntax.grammar import grammar_text
from sopb_rules.syntax.layout import TableLines
from sopb_rules.syntax.parse import parse, parser


def test_no_conflict_and_no_two_terminals_that_match_the_same() -> None:
    assert isinstance(parser(strict=True), Lark)


@pytest.mark.parametrize(
    ("written", "worse"),
    [
        ("INTEGER.2: /[0-9]+/", "INTEGER.3: /[0-9]+(\\.[0-9]+)?/"),
        ("| _sum EXISTS ", '| "(" expression ")" -> again\n | _sum EXISTS '),
    ],
)
def test_strictness_would_notice(written: str, worse: str) -> None:
    assert written in grammar_text()
    with pytest.raises(LarkError, match=r"(?i)collision|conflict"):
        Lark(
            grammar_text().replace(written, worse), parser="lalr", lexer="contextual", postlex=TableLines(), strict=True
        )


FORMS = {
    'vocabulary opinions "Opinions"\n  version "2025"\n  will has the force of should': t.VocabularyHeader,
    "vocabulary opinions": t.VocabularyHeader,
    "role secretary": t.RoleDeclaration,
    'role secretary "the secretary"': t.RoleDeclaration,
    "kind level township, county": t.KindDeclaration,
    'ordered kind level "level" from low to high\n  township "township"\n  county': t.KindDeclaration,
    "entity organization": t.EntityDeclaration,
    'entity organization "organization"\n  name text\n  kind kind "its kind" act': t.EntityDeclaration,
    'parameter term period in days "term"\n  judged by secretary': t.ParameterDeclaration,
    "parameter term count is 3": t.ParameterDeclaration,
    "parameter share percent\n  from 2020-01-01 is 40%\n  from 2024-01-01 is 35%": t.ParameterDeclaration,
    'article 8 "Establish"': t.ArticleHeader,
    "norm 8.1 about organization\n  the organization must\n    approved": t.NormDeclaration,
    "norm 8.1/2 about organization\n  the organization may\n    approved\n  provided\n    founded": t.NormDeclaration,
    "decision 6 body about organization gives kind\n  case 6.1 gives central": t.DecisionDeclaration,
    "define late about change\n  means approved": t.DefinitionDeclaration,
    "note 1.2 background\n  | Text.": t.NoteDeclaration,
    "note 1.2 background": t.NoteDeclaration,
    "define 1.1 late about change\n  | Text.\n  means approved": t.DefinitionDeclaration,
    'tension joint on 8.1, 10.2 "Joint"\n  "Text."\n  treatment "Both."': t.InterplayDeclaration,
    'measures "Riverside measures" under opinions': t.MeasuresHeader,
    'measures riverside "Riverside measures" under lakeside': t.MeasuresHeader,
    "set promptly is 30 days": t.ParameterSetting,
    "tighten 8.1": t.TighteningDeclaration,
    "tighten riverside:2.1/2\n  | Text.\n  unless riverside:2.1 applies": t.TighteningDeclaration,
    'tighten 8.2\n  provided\n    (a) "x"\n        founded\n  example "e"\n    then 8.2 is used': t.TighteningDeclaration,
    "tighten 8.1\n  the organization must\n    approved": t.TighteningDeclaration,
    "tighten 8.2\n  the organization may\n    approved\n  provided\n    founded": t.TighteningDeclaration,
    "facts of organization\n  sports yes/no act\n  size count": t.FurtherFacts,
    "facts of facts\n  tighten yes/no": t.FurtherFacts,
    "norm riverside:2.1 about organization\n  | Text.\n  the organization must\n    tighten": t.NormDeclaration,
    "define riverside:2.1 late about change\n  | Text.\n  means riverside": t.DefinitionDeclaration,
    "note riverside:2.2 aim\n  | Text.": t.NoteDeclaration,
    "set set from 2027-01-01 is under": t.ParameterSetting,
    'set a is 1\n  from 2027-01-01 is 2\n  | Text.\n  example "e"\n    then 8.1 is met': t.ParameterSetting,
    'gap on on 8.1 "A"\n  "B." "C."\n  treatment\n    "D." "E."': t.InterplayDeclaration,
}


@pytest.mark.parametrize("text", FORMS)
def test_each_statement(text: str) -> None:
    file, diagnostics = parse(Source("<text>", text))
    assert diagnostics == []
    assert [type(statement) for statement in file.statements] == [FORMS[text]]


FORCES = (
    "must", "must not", "should", "should not", "is encouraged to", "are encouraged to", "will", "is to", "are to",
    "may",
)  # fmt: skip


@pytest.mark.parametrize("force", FORCES)
def test_each_force(force: str) -> None:
    (norm,) = statements(f"norm 8.1 about organization\n  the organization {force}\n    approved")
    assert isinstance(norm, t.NormDeclaration)
    assert norm.force.text == force


CONDITIONS = {
    "approved": t.Holds,
    "organization.approved": t.Holds,
    "not approved": t.Not,
    "(approved)": t.Parenthesis,
    "a and b and c": t.Conjunction,
    "a or b": t.Disjunction,
    "a is 3": t.Compare,
    "a is not b": t.Compare,
    "a is at least 2.5": t.Compare,
    "a is at most 40%": t.Compare,
    "a is more than 30 days": t.Compare,
    "a is fewer than 6 months": t.Compare,
    "a is less than 500 yuan": t.Compare,
    "a is above county": t.Compare,
    "a is below county": t.Compare,
    "a is before 2026-11-01": t.Compare,
    "a is after today": t.Compare,
    "a is on or before b plus 1 year": t.Compare,
    "a is on or after b minus term": t.Compare,
    'a is "text"': t.Compare,
    "40% of a is at least 2 times b": t.Compare,
    "number of a is 0": t.Compare,
    "number of c in a where (c.late) is 0": t.Compare,
    "a is one of b, 3, yes": t.OneOf,
    "a exists": t.Exists,
    "a is absent": t.IsAbsent,
    "any c in a.b where (c.late and a)": t.Quantified,
    "every c in a satisfies (c.late)": t.Quantified,
    "8.1 applies": t.NormReference,
    "8.1/2 is met": t.NormReference,
    "8.1 is  unmet": t.NormReference,
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_each_condition(text: str) -> None:
    (definition,) = statements(f"define x about y\n  means {text}")
    assert isinstance(definition, t.DefinitionDeclaration)
    assert type(definition.expression) is CONDITIONS[text]


TYPES = {
    "yes/no": "basic", "count": "basic", "number": "basic", "percent": "basic", "money": "basic", "date": "basic",
    "text": "basic", "period in days": "basic", "period in months": "basic", "level": "named",
    "reference to region": "reference", "list of change": "list", "list of organization by region": "inverse",
    "judgement by secretary": "judgement",
}  # fmt: skip


@pytest.mark.parametrize("optional", ["", "optional "])
@pytest.mark.parametrize("text", TYPES)
def test_each_type(text: str, optional: str) -> None:
    (entity,) = statements(f"entity x\n  a {optional}{text}")
    assert isinstance(entity, t.EntityDeclaration)
    assert (entity.facts[0].type.form, entity.facts[0].type.optional) == (TYPES[text], bool(optional))


GIVENS = {
    "a is 3": t.Given,
    "a is absent": t.Given,
    "a is unknown": t.Given,
    "a is none": t.Given,
    "a exists": t.Given,
    "a.b are (c is 1, d exists) and (c is 2)": t.GivenRecords,
    "a is (c is 1)": t.GivenRecords,
    "today is 2026-11-01": t.GivenToday,
    "judgement 8.1 (a) is yes": t.GivenJudgement,
    "judgement 8.1 when is no": t.GivenJudgement,
    "judgement late is no": t.GivenJudgement,
    "judgement is yes": t.Given,
    "judgement exists": t.Given,
}


@pytest.mark.parametrize("text", GIVENS)
def test_each_given(text: str) -> None:
    (definition,) = statements(f'define x about y\n  means a\n  example "e"\n    given {text}\n    then x is yes')
    assert isinstance(definition, t.DefinitionDeclaration)
    assert [type(item) for item in definition.examples[0].givens] == [GIVENS[text]]


OUTCOMES = {
    "8.1 is met": ("met", None),
    "8.1 is unknown": ("unknown", None),
    "8.1 is exceeded": ("exceeded", None),
    "8.1 does not apply": ("not_applicable", None),
    "body is unknown": ("unknown", None),
    "body has no case": ("no_case", None),
    "body is in conflict": ("conflict", None),
    "body is open": ("", "open"),
}


@pytest.mark.parametrize("text", OUTCOMES)
def test_each_outcome(text: str) -> None:
    (definition,) = statements(f'define x about y\n  means a\n  example "e"\n    then {text}')
    assert isinstance(definition, t.DefinitionDeclaration)
    (outcome,) = definition.examples[0].outcomes
    assert (outcome.verdict, outcome.value.text if outcome.value else None) == OUTCOMES[text]


def test_each_keyword_can_be_spelt() -> None:
    assert {"must not", "is at least", "yes/no", "is encouraged to", "from low to high"} <= language_words()
    assert all(re.fullmatch(r"[a-z]+(?:[ /][a-z]+)*", word) for word in language_words())


# Words that open or join the parts of a norm; a forgotten condition is reported where it is missing.
RESERVED = frozenset({
    "and", "or", "not", "any", "every", "is", "are", "when", "unless", "the", "must", "should", "may", "will",
    "provided", "case", "gives", "means", "about", "example", "given", "then", "exists", "where", "satisfies",
    "applies", "in", "plus", "minus", "times", "today", "yes", "no",
})  # fmt: skip


@pytest.mark.parametrize("word", sorted(word for word in language_words() if word.isalpha() and word not in RESERVED))
def test_other_keywords_are_names_elsewhere(word: str) -> None:
    (definition,) = statements(f"define {word} about {word}\n  means {word}.{word} is {word} and {word} exists")
    assert isinstance(definition, t.DefinitionDeclaration)
    assert definition.name.text == word


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_reserved_words_are_no_names(word: str) -> None:
    assert parse(Source("<text>", f"define {word} about organization\n  means approved"))[1]
    assert parse(Source("<text>", f"define {word}_s about organization\n  means {word}d"))[1] == []


def test_digits_of_other_scripts_are_no_numbers() -> None:
    assert parse(Source("<text>", "define a about b\n  means c is ３"))[1]


def statements(text: str) -> tuple[t.Statement, ...]:
    file, diagnostics = parse(Source("<text>", text))
    assert diagnostics == []
    return file.statements


@pytest.mark.parametrize("force", ["may not", "will not"])
def test_a_negated_force_is_no_permission_to_leave_an_act_undone(force: str) -> None:
    _, (diagnostic,) = parse(
        Source("a.policy", f"norm 1.1 about library\n  | x\n  the library {force}\n    sells_data")
    )
    assert diagnostic.message == f"`{force}` is not a word of the language here"
    assert diagnostic.help == "write `must not` or `should not`, whichever the document says"
