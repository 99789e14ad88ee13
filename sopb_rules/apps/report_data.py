"""What a page of a report shows, whatever it is written in: entities with their findings, and articles with theirs.

Each finding has a key, which is the name of its place in the page: ``e3-8.1`` is on norm 8.1 for the third entity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from sopb_rules.apps.plural import counted
from sopb_rules.apps.shown import Section, Shown, sections
from sopb_rules.apps.text.unknown import Question, questions
from sopb_rules.apps.text.words import VERDICTS, listing
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.model.norms import Article, Decision, Norm, sort_key

#: The verdicts in the order in which a page tells them, the gravest first.
VERDICTS_IN_ORDER = (
    "unmet", "exceeded", "conflict", "unknown", "no_case", "open", "used", "met", "decided", "not_applicable",
)  # fmt: skip
#: Those that somebody has to look at.
ATTENTION = VERDICTS_IN_ORDER[:5]


@attrs.frozen
class Entry:
    """A finding with its place in the page."""

    key: str
    finding: Finding | DecisionFinding

    @property
    def name(self) -> str:
        """The norm's id, or the decision's name."""
        return self.finding.norm if isinstance(self.finding, Finding) else self.finding.decision

    @property
    def number(self) -> str:
        """The id of the norm or of the decision."""
        return self.finding.model.id

    @property
    def verdict(self) -> str:
        """The verdict."""
        return self.finding.verdict.value


@attrs.frozen
class Group:
    """Findings of one kind on an entity.

    Args:
        kind: its name in the page: ``breaches``.
        folded: whether it is shown only to those who ask.
    """

    kind: str
    heading: str
    entries: tuple[Entry, ...]
    folded: bool = False


@attrs.frozen(slots=False)
class EntityData:
    """A listed entity: how it stands, and its findings in groups that never mix; those without findings are left out."""

    key: str
    section: Section
    groups: tuple[Group, ...]

    @property
    def display(self) -> str:
        """Its name."""
        return self.section.standing.subject.display

    @cached_property
    def questions(self) -> list[Question]:
        """What is not known, each asked once, the gravest first."""
        unknown: tuple[Finding | DecisionFinding, ...] = (*self.section.unknown, *self.section.undecided)
        return questions(unknown, self.section.standing.undetermined)

    @property
    def questions_by_assessor(self) -> Iterator[tuple[str, list[Question]]]:
        """The questions by whom they are for: first, under "", facts, which anybody may state; then judgements."""
        by_assessor: dict[str, list[Question]] = {}
        for question in sorted(self.questions, key=lambda question: bool(question.fact.assessor)):
            by_assessor.setdefault(question.fact.assessor, []).append(question)
        yield from by_assessor.items()

    @property
    def entries(self) -> Iterator[Entry]:
        """All findings, in the order of the page."""
        for group in self.groups:
            yield from group.entries


@attrs.frozen
class SentenceData:
    """A norm or a decision that something was found on, with these findings."""

    model: Norm | Decision
    entries: tuple[tuple[EntityData, Entry], ...]

    @property
    def name(self) -> str:
        """The norm's id, or the decision's name."""
        return self.model.id if isinstance(self.model, Norm) else self.model.name


@attrs.frozen
class ArticleData:
    """An article with what was found on its norms and decisions, in the order of the document.

    Args:
        article: of the number 0 for what measures add.
    """

    article: Article
    sentences: tuple[SentenceData, ...]

    @property
    def name(self) -> str:
        """What it is called where its title follows."""
        return f"Article {self.article.number}" if self.article.number else "Measures"

    @property
    def entries(self) -> Iterator[Entry]:
        """All findings on it."""
        return (entry for sentence in self.sentences for _, entry in sentence.entries)


@attrs.frozen
class ReportData:
    """All that a page shows."""

    shown: Shown
    entities: tuple[EntityData, ...]
    articles: tuple[ArticleData, ...]

    @classmethod
    def of(cls, shown: Shown) -> ReportData:
        """The page of a report."""
        found = sections(shown.policies, shown.report)
        entities = tuple(_entity(f"e{number}", section) for number, section in enumerate(found, 1))
        return cls(shown, entities, tuple(_articles(shown, entities)))

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """What the report rests on, each with its label."""
        report, model = self.shown.report, self.shown.policies.model
        rows = [
            ("Policies", f"{report.name}, {counted(len(model.norms), 'norm')}"),
            ("Version", report.version),
            ("Measures", report.measures),
            ("Only", self.shown.only),
            ("As of", f"{report.as_of} ({self.shown.origin})"),
            ("State", listing(self.shown.states)),
            ("Digest of the policies", f"sha256:{report.digest}"),
            ("Digest of the state", f"sha256:{report.state.digest}"),
        ]
        return tuple((label, text) for label, text in rows if text)


def _entity(key: str, section: Section) -> EntityData:
    seen: Counter[str] = Counter()

    def entries(findings: Iterable[Finding | DecisionFinding]) -> tuple[Entry, ...]:
        made = []
        for finding in sorted(findings, key=lambda finding: sort_key(finding.model.id)):
            name = finding.norm if isinstance(finding, Finding) else finding.decision
            seen[name] += 1
            again = f"-{seen[name]}" if seen[name] > 1 else ""
            made.append(Entry(f"{key}-{place_name(name)}{again}", finding))
        return tuple(made)

    groups = [Group(heading.lower().replace(" ", "-"), heading, entries(each)) for heading, each in section.groups]
    groups.append(Group("decisions", "Decisions", entries(section.decisions)))
    groups.append(Group("unknown", "Unknown", entries(section.unknown), folded=True))
    groups.append(Group("settled", "Settled", entries(section.settled), folded=True))
    return EntityData(key, section, tuple(group for group in groups if group.entries))


def _articles(shown: Shown, entities: tuple[EntityData, ...]) -> Iterator[ArticleData]:
    found: dict[str, list[tuple[EntityData, Entry]]] = {}
    for entity in entities:
        for entry in entity.entries:
            found.setdefault(entry.name, []).append((entity, entry))
    model = shown.policies.model
    statements: tuple[Norm | Decision, ...] = (*model.decisions.values(), *model.norms.values())
    added: tuple[Article, ...] = ()
    if any(not norm.article for norm in model.norms.values()):
        added = (Article(0, "Norms that measures add", model.measures[0].span),)
    for article in (*model.articles.values(), *added):
        own = [each for each in statements if each.article == article.number]
        told = [SentenceData(each, tuple(found.get(_name(each), ()))) for each in own]
        yield ArticleData(article, tuple(sentence for sentence in told if sentence.entries))


def _name(model: Norm | Decision) -> str:
    return model.id if isinstance(model, Norm) else model.name


def place_name(name: str) -> str:
    """The name of a norm or a decision as a part of the name of a place."""
    return name.replace("/", "_")


def by_verdict(entries: Iterable[Entry]) -> Mapping[str, int]:
    """How many findings come to each verdict, the gravest first."""
    numbers = Counter(entry.verdict for entry in entries)
    return {verdict: numbers[verdict] for verdict in VERDICTS_IN_ORDER if numbers[verdict]}


def gravest(entries: Iterable[Entry]) -> Entry:
    """The first of the gravest; there is at least one."""
    return min(entries, key=lambda entry: VERDICTS_IN_ORDER.index(entry.verdict))


def in_words(numbers: Mapping[str, int]) -> str:
    """Numbers by verdict, as a list of words."""
    return ", ".join(f"{number} {VERDICTS[verdict].word}" for verdict, number in numbers.items())
