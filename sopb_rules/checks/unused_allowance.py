"""A comment allows something that no check complains about there: what it was written for is gone, or it stands at the wrong
line. Left in, it would hide the next mistake of that sort.
"""

from __future__ import annotations

from sopb_rules.checks.check import Check, explained
from sopb_rules.diagnostics import Code, Severity

CHECK = Check(
    Code.UNUSED_ALLOWANCE,
    "unused-allowance",
    Severity.WARNING,
    explained(
        Code.UNUSED_ALLOWANCE,
        "A comment allows what nothing complains about",
        __doc__,
        """
        # allow binding-note: nobody can test what it is to be a vital force
        note 8.1 aim
          | Organizations will be a vital force.
        """,
        """
        note 8.1 aim
          | Organizations will be a vital force.
        """,
    ),
)
