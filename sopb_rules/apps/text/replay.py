"""What `sopb replay` prints: one line where nothing differs, else what differs and what does not."""

from __future__ import annotations

from collections.abc import Iterable

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET, VERDICTS, listing, short
from sopb_rules.receipts.compare import Change, Difference, Replay
from sopb_rules.receipts.receipt import Entry, Receipt, Said

_LABEL, _NAMES = 11, 15


def print_replay(page: Page, replay: Replay) -> None:
    """Print what came of an evaluation that was made again."""
    if replay.same:
        new = replay.new
        rests_on = f"policies {_policies(new)}, state {short(new.state)}, {new.software}"
        page.verbatim(f"Nothing differs: {_counts(replay.new.entries.values())} as of {new.as_of}; {rests_on}")
        _print_files(page, replay)
        return
    page.line((f"Something differs from the receipt, as of {replay.new.as_of}", "bold"))
    _print_rests_on(page, replay)
    page.row("findings", _told(replay), column=_LABEL)
    _print_differences(page, replay)


def _policies(receipt: Receipt) -> str:
    version = f" {receipt.version}" if receipt.version else ""
    measures = f" with “{receipt.measures}”" if receipt.measures else ""
    return f"{receipt.policies}{version}{measures} ({short(receipt.digest)})"


def _counts(entries: Iterable[Entry]) -> str:
    kinds = [entry.kind for entry in entries]
    told = [counted(kinds.count(kind), kind) for kind in ("finding", "decision") if kind in kinds]
    return listing(told) if told else "no findings"


def _print_rests_on(page: Page, replay: Replay) -> None:
    old, new = replay.old, replay.new
    state = replay.state is not None
    rows = (
        ("policies", bool(replay.policies), _policies(old), _policies(new)),
        ("software", replay.software is not None, old.software, new.software),
        ("state", state, short(old.state), short(new.state)),
    )
    for label, differs, before, now in rows:
        told = (f"differ: {before} → {now}" if label == "policies" else f"differs: {before} → {now}", "bold")
        page.row(label, told if differs else f"the same: {now}", column=_LABEL)
    _print_files(page, replay, _LABEL)


def _print_files(page: Page, replay: Replay, indent: int = 0) -> None:
    words = {"changed": "was changed", "gone": "is not read any more", "added": "was not read before"}
    told = [f"`{each.path}` {words[each.how]}" for each in replay.files]
    if told:
        same = "; what is stated of the entities is the same" if replay.state is None else ""
        page.line((f"{listing(told)}{same}", QUIET), indent=indent)


def _told(replay: Replay) -> str:
    """How many differ, in words."""
    if not replay.differences:
        return f"the same: {_counts(replay.new.entries.values())}"
    hows = [each.how for each in replay.differences if each.entry.kind != "standing"]
    told = [
        f"{hows.count(how)} {words}"
        for how, words in (("changed", "changed"), ("appeared", "appeared"), ("vanished", "vanished"))
        if how in hows
    ]
    return listing(told) if told else "the same, but not how somebody stands"


def _print_differences(page: Page, replay: Replay) -> None:
    by_subject: dict[str, list[Difference]] = {}
    for difference in replay.differences:
        by_subject.setdefault(difference.entry.subject, []).append(difference)
    before, now = ({entry.subject for entry in each.entries.values()} for each in (replay.old, replay.new))
    for path, differences in by_subject.items():
        display = differences[0].entry.display
        page.heading(path if display == path else f"{display} — {path}")
        if path in before and path in now:
            for difference in differences:
                _print_difference(page, difference)
        else:
            entries = [difference.entry for difference in differences]
            status = "".join(f"; {_said(entry.said['status'])}" for entry in entries if entry.kind == "standing")
            page.row((differences[0].how, "bold"), _counts(entries) + status, column=_NAMES)


def _print_difference(page: Page, difference: Difference) -> None:
    entry = difference.entry
    label = entry.name.replace("_", " ") or "standing"
    if difference.how != "changed":
        said = entry.said["status"] if entry.kind == "standing" else entry.said.get("value") or entry.said["verdict"]
        page.row((label, "bold"), f"{difference.how}: {_said(said)}", column=_NAMES)
        return
    settled = any(change.what == "verdict" and change.new != "unknown" for change in difference.changes)
    for change in difference.changes:
        if change.what == "possible" and settled:
            continue  # what is settled leaves nothing else open
        page.row((label, "bold"), f"{change.what}: {_change(change)}", column=_NAMES)
        label = ""


def _change(change: Change) -> str:
    if isinstance(change.old, tuple) and isinstance(change.new, tuple) and change.what != "possible":
        gone = [f"no longer {each}" for each in change.old if each not in change.new]
        return ", ".join([*gone, *(f"now {each}" for each in change.new if each not in change.old)])
    return f"{_said(change.old)} → {_said(change.new)}"


def _said(said: Said) -> str:
    if said is None:
        return "nothing"
    words = (said,) if isinstance(said, str) else said
    return listing([VERDICTS[word].word if word in VERDICTS else word for word in words], "or") if words else "none"
