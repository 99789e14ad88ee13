"""Golden files: texts that people read, kept to be looked at. `UPDATE_GOLDEN=1 pytest tests/apps` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str, suffix: str = ".txt") -> None:
    """Hold a text against its golden file."""
    file = FOLDER / f"{name}{suffix}"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"see {file}; UPDATE_GOLDEN=1 accepts the new text"
