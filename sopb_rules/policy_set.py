"""The policy set that Python code works with: its norms as predicate objects, states, and evaluation."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakValueDictionary

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.extras import check_tables
from sopb_rules.model.norms import Decision, Norm, Policies
from sopb_rules.model.vocabulary import Contained, Entity, ListOf
from sopb_rules.predicates.verdicts import DecisionOutcome, Outcome, decision_outcome
from sopb_rules.source import Source
from sopb_rules.states.records import Record, State, blank

# What evaluating needs is imported where it is done: who only reads policies starts faster.
if TYPE_CHECKING:
    from sopb_rules.findings.explanation import Explanation
    from sopb_rules.findings.finding import DecisionFinding, Finding
    from sopb_rules.findings.masks import Masks
    from sopb_rules.findings.report import Report
    from sopb_rules.interview.question import Question
    from sopb_rules.interview.session import Interview
    from sopb_rules.population.evaluate import TableEvaluation
    from sopb_rules.population.tables import Loaded
    from sopb_rules.predicate import DecisionRule, NormPredicate
    from sopb_rules.predicates.compile import Compiled
    from sopb_rules.receipts.compare import Replay


class PolicySet:
    """A checked policy set. Immutable; threads may share it; it can be pickled.

    Attributes:
        model: the checked model that everything else is made from.
    """

    def __init__(self, model: Policies) -> None:
        self.model = model
        self._kept: tuple[datetime.date, tuple[Any, ...]] | None = None
        _LIVE.setdefault(model.sources, self)

    # ---- what is in it -----------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The vocabulary's name."""
        return self.model.vocabulary.name

    @property
    def version(self) -> str:
        """The version that the vocabulary states, or ""."""
        return self.model.vocabulary.version

    @property
    def digest(self) -> str:
        """The SHA-256 of its files."""
        return self.model.digest

    @cached_property
    def norms(self) -> Mapping[str, NormPredicate]:
        """The norms as predicate objects, by id, in the order of the document."""
        from sopb_rules.predicate import NormPredicate

        return {id: NormPredicate(self, norm) for id, norm in self.model.norms.items()}

    def norm(self, id: str) -> NormPredicate:
        """A norm as a predicate object.

        Raises:
            RulesError: there is no norm with this id.
        """
        if id not in self.norms:
            from sopb_rules.model.numbering import id_suggestion

            help = id_suggestion(str(id), self.norms)
            raise RulesError([Diagnostic(Code.UNKNOWN_NORM, f"there is no norm {id}", help=help)])
        return self.norms[id]

    @cached_property
    def decisions(self) -> Mapping[str, DecisionRule]:
        """The decisions as objects, by name."""
        from sopb_rules.predicate import DecisionRule

        return {name: DecisionRule(self, decision) for name, decision in self.model.decisions.items()}

    def decision(self, name: str) -> DecisionRule:
        """A decision as an object: call it on a subject.

        Raises:
            RulesError: there is no decision with this name.
        """
        if name not in self.decisions:
            help = suggestion(str(name), self.decisions, "decisions")
            raise RulesError([Diagnostic(Code.UNKNOWN_NORM, f"there is no decision {name}", help=help)])
        return self.decisions[name]

    @cached_property
    def classes(self) -> Mapping[str, type]:
        """The attrs classes of the vocabulary's entities, by entity name, to state facts from Python."""
        from sopb_rules.states.classes import entity_classes

        return entity_classes(self.model.vocabulary)

    @cached_property
    def compiled(self) -> Compiled:
        """The norms as generated functions."""
        from sopb_rules.predicates.compile import compile_norms

        return compile_norms(self.model)

    # ---- states ------------------------------------------------------------------------------------------

    def state(self, *data: Any, as_of: datetime.date | None = None) -> State:
        """A checked state from plain mappings or entity objects, shaped like a state file.

        Raises:
            RulesError: something in it is wrong; all mistakes are named, and nothing was evaluated.
        """
        from sopb_rules.states.read import build_state

        if as_of is not None:
            check_date(as_of)
        return build_state(self.model.vocabulary, data, as_of=as_of, judgement_keys=self.model.judgement_keys)

    def read_state(self, *paths: Path | str) -> State:
        """A checked state from YAML and JSON files, or folders of them.

        Raises:
            RulesError: a file cannot be read or something in it is wrong.
        """
        from sopb_rules.states.files import read_states

        return read_states(self.model.vocabulary, [Path(path) for path in paths], self.model.judgement_keys)

    # ---- evaluation --------------------------------------------------------------------------------------

    def evaluate(self, state: Any, as_of: datetime.date | None = None) -> Report:
        """Evaluate every norm and decision for every subject in a state.

        Args:
            state: a `State`, or what `state` accepts.
            as_of: the date that `today` means; the state's own `as_of` where it is left out.

        Raises:
            RulesError: the state is wrong, or no date is given.
        """
        from sopb_rules.findings.finding import Finding
        from sopb_rules.findings.report import Report, standings

        checked = state if isinstance(state, State) else self.state(state)
        today = self.date(checked, as_of)
        possible = self._possible(today)
        found = [
            Finding(norm, record, today, outcome, possible) for norm, record, outcome in self.verdicts(checked, today)
        ]
        decisions = tuple(
            self._decide(decision, record, today)
            for entity, _, decided in self._by_entity
            for record in subjects(checked, entity)
            for decision in decided
        )
        order = {id: index for index, id in enumerate(self.model.norms)}
        findings = tuple(sorted(found, key=lambda finding: (_position(finding.record), order[finding.norm])))
        measures = "; ".join(each.title for each in self.model.measures)
        about = (self.name, self.version, self.digest, today)
        return Report(*about, findings, decisions, standings(findings), checked, measures)

    def evaluate_table(
        self,
        table: Any,
        as_of: datetime.date,
        only: Collection[str] | None = None,
        bad_rows: Literal["error", "skip"] = "error",
    ) -> TableEvaluation:
        """Evaluate norms and decisions for the rows of a table: for many organizations, by columns.

        What it comes to is the same as for states, unknown and absent facts included. Nothing is read before the result is
        asked for verdicts or counts. It needs the extra `sopb-rules[population]`.

        Args:
            table: a path of a Parquet, CSV or Arrow file or of a folder of Parquet files; a data frame of Polars or pandas;
                anything that hands out Arrow data; a mapping from names of tables to these; or what `load_table` gave.
            as_of: the date that `today` means.
            only: the ids of the norms and the names of the decisions that are asked for; None for all.
            bad_rows: "error" refuses tables in which rows are wrong, "skip" leaves these rows out.

        Raises:
            RulesError: no such file or norm, a column says nothing that can be read, or Polars is not installed.
        """
        check_date(as_of)
        check_tables()
        from sopb_rules.population.evaluate import evaluate_table

        return evaluate_table(self, table, as_of, only, bad_rows)

    def load_table(self, table: Any, bad_rows: Literal["error", "skip"] = "error") -> Loaded:
        """Tables read and checked once and held in memory, to be evaluated more than once.

        Args:
            table: as for `evaluate_table`.
            bad_rows: likewise.

        Raises:
            RulesError: as for `evaluate_table`, and for rows that are wrong.
        """
        check_tables()
        from sopb_rules.population.evaluate import load_table

        return load_table(self, table, bad_rows)

    def replay(self, receipt: Any, state: Any) -> Replay:
        """Evaluate again what a receipt tells of, on the date that it says, and tell what differs.

        Args:
            receipt: a `Receipt`, or a report as plain data (`Report.as_dict`, or what was read from its JSON).
            state: a `State`, or what `state` accepts.

        Raises:
            RulesError: the receipt is none, or the state is wrong.
        """
        from sopb_rules.receipts.compare import compare
        from sopb_rules.receipts.receipt import Receipt, receipt_of

        old = receipt if isinstance(receipt, Receipt) else receipt_of(receipt)
        report = self.evaluate(state, old.as_of)
        return compare(old, receipt_of((report.about(old.only) if old.only else report).as_dict()))

    def masks(self, *names: str, people: bool = False) -> Masks:
        """What a decision log leaves out.

        Args:
            names: facts in every entity (``name``) or in one (``organization.name``); ``id`` and ``judgements`` stand for
                the ids, and for the judgements in place of open parameters, of every entity or of one.
            people: whether who judged is left out everywhere.

        Raises:
            RulesError: the vocabulary has nothing of that name.
        """
        from sopb_rules.findings.masks import masks_named

        return masks_named(self.model.vocabulary, names, people)

    def verdicts(self, state: State, as_of: datetime.date | None = None) -> Iterator[tuple[Norm, Record, Outcome]]:
        """The outcomes alone, for every subject: the fast way through a state.

        Raises:
            RulesError: no date is given.
        """
        today = self.date(state, as_of)
        verdicts, parameters = self.compiled.verdicts, self._parameters(today)
        for entity, norms, _ in self._by_entity:
            functions = [(norm, verdicts[norm.id]) for norm in norms]
            for record in subjects(state, entity):
                for norm, function in functions:
                    yield norm, record, function(record, parameters, today).for_subject(record.hypothetical)

    def find(self, norm: Norm, record: Record, today: datetime.date, reference: bool = False) -> Finding:
        """The finding on one norm for one subject; with `reference`, by the reference evaluator."""
        from sopb_rules.findings.finding import Finding

        if reference:
            from sopb_rules.predicates.evaluate import evaluate_norm

            return Finding(norm, record, today, evaluate_norm(norm, record, today))
        outcome = self.compiled.verdicts[norm.id](record, self._parameters(today), today)
        return Finding(norm, record, today, outcome.for_subject(record.hypothetical), self._possible(today))

    def decide(
        self, decision: Decision, record: Record, today: datetime.date, reference: bool = False
    ) -> DecisionFinding:
        """The finding on one decision for one subject; with `reference`, by the reference evaluator."""
        if reference:
            from sopb_rules.findings.finding import DecisionFinding
            from sopb_rules.predicates.evaluate import evaluate_decision

            return DecisionFinding(decision, record, today, evaluate_decision(decision, record, today))
        return self._decide(decision, record, today)

    def unlike(self, explanation: Explanation, state: State) -> tuple[str, ...]:
        """The places where an explanation is not what these policies say of a state; none where it is confirmed.

        Args:
            explanation: one that may come from elsewhere; `replay` tells whether it is right in itself.
        """
        from sopb_rules.findings.unlike import told_of, unlike

        statement = told_of(self.model, explanation.statement)
        if statement is None:
            return ("statement",)
        found = (each for each in subjects(state, statement.entity) if each.path == explanation.subject.path)
        record = next(found, None)
        return ("subject",) if record is None else unlike(explanation, statement, record)

    # ---- asking ------------------------------------------------------------------------------------------

    def interview(
        self,
        state: Any,
        as_of: datetime.date | None = None,
        subject: str | None = None,
        about: Collection[str | int] = (),
    ) -> Interview:
        """An interview about a state: question after question, until all is settled that can be.

        Args:
            state: a `State`, or what `state` accepts; it is left as it is.
            as_of: the date that `today` means; the state's own `as_of` where it is left out.
            subject: the id of the listed entity that is asked about; None for all.
            about: ids of norms, names of decisions and numbers of articles that are asked about; none for all.

        Raises:
            RulesError: the state is wrong, no date is given, or there is no such subject, norm, decision or article.
        """
        from sopb_rules.interview.session import Interview

        return Interview(self, state, as_of, subject, about)

    def next_question(
        self,
        state: Any,
        as_of: datetime.date | None = None,
        subject: str | None = None,
        about: Collection[str | int] = (),
    ) -> Question | None:
        """The question that settles most with least asking; None when all is settled that can be.

        An interview keeps what it found from one question to the next, so that it is faster than asking anew.

        Raises:
            RulesError: as for `interview`.
        """
        return self.interview(state, as_of, subject, about).question()

    def _decide(self, decision: Decision, record: Record, today: datetime.date) -> DecisionFinding:
        from sopb_rules.findings.finding import DecisionFinding

        outcome = self._decision_outcome(decision, record, today)
        return DecisionFinding(decision, record, today, outcome, self._possible(today))

    def _decision_outcome(self, decision: Decision, record: Record, today: datetime.date) -> DecisionOutcome:
        truths = self.compiled.decisions[decision.name](record, self._parameters(today), today)
        return decision_outcome(dict(zip(decision.values, truths, strict=True)))

    def _possible(self, today: datetime.date) -> Callable[[Any, Record], frozenset[Any]]:
        """What a norm or a decision may come to on a day for a record that is there, by the generated functions."""
        verdicts, parameters = self.compiled.verdicts, self._parameters(today)

        def possible(model: Norm | Decision, record: Record) -> frozenset[Any]:
            if isinstance(model, Decision):
                return self._decision_outcome(model, record, today).possible
            return verdicts[model.id](record, parameters, today).possible

        return possible

    def _parameters(self, today: datetime.date) -> tuple[Any, ...]:
        """The values of the parameters on a day; those of the day that was asked for last are kept."""
        kept = self._kept
        if kept is None or kept[0] != today:
            kept = self._kept = (today, self.compiled.values_on(today))
        return kept[1]

    def date(self, state: State, as_of: datetime.date | None) -> datetime.date:
        """The date of an evaluation: the one asked for, else the one that the state states.

        Raises:
            RulesError: neither is there, since the library has no clock; or it is no `datetime.date`.
        """
        today = as_of or state.as_of
        if today is None:
            help = "add `as_of: 2026-11-01` to the state, or pass a date"
            raise RulesError([Diagnostic(Code.BAD_USAGE, "no date is given for the evaluation", help=help)])
        check_date(today)
        return today

    @cached_property
    def _by_entity(self) -> Sequence[tuple[Entity, tuple[Norm, ...], tuple[Decision, ...]]]:
        """The entities that norms and decisions are about, with these."""
        model = self.model
        grouped = (
            (
                entity,
                tuple(norm for norm in model.norms.values() if norm.entity is entity),
                tuple(decision for decision in model.decisions.values() if decision.entity is entity),
            )
            for entity in model.vocabulary.entities.values()
        )
        return tuple((entity, norms, decisions) for entity, norms, decisions in grouped if norms or decisions)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.model.sources,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PolicySet) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<PolicySet {self.name} {self.version}: {len(self.model.norms)} norms>"


