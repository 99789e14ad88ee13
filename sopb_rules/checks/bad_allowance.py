"""A comment that allows what a check complains about says which check and why: `# allow unused-fact: the ministry's form
asks for it`. Without a reason it allows nothing, since whoever reads it next year could not tell whether it still holds; and
mistakes cannot be allowed.
"""

from __future__ import annotations

from sopb_rules.checks.check import Check, explained
from sopb_rules.diagnostics import Code, Severity

CHECK = Check(
    Code.BAD_ALLOWANCE,
    "bad-allowance",
    Severity.WARNING,
    explained(
        Code.BAD_ALLOWANCE,
        "A comment allows something without a reason, or what is no check",
        __doc__,
        """
        # allow binding-note
        note 8.1 aim
          | Organizations will flourish.
        """,
        """
        # allow binding-note: nobody can test what it is to be a vital force
        note 8.1 aim
          | Organizations should be a vital force.
        """,
    ),
)
