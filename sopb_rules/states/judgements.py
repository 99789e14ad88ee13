"""Judgements in states: only an assessor may state them, so each says who judged and when."""

from __future__ import annotations

import re
from collections.abc import Mapping as AbstractMapping

from sopb_rules.diagnostics import Code, suggestion
from sopb_rules.model.vocabulary import Date, Fact, Text, YesNo
from sopb_rules.states.mistakes import Mistakes, Where
from sopb_rules.states.nodes import Mapping, Node, Refused, Scalar, quoted, shown
from sopb_rules.states.records import Record, Stated
from sopb_rules.states.scalars import Mistake, expected, read_date, read_scalar
from sopb_rules.states.spelling import in_json

#: By entity, the keys of judgements that stand in for open parameters, with their questions.
JudgementKeys = AbstractMapping[str, AbstractMapping[str, str]]

#: The form of a judgement, as messages show it.
FORM = "{value: yes, by: WHO JUDGED, on: 2026-11-01}"
_JSON_FORM = '{"value": true, "by": "WHO JUDGED", "on": "2026-11-01"}'
_PARTS = ("value", "by", "on")


def judgement_key(text: str) -> str:
    """A key in its usual spelling: ``8.3(a)`` becomes ``8.3 (a)``."""
    return re.sub(r"\s*\)", ")", re.sub(r"\s*\(\s*", " (", " ".join(text.split()))).strip()


class Judgements:
    """Reads the judgements of one state."""

    def __init__(self, keys: JudgementKeys | None, mistakes: Mistakes) -> None:
        self.keys = keys
        self.mistakes = mistakes

    def fact(self, record: Record, fact: Fact, node: Node) -> None:
        """Check the judgement of a fact and keep it."""
        judged = self._read(node, lambda: f"{record.path}.{fact.name}")
        if judged is not None:
            value, record.stated[fact.name] = judged
            setattr(record, "f_" + fact.name, value)

    def substitutes(self, record: Record, node: Node) -> None:
        """Check the judgements that stand in for open parameters, under the key `judgements`, and keep them."""
        known = self.keys.get(record.entity.name, {}) if self.keys is not None else {}
        single = isinstance(node, Mapping) and node.entries and all(key.text in _PARTS for key, _ in node.entries)
        if not isinstance(node, Mapping) or single:
            first = next(iter(known), "8.3 (a)")
            form = f'{{"{first}": {_form(node)}}}' if in_json(node) else f"{{{first}: {_form(node)}}}"
            right = f"the place of each judgement and the judgement: {form}"
            self.mistakes.shape(node, lambda: f"{record.path}.judgements", right)
            return
        for key, value in node.entries:
            name = judgement_key(key.text)
            if self.keys is not None and name not in known:
                self._unknown_key(record, key, name, known)
            elif name in record.judged:
                message = f"the judgement {quoted(name)} stands twice"
                self.mistakes.add(Code.STATE_DOUBLED_KEY, message, key.span, lambda: f"{record.path}.judgements")
            else:
                record.judged[name] = None  # taken, whatever the value turns out to be
                judged = self._read(value, _place(record, name))
                if judged is not None:
                    record.judged[name], record.judged_stated[name] = judged

    def _unknown_key(self, record: Record, key: Scalar, name: str, known: AbstractMapping[str, str]) -> None:
        message = f"no judgement on {record.entity.name} is asked for under {quoted(name)}"
        help = (lambda: suggestion(name, known)) if known else "leave it out"
        self.mistakes.add(Code.STATE_UNKNOWN_FACT, message, key.span, lambda: f"{record.path}.judgements", help=help)

    def _read(self, node: Node, where: Where) -> tuple[bool | None, Stated] | None:
        """What was judged, and where, by whom and when; None, with the mistake told, where it is no judgement."""
        if isinstance(node, Refused):
            self.mistakes.refused(node, where)
            return None
        if isinstance(node, Scalar) and node.text == "unknown":
            return None, Stated(node.span, unknown=True)
        if not isinstance(node, Mapping):
            message = f"{shown(node)} does not say who judged and when"
            self._refuse(message, node, where)
            return None
        parts = {key.text: value for key, value in node.entries}
        if stray := [key for key, _ in node.entries if key.text not in _PARTS]:
            message = f"a judgement has no part {quoted(stray[0].text)}"
            help = suggestion(stray[0].text, _PARTS)
            self.mistakes.add(Code.STATE_JUDGEMENT, message, stray[0].span, where, _form(node), help)
            return None
        if missing := [name for name in _PARTS if name not in parts]:
            says = {"value": "what was judged", "by": "who judged", "on": "when it was judged"}
            self._refuse(f"the judgement does not say {' and '.join(says[name] for name in missing)}", node, where)
            return None
        return self._parts(parts, node, where)

    def _parts(self, parts: dict[str, Node], node: Mapping, where: Where) -> tuple[bool | None, Stated] | None:
        value, by, on = (self._part(name, parts[name], where) for name in _PARTS)
        if value is None or by is None or on is None:
            return None
        unknown = value == "unknown"
        return None if unknown else value, Stated(node.span, unknown, by, on)  # type: ignore[return-value,arg-type]

    def _part(self, name: str, node: Node, where: Where) -> object:
        """The value of one part; None, with the mistake told, where it is wrong."""

        def place() -> str:
            return f"{where if isinstance(where, str) else where()}.{name}"

        if not isinstance(node, Scalar):
            right = {"value": expected(YesNo()), "by": "a text that says who judged", "on": expected(Date())}
            self.mistakes.shape(node, place, right[name])
            return None
        if name == "value":
            read = "unknown" if node.text == "unknown" else read_scalar(YesNo(), node, None)
        elif node.plain and node.text in ("", "null", "~", "unknown", "absent"):
            self.mistakes.add(
                Code.STATE_JUDGEMENT, f"the judgement leaves `{name}` open", node.span, place, _form(node)
            )
            return None
        else:
            read = read_scalar(Text(), node, None) if name == "by" else read_date(node)
        if isinstance(read, Mistake):
            self.mistakes.add(Code.STATE_JUDGEMENT, read.problem, node.span, place, read.expected, read.help)
            return None
        return read

    def _refuse(self, message: str, node: Node, where: Where) -> None:
        help = "only the assessor may state it, with who judged and when"
        self.mistakes.add(Code.STATE_JUDGEMENT, message, node.span, where, _form(node), help)


def _form(node: Node) -> str:
    """The form of a judgement, as it is typed in the file in which the node stands."""
    return _JSON_FORM if in_json(node) else FORM


def _place(record: Record, key: str) -> Where:
    return lambda: f"{record.path}.judgements[{key}]"
