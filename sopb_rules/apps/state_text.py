"""Saying one more thing in the text of a state file, so that comments and layout stay.

YAML goes through ruamel.yaml, which keeps comments; every scalar stays as it is spelled, since none is read as anything but
a text. JSON is written anew from its tree, with the order of names and the indent that it had.
"""

from __future__ import annotations

import io
import re
from difflib import SequenceMatcher
from json import dumps
from typing import Any

from sopb_rules.states.edits import Edit, edited
from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence

# ---- JSON ---------------------------------------------------------------------------------------------------

#: What stands without quotes in JSON.
_LITERAL = re.compile(r"true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def edited_json(text: str, tree: Node, edit: Edit) -> str:
    """The text of a JSON file with an edit."""
    indent = re.search(r"\n([ \t]+)\S", text)
    step = indent[1] if indent else "" if "\n" not in text.strip() and text.strip() else "  "
    return _json(edited(tree, edit), step, "\n") + ("\n" if text.endswith("\n") or not text else "")


def _json(node: Node, step: str, line: str) -> str:
    """A node as JSON; on one line where `step`, the indent, is empty."""
    match node:
        case Scalar(text, plain):
            return text if plain and _LITERAL.fullmatch(text) else dumps(text, ensure_ascii=False)
        case Mapping(entries):
            parts = [
                f"{dumps(key.text, ensure_ascii=False)}: {_json(value, step, line + step)}" for key, value in entries
            ]
            return _enclosed("{", parts, "}", step, line)
        case Sequence(items):
            return _enclosed("[", [_json(item, step, line + step) for item in items], "]", step, line)
        case _:
            raise AssertionError("a file with a mistake is not edited")


def _enclosed(left: str, parts: list[str], right: str, step: str, line: str) -> str:
    if not parts:
        return left + right
    if not step:
        return f"{left}{', '.join(parts)}{right}"
    inner = line + step
    return f"{left}{inner}{f',{inner}'.join(parts)}{line}{right}"


# ---- YAML ---------------------------------------------------------------------------------------------------


def edited_yaml(text: str, edit: Edit) -> str:
    """The text of a YAML file with an edit."""
    yaml = _yaml(text)
    root = yaml.load(text) if edit.steps else _commented(edit.said)
    before = _dumped(yaml, root)
    target, steps = root, list(edit.steps)
    while len(steps) > 1 and (
        isinstance(steps[0], int) or steps[0] in target
    ):  # an index is one of an item that is there
        target = target[steps.pop(0)]
    if steps:
        step, *missing = steps
        said = edit.said
        for name in reversed(missing):
            said = Mapping(((Scalar(str(name), plain=True), said),))
        _set(target, step, _commented(said))
    return _patched(text, before, _dumped(yaml, root))


def _dumped(yaml: Any, root: Any) -> str:
    out = io.StringIO()
    yaml.dump(root, out)
    return out.getvalue()


def _patched(text: str, before: str, after: str) -> str:
    """A text with the lines changed that differ before and after, so that all others stay as they are laid out.

    Args:
        text: as it was written; `before` and `after` are in the layout of ruamel.yaml.
    """
    own, old, new = text.split("\n"), before.split("\n"), after.split("\n")
    if len(own) != len(old):
        return after
    lines = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lines += own[start:end] if tag == "equal" else new[new_start:new_end]
    return "\n".join(lines)


def _yaml(text: str) -> Any:
    """A reader and writer that keeps the layout of a text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver

    class Spelled(VersionedResolver):  # type: ignore[misc,unused-ignore]
        """Takes every scalar for a text, so that it is written as it was read."""

        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            """The tag of a node."""
            if kind is ScalarNode:
                return self.DEFAULT_SCALAR_TAG
            return super().resolve(kind, value, implicit)

    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = Spelled
    yaml.preserve_quotes = True
    yaml.width = 2**16  # no line is broken that was not broken before
    yaml.allow_unicode = True
    yaml.explicit_start = text.startswith("---")
    mapping, offset = _indents(text)
    yaml.indent(mapping=mapping, sequence=offset + 2, offset=offset)
    return yaml


_KEY = re.compile(r"( *)(?:- +)*[^\s#\-][^#]*:\s*(?:#.*)?")
_BELOW = re.compile(r"( *)(- )?\S.*")


def _indents(text: str) -> tuple[int, int]:
    """By how much groups, and the dashes of lists, are indented below the name that they belong to."""
    mapping = offset = None
    above: int | None = None
    for line in text.split("\n"):
        below = _BELOW.fullmatch(line)
        if below is None or line.lstrip().startswith("#"):
            continue
        if above is not None:
            by = len(below[1]) - above
            if below[2] and offset is None and by >= 0:
                offset = by
            elif not below[2] and mapping is None and by > 0:
                mapping = by
        key = _KEY.fullmatch(line)
        above = len(line) - len(re.sub(r"^(?: *- +)*", "", line).lstrip()) if key else None
    return mapping or 2, 2 if offset is None else offset


def _commented(node: Node) -> Any:
    """A node as ruamel.yaml writes it."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    match node:
        case Scalar(text, plain):
            return text if plain else DoubleQuotedScalarString(text)
        case Mapping(entries):
            group = CommentedMap((key.text, _commented(value)) for key, value in entries)
            if [key.text for key, _ in entries] == ["value", "by", "on"]:  # a judgement, as it is usually written
                group.fa.set_flow_style()
            return group
        case Sequence(items):
            return CommentedSeq(map(_commented, items))
        case _:
            raise AssertionError("an edit has no mistakes in it")


def _set(group: Any, key: str | int, value: Any) -> None:
    """Give a group or a list one more value, or another one."""
    if (key < len(group)) if isinstance(key, int) else (key in group):
        group[key] = value
        return
    if not group and group.fa.flow_style():
        group.fa.set_block_style()
    trailing = _take_trailing(group)
    if isinstance(key, int):
        group.append(value)
    else:
        group[key] = value
    if trailing is not None:
        _give_trailing(group, trailing)


def _last(group: Any) -> tuple[Any, Any] | None:
    """The innermost group or list at whose end a group ends, and the key of its last value; None where it is empty."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    found = None
    while isinstance(group, CommentedMap | CommentedSeq) and len(group) and not group.fa.flow_style():
        key = list(group)[-1] if isinstance(group, CommentedMap) else len(group) - 1
        found = group, key
        group = group[key]
    return found


def _slot(group: Any) -> int:
    """Where ruamel.yaml keeps the comment behind a value."""
    from ruamel.yaml.comments import CommentedMap

    return 2 if isinstance(group, CommentedMap) else 0


def _take_trailing(group: Any) -> Any:
    """Take away the lines of comment below the end of a group: they belong to what comes next, which stays below them."""
    found = _last(group)
    if found is None:
        return None
    inner, key = found
    if inner.ca.end:
        below = "".join(" " * token.start_mark.column + token.value for token in inner.ca.end)
        token, inner.ca.end = inner.ca.end[0], []
        return _copy(token, f"\n{below}")
    slots = inner.ca.items.get(key) or [None] * 4
    token = slots[_slot(inner)]
    beside, newline, below = token.value.partition("\n") if token is not None else ("", "", "")
    if not below:
        return None
    if beside:
        token.value = beside + newline
    else:
        slots[_slot(inner)] = None
    return _copy(token, newline + below)


def _copy(token: Any, value: str) -> Any:
    from ruamel.yaml.tokens import CommentToken

    return CommentToken(value, token.start_mark, None)


def _give_trailing(group: Any, token: Any) -> None:
    """Put lines of comment below the end of a group."""
    found = _last(group)
    assert found is not None
    inner, key = found
    slots = inner.ca.items.setdefault(key, [None] * 4)
    slots[_slot(inner)] = token
