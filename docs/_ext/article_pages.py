"""Writes a page for each article, and the page of how they go together, from the policies before Sphinx reads the pages.

The witnesses are state files; what is shown beside each is what evaluating it gives while the pages are built.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sopb_rules import load_policies
from sopb_rules.apps.article_data import ArticleView, Piece, SentenceView, article_view
from sopb_rules.apps.facts_data import type_name
from sopb_rules.apps.text.clauses import NOT_REACHED, marked, print_clause
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import VERDICTS, bearers, force, listing, may_come_to
from sopb_rules.diagnostics import RulesError
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.model.norms import Interplay, Policies, article_of, sentence_of
from sopb_rules.model.vocabulary import called
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import read_source

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).parent.parent.parent
WITNESSES = ROOT / "docs" / "interplay"
_KINDS = {
    "tension": (
        "Tensions",
        "two sentences pull in different directions, or one could be mistaken for the cure of another",
    ),
    "overlap": ("Overlaps", "several sentences are about one thing, with another force, bearer or word"),
    "gap": ("Gaps", "the sentences leave something without a rule, a bearer or a measure"),
    "fallback": ("Fallbacks", "one sentence steps in where another does not fit"),
}


_INTRODUCTION = """\
<!-- The documentation build writes this page from policies/opinions/interplay.policy and docs/interplay/; changes are lost. -->

# How the sentences go together

