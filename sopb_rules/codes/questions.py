"""The codes Q: what `sopb analyze` finds about all states at once."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation, Form
from sopb_rules.diagnostics import Code

QUESTIONS = (
    CodeExplanation(
        Code.NEVER_APPLIES,
        "A norm never applies",
        """No state meets what the norm says after `when`, so nobody ever has to keep it. The parts that exclude each other are
        named. Leave the norm out, or mend its condition.""",
        """
        norm 8.1 about organization
          | A large township organization must have a Party organization.
          when level is township and formal_members is at least 50 and formal_members is fewer than 20
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | A large township organization must have a Party organization.
          when level is township and formal_members is at least 20 and formal_members is fewer than 50
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    CodeExplanation(
        Code.CANNOT_BE_MET,
        "A duty can never be met, or a permission never be used",
        """Whatever is done where a duty applies, it is unmet: its clauses exclude each other, or what it says after `when`. Of a
        permission it means that its act can never be done within its conditions. The parts that exclude each other are named;
        mend one of them.""",
        """
        norm 8.1 about organization
          | An organization below the county must have a branch.
          when level is township and party_organization is absent
          the organization must
            "have a branch"
                party_organization exists and party_organization.form is branch
        """,
        """
        norm 8.1 about organization
          | An organization below the county must have a branch.
          when level is township
          the organization must
            "have a branch"
                party_organization exists and party_organization.form is branch
        """,
    ),
    CodeExplanation(
        Code.CANNOT_BE_UNMET,
        "A duty asks for nothing, or a permission sets no condition",
        """Wherever a duty applies it is met, since its condition already says what it asks for. Of a permission it means that
        whoever does its act is within its conditions, which can be meant so. Mend the condition or the clause.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have at least two.
          when formal_members is at least 3
          the organization must
            "have at least two"
                formal_members is at least 2
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have at least two.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    CodeExplanation(
        Code.GAP,
        "A decision has no case in some state",
        """There is a state in which no case of the decision holds, so that it gives no value. It is shown, with a case that would
        fit it. Often the document leaves the gap; then say so in a remark (`gap … on …`) and allow it.""",
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is fewer than 50
            | With fewer than fifty formal members it is a branch.
          case 8.2 gives general_branch when formal_members is more than 50
            | With more than fifty formal members it is a general branch.
        """,
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is fewer than 50
            | With fewer than fifty formal members it is a branch.
          case 8.2 gives general_branch when formal_members is at least 50
            | With fifty formal members or more it is a general branch.
        """,
    ),
    CodeExplanation(
        Code.OVERLAP,
        "Two cases of a decision hold together and give different values",
        """There is a state in which both cases hold and neither overrides the other, so that the decision is in conflict. It is
        shown. Let one override the other, or narrow one of them; where the document itself says both, allow it.""",
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3
            | With three formal members or more it is a branch.
          case 8.2 gives general_branch when level is county
            | At the county level it is a general branch.
        """,
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3
            | With three formal members or more it is a branch.
          case 8.2 gives general_branch when level is county, overriding 8.1
            | At the county level it is a general branch.
        """,
    ),
    CodeExplanation(
        Code.IDLE_CASE,
        "A case of a decision never gives its value",
        """Its condition never holds, or holds only where other cases override it. The check `shadowed-case` sees the plainest of
        these at once; the analysis sees all. Leave the case out, or mend its condition or the order of the two.""",
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3, overriding 8.2
            | With three formal members or more it is a branch.
          case 8.2 gives general_branch when level is county and formal_members is more than 10
            | At the county level with more than ten formal members it is a general branch.
        """,
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3
            | With three formal members or more it is a branch.
          case 8.2 gives general_branch
              when level is county and formal_members is more than 10,
              overriding 8.1
            | At the county level with more than ten formal members it is a general branch.
        """,
    ),
    CodeExplanation(
        Code.ALWAYS_HOLDS,
        "A definition holds in every state",
        """What is defined is so of everybody, so that a condition that uses it says nothing. Mend the definition, or leave it
        out where it is used.""",
        """
        define middling "of middling size" about organization
          means formal_members is at least 3 or formal_members is at most 50
        """,
        """
        define middling "of middling size" about organization
          means formal_members is at least 3 and formal_members is at most 50
        """,
    ),
    CodeExplanation(
        Code.NEVER_HOLDS,
        "A definition holds in no state",
        """Nobody is what is defined. The parts of the definition that exclude each other are named; mend one of them.""",
        """
        define middling "of middling size" about organization
          means formal_members is at least 50 and formal_members is at most 3
        """,
        """
        define middling "of middling size" about organization
          means formal_members is at least 3 and formal_members is at most 50
        """,
    ),
    CodeExplanation(
        Code.CONFLICT,
        "Duties that no act can meet together",
        """There is a situation, as given by all facts that are not marked `act`, in which the duties apply and every choice of
        acts leaves one of them unmet. The situation is shown, and the duties are as few as clash there. Let one give way
        (`unless 8.1 applies`), or narrow one of them.""",
        """
        norm 8.1 about region
          | Each region must have an office.
          the region must
            "have an office"
                has_office

        norm 8.2 about region
          | A region without organizations must not have an office.
          when number of organizations is 0
          the region must not
            "have an office"
                has_office
        """,
        """
        norm 8.1 about region
          | Each region must have an office.
          unless 8.2 applies
          the region must
            "have an office"
                has_office

        norm 8.2 about region
          | A region without organizations must not have an office.
          when number of organizations is 0
          the region must not
            "have an office"
                has_office
        """,
    ),
    CodeExplanation(
        Code.FORBIDS_PERMITTED,
        "A duty forbids what a permission allows",
        """There is a situation in which whoever does the permitted act within its conditions leaves the duty unmet. Let the duty
        give way (`unless 8.1 applies`), or say in the permission (`provided`) that the duty is kept.""",
        """
        norm 8.1 about region
          | A region may have an office.
          the region may
            "have an office"
                has_office

        norm 8.2 about region
          | A region without organizations must not have an office.
          when number of organizations is 0
          the region must not
            "have an office"
                has_office
        """,
        """
        norm 8.1 about region
          | A region with organizations may have an office.
          when number of organizations is at least 1
          the region may
            "have an office"
                has_office

        norm 8.2 about region
          | A region without organizations must not have an office.
          when number of organizations is 0
          the region must not
            "have an office"
                has_office
        """,
    ),
    CodeExplanation(
        Code.IMPLIED,
        "A duty follows from others",
        """Nobody can leave the duty unmet and keep the others, which are of no less force. It asks for nothing new. Often the
        document repeats itself on purpose: keep it then, and allow it; else it may be left out.""",
        """
        norm 8.1 about region
          | Each region must have an office.
          the region must
            "have an office"
                has_office

        norm 8.2 about region
          | A region with ten organizations must have an office.
          when number of organizations is at least 10
          the region must
            "have an office"
                has_office
        """,
        """
        norm 8.1 about region
          | A region with twenty organizations must have an office.
          when number of organizations is at least 20
          the region must
            "have an office"
                has_office

        norm 8.2 about region
          | A region with ten organizations should have an office.
          when number of organizations is at least 10
          the region should
            "have an office"
                has_office
        """,
    ),
    CodeExplanation(
        Code.UNDECIDED,
        "A question was not decided",
        """The solver came to no end in the time that it had, looked only at lists of some length and cannot prove that longer ones
        make no difference, or ended unexpectedly. It says neither that something is wrong nor that nothing is. More time
        may help.""",
        "$ sopb analyze 8.1 --timeout 0.1",
        "$ sopb analyze 8.1 --timeout 60",
        Form.COMMAND,
    ),
    CodeExplanation(
        Code.MISMATCH,
        "The solver and the evaluation disagree",
        """What the solver finds is evaluated before it is told, and here something else came out. This is a mistake in sopb and
        none of the policies. Please report it, with the policies and what `sopb analyze` prints as JSON.""",
        "$ sopb analyze 8.1",
        "$ sopb analyze 8.1 --format json > report.json",
        Form.COMMAND,
    ),
)
