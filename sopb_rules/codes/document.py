"""The codes D: the order and the words of the document."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation
from sopb_rules.diagnostics import Code

#: Examples that turn each condition, and lie at the border and on both sides of it.
_TRIED = """
norm 8.1 about organization
  | An organization with three or more formal members must have a Party organization.
  when formal_members is at least 3
  the organization must
    "have a Party organization"
        party_organization exists

  example "four formal members and a Party organization"
    given formal_members is 4, party_organization exists
    then 8.1 is met

  example "three formal members and no Party organization"
    given formal_members is 3, party_organization is absent
    then 8.1 is unmet

  example "two formal members"
    given formal_members is 2
    then 8.1 does not apply
"""

DOCUMENT = (
    CodeExplanation(
        Code.DOUBLED_ID,
        "A number stands twice",
        """Each norm, case and note has the number of its sentence, and each article stands once. Where one sentence
        holds two norms, the second one is numbered `8.1/2`.""",
        """
        note 8.1 background
          | Organizations have grown in number.

        note 8.1 principle
          | They have become a vital force.
        """,
        """
        note 8.1 background
          | Organizations have grown in number.

        note 8.2 principle
          | They have become a vital force.
        """,
    ),
    CodeExplanation(
        Code.WRONG_ARTICLE,
        "A number does not follow its article or its order",
        """A number begins with the number of the file's article and names a sentence in it: 8.1, not 9.1 and not 8.
        The clauses of a norm are lettered (a), (b), (c) without gaps.""",
        """
        article 8 "Establish Party organizations at the organizational level"

        note 9.1 background
          | Organizations have grown in number.
        """,
        """
        article 8 "Establish Party organizations at the organizational level"

        note 8.1 background
          | Organizations have grown in number.
        """,
    ),
    CodeExplanation(
        Code.MISSING_FIRST,
        "A second norm has no first",
        """`8.1/2` is the second norm of the sentence 8.1, so 8.1 comes before it, and 8.1/3 after 8.1/2. The first
        one quotes the sentence for all of them.""",
        """
        norm 8.1/2 about organization
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    CodeExplanation(
        Code.NUMBERING_GAP,
        "A sentence is left out",
        """The sentences of an article are numbered in a row and none is left out silently: a sentence without a
        testable act becomes a `note`. This is a warning, so the policy set can be used while an article is being
        written.""",
        """
        note 8.1 background
          | Organizations have grown in number.

        note 8.3 principle
          | They have become a vital force.
        """,
        """
        note 8.1 background
          | Organizations have grown in number.

        note 8.2 principle
          | They have become a vital force.
        """,
    ),
    CodeExplanation(
        Code.MISSING_QUOTE,
        "A sentence is not quoted, or quoted twice",
        """Each norm, case and note quotes the sentence it rests on, in lines that begin with `|` and follow the
        source to the letter. A second norm of the same sentence (`8.1/2`) leaves the quote out, since 8.1 has it.""",
        """
        norm 8.1 about organization
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    CodeExplanation(
        Code.NOTE_KIND,
        "A note has another kind than the three there are",
        """A note says why its sentence has no testable act: it gives `background`, states a `principle` or sets an
        `aim`.""",
        """
        note 8.1 remark
          | Organizations have grown in number.
        """,
        """
        note 8.1 background
          | Organizations have grown in number.
        """,
    ),
    CodeExplanation(
        Code.NO_VOCABULARY,
        "A policy set has no vocabulary",
        """One file of the set begins with `vocabulary` and its name, and declares the roles, kinds and entities that
        the articles speak of. Without it no name means anything.""",
        """
        role higher_level "the higher level"
        """,
        """
        vocabulary samples "An example"

        role higher_level "the higher level"
        """,
        whole=True,
    ),
    CodeExplanation(
        Code.BAD_OVERRIDE,
        "A case outranks one that is not there, or itself, or takes away all effect of another",
        """`overriding` names other cases of the same decision by their numbers, and does not lead round in a circle:
        of two cases that outrank each other none would ever win. A case without a condition, or with the same one, that
        outranks another leaves that one without effect.""",
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3
            | With three members it is a branch.
          case 8.2 gives general_branch when formal_members is at least 50, overriding 8.3
            | With fifty it is a general branch.
        """,
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3
            | With three members it is a branch.
          case 8.2 gives general_branch when formal_members is at least 50, overriding 8.1
            | With fifty it is a general branch.
        """,
    ),
    CodeExplanation(
        Code.UNCLASSIFIED_FORCE,
        "Nobody has said which force a word has",
        """“Will” and the bare imperative (`is to`) do not say by themselves whether they bind like `must`, like
        `should` or like `is encouraged to`. The vocabulary says it once for the whole document, and every report
        shows which word stood there.""",
        """
        norm 8.1 about region
          | We will set up offices in each region.
          the higher_level will
            "set up an office"
                has_office
        """,
        """
        norm 8.1 about region
          | Set up offices in each region.
          the higher_level is to
            "set up an office"
                has_office
        """,
    ),
    CodeExplanation(
        Code.ARTICLE_HEADER,
        "A file with norms does not say which article it is",
        """A file with norms, decisions or notes begins with its article, as in `article 8 "…"`, so that every report
        can name it.""",
        """
        vocabulary samples

        note 8.1 background
          | Organizations have grown in number.
        """,
        """
        vocabulary samples

        article 8 "Background"

        note 8.1 background
          | Organizations have grown in number.
        """,
        whole=True,
    ),
    CodeExplanation(
        Code.EXAMPLE,
        "An example cannot be run",
        """It leaves open what has to be said, or states something twice or in a way that contradicts itself. Where
        the verdict depends on the date, the example says what `today` is; a norm can only be asked of what the
        example is about, and only for a verdict that it can have.""",
        """
        norm 8.1 about organization
          | A year after its registration an organization must have a Party organization.
          when today is after registered_on plus 1 year
          the organization must
            "have a Party organization"
                party_organization exists

          example "two years old and no Party organization"
            given registered_on is 2024-11-01, party_organization is absent
            then 8.1 is unmet
        """,
        """
        norm 8.1 about organization
          | A year after its registration an organization must have a Party organization.
          when today is after registered_on plus 1 year
          the organization must
            "have a Party organization"
                party_organization exists

          example "two years old and no Party organization"
            given today is 2026-11-01, registered_on is 2024-11-01, party_organization is absent
            then 8.1 is unmet
        """,
    ),
    CodeExplanation(
        Code.UNTRIED_CONDITION,
        "No two examples show that a condition turns the verdict",
        """Two examples that come to different verdicts and differ in one condition alone show that this condition
        matters. Where there are no such two, the condition could be wrong and all examples would still pass. What one
        of the two leaves unknown does not count as a difference. `sopb test` says so as a warning.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists

          example "four formal members and a Party organization"
            given formal_members is 4, party_organization exists
            then 8.1 is met

          example "three formal members and a Party organization"
            given formal_members is 3, party_organization exists
            then 8.1 is met

          example "two formal members"
            given formal_members is 2
            then 8.1 does not apply
        """,
        _TRIED,
    ),
    CodeExplanation(
        Code.UNTRIED_THRESHOLD,
        "No example lies at a border, just below it or just above it",
        """Mistakes sit at borders: `is at least` where `is more than` is meant is seen by an example exactly at the
        border and by no other. A number, a date or a value of an ordered kind that is compared has three: at the
        border, one step below and one step above. `sopb test --coverage` shows examples that lie there.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists

          example "five formal members and a Party organization"
            given formal_members is 5, party_organization exists
            then 8.1 is met

          example "three formal members and no Party organization"
            given formal_members is 3, party_organization is absent
            then 8.1 is unmet

          example "two formal members"
            given formal_members is 2
            then 8.1 does not apply
        """,
        _TRIED,
    ),
    CodeExplanation(
        Code.UNNOTICED_CHANGE,
        "No example would notice a change of the norm",
        """`sopb mutate` changes a norm in one place, as a slip of the pen would, and runs the examples: a number moved by
        one, a clause left out, `and` for `or`. Where all of them still pass, nothing holds the norm to what it says
        there. The message shows an example that would notice; hold it against the sentence before you add it. Where no
        situation makes a difference, the words say nothing.""",
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists

          example "five formal members and no Party organization"
            given formal_members is 5, party_organization is absent
            then 8.1 is unmet

          example "two formal members"
            given formal_members is 2
            then 8.1 does not apply
        """,
        _TRIED,
    ),
    CodeExplanation(
        Code.TO_BE_WRITTEN,
        "A placeholder is still there",
        """`sopb new` writes `to_be_written` wherever a person has to decide: who has to act, what has to be so, of which
        kind a note is. Put what you decided in its place. Nothing can be called `to_be_written`, so that no placeholder
        is ever taken for a fact.""",
        """
        norm 8.1 about organization
          | An organization must have a Party organization.
          the organization must
            "have a Party organization"
                to_be_written
        """,
        """
        norm 8.1 about organization
          | An organization must have a Party organization.
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
)