Twenty-three articles, written to be read by people, say some things twice, some in two forces, and some not at all. This
page lists what a careful reading finds, {count} remarks: what each sentence says, how the policies treat it, and a state of
affairs that shows it. The states lie in `docs/interplay/`; what stands below each is what evaluating it gave when this page
was built. The remarks themselves are part of the policies, so `sopb check` notices when one speaks of a norm that is no
longer there, and `sopb article N` shows those of an article.
"""


# ---- articles -----------------------------------------------------------------------------------------------


def article_page(view: ArticleView) -> str:
    """An article, in MyST."""
    parts = [f"(article-{view.number})=\n# Article {view.number}: {view.title}\n"]
    parts += ["\n".join(_sentence(sentence)) for sentence in view.sentences]
    if view.pieces:
        parts += ["## Defined here\n", *("\n".join(_piece(piece)) for piece in view.pieces)]
    if view.facts:
        parts.append("\n".join(_facts(view)))
    if view.interplay:
        parts.append("## How its sentences go together with others\n")
        parts.append(
            "\n".join(
                f"- {each.kind} on {', '.join(each.ids)}: [{each.title}](#{_anchor(each)})" for each in view.interplay
            )
        )
    return "\n".join(parts) + "\n"


def _sentence(sentence: SentenceView) -> Iterator[str]:
    yield f"## {sentence.id}\n\n> {_escaped(sentence.text)}\n"
    for piece in sentence.pieces:
        yield from _piece(piece)


def _piece(piece: Piece) -> Iterator[str]:
    if piece.case:
        yield f"Case {piece.case} of the {piece.name} above.\n"
        return
    if piece.reading:
        yield f"{_escaped(piece.reading)}\n"
    if not piece.name.startswith("note"):
        yield f"```policy\n{piece.text}\n```\n"
    else:
        yield f"Note: {piece.text.split()[-1]}.\n"
    if piece.examples:
        yield "| Example | comes to |\n|---|---|"
        yield from (f"| {_escaped(title)} | {outcomes} |" for title, outcomes in piece.examples)
        yield ""


def _facts(view: ArticleView) -> Iterator[str]:
    yield "## Facts\n"
    yield "| Of | Fact | Meaning | Type or assessor |\n|---|---|---|---|"
    for entity, facts in view.facts:
        for fact in facts:
            by = f"judged by {called(fact.assessor)}" if fact.assessor else type_name(fact.type)
            yield f"| {_escaped(entity.label)} | `{fact.name}` | {_escaped(fact.label)} | {by} |"
    yield ""


# ---- interplay ----------------------------------------------------------------------------------------------


def interplay_page(policies: PolicySet) -> str:
    """All remarks on how sentences go together, by kind, each with its sentences and its witness."""
    parts = [_INTRODUCTION.format(count=len(policies.model.interplay))]
    for kind, (title, meaning) in _KINDS.items():
        remarks = [each for each in policies.model.interplay.values() if each.kind == kind]
        parts.append(f"## {title}\n\n{len(remarks)} of them: {meaning}.\n")
        parts += ["\n".join(_remark(policies, each)) for each in remarks]
    return "\n".join(parts)


def _remark(policies: PolicySet, remark: Interplay) -> Iterator[str]:
    yield f"({_anchor(remark)})=\n### {_escaped(remark.title)}\n"
    for id, text in _sentences(policies.model, remark.ids):
        yield f"> [{id}](#article-{article_of(id)}) {_escaped(text)}\n>"
    yield f"\n{_escaped(remark.text)}\n\n*Treatment:* {_escaped(remark.treatment)}\n"
    file = WITNESSES / f"{remark.name}.yaml"
    state = read_source(file).text.rstrip()
    yield f"The state `{file.relative_to(ROOT).as_posix()}`:\n\n```yaml\n{state}\n```\n"
    yield f"Evaluating it gives:\n\n```text\n{witness(policies, remark)}```\n"
    asked = next((id for id in remark.ids if id in policies.norms), remark.ids[0])
    yield f"`sopb explain {asked} {file.relative_to(ROOT).as_posix()}` tells more.\n"


def witness(policies: PolicySet, remark: Interplay) -> str:
    """What evaluating the witness of a remark says of its norms and decisions."""
    report = policies.evaluate(policies.read_state(WITNESSES / f"{remark.name}.yaml"))
    stream = io.StringIO()
    page = Page(stream, width=100)
    for finding in report.findings:
        if finding.norm in remark.ids:
            _show(page, finding)
    for decision in report.decisions:
        if not {case.case for case in decision.cases}.isdisjoint(remark.ids):
            page.row(decision.decision, f"{_decided(decision)} — {decision.record.path}", column=16)
    return stream.getvalue()


def _decided(decision: DecisionFinding) -> str:
    """What a decision comes to; for a conflict, between whom."""
    active = [f"{case.value} (case {case.case})" for case in decision.basis]
    if decision.verdict is Verdict.CONFLICT:
        return f"conflict between {listing(active)}"
    if decision.verdict is Verdict.UNKNOWN:
        return f"unknown — may come to {listing(sorted(decision.comes_to), 'or')}"
    return ", ".join(active) or decision.verdict.value.replace("_", " ")


def _show(page: Page, finding: Finding) -> None:
    verdict = VERDICTS[finding.verdict.value].on(page)
    might = f" — {may_come_to(finding)}" if finding.verdict is Verdict.UNKNOWN else ""
    page.row(
        finding.norm,
        verdict,
        f"{might} — {force(finding.model)} — {bearers(finding.model)}, about {finding.record.path}",
    )
    for each in marked(finding):
        if each.mark is not NOT_REACHED:
            print_clause(page, each, 8)


def _sentences(model: Policies, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    texts = {each.id: each.text for each in model.numbered}
    seen: set[str] = set()
    for id in ids:
        sentence = sentence_of(id)
        if sentence not in seen:
            seen.add(sentence)
            yield sentence, texts[id]


def _anchor(remark: Interplay) -> str:
    return f"interplay-{remark.name.replace('_', '-')}"


def _escaped(text: str) -> str:
    """A text as it is: nothing in it is markup but backticks, which mean what they mean in policies."""
    parts = text.split("`")
    for index in range(0, len(parts), 2):  # the others are code
        for sign in "\\*_[]<>#|":
            parts[index] = parts[index].replace(sign, f"\\{sign}")
    return "`".join(parts)


# ---- Sphinx -------------------------------------------------------------------------------------------------


def _write(app: Sphinx) -> None:
    from sphinx.errors import ExtensionError

    policies = load_policies()
    try:
        remarks = interplay_page(policies)
    except RulesError as error:
        raise ExtensionError(f"docs/interplay.md cannot be written: {error}") from None
    pages = {
        f"articles/article_{n:02}.md": article_page(article_view(policies.model, a))
        for n, a in policies.model.articles.items()
    }
    pages["interplay.md"] = remarks
    for name, text in pages.items():
        target = Path(app.srcdir) / name
        target.parent.mkdir(exist_ok=True)
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages when a build begins."""
    app.connect("builder-inited", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
