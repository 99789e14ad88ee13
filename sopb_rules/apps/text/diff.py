"""What `sopb diff` prints: a line that sums up, then what changed, by weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sopb_rules.analysis.changes import Change, Comparison, ParameterChange, Shown, Sort, WordChange
from sopb_rules.analysis.rewording import REWRITTEN
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import BAD, GOOD, QUIET, listing, place
from sopb_rules.source import Span

#: The heading of each sort, and what is said of a statement of it.
_SORTS = {
    Sort.LAXER: ("Laxer", "laxer"),
    Sort.STRICTER_AND_LAXER: ("Stricter and laxer", "stricter and laxer"),
    Sort.STRICTER: ("Stricter", "stricter"),
    Sort.OTHER: ("Different otherwise", "different otherwise"),
    Sort.UNKNOWN: ("Different only where facts are unknown", "different only where facts are unknown"),
    Sort.UNDECIDED: ("Not decided", "not decided"),
    Sort.MISMATCH: ("Solver and evaluator disagree, which is a bug in sopb", "not decided because of a bug in sopb"),
    Sort.ADDED: ("Added", "added"),
    Sort.REMOVED: ("Removed", "removed"),
    Sort.RENUMBERED: ("Renumbered or renamed", "renumbered"),
    Sort.EQUIVALENT: ("Equivalent though rewritten", "equivalent though rewritten"),
    Sort.TEXT: ("Text only", "text only"),
}
_CHANGING = tuple(sort for sort in _SORTS if not sort.equivalent)
_KEEPING = tuple(sort for sort in _SORTS if sort.equivalent)
_OPEN = (Sort.UNDECIDED, Sort.MISMATCH)
_PLURALS = {"norm": "norms", "definition": "definitions", "decision": "decisions", "parameter": "parameters"}
#: A sentence that had to say more than so many things points to the state instead.
_MOST_GIVEN = 4


def print_comparison(page: Page, comparison: Comparison, old: str, new: str) -> None:
    """Print what changed, if anything did."""
    page.line((f"{old} {page.sign('→', '->')} {new}", "bold"))
    page.line(_summed_up(comparison))
    own = [change for change in comparison.changes if not change.through]
    _print_groups(page, _CHANGING, own)
    _print_through(page, [change for change in comparison.changes if change.through])
    _print_parameters(page, [each for each in comparison.parameters if not each.sort.equivalent])
    _print_vocabulary(page, "Vocabulary", [each for each in comparison.vocabulary if each.meaning])
    _print_groups(page, _KEEPING, own)
    _print_vocabulary(page, "Labels", [each for each in comparison.vocabulary if not each.meaning])
    _print_parameters(page, [each for each in comparison.parameters if each.sort.equivalent], "Labels of parameters")


def _summed_up(comparison: Comparison) -> str:
    """How many statements there are of which sort."""
    counts = comparison.counts()
    told = [f"{counts[sort]} {words}" for sort, (_, words) in _SORTS.items() if sort in counts]
    if parameters := sum(not each.sort.equivalent for each in comparison.parameters):
        told.append(f"{counted(parameters, 'parameter')} changed")
    if words := sum(each.meaning for each in comparison.vocabulary):
        told.append(f"{counted(words, 'change')} of the vocabulary")
    told.append(f"{counts.get(Sort.SAME, 0)} unchanged")
    if comparison.same:
        verdict = "Nothing changed in meaning"
    elif parameters or words or any(sort in _CHANGING and sort not in _OPEN for sort in counts):
        verdict = "The meaning changed"
    else:
        verdict = "Whether the meaning changed is not decided"
    return f"{verdict}: {', '.join(told)}"


# ---- statements ---------------------------------------------------------------------------------------------


def _print_groups(page: Page, sorts: Iterable[Sort], changes: Iterable[Change]) -> None:
    changes = list(changes)
    for sort in sorts:
        group = [change for change in changes if change.sort is sort]
        if group:
            page.rule(_SORTS[sort][0])
        for change in group:
            _print_change(page, change)


def _print_through(page: Page, changes: Sequence[Change]) -> None:
    """What is written as before, below what its change comes from."""
    weight = list(_SORTS).index
    for roots in dict.fromkeys(change.through for change in changes):
        page.rule(f"Changed through {_together(roots)}")
        for change in sorted((each for each in changes if each.through == roots), key=lambda each: weight(each.sort)):
            _print_change(page, change, f": {_SORTS[change.sort][1]}")


def _together(roots: Sequence[str]) -> str:
    """``the definitions `a` and `b` and norm 8.1``."""
    kinds: dict[str, list[str]] = {}
    for root in roots:
        kind, _, name = root.partition(" ")
        kinds.setdefault(kind, []).append(name)
    return listing(
        f"{'' if kind == 'norm' else 'the '}{_PLURALS.get(kind, kind) if len(names) > 1 else kind} {listing(names)}"
        for kind, names in kinds.items()
    )


def _print_change(page: Page, change: Change, what: str = "") -> None:
    was = f", was {change.renamed}" if change.renamed else ""
    page.line((f"{change.kind} {change.name}{was}{what}", "bold"))
    page.line((_places(change.old, change.new), QUIET), indent=2)
    if not change.through:
        for line in change.diff:
            page.verbatim((f"  {line[0]} {line[1:]}", GOOD if line.startswith("+") else BAD))
    for words in change.words:
        page.line(words, indent=2)
    for words, shown in (("laxer", change.laxer), ("stricter", change.stricter), ("", change.otherwise)):
        if shown is not None:
            _print_shown(page, shown, words if change.sort is Sort.STRICTER_AND_LAXER else "")
    if reworded := [each for each in change.rewording if each != REWRITTEN]:  # which the lines above show
        page.line(f"text: {listing(reworded)}", indent=2)
    if change.reason:
        page.line(f"not decided {change.reason}" if change.reason.startswith("whether") else change.reason, indent=2)
    page.blank()


def _print_shown(page: Page, shown: Shown, words: str) -> None:
    """The sentence that tells the difference, and the state that shows it."""
    given = ", ".join(shown.given) or "nothing is stated"
    if len(shown.given) > _MOST_GIVEN:
        given = f"in this state of {shown.subject}"
    ends = f"was {_end(shown.old, shown.old_possible)}, is {_end(shown.new, shown.new_possible)}"
    page.line(f"{words}, {given}: {ends}" if words else f"{given}: {ends}", indent=2)
    for line in shown.state.rstrip("\n").split("\n"):
        page.verbatim((f"    {line}", QUIET))


def _end(end: str, possible: Sequence[str]) -> str:
    words = end.replace("_", " ") if end in ("not_applicable", "no_case") else end
    return f"{words} ({listing((each.replace('_', ' ') for each in possible), 'or')})" if possible else words


def _places(old: Span | None, new: Span | None) -> str:
    told = [f"{place(str(new))}" if new is not None else "", f"was {place(str(old))}" if old is not None else ""]
    return ", ".join(filter(None, told))


# ---- parameters and words -----------------------------------------------------------------------------------


def _print_parameters(page: Page, parameters: Sequence[ParameterChange], heading: str = "Parameters") -> None:
    if parameters:
        page.rule(heading)
    for each in parameters:
        sort = f", {each.sort.value}" if each.sort in (Sort.ADDED, Sort.REMOVED) else ""
        page.line((f"parameter {each.name}{sort}", "bold"))
        page.line((_places(each.old, each.new), QUIET), indent=2)
        page.line("; ".join(each.words), indent=2)


def _print_vocabulary(page: Page, heading: str, words: Sequence[WordChange]) -> None:
    if words:
        page.rule(heading)
    for each in words:
        page.line((each.name, "bold"), f" {each.words}")
