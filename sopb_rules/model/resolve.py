"""From the trees of a policy set to the checked model; statements that refer to each other come in dependency order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, suggestion
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.conditions import Checked, Conditions, References
from sopb_rules.model.declare import Declarations
from sopb_rules.model.layers import header_of, layer_name
from sopb_rules.model.norms import (
    Article,
    Case,
    Clause,
    Decision,
    Definition,
    Interplay,
    Norm,
    Note,
    Policies,
    article_of,
    sentence_of,
    sort_key,
)
from sopb_rules.model.numbering import id_suggestion, numbered, statement_name
from sopb_rules.model.scope import Known, Scope
from sopb_rules.model.tighten import forms
from sopb_rules.model.unfinished import PLACEHOLDER
from sopb_rules.syntax import tree as t

#: The most parts that a norm may have with everything it refers to written out; bounds the time of an evaluation.
SIZE_LIMIT = 5_000
#: How many statements may refer to each other in a row; bounds the depth of an evaluation.
CHAIN_LIMIT = 10
NOTE_KINDS = ("background", "principle", "aim")

R = TypeVar("R", Norm, Decision, Definition)


class Resolver:
    """Resolves norms, decisions and definitions on demand, each once; a demand in a circle is an error."""

    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.references = References(self.norm, self.decision, self.definition, self.declared)
        self.conditions = Conditions(declarations, self.references)
        self._done: dict[Any, Any] = {}
        self._open: list[Any] = []
        self._lengths: dict[int, int] = {}  # of the longest chain of references from a statement on, by its id()
        self._weights: dict[e.Condition, int] = {}
        self._layers = {
            id(file.source): (number, layer_name(header))
            for number, file in enumerate(declarations.files)
            if (header := header_of(file)) is not None
        }
        self._norms = self._by_id(t.NormDeclaration)
        self._forms = forms(declarations, self._norms)
        self._norms.update((id, each[-1]) for id, each in self._forms.items())
        self._decisions = self._by_name(t.DecisionDeclaration, "decision")
        self._definitions = self._by_name(t.DefinitionDeclaration, "definition", self._decisions)
        self._texts = {
            id.text: quote.text for file in declarations.files for id, _, quote in numbered(file) if quote is not None
        }

    # ---- all of it ---------------------------------------------------------------------------------------

    def policies(self) -> Policies:
        """The whole policy set; what is wrong with it is in the declarations' diagnostics."""
        definitions = {key: self._resolve(d, self._definition) for key, d in self._definitions.items()}
        ids = sorted(self._norms, key=self._order)
        norms = {id: self._resolve(self._norms[id], self._norm) for id in ids}
        decisions = {d.name.text: self._resolve(d, self._decision) for d in self._decisions.values()}
        self._add_norms_below(norms)
        vocabulary = self.declarations.vocabulary
        sources = tuple(sorted((file.source for file in self.declarations.files), key=lambda source: source.name))
        return Policies(
            vocabulary,
            dict(sorted(self._articles().items())),
            {id: norm for id, norm in norms.items() if norm},
            {name: decision for name, decision in decisions.items() if decision},
            {key: definition for key, definition in definitions.items() if definition},
            self.declarations.parameters,
            self._notes(),
            self._interplay(),
            sources,
            digest(source.text for source in sources),
        )

    def _tightens(self, declaration: Any) -> bool:
        """Whether a statement is the form of a norm that measures made stricter."""
        found = self._forms.get(declaration.id.text, ()) if isinstance(declaration, t.NormDeclaration) else ()
        return any(declaration is each for each in found[1:])

    def _order(self, name: str) -> tuple[int, tuple[str, tuple[int, ...], int]]:
        """Norms in the order of the document, and then of the layers that add them."""
        declaration = self._forms[name][0] if name in self._forms else self._norms[name]
        return self._layers.get(id(declaration.span.source), (0, ""))[0], sort_key(name)

    def _add_norms_below(self, norms: Mapping[str, Norm | None]) -> None:
        """Say of each norm that was tightened what stands below it.

        A norm below may refer to norms that refer to the one in its place, so that it can only be read when these are.
        """
        for each, (*below, _) in self._forms.items():
            above = norms[each]
            for declaration in reversed(below):
                # The same place may be judged in both of them.
                self.conditions = Conditions(self.declarations, self.references)
                norm = self._resolve(declaration, self._norm)
                if norm is None or above is None:
                    break
                object.__setattr__(above, "tightens", norm)
                above = norm

    def _by_id(self, type_: type[t.NormDeclaration]) -> dict[str, t.NormDeclaration]:
        found: dict[str, t.NormDeclaration] = {}
        for declaration in self.declarations.statements(type_):
            if declaration.id.text not in found:  # doubled ids are reported by the numbering check
                found[declaration.id.text] = declaration
        return found

    def _by_name(
        self, type_: type[Any], what: str, others: Container[tuple[str, str]] = ()
    ) -> dict[tuple[str, str], Any]:
        """The decisions or definitions by entity and name; a name of one of `others` is taken.

        Reports and examples name a decision without its entity, so that no two entities have decisions of one name.
        """
        found: dict[tuple[str, str], Any] = {}
        first: dict[tuple[str, str] | str, Any] = {}
        for d in self.declarations.statements(type_):
            key = (d.entity.text, d.name.text)
            earlier = first.setdefault(d.name.text if what == "decision" else key, d)
            if earlier is not d:
                help = f"it also stands at {earlier.name.span}"
                self._error(
                    Code.DOUBLED_NAME, f"the {what} `{d.name.text}` stands twice", d.name, f"{what} {d.name.text}", help
                )
                continue
            entity = self.declarations.entities.get(d.entity.text)
            if (entity is not None and d.name.text in entity.facts) or key in others:
                message = f"`{d.name.text}` is already a fact or a decision of {d.entity.text}"
                self._error(Code.DOUBLED_NAME, message, d.name, f"{what} {d.name.text}", "choose another name")
            found[key] = d
        return found

    def _articles(self) -> dict[int, Article]:
        articles: dict[int, Article] = {}
        for header in self.declarations.statements(t.ArticleHeader):
            number = int(header.number.text[:9])
            if number in articles:
                help = f"it also stands at {articles[number].span}"
                self._error(Code.DOUBLED_ID, f"article {number} stands twice", header.number, f"article {number}", help)
            articles.setdefault(number, Article(number, header.title.text, header.span))
        return articles

    def _notes(self) -> dict[str, Note]:
        notes: dict[str, Note] = {}
        for d in self.declarations.statements(t.NoteDeclaration):
            if d.kind.text not in NOTE_KINDS:
                help = suggestion(d.kind.text, NOTE_KINDS, "kinds of notes")
                self._error(Code.NOTE_KIND, f"`{d.kind.text}` is no kind of note", d.kind, f"note {d.id}", help)
            if not d.quote.lines:
                self._error(
                    Code.MISSING_QUOTE,
                    "a note quotes its sentence",
                    d.id,
                    f"note {d.id}",
                    "add lines that begin with `|`",
                )
            notes[d.id.text] = Note(
                d.id.text, article_of(d.id.text), d.kind.text, d.quote.text, d.span, _quote_span(d.quote)
            )
        return dict(sorted(notes.items(), key=lambda pair: sort_key(pair[0])))

    def _interplay(self) -> dict[str, Interplay]:
        statements = (statement for file in self.declarations.files for statement in numbered(file))
        ids = {id.text for id, what, _ in statements if what != "decision"}
        found: dict[str, Interplay] = {}
        for d in self.declarations.once(t.InterplayDeclaration, "interplay"):
            for id in d.ids:
                if id.text not in ids:
                    help = id_suggestion(id.text, ids)
                    where = f"{d.kind} {d.name}"
                    self._error(Code.UNKNOWN_NORM, f"no statement has the number {id.text}", id, where, help)
            found[d.name.text] = Interplay(
                d.kind.text,
                d.name.text,
                tuple(id.text for id in d.ids),
                d.title.text,
                " ".join(label.text for label in d.text),
                " ".join(label.text for label in d.treatment),
                d.span,
            )
        return dict(sorted(found.items(), key=lambda pair: sort_key(pair[1].ids[0])))

    def _text(self, id: t.Name) -> str:
        """The sentence of an id, which the first statement of that sentence quotes."""
        return self._texts.get(id.text) or self._texts.get(sentence_of(id.text), "")

    # ---- demands -----------------------------------------------------------------------------------------

    def norm(self, name: t.Name, where: str) -> Norm | None:
        """The norm that a name refers to; None after its mistake was noted."""
        declaration = self._norms.get(name.text)
        if declaration is None:
            help = id_suggestion(name.text, self._norms)
            self._error(Code.UNKNOWN_NORM, f"there is no norm {name.text}", name, where, help)
            return None
        return self._resolve(declaration, self._norm, name, where)

    def decision(self, entity: v.Entity, name: t.Name) -> Decision | None:
        """The decision of an entity by its name, or None."""
        declaration = self._decisions.get((entity.name, name.text))
        return None if declaration is None else self._resolve(declaration, self._decision, name)

    def definition(self, entity: v.Entity, name: t.Name) -> Definition | None:
        """The definition about an entity by its name, or None."""
        declaration = self._definitions.get((entity.name, name.text))
        return None if declaration is None else self._resolve(declaration, self._definition, name)

    def declared(self, entity: v.Entity, name: t.Name) -> bool:
        """Whether a definition or a decision about an entity has this name."""
        return (entity.name, name.text) in self._definitions or (entity.name, name.text) in self._decisions

    def _resolve(
        self, declaration: Any, build: Callable[[Any], R | None], asked: t.Name | None = None, where: str = ""
    ) -> R | None:
        key = id(declaration)
        if key in self._done:
            self._chained(key)
            return self._done[key]  # type: ignore[no-any-return]
        if declaration in self._open:
            circle = [*self._open[self._open.index(declaration) :], declaration]
            message = "this refers to itself: " + " → ".join(statement_name(each) for each in circle)
            place, where = asked or declaration, where or statement_name(declaration)
            if (made := next(filter(self._tightens, circle), None)) is not None:  # it was none without measures
                place, where = made.id, f"tighten {made.id}"
            self._error(Code.CYCLE, message, place, where, "take one of these references out")
            return None
        self._open.append(declaration)
        self._lengths[key] = 1
        result = build(declaration) if len(self._open) <= CHAIN_LIMIT else None
        self._open.pop()
        self._done[key] = result
        self._chained(key)
        if self._lengths[key] == CHAIN_LIMIT + 1 or len(self._open) == CHAIN_LIMIT:
            message = f"more than {CHAIN_LIMIT} statements refer to each other in a row"
            self._error(
                Code.TOO_LARGE, message, asked or declaration, where or statement_name(declaration), "refer to less"
            )
        return result

    def _chained(self, key: int) -> None:
        """Note that the statement that is being resolved refers to this one."""
        if self._open:
            above = id(self._open[-1])
            self._lengths[above] = max(self._lengths[above], self._lengths[key] + 1)

    # ---- one of each -------------------------------------------------------------------------------------

    def _entity(self, name: t.Name, where: str) -> v.Entity | None:
        if name.text == PLACEHOLDER:  # the statement is kept, so that its quote can be audited
            return v.Entity(PLACEHOLDER, PLACEHOLDER)
        entity = self.declarations.entities.get(name.text)
        if entity is None:
            help = suggestion(name.text, self.declarations.entities, "entities")
            self._error(Code.UNKNOWN_ENTITY, f"there is no entity `{name.text}`", name, where, help)
        return entity

    def _condition(self, condition: t.Condition, scope: Scope, id: str) -> Checked:
        """When it applies, with the paths that exist then."""
        parts: list[e.Condition] = []
        known: Known = frozenset()
        if condition.when is not None:
            when = self.conditions.check(condition.when, scope.at(f"{id} when"))
            parts, known = [when.condition], when.if_true
        if condition.unless is not None:
            unless = self.conditions.check(condition.unless, scope.at(f"{id} unless"), known)
            parts.append(e.Negation(unless.condition))
            known = known | unless.if_false
        whole: e.Condition = parts[0] if len(parts) == 1 else e.All(tuple(parts)) if parts else e.Always()
        return Checked(whole, known)

    def _norm(self, d: t.NormDeclaration) -> Norm | None:
        where = f"{'tighten' if self._tightens(d) else 'norm'} {d.id}"
        entity = self._entity(d.entity, where)
        if entity is None:
            return None
        variable = e.Variable(entity.name, entity)
        scope = Scope(variable, where)
        applies = self._condition(d.condition, scope, d.id.text)
        word = d.force.text.replace("are ", "is ")
        prohibition = word.endswith(" not")
        part = "may" if word == "may" else "must"
        clauses, known = self._clauses(d.clauses, scope, d.id.text, part, applies.if_true, prohibition)
        # The provisos of a permission may rely on the act having been done.
        provided, _ = self._clauses(d.provided, scope, d.id.text, "provided", known, False)
        bearers = tuple(
            bearer for name in d.bearers if (bearer := self.declarations.actor(name, Code.UNKNOWN_BEARER, where))
        )
        norm = Norm(
            d.id.text, article_of(d.id.text), d.quote.text or self._text(d.id), self._force(word, d.force, where), word,
            entity, variable, bearers, applies.condition, clauses, provided, d.examples, d.span, _quote_span(d.quote),
            self._layers.get(id(d.span.source), (0, ""))[1],
        )  # fmt: skip
        self._check_size(norm.parts, d.id, where)
        return norm

    def _clauses(
        self, nodes: Iterable[t.Clause], scope: Scope, id: str, part: str, known: Known, prohibition: bool
    ) -> tuple[tuple[Clause, ...], Known]:
        clauses: list[Clause] = []
        for index, node in enumerate(nodes):
            expected = chr(ord("a") + index)
            if node.letter and node.letter != expected:
                message = f"the clause is lettered ({node.letter}) where ({expected}) comes next"
                self._error(Code.WRONG_ARTICLE, message, node, scope.where, f"write ({expected})")
            if node.label is None and isinstance(node.expression, t.Holds) and _is_text(node.expression.term):
                span = node.expression.span
                gap = attrs.evolve(span, start=span.end, end=min(span.end + 1, len(span.source.text)))
                self.declarations.diagnostics.append(
                    Diagnostic(
                        Code.UNEXPECTED,
                        f"the condition is missing after `{span.text}`",
                        gap,
                        where=scope.where,
                        expected="a condition",
                    )
                )
                self.conditions.terms.unsure.add(scope.where)
                continue
            place = f"{id} ({node.letter})" if node.letter else f"{id} {part}"
            checked = self.conditions.check(
                node.expression, scope.at(place, node.label.text if node.label else ""), known
            )
            known = known | (checked.if_false if prohibition else checked.if_true)
            label = node.label.text if node.label else " ".join(node.expression.span.text.split())
            clauses.append(Clause(node.letter, label, checked.condition, node.span))
        return tuple(clauses), known

    def _force(self, word: str, node: t.Name, where: str) -> str:
        if word == "is encouraged to":
            return "encouraged"
        if word not in ("will", "is to"):
            return word
        force = self.declarations.vocabulary.classified.get(word)
        if force is None:
            message = f"the vocabulary does not say which force `{word}` has"
            self._error(
                Code.UNCLASSIFIED_FORCE, message, node, where, f"add `{word} has the force of should` to its preamble"
            )
        return force or "should"

    def _decision(self, d: t.DecisionDeclaration) -> Decision | None:
        where = f"decision {d.id}"
        entity, kind = self._entity(d.entity, where), self.declarations.kinds.get(d.kind.text)
        if kind is None:
            help = suggestion(d.kind.text, self.declarations.kinds, "kinds")
            self._error(Code.UNKNOWN_TYPE, f"there is no kind `{d.kind.text}`", d.kind, where, help)
        if entity is None or kind is None:
            return None
        variable = e.Variable(entity.name, entity)
        scope = Scope(variable, where)
        cases: list[Case] = []
        for node in d.cases:
            value = self.declarations.literal(node.value, v.KindType(kind), f"case {node.id}")
            condition = self._condition(node.condition, scope, node.id.text).condition
            overrides = tuple(name.text for name in node.overriding)
            cases.append(
                Case(
                    node.id.text,
                    str(value),
                    condition,
                    overrides,
                    self._text(node.id),
                    node.span,
                    _quote_span(node.quote),
                )
            )
        self._check_overrides(d)
        label = d.label.text if d.label else d.name.text.replace("_", " ")
        decision = Decision(
            d.id.text,
            d.name.text,
            label,
            article_of(d.id.text),
            entity,
            variable,
            kind,
            tuple(cases),
            d.examples,
            d.span,
        )
        self._check_size(tuple(decision.gives(value) for value in decision.values), d.id, where)
        return decision

    def _check_overrides(self, d: t.DecisionDeclaration) -> None:
        ids = [case.id.text for case in d.cases]
        above = {case.id.text: {name.text for name in case.overriding} for case in d.cases}
        for case in d.cases:
            for name in case.overriding:
                if name.text not in ids:
                    help = suggestion(name.text, ids, "cases")
                    self._error(
                        Code.BAD_OVERRIDE, f"the decision has no case {name.text}", name, f"case {case.id}", help
                    )
            self._check_reach(d, case)
            reached, stack = set(), list(above[case.id.text])
            while stack:
                current = stack.pop()
                if current not in reached:
                    reached.add(current)
                    stack.extend(above.get(current, ()))
            if case.id.text in reached:
                message = f"case {case.id} overrides itself, in a circle"
                self._error(Code.BAD_OVERRIDE, message, case.id, f"decision {d.id}", "take one `overriding` out")
                return

    def _check_reach(self, d: t.DecisionDeclaration, case: t.CaseDeclaration) -> None:
        """A case that holds whenever another one holds, and outranks it, leaves the other one without effect."""
        by_id = {each.id.text: each for each in d.cases}
        for name in case.overriding:
            other = by_id.get(name.text)
            always = case.condition.when is None and case.condition.unless is None
            if other is None or other is case or not (always or case.condition == other.condition):
                continue
            why = "has no condition" if always else "has the same condition"
            message = f"case {name.text} can never count: case {case.id} {why} and outranks it"
            help = f"say when case {case.id} holds, or let case {name.text} outrank it"
            self._error(Code.BAD_OVERRIDE, message, name, f"case {case.id}", help)

    def _definition(self, d: t.DefinitionDeclaration) -> Definition | None:
        where = f"definition {d.name}"
        entity = self._entity(d.entity, where)
        if entity is None:
            return None
        variable = e.Variable(entity.name, entity)
        condition = self.conditions.check(
            d.expression, Scope(variable, where, d.name.text, d.label.text if d.label else "")
        ).condition
        label = d.label.text if d.label else d.name.text.replace("_", " ")
        self._check_size((condition,), d.name, where)
        if d.id is None and d.quote.lines:
            message = "a definition that quotes a sentence begins with the number of it"
            self._error(Code.MISSING_QUOTE, message, d.name, where, f"write `define ARTICLE.SENTENCE {d.name}`")
        id, text = ("", "") if d.id is None else (d.id.text, self._text(d.id))
        return Definition(
            id, d.name.text, label, entity, variable, text, condition, d.examples, d.span, _quote_span(d.quote)
        )

    def _check_size(self, conditions: tuple[e.Condition, ...], at: t.Name, where: str) -> None:
        if sum(self._weight(condition) for condition in conditions) > SIZE_LIMIT:
            message = f"with all that it refers to it has more than {SIZE_LIMIT} parts"
            self._error(Code.TOO_LARGE, message, at, where, "split it, or refer to less")

    def _weight(self, root: e.Node) -> int:
        weight = 0
        for node in e.walk(root, into_applied=False):
            weight += 1
            if isinstance(node, e.Defined | e.NormIs | e.Decided):
                if node not in self._weights:
                    self._weights[node] = self._weight(node.body)
                weight += self._weights[node]
        return weight

    def _error(self, code: Code, message: str, at: Any, where: str, help: str = "") -> None:
        self.declarations.error(code, message, at, where, help=help)


def digest(texts: Iterable[str]) -> str:
    """The SHA-256 over the digests of the texts, whatever their order."""
    each = sorted(hashlib.sha256(text.encode()).hexdigest() for text in texts)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


def _quote_span(quote: t.Quote) -> Any:
    return quote.lines[0].span.to(quote.lines[-1].span) if quote.lines else None


def _is_text(term: t.Term) -> bool:
    return isinstance(term, t.Constant) and term.form == "text"
