"""Two versions of policies: which norms mean the same, which are stricter or laxer, each with a state that shows it.

A version is stricter where somebody breaches it who does not breach the other: leaves a duty unmet, or acts outside of the
conditions of a permission. Both versions are asked about the states that both vocabularies can state.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

import attrs

from sopb_rules.analysis.decode import StateDraft, decode, record_at
from sopb_rules.analysis.encode import Encoder
from sopb_rules.analysis.logic import Formula, both, either, no
from sopb_rules.analysis.meaning import meaning
from sopb_rules.analysis.merged import Difference, differences, merged, same_type
from sopb_rules.analysis.questions import Bound, Status
from sopb_rules.analysis.replay import Mismatch, name_of, outcome, shortened
from sopb_rules.analysis.sizes import sizes
from sopb_rules.analysis.solve import USUAL_DAY, Solver, Undecided
from sopb_rules.analysis.world import Place, Single, World
from sopb_rules.diagnostics import RulesError
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, Policies, Statement, depend_on_date
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.nodes import Mapping as Tree
from sopb_rules.states.nodes import Node, Scalar, Sequence
from sopb_rules.states.read import build_state
from sopb_rules.states.records import State
from sopb_rules.states.writing import yaml_text


class Sort(enum.Enum):
    """What became of a statement."""

    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    SAME = "same"
    TEXT = "text-only"
    EQUIVALENT = "equivalent"
    UNKNOWN = "differs-where-unknown"
    STRICTER = "stricter"
    LAXER = "laxer"
    STRICTER_AND_LAXER = "stricter-and-laxer"
    OTHER = "otherwise"
    UNDECIDED = "undecided"
    MISMATCH = "mismatch"


@attrs.frozen
class Shown:
    """A state in which the versions come to different ends.

    Args:
        state: the text of a state file that both versions understand but for facts that one of them does not have.
        subject: the path of the record.
        old: what the old version comes to there; `new` likewise.
    """

    state: str
    subject: str
    old: str
    new: str


@attrs.frozen
class Change:
    """What became of a statement from one version to the next.

    Args:
        name: as questions name it: an id, the name of a decision, `entity.name` of a definition.
        kind: `norm`, `decision` or `definition`.
        sort: what became of it.
        stricter: where the new version is breached and the old one is not; `laxer` the other way round.
        otherwise: where they differ in something else; for what is unknown, where only what is known differs.
        words: further differences that no state shows: the force, the bearer, the text.
        renamed: its other name, where it has one.
        reason: why it is undecided.
        bounds: the lists that were looked at only up to a length.
    """

    name: str
    kind: str
    sort: Sort
    stricter: Shown | None = None
    laxer: Shown | None = None
    otherwise: Shown | None = None
    words: tuple[str, ...] = ()
    renamed: str = ""
    reason: str = ""
    bounds: tuple[Bound, ...] = ()

    @property
    def equivalent(self) -> bool:
        """Whether both versions come to the same in every state."""
        return self.sort in (Sort.SAME, Sort.TEXT, Sort.EQUIVALENT, Sort.RENUMBERED)
