"""Each mistake of a policy is told once, at its place, with a help line. The place stands between « and » in the text."""

from __future__ import annotations

import pytest

from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.load import check
from sopb_rules.source import Source
from tests.model.reading import ARTICLE, VOCABULARY, norm

QUOTE = "  | It must be so.\n"
DUTY = "  the committee must\n    active\n"
CASE = "    | So.\n"


def means(condition: str, about: str = "organization") -> str:
    return f"define d about {about}\n  means {condition}\n"


def duty(condition: str) -> str:
    return norm("8.1", f"the committee must\n  {condition}")


NAMES = [
    # N001 unknown name
    (Code.UNKNOWN_NAME, means("«member» is at least 3"), "did you mean `members`?"),
    (Code.UNKNOWN_NAME, means("home.«has_ofice»"), "did you mean `has_office`?"),
    (Code.UNKNOWN_NAME, means("members.«x»"), ""),
    (Code.UNKNOWN_NAME, means("any x in changes where (x.«sort» is branch)"), "facts of change"),
    (Code.UNKNOWN_NAME, means("number of «changs» is 1"), "did you mean `changes`?"),
    (Code.UNKNOWN_NAME, means("members is «enough»"), "facts of organization"),
    (Code.UNKNOWN_NAME, "entity thing\n  fit judgement by «comittee»\n", "did you mean `committee`?"),
    (Code.UNKNOWN_NAME, "parameter p count\n  judged by «comittee»\n", "did you mean `committee`?"),
    # N002 doubled name
    (Code.DOUBLED_NAME, "role «committee»\n", "it also stands at vocabulary.policy:5:6"),
    (Code.DOUBLED_NAME, "kind «form»\n  a, b\n", "it also stands at"),
    (Code.DOUBLED_NAME, "entity «organization»\n  x yes/no\n", "it also stands at"),
    (Code.DOUBLED_NAME, "entity «form»\n  x yes/no\n", "choose another name"),
    (Code.DOUBLED_NAME, "entity «committee»\n  x yes/no\n", "choose another name"),
    (Code.DOUBLED_NAME, "entity thing\n  x yes/no\n  «x» count\n", ""),
    (Code.DOUBLED_NAME, "entity thing\n  «id» text\n", "choose another name"),
    (Code.DOUBLED_NAME, "entity thing\n  «judgements» text\n", "choose another name"),
    (Code.DOUBLED_NAME, "kind sort\n  a, «a»\n", ""),
    (
        Code.DOUBLED_NAME,
        "parameter p count is 1\n\nparameter «p» count is 2\n",
        "it also stands at article.policy:3:11",
    ),
    (
        Code.DOUBLED_NAME,
        means("active") + "\n" + means("fit").replace("d about", "«d» about"),
        "it also stands at article.policy:3:8",
    ),
    (Code.DOUBLED_NAME, "define «active» about organization\n  means fit\n", "choose another name"),
    (Code.DOUBLED_NAME, means("any «home» in changes where (active)"), "choose another name"),
    (Code.DOUBLED_NAME, means("any x in changes where (any «x» in changes where (active))"), "choose another name"),
    (Code.DOUBLED_NAME, means("any «organization» in changes where (active)"), "choose another name"),
    # N003 … N008
    (Code.UNKNOWN_TYPE, "entity thing\n  x «organisation»\n", "did you mean `organization`?"),
    (Code.UNKNOWN_TYPE, "parameter p «frm» is a\n", "did you mean `form`?"),
    (
        Code.UNKNOWN_TYPE,
        f"decision 8 x about organization gives «frm»\n  case 8.1 gives branch when active\n{CASE}",
        "did you mean `form`?",
    ),
    (Code.UNKNOWN_VALUE, means("kind is «brunch»"), "did you mean `branch`?"),
    (Code.UNKNOWN_VALUE, means("kind is one of branch, «county»"), "values: branch, general_branch"),
    (Code.UNKNOWN_VALUE, "parameter p form is «brunch»\n", "did you mean `branch`?"),
    (
        Code.UNKNOWN_VALUE,
        f"decision 8 x about organization gives form\n  case 8.1 gives «brunch» when active\n{CASE}",
        "did you mean `branch`?",
    ),
    (
        Code.UNKNOWN_BEARER,
        f"norm 8.1 about organization\n{QUOTE}  the «comittee» must\n    active\n",
        "did you mean `committee`?",
    ),
    (Code.UNKNOWN_NORM, means("«8.7» applies"), ""),
    (
        Code.UNKNOWN_NORM,
        duty("active") + norm("8.2", "when «8.3» is met\nthe committee must\n  active"),
        "article 8 has 8.1, 8.2",
    ),
    (Code.NOT_IN_SCOPE, duty("active") + means("«8.1» applies", "region"), "name a norm about the subject"),
    (Code.UNKNOWN_ENTITY, means("active", "«organisation»"), "did you mean `organization`?"),
    (Code.UNKNOWN_ENTITY, f"norm 8.1 about «regions»\n{QUOTE}{DUTY}", "did you mean `region`?"),
    (Code.UNKNOWN_ENTITY, "entity thing\n  x reference to «regions»\n", "did you mean `region`?"),
    (Code.UNKNOWN_ENTITY, "entity thing\n  x list of «regions»\n", "did you mean `region`?"),
]

