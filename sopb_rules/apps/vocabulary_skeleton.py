"""The skeleton of a vocabulary: the least with which norms can be written, and how it grows."""

from __future__ import annotations

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.source import Source
from sopb_rules.syntax.format import format_source

_TEXT = """\
# The words that the policies use. The first lines say how strongly “will …” and a bare imperative (“carefully select …”)
# bind in this document: `must`, `should` or `is encouraged to`.
vocabulary {name} "{title}"
  will has the force of should
  is to has the force of should

# Who acts or judges, and of whom nothing is stated: a line each, with the words of the document.
role responsible_body "the responsible body"

# What norms are about. Each line is something that can be stated of it: a name, what is stated (yes/no, count, date,
# judgement by a role …), words that reports print, and `act` where somebody can bring it about.
entity organization "organization"
  name  text
  # formal_members  count  "formal members"
  # office_open  yes/no  "keeps its office open"  act
  # well_led  judgement by responsible_body  "Is it well led?"
"""


def vocabulary_skeleton(name: str) -> str:
    """A first vocabulary of this name, in the layout of `sopb fmt`.

    Raises:
        RulesError: no vocabulary can have this name.
    """
    title = name.replace("_", " ").capitalize()
    try:
        return format_source(Source("vocabulary.policy", _TEXT.format(name=name, title=title)))
    except RulesError:
        message = f"`{name}` is no name"
        help = "a name is lower-case letters, digits and `_`, begins with a letter, and is no word of the language"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)]) from None
