"""What a page says of one finding, in words: who is bound, what became of it, because of what, and what is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePath

import attrs

from sopb_rules.apps.roots import root
from sopb_rules.apps.text.clauses import FAILS, HOLDS, NOT_REACHED, UNKNOWN, marked
from sopb_rules.apps.text.unknown import Question
from sopb_rules.apps.text.words import Mark, bearers, by_layer, force, listing, may_come_to, place
from sopb_rules.completions.changes import Change, Changes, ChangeSet
from sopb_rules.findings.change_words import change_words, outcome_words
from sopb_rules.findings.finding import CaseFinding, DecisionFinding, Finding
from sopb_rules.findings.term_words import Naming
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import ABSENT, Record


@attrs.frozen
class Told:
    """Something that is said, and a quieter note to it."""

    text: str
    note: str = ""


@attrs.frozen
class ToldLine:
    """A line of an explanation.

    Args:
        depth: how deep it stands below the others, from 0.
        mark: what became of it.
        worded: whether its mark is told with its word; the words of other lines say themselves what became of them.
        quoted: whether it is a sentence of the document.
    """

    depth: int
    text: str
    note: str = ""
    mark: Mark | None = None
    worded: bool = False
    quoted: bool = False


_MARKS = {Truth.TRUE: HOLDS, Truth.FALSE: FAILS, Truth.UNKNOWN: UNKNOWN}


def about(record: Record) -> str:
    """Where in its listed entity a subject stands: ``changes[#2]``, with its name; "" for the entity itself."""
    outer = root(record)
    if record is outer:
        return ""
    path = record.path.removeprefix(outer.path + ".")
    named = record.display not in (record.path, record.id)
    return f"{path} ({record.display})" if named else path


def who(finding: Finding) -> str:
    """The force, who is bound, and about what, where that is not the bearer itself or the listed entity."""
    record, where = finding.record, about(finding.record)
    bound = f"{force(finding.model)} — {bearers(finding.model)}"
    if not where:
        return bound
    if finding.model.bearers == (record.entity,) and not record.index:
        return f"{bound} ({record.display})" if record.display not in (record.path, record.id) else bound
    return f"{bound}, about {where}"


def outcome(finding: Finding | DecisionFinding) -> str:
    """What its verdict leaves to say: the verdicts that are still possible; of a decision, the value or the values."""
    if isinstance(finding, DecisionFinding):
        return value(finding)
    return may_come_to(finding) if finding.verdict is Verdict.UNKNOWN else ""


def explanation(finding: Finding | DecisionFinding) -> Iterator[ToldLine]:
    """Why it came to its verdict, a line for each condition; the sentence itself is told beside it."""
    clauses = iter(marked(finding)) if isinstance(finding, Finding) else iter(())
    quoted = {case.text for case in finding.cases} if isinstance(finding, DecisionFinding) else {finding.text}
    for line in finding.explain().outline():
        note = " — ".join(filter(None, [line.note, short_place(line.place)]))
        text = line.text.removeprefix("“").removesuffix("”")
        if line.kind == "clause" and not line.depth:
            clause = next(clauses)
            before = "provided: " if clause.clause.part == "provided" else ""
            note = "" if clause.mark is NOT_REACHED else note
            yield ToldLine(line.depth, f"{before}{clause.text}", note, clause.mark, worded=True)
        elif line.kind == "remark" and text != line.text:
            if text not in quoted:
                yield ToldLine(line.depth, text, note, quoted=True)
        else:
            mark = _MARKS[line.truth] if line.truth is not None and line.kind != "heading" else None
            yield ToldLine(line.depth, line.text, note, mark)


def questions(finding: Finding | DecisionFinding) -> tuple[Told, ...]:
    """What could still change it: each question, with who may answer and how to state it."""
    outer = root(finding.record).path + "."
    told = []
    for fact in finding.missing:
        notes = [f"judged by {fact.assessor}"] if fact.assessor else []
        notes += ["asked, and nobody could say"] if fact.asked else []
        notes.append(f"state it as {fact.path.removeprefix(outer)}")
        told.append(Told(fact.question, "; ".join(notes)))
    return tuple(told)


#: How many sets of changes stand on a page that was not asked for them.
FEW = 3


def way_out(finding: Finding) -> Changes | None:
    """For a norm that is not complied with: what would make it so, in a few sets of changes."""
    wanted = {Verdict.UNMET: Verdict.MET, Verdict.EXCEEDED: Verdict.USED}.get(finding.verdict)
    return None if wanted is None else finding.changes(wanted, most=FEW)


def ways_out(finding: Finding | DecisionFinding) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    """Each set of changes by which a norm would be complied with, under what it leads to."""
    found = way_out(finding) if isinstance(finding, Finding) else None
    if found is None:
        return ()
    names, currency = names_for(finding), currency_of(finding)
    return tuple(
        (leads_to(finding, each), tuple(Told(change_words(c, names, currency), change_note(c)) for c in each.changes))
        for each in found.sets
    )


def leads_to(finding: Finding | DecisionFinding, changed: ChangeSet) -> str:
    """What changes would lead to, before they are named."""
    if changed.outcome is not Verdict.NOT_APPLICABLE:
        return f"it would come to {outcome_words(changed.outcome, finding.model)} with"
    gone = finding.record.hypothetical and any(each.after is ABSENT or each.after == () for each in changed.changes)
    return "there would be nothing that it is about with" if gone else "it would not apply with"


def change_note(change: Change) -> str:
    """What a fact says that would have to be otherwise, and who can bring it about."""
    label = change.label if change.label != change.path.rsplit(".", 1)[-1].replace("_", " ") else ""
    who = ["by acting" if change.act else "not by acting"] if change.act or change.assessor is None else []
    who += [f"judged by {v.called(change.assessor)}"] if change.assessor is not None else []
    return "; ".join(filter(None, [label, *who]))


def names_for(finding: Finding | DecisionFinding) -> Naming:
    """How facts are called on the page of a finding."""
    record = finding.record
    return Naming(tuple(dict.fromkeys((record.path, root(record).path))))


def currency_of(finding: Finding | DecisionFinding) -> str:
    """What amounts are counted in."""
    return finding.record.state.vocabulary.currency or ""


def asked(question: Question, root: str) -> Told:
    """A question about a listed entity, with the norms that wait for the answer and how to state it."""
    fact = question.fact
    names = [*(f"{name} (possible breach)" for name in question.grave), *question.waiting]
    nobody = "; asked, and nobody could say" if fact.asked else ""
    waiting = f"{listing(names)} {'waits' if len(names) == 1 else 'wait'} for it"
    return Told(fact.question, f"{waiting} — state it as {fact.path.removeprefix(f'{root}.')}{nobody}")


def decides(finding: DecisionFinding) -> str:
    """What a decision is on, and about what, where that is not the listed entity."""
    where = about(finding.record)
    return f"{finding.model.label}{f', about {where}' if where else ''}"


def fate(case: CaseFinding) -> str:
    """What became of a case of a decision."""
    if case.outranked_by:
        return f"outranked by {listing(case.outranked_by)}"
    match case.active:
        case Truth.TRUE:
            return "holds"
        case Truth.UNKNOWN:
            return "unknown"
        case _:
            return "does not hold"


def value(finding: DecisionFinding) -> str:
    """The value that a decision gives, or those that it may give."""
    decision = finding.model
    if finding.value is not None:
        return value_label(decision, finding.value)
    match finding.verdict:
        case Verdict.NO_CASE:
            return "no case of the decision holds"
        case Verdict.CONFLICT:
            return "between " + listing(f"{value_label(decision, case.value)} ({case.case})" for case in finding.basis)
        case _:
            words = {"no_case": "no case", "conflict": "a conflict"}
            values = [words.get(each) or value_label(decision, each) for each in sorted(finding.comes_to)]
            return f"may come to {listing(values, 'or')}"


def value_label(decision: Decision, value: str) -> str:
    """The words for a value of a decision."""
    return decision.kind.values.get(value, value)


def place_of(model: Norm | Decision) -> str:
    """Where a norm or a decision is written; of what measures add or tighten, by which of them."""
    where = short_place(str(model.span))
    return where + by_layer(model, lambda span: short_place(str(span))) if isinstance(model, Norm) else where


def short_place(where: str) -> str:
    """A place in a file, for readers elsewhere: of policies, and outside the current folder, only the own folder is named."""
    shown = place(where)
    far = os.path.isabs(shown) or ".policy:" in shown  # noqa: PTH117 - it is a place, and no path
    return "/".join(PurePath(shown).parts[-2:]) if far else shown


def in_short(finding: Finding) -> str:
    """What it is on, for a line: the clauses to which the verdict is due, else the first."""
    due = [each.text for each in marked(finding) if each.fails]
    if due:
        return "; ".join(due)
    first, *more = finding.clauses
    return f"{first.label} …" if more else first.label
