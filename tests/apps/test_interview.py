"""`sopb interview`: the conversation, and what it leaves in the file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopb_rules import RulesError, load_policies
from sopb_rules.apps import terminal
from sopb_rules.apps.state_file import StateFile
from sopb_rules.apps.text.page import Page
from sopb_rules.interview.session import Interview
from sopb_rules.policy_set import PolicySet
from sopb_rules.states.edits import Edit
from sopb_rules.states.nodes import Scalar
from sopb_rules.states.records import State
from sopb_rules.states.writing import tree_of
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare
from tests.interview.support import TODAY, some_answer


@pytest.fixture
def folder(policies: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the sample policies, as `policies` in the current folder."""
    monkeypatch.chdir(policies.parent)
    return policies


def lines(*typed: str) -> str:
    return "\n".join(typed) + "\n"


# ---- conversations --------------------------------------------------------------------------------------------


def test_an_interview_about_a_new_organization(run: Run, folder: Path) -> None:
    typed = lines(
        "good", "Good Hall", "many", "12", "yes", "?", "why", "yes", "back", "", "yes", "5", "40%", "skip", "county", "no", "maybe",
        "yes", "", "tomorrow", "2026-05-01", "2", "yes", "don't know",
    )  # fmt: skip
    result = run("interview", "new.yaml", "--policies", "policies", "--as-of", "2026-11-01", input=typed)
    assert result.exit_code == 0
    compare("interview", result.output + "\n\n==== new.yaml\n" + Path("new.yaml").read_text("utf-8"))