TYPES = [
    # T001 wrong type
    (Code.WRONG_TYPE, means("«members is at least 50%»"), ""),
    (Code.WRONG_TYPE, means("«founded is before 3»"), ""),
    (Code.WRONG_TYPE, means("«income is 500»"), ""),
    (Code.WRONG_TYPE, means("«notice is 1 month»"), ""),
    (Code.WRONG_TYPE, means("«term is 30 days»"), ""),
    (Code.WRONG_TYPE, means("«name is kind»"), ""),
    (Code.WRONG_TYPE, means("«kind is level»"), ""),
    (Code.WRONG_TYPE, means("«office is home»"), ""),
    (Code.WRONG_TYPE, means("members plus «20%» is 3"), ""),
    (Code.WRONG_TYPE, means("founded plus «3» is today"), ""),
    (Code.WRONG_TYPE, means("founded plus «founded» is today"), ""),
    (Code.WRONG_TYPE, means("any x in «office» where (active)"), ""),
    (Code.WRONG_TYPE, means("number of «members» is 3"), ""),
    (Code.WRONG_TYPE, means("«office exists»"), "declare it `optional`"),
    (Code.WRONG_TYPE, means("«members is absent»"), "declare it `optional`"),
    (Code.WRONG_TYPE, means("«3 exists»"), ""),
    (Code.WRONG_TYPE, "parameter p count is «40%»\n", ""),
    (Code.WRONG_TYPE, "parameter p count is «many»\n", ""),
    (Code.WRONG_TYPE, "parameter p period in days is «1 month»\n", ""),
    # T002 wrong operator
    (Code.WRONG_OPERATOR, means("founded «is at least» 2024-01-01"), ""),
    (Code.WRONG_OPERATOR, means("members «is before» 3"), ""),
    (Code.WRONG_OPERATOR, means("kind «is at least» branch"), ""),
    (Code.WRONG_OPERATOR, means("level «is more than» county"), ""),
    (Code.WRONG_OPERATOR, means("name «is at least» name"), ""),
    (Code.WRONG_OPERATOR, means("home «is at least» home"), ""),
    (Code.WRONG_OPERATOR, means("«active is active»"), "write `active` or `not active`"),
    (Code.WRONG_OPERATOR, means("«fit is not fit»"), "write `fit` or `not fit`"),
    (Code.WRONG_OPERATOR, means("«members is one of 1, 2»"), "joined by `or`"),
    # T004 … T009
    (Code.NOT_A_CONDITION, means("«members»"), "compare it"),
    (Code.NOT_A_CONDITION, means("«party»"), "did you mean `party exists`?"),
    (Code.NOT_A_CONDITION, means("«today»"), "compare it"),
    (Code.NOT_A_CONDITION, means("active and «2 times members»"), "compare it"),
    (Code.NOT_LINEAR, means("2 times «notice» is 30 days"), ""),
    (Code.NOT_LINEAR, means("40% of «founded» is today"), ""),
    (Code.NOT_LINEAR, means("2 times «kind» is 1"), ""),
    (Code.OPEN_PARAMETER, "parameter p count\n\n" + means("«members is p»"), "judged by"),
    (Code.BAD_FACT_TYPE, "entity thing\n  x «optional list of region»\n", "a list may be empty"),
    (Code.BAD_FACT_TYPE, "entity thing\n  x «optional judgement by committee»\n", "a list may be empty"),
    (Code.BAD_FACT_TYPE, "entity thing\n  x list of organization by «region»\n", ""),
    (Code.BAD_FACT_TYPE, "entity thing\n  x list of organization by «members»\n", ""),
    (Code.BAD_FACT_TYPE, "parameter p «reference to region»\n", "count, number"),
    (Code.BAD_FACT_TYPE, "parameter p «yes/no»\n", "count, number"),
    # P010, which only the checker can tell
    (Code.BAD_LITERAL, means("founded is «2023-02-29»"), ""),
    (Code.BAD_LITERAL, means("founded is «2023-13-01»"), ""),
    (Code.BAD_LITERAL, means("members is «1234567890123456789012345678901»"), ""),
    (Code.BAD_LITERAL, means("income is «500 euro»"), ""),
    (Code.BAD_LITERAL, "parameter p date is «2023-04-31»\n", ""),
]

