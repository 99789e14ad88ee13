"""The codes U: use of the library or the command."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation, Form
from sopb_rules.diagnostics import Code

USE = (
    CodeExplanation(
        Code.UNKNOWN_CODE,
        "There is no such code",
        """`sopb explain` tells more about a code that an error shows, such as P001, or about a norm in a state. The
        help line suggests the nearest code.""",
        "$ sopb explain P0001",
        "$ sopb explain P001",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.BAD_USAGE,
        "What was asked for cannot be done like this",
        """An option has a value that it cannot have, something that was asked for is not part of the policy set, or
        two things were asked for that exclude each other. `sopb --help` and `sopb COMMAND --help` show what there
        is.""",
        "$ sopb article 99",
        "$ sopb article 8",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.EXTRA_MISSING,
        "A part of the package is not installed",
        """The package is light, and what only some need comes as an extra that is installed by name. The help line
        shows the command.""",
        "$ python -c 'import sopb_rules.testing.strategies'",
        "$ pip install 'sopb-rules[testing]' && python -c 'import sopb_rules.testing.strategies'",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.EXAMPLE_FAILED,
        "An example comes to another verdict than it says",
        """The policy set can be read, but the norm does not do what its example says. One of the two is wrong: hold
        both against the sentence of the document. The message shows the clauses that led to the verdict.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is more than 3
          the organization must
            "have a Party organization"
                party_organization exists

          example "three formal members and no Party organization"
            given formal_members is 3, party_organization is absent
            then 8.1 is unmet
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists

          example "three formal members and no Party organization"
            given formal_members is 3, party_organization is absent
            then 8.1 is unmet
        """,
    ),
    CodeExplanation(
        Code.BAD_SETTING,
        "The configuration of the checks has a mistake",
        """`[tool.sopb.check]` in `pyproject.toml`, or `[check]` in `sopb.toml`, has the lists `off`, `error`, `warning` and
        `note`, each with names or codes of checks, and under `per-file` the same lists for files that match a pattern.
        `sopb check --list` shows the names.""",
        """
        [check]
        off = ["unused-facts"]
        """,
        """
        [check]
        off = ["unused-fact"]
        """,
        Form.SETTINGS,
    ),
    CodeExplanation(
        Code.NOT_A_RECEIPT,
        "A file is no receipt of an evaluation",
        """`sopb replay` takes a report as `sopb evaluate --format json` prints it, or the page of a report, which holds the
        same JSON. The file is something else, is cut off, or was changed by hand into something that no evaluation
        says.""",
        "$ sopb replay state.json",
        "$ sopb evaluate state.json --format json > report.json; sopb replay report.json",
        Form.COMMAND,
    ),
)
