"""The codes R: tables with many rows."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation, Form
from sopb_rules.diagnostics import Code

TABLES = (
    CodeExplanation(
        Code.TABLE_UNKNOWN,
        "It cannot be told what a table is about",
        """A population has a table for each entity that a state lists, called by its name, and a table for each list that is not
        a column, called by the way to it (`organization.changes`). One table alone is the entity that it is called after, or
        the only one that has its columns.""",
        """
        # organisation.changes.csv
        holder,occurred_on
        riverside-foundation,2026-03-01
        """,
        """
        # organization.csv
        id
        riverside-foundation
        # organization.changes.csv
        holder,occurred_on
        riverside-foundation,2026-03-01
        """,
        Form.TABLE,
    ),
    CodeExplanation(
        Code.TABLE_UNKNOWN_COLUMN,
        "A table has a column that says nothing, or lacks one that it needs",
        """Each column is called like a fact, with the way to it where the fact is of a contained entity
        (`party_organization.form`). A column that is called otherwise would be passed over in silence, so it is refused: rename
        it, or leave it out. Each row has an `id`, and each row of a list's table a `holder`.""",
        """
        # organization.csv
        id,formal_membres
        riverside-foundation,3
        """,
        """
        # organization.csv
        id,formal_members
        riverside-foundation,3
        """,
        Form.TABLE,
    ),
    CodeExplanation(
        Code.TABLE_COLUMN_TYPE,
        "A column holds another sort of thing than its fact",
        """A column of whole numbers cannot say yes or no, and a text cannot hold a list. Cast the column to the type that is
        named, or write its cells as texts as state files have them. A contained entity has a column for each of its facts, or
        one column of structs; a list has a table of its own, or one column of lists of structs.""",
        """
        # organization.csv
        id,changes
        riverside-foundation,2026-03-01
        """,
        """
        # organization.csv
        id
        riverside-foundation
        # organization.changes.csv
        holder,occurred_on
        riverside-foundation,2026-03-01
        """,
        Form.TABLE,
    ),
    CodeExplanation(
        Code.ROW_WRONG_VALUE,
        "A cell of a table cannot be read",
        """The value is none of its fact: a count below 0, a day that no calendar has, a value that the kind does not list, a
        number with more than 18 digits before its point or more than 9 after it. What is not known is an empty cell or `unknown`;
        that there is none is `absent`, or `no` in the column that ends in `.exists`. To leave such rows out instead, use
        `--bad-rows skip`.""",
        """
        # organization.csv
        id,formal_members
        riverside-foundation,-3
        """,
        """
        # organization.csv
        id,formal_members
        riverside-foundation,3
        """,
        Form.TABLE,
    ),
    CodeExplanation(
        Code.ROW_MISSING_ID,
        "A row has no id",
        """Verdicts are told by the id of the row, so each row of an entity has one. Rows of lists may do without.""",
        """
        # organization.csv
        id,formal_members
        ,3
        """,
        """
        # organization.csv
        id,formal_members
        riverside-foundation,3
        """,
        Form.TABLE,
    ),
    CodeExplanation(
        Code.ROW_DOUBLED_ID,
        "Two rows have the same id",
        """An id names one row. Where two rows speak of one organization, put what they say together; where they speak of two,
        give one another id. If such rows are skipped, the first one stays.""",
        """
        # organization.csv
        id,formal_members
        riverside-foundation,3
        riverside-foundation,5
        """,
        """
        # organization.csv
        id,formal_members
        riverside-foundation,3
        hillside-foundation,5
        """,
        Form.TABLE,
    ),
    CodeExplanation(
        Code.ROW_DANGLING,
        "A row names another one that is not there",
        """A reference is the id of a row of the table that it leads to, and the `holder` of a list's row is the id of a row of the
        table above. If the table that a reference leads to is not given at all, references are taken as they are, and what
        would be read there is unknown.""",
        """
        # organization.csv
        id,region
        riverside-foundation,rivreside
        # region.csv
        id
        riverside
        """,
        """
        # organization.csv
        id,region
        riverside-foundation,riverside
        # region.csv
        id
        riverside
        """,
        Form.TABLE,
    ),
    CodeExplanation(
        Code.ROW_CONTRADICTION,
        "A row contradicts itself",
        """Something is stated of an entity that another column says is not there, an optional fact has a value and is said to be
        absent, or a list has rows and is said not to be known. Which of the two is right only the author of the table can
        say.""",
        """
        # organization.csv
        id,party_organization.exists,party_organization.form
        riverside-foundation,no,branch
        """,
        """
        # organization.csv
        id,party_organization.exists,party_organization.form
        riverside-foundation,yes,branch
        """,
        Form.TABLE,
    ),
)
