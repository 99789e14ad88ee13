"""Loading a policy set: from the package, from a folder, or from texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sopb_rules.diagnostics import Diagnostic, RulesError, Severity
from sopb_rules.model.cache import load, store
from sopb_rules.model.files import policy_set_sources, shipped
from sopb_rules.model.norms import Policies
from sopb_rules.policy_set import PolicySet, in_use
from sopb_rules.source import Source


def without_measures(policies: PolicySet, cache: bool = False) -> PolicySet:
    """The policies that measures are under, as the document leaves them; the same set where there are no measures.

    Args:
        cache: take the trees of files from the user's cache folder, and keep them there.
    """
    return up_to(policies, 0, cache)


def up_to(policies: PolicySet, count: int, cache: bool = False) -> PolicySet:
    """The policies with so many layers of measures on them, the lowest; the same set where there are no more.

    Args:
        cache: take the trees of files from the user's cache folder, and keep them there.
    """
    above = [each.span.source for each in policies.model.measures[count:]]
    if not above:
        return policies
    from sopb_rules.model.load import compile_policies

    sources = [source for source in policies.model.sources if source not in above]
    return in_use(sources) or PolicySet(compile_policies(sources, cache))


def layers(policies: PolicySet, cache: bool = False) -> list[PolicySet]:
    """The policies with each layer of measures on top, the lowest first: at last as they are; empty without measures.

    Args:
        cache: take the trees of files from the user's cache folder, and keep them there.
    """
    return [up_to(policies, count, cache) for count in range(1, len(policies.model.measures) + 1)]


def load_policies(folder: Path | str | None = None, cache: bool = False) -> PolicySet:
    """The policy set in a folder of `.policy` files; the Opinions, which come with the package, where none is named.

    A folder that has only measures gives the policies that they are under, with what the measures set, add and tighten; a
    file of measures those that it is under, found by name in its folder. Measures that let somebody off are refused.

    As long as a set is in use, loading the same files again gives the same object, with the same classes.

    Args:
        folder: the folder, or one file.
        cache: keep the checked set in the user's cache folder, and take it from there if nothing has changed.

    Raises:
        RulesError: a file cannot be read or has an error; all errors are named. Or measures let somebody off, or the solver
            that tells is not installed.
    """
    return load_sources(policy_set_sources(Path(folder) if folder is not None else shipped()), cache)


def load_sources(sources: Sequence[Source], cache: bool = False) -> PolicySet:
    """The policy set of some texts, as `load_policies` loads it.

    Args:
        sources: the texts, with the names under which people know them.
        cache: as for `load_policies`.

    Raises:
        RulesError: a text has an error; all errors are named.
    """
    if (live := in_use(sources)) is not None:
        return live
    policies = load(sources) if cache else None
    if policies is None:
        from sopb_rules.model.load import compile_policies  # the parser is not needed where the cache knows the set

        policies = compile_policies(sources, cache)
        unproved = refuse_looser(policies, cache)
        if cache and not unproved:  # so that `sopb check` tells it again
            store(sources, policies)
    return PolicySet(policies)


def refuse_looser(policies: Policies, cache: bool = False) -> list[Diagnostic]:
    """Make sure that local measures let nobody off: a solver looks for somebody whom they would.

    Args:
        cache: take the trees of files from the user's cache folder, and keep them there.

    Returns:
        What is not proved, as warnings.

    Raises:
        RulesError: they let somebody off, or the solver that tells is not installed.
    """
    settings = [name for layer in policies.measures for name in layer.settings]
    if not any(layer.tightened for layer in policies.measures) and len(settings) == len(set(settings)):
        return []
    from sopb_rules.analysis.run import check_installed
    from sopb_rules.model.strictness import strictness_pairs

    check_installed("whether measures let somebody off is found by")
    from sopb_rules.analysis.strictness import loosened

    found = list(loosened(strictness_pairs(policies.sources, cache)))
    if errors := [each for each in found if each.severity is Severity.ERROR]:
        raise RulesError(errors)
    return found
