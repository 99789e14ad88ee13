"""The codes S: a state file, or a Python object, that cannot be a state."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation, Form
from sopb_rules.diagnostics import Code

STATES = (
    CodeExplanation(
        Code.STATE_SYNTAX,
        "A state file is not YAML or JSON",
        """Something in the file is not YAML or JSON: most often a line is indented by one space too many or too few, a
        colon or a comma is missing, or a quotation mark or a bracket is not closed. The slip is marked where it can be
        told, and else the place where reading stopped; the slip may then stand a line above. What stands behind that
        place has not been looked at.""",
        """
        organization:
          - id: riverside-foundation
             formal_members: 3
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_SHAPE,
        "A state has another shape than it should",
        """A state lists things by what they are: `organization:` and below it a list, each item with its facts. A
        single value stands where facts belong, a list where one thing belongs, or the other way round.""",
        """
        organization: riverside-foundation
        """,
        """
        organization:
          - id: riverside-foundation
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_UNKNOWN_ENTITY,
        "A state lists something that the vocabulary does not know",
        """The words at the top of a state are `as_of` and the entities of the vocabulary, in the singular. What is
        contained in something else, like a Party organization, is stated inside it and not at the top. `sopb facts`
        shows what can be stated where.""",
        """
        organisation:
          - id: riverside-foundation
            formal_members: 3
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_UNKNOWN_FACT,
        "A state states a fact that the vocabulary does not know",
        """A fact with a slip in its name would silently count for nothing, so it is refused. The help line suggests
        the nearest name; `sopb facts` lists all of them.""",
        """
        organization:
          - id: riverside-foundation
            formal_member: 3
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_WRONG_VALUE,
        "A value is not of the fact's type",
        """The vocabulary says what can be stated for each fact: a whole number from 0 up, a date that exists, yes or
        no. Nothing is guessed or rounded. The line `expected` says how the value is written.""",
        """
        organization:
          - id: riverside-foundation
            formal_members: -3
            registered_on: 2026-02-31
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
            registered_on: 2026-02-28
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_UNKNOWN_VALUE,
        "A kind has no such value",
        """A kind is a closed list of values, written as in the vocabulary with underscores. Reports print the labels;
        states use the names.""",
        """
        organization:
          - id: riverside-foundation
            party_organization:
              form: General Branch
        """,
        """
        organization:
          - id: riverside-foundation
            party_organization:
              form: general_branch
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_DOUBLED_ID,
        "An id stands twice",
        """Ids tell things of one sort apart, over all the files that are read together. If both mean the same thing,
        put its facts into one item; else give one of them another id.""",
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
          - id: riverside-foundation
            formal_members: 5
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
          - id: hillside-foundation
            formal_members: 5
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_MISSING_ID,
        "Something that is listed has no id",
        """What stands in a list at the top of a state has an `id`, so that reports and references can name it. Any
        short name will do, as long as it stays the same.""",
        """
        organization:
          - formal_members: 3
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_DANGLING_REFERENCE,
        "A reference leads to something that is not listed",
        """The fact names the id of something else in the same state, and no item has that id. Look for a slip, or
        list the thing; where all that is known is its id, an item with the id alone is enough.""",
        """
        organization:
          - id: riverside-foundation
            region: riverside
        """,
        """
        organization:
          - id: riverside-foundation
            region: riverside

        region:
          - id: riverside
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_JUDGEMENT,
        "A judgement is not stated as one",
        """A judgement is somebody's, so it is stated with the value, who judged and on which day. A bare yes would
        hide whose opinion it is. `unknown` can be stated alone.""",
        """
        organization:
          - id: riverside-foundation
            larger: yes
        """,
        """
        organization:
          - id: riverside-foundation
            larger: {value: yes, by: Riverside district committee, on: 2026-05-01}
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_NOT_OPTIONAL,
        "A fact is stated to be absent that cannot be",
        """Only what the vocabulary calls `optional` can be absent. Where nothing is known, leave the fact out; where
        somebody was asked and could not say, write `unknown`; where there are none, write 0 or an empty list.""",
        """
        organization:
          - id: riverside-foundation
            formal_members: absent
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: unknown
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_TOO_DEEP,
        "Values stand too deep inside each other",
        """A state is a few levels deep: an organization, its Party organization, its secretary. More than 50 levels
        come from a slip with brackets, or from a file that was made by a program and is not a state.""",
        f"""
        organization: {"[" * 60}{"]" * 60}
        """,
        """
        organization: []
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_YAML_FEATURE,
        "A state uses a part of YAML that states do without",
        """YAML can refer back to other parts of a file, and name types of programming languages. States do without
        them, so that what you read at a place is what is stated there: write the values out.""",
        """
        organization:
          - &first
            id: riverside-foundation
            formal_members: 3
          - *first
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_DATES_DIFFER,
        "Two files of one state speak of different days",
        """Files that are read together describe one day. Where each says `as_of`, they say the same one; it is enough
        that one of them says it. To ask about another day, use `--as-of`.""",
        """
        # regions.yaml
        as_of: 2026-11-01
        region:
          - id: riverside
        # organizations.yaml
        as_of: 2026-12-01
        organization:
          - id: riverside-foundation
        """,
        """
        # regions.yaml
        as_of: 2026-11-01
        region:
          - id: riverside
        # organizations.yaml
        as_of: 2026-11-01
        organization:
          - id: riverside-foundation
        """,
        Form.STATE,
    ),
    CodeExplanation(
        Code.STATE_DOUBLED_KEY,
        "A fact is stated twice",
        """Two values for one fact cannot both hold, and taking the last one would hide the other. Keep the right
        one.""",
        """
        organization:
          - id: riverside-foundation
            formal_members: 3
            formal_members: 5
        """,
        """
        organization:
          - id: riverside-foundation
            formal_members: 5
        """,
        Form.STATE,
    ),
)
