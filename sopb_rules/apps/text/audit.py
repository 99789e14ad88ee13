"""An audit as a page: what the sentences of each article are encoded as."""

from __future__ import annotations

from collections import Counter

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Column, Page, Part
from sopb_rules.audit import KINDS, Audit

_HEADINGS = {
    "duty": "duties",
    "permission": "permis-\nsions",
    "decision": "deci-\nsions",
    "definition": "defini-\ntions",
    "note": "notes",
}


def print_audit(page: Page, audit: Audit, called: str) -> None:
    """A line for each article, the sums, and one line that says whether all is there."""
    kinds = [Column(_HEADINGS[kind], right=True) for kind in KINDS]
    columns = [Column(right=True), Column("article"), Column("sentences\nencoded", right=True), *kinds]
    rows: list[list[Part]] = [
        [str(heading.number), heading.title, *_cells(audit.coverage(heading.number))]
        for heading in audit.document.headings
    ]
    total = audit.coverage()
    page.table(columns, [*rows, ["", ("all", "bold"), *_cells(total)]], flexible=1)
    page.blank()
    forces = Counter(each.force for encodings in audit.encodings.values() for each in encodings if each.force)
    page.line("norms by force: " + ", ".join(f"{count} {_force(force)}" for force, count in forces.most_common()))
    found = counted(len(audit.diagnostics), "mistake") if audit.diagnostics else "each quoted once and to the letter"
    page.line(f"{called}: {total['encoded']} of {counted(total['sentences'], 'sentence')} encoded; {found}")


def _cells(counts: Counter[str]) -> list[Part]:
    encoded, sentences = counts["encoded"], counts["sentences"]
    style = "" if encoded == sentences else "bold red"
    return [(f"{encoded} of {sentences}", style), *(str(counts[kind]) if counts[kind] else "" for kind in KINDS)]


def _force(force: str) -> str:
    return "is encouraged to" if force == "encouraged" else force
