"""State files: by their suffix, one or many, or folders of them, merged into one state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.model.vocabulary import Vocabulary
from sopb_rules.source import Source, decoded, read_bytes
from sopb_rules.states.json import parse_json
from sopb_rules.states.judgements import JudgementKeys
from sopb_rules.states.mistakes import Mistakes
from sopb_rules.states.nodes import Node
from sopb_rules.states.read import check_state
from sopb_rules.states.records import State, StateFile
from sopb_rules.states.yaml import parse_yaml

#: The endings of state files, and how each is read.
SUFFIXES = {".yaml": parse_yaml, ".yml": parse_yaml, ".json": parse_json}
_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")


def read_states(
    vocabulary: Vocabulary, paths: Iterable[Path | str] | Path | str, judgement_keys: JudgementKeys | None = None
) -> State:
    """The state that the files say together; a folder means its state files, in the order of their names.

    Args:
        judgement_keys: by entity, the keys of judgements that stand in for open parameters, with their questions.

    Raises:
        RulesError: a file cannot be read or says something wrong; with all mistakes of all files.
    """
    mistakes = Mistakes()
    nodes: list[Node] = []
    read: list[StateFile] = []
    for path in (paths,) if isinstance(paths, Path | str) else paths:
        try:
            for file in _files(Path(path)):
                data = read_bytes(file)
                node, diagnostics = parse_state(decoded(file, data))
                mistakes.extend(diagnostics)
                read.append(StateFile(file.as_posix(), hashlib.sha256(data).hexdigest()))
                if node is not None:
                    nodes.append(node)
        except RulesError as error:
            mistakes.extend(error.diagnostics)
    # What a broken file lists is missing here; references are then not told to lead nowhere, since there are mistakes.
    state = check_state(vocabulary, nodes, judgement_keys=judgement_keys, mistakes=mistakes)
    state.files = tuple(read)
    return state


def parse_state(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a state file, read by the suffix of its name, and what is wrong with it."""
    suffix = Path(source.name).suffix.lower()
    if suffix not in SUFFIXES:
        return None, (_not_a_state(source.name),)
    return SUFFIXES[suffix](source)


def _files(path: Path) -> list[Path]:
    """The state files that a path means.

    Raises:
        RulesError: it is a folder without any, or a file of another sort.
    """
    try:
        if path.is_dir():
            files = sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file())
            if files:
                return files
            help = f"state files end in {', '.join(SUFFIXES)}"
            message = f"there are no state files in the folder `{path}`"
            raise RulesError([Diagnostic(Code.FOLDER_EMPTY, message, file=str(path), help=help)])
        if path.suffix.lower() not in SUFFIXES and path.exists():
            raise RulesError([_not_a_state(str(path))])
    except (OSError, ValueError) as error:
        message = f"`{path!s}` cannot be read: {getattr(error, 'strerror', None) or error}"
        raise RulesError([Diagnostic(Code.FILE_UNREADABLE, message, file=str(path))]) from None
    return [path]


def _not_a_state(name: str) -> Diagnostic:
    help = f"state files end in {', '.join(SUFFIXES)}"
    if Path(name).suffix.lower() in _SPREADSHEETS:
        help += "; save a spreadsheet as CSV in UTF-8, which `sopb evaluate` takes as a table"
    return Diagnostic(Code.FILE_UNREADABLE, f"`{name}` is not a state file", file=name, help=help)
