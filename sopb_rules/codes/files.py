"""The codes F: files that cannot be read."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation, Form
from sopb_rules.diagnostics import Code

FILES = (
    CodeExplanation(
        Code.FILE_MISSING,
        "A file or folder is not there",
        """There is nothing under the name that was given. Look for a slip in the name, and for the folder in which
        the command runs: names are read from there.""",
        "$ sopb evaluate exmaples/",
        "$ sopb evaluate examples/",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.FILE_UNREADABLE,
        "A file cannot be read",
        """There is something under the name, but it is not a file, or the system does not let you read it. Name a
        file, and look at the permissions of the file and of the folders above it.""",
        "$ chmod a-r district.yaml && sopb evaluate district.yaml",
        "$ chmod u+r district.yaml && sopb evaluate district.yaml",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.FILE_TOO_LARGE,
        "A file is too large, or a folder has too many files",
        """A policy file stays below 1 MiB, a policy set below 2,000 files, and a state file below 16 MiB; a whole
        district needs far less. A file above that is usually another file than the one that was meant. A state may be
        split into several files, which are read together.""",
        "$ sopb evaluate all-districts-of-ten-years.yaml",
        "$ sopb evaluate districts/riverside/",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.FILE_NOT_TEXT,
        "A file is not text in UTF-8",
        """Policies and states are text files in the encoding UTF-8. A word processor or a spreadsheet keeps its files
        in another format, and an old editor may use another encoding: save the file as plain text, UTF-8.""",
        "$ sopb evaluate district.xlsx",
        "$ sopb evaluate district.yaml",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.FOLDER_EMPTY,
        "A folder holds no file of the right sort",
        """A policy set is a folder with at least one file whose name ends in `.policy`, also in folders inside it. A
        folder of states holds files that end in `.yaml`, `.yml` or `.json`, and a folder that is a table holds files that end in
        `.parquet`.""",
        "$ mkdir measures && sopb check measures",
        "$ sopb check policies/opinions",
        Form.COMMAND,
    ),
)
