"""An explanation as lines to show: what every view prints, each in its own way."""

from __future__ import annotations

import attrs

from sopb_rules.predicates.truth import Truth


@attrs.frozen
class Line:
    """A line of an explanation.

    Args:
        depth: how deep it stands in the tree, from 0.
        kind: ``heading``, ``clause``, ``condition``, ``fact``, ``parameter``, ``reference`` (a definition, norm or
            decision that is asked), or ``remark``.
        truth: what became of it; None where it is neither true, false nor unknown.
        text: the norm's own words, with the numbers that were compared.
        note: where it was stated or set, by whom and when it was judged; or "".
        place: file, line and column of the fact, parameter or statement, or "".
    """

    depth: int
    kind: str
    truth: Truth | None
    text: str
    note: str = ""
    place: str = ""
