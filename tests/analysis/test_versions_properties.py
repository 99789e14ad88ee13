"""Versions of generated policies: what is shown is so in both ways of evaluating, and what is proved holds in any state."""

from __future__ import annotations

from hypothesis import given, note, settings
from hypothesis import strategies as st

from sopb_rules.analysis.changes import Sort
from sopb_rules.diagnostics import RulesError
from sopb_rules.model.load import compile_policies
from sopb_rules.mutation.mutants import mutants
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.syntax.format import format_file, format_statement
from sopb_rules.syntax.parse import parse, parse_all
from sopb_rules.testing.strategies import policy_files, states
from tests.analysis.comparing import compare_policies, confirmed, ends

#: The solver takes a while for strange policies.
few = settings(max_examples=max(1, settings.default.max_examples // 20))
SECONDS = 0.5
STATES = 5


def compiled(files: dict[str, str]) -> PolicySet:
    return PolicySet(compile_policies(Source(name, text) for name, text in files.items()))


@given(policy_files())
@settings(max_examples=max(1, settings.default.max_examples // 4))
def test_the_same_texts_are_the_same_under_other_names(files: dict[str, str]) -> None:
    old, new = compiled(files), compiled({f"new_{name}": text for name, text in files.items()})
    comparison = compare_policies(old, new)
    assert comparison.same
    assert {change.sort for change in comparison.changes} <= {Sort.SAME}
    assert not comparison.parameters
    assert not comparison.vocabulary


@given(policy_files())
@settings(max_examples=max(1, settings.default.max_examples // 4))
def test_layout_and_comments_are_text(files: dict[str, str]) -> None:
    changed = {
        name: text.replace("\nnorm ", "\n# Read so.\nnorm ").replace("  when ", "    when ")
        for name, text in files.items()
    }
    old = compiled(files)
    for texts in (changed, {name: format_file(parse(Source(name, text))[0]) for name, text in changed.items()}):
        comparison = compare_policies(old, compiled(texts))
        assert comparison.same
        assert {change.sort for change in comparison.changes} <= {Sort.SAME, Sort.TEXT}
        for change in comparison.changes:
            if change.new is not None and change.new.text.startswith("norm "):
                assert change.sort is Sort.TEXT or texts is not changed
                assert change.rewording in ((), ("comments or layout",))


def test_what_is_said_of_mutants_is_so() -> None:
    told = {"confirmed": 0, "equivalent": 0}

    @given(st.data())
    @few
    def said(data: st.DataObject) -> None:
        files = data.draw(policy_files())
        old = compiled(files)
        trees, _ = parse_all(Source(name, text) for name, text in files.items())
        possible = mutants(old.model, trees)
        if not possible:
            return
        mutant = data.draw(st.sampled_from(possible))
        place = mutant.original.span
        text, changed = place.source.text, format_statement(mutant.changed)
        changed_files = files | {place.source.name: f"{text[: place.start]}{changed.rstrip()}\n{text[place.end :]}"}
        try:
            new = compiled(changed_files)
        except RulesError:
            return
        note(f"{mutant.owner} {mutant.words}")
        comparison = compare_policies(old, new, seconds=SECONDS)
        assert Sort.MISMATCH not in comparison.counts(), comparison
        told["confirmed"] += confirmed(old, new, comparison)
        settled = {change.name for change in comparison.changes if change.equivalent}
        told["equivalent"] += len(settled)
        for _ in range(STATES):
            stated = data.draw(states(old))
            try:
                read = [(version, version.state(stated)) for version in (old, new)]
            except RulesError:  # a judgement that only one version asks for
                continue
            found = [
                {(path, name): end for path, name, end in ends(version, state) if name in settled}
                for version, state in read
            ]
            assert found[0] == found[1]

    said()
    assert told["equivalent"] + told["confirmed"]
