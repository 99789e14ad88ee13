"""Examples that show what conditions do, on a page: by statement and condition, ready to paste."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET, listing, place
from sopb_rules.testing.coverage import SIDES
from sopb_rules.testing.trials import owner_name
from sopb_rules.testing.turning_examples import Condition, Ending, Found


def print_examples(page: Page, conditions: Sequence[Condition], called: str) -> None:
    """The examples of each statement; what stands between them are comments, so that all of it can be pasted."""
    for statement, group in groupby(conditions, lambda each: each.statement):
        page.blank()
        page.verbatim((owner_name(statement), "bold"), (f" — {place(str(statement.span))}", QUIET))
        told: set[str] = set()
        for condition in group:
            _print(page, condition, told)
    page.blank()
    page.verbatim(f"{called}: {summary(conditions)}")


def _print(page: Page, condition: Condition, told: set[str]) -> None:
    """A condition in a comment, with what there is to say of it, and its examples that were not told before."""
    page.blank()
    displays = list(dict.fromkeys(display for found in condition.found for display in found.displays))
    above = [each.title for each in displays if each.example and each.title in told]
    page.verbatim((f"  # {' '.join(condition.words.split())}", QUIET))
    for sentence in (*_above(above), *filter(None, map(_sentence, condition.found))):
        page.verbatim((f"  #   {sentence}", QUIET))
    for display in displays:
        if display.example and display.title not in told:
            told.add(display.title)
            for line in display.example.rstrip("\n").split("\n"):
                page.verbatim(line)
            page.blank()


def _above(titles: Sequence[str]) -> Iterator[str]:
    if titles:
        yield f"shown above too: {listing(f'“{each}”' for each in titles)}"


def _sentence(found: Found) -> str:
    """What was not found, or cannot be said; "" where examples say it."""
    what = "it turns the verdict alone" if found.side is None else f"a situation lies {SIDES[found.side]} its border"
    match found.ending:
        case Ending.NONE if found.side is None:
            return "proved: no two situations that differ in this alone have different verdicts"
        case Ending.NONE:
            return f"proved: no situation lies {SIDES[found.side or 0]} its border"
        case Ending.UNDECIDED:
            return f"open whether {what}: {found.reason}"
        case Ending.MISMATCH:
            return f"the solver and the evaluation disagree on whether {what}, which is a mistake of sopb"
        case _ if not all(display.example for display in found.displays):
            return f"{what}; no example can say so, `--format json` has the state"
        case _:
            return ""


def summary(conditions: Sequence[Condition]) -> str:
    """How many examples there are, and how much is proved not to exist or not decided."""
    found = [each for condition in conditions for each in condition.found]
    examples = {(each.name, display.example) for each in conditions for one in each.found for display in one.displays}
    statements = len({each.name for each in conditions})
    counts = [
        f"{counted(sum(bool(text) for _, text in examples), 'example')} for {counted(len(conditions), 'condition')}"
    ]
    for ending, words in _COUNTED.items():
        if number := sum(each.ending is ending for each in found):
            counts.append(f"{number} {words}")
    return f"{counted(statements, 'statement')}: {', '.join(counts)}"


_COUNTED = {
    Ending.NONE: "proved to be impossible",
    Ending.UNDECIDED: "not decided",
    Ending.MISMATCH: "where the solver and the evaluation disagree, which is a mistake of sopb",
}