DOCUMENT = [
    (Code.DOUBLED_ID, duty("active") + duty("fit").replace("8.1", "«8.1»"), "it also stands at article.policy:3:6"),
    (Code.WRONG_ARTICLE, duty("active").replace("8.1", "«9.1»"), "begin with 8."),
    (Code.WRONG_ARTICLE, duty("active").replace("8.1", "«8»"), "write 8.1"),
    (Code.WRONG_ARTICLE, norm("8.1", "the committee must\n  (a) active\n  «(c) fit»"), "write (b)"),
    (Code.WRONG_ARTICLE, norm("8.1", "the committee must\n  «(b) active»\n  (b) fit"), "write (a)"),
    (
        Code.MISSING_FIRST,
        norm("8.1/2", "the committee must\n  active").replace("8.1/2", "«8.1/2»"),
        "number it after 8.1",
    ),
    (
        Code.MISSING_FIRST,
        duty("active") + norm("8.1/3", "the committee must\n  active").replace("8.1/3", "«8.1/3»"),
        "number it after",
    ),
    (Code.NUMBERING_GAP, duty("active") + norm("8.3", "the committee must\n  active").replace("8.3", "«8.3»"), ""),
    (Code.MISSING_QUOTE, f"norm «8.1» about organization\n{DUTY}", "begin with `|`"),
    (Code.MISSING_QUOTE, "note «8.1» aim\n", "begin with `|`"),
    (
        Code.MISSING_QUOTE,
        "decision 8 x about organization gives form\n  case «8.1» gives branch when active\n",
        "begin with `|`",
    ),
    (
        Code.MISSING_QUOTE,
        f"{duty('active')}norm 8.1/2 about organization\n  | «Again.»\n{DUTY}",
        "leave the bar lines out",
    ),
    (
        Code.MISSING_QUOTE,
        f"define «late» about organization\n{QUOTE}  means active\n",
        "write `define ARTICLE.SENTENCE late`",
    ),
    (Code.MISSING_QUOTE, "define «8.1» late about organization\n  means active\n", "begin with `|`"),
    (
        Code.MISSING_QUOTE,
        f"decision 8 x about organization gives form\n  case 8.1 gives branch when active\n{CASE}"
        "  case 8.1/2 gives branch when fit\n    | «Again.»\n",
        "leave the bar lines out",
    ),
    (
        Code.MISSING_FIRST,
        f"decision 8 x about organization gives form\n  case 8.1 gives branch when active\n{CASE}"
        "  case «8.1/3» gives branch when fit\n",
        "number it after 8.1",
    ),
    (
        Code.DOUBLED_ID,
        f"{duty('active')}define «8.1» late about organization\n{QUOTE}  means active\n",
        "it also stands",
    ),
    (
        Code.UNKNOWN_NORM,
        f'{duty("active")}tension x on 8.1, «8.2» "Both"\n  "Text."\n  treatment "None."\n',
        "article 8 has 8.1",
    ),
    (
        Code.DOUBLED_NAME,
        f'{duty("active")}gap x on 8.1 "A"\n  "B."\n  treatment "C."\noverlap «x» on 8.1 "A"\n  "B."\n  treatment "C."\n',
        "it also stands at",
    ),
    (Code.NOTE_KIND, f"note 8.1 «remark»\n{QUOTE}", ""),
    (
        Code.BAD_OVERRIDE,
        f"decision 8 x about organization gives form\n  case 8.1 gives branch when active, overriding «8.2»\n{CASE}",
        "",
    ),
    (
        Code.BAD_OVERRIDE,
        f"decision 8 x about organization gives form\n  case «8.1» gives branch when active, overriding 8.2\n{CASE}"
        f"  case 8.2 gives branch when fit, overriding 8.1\n{CASE}",
        "take one `overriding` out",
    ),
    (
        Code.UNCLASSIFIED_FORCE,
        f"norm 8.1 about organization\n{QUOTE}  the committee «is to»\n    active\n",
        "has the force of",
    ),
    (Code.DOUBLED_ID, 'article «8» "Again"\n', "it also stands at"),
]


