"""Single values by type: what is accepted, as which value, and what is refused with which words."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.diagnostics import Code
from sopb_rules.model.vocabulary import Count, Date, Days, Money, Months, Number, Percent, Text, Vocabulary, YesNo
from sopb_rules.states.nodes import Scalar, from_python
from sopb_rules.states.records import ABSENT
from sopb_rules.states.scalars import Mistake, read_scalar
from tests.states.reading import mistake, organization, python_organization

D = Decimal


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("dissolved", "yes", True),
        ("dissolved", "true", True),
        ("dissolved", "No", False),
        ("dissolved", "FALSE", False),
        ("formal_members", "0", 0),
        ("formal_members", "9" * 30, 10**30 - 1),
        ("score", "-2.50", D("-2.5")),
        ("score", "12", D(12)),
        ("score", "9" * 30 + "." + "9" * 30, D("9" * 30 + "." + "9" * 30)),
        ("score", "1.5e3", D(1500)),
        ("score", "-0.00", D(0)),
        ("member_share", "40%", D("0.4")),
        ("member_share", '"12.5 %"', D("0.125")),
        ("member_share", "0." + "1" * 30 + "%", D("0.00" + "1" * 30)),
        ("dues", "499.50", D("499.5")),
        ("dues", "500 yuan", D(500)),
        ("dues", '"500 yuan"', D(500)),
        ("registered_on", "2024-02-29", datetime.date(2024, 2, 29)),
        ("registered_on", '"0001-01-01"', datetime.date(1, 1, 1)),
        ("notice", "1 day", 1),
        ("notice", "'30 days'", 30),
        ("term", "6 months", 6),
        ("term", "2 years", 24),
        ("term", "1 year 6 months", 18),
        ("name", "NO", "NO"),
        ("name", "012", "012"),
        ("name", "1e3", "1e3"),
        ("name", "true", "true"),
        ("name", '"unknown"', "unknown"),
        ("name", '"absent"', "absent"),
        ("kind", "foundation", "foundation"),
        ("kind", '"foundation"', "foundation"),
        ("mood", '"unknown"', "unknown"),
        ("mood", "absent", "absent"),
    ],
)
def test_accepted(vocabulary: Vocabulary, fact: str, text: str, value: object) -> None:
    read = organization(vocabulary, f"{fact}: {text}")
    assert read.get(fact) == value
    assert type(read.get(fact)) is type(value)
    assert not read.stated[fact].unknown


def test_exact_values_are_written_out(vocabulary: Vocabulary) -> None:
    assert str(organization(vocabulary, "member_share: 40%").get("member_share")) == "0.4"
    assert str(organization(vocabulary, "score: 1.5e3").get("score")) == "1500"
    assert str(organization(vocabulary, "score: 2.50").get("score")) == "2.5"


@pytest.mark.parametrize(
    ("fact", "text", "says", "helps"),
    [
        ("dissolved", "maybe", "neither yes nor no", ""),
        ("dissolved", "'yes'", "so it is a text", "without quotes"),
        ("dissolved", "1", "neither yes nor no", ""),
        ("formal_members", "-3", "is below 0", ""),
        ("formal_members", "2.5", "not a whole number", ""),
        ("formal_members", '"5"', "the text `5` stands for a number", "write 5 without quotes"),
        ("formal_members", "007", "not a whole number", "without zeros in front"),
        ("formal_members", "1_000", "not a whole number", "write 1000"),
        ("formal_members", "0x10", "not a whole number", ""),
        ("formal_members", "٣", "not a whole number", ""),
        ("formal_members", "３", "not a whole number", "write 3"),
        ("formal_members", "“3”", "not a whole number", "write 3"),
        ("formal_members", "yes", "is yes or no, not a number", ""),
        ("formal_members", "9" * 31, "more than 30 digits", ""),
        ("formal_members", "|\n  5", "stands for a number|not a whole number", ""),
        ("score", ".5", "not a number", "both sides of the point"),
        ("score", ".nan", "not a number", ""),
        ("score", ".inf", "not a number", ""),
        ("score", "NaN", "not a number", ""),
        ("score", "1,5", "not a number", "write 1.5"),
        ("score", '"2.5"', "stands for a number", "without quotes"),
        ("score", "9" * 31, "more than 30 digits", ""),
        ("score", "0." + "0" * 30 + "1", "more than 30 digits", ""),
        ("score", "1e30", "more than 30 digits", ""),
        ("score", "1e999999999", "more than 30 digits", ""),
        ("score", "1e-31", "more than 30 digits", ""),
        ("member_share", "40", "has no percent sign", "write 40%"),
        ("member_share", "0.4", "has no percent sign", ""),
        ("member_share", "8 percent", "not a percentage", "write 8%"),
        ("member_share", "8％", "not a percentage", "write 8%"),
        ("member_share", "many%", "not a percentage", ""),
        ("dues", "500 euro", "is not in yuan", ""),
        ("dues", '"500"', "stands for a number", "without quotes"),
        ("dues", "1,000 yuan", "not a number", "write 1000 yuan"),
        ("dues", "1,000", "not a number", "write 1000, without marks"),
        ("dues", "¥500", "not a number", "write 500 yuan"),
        ("dues", "500 RMB", "is not in yuan", "write 500 yuan"),
        ("dues", "500元", "not a number", "write 500 yuan"),
        ("registered_on", "2026-02-31", "February 2026 has 28 days", ""),
        ("registered_on", "2024-02-30", "February 2024 has 29 days", ""),
        ("registered_on", "2026-13-01", "there is no month 13", ""),
        ("registered_on", "2026-04-00", "April 2026 has 30 days", ""),
        ("registered_on", "0000-01-01", "years start at 0001", ""),
        ("registered_on", "2026-1-1", "not a date", "write 2026-01-01: year, month and day with 4, 2 and 2 digits"),
        ("registered_on", "2026/1/31", "not a date", "write 2026-01-31"),
        ("registered_on", "2026年1月31日", "not a date", "write 2026-01-31"),
        ("registered_on", "20260131", "not a date", "write 2026-01-31"),
        ("registered_on", "2026/2/31", "not a date", "write year, month and day"),
        ("registered_on", "1/2/2026", "not a date", "write year, month and day"),
        ("registered_on", "2026-11-01T10:00:00", "time of day", "write 2026-11-01"),
        ("registered_on", "2026-11-01 10:00", "time of day", "write 2026-11-01"),
        ("registered_on", "yesterday", "not a date", ""),
        ("notice", "30", "not a period in days", "write 30 days"),
        ("notice", "-3 days", "not a period in days", ""),
        ("notice", "1 month", "in months", ""),
        ("notice", "9999999999 days", "more than 9 digits", ""),
        ("term", "6", "not a period in months", "write 6 months"),
        ("term", "30 days", "in days", ""),
        ("term", "6 months 1 year", "not a period in months", ""),
        ("name", '""', "the text is empty", ""),
        ("name", '"  "', "the text is empty", ""),
        ("name", r'"a\e[31m"', "control character", ""),
    ],
)
def test_refused(vocabulary: Vocabulary, fact: str, text: str, says: str, helps: str) -> None:
    found = mistake(Code.STATE_WRONG_VALUE, lambda: organization(vocabulary, f"{fact}: {text}"))
    assert any(words in found.message for words in says.split("|"))
    assert helps in found.help
    assert found.where == f"organization[o].{fact}"
    assert found.expected
    assert found.span is not None
    assert found.span.line == 3


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("foundaton", "did you mean `foundation`?"),
        ("Foundation", "did you mean `foundation`?"),
        ("social group", "did you mean `social_group`?"),
        ("Social-Group", "did you mean `social_group`?"),
        ("bank", "valid here: foundation, social_group"),
        ("null", ""),
    ],
)
def test_unknown_value_of_a_kind(vocabulary: Vocabulary, text: str, helps: str) -> None:
    code = Code.STATE_NOT_OPTIONAL if text == "null" else Code.STATE_UNKNOWN_VALUE
    found = mistake(code, lambda: organization(vocabulary, f"kind: {text}"))
    assert found.expected == "one of: social_group, foundation"
    assert helps in found.help


@pytest.mark.parametrize(
    ("fact", "given_value", "value"),
    [
        ("dissolved", True, True),
        ("formal_members", 5, 5),
        ("score", 5, D(5)),
        ("score", D("0.1"), D("0.1")),
        ("score", D("1E+2"), D(100)),
        ("member_share", D("0.4"), D("0.4")),
        ("member_share", "40%", D("0.4")),
        ("dues", D("1.50"), D("1.5")),
        ("dues", "500 yuan", D(500)),
        ("registered_on", datetime.date(2026, 1, 1), datetime.date(2026, 1, 1)),
        ("registered_on", "2026-01-01", datetime.date(2026, 1, 1)),
        ("notice", datetime.timedelta(days=3), 3),
        ("term", "2 years", 24),
        ("name", "absent", "absent"),
        ("name", "null", "null"),
        ("name", 17, "17"),
        ("reported_on", None, ABSENT),
        ("reported_on", ABSENT, ABSENT),
        ("reported_on", "absent", ABSENT),
    ],
)
def test_accepted_from_python(vocabulary: Vocabulary, fact: str, given_value: object, value: object) -> None:
    assert python_organization(vocabulary, **{fact: given_value}).get(fact) == value


@pytest.mark.parametrize(
    ("fact", "value", "helps"),
    [
        ("dissolved", 1, ""),
        ("dissolved", "yes", "without quotes"),
        ("formal_members", True, ""),
        ("formal_members", 5.0, "use an int"),
        ("formal_members", D("5.0"), ""),
        ("formal_members", "5", "without quotes"),
        pytest.param("formal_members", 10**5000, "", id="huge"),
        ("score", 0.1, "decimal.Decimal"),
        ("score", D("NaN"), ""),
        ("score", D("sNaN"), ""),
        ("score", D("Infinity"), ""),
        ("score", D("1E+999999"), ""),
        ("score", D("1." + "0" * 200), ""),
        ("score", True, ""),
        ("member_share", 0.4, "decimal.Decimal"),
        ("member_share", 1, "write 1%"),
        ("dues", 1.5, "decimal.Decimal"),
        ("registered_on", datetime.datetime(2026, 1, 1, 10), "write 2026-01-01"),
        ("notice", 30, "write 30 days"),
        ("notice", datetime.timedelta(hours=3), ""),
        ("notice", datetime.timedelta(days=-3), ""),
        ("term", datetime.timedelta(days=3), ""),
        ("name", 1.5, ""),
        ("name", True, ""),
        ("name", b"x", ""),
        ("name", "\ud800", ""),
        ("kind", object(), ""),
    ],
)
def test_refused_from_python(vocabulary: Vocabulary, fact: str, value: object, helps: str) -> None:
    found = mistake(Code.STATE_WRONG_VALUE, lambda: python_organization(vocabulary, **{fact: value}))
    assert helps in found.help
    assert found.where == f"organization[o].{fact}"
    assert found.span is None
    str(found).encode()


def test_long_texts_are_cut_in_messages(vocabulary: Vocabulary) -> None:
    found = mistake(Code.STATE_WRONG_VALUE, lambda: organization(vocabulary, "formal_members: " + "x" * 10_000))
    assert len(found.message) < 200


def test_without_a_currency_an_amount_is_a_bare_number() -> None:
    assert read_scalar(Money(), Scalar("5", plain=True), None) == D(5)
    assert isinstance(read_scalar(Money(), Scalar("5 yuan", plain=True), None), Mistake)


@given(st.integers(min_value=0, max_value=10**30 - 1))
def test_every_count_comes_back(number: int) -> None:
    assert read_scalar(Count(), Scalar(str(number), plain=True), None) == number
    assert read_scalar(Count(), _scalar(number), None) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=20, min_value=-(10**25), max_value=10**25))
def test_every_number_comes_back_exactly(number: Decimal) -> None:
    text = format(number, "f")
    assert read_scalar(Number(), Scalar(text, plain=True), None) == number
    assert read_scalar(Number(), _scalar(number), None) == number
    share = read_scalar(Percent(), Scalar(text + "%", plain=True), None)
    assert isinstance(share, Decimal)
    assert share.as_integer_ratio()[0] * 100 * number.as_integer_ratio()[1] == (
        number.as_integer_ratio()[0] * share.as_integer_ratio()[1]
    )


@given(st.dates())
def test_every_date_comes_back(date: datetime.date) -> None:
    assert read_scalar(Date(), Scalar(date.isoformat(), plain=True), None) == date


_TYPES: list[Any] = [YesNo(), Count(), Number(), Percent(), Money(), Date(), Days(), Months(), Text()]


@given(st.sampled_from(_TYPES), st.text() | st.from_regex(r"-?[0-9.eE]{1,80}%?( yuan| days?| months?)?"), st.booleans())
def test_any_text_is_a_value_or_a_mistake(type_: Any, text: str, plain: bool) -> None:
    value = read_scalar(type_, Scalar(text, plain), "yuan")
    if isinstance(value, Mistake):
        assert value.problem
        assert value.expected
    else:
        wanted: dict[type, type] = {YesNo: bool, Count: int, Days: int, Months: int, Date: datetime.date, Text: str}
        assert type(value) is wanted.get(type(type_), Decimal)


def _scalar(value: object) -> Scalar:
    node = from_python(value)
    assert isinstance(node, Scalar)
    return node
