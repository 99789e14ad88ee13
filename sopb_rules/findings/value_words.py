"""Values as people read them: with unit, and a kind's value with its label."""

from __future__ import annotations

import datetime
from decimal import Decimal

from sopb_rules.findings.counting import counted
from sopb_rules.findings.reasons import Value
from sopb_rules.states.records import ABSENT

#: A reader says of a period that it is two years, not 24 months.
_YEAR = 12


def shown(value: Value) -> str:
    """A value as a drafter would write it."""
    match value.type, value.value:
        case _, bool(held):
            return "yes" if held else "no"
        case _, held if held is ABSENT:
            return "absent"
        case "percent", Decimal() as share:
            sign, digits, exponent = share.as_tuple()
            assert isinstance(exponent, int)
            return f"{_digits(Decimal((sign, digits, exponent + 2)))}%"  # times 100, which would round
        case "money", Decimal() | int() as amount:
            text = format(amount, "f") if isinstance(amount, Decimal) else str(amount)
            return f"{text} {value.label}" if value.label else text
        case "days", int(days):
            return counted(days, "day")
        case "months", int(months):
            return counted(months // _YEAR, "year") if months and not months % _YEAR else counted(months, "month")
        case "list", int(entries):
            return counted(entries, "entry", "entries") if entries else "none"
        case "kind", str(word):
            return f"{word} ({value.label})" if value.label not in ("", word, word.replace("_", " ")) else word
        case "entry", str(path):
            return value.label or path
        case _, datetime.date() as date:
            return date.isoformat()
        case _, Decimal() as number:
            return format(number, "f")
        case _, held:
            return str(held)


def _digits(number: Decimal) -> str:
    """A number without the zeros that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
