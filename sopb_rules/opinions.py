"""The entity classes of the Opinions, the policy set that comes with the package: `Organization`, `Secretary`, …

They follow from the vocabulary. ``opinions.pyi`` lists them for editors; it is made by
``sopb facts --python-stubs > sopb_rules/opinions.pyi``, and a test holds it against the vocabulary.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sopb_rules.loading import load_policies
from sopb_rules.policy_set import PolicySet


@cache
def _opinions() -> PolicySet:
    """Kept in use, so that whoever loads the Opinions has the same classes."""
    return load_policies()


@cache
def _classes() -> dict[str, type]:
    return {each.__name__: each for each in _opinions().classes.values()}


def __getattr__(name: str) -> Any:
    """The class of an entity."""
    if name.startswith("_") or name not in _classes():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _classes()[name]


def __dir__() -> list[str]:
    return sorted(_classes())
