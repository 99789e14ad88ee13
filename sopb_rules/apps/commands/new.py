"""`sopb new`: skeletons of policy files, for a person to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.groups import Suggesting
from sopb_rules.apps.inputs import PATH
from sopb_rules.apps.plural import counted
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion

if TYPE_CHECKING:
    from sopb_rules.document import Document
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.syntax.tree import PolicyFile

_stdout = click.option("--stdout", is_flag=True, help="Print it, and write no file.")
_folder = click.option(
    "--policies",
    "folder",
    type=PATH,
    default=Path(),
    metavar="DIR",
    help="The folder of the policies; else the current one.",
)


@click.group("new", cls=Suggesting, short_help="Write the skeleton of a policy file.")
def command() -> None:
    """Write the skeleton of a policy file, for a person to go on with. No file is ever overwritten."""


# ---- articles -----------------------------------------------------------------------------------------------


@command.command("article", short_help="The sentences of an article that nobody has encoded yet.")
@click.argument("number", metavar="N", type=click.IntRange(1, 9999))
@_folder
@click.option("--source", type=PATH, metavar="FILE", help="The source document; else source.txt in DIR.")
@_stdout
def new_article(number: int, folder: Path, source: Path | None, stdout: bool) -> None:
    """Write article_N.policy: each sentence of article N of the source that no statement quotes yet, to the letter.

    A sentence with a word of force becomes a norm with this word, and whatever a person has to decide is left as
    `to_be_written`, which `sopb check` tells one by one. Where the article has a file already, `--stdout` prints what is
    missing in it.
    """
    from sopb_rules.apps.article_skeleton import article_skeleton, quoted_sentences

    document, files = _document(folder, source), _files(folder)
    sentences = {each.id for each in document.sentences if each.article == number}
    if not sentences:
        numbers = ", ".join(str(heading.number) for heading in document.headings)
        help = (
            f"articles: {numbers}" if numbers else "an article is a paragraph like `1. Its title. Its first sentence.`"
        )
        raise _refusal(f"`{document.source.name}` has no article {number}", help)
    missing = sentences - quoted_sentences(files, document)
    begun = _article_file(files, number)
    if begun and not missing:
        click.echo(f"`{begun}`: every sentence of article {number} is quoted already", err=True)
        return
    if begun and not stdout:
        told = f"{counted(len(missing), 'sentence')} of it {'is' if len(missing) == 1 else 'are'} not quoted yet"
        help = f"{told}: `sopb new article {number} --stdout` prints the skeletons, to go below those that are there"
        raise _refusal(f"article {number} is in `{begun}` already", help)
    text = article_skeleton(document, number, files, header=not begun)
    _write(text, folder / f"article_{number:02}.policy", counted(len(missing), "sentence"), stdout)


def _document(folder: Path, source: Path | None) -> Document:
    from sopb_rules.audit import SOURCE
    from sopb_rules.document import read_document
    from sopb_rules.source import read_source

    file = folder / SOURCE if source is None else source
    if source is None and not file.exists():
        help = f"put the document there as {SOURCE}, each article as one paragraph, or name the file (--source FILE)"
        message = f"{_called(folder)} has no {SOURCE} to take the sentences from"
        raise RulesError([Diagnostic(Code.FILE_MISSING, message, help=help)])
    return read_document(read_source(file))


def _files(folder: Path) -> Sequence[PolicyFile]:
    """The policies of a folder as they are written, with a vocabulary.

    Raises:
        RulesError: there is no vocabulary yet, or a file cannot be read, so that nobody knows what it quotes.
    """
    from sopb_rules.syntax.tree import VocabularyHeader

    files = _written(folder)
    if not any(isinstance(each, VocabularyHeader) for file in files for each in file.statements):
        message = f"{_called(folder)} has no vocabulary, whose names norms are written with"
        help = "`sopb new vocabulary NAME` writes a first one"
        raise RulesError([Diagnostic(Code.NO_VOCABULARY, message, help=help)])
    return files


def _written(folder: Path) -> Sequence[PolicyFile]:
    """The policy files of a folder, which may have none.

    Raises:
        RulesError: one cannot be read.
    """
    from sopb_rules.model.files import policy_sources
    from sopb_rules.syntax.parse import parse

    if not folder.exists() or (folder.is_dir() and not any(folder.rglob("*.policy"))):
        return ()
    read = [parse(source) for source in policy_sources(folder)]
    if mistakes := [mistake for _, each in read for mistake in each]:
        raise RulesError(mistakes)
    return [file for file, _ in read]


def _article_file(files: Sequence[PolicyFile], number: int) -> str:
    """The file that has the header of an article; "" where none has."""
    from sopb_rules.syntax.tree import ArticleHeader

    headers = (
        (file, each) for file in files for each in file.statements if isinstance(each, ArticleHeader)
    )  # fmt: skip
    return next((file.source.name for file, each in headers if each.number.text == str(number)), "")


# ---- vocabularies -------------------------------------------------------------------------------------------


@command.command("vocabulary", short_help="A first vocabulary.")
@click.argument("name", metavar="NAME")
@_folder
@_stdout
def new_vocabulary(name: str, folder: Path, stdout: bool) -> None:
    """Write vocabulary.policy: the least with which norms can be written, a role and an entity, with how it goes on.

    NAME is the name of the policy set: lower-case letters, digits and `_`.
    """
    from sopb_rules.apps.vocabulary_skeleton import vocabulary_skeleton
    from sopb_rules.syntax.tree import VocabularyHeader

    text = vocabulary_skeleton(name)
    for file in () if stdout else _written(folder):
        for statement in file.statements:
            if isinstance(statement, VocabularyHeader):
                raise _refusal(
                    f"{_called(folder)} has the vocabulary `{statement.name}` in `{file.source.name}` already"
                )
    _write(text, folder / "vocabulary.policy", "a role and an entity to begin with", stdout)


# ---- measures -----------------------------------------------------------------------------------------------


@command.command("measures", short_help="Local measures that set what is left open.")
@click.argument("title", metavar="TITLE")
@click.argument("folder", type=PATH, default=Path(), metavar="[DIR]")
@click.option(
    "--under", "base", metavar="NAME", help="The policies that they are under; else those in DIR, or opinions."
)
@_stdout
def new_measures(title: str, folder: Path, base: str | None, stdout: bool) -> None:
    """Write measures.policy: local measures under some policies, as comments that become measures one by one.

    Each parameter that the policies leave open stands there with the sentences that rest on it and who judges while it is
    open. TITLE is what reports call the measures.
    """
    from sopb_rules.apps.measures_skeleton import measures_skeleton

    if not title.strip():
        raise _refusal(
            "measures have a title", 'write it in quotes, as in `sopb new measures "Riverside measures" riverside`'
        )
    policies = _policies_for_measures(folder, base)
    text = measures_skeleton(" ".join(title.split()), policies.model)
    left_open = sum(parameter.may_be_open for parameter in policies.model.parameters.values())
    _write(text, folder / "measures.policy", f"{counted(left_open, 'open parameter')}, none of them set yet", stdout)


def _policies_for_measures(folder: Path, base: str | None) -> PolicySet:
    """The policies in a folder, or those that come with the package, as they are without measures.

    Raises:
        RulesError: there are none of this name, or there are measures already.
    """
    from sopb_rules.loading import load_policies
    from sopb_rules.model.files import SHIPPED
    from sopb_rules.syntax.tree import MeasuresHeader, VocabularyHeader

    files = _written(folder)
    for file in files:
        if any(isinstance(each, MeasuresHeader) for each in file.statements):
            raise _refusal(f"{_called(folder)} has measures in `{file.source.name}` already")
    own = any(isinstance(each, VocabularyHeader) for file in files for each in file.statements)
    policies = load_policies(folder if own else None, cache=True)
    if base is not None and base != policies.name:
        help = suggestion(base, [policies.name], "policies")
        if not own:
            help = f"only `{SHIPPED}` come with sopb; measures under policies of your own lie in the folder of their vocabulary"
        raise _refusal(f"there are no policies `{base}` for the measures to be under", help)
    return policies


# ---- files --------------------------------------------------------------------------------------------------


def _write(text: str, file: Path, what: str, stdout: bool) -> None:
    """Write a new file and say so, or print the text.

    Raises:
        RulesError: the file is there already.
    """
    if stdout:
        click.echo(text, nl=False)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise _refusal(f"`{file}` is there already", "move it away, or print to the screen (--stdout)") from None
    folder = "" if file.parent == Path() else f" {file.parent}"
    click.echo(f"wrote `{file}`: {what}; next: `sopb check{folder}`")


def _refusal(message: str, help: str = "") -> RulesError:
    return RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])


def _called(folder: Path) -> str:
    return "the current folder" if folder == Path() else f"`{folder}`"
