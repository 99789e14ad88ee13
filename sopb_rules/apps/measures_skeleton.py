"""The skeleton of local measures: each open parameter, with what rests on it, as comments to make measures of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopb_rules.apps.article_skeleton import comment, label
from sopb_rules.measures_audit import resting_on
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Parameter, Policies, sentence_of, sort_key
from sopb_rules.source import Source
from sopb_rules.syntax.format import format_source

# The sentences in which a document lets others settle what it leaves open.
_LETS_MEASURES = re.compile(r"\b(implement\w+|local|detailed)\s+(\w+\s+)?(measures|rules)\b", re.IGNORECASE)
_HEAD = (
    "Local measures: they set parameters that the policies leave open. Below stands each of them with the sentences that "
    "rest on it. To set one, take away the `#` before its `set` and write a value, also from a day on (`set NAME from "
    "2027-01-01 is …`); add the sentence of the measures below it in a line that begins with `|`, and examples."
)
_MORE = (
    "Measures may also be stricter than a norm, and add norms. What tightens a norm restates the parts that differ: its "
    "`when` and `unless`, its duty or permission, or its `provided`. A norm of the measures has their name in front of "
    'the number of its sentence; write the name before the title, which others are under then: `measures NAME "…" under`. '
    "Facts that it needs stand below `facts of` an entity."
)
_HINTS = """\
# tighten …
#   | … (the sentence of the measures)
#   when …
#
# facts of organization
#   …  yes/no  "…"  act
#
# norm NAME:2.1 about organization
#   | … (the sentence of the measures)
#   the organization must
#     …
"""


def measures_skeleton(title: str, model: Policies) -> str:
    """Measures under some policies, in the layout of `sopb fmt`; nothing is set yet, so that all holds as it did."""
    lines = comment(_HEAD)
    for id, text in _sentences(model).items():
        if _LETS_MEASURES.search(text):
            lines += ["#", *comment(f"{id}: {text}")]
    lines.append(f"measures {label(title)} under {model.vocabulary.name}")
    for parameter in model.parameters.values():
        if parameter.may_be_open:
            lines += ["", *_block(parameter, model)]
    lines += ["", *comment(_MORE), "#", *_HINTS.splitlines()]
    return format_source(Source("measures.policy", "\n".join(lines) + "\n"))


def _block(parameter: Parameter, model: Policies) -> Iterator[str]:
    """A parameter as comments, and behind them the line that sets it."""
    yield from comment(f"{parameter.name}: {parameter.label}")
    texts = _sentences(model)
    for id in resting_on(model, parameter.name):
        yield from comment(f"{id}: {texts[id]}")
    judged = dict.fromkeys(
        node.question.removesuffix(f" ({parameter.label})")
        for condition in model.conditions()
        for node in e.walk(condition, into_applied=False)
        if isinstance(node, e.Judged) and parameter in node.parameters
    )
    if judged and parameter.assessor is not None:
        yield from comment(f"While it is open, {v.called(parameter.assessor)} judges: {' '.join(judged)}")
    if parameter.given_from is not None:
        yield from comment(f"Only until {parameter.given_from}, when the policies give it a value.")
    if isinstance(parameter.type, v.KindType):
        yield from comment(f"One of: {', '.join(parameter.type.kind.values)}")
    yield f"# set {parameter.name} is {_blank(parameter.type, model)}"


def _blank(type_: v.FactType, model: Policies) -> str:
    """What to write for a value, with `…` for what is to be filled in."""
    match type_:
        case v.Days():
            return "… days"
        case v.Months():
            return "… months"
        case v.Percent():
            return "…%"
        case v.Money():
            return f"… {model.vocabulary.currency or ''}".rstrip()
        case v.Text():
            return '"…"'
        case v.Date():
            return "…-…-…"
        case _:
            return "…"


def _sentences(model: Policies) -> dict[str, str]:
    """The sentences that are quoted, by their numbers."""
    found = {sentence_of(each.id): each.text for each in model.numbered if each.text}
    return dict(sorted(found.items(), key=lambda pair: sort_key(pair[0])))
