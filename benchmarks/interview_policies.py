"""Small policies made by chance, and the fewest questions that settle them on average, found by trying all."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from typing import Any

from sopb_rules.interview.answers import usual
from sopb_rules.interview.open import Survey
from sopb_rules.interview.session import Interview
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

TODAY = datetime.date(2026, 11, 1)
_TYPES = ("yes/no", "yes/no", "yes/no", "count", "colour")
_COLOURS = ("red", "green", "blue")
_KIND = 'kind colour\n  red    "red"\n  green  "green"\n  blue   "blue"\n'
Known = Mapping[str, Any]


def some_policies(number: int, seed: int) -> Iterator[PolicySet]:
    """So many small policy sets."""
    draw = random.Random(seed)
    for _ in range(number):
        yield _policies(draw)


def _policies(draw: random.Random) -> PolicySet:
    facts = {f"fact_{letter}": draw.choice(_TYPES) for letter in "abcdef"[: draw.randint(3, 6)]}
    lines = "".join(f'  {name}  {type_}  "{name}"\n' for name, type_ in facts.items())
    vocabulary = f'vocabulary small\n  currency yuan\n\n{_KIND}\nentity thing "thing"\n{lines}'
    norms = "\n".join(_norm(draw, facts, number) for number in range(1, draw.randint(1, 4) + 1))
    sources = (Source("vocabulary.policy", vocabulary), Source("article_01.policy", f'article 1 "One"\n\n{norms}'))
    return PolicySet(compile_policies(sources))


def _norm(draw: random.Random, facts: Mapping[str, str], number: int) -> str:
    lines = [f"norm 1.{number} about thing", f"  | Sentence {number}."]
    if draw.random() < 0.8:
        lines.append(f"  when {_condition(draw, facts, draw.randint(1, 2))}")
    if draw.random() < 0.25:
        act, proviso = _condition(draw, facts, 1), _condition(draw, facts, 1)
        lines += ["  the thing may", '    "act"', f"        {act}", "  provided", '    "proviso"', f"        {proviso}"]
        return "\n".join(lines) + "\n"
    lines.append("  the thing must")
    clauses = draw.randint(1, 3)
    for letter in "abc"[:clauses]:
        head = f'    ({letter}) "clause"' if clauses > 1 else '    "clause"'
        lines += [head, f"        {_condition(draw, facts, 2 if clauses == 1 else 1)}"]
    return "\n".join(lines) + "\n"


def _condition(draw: random.Random, facts: Mapping[str, str], depth: int) -> str:
    condition = _formula(draw, facts, depth)
    return condition[1:-1] if condition.startswith("(") else condition


def _formula(draw: random.Random, facts: Mapping[str, str], depth: int) -> str:
    if depth == 0 or draw.random() < 0.25:
        return _atom(draw, *draw.choice(list(facts.items())))
    word = draw.choice((" and ", " or "))
    return f"({word.join(_formula(draw, facts, depth - 1) for _ in range(draw.randint(2, 3)))})"


def _atom(draw: random.Random, name: str, type_: str) -> str:
    match type_:
        case "yes/no":
            return draw.choice((name, f"not {name}"))
        case "count":
            return f"{name} is {draw.choice(('at least', 'fewer than', 'at most'))} {draw.randint(1, 4)}"
        case _:
            return f"{name} is {draw.choice(_COLOURS)}"


class Game:
    """One thing of a small policy, of which some facts are known."""

    def __init__(self, policies: PolicySet) -> None:
        self.policies = policies
        state = policies.state({"thing": [{"id": "some"}]}, as_of=TODAY)
        survey = Survey(policies, TODAY)
        survey.of(state)
        facts = policies.model.vocabulary.entities["thing"].facts
        self.answers = {
            name: usual(fact, state, survey.borders.get(f"thing[some].{name}", ())) for name, fact in facts.items()
        }
        self._missing: dict[frozenset[Any], tuple[str, ...]] = {}
        self._best: dict[frozenset[Any], float] = {}

    def missing(self, known: Known) -> tuple[str, ...]:
        """The facts that can still change a verdict."""
        key = frozenset(known.items())
        if key not in self._missing:
            state = self.policies.state({"thing": [{"id": "some", **known}]}, as_of=TODAY)
            findings = self.policies.evaluate(state).findings
            found = {fact.path.rpartition(".")[2] for finding in findings for fact in finding.missing}
            self._missing[key] = tuple(name for name in self.answers if name in found)
        return self._missing[key]

    def all(self) -> float:
        """How many facts can change a verdict at the beginning."""
        return len(self.missing({}))

    def best(self, known: Known | None = None) -> float:
        """The fewest questions on average."""
        known = known or {}
        key = frozenset(known.items())
        if key not in self._best:
            missing = self.missing(known)
            self._best[key] = min((1 + self._mean(known, name, self.best) for name in missing), default=0.0)
        return self._best[key]

    def in_order(self, known: Known | None = None) -> float:
        """The mean number of questions where the first that is missing is asked."""
        known = known or {}
        missing = self.missing(known)
        return 1 + self._mean(known, missing[0], self.in_order) if missing else 0.0

    def played(self) -> float:
        """The mean number of questions of an interview."""
        return self._played(self.policies.interview({"thing": [{"id": "some"}]}, as_of=TODAY))

    def _played(self, interview: Interview) -> float:
        question = interview.question()
        if question is None:
            return 0.0
        total = 0.0
        answers = self.answers[question.path.rpartition(".")[2]]
        for answer in answers:
            interview.answer(answer)
            total += self._played(interview)
            interview.back()
        return 1 + total / len(answers)

    def _mean(self, known: Known, name: str, value: Any) -> float:
        answers = self.answers[name]
        return float(sum(value({**known, name: answer}) for answer in answers) / len(answers))
