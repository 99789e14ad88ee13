"""The documentation: MyST pages, the Furo theme, and a page of codes made from the package."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sopb-rules"
copyright = "the authors of sopb-rules"
release = version = installed("sopb-rules")

extensions = [
    "article_pages",
    "codes_page",
    "myst_parser",
    "policy_lexer",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = False

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = "sopb-rules"
html_show_sourcelink = False
