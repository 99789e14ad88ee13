"""What is kept in the user's cache folder, for a fast start of the command line.

An entry can never be stale: its name is a digest over what it was made from, the code of this package and the installed
Python, Lark and attrs. It can run no code: only the classes that are named when it is loaded are ever made from it. Whatever
is wrong with an entry or with the folder, everything is made anew as if there were no cache.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Collection, Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sopb_rules.source import Source

_VALUES = frozenset({("datetime", "date"), ("decimal", "Decimal")})


def name_of(kind: str, *parts: str) -> str:
    """The name of an entry: of which kind it is, and a digest over what it is made from."""
    digest = hashlib.sha256(_version())
    for part in parts:
        digest.update(part.encode() + b"\0")
    return f"{digest.hexdigest()}.{kind}"


def texts(sources: Iterable[Source]) -> list[str]:
    """What tells source texts apart: their names and what they say."""
    return [part for source in sorted(sources, key=lambda source: source.name) for part in (source.name, source.text)]


def load(name: str, modules: Collection[str] = ()) -> Any:
    """The entry of a name; None where there is none.

    Args:
        modules: whose classes an entry may hold, beside plain values.
    """
    try:
        data = (_folder() / name).read_bytes()
        digest, payload = data[:32], data[32:]
        if hashlib.sha256(payload).digest() != digest:
            return None
        return _Unpickler(io.BytesIO(payload), modules).load()
    except Exception:  # noqa: BLE001 - a damaged entry is no entry, whatever is wrong with it
        return None


def store(name: str, value: Any) -> None:
    """Keep a value under a name; where that is not possible, nothing happens."""
    try:
        payload = pickle.dumps(value, protocol=5)
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(payload).digest() + payload)
        Path(temporary).replace(folder / name)
    except (OSError, RecursionError):  # entities that refer to each other in a long chain are too deep for pickle
        return


class _Unpickler(pickle.Unpickler):
    """Loads plain values and the classes of some modules of this package, and nothing else."""

    def __init__(self, stream: io.BytesIO, modules: Collection[str]) -> None:
        super().__init__(stream)
        self._modules = modules

    def find_class(self, module: str, name: str) -> Any:
        """A class of the modules, a date or a decimal."""
        if (module, name) in _VALUES or (module in self._modules and "." not in name):
            found = getattr(import_module(module), name)
            if isinstance(found, type) and (found.__module__ in self._modules or (module, name) in _VALUES):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not part of it")


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("sopb-rules", appauthor=False)


@cache
def _version() -> bytes:
    """What changes when the code of this package, Python or a library is another: the files are not read, which takes long."""
    digest = hashlib.sha256()
    for part in (sys.version, _installed("lark"), _installed("attr")):
        digest.update(part.encode() + b"\0")
    package = Path(__file__).parent
    grammar = package.parent / "grammar"
    for file in sorted((*package.rglob("*.py"), *package.glob("grammar/*.lark"), *grammar.glob("*.lark"))):
        status = file.stat()
        digest.update(f"{file}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ctime_ns}\0".encode())
    return digest.digest()


def _installed(package: str) -> str:
    """What changes when another version of a package is installed; asking for the version itself takes longer."""
    spec = find_spec(package)
    origin = spec.origin if spec is not None else None
    return f"{origin} {Path(origin).stat().st_mtime_ns}" if origin else ""
