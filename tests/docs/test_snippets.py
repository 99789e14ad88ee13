"""Every snippet of the README and the documentation runs: policies, states, Python and commands.

With ``UPDATE_SNIPPETS=1`` the outputs of commands are written into the pages instead of compared.
"""

from __future__ import annotations

import contextlib
import datetime
import doctest
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import sopb_rules
from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.model.files import shipped
from sopb_rules.model.load import check
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.states.files import parse_state
from sopb_rules.states.read import check_state
from sopb_rules.syntax.format import format_file
from sopb_rules.syntax.parse import parse
from sopb_rules.testing.examples import run_examples
from tests.docs.snippets import Snippet, commands, pages, snippets

ROOT = Path(__file__).parents[2]
UPDATE = os.environ.get("UPDATE_SNIPPETS") == "1"
#: Commands that are shown and not run: they need a network, or set up what the tests already have.
SHOWN_ONLY = (
    "git",
    "pip",
    "python",
    "python3",
    ".venv/bin/pip",
    ".venv/bin/pre-commit",
    "cd",
    "mkdir",
    "source",
    "HYPOTHESIS_PROFILE",
)
#: The day that the pages speak of where a state says none.
DATE_OF_PAGES = datetime.date(2026, 11, 1)


class Page:
    """A page whose snippets run one after the other in a folder of their own."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        self.folder = folder
        self.names: dict[str, Any] = {}
        self.updates: list[tuple[int, int, str]] = []
        (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
        (folder / "policies").symlink_to(ROOT / "policies", target_is_directory=True)

    def run(self) -> None:
        """Run all snippets; a failure names the page and the line of the block."""
        found = list(snippets(self.text))
        vocabulary = "".join(each.text + "\n" for each in found if named(each).endswith("vocabulary.policy"))
        self.vocabulary = Source(
            "vocabulary.policy", vocabulary or (shipped() / "vocabulary.policy").read_text("utf-8")
        )
        with contextlib.chdir(self.folder):
            for snippet in found:
                if "not run" not in snippet.notes:
                    with self.told(snippet):
                        self.snippet(snippet)
            self.check_folders()
        for start, end, output in reversed(self.updates):
            self.text = self.text[:start] + output + self.text[end:]
        if self.updates:
            self.path.write_text(self.text, "utf-8")

    @contextlib.contextmanager
    def told(self, snippet: Snippet) -> Iterator[None]:
        """Say of which block a failure is."""
        try:
            yield
        except (AssertionError, RulesError) as error:
            message = f"{self.path.relative_to(ROOT)}:{snippet.line}: {error}"
        else:
            return
        pytest.fail(message, pytrace=False)

    def snippet(self, snippet: Snippet) -> None:
        """Run one block by its language."""
        name = named(snippet)
        if snippet.language == "policy":
            self.layout(snippet)
        if name:
            self.write(name, snippet.text, more="more" in snippet.notes)
        elif "into" in snippet.notes:
            self.insert(*snippet.notes["into"].split(" below "), text=snippet.text)
        match snippet.language:
            case "policy" if not name:
                self.policy(snippet)
            case "yaml" if not name:
                self.state(snippet)
            case "pycon":
                self.doctest(snippet)
            case "python":
                exec(compile(snippet.text, f"{self.path.name}:{snippet.line}", "exec"), self.names)
            case "console":
                self.console(snippet)
            case "policy" | "yaml" | "json" | "text" | "sh" | "":
                pass  # files are used by what follows; the lines of the README to paste are run by .ci/run
            case other if other.startswith("{"):
                pass  # a directive of Sphinx, which the build checks
            case other:
                raise AssertionError(f"nobody runs snippets of {other}")

    def write(self, name: str, text: str, more: bool) -> None:
        """Lay a block down as a file."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") + "\n" if more else "") + text, "utf-8")

    def insert(self, name: str, below: str = "", *, text: str) -> None:
        """Add lines to a file: at its end, or below the first line that begins in a certain way."""
        file = self.folder / name
        lines = file.read_text("utf-8").splitlines(keepends=True)
        place = next(n for n, line in enumerate(lines, 1) if line.startswith(below)) if below else len(lines)
        file.write_text("".join([*lines[:place], text, *lines[place:]]), "utf-8")

    def layout(self, snippet: Snippet) -> None:
        """Policies are shown as `sopb fmt` lays them out."""
        file, mistakes = parse(Source("snippet.policy", snippet.text))
        if not mistakes and (laid_out := format_file(file)) != snippet.text:
            assert UPDATE, f"`sopb fmt` lays this out as\n{laid_out}"
            self.updates.append((snippet.start, snippet.end, laid_out))

    def policy(self, snippet: Snippet) -> None:
        """Check a block with the vocabulary of its page, or of the Opinions, and run its examples."""
        numbered = re.search(r"^(?:norm|note|case|decision|define) (\d+)", snippet.text, re.MULTILINE)
        header = "" if numbered is None or "article " in snippet.text else f'article {numbered[1]} "…"\n\n'
        policies, diagnostics = check([self.vocabulary, Source("snippet.policy", header + snippet.text)])
        # A snippet shows a part of an article, so sentences are left out before it.
        diagnostics = [each for each in diagnostics if each.code is not Code.NUMBERING_GAP]
        codes = [each.code.value for each in diagnostics]
        assert codes == snippet.notes.get("codes", "").split(), "\n".join(map(str, diagnostics))
        if policies is not None and not diagnostics:
            failures = [str(each) for result in run_examples(PolicySet(policies)) for each in result.failures]
            assert not failures, "\n".join(failures)

    def state(self, snippet: Snippet) -> None:
        """Check a block as a state of the page's policies, or of the Opinions, and evaluate it."""
        policies = self.policies()
        node, diagnostics = parse_state(Source("snippet.yaml", snippet.text))
        codes = [each.code.value for each in diagnostics]
        if node is not None:
            try:
                model = policies.model
                state = check_state(model.vocabulary, [node], judgement_keys=model.judgement_keys)
                policies.evaluate(state, state.as_of or DATE_OF_PAGES)
            except RulesError as error:
                codes += [each.code.value for each in error.diagnostics]
        assert codes == snippet.notes.get("codes", "").split()

    def policies(self) -> PolicySet:
        """The policy set that states on this page are about."""
        folders = [path.parent for path in self.folder.glob("*/vocabulary.policy")]
        return sopb_rules.load_policies(folders[0] if folders else None)

    def doctest(self, snippet: Snippet) -> None:
        """Run a Python session."""
        test = doctest.DocTestParser().get_doctest(
            snippet.text, self.names, self.path.name, str(self.path), snippet.line
        )
        told: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        runner.run(test, out=told.append, clear_globs=False)
        self.names.update(test.globs)
        assert not runner.failures, "".join(told)

    def console(self, snippet: Snippet) -> None:
        """Run the `sopb` commands of a block and compare what they print; a line `…` stands for any lines."""
        assert snippet.text.startswith("$ "), "a block of commands begins with `$ `"
        shown: list[str] = []
        status = 0
        for command, expected in commands(snippet.text):
            output = expected
            if command.startswith("cp -r "):
                shutil.copytree(*command.split()[2:4])
            elif command.split()[0] not in SHOWN_ONLY:
                output, status = self.sopb(command)
                if shortened(expected) or not UPDATE:
                    assert matches(expected, output), f"$ {command}\nshown:\n{expected}\nprinted:\n{output}"
                    output = expected
            shown.append(f"$ {command}\n{output}")
        assert status == int(snippet.notes.get("exit", "0")), f"the last command ended with {status}:\n{shown[-1]}"
        if UPDATE and "".join(shown) != snippet.text:
            self.updates.append((snippet.start, snippet.end, "".join(shown)))

    def sopb(self, command: str) -> tuple[str, int]:
        """What a `sopb` command prints, and its exit status."""
        from sopb_rules.apps.cli import sopb

        program, *arguments = shlex.split(command, comments=True)
        assert program == "sopb", f"nobody runs `{program}`"
        into = Path(arguments.pop()) if arguments[-2:-1] == [">"] and arguments.pop(-2) else None
        typed = None
        if "<" in arguments:
            *arguments, _, file = arguments
            typed = Path(file).read_text("utf-8")
        runner = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"})
        result = runner.invoke(sopb, arguments, prog_name="sopb", input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        if into is not None:
            into.write_text(result.stdout, "utf-8")
            return "", result.exit_code
        output = result.output.replace(f"{ROOT}/", "")  # the policies of the package, wherever it is
        return "".join(line.rstrip() + "\n" for line in output.splitlines()), result.exit_code

    def check_folders(self) -> None:
        """The policy files that a page wrote, a folder each, have no mistakes and no failing examples."""
        for folder in {path.parent for path in self.folder.glob("*/*.policy") if not path.parent.is_symlink()}:
            policies = sopb_rules.load_policies(folder)
            failures = [str(each) for result in run_examples(policies) for each in result.failures]
            assert not failures, "\n".join(failures)


def named(snippet: Snippet) -> str:
    """The file that a block is, or is a part of; "" for all others."""
    return snippet.notes.get("file") or snippet.notes.get("more") or ""


def shortened(expected: str) -> bool:
    """Whether a line of dots stands for lines that are not shown."""
    return any(line.strip() == "…" for line in expected.splitlines())


def matches(expected: str, output: str) -> bool:
    """Whether an output is as shown; a line of dots in what is shown stands for any lines."""
    first, *others = (part.splitlines() for part in re.split(r"^…\n", expected, flags=re.MULTILINE))
    lines = output.splitlines()
    if not others or lines[: len(first)] != first:
        return lines == first
    rest = lines[len(first) :]
    for part in others[:-1]:
        starts = (start for start in range(len(rest)) if rest[start : start + len(part)] == part)
        if (start := next(starts, None)) is None:
            return False
        rest = rest[start + len(part) :]
    last = others[-1]
    return len(rest) >= len(last) and rest[len(rest) - len(last) :] == last


@pytest.mark.parametrize("path", pages(ROOT), ids=lambda path: str(path.relative_to(ROOT)))
def test_snippets(path: Path, tmp_path: Path) -> None:
    Page(path, tmp_path).run()


@pytest.mark.parametrize(
    ("expected", "fits"),
    [
        ("a\nb\nc\n", True),
        ("a\nb\n", False),
        ("a\n…\n", True),
        ("…\nc\n", True),
        ("a\n…\nc\n", True),
        ("…\nb\n…\n", True),
        ("…\nx\n…\n", False),
        ("b\n…\n", False),
        ("a\n…\nb\n", False),
        ("a\nb\n…\nb\nc\n", False),
        ("…\n", True),
    ],
)
def test_lines_of_dots_stand_for_any_lines(expected: str, fits: bool) -> None:
    assert matches(expected, "a\nb\nc\n") is fits