@pytest.mark.parametrize(("code", "marked", "help"), [*NAMES, *TYPES, *DOCUMENT])
def test_a_mistake_is_told_once_and_at_its_place(code: Code, marked: str, help: str) -> None:
    text = f"{ARTICLE}\n{marked}"
    start, end = text.index("«"), text.index("»") - 1
    text = text.replace("«", "").replace("»", "")
    found = check([Source("vocabulary.policy", VOCABULARY), Source("article.policy", text)])[1]
    assert [diagnostic.code for diagnostic in found] == [code], "\n".join(map(str, found))
    (diagnostic,) = found
    span = diagnostic.span
    assert span is not None
    assert span.source.name == "article.policy"
    assert (span.line, span.column) == (text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    assert text[start:].startswith(span.text.split("\n")[0]) or span.text.startswith(text[start:end])
    assert help in diagnostic.help
    assert diagnostic.severity is (Severity.WARNING if code is Code.NUMBERING_GAP else Severity.ERROR)
    assert "«" not in diagnostic.message
    assert not diagnostic.message.endswith(".")


def test_every_code_of_names_types_and_the_document_is_tried() -> None:
    tried = {code for code, _, _ in [*NAMES, *TYPES, *DOCUMENT]}
    elsewhere = {Code.UNGUARDED, Code.CYCLE, Code.TOO_LARGE, Code.NO_VOCABULARY, Code.ARTICLE_HEADER, Code.EXAMPLE}
    elsewhere |= {Code.UNTRIED_CONDITION, Code.UNTRIED_THRESHOLD, Code.UNNOTICED_CHANGE}
    elsewhere |= {Code.TO_BE_WRITTEN, Code.NOT_LEFT_OPEN, Code.MEASURES}
    elsewhere |= {Code.LAYERS, Code.WRONG_LAYER, Code.TIGHTENING, Code.WEAKER_FORCE, Code.LOOSER}
    assert {code for code in Code if code.value[0] in "NTD"} == {
        code for code in tried | elsewhere if code.value[0] in "NTD"
    }


def test_a_set_without_a_vocabulary() -> None:
    (diagnostic,) = check([Source("a.policy", 'role committee "the committee"\n')])[1]
    assert diagnostic.code is Code.NO_VOCABULARY


def test_a_file_with_norms_begins_with_its_article() -> None:
    sources = [Source("vocabulary.policy", VOCABULARY), Source("a.policy", duty("active"))]
    (diagnostic,) = check(sources)[1]
    assert diagnostic.code is Code.ARTICLE_HEADER
    assert (diagnostic.span.line, diagnostic.span.column) == (1, 6)  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [1, 5])
def test_each_of_several_mistakes_is_told(count: int) -> None:
    text = ARTICLE + "\n" + "\n".join(f"define d{n} about organization\n  means nothing{n}\n" for n in range(count))
    found = check([Source("vocabulary.policy", VOCABULARY), Source("article.policy", text)])[1]
    assert [diagnostic.span.line for diagnostic in found] == [4 + 3 * n for n in range(count)]  # type: ignore[union-attr]
    assert {diagnostic.code for diagnostic in found} == {Code.UNKNOWN_NAME}
