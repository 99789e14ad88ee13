"""The codes D of local measures: what they may set, add and tighten, and how they stand on each other."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation
from sopb_rules.diagnostics import Code

MEASURES = (
    CodeExplanation(
        Code.NOT_LEFT_OPEN,
        "Measures set what the policies settle themselves",
        """Local measures set parameters that the policies leave open, on the days on which they do. Where the policies give a
        parameter a value, of their own or from a day on, this value stays: set the parameter for the days before, or not
        at all.""",
        """
        measures "Riverside implementation measures" under samples

        set usual_notice from 2027-01-01 is 20 days
        """,
        """
        measures "Riverside implementation measures" under samples

        set usual_notice from 2025-01-01 is 20 days
        """,
    ),
    CodeExplanation(
        Code.MEASURES,
        "Measures do not fit the policies that they are under",
        """A file of local measures begins with `measures`, perhaps a name, a title, `under` and the name of the policies or
        of the measures that they are under. Then it sets parameters, tightens norms and adds norms, with the facts,
        definitions, kinds and roles that they need; decisions and articles are the document's. Nothing is set or
        tightened elsewhere. The policies are those whose vocabulary lies in the same folder; in a folder without one
        they are those that come with sopb, `opinions`.""",
        """
        measures "Riverside implementation measures" under sample

        set usual_notice from 2025-01-01 is 20 days
        """,
        """
        measures "Riverside implementation measures" under samples

        set usual_notice from 2025-01-01 is 20 days
        """,
    ),
    CodeExplanation(
        Code.LAYERS,
        "Measures do not form one chain",
        """Of local measures one set is in force: those of a county under those of its city, these under those of the
        province, and these under the policies. Two measures under the same, or measures that are under themselves in a
        circle, do not tell which. Where several regions lie in one folder, name the file of the one that is meant: what
        it is under is found by name.""",
        """
        measures riverside "Riverside implementation measures" under riverside
        """,
        """
        measures riverside "Riverside implementation measures" under samples
        """,
    ),
    CodeExplanation(
        Code.WRONG_LAYER,
        "The number of a norm is not that of its measures",
        """What measures add is numbered by their own sentences, with their name and a colon in front: `riverside:2.1`. Norms
        of the document have no name in front, and the norms of other measures stand in the file of these.""",
        """
        measures riverside "Riverside implementation measures" under samples

        norm 8.9 about organization
          | Organizations keep their contacts up to date.
          the organization must
            party_organization exists
        """,
        """
        measures riverside "Riverside implementation measures" under samples

        norm riverside:2.1 about organization
          | Organizations keep their contacts up to date.
          the organization must
            party_organization exists
        """,
    ),
    CodeExplanation(
        Code.TIGHTENING,
        "This cannot be tightened so",
        """Measures make a norm of the document or of the measures below stricter: they restate all of its condition, all
        of its duty or permission, or its `provided`, and at least one of these. A duty stays a duty, a permission a
        permission, and a prohibition a prohibition. Decisions, definitions and notes are not tightened. In this example
        the measures are a file of their own.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            party_organization exists

        measures riverside "Riverside implementation measures" under samples

        tighten 8.1
          | An organization with two or more formal members must have a Party organization.
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            party_organization exists

        measures riverside "Riverside implementation measures" under samples

        tighten 8.1
          | An organization with two or more formal members must have a Party organization.
          when formal_members is at least 2
        """,
    ),
    CodeExplanation(
        Code.WEAKER_FORCE,
        "Measures weaken the force of a norm",
        """`must` is stronger than `should`, `should` than `is encouraged to`, and `must not` than `should not`. Measures may
        be stricter than what they are under and never laxer, so a norm that they tighten keeps its force or gets a
        stronger one. In this example the measures are a file of their own.""",
        """
        norm 8.1 about organization
          | An organization must have a Party organization.
          the organization must
            party_organization exists

        measures riverside "Riverside implementation measures" under samples

        tighten 8.1
          | An organization should have a Party organization that is approved.
          the organization should
            (a) "have a Party organization"
                party_organization exists
            (b) "approved"
                party_organization.approved
        """,
        """
        norm 8.1 about organization
          | An organization must have a Party organization.
          the organization must
            party_organization exists

        measures riverside "Riverside implementation measures" under samples

        tighten 8.1
          | An organization must have a Party organization that is approved.
          the organization must
            (a) "have a Party organization"
                party_organization exists
            (b) "approved"
                party_organization.approved
        """,
    ),
    CodeExplanation(
        Code.LOOSER,
        "Measures let somebody off",
        """Measures may be stricter than what they are under, and never looser: whoever leaves a duty unmet, or exceeds a
        permission, without what they tighten does so with it too. A solver looks for somebody of whom that is not so, and
        where there is one the measures are refused, with a state file of whom they would let off. This goes for
        what `tighten` restates, and for a parameter that measures below have set and that is set anew; what
        nobody has set yet may be set to anything. It is a warning where a search came to no end, or looked at lists up to
        a length only. The solver needs `pip install 'sopb-rules[analysis]'`.""",
        """
        norm 8.1 about organization
          | An organization with three or more members must have a Party organization.
          when formal_members is at least 3
          the organization must
            party_organization exists

        measures riverside "Riverside implementation measures" under samples

        tighten 8.1
          | An organization with five or more members must have a Party organization.
          when formal_members is at least 5
        """,
        """
        norm 8.1 about organization
          | An organization with three or more members must have a Party organization.
          when formal_members is at least 3
          the organization must
            party_organization exists

        measures riverside "Riverside implementation measures" under samples

        tighten 8.1
          | An organization with two or more members must have a Party organization.
          when formal_members is at least 2
        """,
    ),
)
