"""What all pages have: a head, a heading with what the page rests on, the way to its parts, and its data as JSON.

A page loads nothing: style sheet and script stand in it, and its content security policy allows these and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import Any

from sopb_rules.apps.html import markup
from sopb_rules.apps.html.markup import Content, Markup, element


def page(
    kind: str,
    name: str,
    title: str,
    about: Iterable[tuple[str, str]],
    parts: Iterable[tuple[str, Content]],
    data: Any,
    javascript: str = "",
) -> str:
    """A whole page: the same arguments give the same bytes.

    Args:
        kind: what stands above the title.
        name: what the page calls itself, and its data: ``report``.
        about: what it rests on, each with its label.
        parts: the sections, by the names that their elements have in lower case.
        data: what the page shows, as plain data.
        javascript: the name of the script that comes with the package; "" for none.
    """
    sections = list(parts)
    css, script = _packaged("report.css"), _packaged(javascript) if javascript else ""
    body = element(
        "body",
        element("a", f"Skip to the {name}", href="#main", class_="skip"),
        _header(kind, title, about, [part for part, _ in sections]),
        element("main", [content for _, content in sections], id="main", tabindex=-1),
        _footer(name),
        markup.data(name, data),
        markup.script(script) if script else None,
    )
    return markup.document(_head(f"{title}: {name}", css, script), body)


def section(name: str, *content: Content) -> Markup:
    """A part of a page, under its heading."""
    id = anchor(name)
    heading = element("h2", name, id=f"{id}-heading")
    return element("section", heading, *content, id=id, aria_labelledby=f"{id}-heading")


def anchor(name: str) -> str:
    """How the element of a part is called."""
    return name.lower().replace(" ", "-")


def _packaged(name: str) -> str:
    return resources.files("sopb_rules.apps.html").joinpath(name).read_text("utf-8")


def _head(title: str, css: str, javascript: str) -> Markup:
    script = f"script-src {markup.source_hash(javascript)}; " if javascript else ""
    policy = (
        f"default-src 'none'; style-src {markup.source_hash(css)}; {script}"
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        markup.style(css),
    )


def _header(kind: str, title: str, about: Iterable[tuple[str, str]], parts: Iterable[str]) -> Markup:
    rows = [element("div", element("dt", label), element("dd", markup.named(text))) for label, text in about]
    links = [element("li", element("a", part, href=f"#{anchor(part)}")) for part in parts]
    return element(
        "header",
        element("p", kind, class_="kicker"),
        element("h1", title),
        element("dl", rows),
        element("nav", element("ul", links), aria_label=f"Parts of the {kind.partition(' ')[0].lower()}"),
    )


def _footer(name: str) -> Markup:
    text = f"The {name} that this page shows is in the page as JSON, in the element “{name}”."
    return element("footer", element("p", text))
