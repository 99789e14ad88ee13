"""Loading a policy set: from the package, from a folder, from texts."""

from __future__ import annotations

from pathlib import Path

from sopb_rules.policy_set import PolicySet


def load_policies(folder: Path | str | None = None) -> PolicySet:
    """The policy set in a folder of `.policy` files; the Opinions, which come with the package, where none is named.

    Raises:
        RulesError: a file cannot be read or has an error; all errors are named.
    """
    from sopb_rules.model.load import compile_policies, policy_sources, shipped

    return PolicySet(compile_policies(policy_sources(Path(folder) if folder is not None else shipped())))
