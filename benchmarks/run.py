"""Timings as ratios, each against a yardstick that is measured in the same run.

    python benchmarks/run.py [--rounds N]

Times of one machine mean little on another; a ratio means the same on both. Results are checked to be equal before
anything is timed.
"""

from __future__ import annotations

import argparse
import ast
import datetime
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from yardstick import NORMS

import sopb_rules
from sopb_rules import Finding, Verdict
from sopb_rules.model.files import policy_sources, shipped
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.evaluate import evaluate_norm

TODAY = datetime.date(2026, 11, 1)
SMALL = """\
as_of: 2026-11-01
organization:
  - id: riverside
    formal_members: 3
    party_organization: absent
"""


def timed(function: Callable[[], Any], rounds: int) -> float:
    """The median time of a call, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def process(*arguments: str) -> Callable[[], Any]:
    """A run of Python in a process of its own."""
    return lambda: subprocess.run([sys.executable, *arguments], check=False, capture_output=True)


def row(what: str, seconds: float, yardstick: str, base: float) -> None:
    """One line: the time, and the ratio against the yardstick."""
    print(f"{what:<58} {seconds * 1e3:>10.3f} ms {seconds / base:>9.2f} x  {yardstick}")


def starts(rounds: int, folder: Path) -> None:
    """Import, and the command from cold."""
    bare = timed(process("-c", "pass"), rounds)
    row("python -c pass (yardstick)", bare, "itself", bare)
    row("import sopb_rules", timed(process("-c", "import sopb_rules"), rounds), "python -c pass", bare)
    everything = "from sopb_rules import load_policies, PolicySet, RulesError, State, Truth"
    row("import of the public names", timed(process("-c", everything), rounds), "python -c pass", bare)
    state = folder / "small.yaml"
    state.write_text(SMALL, "utf-8")
    evaluate = process("-m", "sopb_rules", "evaluate", str(state))
    evaluate()  # the first run fills the cache of checked policies
    row("sopb evaluate small.yaml, text", timed(evaluate, rounds), "python -c pass", bare)
    as_json = process("-m", "sopb_rules", "evaluate", str(state), "--format", "json")
    row("sopb evaluate small.yaml, JSON", timed(as_json, rounds), "python -c pass", bare)


def reading(rounds: int) -> None:
    """Parsing and checking, per 100 norms."""
    sources = policy_sources(shipped())
    compile_policies(sources)
    size = len(compile_policies(sources).norms)
    text = "\n".join(source.text for source in sources)
    python = Path(ast.__file__).read_text("utf-8")
    python = (python * (len(text) // len(python) + 1))[: len(text)].rsplit("\n\n\nclass", 1)[0]
    base = timed(lambda: compile(python, "x", "exec", ast.PyCF_ONLY_AST), rounds) * len(text) / len(python) * 100 / size
    row(
        "parsing and checking 100 norms",
        timed(lambda: compile_policies(sources), rounds) * 100 / size,
        "ast.parse, same length",
        base,
    )


def organizations(policies: PolicySet, number: int, seed: int) -> list[Any]:
    """Records with facts drawn by chance, a fifth of them unknown."""
    draw = random.Random(seed)

    def some(*values: Any) -> Any:
        return "unknown" if draw.random() < 0.2 else draw.choice(values)

    def judged() -> Any:
        return {"value": some(True, False), "by": "the county committee", "on": "2026-05-01"}

    def party() -> Any:
        return {
            "form": some("branch", "party_committee"), "form_appropriate": judged(), "approved": some(True, False),
            "approving_committee_level": some("county", "township", "national"), "established_on": "2026-03-01",
        }  # fmt: skip

    state = {
        "as_of": TODAY,
        "joint_party_organization": [{"id": f"joint-{i}", "convenient_and_near": judged()} for i in range(5)],
        "organization": [
            {
                "id": f"organization-{i}", "formal_members": some(0, 2, 3, 5), "larger": judged(), "smaller": judged(),
                "numerous_member_units": judged(), "fewer_members": judged(),
                "registered_on": some("2026-01-01", "2020-01-01"), "conditions_met_since": some("2026-01-01", "2025-01-01"),
                "party_organization": party() if draw.random() < 0.6 else some(None), "liaison_assigned": some(True, False),
                "party_activities_initiated": some(True, False), "party_building_instructor_assigned": some(True, False),
                "joint_party_organization": some(None, *(f"joint-{j}" for j in range(5))),
                "judgements": {"8.1 (d)": judged(), "8.2 when": judged(), "11.3 (b)": judged()},
            }
            for i in range(number)
        ],
    }  # fmt: skip
    return list(policies.state(state).lists["organization"] or ())


def evaluating(rounds: int) -> None:
    """One organization against norms: by hand, verdicts alone, with findings, by the reference evaluator."""
    policies = sopb_rules.load_policies()
    records = organizations(policies, 500, seed=8)
    parameters = policies.compiled.values_on(TODAY)
    functions = [policies.compiled.verdicts[id] for id in NORMS]
    models = [policies.model.norms[id] for id in NORMS]
    for record in records:
        for by_hand, function, model in zip(NORMS.values(), functions, models, strict=True):
            outcome = function(record, parameters, TODAY)
            assert outcome == evaluate_norm(model, record, TODAY)
            assert by_hand(record, TODAY) == outcome.verdict.value, (model.id, record.id)

    def by_hand_all() -> None:
        for record in records:
            for each in NORMS.values():
                each(record, TODAY)

    def compiled() -> None:
        for record in records:
            for each in functions:
                each(record, parameters, TODAY)

    def findings() -> None:
        for record in records:
            for model in models:
                policies.find(model, record, TODAY)

    def reference() -> None:
        for record in records:
            for model in models:
                evaluate_norm(model, record, TODAY)

    scale = 100 / (len(records) * len(NORMS))
    base = timed(by_hand_all, rounds) * scale
    row("100 norms by hand (yardstick)", base, "itself", base)
    row("100 norms, compiled, verdicts alone", timed(compiled, rounds) * scale, "by hand", base)
    row("100 norms, compiled, as findings", timed(findings, rounds) * scale, "by hand", base)
    row("100 norms, reference evaluator", timed(reference, max(3, rounds // 5)) * scale, "by hand", base)


def explaining(rounds: int) -> None:
    """A finding on the examples explained, shown and replayed: the median over all of them, against its reference evaluation."""
    policies = sopb_rules.load_policies()
    report = policies.evaluate(policies.read_state(Path(__file__).parent.parent / "examples"))
    for finding in report.findings:
        assert finding.explain().replay().possible == finding.possible

    def median(ask: Callable[[Any], Any]) -> float:
        return statistics.median(timed(partial(ask, finding), max(3, rounds // 5)) for finding in report.findings)

    base = median(lambda finding: evaluate_norm(finding.model, finding.record, report.as_of))
    against = "reference evaluator"
    row("explaining a finding", median(lambda finding: finding.explain()), against, base)
    row("explaining a finding, as lines", median(lambda finding: finding.explain().outline()), against, base)
    row("explaining a finding, as plain data", median(lambda finding: finding.explain().as_dict()), against, base)
    row("explaining a finding, and replaying it", median(lambda finding: finding.explain().replay()), against, base)


def changing(rounds: int) -> None:
    """What a finding on the examples misses, and what would change it, each found anew; medians as above."""
    policies = sopb_rules.load_policies()
    state = policies.read_state(Path(__file__).parent.parent / "examples")
    report = policies.evaluate(state)

    def median(findings: list[Finding], ask: Callable[[Finding], Any]) -> float:
        def again(finding: Finding) -> Any:
            return ask(policies.find(finding.model, finding.record, report.as_of))

        return statistics.median(timed(partial(again, finding), max(3, rounds // 5)) for finding in findings)

    unknown = [finding for finding in report.findings if finding.verdict is Verdict.UNKNOWN]
    unmet = [finding for finding in report.findings if finding.verdict is Verdict.UNMET]
    against = "reference evaluator"
    for findings, name, ask in (
        (unknown, "what is missing, exactly", lambda finding: finding.missing),
        (unmet, "what would make an unmet duty met", lambda finding: finding.changes(Verdict.MET)),
    ):
        base = median(findings, lambda finding: evaluate_norm(finding.model, finding.record, report.as_of))
        row(name, median(findings, ask), against, base)


def main() -> None:
    """Run all of it."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        starts(rounds, Path(folder))
    reading(rounds)
    evaluating(rounds)
    explaining(rounds)
    changing(rounds)


if __name__ == "__main__":
    main()
