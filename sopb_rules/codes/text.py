"""The codes P: the text of a policy file cannot be read as it stands."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation
from sopb_rules.diagnostics import Code

TEXT = (
    CodeExplanation(
        Code.UNEXPECTED,
        "A word does not fit where it stands, or something is missing",
        """The statement can be read up to the place that is marked, and not from there on. Either a word stands there
        that does not belong, or a part is missing before it; the line `expected` says what could stand there. Reading
        goes on at the next statement, so the same mistake is told once.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    CodeExplanation(
        Code.UNKNOWN_STATEMENT,
        "A line begins with a word that starts no statement",
        """What stands in the first column begins a statement, and a statement begins with one of a few words: `norm`,
        `define`, `note` and so on. A line that belongs to the statement above is indented.""",
        """
        rule 8.1 about organization
          | An organization must be registered.
        """,
        """
        note 8.1 principle
          | An organization must be registered.
        """,
    ),
    CodeExplanation(
        Code.STRAY_INDENT,
        "The first line of a file is indented",
        """An indented line belongs to the statement above it, and above the first line there is none. Move the line
        to the first column.""",
        """
          vocabulary samples

        role higher_level "the higher level"
        """,
        """
        vocabulary samples

        role higher_level "the higher level"
        """,
        whole=True,
    ),
    CodeExplanation(
        Code.TAB,
        "A line is indented by a tab",
        """Editors show a tab as wide as they like, so what looks indented to one reader does not to another. Indent
        by spaces, two for each level; `sopb fmt` does it for you once the file can be read.""",
        """
        note 8.1 background
        \t| Organizations have grown in number.
        """,
        """
        note 8.1 background
          | Organizations have grown in number.
        """,
    ),
    CodeExplanation(
        Code.FOREIGN_CHARACTER,
        "A character is not part of the language",
        """Outside of labels, bar lines and comments the language uses plain letters, digits and a few signs.
        Typographic quotation marks, full-width signs and special spaces come in with copied text: replace them by the
        plain ones. In bar lines every character of the source stays as it is.""",
        """
        define approved_one “has an approved Party organization” about organization
          means party_organization exists and party_organization.approved
        """,
        """
        define approved_one "has an approved Party organization" about organization
          means party_organization exists and party_organization.approved
        """,
    ),
    CodeExplanation(
        Code.PROGRAMMING_OPERATOR,
        "A sign of a programming language stands where words belong",
        """A condition is written in words, so that it can be read aloud beside the sentence that it stands for. The
        error names the words for the sign.""",
        """
        define large about organization
          means formal_members >= 50
        """,
        """
        define large about organization
          means formal_members is at least 50
        """,
    ),
    CodeExplanation(
        Code.UNCLOSED_QUOTE,
        "A text in quotes does not end",
        """A label begins and ends with the plain quotation mark `"` on one line. Close it, or shorten it until it
        fits. Inside a label use typographic quotation marks, since the plain one ends it.""",
        """
        define large "has fifty members or more about organization
          means formal_members is at least 50
        """,
        """
        define large "has fifty members or more" about organization
          means formal_members is at least 50
        """,
    ),
    CodeExplanation(
        Code.MIXED_AND_OR,
        "`and` and `or` stand side by side",
        """“A and B or C” can be meant in two ways, and people read it in both. Put parentheses around the part that
        belongs together, and everybody reads the same.""",
        """
        define of_interest about organization
          means larger and level is county or level is municipal
        """,
        """
        define of_interest about organization
          means larger and (level is county or level is municipal)
        """,
    ),
    CodeExplanation(
        Code.TOO_DEEP,
        "Parentheses stand too deep inside each other",
        """Nobody can read parentheses that are more than 12 deep. Give a part of the condition a name of its own with
        `define`, and use the name.""",
        f"""
        define large about organization
          means {"(" * 13}formal_members is at least 50{")" * 13}
        """,
        """
        define large about organization
          means (formal_members is at least 50)
        """,
    ),
    CodeExplanation(
        Code.BAD_LITERAL,
        "A value has the right form and does not exist",
        """It looks like a date, a number or an amount, but there is no such day, the number has more than 30 digits,
        or the currency is not the one that the vocabulary names.""",
        """
        define old about organization
          means registered_on is before 2026-02-30
        """,
        """
        define old about organization
          means registered_on is before 2026-02-28
        """,
    ),
)
