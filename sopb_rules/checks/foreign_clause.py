"""The label of a clause is the document's words for what has to be done. If half of its words or more do not stand in
the sentence, readers cannot hold the one against the other, and often the label belongs to another norm.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.words import related, stem_set, stems
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for norm in file.norms:
        sentence = stem_set(norm.text)
        for clause in (*norm.clauses, *norm.provided) if sentence else ():
            label = stems(clause.label) if '"' in clause.span.text.partition("\n")[0] else []
            foreign = [word for word in label if not related(word, sentence)]
            if foreign and len(foreign) * 2 >= len(label):
                message = f"most words of “{clause.label}” do not stand in the sentence"
                yield Complaint(
                    message, clause.span, f"norm {norm.id}", "use the words of the sentence for what has to be done"
                )


CHECK = Check(
    Code.FOREIGN_CLAUSE,
    "foreign-clause",
    Severity.NOTE,
    explained(
        Code.FOREIGN_CLAUSE,
        "A clause is called otherwise than its sentence",
        __doc__,
        """
        norm 8.1 about organization
          | Each organization must have a Party organization.
          the organization must
            "submit an annual report"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | Each organization must have a Party organization.
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
