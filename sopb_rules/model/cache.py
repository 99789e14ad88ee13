"""A cache of checked policy sets in the user's cache folder, for a fast start of the command line.

It can never be stale: the name of an entry is a digest over the texts of the policy files, the code that checks them and
the installed Python, Lark and attrs. It can run no code: only the classes of the model are ever loaded from it. Whatever is
wrong with an entry or with the folder, the policies are read as if there were no cache.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sopb_rules.model.norms import Policies
from sopb_rules.source import Source
from sopb_rules.syntax.grammar import grammar_text

_MODULES = frozenset(
    f"sopb_rules.{name}" for name in ("source", "model.vocabulary", "model.norms", "model.expressions", "syntax.tree")
)
_VALUES = frozenset({("datetime", "date"), ("decimal", "Decimal")})


def load(sources: Iterable[Source]) -> Policies | None:
    """The checked policy set of these texts, if it was stored."""
    try:
        data = _entry(sources).read_bytes()
        digest, payload = data[:32], data[32:]
        if hashlib.sha256(payload).digest() != digest:
            return None
        loaded = _ModelUnpickler(io.BytesIO(payload)).load()
    except Exception:  # noqa: BLE001 - a damaged entry is no entry, whatever is wrong with it
        return None
    return loaded if isinstance(loaded, Policies) else None


def store(sources: Iterable[Source], policies: Policies) -> None:
    """Keep a checked policy set; where that is not possible, nothing happens."""
    try:
        payload = pickle.dumps(policies, protocol=5)
        entry = _entry(sources)
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=entry.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(payload).digest() + payload)
        Path(name).replace(entry)
    except (OSError, RecursionError):  # entities that refer to each other in a long chain are too deep for pickle
        return


class _ModelUnpickler(pickle.Unpickler):
    """Loads objects of the model and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of the model, a date or a decimal."""
        if (module, name) in _VALUES or (module in _MODULES and "." not in name):
            found = getattr(import_module(module), name)
            if isinstance(found, type) and (found.__module__ in _MODULES or (module, name) in _VALUES):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not part of a policy set")


def _entry(sources: Iterable[Source]) -> Path:
    from platformdirs import user_cache_path

    digest = hashlib.sha256()
    for part in (sys.version, _installed("lark"), _installed("attr"), _code_digest()):
        digest.update(part.encode() + b"\0")
    for source in sorted(sources, key=lambda source: source.name):
        digest.update(source.name.encode() + b"\0" + source.text.encode() + b"\0")
    return user_cache_path("sopb-rules", appauthor=False) / f"{digest.hexdigest()}.policies"


def _installed(package: str) -> str:
    """What changes when another version of a package is installed; asking for the version itself takes longer."""
    spec = find_spec(package)
    origin = spec.origin if spec is not None else None
    return f"{origin} {Path(origin).stat().st_mtime_ns}" if origin else ""


def _code_digest() -> str:
    """A digest over the grammar and the code from text to model."""
    digest = hashlib.sha256(grammar_text().encode())
    package = Path(__file__).parent.parent
    for file in sorted((*package.glob("*.py"), *package.glob("syntax/*.py"), *package.glob("model/*.py"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()
