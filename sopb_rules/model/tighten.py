"""Norms that measures make stricter: the norm below, with what a tightening restates in the place of what it says there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sopb_rules.diagnostics import Code
from sopb_rules.model.declare import Declarations
from sopb_rules.model.layers import header_of
from sopb_rules.model.norms import FORCES
from sopb_rules.model.numbering import id_suggestion, numbered
from sopb_rules.syntax import tree as t

#: What is said of a statement that has a number and cannot be tightened.
_NO_NORM = {
    "decision": "is a decision", "case": "is a case of a decision", "definition": "is a definition", "note": "is a note",
}  # fmt: skip
_UNCONDITIONAL = t.Condition(None, None)


def forms(declarations: Declarations, norms: Mapping[str, t.NormDeclaration]) -> Mapping[str, list[t.NormDeclaration]]:
    """By id, the forms of the norms that measures tighten: as it was written first, and with each tightening on it.

    What is wrong with a tightening is noted in the declarations, and it is left out.
    """
    found: dict[str, list[t.NormDeclaration]] = {}
    for file in declarations.files:
        if header_of(file) is None:
            continue
        seen: dict[str, t.Name] = {}
        for each in file.statements:
            if isinstance(each, t.TighteningDeclaration):
                check = _Check(declarations, each, norms, file)
                if check.names_a_norm(seen):
                    below = found.setdefault(each.id.text, [norms[each.id.text]])
                    if check.fits(below[-1]):
                        below.append(_restated(below[-1], each))
    return {id: each for id, each in found.items() if len(each) > 1}


def _restated(below: t.NormDeclaration, d: t.TighteningDeclaration) -> t.NormDeclaration:
    condition = below.condition if d.condition == _UNCONDITIONAL else d.condition
    provided = d.provided or below.provided
    same = attrs.evolve(
        below, id=d.id, quote=d.quote, condition=condition, provided=provided, examples=d.examples, span=d.span
    )
    return same if d.force is None else attrs.evolve(same, bearers=d.bearers, force=d.force, clauses=d.clauses)


def force_of(word: str, classified: Mapping[str, str]) -> str:
    """The force of a word, as in `FORCES`; "" for one that the vocabulary does not classify."""
    plain = word.replace("are ", "is ")
    if plain == "is encouraged to":
        return "encouraged"
    return plain if plain in FORCES else classified.get(plain, "")


class _Check:
    """Whether a tightening speaks of a norm below, and restates it in a way that can be stricter."""

    def __init__(
        self,
        declarations: Declarations,
        tightening: t.TighteningDeclaration,
        norms: Mapping[str, t.NormDeclaration],
        file: t.PolicyFile,
    ) -> None:
        self._declarations = declarations
        self._d = tightening
        self._norms = norms
        self._file = file
        self._where = f"tighten {tightening.id}"

    def names_a_norm(self, seen: dict[str, t.Name]) -> bool:
        """Whether it names a norm of a layer below, and is the first in its measures to do so."""
        id = self._d.id
        earlier = seen.setdefault(id.text, id)
        norm = self._norms.get(id.text)
        if norm is None:
            self._no_norm()
        elif norm.span.source is self._file.source:
            message = f"{id} is a norm of these measures themselves"
            self._error(Code.TIGHTENING, message, id, f"change it where it stands, at {norm.span}")
        elif earlier is not id:
            message = f"the measures tighten {id} twice"
            self._error(Code.DOUBLED_ID, message, id, f"they also tighten it at {earlier.span}: say all of it there")
        else:
            return True
        return False

    def _no_norm(self) -> None:
        id = self._d.id
        statements = (each for file in self._declarations.files for each in numbered(file))
        what = next((what for other, what, _ in statements if other.text == id.text), "")
        if what:
            message = f"{id} {_NO_NORM[what]}, and only norms are tightened"
            help = "let a norm of the measures say what has to be done beside it"
            self._error(Code.TIGHTENING, message, id, help)
        else:
            self._error(Code.UNKNOWN_NORM, f"there is no norm {id}", id, id_suggestion(id.text, self._norms))

    def fits(self, below: t.NormDeclaration) -> bool:
        """Whether it restates something, and with no weaker force."""
        problems = [*self._quote_problems(), *self._part_problems(below)]
        for code, message, at, help in problems[:1]:
            self._error(code, message, at, help)
        return not problems

    def _quote_problems(self) -> Iterator[tuple[Code, str, t.Name, str]]:
        if not self._d.quote.lines:
            help = "add the sentence of the measures in lines that begin with `|`"
            yield Code.MISSING_QUOTE, "what tightens a norm quotes its sentence", self._d.id, help

    def _part_problems(self, below: t.NormDeclaration) -> Iterator[tuple[Code, str, t.Name, str]]:
        d, id = self._d, self._d.id
        if d.condition == _UNCONDITIONAL and d.force is None and not d.provided:
            help = f"write the parts of {id} that the measures change: `when`, `the … {below.force}`, `provided`"
            yield Code.TIGHTENING, f"nothing of {id} is restated", id, help
        elif d.force is not None:
            yield from self._force_problems(d.force, below)
        elif below.force.text != "may" and d.provided:
            help = f"write a duty with all its clauses, as in `the {below.bearers[0]} {below.force}`"
            yield Code.TIGHTENING, f"{id} is a duty, and has no `provided`", id, help

    def _force_problems(self, word: t.Name, below: t.NormDeclaration) -> Iterator[tuple[Code, str, t.Name, str]]:
        classified, id = self._declarations.vocabulary.classified, self._d.id
        new, old = force_of(word.text, classified), force_of(below.force.text, classified)
        if not new or not old:
            return  # that is told of the word
        if (new == "may") != (old == "may"):
            is_, was = ("a permission", "a duty") if new == "may" else ("a duty", "a permission")
            help = f"write `{below.force}`, or add a norm of the measures' own"
            yield Code.TIGHTENING, f"{id} is {was}, and is restated as {is_}", word, help
        elif new.endswith(" not") != old.endswith(" not"):
            help = f"write `{below.force}`, and say in the clauses what is stricter"
            yield Code.TIGHTENING, f"`{word}` says the opposite of `{below.force}` in {id}", word, help
        elif FORCES.index(new) > FORCES.index(old):
            message = f"`{word}` is weaker than `{below.force}` in {id}, at {below.force.span}"
            yield Code.WEAKER_FORCE, message, word, f"write `{below.force}`: measures may be stricter, never laxer"

    def _error(self, code: Code, message: str, at: t.Name, help: str) -> None:
        self._declarations.error(code, message, at, self._where, help=help)
