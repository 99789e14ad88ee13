"""`sopb check`: read and type policies and the states that their examples give, and ask the checks."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from sopb_rules.apps.inputs import Folder, folder_or_default, format_option, own_document
from sopb_rules.diagnostics import Diagnostic, RulesError, Severity

if TYPE_CHECKING:
    from sopb_rules.checks.settings import Settings
    from sopb_rules.model.norms import Policies
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.source import Source


@click.command("check", short_help="Read policies and check them.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--strict", is_flag=True, help="Also end with 1 where there are warnings.")
@click.option("--select", multiple=True, metavar="NAME", help="Ask only this check, by name or code; may be repeated.")
@click.option("--ignore", multiple=True, metavar="NAME", help="Do not ask this check; may be repeated.")
@click.option("--watch", is_flag=True, help="Stay, and check again whenever a file changes; Ctrl-C ends it.")
@click.option("--list", "listing", is_flag=True, help="List the checks with their codes and severities, and stop.")
@format_option("text", "json", "sarif", "github")
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path | None,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    watch: bool,
    listing: bool,
    form: str,
) -> None:
    """Read the policies in DIR, check their types and the givens of their examples, and what is often a mistake.

    Exit status 1 tells of mistakes, with --strict of warnings too, and never of notes. `# allow NAME: why` above a
    statement, and [tool.sopb.check] in pyproject.toml, say what is meant to be so.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    chosen = folder_or_default(folder)
    if watch:
        _watch(chosen, select, ignore)
        return
    settings = _settings(chosen, select, ignore)
    if listing:
        _print_checks(settings)
        return
    diagnostics, read = _check(chosen, settings)
    if form == "text":
        _print_text(diagnostics, f"{chosen.called}: {read}, {summary(diagnostics)}")
    else:
        from sopb_rules.apps.diagnostics_output import output

        output(diagnostics, form)
    grave = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    ctx.exit(1 if any(each.severity in grave for each in diagnostics) else 0)


def _watch(chosen: Folder, select: Sequence[str], ignore: Sequence[str]) -> None:
    """Check again and again; what cannot be read now may be read after the next change."""
    from sopb_rules.apps.diagnostics_output import print_text
    from sopb_rules.apps.watch import whenever_changed

    def check_once() -> None:
        click.clear()
        try:
            diagnostics, read = _check(chosen, _settings(chosen, select, ignore))
            _print_text(diagnostics, f"{chosen.called}: {read}, {summary(diagnostics)}")
        except RulesError as error:
            print_text(error.diagnostics, sys.stdout)
        sys.stdout.flush()

    whenever_changed(chosen.path, check_once)


def _settings(chosen: Folder, select: Sequence[str], ignore: Sequence[str]) -> Settings:
    """What the configuration says, and the options above it.

    Raises:
        RulesError: the configuration has mistakes.
    """
    from sopb_rules.checks.registry import CHECKS
    from sopb_rules.checks.settings import find_settings

    settings = find_settings(chosen.path, CHECKS)
    off = {name: None for each in ignore if (name := _named(each, "--ignore"))}
    return attrs.evolve(
        settings, select=frozenset(_named(each, "--select") for each in select), levels={**settings.levels, **off}
    )


def _named(asked: str, option: str) -> str:
    """The name of a check, asked for by name or code."""
    from sopb_rules.checks.registry import CHECKS
    from sopb_rules.diagnostics import suggestion

    names = {key: check.name for check in CHECKS for key in (check.name, check.code.value.casefold())}
    if asked.casefold() not in names:
        help = suggestion(asked.casefold(), names, "checks")
        raise click.UsageError(f"{option}: there is no check `{asked}`; {help}")
    return names[asked.casefold()]


