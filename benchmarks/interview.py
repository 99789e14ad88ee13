"""How many questions an interview takes, and how long the next question takes to find.

    python benchmarks/interview.py [--organizations N] [--policies N] [--seed S]

Organizations of the Opinions answer by chance, each answer made of the seed and of what is asked, so that every way of
asking meets the same organization. On small policies the best possible is found by trying all: the decision tree with the
fewest questions on average, each of the usual answers being as likely.
"""

from __future__ import annotations

import argparse
import datetime
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from interview_policies import Game, some_policies

import sopb_rules
from sopb_rules.interview.question import Form, Question
from sopb_rules.interview.session import Interview
from sopb_rules.model.vocabulary import Contained, ListOf
from sopb_rules.policy_set import PolicySet
from sopb_rules.states.records import Record

TODAY = datetime.date(2026, 11, 1)
#: Chooses one of the questions that are missing.
Way = Callable[[Interview], Question | None]


def answer(question: Question, seed: int) -> Any:
    """What the organization of this seed answers."""
    draw = random.Random(f"{seed} {question.path}")
    if question.may_be_absent and draw.random() < 0.5:
        return None
    match question.form:
        case Form.YES_NO | Form.EXISTENCE:
            return draw.random() < 0.5
        case Form.ENTRIES:
            return draw.randint(0, 2)
        case Form.COUNT:
            return draw.randint(0, 6)
        case Form.DATE:
            return TODAY - datetime.timedelta(days=draw.randint(0, 900))
        case Form.AMOUNT:
            return f"{draw.randint(0, 3) * 100} {question.unit}"
        case Form.CHOICE:
            return draw.choice(list(question.choices))
        case _:  # nothing else is listed that could be referred to
            return None


def ours(interview: Interview) -> Question | None:
    """The question that the interview proposes."""
    return interview.question()


def in_file_order(interview: Interview) -> Question | None:
    """The first that is missing, in the order of the vocabulary."""
    return min(interview.candidates(), key=_position, default=None)


def _position(question: Question) -> tuple[Any, ...]:
    record, way = question.place.record, []
    fact = question.place.of
    way.append(record.entity.facts[fact.name].span.start if not isinstance(fact, str) else 10**9)
    while record.holder is not None:
        way += [record.index, record.holder_fact.span.start]
        record = record.holder
    return (*reversed(way), question.path)


def at_random(seed: int) -> Way:
    """Any that is missing."""
    draw = random.Random(seed)

    def chosen(interview: Interview) -> Question | None:
        candidates = sorted(interview.candidates(), key=lambda question: question.path)
        return draw.choice(candidates) if candidates else None

    return chosen


def questions(policies: PolicySet, way: Way, seed: int, times: list[float] | None = None) -> tuple[int, Interview]:
    """How many questions a way of asking takes for the organization of a seed."""
    interview = policies.interview({"organization": [{"id": "some"}]}, as_of=TODAY)
    count = 0
    while True:
        start = time.perf_counter()
        question = way(interview)
        if times is not None:
            times.append(time.perf_counter() - start)
        if question is None:
            return count, interview
        interview.ask(question)
        interview.answer(answer(question, seed))
        count += 1


def everything(policies: PolicySet, record: Record, seed: int) -> int:
    """How many questions it takes to ask for all that norms and decisions read of what is there."""
    read = {fact for statement in policies.model.statements for fact in statement_facts(statement)}
    count = 0
    for fact in record.entity.facts.values():
        if fact not in read:
            continue
        count += 1
        path = f"{record.path}.{fact.name}"
        draw = random.Random(f"{seed} {path}")
        if isinstance(fact.type, Contained) and draw.random() < 0.5:
            count += everything(policies, made(record, fact, 0), seed)
        elif isinstance(fact.type, ListOf):
            for index in range(draw.randint(0, 2)):
                count += everything(policies, made(record, fact, index + 1), seed)
    return count + len(policies.model.asked_judgements.get(record.entity.name, {}))


def statement_facts(statement: Any) -> Sequence[Any]:
    """The facts that a statement reads."""
    from sopb_rules.model.norms import facts_of

    return facts_of(*statement.parts)


def made(holder: Record, fact: Any, index: int) -> Record:
    """A record inside another."""
    from sopb_rules.states.records import record_classes

    cls = record_classes(holder.state.vocabulary)[fact.type.entity.name]
    return cls(holder.state, "", holder, fact, index)


def organizations(number: int, seed: int) -> None:
    """The ways of asking about organizations of the Opinions."""
    policies = sopb_rules.load_policies()
    rows: dict[str, list[int]] = {"all facts": [], "random order": [], "order of the vocabulary": [], "ours": []}
    first: list[float] = []
    later: list[float] = []
    for each in range(number):
        of = seed * 100_000 + each
        state = policies.state({"organization": [{"id": "some"}]})
        rows["all facts"].append(everything(policies, next(iter(state.lists["organization"] or ())), of))
        rows["random order"].append(questions(policies, at_random(of), of)[0])
        rows["order of the vocabulary"].append(questions(policies, in_file_order, of)[0])
        times: list[float] = []
        rows["ours"].append(questions(policies, ours, of, times)[0])
        first.append(times[0])
        later += times[1:]
    print(f"questions for an organization of the Opinions (mean of {number}, seed {seed})")
    base = statistics.mean(rows["ours"])
    for name, counts in rows.items():
        print(f"  {name:<26} {statistics.mean(counts):>7.1f} {statistics.mean(counts) / base:>8.2f} x ours")
    print("time for the next question")
    print(f"  the first                  {statistics.median(first) * 1e3:>7.1f} ms (median)")
    print(
        f"  after an answer            {statistics.median(later) * 1e3:>7.1f} ms (median), at most {max(later) * 1e3:.1f} ms"
    )


def small_policies(number: int, seed: int) -> None:
    """Ours against the best possible."""
    totals = {"all facts": 0.0, "order of the vocabulary": 0.0, "ours": 0.0, "the best possible": 0.0}
    worst = 1.0
    for policies in some_policies(number, seed):
        game = Game(policies)
        best, taken = game.best(), game.played()
        worst = max(worst, taken / best if best else 1.0)
        for name, count in zip(totals, (game.all(), game.in_order(), taken, best), strict=True):
            totals[name] += count
    print(f"questions for small policies, up to 6 facts (mean of {number}, seed {seed})")
    for name, total in totals.items():
        print(f"  {name:<26} {total / number:>7.3f} {total / totals['the best possible']:>8.3f} x the best")
    print(f"  the worst of them: {worst:.3f} x the best")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--organizations", type=int, default=50, metavar="N")
    parser.add_argument("--policies", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    given = parser.parse_args()
    organizations(given.organizations, given.seed)
    small_policies(given.policies, given.seed)


if __name__ == "__main__":
    main()
