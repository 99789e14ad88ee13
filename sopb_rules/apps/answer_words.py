"""The sentences for answers to questions about all states: what was asked, that it is clear, or what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from sopb_rules.analysis.questions import Answer, Bound, Kind, Status
from sopb_rules.apps.text.words import listing
from sopb_rules.model.norms import Norm, Policies

#: How many ids are named in one sentence.
_MOST = 6


@attrs.frozen
class Words:
    """What is said of one kind of question; each with the names of what it is about.

    Args:
        asked: behind “whether …”.
        clear: that there is no such thing.
        found: what it means that there is.
    """

    asked: str
    clear: str
    found: str


_WORDS: Mapping[Kind, Words] = {
    Kind.NEVER_APPLIES: Words(
        "{one} ever applies", "{one} applies in some state", "{one} never applies: no state meets its conditions"
    ),
    Kind.CANNOT_BE_MET: Words(
        "{one} can be met",
        "{one} can be met",
        "{one} can never be met: wherever it applies it is unmet, whatever is done",
    ),
    Kind.CANNOT_BE_UNMET: Words(
        "{one} can be unmet",
        "{one} can be unmet",
        "{one} asks for nothing: wherever it applies it is met, whatever is done",
    ),
    Kind.GAP: Words(
        "{one} has a case for every state",
        "{one} has a case for every state",
        "{one} gives no value in some state: none of its cases holds there",
    ),
    Kind.OVERLAP: Words(
        "cases of {one} clash",
        "no two cases of {one} clash",
        "{cases} of {one} hold together in some state and give different values, {values}",
    ),
    Kind.IDLE_CASE: Words(
        "{case} of {one} ever gives its value",
        "{case} of {one} gives its value in some state",
        "{case} of {one} never gives its value: there is no state in which it holds and no other overrides it",
    ),
    Kind.ALWAYS_TRUE: Words(
        "{one} holds in every state",
        "{one} does not hold in every state",
        "{one} holds in every state, so that it says nothing",
    ),
    Kind.ALWAYS_FALSE: Words("{one} ever holds", "{one} holds in some state", "{one} holds in no state"),
    Kind.CONFLICT: Words(
        "{all} can always be kept together",
        "{all} can always be kept together",
        "{all} cannot be kept together in some situation: whatever is done there, one of them is unmet",
    ),
    Kind.FORBIDS_PERMITTED: Words(
        "{duty} forbids what {permission} permits",
        "{duty} forbids nothing that {permission} permits",
        "{duty} forbids what {permission} permits in some situation: who does it there leaves {duty} unmet",
    ),
    Kind.IMPLIED: Words(
        "{one} follows from others",
        "{one} does not follow from others",
        "{one} follows from {others}: nobody can keep {these} and leave it unmet",
    ),
}

_OF_PERMISSIONS: Mapping[Kind, Words] = {
    Kind.CANNOT_BE_MET: Words(
        "the act that {one} permits can be done within its conditions",
        "the act that {one} permits can be done within its conditions",
        "the act that {one} permits can never be done within its conditions",
    ),
    Kind.CANNOT_BE_UNMET: Words(
        "{one} can be exceeded",
        "{one} can be exceeded",
        "{one} can never be exceeded: whoever does its act is within its conditions",
    ),
}
_ALONE = "{all} cannot be kept in some situation: whatever is done there, it is unmet"


def message(answer: Answer, model: Policies) -> str:
    """What an answer says, in one sentence without a full stop."""
    names = _names(answer, model)
    norm = model.norms.get(answer.question.ids[0])
    words = _WORDS[answer.question.kind]
    if norm is not None and norm.is_permission:
        words = _OF_PERMISSIONS.get(answer.question.kind, words)
    match answer.status:
        case Status.CLEAR:
            return words.clear.format_map(names)
        case Status.FOUND:
            alone = answer.question.kind is Kind.CONFLICT and len(answer.ids) == 1
            return (_ALONE if alone else words.found).format_map(names)
        case Status.UNDECIDED:
            return f"it is open whether {words.asked.format_map(names)}: {answer.reason}"
        case Status.MISMATCH:
            asked = words.asked.format_map(names)
            return f"the solver and the evaluation disagree on whether {asked}: a mistake in sopb, and none of yours"


def _names(answer: Answer, model: Policies) -> dict[str, str]:
    asked, ids = answer.question.ids, answer.ids or answer.question.ids
    names = {"one": name(asked[0], model), "all": norms(ids), "others": norms(ids[1:])}
    names["these"] = "that" if len(ids) == 2 else "these"
    names["permission"], names["duty"] = name(asked[0], model), name(asked[-1], model)
    names["case"] = f"case {asked[-1]}"
    values = {case.id: case.value for decision in model.decisions.values() for case in decision.cases}
    names["cases"] = f"cases {' and '.join(ids[1:])}"
    names["values"] = " and ".join(values.get(id, id) for id in ids[1:])
    return names


def name(id: str, model: Policies) -> str:
    """How people name a norm, a decision, a case or a definition of which a question speaks."""
    if id in model.norms:
        return f"norm {id}"
    if id in model.decisions:
        return f"decision {id}"
    _, _, defined = id.partition(".")
    return f"case {id}" if id[0].isdigit() else f"definition {defined}"


def norms(ids: Sequence[str]) -> str:
    """``norm 1.1``, ``norms 1.1 and 1.2``"""
    if len(ids) > _MOST:
        return f"norms {', '.join(ids[:_MOST])} and {len(ids) - _MOST} more"
    return f"norm{'' if len(ids) == 1 else 's'} {listing(ids)}" if ids else ""


def bound_words(bound: Bound) -> str:
    """Up to which length a list was looked at, in a sentence."""
    looked = f"`{bound.list}` was looked at with at most {bound.most} element{'' if bound.most == 1 else 's'}"
    return (
        f"{looked}, which is proved to be enough" if bound.enough else f"{looked}; longer ones may give another answer"
    )


def because_words(answer: Answer) -> str:
    """What the parts have to do with it that make it so in every state."""
    if answer.question.kind is Kind.CANNOT_BE_UNMET:
        return (
            "because it is always so where these hold"
            if answer.because[1:]
            else "because it is always so where this holds"
        )
    return "because no state meets all of" if answer.because[1:] else "because no state meets"


def came_to(named: str, outcome: str) -> str:
    """What a statement comes to, as an example says it."""
    said = {"not_applicable": "does not apply", "no_case": "has no case", "conflict": "is in conflict"}
    return f"{named} {said.get(outcome) or f'is {outcome}'}"


def is_of_permission(answer: Answer, model: Policies) -> bool:
    """Whether an answer is about a permission alone."""
    found = model.norms.get(answer.question.ids[0])
    return isinstance(found, Norm) and found.is_permission and len(answer.question.ids) == 1
