"""The codes T: things that do not go together, and meanings that would not be settled."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation
from sopb_rules.diagnostics import Code

_LEVEL_1 = " and ".join(["gross_income is more than 500 yuan"] * 9)
_LEVEL_2 = " and ".join(["l1"] * 9)
_LEVEL_3 = " and ".join(["l2"] * 9)
_LEVEL_4 = " and ".join(["l3"] * 9)

TYPES = (
    CodeExplanation(
        Code.WRONG_TYPE,
        "Two things do not go together",
        """Only things of one type are compared, added or stated for each other: numbers with numbers, dates with
        dates, amounts with amounts. A period in days and one in months do not go together either, since months differ
        in length.""",
        """
        define large about organization
          means formal_members is at least 50%
        """,
        """
        define large about organization
          means formal_members is at least 50
        """,
    ),
    CodeExplanation(
        Code.WRONG_OPERATOR,
        "A comparison has the wrong words",
        """Each type has its own words: numbers are `at least` and `fewer than`, dates `before` and `on or after`,
        values of an ordered kind `above` and `below`. All others only `is` and `is not`, and a yes/no fact stands
        alone. The line `expected` lists the words.""",
        """
        define newly_registered about organization
          means registered_on is at least 2026-01-01
        """,
        """
        define newly_registered about organization
          means registered_on is on or after 2026-01-01
        """,
    ),
    CodeExplanation(
        Code.UNGUARDED,
        "Something is read that may not be there",
        """A fact that is `optional` may be absent, and an absent Party organization is neither approved nor not
        approved. Say first that it exists: in the same condition, in `when`, or in an earlier clause of the same
        duty. So no verdict ever rests on something that does not exist.""",
        """
        define in_order about organization
          means party_organization.approved
        """,
        """
        define in_order about organization
          means party_organization exists and party_organization.approved
        """,
    ),
    CodeExplanation(
        Code.NOT_A_CONDITION,
        "This is neither true nor false",
        """A condition is a yes/no fact, a judgement, a definition or a comparison. A number, a date or an entity
        alone says nothing that could be true: compare it, or ask whether it `exists`.""",
        """
        define has_members about organization
          means formal_members
        """,
        """
        define has_members about organization
          means formal_members is at least 1
        """,
    ),
    CodeExplanation(
        Code.NOT_LINEAR,
        "This cannot be multiplied",
        """Numbers, amounts and percentages are multiplied by a constant, as in `40% of gross_income` or `2 times
        formal_members`. Dates, periods and kinds are not multiplied, and two facts are never multiplied with each
        other: that keeps every question about the policies answerable.""",
        """
        parameter report_period period in days is 30 days

        define long_registered about organization
          means today is after registered_on plus 2 times report_period
        """,
        """
        parameter double_report_period period in days is 60 days

        define long_registered about organization
          means today is after registered_on plus double_report_period
        """,
    ),
    CodeExplanation(
        Code.CYCLE,
        "Something refers to itself",
        """A norm, a definition or a decision leads back to itself through what it refers to, or an entity contains
        itself. Neither could ever be settled. The message names the whole circle; take one of the references out.""",
        """
        define bound about organization
          means formal_members is at least 3 and not exempt

        define exempt about organization
          means level is township and not bound
        """,
        """
        define bound about organization
          means formal_members is at least 3 and not exempt

        define exempt about organization
          means level is township
        """,
    ),
    CodeExplanation(
        Code.OPEN_PARAMETER,
        "An open parameter stands where nobody can judge",
        """While a parameter has no value, an assessor's judgement stands in for the comparison that uses it. So the
        parameter says who judges, one place holds at most one such comparison, and it stands in no list: a list gets
        a definition about its elements instead.""",
        """
        parameter prompt_report period in days "how long after a change a report is still prompt"

        define reported_promptly about change
          means reported_on exists and reported_on is on or before occurred_on plus prompt_report
        """,
        """
        parameter prompt_report period in days "how long after a change a report is still prompt"
          judged by higher_level

        define reported_promptly about change
          means reported_on exists and reported_on is on or before occurred_on plus prompt_report
        """,
    ),
    CodeExplanation(
        Code.TOO_LARGE,
        "A statement has too many parts, or refers too far",
        """With everything it refers to written out, the statement has more than 5,000 parts, or it leads through more
        than 10 other statements in a row. No sentence of a document is like that; usually a definition uses another
        one many times over, and that one a third.""",
        f"""
        define l1 about organization
          means {_LEVEL_1}

        define l2 about organization
          means {_LEVEL_2}

        define l3 about organization
          means {_LEVEL_3}

        define l4 about organization
          means {_LEVEL_4}
        """,
        """
        define l1 about organization
          means gross_income is more than 500 yuan

        define l2 about organization
          means l1 and formal_members is at least 3
        """,
    ),
    CodeExplanation(
        Code.BAD_FACT_TYPE,
        "A fact or a parameter cannot have this type",
        """A list may be empty and a judgement may be unknown, so neither is `optional`. `list of … by …` needs a
        reference that leads back. A parameter is a single value and no list, entity, judgement or yes/no.""",
        """
        entity industry "industry"
          changes  optional list of change
        """,
        """
        entity industry "industry"
          changes  list of change
        """,
    ),
)