def check_date(given: object) -> None:
    """Refuse what is no date; a datetime is one to Python, and has an hour.

    Raises:
        RulesError: it is none.
    """
    if type(given) is not datetime.date:
        message = f"{given!r} is not a datetime.date"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help="pass datetime.date(2026, 11, 1)")])


def in_use(sources: Iterable[Source]) -> PolicySet | None:
    """The policy set of these files and texts that is in use already, if there is one: policy sets are immutable."""
    return _LIVE.get(tuple(sorted(sources, key=lambda source: source.name)))


#: By the files and texts they were made from: the first of those that are in use.
_LIVE: WeakValueDictionary[tuple[Source, ...], PolicySet] = WeakValueDictionary()


def _restored(sources: tuple[Source, ...]) -> PolicySet:
    """Unpickling: the set of these texts that is in use already, or a new one."""
    from sopb_rules.model.load import compile_policies

    live = in_use(sources)
    return live if live is not None else PolicySet(compile_policies(sources))


def subjects(state: State, entity: Entity) -> Iterable[Record]:
    """The records of an entity that norms are evaluated for.

    Where the state does not say whether there are any (an optional entity or a list that is not stated), a blank record
    stands for the one that may be there, so that the norm is not passed over in silence.
    """
    yield from state.records(entity)
    for holder_entity, fact in entity.holders:
        for holder in subjects(state, holder_entity):
            if holder.get(fact.name) is None and isinstance(fact.type, Contained | ListOf):
                yield blank(entity, holder, fact)


def _position(record: Record) -> tuple[int, ...]:
    """Where a record stands in its state: entity and index at the top, then the way down."""
    way: list[int] = []
    while record.holder is not None:
        assert record.holder_fact is not None
        way += [record.index, list(record.holder.entity.facts).index(record.holder_fact.name)]
        record = record.holder
    return (record.entity.position, record.index, *reversed(way))
