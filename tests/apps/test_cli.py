"""The command as a program: help, bugs of ours, pipes, colours, encodings, and a quick start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sopb_rules.apps import inputs
from sopb_rules.apps.cli import COMMANDS
from tests.apps import sample
from tests.apps.conftest import Process, Run


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    assert f"  {command} " in run("--help").output
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: sopb {command}")


def test_version(run: Run) -> None:
    from importlib.metadata import version

    assert run("--version").output == f"sopb, version {version('sopb-rules')}\n"


# ---- bugs, interrupts, refusals of the system -----------------------------------------------------------------


def fail(error: BaseException) -> object:
    def load(folder: Path | None) -> object:
        raise error

    return load


def test_a_bug_of_ours_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, compliant: Path) -> None:
    monkeypatch.setattr(inputs, "clock", lambda: 1 / 0)
    monkeypatch.setattr("sopb_rules.apps.commands.facts.load", fail(KeyError("a\nb")))
    result = run("facts")
    assert result.exit_code == 2
    assert result.stdout == ""
    expected = (
        "sopb: this is a bug in sopb and not a mistake of yours: KeyError: 'a\\nb' (SOPB_DEBUG=1 shows the traceback)\n"
    )
    assert result.stderr == expected


def test_the_traceback_of_a_bug_can_be_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sopb_rules.apps.commands.facts.load", fail(RecursionError("deep")))
    result = run("facts", SOPB_DEBUG="1")
    assert result.exit_code == 2
    assert "Traceback" in result.stderr
    assert "RecursionError: deep" in result.stderr.splitlines()[-1]


def test_an_interrupt_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sopb_rules.apps.commands.facts.load", fail(KeyboardInterrupt()))
    result = run("facts")
    assert result.exit_code == 130
    assert result.output.strip() == ""


def test_what_the_system_refuses_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = PermissionError(13, "Permission denied", "/etc/x")
    monkeypatch.setattr("sopb_rules.apps.commands.facts.load", fail(refusal))
    result = run("facts")
    assert result.exit_code == 2
    assert result.stderr == "sopb: the system refused: /etc/x: Permission denied\n"


def test_a_reader_that_goes_away_in_the_process(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sopb_rules.apps.commands.facts.load", fail(BrokenPipeError()))
    monkeypatch.setattr("sopb_rules.apps.cli._forget_output", lambda: None)
    result = run("facts")
    assert result.exit_code == 141
    assert result.output == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of POSIX")
@pytest.mark.parametrize("arguments", [["facts"], ["facts", "--json-schema"], ["article", "8"]])
def test_a_reader_that_goes_away(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "sopb_rules", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


# ---- colours, widths, encodings -------------------------------------------------------------------------------


def commands(policies: Path, state: Path) -> list[list[object]]:
    return [
        ["evaluate", state, "--policies", policies],
        ["evaluate", state, "--policies", policies, "--details"],
        ["explain", "1.1", state, "--policies", policies],
        ["explain", "leading_body", state, "--policies", policies],
        ["explain", "P001"],
        ["article", "1", "--policies", policies],
        ["facts", "--policies", policies],
        ["check", policies],
        ["test", policies],
        ["fmt", "--diff", policies],
    ]


TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


def test_nothing_prints_escape_codes_or_trailing_blanks_to_a_pipe(
    process: Process, policies: Path, breach: Path
) -> None:
    broken = sample.policies(policies.parent / "broken", sample.BROKEN)
    for arguments in [commands(policies, breach)[0], ["check", broken], ["evaluate", breach, "--policies", broken]]:
        done = process(*arguments, **TERMINAL)
        assert b"\x1b" not in done.stdout + done.stderr, arguments
        assert b"bug in sopb" not in done.stderr, arguments
        assert not [line for line in done.stdout.split(b"\n") if line != line.rstrip()], arguments


def test_no_command_prints_escape_codes_or_trailing_blanks_where_no_terminal_is(
    run: Run, policies: Path, breach: Path
) -> None:
    for arguments in commands(policies, breach):
        done = run(*arguments, **TERMINAL)
        assert "\x1b" not in done.output, arguments
        assert "bug in sopb" not in done.output, arguments
        if arguments[0] != "fmt":
            assert not [line for line in done.output.split("\n") if line != line.rstrip()], arguments


def test_colour_can_be_forced_and_changes_no_word(run: Run, policies: Path, breach: Path) -> None:
    from rich.text import Text

    for arguments in commands(policies, breach):
        plain = run(*arguments).output
        coloured = run(*arguments, FORCE_COLOR="1", TERM="xterm-256color").output
        words = "\n".join(Text.from_ansi(line).plain for line in coloured.split("\n"))
        assert words == plain, arguments
    assert "\x1b[1;31m" in run(*commands(policies, breach)[0], FORCE_COLOR="1", TERM="xterm-256color").output


def test_no_color_is_respected(run: Run, policies: Path, breach: Path) -> None:
    shown = run("evaluate", breach, "--policies", policies, FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color").output
    assert "[31m" not in shown
    assert ";31m" not in shown


@pytest.mark.parametrize("columns", [31, 50, 79])
def test_narrow_terminals(run: Run, policies: Path, breach: Path, columns: int) -> None:
    for arguments in commands(policies, breach):
        shown = run(*arguments, COLUMNS=str(columns))
        assert shown.exit_code in (0, 1), arguments
        if arguments[0] in ("evaluate", "article", "facts") and "yaml" not in shown.output:
            assert max(map(len, shown.output.splitlines())) <= columns, arguments


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_encodings_that_lack_signs(process: Process, policies: Path, tmp_path: Path, encoding: str) -> None:
    text = sample.BREACH.replace("id: bad", "id: bad\n    name: 河畔基金会 “Müller”")
    state = sample.state(tmp_path, text)
    done = process("evaluate", state, "--policies", policies, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 1
    assert done.stderr == b""
    sign = "✗" if encoding == "utf-8" else "x"
    assert f"{sign} breach" in done.stdout.decode(encoding)
    data = process("evaluate", state, "--policies", policies, "--format", "json", PYTHONIOENCODING=encoding)
    import json

    assert json.loads(data.stdout.decode(encoding))["standing"][0]["subject"]["display"] == "河畔基金会 “Müller”"


# ---- a quick start --------------------------------------------------------------------------------------------


def imported(arguments: list[object]) -> set[str]:
    code = "import sys; from sopb_rules.apps.cli import sopb\ntry: sopb.main(sys.argv[1:], prog_name='sopb')\n"
    code += "except SystemExit: pass\nprint(' '.join(sys.modules), file=sys.stderr)"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    return set(done.stderr.split())


def test_json_needs_no_terminal_library(policies: Path, compliant: Path) -> None:
    modules = imported(["evaluate", compliant, "--policies", policies, "--format", "json"])
    assert "rich" not in modules
    assert not {"hypothesis", "sopb_rules.codes", "sopb_rules.testing.examples"} & modules


def test_help_reads_no_policies() -> None:
    assert not {"lark", "yaml", "rich", "sopb_rules.model.norms"} & imported(["--help"])


def test_the_parser_is_not_needed_where_the_cache_knows_the_policies(policies: Path, compliant: Path) -> None:
    arguments = ["evaluate", compliant, "--policies", policies]
    assert "lark" in imported(arguments)
    assert "lark" not in imported(arguments)


def test_main_is_the_entry_point(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from sopb_rules.apps.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["explain", "P001"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("P001  ")


def test_click_is_what_runs_it() -> None:
    from sopb_rules.apps.cli import sopb

    assert isinstance(sopb, click.Group)
    assert sopb.list_commands(click.Context(sopb)) == sorted(COMMANDS)
