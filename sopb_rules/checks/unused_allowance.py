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
        # allow unlabelled-definition: reports never print it
        define big "a big organization" about organization
          means formal_members is at least 50
        """,
        """
        define big "a big organization" about organization
          means formal_members is at least 50
        """,
    ),
)
