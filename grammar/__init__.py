"""The surface of the policy language: ``policy.lark`` is its only definition."""

from importlib import resources


def text() -> str:
    """The text of the grammar."""
    return resources.files(__name__).joinpath("policy.lark").read_text("utf-8")
