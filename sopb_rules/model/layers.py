"""Layers of local measures: which file is one, what it may hold, and which is under which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, suggestion
from sopb_rules.model.files import SHIPPED
from sopb_rules.model.numbering import statement_name
from sopb_rules.syntax import tree as t

#: How many measures may be under each other.
DEPTH_LIMIT = 10

_ONLY_IN_MEASURES = t.MeasuresHeader | t.ParameterSetting | t.TighteningDeclaration | t.FurtherFacts
_NEVER_IN_MEASURES = t.VocabularyHeader | t.ArticleHeader | t.DecisionDeclaration | t.InterplayDeclaration


@attrs.frozen(slots=False)
class Stack:
    """The files of a policy set, and the layers of measures on it.

    Args:
        document: the files of the policies, in an order in which the first of two statements of one name is right.
        layers: the files of the measures, each under the next one: the lowest is under the policies.
    """

    document: tuple[t.PolicyFile, ...]
    layers: tuple[t.PolicyFile, ...]

    @property
    def files(self) -> tuple[t.PolicyFile, ...]:
        """All files, the lowest first."""
        return (*self.document, *self.layers)

    def up_to(self, count: int) -> Stack:
        """The same with only so many layers, the lowest."""
        return attrs.evolve(self, layers=self.layers[:count])

    @cached_property
    def has_vocabulary(self) -> bool:
        """Whether there are policies for measures to be under."""
        return any(map(_vocabulary, self.document))


def header_of(file: t.PolicyFile) -> t.MeasuresHeader | None:
    """The first line of a file of measures; None for other files."""
    return next((each for each in file.statements if isinstance(each, t.MeasuresHeader)), None)


def layer_name(header: t.MeasuresHeader) -> str:
    """The name of a layer, or its title where it has no name."""
    return header.name.text if header.name is not None else header.title.text


def only_sets(file: t.PolicyFile) -> bool:
    """Whether measures do no more than to set parameters, so that nothing else could refer to what is in them."""
    return all(isinstance(each, t.MeasuresHeader | t.ParameterSetting) for each in file.statements)


def stacked(files: Iterable[t.PolicyFile]) -> tuple[Stack, list[Diagnostic]]:
    """The policies and the measures on them, without what does not belong there, and what that is.

    Measures that are under nothing, or that are no part of the one chain, are left out, so that nothing more is said of
    them.
    """
    files = sorted(files, key=lambda file: (_vocabulary(file) is None, file.source.name))
    kept, diagnostics = _apart(files)
    document = tuple(file for file in kept if header_of(file) is None)
    chain = _Chain(document, [file for file in kept if header_of(file) is not None])
    return Stack(document, tuple(chain.layers)), [*diagnostics, *chain.diagnostics]


def _vocabulary(file: t.PolicyFile) -> t.VocabularyHeader | None:
    return next((each for each in file.statements if isinstance(each, t.VocabularyHeader)), None)


def _apart(files: Iterable[t.PolicyFile]) -> tuple[list[t.PolicyFile], list[Diagnostic]]:
    """The files without what does not belong there; of several such statements in a file the first is told."""
    kept: list[t.PolicyFile] = []
    diagnostics: list[Diagnostic] = []
    for file in files:
        header = header_of(file)
        foreign = _ONLY_IN_MEASURES if header is None else _NEVER_IN_MEASURES
        strangers = [each for each in file.statements if isinstance(each, foreign)]
        if header is not None:
            diagnostics += _further_headers(file, header)
        kept.append(attrs.evolve(file, statements=tuple(each for each in file.statements if each not in strangers)))
        if strangers:
            diagnostics.append(_stranger(strangers[0], in_measures=header is not None))
    return kept, diagnostics


def _further_headers(file: t.PolicyFile, header: t.MeasuresHeader) -> Iterable[Diagnostic]:
    for second in file.statements:
        if isinstance(second, t.MeasuresHeader) and second is not header:
            help = f"it also stands at {header.span}"
            yield Diagnostic(Code.DOUBLED_NAME, "a file holds one `measures`", second.span, where="measures", help=help)


def _stranger(statement: t.Statement, in_measures: bool) -> Diagnostic:
    where, help = statement_name(statement), 'begin a file with `measures "…" under` and the name of the policies'
    match statement:
        case t.TighteningDeclaration():
            message = "what tightens a norm stands in a file of measures"
        case t.FurtherFacts():
            message = "further facts of an entity stand in a file of measures"
            help = f"write them below `entity {statement.entity}`, or " + help
        case t.ParameterSetting():
            message = "what sets a parameter stands in a file of measures"
        case _:
            assert in_measures
            word = where.partition(" ")[0]
            message = f"{'an' if word[0] in 'aeiou' else 'a'} {word} has no place in measures"
            help = "measures set parameters, add norms and tighten norms; put it among the policies they are under"
    return Diagnostic(Code.MEASURES, message, statement.span, where=where, help=help)


class _Chain:
    """Finds the one chain that files of measures form; what is wrong with it is in `diagnostics`."""

    def __init__(self, document: Sequence[t.PolicyFile], files: Sequence[t.PolicyFile]) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.layers: list[t.PolicyFile] = []
        vocabulary = next(filter(None, map(_vocabulary, document)), None)
        self._root = vocabulary.name.text if vocabulary is not None else ""
        self._headers = {id(file): header for file in files if (header := header_of(file)) is not None}
        self._names: dict[str, t.MeasuresHeader] = {}
        self._take(self._root, [file for file in files if self._is_named_once(file)])

    def _is_named_once(self, file: t.PolicyFile) -> bool:
        header = self._headers[id(file)]
        if header.name is None:
            return True
        name = header.name.text
        if name == self._root or (not self._root and name == SHIPPED):
            self._error(
                Code.DOUBLED_NAME, f"`{name}` is already the name of the policies", header.name, "choose another"
            )
            return False
        first = self._names.setdefault(name, header)
        if first is not header:
            help = f"they also stand at {first.span}"
            self._error(Code.DOUBLED_NAME, f"two measures have the name `{name}`", header.name, help)
        return first is header

    def _take(self, base: str, files: list[t.PolicyFile]) -> None:
        """Put the layers on each other, from the policies up."""
        rest = list(files)
        while base:
            found = [file for file in rest if self._headers[id(file)].base.text == base]
            for second in found[1:]:
                self._branches(base, found[0], second)
            if not found:
                break
            self.layers.append(found[0])
            rest = [file for file in rest if file not in found]
            base = self._name(found[0])
        if len(self.layers) > DEPTH_LIMIT:
            header = self._headers[id(self.layers[DEPTH_LIMIT])]
            self._error(
                Code.TOO_LARGE, f"more than {DEPTH_LIMIT} measures are under each other", header, "join some of them"
            )
            del self.layers[DEPTH_LIMIT:]
        self._unplaced(rest)

    def _name(self, file: t.PolicyFile) -> str:
        header = self._headers[id(file)]
        return header.name.text if header.name is not None else ""

    def _branches(self, base: str, first: t.PolicyFile, second: t.PolicyFile) -> None:
        header = self._headers[id(second)]
        message = f"two measures are under `{base}`, and one set of measures is in force"
        other = self._headers[id(first)]
        help = (
            f"name the file of those that are meant (`--policies {second.source.name}`); others stand at {other.span}"
        )
        self._error(Code.LAYERS, message, header.base, help)

    def _unplaced(self, rest: Sequence[t.PolicyFile]) -> None:
        """Measures on no policies: they are under something that is not there, or under themselves in a circle."""
        told: set[str] = set()
        for file in rest:
            header = self._headers[id(file)]
            way = [self._name(file)]
            while (below := self._names.get(header.base.text)) is not None and header.base.text not in way:
                header, way = below, [*way, header.base.text]
            if header is self._headers[id(file)] and header.base.text not in self._names:
                self._missing(header)
            elif header.base.text == way[0] and told.isdisjoint(way):
                told.update(way)
                start = self._headers[id(file)]
                circle = " → ".join([*way, way[0]])
                message = f"the measures are under themselves: {circle}"
                self._error(Code.LAYERS, message, start.base, "the lowest of them are under the policies")

    def _missing(self, header: t.MeasuresHeader) -> None:
        base = header.base.text
        known = [
            name for name in (self._root or SHIPPED, *self._names) if header.name is None or name != header.name.text
        ]
        help = suggestion(base, known, "policies" if len(known) == 1 else "policies and measures")
        if not self._root and not help.startswith("did you"):
            help = (
                f"`{SHIPPED}` come with sopb; measures under policies of your own lie in the folder of their vocabulary, "
                "and measures under others beside these"
            )
        message = f"there are no policies or measures `{base}` for the measures to be under"
        self._error(Code.MEASURES, message, header.base, help)

    def _error(self, code: Code, message: str, at: t.Name | t.MeasuresHeader, help: str) -> None:
        self.diagnostics.append(Diagnostic(code, message, at.span, where="measures", help=help))
