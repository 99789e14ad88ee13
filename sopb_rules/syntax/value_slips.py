"""Values that are written as elsewhere: dates in another order, numbers with commas, spaces or words, shares as fractions.

Each function is a rule of `sopb_rules.syntax.mistakes`: a diagnostic where it finds its sort of mistake, else None.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal

from sopb_rules.diagnostics import Diagnostic
from sopb_rules.syntax.stop import Stop

_DATE = re.compile(r"(?<![\w./-])(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2\d{4})(?![\w/-])")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE_IN_WORDS = re.compile(
    rf"(?<![\w.])(?:{_DAY}[ \t]+(?:of[ \t]+)?{_MONTH},?[ \t]+(?P<year>\d{{4}})"
    rf"|{_MONTH.replace('month', 'month2')}[ \t]+{_DAY.replace('day', 'day2')},?[ \t]+(?P<year2>\d{{4}}))(?![\w.])"
)
_COMMA_NUMBER = re.compile(r"(?<![\w.,-])(\d+(?:,\d{3})*),(\d+)(?![\w-])")
#: Thousands by points and a decimal comma.
_POINTED_NUMBER = re.compile(r"(?<![\w.,-])(\d{1,3}(?:\.\d{3})+),(\d+)(?![\w-])")
_SPACED_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:[ \t]\d{3})+(?![\w.,-])")
_POWERS = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9}
_NUMBER_IN_WORDS = re.compile(
    r"(?<![\w.,-])(\d+(?:\.\d+)?)[ \t]+(hundred|thousand|million|billion)s?\b([ \t]+[a-z]\w*)?"
)
_SIGNED_AMOUNT = re.compile(r"([¥￥$€£])[ \t]*(\d[\d,]*(?:\.\d+)?)|(?<![\w.])(\d+(?:\.\d+)?)[ \t]*([¥￥$€£])")
_CURRENCIES = {"¥": "yuan", "￥": "yuan", "$": "dollar", "€": "euro", "£": "pound"}
_APART_PERCENTAGE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?:[ \t]+%|[ \t]*percent\b([ \t]+of\b)?)")
_TIMES_PERCENTAGE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?%)[ \t]+(?:times|\*|x)[ \t]+([a-z][\w.]*)")
_FRACTION = re.compile(r"(?<![\w./-])(\d{1,6})/(\d{1,6})(?![\w/])(?:[ \t]+(?:of|times|\*)[ \t]+([a-z][\w.]*))?")
_HYPHENED_ID = re.compile(r"(?<=[ \t])(\d+)-(\d+(?:[.-]\d+)*)(?![\w/])")


def date(stop: Stop) -> Diagnostic | None:
    """A date in another order than year, month and day, without its zeros, or with the name of its month."""
    if (words := stop.around(_DATE_IN_WORDS, 40)) is not None and (named := _named_day(words)) is not None:
        return stop.diagnostic(f"`{words[0]}` is no date", words.start(), words.end(), help=f"write `{named}`")
    match = stop.around(_DATE, 10)
    if match is None or re.fullmatch(r"\d{4}-\d\d-\d\d", match[0]):
        return None
    day = _day(match[0])
    help = f"write `{day}`" if day else "write the year, the month and the day, as in 2026-11-01"
    return stop.diagnostic(f"`{match[0]}` is no date", match.start(), match.end(), help=help)


def _named_day(match: re.Match[str]) -> datetime.date | None:
    month = (match["month"] or match["month2"]).lower()
    numbers = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(month)]
    if len(numbers) != 1:
        return None
    try:
        return datetime.date(int(match["year"] or match["year2"]), numbers[0], int(match["day"] or match["day2"]))
    except ValueError:
        return None


def _day(text: str) -> datetime.date | None:
    """The only day that a date can mean; None where its day and its month could be either."""
    first, second, third = map(int, re.split(r"[./-]", text))
    if len(text.split(text.strip("0123456789")[0])[0]) == 4:
        candidates = [(first, second, third)]
    elif "." in text:  # a point stands in dates that begin with the day
        candidates = [(third, second, first)]
    else:
        candidates = [(third, second, first), (third, first, second)]
    days = set()
    for candidate in candidates:
        try:
            days.add(datetime.date(*candidate))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def number(stop: Stop) -> Diagnostic | None:
    """A number with commas, points, spaces or a word in it."""
    if (match := stop.around(_POINTED_NUMBER, 30)) is not None:
        return _no_number(stop, match, match[1].replace(".", "") + "." + match[2])
    if (match := stop.around(_COMMA_NUMBER, 20)) is not None:
        thousands = len(match[2]) == 3 and not stop.accepted & {"ABOUT", "GIVES"}
        whole = match[1].replace(",", "")
        return _no_number(stop, match, whole + match[2] if thousands else f"{whole}.{match[2]}")
    if (match := stop.around(_SPACED_NUMBER, 30)) is not None:
        return _no_number(stop, match, re.sub(r"\s", "", match[0]))
    if (match := stop.around(_NUMBER_IN_WORDS, 40)) is not None:
        exact = format(Decimal(match[1]).scaleb(_POWERS[match[2]]).normalize(), "f")
        unit = re.sub(r"\s+", " ", match[3] or "") if stop.text[match.end(2) : stop.offset].isspace() else ""
        return _no_number(stop, match, exact + unit)
    return None


def _no_number(stop: Stop, match: re.Match[str], instead: str) -> Diagnostic:
    return stop.diagnostic(f"`{match[0]}` is no number", match.start(), match.end(), help=f"write `{instead}`")


def amount(stop: Stop) -> Diagnostic | None:
    """An amount with the sign of a currency."""
    match = stop.around(_SIGNED_AMOUNT, 30)
    if match is None:
        return None
    sign, digits = match[1] or match[4], (match[2] or match[3]).replace(",", "")
    message = f"`{match[0]}` is no amount"
    help = f"the name of the currency stands behind the number: write `{digits} {_CURRENCIES[sign]}`"
    return stop.diagnostic(message, match.start(), match.end(), help=help)


def percentage(stop: Stop) -> Diagnostic | None:
    """`40 % of x`, `40 percent of x` or `40% times x`."""
    if (match := stop.around(_APART_PERCENTAGE, 30)) is not None:
        message = f"`{match[0]}` is no percentage"
        return stop.diagnostic(message, match.start(), match.end(), help=f"write `{match[1]}%{match[2] or ''}`")
    if (match := stop.around(_TIMES_PERCENTAGE, 30)) is not None:
        help = f"write `{match[1]} of {match[2]}`"
        return stop.at_found(f"`{stop.found}` does not fit here", help=help)
    return None


def fraction(stop: Stop) -> Diagnostic | None:
    """`1/2 of x`: a share is a percentage."""
    match = stop.around(_FRACTION, 20)
    if match is None or int(match[2]) == 0 or stop.accepted & {"ABOUT", "GIVES"}:
        return None
    hundredths = Decimal(100 * int(match[1])) / int(match[2])
    of = f" of {match[3]}" if match[3] else ""
    exact = hundredths * int(match[2]) == 100 * int(match[1])
    help = f"write `{format(hundredths.normalize(), 'f')}%{of}`" if exact else "write a percentage, as in `40% of x`"
    end = match.end(2)
    return stop.diagnostic(f"`{stop.text[match.start() : end]}` is no share", match.start(), end, help=help)


def hyphened_id(stop: Stop) -> Diagnostic | None:
    """`9-1` for the sentence 9.1."""
    match = stop.around(_HYPHENED_ID, 10)
    if match is None or re.match(r"[ \t]*(norm|note|case|decision|define)\b", stop.text[stop.line_start :]) is None:
        return None
    message = f"`{match[0]}` is no number of a sentence"
    help = f"write `{match[0].replace('-', '.')}`"
    return stop.diagnostic(message, match.start(), match.end(), help=help)


RULES: tuple[Callable[[Stop], Diagnostic | None], ...] = (date, hyphened_id, number, amount, percentage, fraction)
