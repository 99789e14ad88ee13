"""Golden files: texts that people read, kept to be looked at. `UPDATE_GOLDEN=1 pytest tests/apps` writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str) -> None:
    """Hold a text against its golden file; what changes with every policy file and every version stands in neither."""
    text = re.sub(r"\b[0-9a-f]{12}\b", "<digest>", text)
    text = re.sub(r"\bsopb_rules [0-9]+\.[0-9]+\.[0-9]+\b", "sopb_rules <version>", text)
    file = FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"see {file}; UPDATE_GOLDEN=1 accepts the new text"
