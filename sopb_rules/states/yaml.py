"""YAML as it is used for states: mappings, sequences and scalars, and nothing that could surprise a reader.

Read from the events of PyYAML, so nothing is constructed: scalars stay texts and are read by the type that the
vocabulary expects (a country `NO` stays `NO`). What makes YAML files ambiguous or dangerous is refused: anchors,
aliases, tags, merge keys, several documents, complex keys, doubled keys, deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
import yaml

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.states.mistakes import Mistakes
from sopb_rules.states.nodes import DEPTH_LIMIT, NODE_LIMIT, Mapping, Node, Refused, Scalar, Sequence, quoted
from sopb_rules.states.trail import outermost, trail
from sopb_rules.states.yaml_errors import explain, line_before, slip

#: The parser in C where PyYAML was built with it, else the one in Python: slower, with the same events.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FORBIDDEN = re.compile(r"[^\x09\x0a\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def parse_yaml(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a YAML text, and what is wrong with it.

    The tree is None where the text could not be read to its end; otherwise the diagnostics are about single places
    and what stands there is `Refused` or left out.
    """
    if (match := _FORBIDDEN.search(source.text, 1 if source.text.startswith("\ufeff") else 0)) is not None:
        message = f"the character U+{ord(match[0]):04X} cannot stand in a state file"
        return None, (Diagnostic(Code.STATE_SYNTAX, message, Span(source, match.start(), match.end())),)
    builder = _Builder(source)
    try:
        complete = builder.read()
    except yaml.MarkedYAMLError as error:
        found = explain(source, error, builder.base)
        told = {each.span.line for each in builder.mistakes.told if each.span is not None}
        # What is told of the same line, or of spaces that are none, is likely to be the cause.
        if not builder.odd_spaces and found.span is not None and found.span.line not in told:
            builder.mistakes.extend((found,))
        complete = False
    except (yaml.YAMLError, ValueError):  # not known to happen; whatever a parser raises is a mistake in the text
        builder.mistakes.add(Code.STATE_SYNTAX, "this cannot be read as YAML", Span(source, 0, 0))
        complete = False
    root = builder.root if complete else None
    if isinstance(root, Scalar) and root.plain and root.span is not None:
        # A file without one right colon is a text to YAML.
        first = line_before(source, root.span.line + 1)
        if first and (plain := slip(source, first, prose=True)) is not None:
            return None, (plain,)
    return root, builder.mistakes.diagnostics()


@attrs.define
class _Open:
    """A mapping or sequence that is still being read.

    Args:
        seen: the keys so far, for a mapping; None for a sequence.
        key: the key whose value comes next; None where a key comes next, and in a sequence.
        is_key: it stands where a key should, and will be dropped.
    """

    start: int
    seen: dict[str, Scalar] | None
    block: bool
    is_key: bool = False
    key: Scalar | None = None
    drop: bool = False
    entries: list[tuple[Scalar, Node]] = attrs.field(factory=list)
    items: list[Node] = attrs.field(factory=list)

    @property
    def wants_key(self) -> bool:
        return self.seen is not None and self.key is None


