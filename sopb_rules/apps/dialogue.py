"""The conversation of an interview: shows each question, reads what is typed, and does it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sopb_rules.apps.plural import counted
from sopb_rules.apps.state_file import StateFile
from sopb_rules.apps.terminal import Left, read_line
from sopb_rules.apps.text import interview as text
from sopb_rules.apps.text.page import Page
from sopb_rules.diagnostics import Diagnostic, RulesError
from sopb_rules.interview.open import Found
from sopb_rules.interview.question import Form, Question
from sopb_rules.interview.reading import Assessed, read_answer
from sopb_rules.interview.session import Interview
from sopb_rules.states.nodes import Scalar
from sopb_rules.states.scalars import Mistake, read_date

#: What is typed, by what it asks for. Straight and typographic apostrophes are the same.
_COMMANDS = {
    "help": "help", "?": "help", "why": "why", "back": "back", "skip": "skip", "later": "skip",
    "don't know": "unknown", "dont know": "unknown", "do not know": "unknown", "i don't know": "unknown",
    "unknown": "unknown", "stop": "stop", "quit": "stop", "exit": "stop",
}  # fmt: skip


class _Again(Exception):  # noqa: N818 - it is no error
    """The question is asked again, since its answer was not finished."""


class Dialogue:
    """One conversation.

    Args:
        interview: what asks.
        file: where the answers are kept.
    """

    def __init__(self, page: Page, interview: Interview, file: StateFile) -> None:
        self.page = page
        self.interview = interview
        self.file = file
        self._judges: dict[str, Assessed] = {}
        self._unknown = 0

    def run(self) -> None:
        """Ask until all is settled that can be, or the person leaves.

        Raises:
            RulesError: the file can no longer be written.
            OSError: likewise.
        """
        self.page.line(("Type an answer, or one of: why, back, skip, don't know, stop, help.", "dim"))
        try:
            while (question := self.interview.question()) is not None:
                text.print_progress(self.page, self.interview.progress)
                text.print_question(self.page, question, self._title(question))
                self._turn(question)
            self.page.rule("done")
            self.page.line("All is settled that can be.")
        except Left as left:
            if left.interrupted:
                self.page.line("")
        except KeyboardInterrupt:  # while the program was at work, and nobody was typing
            self.page.line("")

    def _title(self, question: Question) -> str:
        article = self.interview.policies.model.articles.get(question.article)
        return article.title if article is not None else ""

    def _turn(self, question: Question) -> None:
        """Read until the question is done with.

        Raises:
            Left: the person leaves.
        """
        while True:
            typed = read_line(self.page, "> ")
            command = _command(typed, question)
            match command:
                case "help":
                    text.print_help(self.page)
                case "why":
                    text.print_why(self.page, question)
                case "stop":
                    raise Left(interrupted=False)
                case "back":
                    if self.interview.back():
                        return
                    self.page.line("There is nothing to take back: this is the first answer.", indent=2)
                case "skip":
                    self.interview.skip()
                    return
                case _ if not typed:
                    self.page.line(
                        "Type an answer, or skip to be asked later; help lists what else there is.", indent=2
                    )
                case _:
                    if self._done(question, typed, command == "unknown"):
                        return

    def _done(self, question: Question, typed: str, unknown: bool) -> bool:
        """Keep an answer; False, with the mistake told, where it is none."""
        before = self.interview.findings()
        try:
            if unknown:
                self.interview.unknown()
            else:
                self._answer(question, _unquoted(typed))
        except _Again:
            text.print_question(self.page, question, self._title(question))
            return False
        except RulesError as error:
            if any(each.file for each in error.diagnostics):
                raise
            text.print_mistake(self.page, error.diagnostics)
            return False
        text.print_settled(self.page, self.interview.settled, self._dropped(before))
        return True

    def _dropped(self, before: Iterable[Found]) -> int:
        """How many norms were about something that might have been there, and is not."""
        after: dict[str, list[str]] = {}
        for found in self.interview.findings():
            after.setdefault(found.model.id, []).append(found.record.path)
        return sum(
            found.record.hypothetical
            and not any(path.startswith(found.record.path) for path in after.get(found.model.id, ()))
            for found in before
        )

    # ---- judgements --------------------------------------------------------------------------------------

    def _answer(self, question: Question, typed: str) -> None:
        if not question.is_judgement:
            self.interview.answer(typed)
            return
        usual = self._judges.get(question.assessor, Assessed(question.assessor or "the assessor", self.interview.as_of))
        read_answer(question, typed, usual)  # before who and when are asked for nothing
        by = self._detail(f"judged by [{usual.by}] ") or usual.by
        assessed = Assessed(by, self._day(usual.on))
        self.interview.answer(typed, by=assessed.by, on=assessed.on)
        self._judges[question.assessor] = assessed

    def _day(self, usual: datetime.date) -> datetime.date:
        while True:
            typed = self._detail(f"judged on [{usual}] ")
            if not typed:
                return usual
            day = read_date(Scalar(typed, plain=True))
            if not isinstance(day, Mistake):
                return day
            told = Diagnostic(day.code, day.problem, expected=day.expected, help=day.help)
            text.print_mistake(self.page, [told])

    def _detail(self, prompt: str) -> str:
        """Who judged or when; what is left empty is as shown.

        Raises:
            Left: the person leaves, and the judgement is not kept.
            _Again: the person goes back to the question.
        """
        while True:
            typed = read_line(self.page, f"  {prompt}")
            match _COMMANDS.get(_folded(typed)):
                case None:
                    return _unquoted(typed)
                case "stop":
                    raise Left(interrupted=False)
                case "help":
                    self.page.line("Enter takes what stands in the brackets; back returns to the question.", indent=2)
                case _:
                    raise _Again

    # ---- the end -----------------------------------------------------------------------------------------

    def print_end(self, subject: str | None, again: str, report: str) -> None:
        """How it stands, where the answers are, and how to go on.

        Args:
            subject: the id of the listed entity that was asked about; None for all.
            again: the command that goes on with the interview.
            report: the command that shows the report.
        """
        found = self.interview.policies.evaluate(self.interview.state, self.interview.as_of)
        self.page.blank()
        for standing in found.standing:
            if subject is None or standing.subject.path == subject:
                text.print_standing(self.page, standing)
        self.page.blank()
        open_ = len(self.interview.candidates())
        self.page.line(f"All answers are saved in {self.file.path}.")
        if open_:
            self.page.line(f"About {counted(self.interview.progress.expected, 'question')} to go. To go on:")
            self.page.verbatim(f"  {again}")
        self.page.line("The whole report:")
        self.page.verbatim(f"  {report}")


def _folded(typed: str) -> str:
    return " ".join(typed.casefold().replace("’", "'").rstrip(".!").split())


def _command(typed: str, question: Question) -> str | None:
    """The command that was typed, unless it is the name of a value."""
    if question.form is Form.CHOICE and typed in question.choices:
        return None
    return _COMMANDS.get(_folded(typed))


def _unquoted(typed: str) -> str:
    """What stands between double quotes."""
    return typed[1:-1] if len(typed) > 1 and typed[0] == typed[-1] == '"' else typed