def test_the_opinions_ask_a_new_organization(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    typed = lines(
        "1", "sunny-days", "Sunny Days Kindergarten", "5", "why", "2026-02-31", "2025-05-01", "nobody knows", "don't know",
        "county", "new willow lane", "none", "none", "2", "0", "stop",
    )  # fmt: skip
    result = run("interview", "kindergarten.yaml", "--as-of", "2026-11-01", input=typed)
    assert result.exit_code == 0
    compare(
        "interview_opinions", result.output + "\n\n==== kindergarten.yaml\n" + Path("kindergarten.yaml").read_text()
    )


def test_the_input_may_end_at_any_point(run: Run, folder: Path) -> None:
    typed = ["good", "Good Hall", "12", "yes", "40%", "yes", "0", "yes", "the county", "2026-05-01", "county"]
    for number in range(len(typed) + 1):
        result = run("interview", "new.yaml", "--policies", "policies", input=lines(*typed[:number]))
        assert result.exit_code == 0, result.output
        assert "Traceback" not in result.output
        if number < 2:
            assert "nothing is saved" in result.output
            assert not Path("new.yaml").exists()
        else:
            assert "All answers are saved in new.yaml." in result.output
            PolicySet.read_state(load_policies(folder), "new.yaml")
            Path("new.yaml").unlink()


def test_an_interview_goes_on_where_it_was_left(run: Run, folder: Path) -> None:
    first = run("interview", "new.yaml", "--policies", "policies", input=lines("good", "", "12"))
    assert "To go on:\n  sopb interview new.yaml --policies policies --subject good\n" in first.output
    second = run("interview", "new.yaml", "--policies", "policies", input=lines("back", "yes"))
    assert "There is nothing to take back" in second.output
    assert "formal_members: 12\n    branch: {}\n" in Path("new.yaml").read_text()


def test_a_finished_interview_says_so(run: Run, folder: Path) -> None:
    state = sample.state(folder.parent, sample.COMPLIANT, "state.yaml")
    before = state.read_text()
    result = run("interview", "state.yaml", "--policies", "policies")
    assert "All is settled that can be." in result.output
    assert "To go on" not in result.output
    assert state.read_text() == before


def test_one_of_several_is_chosen_by_number_name_or_option(run: Run, folder: Path) -> None:
    text = "as_of: 2026-11-01\norganization:\n  - id: one\n  - id: two\n    name: Second\n"
    for answers, options in (
        (("2",), ()), (("Second (organization)",), ()), (("two",), ()), (("9", "", "2"), ()),
        ((), ("--subject", "two")), ((), ("--subject", "Second")),
    ):  # fmt: skip
        sample.state(folder.parent, text)
        result = run("interview", "state.yaml", "--policies", "policies", *options, input=lines(*answers, "7"))
        assert result.exit_code == 0
        assert Path("state.yaml").read_text() == text + "    formal_members: 7\n"


def test_a_person_may_leave_before_anything_is_chosen(run: Run, folder: Path) -> None:
    sample.state(folder.parent, "organization:\n  - id: one\n  - id: two\n")
    assert "Nothing was answered" in run("interview", "state.yaml", "--policies", "policies", input="stop\n").output


def test_a_wrong_name_is_told_before_anything_is_asked(run: Run, folder: Path) -> None:
    result = run("interview", "late.yaml", "--policies", "policies", "--about", "88", input="")
    assert result.exit_code == 2
    assert "there is no norm, decision or article 88 to ask about" in result.output
    assert not Path("late.yaml").exists()


def test_only_an_article_or_a_norm_is_asked_about(run: Run, folder: Path) -> None:
    sample.state(folder.parent, "as_of: 2026-11-01\norganization:\n  - id: one\n")
    arguments = ("interview", "state.yaml", "--policies", "policies", "--about", "1.5", "--about", "leading_body")
    result = run(*arguments, input=lines("county", "no", "9"))
    assert "of 2 settled" in result.output
    assert "All is settled that can be." in result.output
    assert "formal_members" in Path("state.yaml").read_text()
    assert "branch" not in Path("state.yaml").read_text()


def test_json_is_kept_as_json(run: Run, folder: Path) -> None:
    result = run("interview", "new.json", "--policies", "policies", input=lines("good", "Good", "3", "yes", "yes", "40%", "0"))  # fmt: skip
    assert result.exit_code == 0
    data = json.loads(Path("new.json").read_text())
    assert data["organization"][0]["branch"] == {"share": "40%", "approved": True}
    assert Path("new.json").read_text().startswith('{\n  "as_of": "20')
    assert load_policies(folder).read_state("new.json")


def test_an_answer_in_another_encoding_is_told_as_wrong(run: Run, folder: Path) -> None:
    result = run("interview", "new.yaml", "--policies", "policies", input=b"good\n\n\xff\xfe\n3\n")
    assert result.exit_code == 0
    assert "is not a whole number" in result.output
    assert "formal_members: 3" in Path("new.yaml").read_text()


def test_a_word_in_quotes_is_an_answer(run: Run, folder: Path) -> None:
    result = run("interview", "new.yaml", "--policies", "policies", input=lines("good", "", '"why"', '"3"'))
    assert "`why` is not a whole number" in result.output
    assert "formal_members: 3" in Path("new.yaml").read_text()


# ---- what cannot be -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "options", "told"),
    [
        ("state.txt", None, (), "`state.txt` is not a state file"),
        ("state.yaml", "organization:\n  - id: a\n    formal_members: many\n", (), "`many` is not a whole number"),
        ("state.yaml", "as_of: 2026-11-01\n", (), "lists nothing to ask about"),
        ("state.yaml", "organization:\n  - id: a\n", ("--subject", "b"), "lists nothing with the id b"),
        ("state.yaml", "organization:\n  - id: a\n", ("--about", "9.9"), "there is no norm, decision or article 9.9"),
    ],
)
def test_bad_input_is_told_in_a_line_and_changes_nothing(
    run: Run, folder: Path, name: str, text: str | None, options: tuple[str, ...], told: str
) -> None:
    if text is not None:
        sample.state(folder.parent, text, name)
    result = run("interview", name, "--policies", "policies", *options, input="good\n")
    assert result.exit_code == 2
    assert told in result.output
    assert (Path(name).read_text() if text is not None else Path(name).exists()) == (
        text if text is not None else False
    )


def test_a_bad_id_is_asked_again(run: Run, folder: Path) -> None:
    result = run("interview", "new.yaml", "--policies", "policies", input=lines("", "unknown", "good", ""))
    assert "the text is empty" in result.output
    assert "`unknown` cannot be an id" in result.output
    assert "- id: good\n" in Path("new.yaml").read_text()


# ---- the file -------------------------------------------------------------------------------------------------


def state_file(folder: Path, text: str, name: str = "state.yaml") -> StateFile:
    return StateFile(load_policies(folder), sample.state(folder.parent, text, name))


def edit(number: int) -> Edit:
    return Edit(("organization", 0, "formal_members"), Scalar(str(number), plain=True))


