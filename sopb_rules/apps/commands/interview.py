"""`sopb interview`: asks for what is not known about an entity, and keeps the answers in its state file."""

from __future__ import annotations

import datetime
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import as_of_option, clock, date_for, load, policies_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopb_rules.apps.state_file import StateFile
    from sopb_rules.apps.text.page import Page
    from sopb_rules.model.vocabulary import Entity
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.states.records import Record


@click.command("interview", short_help="Ask for what is not known yet, and keep the answers.")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="STATE")
@policies_option
@as_of_option
@click.option("--subject", metavar="ID", help="Ask about the listed entity with this id or name.")
@click.option("--about", multiple=True, metavar="WHAT", help="Only about an article, a norm or a decision; repeatable.")
def command(
    path: Path, folder: Path | None, as_of: datetime.date | None, subject: str | None, about: tuple[str, ...]
) -> None:
    """Ask, question by question, for what is not known yet in STATE, and save each answer in it.

    STATE is a file (.yaml, .yml, .json); one that does not exist yet is begun. The questions that settle most come
    first, and the interview ends as soon as all is settled that can be. Exit status 0, also when it is left earlier: what
    was answered is saved.
    """
    from sopb_rules.apps.dialogue import Dialogue
    from sopb_rules.apps.state_file import StateFile, check_suffix
    from sopb_rules.apps.terminal import Left, read_any_encoding
    from sopb_rules.apps.text.page import Page
    from sopb_rules.interview.session import Interview, names_about

    policies = load(folder)
    page = Page.of_stdout()
    check_suffix(path)
    names_about(policies, about)  # a wrong name is told before anything is asked
    read_any_encoding()
    try:
        file = StateFile(policies, path) if path.exists() else _begun(page, policies, path, as_of, subject)
        record = _chosen(page, file, subject)
    except Left:
        page.line("Nothing was answered, so nothing is saved.")
        return
    dated = date_for(file.state, as_of)
    interview = Interview(policies, file, dated.day, record.path, about)
    page.line(f"{interview.policies.model.vocabulary.title or policies.name}, on {dated.day} ({dated.origin}).")
    dialogue = Dialogue(page, interview, file)
    dialogue.run()
    options = _options(folder, as_of)
    again = ["sopb", "interview", str(path), *options, "--subject", record.id, *_each("--about", about)]
    report = ["sopb", "evaluate", str(path), *options, "--only", record.id]
    dialogue.print_end(record.path, shlex.join(again), shlex.join(report))


def _options(folder: Path | None, as_of: datetime.date | None) -> list[str]:
    options = [] if folder is None else ["--policies", str(folder)]
    return options if as_of is None else [*options, "--as-of", as_of.isoformat()]


def _each(option: str, values: Sequence[str]) -> list[str]:
    return [part for value in values for part in (option, value)]


# ---- whom it is about ---------------------------------------------------------------------------------------


def _begun(page: Page, policies: PolicySet, path: Path, as_of: datetime.date | None, subject: str | None) -> StateFile:
    """A new file, with one entity that nothing is known of yet."""
    from sopb_rules.apps.state_file import StateFile

    page.line(f"{path} does not exist yet, and is begun now.")
    entity = _entity(page, policies)
    id = subject if subject is not None else _id(page, entity)
    name = ""
    if "name" in entity.facts:
        name = _line(page, f"Its name? (Enter leaves it at {id}) ")
    return StateFile.create(policies, path, entity, id, name, as_of or clock())


def _entity(page: Page, policies: PolicySet) -> Entity:
    """The entity that is described: the only one, or the one that is chosen."""
    asked_about = {statement.entity for statement in policies.model.norms.values()}
    asked_about |= {statement.entity for statement in policies.model.decisions.values()}
    listed = list(policies.model.vocabulary.listed())
    useful = [each for each in listed if any(_within(one, each) for one in asked_about)] or listed
    if len(useful) == 1:
        return useful[0]
    page.line("What is it that shall be described?")
    return useful[_number(page, [each.label for each in useful], [each.name for each in useful])]


def _within(entity: Entity, outer: Entity) -> bool:
    return entity is outer or any(_within(holder, outer) for holder, _ in entity.holders)


def _id(page: Page, entity: Entity) -> str:
    from sopb_rules.apps.text.words import BAD
    from sopb_rules.states.nodes import Scalar
    from sopb_rules.states.scalars import Mistake, read_id

    while True:
        typed = _line(page, f"A short name for the {entity.label}, as an id like riverside-foundation? ")
        id = read_id(Scalar(typed, plain=True))
        if not isinstance(id, Mistake):
            return id
        page.line((id.problem, BAD), indent=2)
        page.line(f"expected: {id.expected}", indent=2)


def _chosen(page: Page, file: StateFile, subject: str | None) -> Record:
    """The listed entity that is asked about: the one that is named, the only one, or the one that is chosen.

    Raises:
        RulesError: there is none, or none of that name.
    """
    from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion

    records = [record for each in file.state.lists.values() for record in each or ()]
    if not records:
        help = "list one in it, or name a file that does not exist yet"
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"`{file.path}` lists nothing to ask about", help=help)])
    if subject is not None:
        for record in records:
            if subject in (record.id, record.path, record.display):
                return record
        help = suggestion(subject, [record.id for record in records], "ids")
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"`{file.path}` lists nothing with the id {subject}", help=help)])
    if len(records) == 1:
        return records[0]
    page.line(f"{file.path} lists several. Which shall be asked about?")
    labels = [f"{record.display} ({record.entity.label})" for record in records]
    return records[_number(page, labels, [record.id for record in records])]


def _number(page: Page, labels: Sequence[str], names: Sequence[str]) -> int:
    """The index of the one that is chosen, by its number, name or label."""
    from sopb_rules.states.scalars import folded

    for number, label in enumerate(labels, 1):
        page.row(f"{number}", label, indent=2, column=5)
    while True:
        typed = _line(page, "> ")
        if typed.isdecimal() and 1 <= int(typed[:9]) <= len(labels):
            return int(typed) - 1
        for index, (label, name) in enumerate(zip(labels, names, strict=True)):
            if folded(typed) in (folded(label), folded(name)):
                return index
        page.line(f"Type one of the numbers from 1 to {len(labels)}, or a name.", indent=2)


def _line(page: Page, prompt: str) -> str:
    """A line; the person may also leave by a word.

    Raises:
        Left: the person does.
    """
    from sopb_rules.apps.terminal import Left, read_line

    typed = read_line(page, prompt)
    if typed.casefold() in ("stop", "quit", "exit"):
        raise Left(interrupted=False)
    return typed
