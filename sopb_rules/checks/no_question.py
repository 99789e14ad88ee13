"""The label of a judgement is put to whoever judges. Without a label, or with one that is no question, they read a
name or half a sentence and have to guess what a yes would mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, spot
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import vocabulary as v


def _find(file: File) -> Iterator[Complaint]:
    for entity in file.entities:
        for fact in entity.facts.values():
            if isinstance(fact.type, v.Judgement) and not fact.label.rstrip(" ”’)").endswith("?"):
                has_label = fact.span is not None and '"' in fact.span.text
                message = f"the judgement `{fact.name}` has " + (
                    "a label that is no question" if has_label else "no label"
                )
                help = 'write what is asked, as in `"Is it one of the larger organizations?"`'
                yield Complaint(message, spot(fact.span, fact.name), f"entity {entity.name}", help)


CHECK = Check(
    Code.NO_QUESTION,
    "no-question",
    Severity.NOTE,
    explained(
        Code.NO_QUESTION,
        "A judgement has no question",
        __doc__,
        """
        entity school "school"
          sound     judgement by higher_level  "soundness"
          has_roof  yes/no  "has a roof"  act

        norm 8.1 about school
          | Sound schools must have a roof.
          when sound
          the school must
            "have a roof"
                has_roof
        """,
        """
        entity school "school"
          sound     judgement by higher_level  "Is it sound?"
          has_roof  yes/no  "has a roof"  act

        norm 8.1 about school
          | Sound schools must have a roof.
          when sound
          the school must
            "have a roof"
                has_roof
        """,
    ),
    in_file=_find,
)
