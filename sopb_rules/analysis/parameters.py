"""What became of the parameters from one version of policies to the next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sopb_rules.analysis.changes import ParameterChange, Sort
from sopb_rules.analysis.vocabularies import same_type
from sopb_rules.findings.leaves import value_of
from sopb_rules.findings.value_words import shown
from sopb_rules.model.norms import Parameter, Policies


def parameter_changes(old: Policies, new: Policies) -> Iterator[ParameterChange]:
    """The parameters that changed, in the order of the new version, those that are gone last."""
    for name in dict.fromkeys((*new.parameters, *old.parameters)):
        before, after = old.parameters.get(name), new.parameters.get(name)
        if before is None and after is not None:
            words = f"is {_values(after, new.vocabulary.currency)}"
            yield ParameterChange(name, Sort.ADDED, (words,), None, after.span)
        elif before is not None and after is None:
            words = f"was {_values(before, old.vocabulary.currency)}"
            yield ParameterChange(name, Sort.REMOVED, (words,), before.span, None)
        elif before is not None and after is not None:
            told = tuple(_changed(before, after, old.vocabulary.currency, new.vocabulary.currency))
            label = () if before.label == after.label else ("its label changed",)
            if told or label:
                sort = Sort.OTHER if told else Sort.TEXT
                yield ParameterChange(name, sort, (*told, *label), before.span, after.span)


def _changed(old: Parameter, new: Parameter, before: str | None, after: str | None) -> Iterator[str]:
    """What differs in meaning."""
    if not same_type(old.type, new.type):
        yield "has another type"
    elif old.values != new.values:
        yield f"was {_values(old, before)}, is {_values(new, after)}"
    assessors = [each.assessor.name if each.assessor is not None else "nobody" for each in (old, new)]
    if assessors[0] != assessors[1]:
        yield f"was judged by {assessors[0]} while it is open, is judged by {assessors[1]}"


def _values(parameter: Parameter, currency: str | None) -> str:
    """The values of a parameter, with the day from which on each holds."""
    said = []
    for start, value in parameter.values:
        words = shown(value_of(value, parameter.type, currency or ""))
        said.append(words if start == datetime.date.min else f"{words} from {start.isoformat()}")
    return ", ".join(said) or "open"
