"""Hypothesis strategies for those who test policies: vocabularies, policy files, policy sets, states, dates.

What is drawn is what the language allows: every policy set loads without a mistake, and every state is accepted. The
strategies shrink to short policies and to states that say little. They need the extra `sopb-rules[testing]`.

    from hypothesis import given, strategies as st
    from sopb_rules import load_policies
    from sopb_rules.testing.strategies import states

    opinions = load_policies()

    @given(states(opinions))
    def test_no_evaluation_fails(data):
        assert opinions.evaluate(data).findings is not None
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from sopb_rules.diagnostics import Code, Diagnostic, RulesError

try:
    from hypothesis import note
    from hypothesis import strategies as st
except ModuleNotFoundError:
    message, help = "the strategies need hypothesis", "pip install 'sopb-rules[testing]'"
    raise RulesError([Diagnostic(Code.EXTRA_MISSING, message, help=help)]) from None

from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.some_policies import statements_by_file, texts
from sopb_rules.testing.some_states import States
from sopb_rules.testing.some_terms import DAYS
from sopb_rules.testing.some_vocabulary import vocabulary_statements

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from sopb_rules.syntax import tree as t

__all__ = ["dates", "policy_files", "policy_sets", "policy_trees", "states", "vocabularies"]


def dates() -> SearchStrategy[datetime.date]:
    """Dates on which the calendar is likely to matter: ends of months, leap days, both ends of the calendar; or any.

    >>> from sopb_rules.testing.strategies import dates
    >>> dates().filter(lambda date: date.day > 28).example()  # doctest: +SKIP
    datetime.date(2024, 2, 29)
    """
    around = st.sampled_from(DAYS[:10]).flatmap(
        lambda day: st.integers(-2, 2).map(lambda days: day + datetime.timedelta(days=days))
    )
    return st.one_of(st.sampled_from(DAYS), around, st.dates())


@st.composite
def vocabularies(draw: DrawFn) -> tuple[t.Statement, ...]:
    r"""Small vocabularies, as the trees of their statements.

    Every type of fact occurs, also optional; entities contain others up to three levels deep, refer to each other, and
    list who refers to them; and many names are words of the language elsewhere (`kind`, `count`, `date`).

    >>> from sopb_rules.syntax.format import format_statement
    >>> from sopb_rules.testing.strategies import vocabularies
    >>> print(*map(format_statement, vocabularies().example()), sep="\n")  # doctest: +SKIP
    vocabulary samples
      currency yuan
    ...
    """
    return vocabulary_statements(Choices(draw))


@st.composite
def policy_trees(draw: DrawFn, vocabulary: tuple[t.Statement, ...] | None = None) -> dict[str, list[t.Statement]]:
    """Policy sets as trees: the statements of each file, by the name of the file.

    Args:
        vocabulary: the statements of the vocabulary; some vocabulary where none is given.

    >>> from sopb_rules.testing.strategies import policy_trees
    >>> list(policy_trees().example())  # doctest: +SKIP
    ['vocabulary.policy', 'article_01.policy']
    """
    return statements_by_file(Choices(draw), vocabulary)


@st.composite
def policy_files(draw: DrawFn, vocabulary: tuple[t.Statement, ...] | None = None) -> dict[str, str]:
    """Policy sets as texts in canonical layout, by the name of the file: a vocabulary, up to two articles, and now and then measures.

    There are norms of every force with conditions that refer to each other, definitions, decisions, notes, parameters
    that are fixed, dated or open, measures that set open ones, tighten a norm and add one, and now and then an example (which need not come out as it
    says).

    Args:
        vocabulary: the statements of the vocabulary; some vocabulary where none is given.

    >>> from sopb_rules.testing.strategies import policy_files
    >>> print(policy_files().example()["article_01.policy"])  # doctest: +SKIP
    article 1 "An article"
    ...
    """
    return texts(draw(policy_trees(vocabulary)))


@st.composite
def policy_sets(draw: DrawFn, vocabulary: tuple[t.Statement, ...] | None = None) -> PolicySet:
    """Policy sets, loaded. A failing test shows their text.

    Args:
        vocabulary: the statements of the vocabulary; some vocabulary where none is given.

    >>> from sopb_rules.testing.strategies import policy_sets
    >>> policy_sets().example()  # doctest: +SKIP
    <PolicySet samples : 2 norms>
    """
    files = draw(policy_files(vocabulary))
    note("\n".join(files.values()))
    return PolicySet(compile_policies(Source(name, text) for name, text in files.items()))


@st.composite
def states(draw: DrawFn, policies: PolicySet, complete: bool = False, ids: bool = False) -> dict[str, Any]:
    """States for a policy set, as plain data of the shape of a state file, with a date.

    Facts are left out, unknown, absent where they may be, or stated; numbers, amounts, periods and dates are often the
    constants of the policies or their neighbours, so that each comparison is met from both sides.

    Args:
        policies: the policy set that the state has facts for.
        complete: state everything, so that every verdict is settled.
        ids: give an id to each record of every list, also inside others.

    >>> from sopb_rules import load_policies
    >>> from sopb_rules.testing.strategies import states
    >>> states(load_policies()).example()  # doctest: +SKIP
    {'as_of': datetime.date(2026, 11, 1), 'organization': [{'id': 'organization-1', 'formal_members': 3}]}
    """
    return States(Choices(draw), policies.model, complete, ids).data()
