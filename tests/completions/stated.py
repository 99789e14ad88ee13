"""Plain data with assumptions stated in it, so that what a search says is tried on states as people write them."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable
from typing import Any

from sopb_rules.completions import Assumption
from sopb_rules.completions.changes import Change
from sopb_rules.model import vocabulary as v
from sopb_rules.model.literals import moved
from sopb_rules.model.norms import Policies
from sopb_rules.states.records import ABSENT, Record
from sopb_rules.testing.some_states import Data
from tests.properties.support import records


def with_assumptions(policies: Policies, plain: Data, assumptions: Iterable[Assumption]) -> Data:
    """The data with each assumption stated where its path says, each as soon as what holds it is stated."""
    data = copy.deepcopy(plain)
    waiting = list(assumptions)
    while waiting:
        there = {at for _, at in records(policies, data)}
        ready = [each for each in waiting if each.type is None or _holder(each.path) in there]
        assert ready, waiting
        for each in ready:
            _state(policies, data, each)
            waiting.remove(each)
    return data


def with_changes(policies: Policies, plain: Data, changes: Iterable[Change]) -> Data:
    """The data with each change made where its path says."""
    data = copy.deepcopy(plain)
    waiting = list(changes)
    while waiting:
        there = {at for _, at in records(policies, data)}
        ready = [each for each in waiting if each.type is None or _holder(each.path) in there]
        assert ready, waiting
        for each in ready:
            _change(policies, data, each)
            waiting.remove(each)
    return data


def _change(policies: Policies, data: Data, change: Change) -> None:
    after = change.after
    if isinstance(after, tuple) and isinstance(change.before, tuple) and change.type is not None:
        name = change.path.rpartition(".")[2]
        holder = _record(policies, data, _holder(change.path))
        kept = [holder[name][each.index - 1] for each in after if not each.hypothetical]
        holder[name] = [*kept, *({} for each in after if each.hypothetical)]
        return
    if isinstance(after, tuple):
        value: Any = len(after) if change.type is not None else tuple(each.id for each in after)
    else:
        value = (after.id or True) if isinstance(after, Record) else after
    _state(policies, data, Assumption(change.path, "", value, change.type))


def _holder(path: str) -> str:
    return path.partition('.judgements["')[0] if path.endswith('"]') else path.rpartition(".")[0]


def _state(policies: Policies, data: Data, each: Assumption) -> None:
    if each.type is None:
        data[each.path] = [{"id": id} for id in each.value]
        return
    if each.path.endswith('"]'):
        key = each.path[:-2].partition('.judgements["')[2]
        _record(policies, data, _holder(each.path)).setdefault("judgements", {})[key] = _judged(each.value)
        return
    name = each.path.rpartition(".")[2]
    _record(policies, data, _holder(each.path))[name] = _written(each.value, each.type)
    if isinstance(each.type, v.Reference) and str(each.value).startswith("new"):
        listed = data.setdefault(each.type.entity.name, [])
        if each.value not in [one["id"] for one in listed]:
            listed.append({"id": each.value})


def _record(policies: Policies, data: Data, path: str) -> Data:
    return next(record for record, at in records(policies, data) if at == path)


def _written(value: Any, type_: v.FactType) -> Any:
    if value is ABSENT:
        return None
    match type_:
        case v.Judgement():
            return _judged(value)
        case v.Contained():
            return {}
        case v.ListOf():
            return [{} for _ in range(value)]
        case v.Percent():
            return f"{moved(value, 2):f}%"
        case v.Days():
            return f"{value} days"
        case v.Months():
            return f"{value} months"
        case _:
            return value


def _judged(value: bool) -> Data:
    return {"value": value, "by": "the assessor", "on": datetime.date(2026, 5, 1)}