def _check(chosen: Folder, settings: Settings) -> tuple[list[Diagnostic], str]:
    """What is wrong, and in a few words what was read. The checks are asked where there are no mistakes.

    Raises:
        RulesError: a file cannot be read.
    """
    from sopb_rules.apps.plural import counted
    from sopb_rules.checks.kept import Kept
    from sopb_rules.model.files import policy_set_sources
    from sopb_rules.model.load import check
    from sopb_rules.policy_set import PolicySet

    sources = policy_set_sources(chosen.path)
    model, diagnostics = check(sources, kept=True)
    read = counted(len(sources), "file")
    if model is not None and not _has_errors(diagnostics):
        diagnostics = [*diagnostics, *_looser(model, sources)]
    if model is not None:
        if not _has_errors(diagnostics):
            for each in _with_examples(PolicySet(model), chosen.path):
                kept = Kept(each)
                for source in each.sources:
                    diagnostics += kept.find("examples", source, partial(_mistakes_in_examples, each))
        if not _has_errors(diagnostics):
            diagnostics = [*diagnostics, *_asked(model, chosen.path, settings)]
        read += f", {counted(len(model.norms), 'norm')}"
    return diagnostics, read


def _looser(model: Policies, sources: Sequence[Source]) -> list[Diagnostic]:
    """Whom measures let off, which is an error, and what of that is not proved; what loaded before lets nobody off."""
    from sopb_rules.loading import refuse_looser
    from sopb_rules.model.cache import load, store

    if not model.measures or load(sources) is not None:
        return []
    try:
        found = refuse_looser(model, cache=True)
    except RulesError as error:
        return list(error.diagnostics)
    if not found:
        store(sources, model)
    return found


def _with_examples(policies: PolicySet, folder: Path) -> list[Policies]:
    """The sets whose examples are looked at: the document, if it lies here, and each layer of measures as the one on top."""
    from sopb_rules.loading import layers

    document = own_document(policies, folder)
    return [each.model for each in (document, *layers(policies, cache=True)) if each is not None]


def _mistakes_in_examples(model: Policies, file: Source) -> list[Diagnostic]:
    from sopb_rules.testing.trials import check_examples

    return list(check_examples(model, file))


def _asked(model: Policies, folder: Path, settings: Settings) -> list[Diagnostic]:
    from sopb_rules.checks.run import run_checks
    from sopb_rules.loading import layers
    from sopb_rules.policy_set import PolicySet

    policies = PolicySet(model)
    document = own_document(policies, folder)
    found = run_checks(document, settings, kept=True) if document is not None else []
    for stack in layers(policies, cache=True):  # of measures what stands in their own file
        own = stack.model.measures[-1].span.source
        found += [
            each for each in run_checks(stack, settings, kept=True) if each.span is not None and each.span.source == own
        ]
    return found


def _has_errors(diagnostics: Sequence[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in diagnostics)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """How many mistakes, warnings and notes there are."""
    from sopb_rules.apps.plural import counted

    counts = Counter(each.severity for each in diagnostics)
    errors = counts[Severity.ERROR]
    told = [counted(errors, "mistake") if errors else "no mistakes"]
    told += [
        counted(counts[each], each.value) for each in (Severity.WARNING, Severity.NOTE) if counts[each]
    ]  # fmt: skip
    return ", ".join(told)


def _print_text(diagnostics: Sequence[Diagnostic], told: str) -> None:
    if diagnostics:
        from sopb_rules.apps.diagnostics_output import print_text

        print_text(diagnostics, sys.stdout)
        click.echo()
    click.echo(told)


def _print_checks(settings: Settings) -> None:
    from sopb_rules.apps.text.page import Column, Page
    from sopb_rules.checks.registry import CHECKS

    levels = [settings.level(check) for check in CHECKS]
    rows = [
        [check.code.value, check.name, level.value if level else "off", check.explanation.title]
        for check, level in zip(CHECKS, levels, strict=True)
    ]
    Page.of_stdout().table(
        [Column("code"), Column("name"), Column("severity"), Column("what it finds")], rows, flexible=3
    )
