"""The version of this package; what an installation says is taken from here, and takes longer to ask for."""

from __future__ import annotations

VERSION = "0.1.0"
