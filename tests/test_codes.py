"""Each code has an explanation whose bad example leads to it and whose good one leads to nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sopb_rules import source
from sopb_rules.analysis.ask import answers, questions
from sopb_rules.analysis.questions import Kind, Status
from sopb_rules.audit import audit_texts
from sopb_rules.catalogue import EXPLANATIONS, explain
from sopb_rules.checks.questions import QUESTIONS
from sopb_rules.checks.registry import CHECKS
from sopb_rules.checks.run import run_checks
from sopb_rules.checks.settings import Settings, find_settings
from sopb_rules.codes import ARTICLE, GROUPS, VOCABULARY, CodeExplanation, Form
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.loading import refuse_looser
from sopb_rules.model import files, literals, resolve
from sopb_rules.model.load import check, compile_policies
from sopb_rules.mutation.bench import Fate
from sopb_rules.mutation.run import Trials
from sopb_rules.policy_set import PolicySet
from sopb_rules.population.layout import layout
from sopb_rules.population.tables import Population
from sopb_rules.source import Source
from sopb_rules.states import nodes
from sopb_rules.states.files import parse_state
from sopb_rules.states.mistakes import Mistakes
from sopb_rules.states.nodes import Node
from sopb_rules.states.read import check_state
from sopb_rules.syntax import parse
from sopb_rules.syntax.format import format_source
from sopb_rules.testing.coverage import condition_coverage
from sopb_rules.testing.examples import run_examples

OF_EXAMPLES = (Code.EXAMPLE, Code.UNTRIED_CONDITION, Code.UNTRIED_THRESHOLD, Code.UNNOTICED_CHANGE)
POLICY_CODES = [code for code in Code if code.value[0] in "PNTD" and code not in OF_EXAMPLES]


def sources(snippet: str, whole: bool = False) -> list[Source]:
    """A policy snippet with what it needs around it."""
    if whole:
        return [Source("example.policy", snippet)]
    if (begin := re.search(r"^measures\b", snippet, re.MULTILINE)) is not None:  # they are a file of their own
        measures = Source("measures.policy", snippet[begin.start() :])
        return [*sources(snippet[: begin.start()]), measures]
    needs_article = re.search(r"^(norm|decision|note|define \d)\b", snippet, re.MULTILINE) and not re.search(
        r"^article\b", snippet, re.MULTILINE
    )
    article = ARTICLE + "\n" if needs_article else ""
    return [Source("vocabulary.policy", VOCABULARY), Source("example.policy", article + snippet)]


def mistakes(explanation: CodeExplanation, snippet: str) -> list[Diagnostic]:
    """What the checker says of a snippet, and of measures in it also the solver."""
    model, found = check(sources(snippet, explanation.whole))
    if model is None or found:
        return found
    try:
        return refuse_looser(model)
    except RulesError as error:
        return list(error.diagnostics)


def test_every_code_has_an_explanation() -> None:
    assert list(EXPLANATIONS) == list(Code)


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_explanation_is_complete(code: Code) -> None:
    explanation = EXPLANATIONS[code]
    assert explanation.code is code
    assert code.value[0] in GROUPS
    assert explanation.title[0].isupper() or explanation.title[0] == "`"
    assert not explanation.title.endswith(".")
    assert explanation.text.endswith(".")
    assert "\n" not in explanation.text
    assert explanation.bad != explanation.good


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        (Code.FILE_TOO_LARGE, f"policy file stays below {files.SIZE_LIMIT // 2**20} MiB"),
        (Code.FILE_TOO_LARGE, f"policy set below {files.FILES_LIMIT:,} files"),
        (Code.FILE_TOO_LARGE, f"state file below {source.SIZE_LIMIT // 2**20} MiB"),
        (Code.TOO_DEEP, f"more than {parse.DEPTH_LIMIT} deep"),
        (Code.BAD_LITERAL, f"more than {literals.DIGITS} digits"),
        (Code.TOO_LARGE, f"more than {resolve.SIZE_LIMIT:,} parts"),
        (Code.TOO_LARGE, f"more than {resolve.CHAIN_LIMIT} other statements"),
        (Code.STATE_TOO_DEEP, f"More than {nodes.DEPTH_LIMIT} levels"),
    ],
)
def test_limits_are_told_as_they_are(code: Code, limit: str) -> None:
    assert limit in EXPLANATIONS[code].text


@pytest.mark.parametrize("code", POLICY_CODES, ids=lambda code: code.value)
def test_bad_policy_leads_to_its_code_and_to_no_other(code: Code) -> None:
    explanation = EXPLANATIONS[code]
    assert explanation.form is Form.POLICY
    assert [diagnostic.code for diagnostic in mistakes(explanation, explanation.bad)] == [code]


@pytest.mark.parametrize(
    "code", [code for code in Code if EXPLANATIONS[code].form is Form.POLICY], ids=lambda code: code.value
)
def test_good_policy_has_no_mistake(code: Code) -> None:
    explanation = EXPLANATIONS[code]
    assert mistakes(explanation, explanation.good) == []
    assert format_source(Source("example.policy", explanation.good)) == explanation.good


def test_the_vocabulary_of_the_examples_is_laid_out() -> None:
    assert format_source(Source("vocabulary.policy", VOCABULARY)) == VOCABULARY


@pytest.mark.parametrize("code", [Code.EXAMPLE, Code.EXAMPLE_FAILED], ids=lambda code: code.value)
def test_bad_example_leads_to_its_code_and_good_one_to_nothing(code: Code) -> None:
    def failures(snippet: str) -> list[Code]:
        results = run_examples(PolicySet(compile_policies(sources(snippet))))
        return [failure.code for result in results for failure in result.failures]

    assert failures(EXPLANATIONS[code].bad) == [code]
    assert failures(EXPLANATIONS[code].good) == []


@pytest.mark.parametrize("code", [Code.UNTRIED_CONDITION, Code.UNTRIED_THRESHOLD], ids=lambda code: code.value)
def test_what_is_left_untried_leads_to_its_code(code: Code) -> None:
    def untried(snippet: str) -> list[Code]:
        covered = condition_coverage(PolicySet(compile_policies(sources(snippet))))
        return [diagnostic.code for shown in covered for diagnostic in shown.diagnostics()]

    assert untried(EXPLANATIONS[code].bad) == [code]
    assert untried(EXPLANATIONS[code].good) == []


def test_a_change_that_nothing_notices_leads_to_its_code() -> None:
    def unnoticed(snippet: str) -> list[str]:
        tried = Trials(PolicySet(compile_policies(sources(snippet)))).all(1)
        return [each.mutant.words for each in tried if each.fate is Fate.SURVIVED]

    explanation = EXPLANATIONS[Code.UNNOTICED_CHANGE]
    assert unnoticed(explanation.bad) == ["with `4` instead of `3`"]
    assert unnoticed(explanation.good) == []


@pytest.mark.parametrize("code", [code for code in Code if code.value[0] == "A"], ids=lambda code: code.value)
def test_bad_quotes_lead_to_their_code(code: Code) -> None:
    def found(snippet: str) -> set[Code]:
        _, document, policy = re.split(r"^# \S+\n", snippet, flags=re.MULTILINE)
        policies = compile_policies([Source("vocabulary.policy", VOCABULARY), Source("article.policy", policy)])
        return {diagnostic.code for diagnostic in audit_texts(policies, Source("source.txt", document)).diagnostics}

    assert EXPLANATIONS[code].form is Form.AUDIT
    assert code in found(EXPLANATIONS[code].bad)
    assert found(EXPLANATIONS[code].bad) <= {code, Code.NO_SUCH_SENTENCE}
    assert found(EXPLANATIONS[code].good) == set()


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_what_is_found_about_all_states_leads_to_its_code(kind: Kind) -> None:
    def found(snippet: str) -> set[Kind]:
        policies = PolicySet(compile_policies(sources(snippet)))
        answered = [answer for question in questions(policies) for answer in answers(policies, question)]
        assert {answer.status for answer in answered} <= {Status.FOUND, Status.CLEAR}
        return {answer.question.kind for answer in answered if answer.status is Status.FOUND}

    explanation = EXPLANATIONS[QUESTIONS[kind].code]
    assert explanation.form is Form.POLICY
    assert found(explanation.bad) - {Kind.GAP} == {kind} - {Kind.GAP}
    assert found(explanation.good) <= {Kind.GAP}
    assert (kind is Kind.GAP) <= (found(explanation.bad) == {kind} and found(explanation.good) == set())


CHECKED = [check.code for check in CHECKS]
#: Snippets leave examples out where the check is not about them.
OF_UNTRIED = {Code.NO_EXAMPLE, Code.UNTRIED_CONDITION, Code.UNTRIED_THRESHOLD}


def complaints(explanation: CodeExplanation, snippet: str) -> list[Code]:
    """What the checks say of a snippet, and not of the vocabulary that it goes with."""
    policies = PolicySet(compile_policies(sources(snippet, explanation.whole)))
    off = {check.name: None for check in CHECKS if check.code in OF_UNTRIED - {explanation.code}}
    found = run_checks(policies, Settings(off))
    return [each.code for each in found if each.span and each.span.source.name == "example.policy"]


@pytest.mark.parametrize("code", CHECKED, ids=lambda code: code.value)
def test_what_a_check_complains_about_leads_to_its_code_and_to_no_other(code: Code) -> None:
    explanation = EXPLANATIONS[code]
    assert explanation.form is Form.POLICY
    assert complaints(explanation, explanation.bad) == [code]
    assert complaints(explanation, explanation.good) == []


@pytest.mark.parametrize("asked", ["P001", "p001", " P001 "])
def test_explain_finds_a_code_however_it_is_spelled(asked: str) -> None:
    assert explain(asked) is EXPLANATIONS[Code.UNEXPECTED]


@pytest.mark.parametrize("asked", ["unused-fact", "Unused-Fact", "C001"])
def test_explain_finds_a_check_by_its_name_too(asked: str) -> None:
    assert explain(asked) is EXPLANATIONS[Code.UNUSED_FACT]


@pytest.mark.parametrize(
    ("asked", "help"),
    [("P0001", "did you mean `P001`?"), ("P99", "did you mean `P"), ("hello", "codes: A001, A002"), ("", "codes: ")],
)
def test_unknown_code_is_refused_with_a_suggestion(asked: str, help: str) -> None:
    with pytest.raises(RulesError) as caught:
        explain(asked)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is Code.UNKNOWN_CODE
    assert diagnostic.help.startswith(help)


def test_bad_settings_lead_to_their_code_and_good_ones_to_nothing(tmp_path: Path) -> None:
    explanation = EXPLANATIONS[Code.BAD_SETTING]
    assert explanation.form is Form.SETTINGS
    (tmp_path / "sopb.toml").write_text(explanation.bad, "utf-8")
    with pytest.raises(RulesError) as caught:
        find_settings(tmp_path, CHECKS)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == [Code.BAD_SETTING]
    (tmp_path / "sopb.toml").write_text(explanation.good, "utf-8")
    assert find_settings(tmp_path, CHECKS).levels == {"unused-fact": None}


def state_mistakes(text: str) -> list[Code]:
    """The codes of what is wrong with a state; several files in one text each begin with a comment that names them."""
    policies = compile_policies([Source("vocabulary.policy", VOCABULARY)])
    names = re.findall(r"^# (\S+\.yaml)\n", text, re.MULTILINE) or ["state.yaml"]
    texts = re.split(r"^# \S+\.yaml\n", text, flags=re.MULTILINE)
    mistakes = Mistakes()
    read: list[Node] = []
    for name, part in zip(names, texts[-len(names) :], strict=True):
        node, diagnostics = parse_state(Source(name, part))
        mistakes.extend(diagnostics)
        if node is not None:
            read.append(node)
    try:
        check_state(policies.vocabulary, read, judgement_keys=policies.judgement_keys, mistakes=mistakes)
    except RulesError as error:
        return [diagnostic.code for diagnostic in error.diagnostics]
    return []


@pytest.mark.parametrize("code", [code for code in Code if code.value[0] == "S"], ids=lambda code: code.value)
def test_bad_state_leads_to_its_code_and_good_state_to_nothing(code: Code) -> None:
    explanation = EXPLANATIONS[code]
    assert explanation.form is Form.STATE
    assert set(state_mistakes(explanation.bad)) == {code}
    assert state_mistakes(explanation.good) == []


@pytest.mark.parametrize("code", [code for code in Code if code.value[0] == "R"], ids=lambda code: code.value)
def test_bad_tables_lead_to_their_code_and_good_ones_to_nothing(code: Code, tmp_path: Path) -> None:
    def found(snippet: str) -> set[Code]:
        _, *parts = re.split(r"^# (\S+)\n", snippet, flags=re.MULTILINE)
        paths = {name.removesuffix(".csv"): tmp_path / name for name in parts[::2]}
        for path, text in zip(paths.values(), parts[1::2], strict=True):
            path.write_text(text, "utf-8")
        policies = compile_policies([Source("vocabulary.policy", VOCABULARY)])
        try:
            Population.of(layout(policies.vocabulary, policies.judgement_keys), paths).whole()
        except RulesError as error:
            return {diagnostic.code for diagnostic in error.diagnostics}
        return set()

    explanation = EXPLANATIONS[code]
    assert explanation.form is Form.TABLE
    assert found(explanation.bad) == {code}
    assert found(explanation.good) == set()