class _Builder:
    """Builds the tree from events, with a stack of its own instead of recursion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.base = 1 if source.text.startswith("\ufeff") else 0
        self.mistakes = Mistakes()
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.anchors: set[str] = set()
        self.odd_spaces = False
        self.documents = 0
        self.count = 0

    def events(self) -> Iterator[Any]:
        return iter(yaml.parse(self.source.text[self.base :], Loader=LOADER))

    def span(self, event: Any) -> Span:
        return Span(self.source, event.start_mark.index + self.base, event.end_mark.index + self.base)

    def read(self) -> bool:
        """Read all events; False where reading had to stop."""
        for event in self.events():
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                if not self.open(event):
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                self.close(event)
            elif isinstance(event, yaml.AliasEvent):
                self.feature(event, event.anchor, "alias")
                self.add(Refused(self.span(event)))
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    message = "a state file is one YAML document"
                    help = "remove the line `---`, or split the file"
                    self.mistakes.add(Code.STATE_YAML_FEATURE, message, self.span(event), help=help)
                    return True
            if self.count > NODE_LIMIT:
                message = f"there are more than {NODE_LIMIT:,} values"
                self.mistakes.add(Code.STATE_SHAPE, message, self.span(event), help="split the file into several")
                return False
        if self.root is None:
            span = Span(self.source, 0, 0)
            self.mistakes.add(Code.STATE_SHAPE, "the file is empty", span, expected="a list per entity")
        return self.root is not None

    def scalar(self, event: Any) -> None:
        span = self.span(event)
        plain = not event.style
        top = self.stack[-1] if self.stack else None
        if top is not None and top.wants_key:
            self.feature(event, event.anchor, "anchor")
            self.tag(event, event.tag)
            self.key(top, Scalar(event.value, plain, span), event.anchor is not None)
            return
        self.feature(event, event.anchor, "anchor")
        tagged = self.tag(event, event.tag)
        if not event.value and plain and top is not None and top.key is not None:
            span = top.key.span or span  # a value that is missing is pointed at where its name stands
        self.add(Refused(span) if tagged else Scalar(event.value, plain, span))

    def key(self, top: _Open, key: Scalar, anchored: bool) -> None:
        assert top.seen is not None
        if key.plain and key.text != key.text.strip():
            self.odd_space(top, key)
            return
        top.key, top.drop = key, False
        if key.plain and key.text == "<<":
            message = "merge keys (`<<`) cannot stand in a state file"
            where = trail(self.stack, end=False)
            self.mistakes.add(Code.STATE_YAML_FEATURE, message, key.span, where, help="write the facts out")
            top.drop = True
        elif not key.text:
            if not anchored:
                self.mistakes.add(Code.STATE_SYNTAX, "there is no name before the colon", key.span)
            top.drop = True
        elif (first := top.seen.setdefault(key.text, key)) is not key:
            message = f"{quoted(key.text)} stands twice in one place"
            help = f"it also stands at {first.span}"
            self.mistakes.add(Code.STATE_DOUBLED_KEY, message, key.span, lambda: trail(self.stack), help=help)
            top.drop = True

    def odd_space(self, top: _Open, key: Scalar) -> None:
        """Tell of a space that YAML takes for a letter, so that the line belongs to another record than it seems to."""
        sign = key.text[0] if key.text[0].isspace() else key.text[-1]
        top.key, top.drop = key, True
        if not self.odd_spaces:
            message = f"the space U+{ord(sign):04X} beside this name is no ordinary one"
            self.mistakes.add(Code.STATE_SYNTAX, message, key.span, help="type the spaces of the file anew")
            self.odd_spaces = True
        if top.entries and top.entries[-1][1] == Scalar("", plain=True):
            holder, blank = top.entries[-1]
            top.entries[-1] = (holder, Refused(blank.span))

    def open(self, event: Any) -> bool:
        span = self.span(event)
        seen: dict[str, Scalar] | None = {} if isinstance(event, yaml.MappingStartEvent) else None
        is_key = bool(self.stack) and self.stack[-1].wants_key
        if len(self.stack) >= DEPTH_LIMIT:
            message = f"values stand more than {DEPTH_LIMIT} levels inside each other"
            start = outermost([*self.stack, _Open(span.start, seen, not event.flow_style)])
            self.mistakes.add(Code.STATE_TOO_DEEP, message, Span(self.source, start, start + 1))
            return False
        if is_key:
            message = "a name before a colon must be a plain text"
            self.mistakes.add(Code.STATE_YAML_FEATURE, message, span, expected="the name of a fact")
        self.feature(event, event.anchor, "anchor")
        self.tag(event, event.tag)
        self.stack.append(_Open(span.start, seen, not event.flow_style, is_key))
        return True

    def close(self, event: Any) -> None:
        top = self.stack.pop()
        span = Span(self.source, top.start, self.end(top, event))
        if top.is_key:
            parent = self.stack[-1]
            parent.key, parent.drop = Scalar("", plain=False, span=span), True
        elif top.seen is None:
            self.add(Sequence(tuple(top.items), span))
        else:
            self.add(Mapping(tuple(top.entries), span))

    def end(self, top: _Open, event: Any) -> int:
        """Where a collection ends; a block ends with its last value, not with the empty lines below it."""
        last = top.entries[-1][1] if top.entries else top.items[-1] if top.items else None
        if top.block and last is not None and last.span is not None:
            return max(last.span.end, top.start)
        return max(int(event.end_mark.index) + self.base, top.start)

    def add(self, node: Node) -> None:
        self.count += 1
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if top.seen is None:
            top.items.append(node)
        elif top.key is None:  # an alias as a key
            top.key, top.drop = Scalar("", plain=False, span=node.span), True
        else:
            if not top.drop:
                top.entries.append((top.key, node))
            top.key = None

    def feature(self, event: Any, anchor: str | None, what: str) -> None:
        """Refuse an anchor or an alias; one cause, so each name is told once."""
        if anchor is not None and anchor not in self.anchors:
            self.anchors.add(anchor)
            sign = "&" if what == "anchor" else "*"
            message = f"the {what} {quoted(sign + anchor)} cannot stand in a state file"
            help = "write the facts out where they belong, and put a text that begins with & or * in quotes"
            start = event.start_mark.index + self.base
            span = Span(self.source, start, start + len(anchor) + 1)
            self.mistakes.add(Code.STATE_YAML_FEATURE, message, span, lambda: trail(self.stack), help=help)

    def tag(self, event: Any, tag: str | None) -> bool:
        """Refuse a tag; whether there is one."""
        if tag is not None:
            message = f"the tag {quoted(tag)} cannot stand in a state file"
            help = "leave it out: the vocabulary says what type a fact has; put a text that begins with ! in quotes"
            self.mistakes.add(Code.STATE_YAML_FEATURE, message, self.span(event), lambda: trail(self.stack), help=help)
        return tag is not None
