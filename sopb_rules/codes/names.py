"""The codes N: a name that means nothing at its place, or two things."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation
from sopb_rules.diagnostics import Code

NAMES = (
    CodeExplanation(
        Code.UNKNOWN_NAME,
        "A name is not known here",
        """Nothing of that name can be read at this place: no fact of what the norm is about, no definition, decision
        or parameter. Facts of something else need its name in front, as in `region.has_office`. The help line
        suggests the nearest name, or lists the facts that there are; a new fact is added to the vocabulary first.""",
        """
        define large about organization
          means formal_member is at least 50
        """,
        """
        define large about organization
          means formal_members is at least 50
        """,
    ),
    CodeExplanation(
        Code.DOUBLED_NAME,
        "A name stands for two things",
        """Each name is declared once, and names that could be confused at some place differ. The help line says where
        the other one stands. Give one of them another name, or take one of them out.""",
        """
        role nominating_body "the body that nominates"

        role nominating_body "whoever proposes a candidate"
        """,
        """
        role nominating_body "the body that nominates"

        role proposing_body "whoever proposes a candidate"
        """,
    ),
    CodeExplanation(
        Code.UNKNOWN_TYPE,
        "A type is not known",
        """After the name of a fact comes what can be stated for it: a type that the language knows (`count`, `date`,
        `yes/no` …), or a kind or an entity of the vocabulary. Look for a slip, or declare the kind.""",
        """
        entity industry "industry"
          companies  integer
        """,
        """
        entity industry "industry"
          companies  count
        """,
    ),
    CodeExplanation(
        Code.UNKNOWN_VALUE,
        "A kind has no such value",
        """A kind is a closed list, and only its values can be compared with. Look for a slip, or add the value to the
        kind in the vocabulary.""",
        """
        define has_branch about party_organization
          means form is brunch
        """,
        """
        define has_branch about party_organization
          means form is branch
        """,
    ),
    CodeExplanation(
        Code.UNKNOWN_BEARER,
        "Nobody of that name can bear a duty",
        """After `the` comes who has to act: a role or an entity of the vocabulary, written with underscores. Look for
        a slip, or add a `role` to the vocabulary.""",
        """
        norm 8.1 about region
          | The district office must set up an office in each region.
          the district_office must
            "set up an office"
                has_office
        """,
        """
        norm 8.1 about region
          | The district office must set up an office in each region.
          the higher_level must
            "set up an office"
                has_office
        """,
    ),
    CodeExplanation(
        Code.UNKNOWN_NORM,
        "There is no norm with that number",
        """A norm can refer to another one, as in `unless 17.4 applies`, and the other one has to be part of the same
        policy set. Look at the number; a norm that has several parts is named with the part, as in `8.1/2`.""",
        """
        define bound about organization
          means 8.7 applies

        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        define bound about organization
          means 8.1 applies

        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    CodeExplanation(
        Code.NOT_IN_SCOPE,
        "A norm is about something that cannot be named here",
        """Whether a norm applies is asked of one thing: of what it is about. From a norm about a region nobody can
        tell which of its organizations is meant. Refer to a norm about the same entity or about what holds it; inside
        `any … where ( )` and `every … satisfies ( )` also to one about the element.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists

        norm 8.2 about region
          | Where this is so, the region must have an office.
          when 8.1 applies
          the higher_level must
            "have an office"
                has_office
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists

        norm 8.2 about region
          | Where this is so, the region must have an office.
          when any member in organizations where (8.1 applies)
          the higher_level must
            "have an office"
                has_office
        """,
    ),
    CodeExplanation(
        Code.UNKNOWN_ENTITY,
        "The vocabulary has no such entity",
        """`about`, `list of` and `reference to` are followed by an entity of the vocabulary, in the singular as it is
        declared there. Look for a slip, or declare the entity.""",
        """
        define large about organisation
          means formal_members is at least 50
        """,
        """
        define large about organization
          means formal_members is at least 50
        """,
    ),
)