def test_line_ends_marks_and_rights_are_kept(folder: Path) -> None:
    path = folder.parent / "state.yaml"
    path.write_bytes(b"\xef\xbb\xbforganization:\r\n  - id: a   # one\r\n")
    path.chmod(0o640)
    file = StateFile(load_policies(folder), path)
    file.apply(edit(3))
    assert path.read_bytes() == b"\xef\xbb\xbforganization:\r\n  - id: a   # one\r\n    formal_members: 3\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    file.undo()
    assert path.read_bytes() == b"\xef\xbb\xbforganization:\r\n  - id: a   # one\r\n"


def test_a_link_stays_a_link(folder: Path) -> None:
    target = sample.state(folder.parent, "organization:\n  - id: a\n", "target.yaml")
    link = folder.parent / "link.yaml"
    link.symlink_to(target)
    StateFile(load_policies(folder), link).apply(edit(3))
    assert link.is_symlink()
    assert "formal_members: 3" in target.read_text()


def test_what_cannot_be_said_leaves_the_file_as_it_was(folder: Path) -> None:
    file = state_file(folder, "organization:\n  - id: a\n")
    with pytest.raises(RulesError, match="has no fact `members`"):
        file.apply(Edit(("organization", 0, "members"), Scalar("3", plain=True)))
    assert file.path.read_text() == "organization:\n  - id: a\n"
    assert file.state.lists["organization"]


def test_a_file_that_something_else_changed_is_not_written_over(folder: Path) -> None:
    file = state_file(folder, "organization:\n  - id: a\n")
    file.apply(edit(3))
    file.path.write_text("organization:\n  - id: b\n")
    for action in (lambda: file.apply(edit(4)), file.undo):
        with pytest.raises(RulesError, match="was changed by something else"):
            action()
    assert file.path.read_text() == "organization:\n  - id: b\n"


def test_the_interview_ends_where_the_file_was_changed(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = sample.state(folder.parent, "organization:\n  - id: a\n")
    unchanged = StateFile._unchanged

    def meddled(file: StateFile) -> None:
        state.write_text("organization:\n  - id: b\n")
        unchanged(file)

    monkeypatch.setattr(StateFile, "_unchanged", meddled)
    result = run("interview", "state.yaml", "--policies", "policies", input="3\n")
    assert result.exit_code == 2
    assert "was changed by something else" in result.output


def test_a_write_that_fails_leaves_the_file_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = state_file(folder, "organization:\n  - id: a\n")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        file.apply(edit(3))
    assert file.path.read_text() == "organization:\n  - id: a\n"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["policies", "state.yaml"]


def test_a_process_that_is_killed_loses_no_answer(folder: Path) -> None:
    command = [sys.executable, "-m", "sopb_rules", "interview", "new.yaml", "--policies", "policies"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(lines("good", "Good", "12", "yes").encode())
    process.stdin.flush()
    path = Path("new.yaml")
    deadline = time.monotonic() + 50
    while not (path.exists() and "branch: {}" in path.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    assert path.read_text().endswith("  - id: good\n    name: Good\n    formal_members: 12\n    branch: {}\n")


def test_an_interrupt_ends_the_interview(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal, "_typed", interrupt)
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda _: True})())
    with pytest.raises(terminal.Left) as left:
        terminal.read_line(Page.of_stdout(), "> ")
    assert left.value.interrupted


@settings(max_examples=25)
@given(st.data())
def test_any_course_of_an_interview_leaves_a_file_that_says_what_was_answered(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    where = tmp_path_factory.mktemp("course")
    policies = load_policies(sample.policies(where / "policies"))
    name = data.draw(st.sampled_from(["state.yaml", "state.json"]))
    text = "organization:\n  - id: a  # one\n" if name.endswith("yaml") else '{"organization": [{"id": "a"}]}'
    file = StateFile(policies, sample.state(where, text, name))
    kept = Interview(policies, file, TODAY)
    memory = policies.interview(policies.state({"organization": [{"id": "a"}]}), TODAY)
    for _ in range(data.draw(st.integers(0, 15))):
        question = kept.question()
        assert memory.question() == question
        if question is None:
            break
        step = data.draw(st.sampled_from(["answer", "answer", "answer", "unknown", "skip", "back"]))
        for each in (kept, memory):
            if step == "answer":
                each.answer(some_answer(question, 7))
            elif step == "unknown":
                each.unknown()
            elif step == "skip":
                each.skip()
            else:
                each.back()
        assert said(policies.read_state(file.path)) == said(memory.state)


def said(state: State) -> object:
    """What a state says, whatever places it was said at and however it is spelled."""
    return tree_of(state)
