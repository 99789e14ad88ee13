"""The audit of local measures: what each layer does to the sentences of the document, and its quotes against its own text.

Norms, definitions and notes of measures have the numbers of their sentences. What tightens a norm or sets a parameter has
none: it quotes whichever sentence of the measures has its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import attrs

from sopb_rules.audit import SOURCE, Check, Encoding, Quote, dependent_ids, quote_of
from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.document import Document, read_document
from sopb_rules.model.norms import (
    Decision,
    Measures,
    Norm,
    Policies,
    layer_of,
    parameters_of,
    sentence_of,
    sort_key,
)
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source, read_source

#: How much alike a quote and a sentence are, at the least, for one to be taken for the other.
_ALIKE = 0.6


@attrs.frozen
class LayerAudit:
    """What a layer of measures does, and how it stands with its own text.

    Args:
        completes: by the parameter that it sets, the sentences that rest on it.
        tightens: the norms that it makes stricter.
        adds: its own norms.
        document: the text of the measures; None where none lies beside their file.
        encodings: by the number of a sentence of this text, what encodes it.
        diagnostics: left-out, altered and misplaced sentences of this text.
    """

    measures: Measures
    completes: Mapping[str, tuple[str, ...]]
    tightens: tuple[str, ...]
    adds: tuple[str, ...]
    document: Document | None
    encodings: Mapping[str, tuple[Encoding, ...]]
    diagnostics: tuple[Diagnostic, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "layer": self.measures.layer,
            "title": self.measures.title,
            "completes": [{"parameter": name, "sentences": list(ids)} for name, ids in self.completes.items()],
            "tightens": list(self.tightens),
            "adds": list(self.adds),
            "source": self.document.source.name if self.document is not None else None,
            "sentences": [
                {
                    "id": sentence.id,
                    "text": sentence.text,
                    "encoded_by": [each.as_dict() for each in self.encodings[sentence.id]],
                }
                for sentence in (self.document.sentences if self.document is not None else ())
            ],
        }


def audit_measures(policies: PolicySet) -> tuple[LayerAudit, ...]:
    """The audit of each layer of measures that is in force, the lowest first.

    The text of measures lies beside their file and is called like it, or like the measures: ``city.txt`` beside
    ``city.policy``. Where they alone lie in a folder it may be called ``source.txt``.

    Raises:
        RulesError: such a text cannot be read.
    """
    model = policies.model
    return tuple(_audit(model, layer, _text_of(model, layer)) for layer in model.measures)


def _text_of(model: Policies, layer: Measures) -> Source | None:
    """The text of measures beside their file."""
    own = layer.span.source
    file = Path(own.name)
    alone = all(Path(each.name).parent != file.parent for each in model.sources if each != own)
    names = [f"{name}.txt" for name in (file.stem, layer.name) if name] + [SOURCE] * alone
    found = [file.parent / name for name in names if (file.parent / name).is_file()]
    return read_source(found[0]) if found else None


def _audit(model: Policies, layer: Measures, text: Source | None) -> LayerAudit:
    own = [form for norm in model.norms.values() for form in _forms(norm) if form.layer == layer.layer]
    completes = {name: tuple(resting_on(model, name)) for name in layer.settings}
    tightens = tuple(norm.id for norm in own if norm.tightens is not None)
    adds = tuple(norm.id for norm in own if norm.tightens is None)
    if text is None:
        return LayerAudit(layer, completes, tightens, adds, None, {}, ())
    document = read_document(text)
    front = f"{layer.name}:" if layer.name else ""
    numbered = [_first(each) for each in model.numbered if layer.name and layer_of(each.id) == layer.name]
    quotes = [quote_of(model, each) for each in numbered]
    unnumbered = list(_unnumbered(model, layer, own))
    placed, wrong = _placed(document, unnumbered)
    quotes += placed
    encodings = {
        sentence.id: tuple(quote.encoding for quote in quotes if quote.sentence == sentence.id)
        for sentence in document.sentences
    }
    held = Check(document, [quote for quote in quotes if quote.text is not None], front).diagnostics()
    return LayerAudit(layer, completes, tightens, adds, document, encodings, (*held, *wrong))


def _forms(norm: Norm) -> Iterator[Norm]:
    if norm.tightens is not None:
        yield from _forms(norm.tightens)
    yield norm


def _first(statement: Any) -> Any:
    return statement.first if isinstance(statement, Norm) else statement


def resting_on(model: Policies, name: str) -> list[str]:
    """The numbers of the sentences that read a parameter, also through definitions and other norms."""
    found: set[str] = set()
    for each in model.statements:
        parts = [(case.id, case.condition) for case in each.cases] if isinstance(each, Decision) else []
        parts = parts or [(each.id, part) for part in each.parts]
        found |= {id for id, part in parts if id and any(read.name == name for read in parameters_of(part))}
    return sorted({sentence_of(id) for id in found}, key=sort_key)


def _unnumbered(model: Policies, layer: Measures, own: list[Norm]) -> Iterator[Quote]:
    """The quotes of what tightens and sets, each without a sentence yet."""
    for norm in own:
        if norm.tightens is not None and norm.quote_span is not None:
            encoding = Encoding(
                f"tighten {norm.id}", "tightening", norm.force, norm.word, tuple(each.name for each in norm.bearers)
            )
            dependents = tuple(dependent_ids(model, sentence_of(norm.id)))
            yield Quote(encoding, norm.text, norm.quote_span, "", dependents)
    for name, setting in layer.settings.items():
        if setting.quote_span is not None:
            encoding = Encoding(f"set {name}", "setting")
            yield Quote(encoding, setting.text, setting.quote_span, "", tuple(resting_on(model, name)))


def _placed(document: Document, quotes: list[Quote]) -> tuple[list[Quote], list[Diagnostic]]:
    """The quotes with the number of the sentence that has their words or comes nearest; what comes near none is told."""
    placed: list[Quote] = []
    wrong: list[Diagnostic] = []
    for quote in quotes:
        alike = [(_likeness(quote.text or "", sentence.text), sentence.id) for sentence in document.sentences]
        likeness, sentence = max(alike, default=(0.0, ""), key=lambda each: each[0])
        if likeness >= _ALIKE:
            placed.append(attrs.evolve(quote, sentence=sentence))
        elif document.sentences:  # that there are none is told once
            message = f"{quote.encoding.id} quotes what is no sentence of {Path(document.source.name).name}"
            texts = (("source", ""), (f"policy {quote.encoding.id}", quote.text or ""))
            help = "quote the sentence of the measures to the letter"
            wrong.append(
                Diagnostic(Code.NO_SUCH_SENTENCE, message, quote.span, where=quote.encoding.id, help=help, texts=texts)
            )
    return placed, wrong


def _likeness(quote: str, sentence: str) -> float:
    """1 for the same words, else how much alike two texts are."""
    return 1.0 if quote == sentence else SequenceMatcher(None, quote, sentence, autojunk=False).ratio() * 0.999
