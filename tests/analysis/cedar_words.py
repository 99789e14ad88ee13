"""The words in which situations of Cedar are told: one vocabulary, permits and forbids, and answers."""

from __future__ import annotations

from sopb_rules.analysis.questions import Kind, Question, Status
from tests.analysis.situations import definition, found

VOCABULARY = """\
vocabulary cedar
role user "the user"
kind action
  view, edit, comment, download, delete
kind sort
  thing, box
kind filetype
  jpeg, png, raw
entity request
  done  yes/no  act
"""


def facts(*lines: str) -> str:
    """The vocabulary with the facts of a request."""
    return VOCABULARY + "".join(f"  {line}\n" for line in lines)


def define(name: str, condition: str) -> str:
    return definition(name, condition, "request")


def permit(id: str, when: str = "") -> str:
    """A permission to do what is requested."""
    condition = f"  when {when}\n" if when else ""
    return f"norm {id} about request\n  | It may be done.\n{condition}  the user may\n    done\n"


def forbid(id: str, when: str = "", unless: str = "") -> str:
    """A prohibition to do what is requested."""
    conditions = (f"  when {when}\n" if when else "") + (f"  unless {unless}\n" if unless else "")
    return f"norm {id} about request\n  | It is forbidden.\n{conditions}  the user must not\n    done\n"


def always(*names: str) -> dict[Question, Status]:
    """Each allows all requests, and not all are denied."""
    return {
        Question(kind, (f"request.{name}",)): status
        for name in names
        for kind, status in ((Kind.ALWAYS_TRUE, Status.FOUND), (Kind.ALWAYS_FALSE, Status.CLEAR))
    }


def never(*names: str) -> dict[Question, Status]:
    """Each denies all requests, and not all are allowed."""
    return {
        Question(kind, (f"request.{name}",)): status
        for name in names
        for kind, status in ((Kind.ALWAYS_FALSE, Status.FOUND), (Kind.ALWAYS_TRUE, Status.CLEAR))
    }


def sometimes(*names: str) -> dict[Question, Status]:
    """Each allows some requests and denies others."""
    return {
        Question(kind, (f"request.{name}",)): Status.CLEAR
        for name in names
        for kind in (Kind.ALWAYS_TRUE, Kind.ALWAYS_FALSE)
    }


def forbids(permission: str, prohibition: str) -> dict[Question, Status]:
    return found(Kind.FORBIDS_PERMITTED, permission, prohibition)


AMELIA = 'principal is "amelia"'
WIDGETS = 'resource is "widgets" or within is "widgets"'
