"""The decision log: lines that stand alone, and files that stay whole."""

from __future__ import annotations

import datetime
import io
import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules import DecisionLog, PolicySet, RulesError, load_policies
from sopb_rules.findings.finding import MissingFact
from sopb_rules.findings.masked import Masked
from sopb_rules.findings.masks import Masks
from sopb_rules.testing.strategies import policy_sets, states
from tests.apps import sample
from tests.properties.support import fewer

DAY = datetime.date(2026, 11, 1)
TIME = datetime.datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@pytest.fixture(scope="session")
def policies(tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    return load_policies(sample.policies(tmp_path_factory.mktemp("policies")))


@pytest.fixture(scope="session")
def validator() -> jsonschema.Draft202012Validator:
    text = resources.files("sopb_rules.findings").joinpath("decision_log.schema.json").read_text("utf-8")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


STATE: dict[str, Any] = {
    "organization": [
        {
            "id": "riverside",
            "name": "河畔 Foundation",
            "formal_members": 3,
            "branch": {"approved": True, "share": "20%"},
            "sound": {"value": True, "by": "the district", "on": datetime.date(2026, 5, 1)},
        }
    ]
}


def logged(policies: PolicySet, state: object, masks: Masks | None = None) -> list[dict[str, Any]]:
    stream = io.StringIO()
    (DecisionLog(stream) if masks is None else DecisionLog(stream, masks)).write(policies.evaluate(state, DAY), TIME)
    return [json.loads(line) for line in stream.getvalue().split("\n")[:-1]]


def test_a_line_says_what_was_found_and_by_what(policies: PolicySet) -> None:
    report = policies.evaluate(STATE, DAY)
    lines = logged(policies, STATE)
    assert "河畔 Foundation" in lines[0]["subject"]["display"]
    assert len(lines) == len(report.findings) + len(report.decisions)
    line, told = lines[0], report.findings[0].as_dict()
    assert line["time"] == "2026-11-02T01:30:00.123Z"
    assert line["as_of"] == "2026-11-01"
    assert line["policies"] == {"name": "sample", "version": "1", "digest": policies.digest}
    assert line["state"] == {"digest": report.state.digest}
    assert line["software"]["name"] == "sopb_rules"
    shared = line.keys() & told.keys() - {"facts"}
    assert {key: line[key] for key in shared} == {key: told[key] for key in shared}
    assert line["facts"] == [{k: v for k, v in fact.items() if k != "where"} for fact in told["facts"]]
    assert line["masked"] == []
    assert lines[-1]["decision"] == "leading_body"


@fewer
@given(st.data())
def test_each_line_is_as_the_schema_says(validator: jsonschema.Draft202012Validator, data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = policies.state(data.draw(states(policies)))
    masks = Masks() if data.draw(st.booleans()) else policies.masks("id", people=True)
    stream = io.StringIO()
    DecisionLog(stream, masks).write(policies.evaluate(state), TIME)
    for line in stream.getvalue().split("\n")[:-1]:
        validator.validate(json.loads(line))


def test_the_measures_are_told(tmp_path: Path, policies: PolicySet) -> None:
    import attrs

    stream = io.StringIO()
    report = attrs.evolve(policies.evaluate(STATE, DAY), measures="Measures of Riverside")
    DecisionLog(stream).write(report, TIME)
    assert json.loads(stream.getvalue().split("\n")[0])["policies"]["measures"] == "Measures of Riverside"


def test_a_time_without_a_zone_is_refused(policies: PolicySet, tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="has no time zone"):
        DecisionLog(tmp_path / "log").write(policies.evaluate(STATE, DAY), TIME.replace(tzinfo=None))
    assert not (tmp_path / "log").exists()


# ---- files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "kept"),
    [(None, b""), (b"", b""), (b'{"a": 1}\n', b'{"a": 1}\n'), (b'{"a": 1}\n{"b', b'{"a": 1}\n{"b\n')],
)
def test_lines_are_appended(policies: PolicySet, tmp_path: Path, before: bytes | None, kept: bytes) -> None:
    file = tmp_path / "decisions.jsonl"
    if before is not None:
        file.write_bytes(before)
    report = policies.evaluate(STATE, DAY)
    log = DecisionLog(str(file))
    log.write(report, TIME)
    log.write(report, TIME)
    data = file.read_bytes()
    assert data.startswith(kept)
    lines = data.removeprefix(kept).split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == 2 * (len(report.findings) + len(report.decisions))
    assert [json.loads(line) for line in lines][: len(lines) // 2] == logged(policies, STATE)


def test_each_line_is_written_in_one_write(
    policies: PolicySet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sopb_rules.findings.decision_log as module

    written: list[bytes] = []
    original = module._write

    def write(stream: io.FileIO, line: bytes) -> None:
        written.append(line)
        original(stream, line)

    monkeypatch.setattr(module, "_write", write)
    file = tmp_path / "log"
    file.write_bytes(b"half")
    DecisionLog(file).write(policies.evaluate(STATE, DAY), TIME)
    assert b"half" + b"".join(written) == file.read_bytes()
    assert all(line.endswith(b"}\n") and line.lstrip(b"\n").count(b"\n") == 1 for line in written)


def test_a_system_that_takes_a_part_of_a_line_gets_the_rest() -> None:
    import sopb_rules.findings.decision_log as module

    class Slow(io.RawIOBase):
        def __init__(self) -> None:
            self.taken = b""

        def write(self, data: Any) -> int:
            self.taken += bytes(data[:3])
            return len(bytes(data[:3]))

    stream = Slow()
    module._write(stream, b"a whole line\n")  # type: ignore[arg-type]
    assert stream.taken == b"a whole line\n"


def test_a_file_that_cannot_be_written(policies: PolicySet, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        DecisionLog(tmp_path).write(policies.evaluate(STATE, DAY), TIME)


# ---- masks --------------------------------------------------------------------------------------------------


def finding(lines: list[dict[str, Any]], norm: str) -> dict[str, Any]:
    return next(line for line in lines if line.get("norm") == norm)


def test_a_masked_value_is_marked_and_listed(policies: PolicySet) -> None:
    lines = logged(policies, STATE, policies.masks("formal_members"))
    line = finding(lines, "1.1")
    (members,) = (fact for fact in line["facts"] if fact["path"] == "organization[riverside].formal_members")
    assert members["value"] == "***"
    assert line["masked"] == ["organization.formal_members"]
    assert finding(lines, "1.2")["masked"] == []


def test_a_name_is_masked_where_it_is_displayed(policies: PolicySet) -> None:
    line = finding(logged(policies, STATE, policies.masks("organization.name")), "1.1")
    assert line["subject"]["display"] == "***"
    assert line["subject"]["id"] == "riverside"
    assert line["masked"] == ["organization.name"]


def test_ids_are_masked_in_paths_too(policies: PolicySet) -> None:
    line = finding(logged(policies, STATE, policies.masks("id")), "1.1")
    assert line["subject"]["path"] == "organization[***]"
    assert line["facts"][0]["path"].startswith("organization[***].")
    assert "riverside" not in json.dumps(line)


def test_all_inside_a_masked_entity_is_masked(policies: PolicySet) -> None:
    line = finding(logged(policies, STATE, policies.masks("branch")), "1.1")
    paths = [fact["path"] for fact in line["facts"]]
    assert paths == ["organization[riverside].formal_members", "organization[riverside].branch"]
    assert line["facts"][1]["value"] == "***"
    assert line["facts"][1]["label"] == "the branch"
    less = {"organization": [{"id": "a", "formal_members": 3, "branch": {"share": "5%"}}]}
    line = finding(logged(policies, less, policies.masks("branch")), "1.1")
    assert [each["path"] for each in line["missing"]] == ["organization[a].branch"]


def test_who_stands_inside_a_masked_list_has_no_id(policies: PolicySet) -> None:
    state = {"organization": [{"id": "a", "reports": [{"id": "secret", "made": False}]}]}
    line = finding(logged(policies, state, policies.masks("reports")), "1.4")
    path = "organization[a].reports[***]"
    assert line["subject"] == {"entity": "report", "id": "***", "path": path, "display": "***"}
    assert [fact["path"] for fact in line["facts"]] == ["organization[a].reports"]


def test_the_facts_of_what_may_not_be_there_are_named_as_they_are(policies: PolicySet) -> None:
    state = policies.state({"organization": [{"id": "a"}]})
    fact = MissingFact("organization[a].branch.approved", "approved?", "", False)
    (told,) = Masked(policies.masks("id"), state).missing([fact])
    assert told["path"] == "organization[***].branch.approved"
    (told,) = Masked(policies.masks("branch"), state).missing([fact])
    assert (told["path"], told["question"]) == ("organization[a].branch", "the branch")


def test_a_judgement_is_masked_with_who_judged_and_when(policies: PolicySet) -> None:
    (fact,) = finding(logged(policies, STATE, policies.masks("sound")), "1.2")["facts"]
    assert (fact["value"], fact["by"], fact["on"]) == ("***", "***", "***")


def test_judgements_in_place_of_open_parameters_are_masked_by_one_name() -> None:
    opinions = load_policies()
    judged = {"value": False, "by": "the county committee", "on": datetime.date(2026, 5, 1)}
    branch = {"form": "branch", "approved": True}
    state = {
        "organization": [
            {"id": "a", "formal_members": 3, "party_organization": branch, "judgements": {"8.1 (d)": judged}}
        ]
    }
    path = 'organization[a].judgements["8.1 (d)"]'
    for masks, value in ((opinions.masks("organization.judgements"), "***"), (opinions.masks("name"), False)):
        line = finding(logged(opinions, state, masks), "8.1")
        assert [fact["value"] for fact in line["facts"] if fact["path"] == path] == [value]
    assert opinions.masks("judgements").facts > {("organization", "judgements"), ("change", "judgements")}


def test_people_are_masked_alone(policies: PolicySet) -> None:
    line = finding(logged(policies, STATE, policies.masks(people=True)), "1.2")
    (fact,) = line["facts"]
    assert (fact["value"], fact["by"], fact["on"]) == (True, "***", "2026-05-01")
    assert line["masked"] == ["people"]


def test_two_places_with_one_path_are_both_masked(policies: PolicySet) -> None:
    state = {
        "organization": [
            {"id": "a", "reports": [{"id": "b", "made": True}]},
            {"id": "a].reports[b", "formal_members": 4, "name": "hidden"},
        ]
    }
    lines = logged(policies, state, policies.masks("made"))
    (report,) = (line for line in lines if line.get("norm") == "1.4" and line["subject"]["id"] == "b")
    assert "***" in json.dumps(report["facts"])


@pytest.mark.parametrize(
    ("name", "told", "help"),
    [
        ("nam", "there is no fact nam to be masked", "did you mean `name`?"),
        ("organisation.name", "there is no entity organisation of which name could be masked", "did you mean `organization`?"),
        ("branch.approve", "branch has no fact approve to be masked", "did you mean `approved`?"),
        ("branch.name", "branch has no fact name to be masked", "there is: approved, id, judgements, share"),
        ("", "there is no fact  to be masked", "there is: approved, branch"),
    ],
)  # fmt: skip
def test_unknown_names_are_told(policies: PolicySet, name: str, told: str, help: str) -> None:
    with pytest.raises(RulesError) as caught:
        policies.masks("name", name)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == told
    assert diagnostic.help.startswith(help)


def test_all_unknown_names_are_told_at_once(policies: PolicySet) -> None:
    with pytest.raises(RulesError) as caught:
        policies.masks("nam", "name", "leve")
    assert len(caught.value.diagnostics) == 2


def test_what_is_worked_out_is_masked_by_its_reference() -> None:
    opinions = load_policies()
    with pytest.raises(RulesError) as caught:
        opinions.masks("community.organizations", "member_units")
    assert len(caught.value.diagnostics) == 2
    helps = [each.help.removeprefix("mask what it is worked out from: ") for each in caught.value.diagnostics]
    assert helps == ["`organization.community`", "`organization.industry`"]


def test_a_reference_draws_the_ids_of_what_it_leads_to() -> None:
    masks = load_policies().masks("organization.region")
    assert masks.facts == {("organization", "region")}
    assert masks.ids == {"region"}


def test_so_does_a_reference_inside_what_is_masked() -> None:
    opinions = load_policies()
    masks = opinions.masks("organization.party_organization")
    assert masks.facts == {("organization", "party_organization")}
    assert masks.ids == {"higher_level_party_organization"}
