"""What an interview shows: the question and why it is asked, what an answer settled, and how it stands at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Page, Part
from sopb_rules.apps.text.words import BAD, OPEN, QUIET, STATUS, VERDICTS, listing
from sopb_rules.diagnostics import Diagnostic
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.report import Standing
from sopb_rules.interview.open import Found
from sopb_rules.interview.question import Form, Question, Waiting, whom
from sopb_rules.interview.reading import entity_of, names_entries
from sopb_rules.interview.session import Progress
from sopb_rules.predicates.verdicts import Verdict

#: Of a sentence that is told in short, so many characters.
_SHORT = 120
#: More findings than this that came to the same are told in one line.
_FEW = 3
#: No more than these are named in one line.
_NAMED = 12

HELP = (
    ("yes, 3, …", "an answer of the kind that is named below the question"),
    ("why", "the sentences that the question is asked for, in full"),
    ("back", "take back the last answer; again for the one before"),
    ("skip", "ask later, after all other questions"),
    ("don't know", "nobody can say: kept as `unknown`, and not asked again"),
    ("stop", "leave; every answer is in the file already"),
    ("help or ?", "this list; an answer that is such a word is put in double quotes"),
)


def print_help(page: Page) -> None:
    """What can be typed."""
    for word, meaning in HELP:
        page.row(word, meaning, indent=2, column=14)


def print_progress(page: Page, progress: Progress) -> None:
    """How far the interview has come, as a line that parts it from what stands above."""
    togo = f"about {counted(progress.expected, 'question')} to go" if progress.expected else "no questions to go"
    stuck = f" ({progress.stuck} cannot be)" if progress.stuck else ""
    page.rule(f"{progress.settled} of {progress.every} settled{stuck}, {togo}")


def print_question(page: Page, question: Question, article: str) -> None:
    """A question, with what can be answered and the first reason why it is asked."""
    about = f"{question.about} — " if question.about else ""
    page.line((f"{about}article {question.article}, {article}", QUIET))
    page.line((question.text[:1].upper() + question.text[1:], "bold"))
    judged = f"; to be judged by {question.assessor}" if question.assessor else ""
    page.line(f"{_answers(question)}{judged}", indent=2)
    for number, (name, label) in enumerate(question.choices.items(), 1):
        same = label == name or question.form is Form.CHOICE
        page.row(f"{number}", label if same else f"{name} — {label}", indent=2, column=4)
    first, more = question.waiting[0], len({each.name for each in question.waiting}) - 1
    others = f", and {more} more" if more > 0 else ""
    page.line((f"for {_name(first)}{others}: “{_shortened(first.text)}”", QUIET), indent=2)


def _answers(question: Question) -> str:
    """What can be answered, in words."""
    none = ", or none" if question.may_be_absent else ""
    match question.form:
        case Form.CHOICE:
            return f"one of these, by its number or name{none}:"
        case Form.REFERENCE if question.choices:
            return f"one of these, by its number or id; or new and an id, to list another{none}:"
        case Form.REFERENCE:
            return f"new and an id like riverside, to list one{none}"
        case Form.ENTRIES if entity_of(question).listed:
            return "their ids, with commas between them, or none"
        case Form.ENTRIES if names_entries(question):
            return "how many, or their names with commas between them; 0 where there are none"
        case Form.ENTRIES:
            return "how many; 0 where there are none"
        case _:
            return question.expected


def _name(waiting: Waiting) -> str:
    return (
        f"{waiting.name.replace('_', ' ')} (possible breach)"
        if waiting.may_be_breach
        else waiting.name.replace("_", " ")
    )


def _shortened(text: str) -> str:
    if len(text) <= _SHORT:
        return text
    return text[: text.rfind(" ", 0, _SHORT)].rstrip(" ,;:") + " …"


def print_why(page: Page, question: Question) -> None:
    """All that waits for the answer, with the sentences in full; each sentence once."""
    page.line(f"{counted(len(question.waiting), 'verdict waits', 'verdicts wait')} for the answer:", indent=2)
    told: dict[str, list[str]] = {}
    for each in question.waiting:
        names = told.setdefault(each.text, [])
        if _name(each) not in names:
            names.append(_name(each))
    for text, names in told.items():
        page.line((listing(names), OPEN if "breach" in names[0] else ""), indent=2)
        page.quote(text, indent=4)


def print_mistake(page: Page, diagnostics: Iterable[Diagnostic]) -> None:
    """Why an answer is none, as state files are told."""
    for each in diagnostics:
        page.line((each.message, BAD), indent=2)
        if each.expected:
            page.line(f"expected: {each.expected}", indent=2)
        if each.help:
            page.line((f"help: {each.help}", "cyan"), indent=2)


# ---- what was settled ---------------------------------------------------------------------------------------


def print_settled(page: Page, settled: Sequence[Found], dropped: int) -> None:
    """What an answer settled: a line for each finding, or one for many that came to the same."""
    by_verdict: dict[Verdict, list[Found]] = {}
    for found in settled:
        by_verdict.setdefault(found.verdict, []).append(found)
    for verdict, group in by_verdict.items():
        if len(group) <= _FEW:
            for found in group:
                mark = VERDICTS[verdict.value]
                page.row((page.sign(mark.sign, mark.plain), mark.style), _became(found), indent=2, column=2)
        else:
            _print_many(page, verdict, group)
    if dropped:
        what = "norm concerns" if dropped == 1 else "norms concern"
        page.row((page.sign("–", "-"), QUIET), f"{dropped} {what} what is not there", indent=2, column=2)


def _print_many(page: Page, verdict: Verdict, group: Sequence[Found]) -> None:
    mark = VERDICTS[verdict.value]
    names = list(dict.fromkeys(found.norm if isinstance(found, Finding) else found.decision for found in group))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    word = "do not apply" if verdict is Verdict.NOT_APPLICABLE else f"are {mark.word}"
    parts: list[Part] = [f"{counted(len(group), 'verdict')}: {', '.join(names[:_NAMED])}{more} {word}"]
    page.row((page.sign(mark.sign, mark.plain), mark.style), *parts, indent=2, column=2)


def _became(found: Found) -> str:
    where = f" for {whom(found.record)}" if found.record.holder is not None else ""
    if isinstance(found, DecisionFinding):
        label = found.model.kind.values[found.value] if found.value is not None else VERDICTS[found.verdict.value].word
        return f"{found.model.label}: {label}"
    word = VERDICTS[found.verdict.value].word
    return (
        f"{found.norm} {word}{where}" if found.verdict is Verdict.NOT_APPLICABLE else f"{found.norm} is {word}{where}"
    )


# ---- the end ------------------------------------------------------------------------------------------------


def print_standing(page: Page, standing: Standing) -> None:
    """How a listed entity stands, in short."""
    mark = STATUS[standing.status]
    page.line((standing.subject.display, "bold"), ": ", mark.on(page))
    for what, findings, style in (
        ("breached", standing.breaches, BAD),
        ("may still be breached", standing.undetermined, OPEN),
        ("fallen short of", standing.shortfalls, ""),
        ("opportunities", standing.opportunities, ""),
        ("open options", standing.options, ""),
        ("others still owe it", standing.owed_by_others, ""),
    ):
        if findings:
            names = ", ".join(dict.fromkeys(finding.norm for finding in findings))
            page.row((what, style), names, indent=2, column=24)
