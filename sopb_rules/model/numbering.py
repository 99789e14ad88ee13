"""Ids follow the document: each sentence once, in its article, without gaps; a second statement needs a first."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.model.norms import article_of, layer_of, sentence_of, sort_key
from sopb_rules.syntax import tree as t


def check_numbering(files: Iterable[t.PolicyFile]) -> list[Diagnostic]:
    """The mistakes and gaps in the numbering of a policy set."""
    files = list(files)
    found: list[Diagnostic] = []
    seen: dict[str, t.Name] = {}
    strangers: set[str] = set()
    ids = {id.text for file in files for id, what, _ in numbered(file) if what != "decision"}
    for file in files:
        measures = next((s for s in file.statements if isinstance(s, t.MeasuresHeader)), None)
        headers = [s for s in file.statements if isinstance(s, t.ArticleHeader)]
        for id, what, quote in numbered(file):
            where = f"{what} {id}"
            if (wrong := _wrong_front(id, measures)) is not None:
                message, help = wrong
                found.append(Diagnostic(Code.WRONG_LAYER, message, id.span, where=where, help=help))
                strangers.add(id.text)
                seen.setdefault(id.text, id)
                continue
            if id.text in seen and what != "decision":
                message, help = f"the id {id} stands twice", f"it also stands at {seen[id.text].span}"
                found.append(Diagnostic(Code.DOUBLED_ID, message, id.span, where=where, help=help))
                continue
            seen[id.text] = id
            if len(headers) == 1 and _article(id.text) != headers[0].number.text:
                message = f"{id} does not belong to article {headers[0].number}"
                help = f"ids in this file begin with {headers[0].number}."
                found.append(Diagnostic(Code.WRONG_ARTICLE, message, id.span, where=where, help=help))
                strangers.add(id.text)  # what it leaves out in its own article is no mistake of its own
            if "." not in id.text and what != "decision":
                message, help = f"{id} names an article and no sentence", f"write {id}.1 for its first sentence"
                found.append(Diagnostic(Code.WRONG_ARTICLE, message, id.span, where=where, help=help))
            found += _check_quote(id, quote, where, what, ids)
        if not headers and measures is None and (first := next(numbered(file), None)):
            id, what, _ = first
            message = "a file with norms begins with its article"
            help = f'write `article {_article(id.text)} "…"` above'
            found.append(Diagnostic(Code.ARTICLE_HEADER, message, id.span, where=f"{what} {id}", help=help))
    return [*found, *(each for each in _sequence(seen) if each.span is None or each.span.text not in strangers)]


def _wrong_front(id: t.Name, measures: t.MeasuresHeader | None) -> tuple[str, str] | None:
    """What is wrong with the name of measures in front of an id, or with its absence, and what to write."""
    front, _, number = id.text.rpartition(":")
    if measures is None:
        if not front:
            return None
        return f"{id} has the name of measures in front, and stands in a file of the document", f"write {number}"
    if measures.name is None:
        front = front or "riverside"
        help = f'name them in front of the title: `measures {front} "…" under`; their norm is then {front}:{number}'
        return "measures without a name add no numbered sentences", help
    if front == measures.name.text:
        return None
    if front:
        return f"{id} has the name of other measures in front", f"write {measures.name}:{number}"
    help = f"write {measures.name}:{number}, with the number of the sentence in the measures"
    return (
        f"{id} is a number of the document, and stands in a file of measures",
        f"{help}; `tighten {id}` changes a norm",
    )


def id_suggestion(id: str, ids: Iterable[str]) -> str:
    """What there is instead of an id: the ids of its article, or the articles there are."""
    found = sorted(set(ids), key=sort_key)
    layers = sorted(set(filter(None, map(layer_of, found))))
    if (layer := layer_of(id)) and layer in layers:
        return f"{layer} has " + ", ".join([each for each in found if layer_of(each) == layer][:12])
    if layer and layers:
        return "there are norms of " + ", ".join(layers)
    article = _article(id)
    own = [each for each in found if _article(each) == article]
    if own:
        return f"article {article} has " + ", ".join(own[:12]) + (f" and {len(own) - 12} more" if len(own) > 12 else "")
    articles = sorted(set(map(article_of, found)) - {0})
    return "there are articles " + ", ".join(map(str, articles)) if articles else ""


def _article(id: str) -> str:
    """What an id says of its article, letter by letter: it may be a slip and no number."""
    return sentence_of(id).partition(".")[0]


def _check_quote(id: t.Name, quote: t.Quote | None, where: str, what: str, ids: Container[str]) -> Iterator[Diagnostic]:
    if "/" in id.text:
        if quote is not None and quote.lines and sentence_of(id.text) in ids:
            message = f"the sentence of {id} is quoted at {sentence_of(id.text)} already"
            yield Diagnostic(
                Code.MISSING_QUOTE, message, quote.lines[0].span, where=where, help="leave the bar lines out here"
            )
    elif what in ("norm", "case", "definition") and quote is not None and not quote.lines:
        help = "add the sentence in lines that begin with `|`"
        yield Diagnostic(
            Code.MISSING_QUOTE, f"{what} {id} does not quote its sentence", id.span, where=where, help=help
        )


def numbered(file: t.PolicyFile) -> Iterator[tuple[t.Name, str, t.Quote | None]]:
    """The statements of a file that have an id: the id, what it is, and its quote."""
    for statement in file.statements:
        match statement:
            case t.NormDeclaration(id=id, quote=quote):
                yield id, "norm", quote
            case t.NoteDeclaration(id=id, quote=quote):
                yield id, "note", quote
            case t.DefinitionDeclaration(id=t.Name() as id, quote=quote):
                yield id, "definition", quote
            case t.DecisionDeclaration(id=id, cases=cases):
                yield id, "decision", None
                for case in cases:
                    yield case.id, "case", case.quote
            case _:
                pass


def _sequence(seen: dict[str, t.Name]) -> Iterator[Diagnostic]:
    """Second norms without a first, and sentences that are left out."""
    for text, id in seen.items():
        base, slash, part = text.partition("/")
        if slash:
            before = base if part == "2" else f"{base}/{int(part[:9]) - 1}"
            if part in ("0", "1") or before not in seen:
                message = f"{id} has no {before} before it"
                yield Diagnostic(
                    Code.MISSING_FIRST, message, id.span, where=f"norm {id}", help=f"number it after {base}"
                )
            continue
        layer, colon, number = base.rpartition(":")
        *front, last = number.split(".")
        before = layer + colon + ".".join([*front, str(int(last[:9]) - 1)])
        if (
            front
            and int(last[:9]) > 1
            and before not in seen
            and not any(other.startswith(before + ".") for other in seen)
        ):
            message = f"{id} follows no {before}: a sentence is left out"
            yield Diagnostic(Code.NUMBERING_GAP, message, id.span, where=f"{id}", severity=Severity.WARNING)


def statement_name(statement: t.Statement) -> str:
    """A statement as people name it: ``norm 8.1``, ``definition newly_established``."""
    match statement:
        case t.NormDeclaration(id=id):
            return f"norm {id}"
        case t.DecisionDeclaration(id=id):
            return f"decision {id}"
        case t.DefinitionDeclaration(name=name):
            return f"definition {name}"
        case t.NoteDeclaration(id=id):
            return f"note {id}"
        case t.ArticleHeader(number=number):
            return f"article {number}"
        case t.MeasuresHeader():
            return "measures"
        case t.ParameterSetting(name=name):
            return f"set {name}"
        case t.TighteningDeclaration(id=id):
            return f"tighten {id}"
        case t.FurtherFacts(entity=entity):
            return f"facts of {entity}"
        case t.InterplayDeclaration(kind=kind, name=name):
            return f"{kind} {name}"
        case _:
            word = type(statement).__name__.removesuffix("Declaration").removesuffix("Header").lower()
            return f"{word} {statement.name}"
