"""Reading a receipt: what it says, and what is told where it is none."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules import RulesError, read_receipt
from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.receipts.files import recorded_files
from sopb_rules.receipts.receipt import receipt_of
from tests.receipts.conftest import DAY

Json = dict[str, Any]


def mistake(path: Path) -> Diagnostic:
    with pytest.raises(RulesError) as caught:
        read_receipt(path)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is Code.NOT_A_RECEIPT
    assert diagnostic.location.startswith(str(path))
    return diagnostic


def saved(folder: Path, receipt: object, indent: int | None = 2) -> Path:
    file = folder / "report.json"
    file.write_text(json.dumps(receipt, indent=indent), encoding="utf-8")
    return file


def page(receipt: object, script: str = '<script type="application/json" id="report">') -> str:
    data = json.dumps(receipt).replace("</", "<\\/")
    return f"<!DOCTYPE html>\n<html><script>var x = 1 < 2;</script><p>a</p>\n{script}{data}</script><p>b</p></html>\n"


def test_a_report_is_a_receipt(receipt: Json, state: Path, tmp_path: Path) -> None:
    read = read_receipt(saved(tmp_path, receipt))
    assert read == receipt_of(receipt)
    assert (read.as_of, read.policies, read.version, read.digest) == (DAY, "sample", "1", receipt["policies"]["digest"])
    assert read.software.startswith("sopb_rules ")
    assert [file.path for file in read.files] == [state.as_posix()]
    entry = read.entries["finding", "1.1", "organization[bad]"]
    assert entry.said == {
        "verdict": "unmet", "possible": ("unmet",), "force": "must", "applies": "true", "clause a": "false",
        "clause b": "unknown",
    }  # fmt: skip
    assert read.entries["decision", "leading_body", "organization[bad]"].said["verdict"] == "conflict"
    assert read.entries["standing", "", "organization[bad]"].said["breaches"] == ("1.1",)


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/json" id="report">',
        "<script id='report' type='application/json'>",
        "<SCRIPT id=report>",
    ],
)
def test_so_is_the_page_of_a_report(receipt: Json, tmp_path: Path, script: str) -> None:
    file = tmp_path / "report.html"
    receipt["findings"][0]["text"] = "</script> is the end of a script"
    file.write_text(page(receipt, script), encoding="utf-8")
    assert read_receipt(file) == receipt_of(receipt)


@pytest.mark.parametrize("script", ['<script type="application/json" id="reports">', '<script data-id="report">'])
def test_a_page_without_a_report(receipt: Json, tmp_path: Path, script: str) -> None:
    (tmp_path / "report.html").write_text(page(receipt, script), encoding="utf-8")
    assert mistake(tmp_path / "report.html").message == "this page holds no report"


def test_a_page_that_is_cut_off(receipt: Json, tmp_path: Path) -> None:
    whole = page(receipt)
    (tmp_path / "report.html").write_text(whole[: whole.index("formal members")], encoding="utf-8")
    found = mistake(tmp_path / "report.html")
    assert found.message.startswith("this is not JSON: unterminated string")
    assert found.span is not None
    assert found.span.line == 3


@pytest.mark.parametrize(
    ("text", "told", "place"),
    [
        ("", "this is not JSON: expecting value", ":1:1"),
        ('{"as_of": \n', "this is not JSON: expecting value", ":2:1"),
        ('{"as_of": NaN}', "this is not JSON: `NaN` is no value of JSON", ""),
        ("1" * 5000, "this is not JSON: Exceeds the limit", ""),
        ("[" * 100_000, "values stand too many levels inside each other", ""),
        ("3", "this is not the receipt of an evaluation: an object is expected", ":1:1"),
        ("{}", "this is not the receipt of an evaluation: it has no `policies`", ":1:1"),
        ('{"policies": {}, "state": 3, "state": {}, "software": [], "findings": []}', "this is not the receipt of", ""),
        ('{\n "policies": 3}', "this is not the receipt of an evaluation: it has no `state`", ":1:1"),
    ],
)
def test_what_is_no_receipt(tmp_path: Path, text: str, told: str, place: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text, encoding="utf-8")
    found = mistake(file)
    assert found.message.startswith(told)
    assert found.location == f"{file}{place}"


def test_a_state_is_no_receipt(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"as_of": "2026-11-01", "organization": []}', encoding="utf-8")
    found = mistake(file)
    assert "sopb evaluate --format json" in found.help


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="there is no file"):
        read_receipt(tmp_path / "none.json")


def at(data: Any, *way: str | int) -> Any:
    for step in way:
        data = data[step]
    return data


@pytest.mark.parametrize(
    ("way", "value", "told"),
    [
        (("as_of",), "2026-02-30", "a date like 2026-11-01 is expected here"),
        (("as_of",), "20261101", "a date like 2026-11-01 is expected here"),
        (("as_of",), 2026, "a text is expected here"),
        (("policies", "digest"), "abc", "a digest of 64 hexadecimal digits is expected here"),
        (("policies", "measures"), None, "a text is expected here"),
        (("state", "files"), {}, "a list is expected here"),
        (("state", "files", 0), "state.yaml", "an object is expected here"),
        (("findings", 1, "clauses", 0, "truth"), True, "a text is expected here"),
        (("findings", 1, "possible"), "unmet", "a list is expected here"),
        (("decisions", 0, "value"), 3, "a text is expected here"),
        (("standing", 0, "breaches"), [{}], "there is no `norm` here"),
    ],
)
def test_each_mistake_is_told_with_its_place(
    receipt: Json, tmp_path: Path, way: tuple[str | int, ...], value: object, told: str
) -> None:
    damaged = copy.deepcopy(receipt)
    at(damaged, *way[:-1])[way[-1]] = value
    file = saved(tmp_path, damaged)
    found = mistake(file)
    assert found.message == f"this is not the receipt of an evaluation: {told}"
    last = [step for step in way if isinstance(step, str)][-1]
    assert found.where.startswith("".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in way)[1:])
    assert found.span is not None
    lines = file.read_text("utf-8").splitlines()[max(0, found.span.line - 3) : found.span.line]
    assert any(f'"{last}"' in line for line in lines)


def test_a_finding_or_a_clause_stands_there_once(receipt: Json, tmp_path: Path) -> None:
    doubled = copy.deepcopy(receipt)
    doubled["findings"].append(doubled["findings"][0])
    assert "a second finding of the same subject" in mistake(saved(tmp_path, doubled)).message
    doubled = copy.deepcopy(receipt)
    clauses = doubled["findings"][0]["clauses"]
    clauses.append(clauses[0])
    assert "a second clause a" in mistake(saved(tmp_path, doubled)).message


def test_what_later_versions_add_is_passed_over(receipt: Json) -> None:
    more = copy.deepcopy(receipt)
    more["signed"] = more["findings"][0]["note"] = more["state"]["size"] = [1]
    assert receipt_of(more) == receipt_of(receipt)


# ---- whatever it is, it is told -------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def _ways(data: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [way, *(inner for step, each in steps for inner in _ways(each, (*way, step)))]


def _accepted_or_told(file: Path) -> None:
    try:
        read_receipt(file)
    except RulesError as error:
        told = error.diagnostics
    else:
        return
    assert told
    assert all(each.location and str(each) for each in told)


@given(st.data())
def test_whatever_stands_in_a_receipt_is_accepted_or_told(
    tmp_path_factory: pytest.TempPathFactory, policies: Any, data: st.DataObject
) -> None:
    report = policies.evaluate({"organization": [{"id": "a", "reports": [{}]}]}, DAY).as_dict()
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(_ways(report)[1:]))
        if data.draw(st.booleans()):
            at(report, *way[:-1])[way[-1]] = data.draw(JSON)
        else:
            del at(report, *way[:-1])[way[-1]]
    file = tmp_path_factory.getbasetemp() / "fuzzed.json"
    file.write_text(json.dumps(report), encoding="utf-8")
    _accepted_or_told(file)


@given(
    st.binary(max_size=60)
    | JSON.map(lambda data: json.dumps(data).encode())
    | st.sampled_from([b'<script id="report">', b"<"])
)
def test_whatever_a_file_holds_is_told(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_bytes(content)
    _accepted_or_told(file)


# ---- the files of the state -----------------------------------------------------------------------------------


def test_the_files_are_looked_for_here_and_beside_the_receipt(
    receipt: Json, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recorded_files(receipt_of(receipt), Path("/")) == [state]
    receipt["state"]["files"][0]["path"] = state.name
    assert recorded_files(receipt_of(receipt), tmp_path) == [state]
    monkeypatch.chdir(tmp_path)
    assert recorded_files(receipt_of(receipt), Path("/")) == [Path(state.name)]


@pytest.mark.parametrize("name", ["gone.yaml", "gone\0.yaml", "\ud800.yaml", "x" * 5000])
def test_a_file_that_is_gone(receipt: Json, tmp_path: Path, name: str) -> None:
    receipt["state"]["files"][0]["path"] = name
    with pytest.raises(RulesError, match="of the receipt is not there") as caught:
        recorded_files(receipt_of(receipt), tmp_path)
    assert "sopb replay RECEIPT STATE" in caught.value.diagnostics[0].help


def test_a_receipt_without_files(receipt: Json, tmp_path: Path) -> None:
    receipt["state"]["files"] = []
    with pytest.raises(RulesError, match="names no state files"):
        recorded_files(receipt_of(receipt), tmp_path)
