"""HTML that is well-formed and escaped by construction: texts become text, and only elements become markup."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from html import escape
from typing import Any, TypeAlias

import attrs

from sopb_rules.apps.visible import visible, visible_json

#: Elements that have no content and no end tag.
_VOID = frozenset({"br", "hr", "input", "link", "meta"})
#: Elements after which the source of the page goes on in a new line.
_BLOCKS = frozenset({
    "article", "blockquote", "dd", "details", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "head", "header",
    "label", "li", "link", "main", "meta", "nav", "ol", "p", "section", "summary", "table", "tbody", "thead", "title", "tr", "ul",
})  # fmt: skip


@attrs.frozen
class Markup:
    """A piece of a page. The functions of this module make it, and nothing else should."""

    html: str


#: What an element holds: texts, pieces, nothing, or several of them.
Content: TypeAlias = "str | Markup | Iterable[Content] | None"


def join(*content: Content) -> Markup:
    """Pieces one after the other; texts are escaped, and what would steer the screen is spelled out."""
    return Markup("".join(_html(content)))


def element(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """An element.

    Args:
        name: of the element, written in the program and never from data.
        attributes: `_` at the end of a name is left out (`class_`) and stands for `-` elsewhere (`aria_label`). True is
            an attribute without a value; with None or False there is none.
    """
    tag = "".join((name, *(_attribute(key, value) for key, value in attributes.items())))
    end = "\n" if name in _BLOCKS else ""
    if name in _VOID:
        return Markup(f"<{tag}>{end}")
    return Markup(f"<{tag}>{''.join(_html(content))}</{name}>{end}")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.removesuffix("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'


def _html(content: Iterable[Content]) -> Iterable[str]:
    for each in content:
        if isinstance(each, Markup):
            yield each.html
        elif isinstance(each, str):
            yield escape(visible(each), quote=False)
        elif each is not None:
            yield from _html(each)


def named(text: str) -> Markup:
    """A text from a file whose direction of writing must not turn what stands beside it."""
    return element("bdi", text)


def document(head: Markup, body: Markup, language: str = "en") -> str:
    """A whole page."""
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=language).html}"


def style(css: str) -> Markup:
    """A style sheet, written with the program."""
    assert "</" not in css, "a style sheet must not end its element"
    return Markup(f"<style>{css}</style>\n")


def script(javascript: str) -> Markup:
    """A script, written with the program."""
    assert "</" not in javascript, "a script must not end its element"
    assert "<!--" not in javascript, "a script must not begin a comment of HTML"
    return Markup(f"<script>{javascript}</script>\n")


def data(id: str, value: Any) -> Markup:
    """Plain data as JSON, which scripts and programs read and browsers do not run; no text in it ends its element."""
    text = visible_json(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" id="{id}">{text}</script>\n')


def source_hash(text: str) -> str:
    """The name that a content security policy has for a style sheet or a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
