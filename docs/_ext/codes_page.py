"""Writes `reference/codes.md` from the explanations of the package, before Sphinx reads the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from sopb_rules.catalogue import EXPLANATIONS
from sopb_rules.explanations import GROUPS, VOCABULARY, Explanation

INTRODUCTION = """\
# Codes

Each mistake is told with a code that stays the same for ever. `sopb explain CODE` prints what stands here. Policy
examples go with the {ref}`vocabulary below <codes-vocabulary>`.
"""


def page() -> str:
    """The page, in MyST."""
    parts = [INTRODUCTION]
    for letter, title in GROUPS.items():
        parts.append(f"## {letter}: {title}\n")
        parts.extend("\n".join(_entry(each)) for code, each in EXPLANATIONS.items() if code.value.startswith(letter))
    parts.append(f"(codes-vocabulary)=\n## The vocabulary of the examples\n\n```policy\n{VOCABULARY}```\n")
    return "\n".join(parts)


def _entry(explanation: Explanation) -> Iterator[str]:
    code = explanation.code.value
    yield f"({code.lower()})=\n### {code}: {explanation.title}\n"
    yield f"{explanation.text}\n"
    for heading, snippet in (("Leads to it:", explanation.bad), ("Right:", explanation.good)):
        yield f"{heading}\n\n```{explanation.form.value}\n{snippet}```\n"


def _write(app: Sphinx) -> None:
    target = Path(app.srcdir) / "reference" / "codes.md"
    text = page()
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the page when a build begins."""
    app.connect("builder-inited", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
