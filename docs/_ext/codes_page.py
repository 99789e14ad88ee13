"""Writes `reference/codes.md` and `reference/checks.md` from the package, before Sphinx reads the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from sopb_rules.catalogue import EXPLANATIONS, check_named
from sopb_rules.checks.registry import CHECKS
from sopb_rules.codes import GROUPS, VOCABULARY, CodeExplanation

INTRODUCTION = """\
# Codes

Each mistake is told with a code that stays the same for ever. `sopb explain CODE` prints what stands here. Policy
examples go with the {ref}`vocabulary below <codes-vocabulary>`.
"""


CHECKS_INTRODUCTION = """\
# Checks

What `sopb check` looks for beyond mistakes. A policy set with warnings can be evaluated, and each of them often means that
it says something else than its author did; a note is a matter of style. Which are asked and how much each weighs,
[can be set](../how-to/checks.md), and a comment allows what is meant to be so. `sopb check --list` prints this table,
and `sopb explain NAME` what stands below a code.

| Code | Name | Severity | Looks at | What it finds |
|---|---|---|---|---|
"""


def checks_page() -> str:
    """The page of the checks, in MyST."""
    rows = [
        f"| [{check.code.value}]({check.code.value.lower()}) | `{check.name}` | {check.severity.value if check.on else 'off'} "
        f"| {'a file' if check.scope == 'file' else 'the whole set'} | {check.explanation.title} |"
        for check in CHECKS
    ]
    return CHECKS_INTRODUCTION + "\n".join(rows) + "\n"


def page() -> str:
    """The page of the codes, in MyST."""
    parts = [INTRODUCTION]
    for letter, title in GROUPS.items():
        parts.append(f"## {letter}: {title}\n")
        parts.extend("\n".join(_entry(each)) for code, each in EXPLANATIONS.items() if code.value.startswith(letter))
    parts.append(f"(codes-vocabulary)=\n## The vocabulary of the examples\n\n```policy\n{VOCABULARY}```\n")
    return "\n".join(parts)


def _entry(explanation: CodeExplanation) -> Iterator[str]:
    code = explanation.code.value
    called = check_named(explanation)
    name = f"\n`{called}`\n" if called else ""
    yield f"({code.lower()})=\n### {code}: {explanation.title}\n{name}"
    yield f"{explanation.text}\n"
    for heading, snippet in (("Leads to it:", explanation.bad), ("Right:", explanation.good)):
        yield f"{heading}\n\n```{explanation.form.value}\n{snippet}```\n"


def _write(app: Sphinx) -> None:
    for name, text in (("codes.md", page()), ("checks.md", checks_page())):
        target = Path(app.srcdir) / "reference" / name
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages when a build begins."""
    app.connect("builder-inited", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
