"""A page as a browser's parser sees it, as far as tests need: elements with their attributes, and texts."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"br", "hr", "input", "link", "meta"}


class Element:
    def __init__(self, name: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    def all(self, name: str = "", **attributes: str) -> list[Element]:
        """The elements in it with this name and these attributes, in the order of the page; classes one by one."""
        found = []
        for each in self.children:
            if isinstance(each, Element):
                if (not name or each.name == name) and all(each.has(*pair) for pair in attributes.items()):
                    found.append(each)
                found += each.all(name, **attributes)
        return found

    def has(self, key: str, value: str) -> bool:
        name = key.removesuffix("_").replace("_", "-")
        return value in self.attributes.get(name, "").split() if name == "class" else self.attributes.get(name) == value

    def one(self, name: str = "", **attributes: str) -> Element:
        """The only one."""
        (found,) = self.all(name, **attributes)
        return found


class Parser(HTMLParser):
    """Refuses what is not nested well: browsers would mend it, each in its way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {tag} {names}"
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        raise AssertionError(f"<{tag}/> is no HTML")

    def handle_endtag(self, tag: str) -> None:
        assert self.here.name == tag, f"</{tag}> ends <{self.here.name}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def parsed(page: str) -> Element:
    parser = Parser()
    parser.feed(page)
    parser.close()
    assert parser.here is parser.root, f"<{parser.here.name}> is not ended"
    return parser.root
