"""`sopb fmt`: the one layout of policy files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
import click

from sopb_rules.apps.inputs import folder_or_default
from sopb_rules.apps.plural import counted
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.source import SIZE_LIMIT, Source


@attrs.frozen
class Formatted:
    """A file with its text as it is and as it should be; `text` has the line ends and the mark of the file."""

    name: str
    text: str
    formatted: str

    @property
    def changed(self) -> bool:
        """Whether it is laid out otherwise."""
        return self.text != self.formatted


@click.command("fmt", short_help="Bring policy files into their one layout.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing, and show what would change.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Bring policy files into their canonical layout. PATH: files or folders; `-` reads standard input.

    Without PATH: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    mistakes: list[Diagnostic] = []
    if Path("-") in paths:
        if len(paths) > 1:
            raise click.UsageError("`-` stands alone: standard input is formatted by itself")
        files = [_format(_standard_input())]
        if not (check or diff):
            click.echo(files[0].formatted, nl=False)
    else:
        files, mistakes = _format_all(_sources(paths))
        if not (check or diff):
            for file in files:
                if file.changed:
                    _replace(Path(file.name), file.formatted)
    _report(files, mistakes, check, diff, quiet=Path("-") in paths)
    changed = any(file.changed for file in files)
    ctx.exit(2 if mistakes else 1 if changed and (check or diff) else 0)


def _standard_input() -> Source:
    """Standard input as a source.

    Raises:
        RulesError: it is too large or no UTF-8 text.
    """
    data = sys.stdin.buffer.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        message = f"standard input is larger than {SIZE_LIMIT // (1024 * 1024)} MiB"
        raise RulesError([Diagnostic(Code.FILE_TOO_LARGE, message, file="-")])
    try:
        return Source("-", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RulesError([Diagnostic(Code.FILE_NOT_TEXT, "standard input is not UTF-8 text", file="-")]) from None


def _sources(paths: Sequence[Path]) -> Iterable[Source]:
    """The policy files of all paths, each once; which folder it is, is told where none is named."""
    from sopb_rules.model.files import policy_sources

    if not paths:
        chosen = folder_or_default(None)
        click.echo(f"formatting {chosen.called} ({chosen.path})", err=True)
        paths = [chosen.path]
    return {source.name: source for path in paths for source in policy_sources(path)}.values()


def _format_all(sources: Iterable[Source]) -> tuple[list[Formatted], list[Diagnostic]]:
    """All files that can be read, and the mistakes of the others."""
    files: list[Formatted] = []
    mistakes: list[Diagnostic] = []
    for source in sources:
        try:
            files.append(_format(source))
        except RulesError as error:
            mistakes += error.diagnostics
    return files, mistakes


def _format(source: Source) -> Formatted:
    from sopb_rules.syntax.format import format_source

    text = source.text if source.name == "-" else Path(source.name).read_bytes().decode("utf-8", "replace")
    return Formatted(source.name, text, format_source(source))


def _replace(path: Path, text: str) -> None:
    """Write a file so that at each moment either the old text is there or the new one."""
    target = path.resolve()  # a link stays a link
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(target.stat().st_mode & 0o7777)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _report(files: Sequence[Formatted], mistakes: Sequence[Diagnostic], check: bool, diff: bool, quiet: bool) -> None:
    changed = [file for file in files if file.changed]
    if diff:
        for file in changed:
            _print_diff(file)
    if mistakes:
        from sopb_rules.apps.diagnostics_output import print_text

        print_text(mistakes, sys.stderr)
    if quiet and not check:
        return
    if check and not diff:
        for file in changed:
            click.echo(f"{file.name} would change")
    sys.stdout.flush()
    verb = "would change" if check or diff else "changed"
    rest = len(files) - len(changed)
    click.echo(f"{counted(len(changed), 'file')} {verb}, {rest} already in layout", err=diff)


def _print_diff(file: Formatted) -> None:
    from difflib import unified_diff

    from sopb_rules.apps.text.page import Page

    page = Page.of_stdout()
    styles = {"+": "green", "-": "red", "@": "cyan"}
    before, after = file.text.splitlines(), file.formatted.splitlines()
    for line in unified_diff(before, after, file.name, f"{file.name} (formatted)", lineterm=""):
        page.verbatim((line, styles.get(line[0], "")))
