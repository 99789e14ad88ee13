"""The codes A: the audit of the source document."""

from __future__ import annotations

from sopb_rules.codes.explanation import CodeExplanation, Form
from sopb_rules.diagnostics import Code

_GOOD = """
# source.txt
8. Background: Organizations have grown in number. They have become a vital force.

# article_08.policy
article 8 "Background"

note 8.1 background
  | Organizations have grown in number.

note 8.2 background
  | They have become a vital force.
"""


def _explanation(code: Code, title: str, text: str, bad: str, good: str = _GOOD) -> CodeExplanation:
    return CodeExplanation(code, title, text, bad, good, Form.AUDIT)


AUDIT = (
    _explanation(
        Code.LEFT_OUT,
        "A sentence of the source is encoded by nothing",
        """Every sentence of the source document is quoted by a norm, a case, a definition or a note, so that nothing is
        left out silently. A sentence with no act that anybody could have done or left undone becomes a `note`.""",
        """
        # source.txt
        8. Background: Organizations have grown in number. They have become a vital force.

        # article_08.policy
        article 8 "Background"

        note 8.1 background
          | Organizations have grown in number.
        """,
    ),
    _explanation(
        Code.ALTERED_SENTENCE,
        "A quote or a title is not what the source says",
        """Bar lines quote the source to the letter, with its commas and quotation marks; several of them are joined by one
        space. If the quote is wrong, put it right. If the source has changed, read the sentence again, and all that the
        help line names, before you change the quote.""",
        """
        # source.txt
        8. Background: Organizations have grown in number. They have become a vital force.

        # article_08.policy
        article 8 "Background"

        note 8.1 background
          | Organizations have grown in numbers.

        note 8.2 background
          | They have become a vital force.
        """,
    ),
    _explanation(
        Code.DOUBLED_SENTENCE,
        "A sentence is quoted twice",
        """One statement quotes a sentence. A second norm of the same sentence has the number with `/2` and no quote.""",
        """
        # source.txt
        8. Background: Organizations have grown in number. They have become a vital force.

        # article_08.policy
        article 8 "Background"

        note 8.1 background
          | Organizations have grown in number.

        define 8.2 vital "a vital force" about organization
          | They have become a vital force.
          means larger

        note 8.3 background
          | They have become a vital force.
        """,
    ),
    _explanation(
        Code.MISPLACED_SENTENCE,
        "A sentence is quoted under the number of another",
        """Sentences are counted by full stops, without the title of the article; in an article with items in parentheses
        they are counted within the item. The help line says which number the sentence has.""",
        """
        # source.txt
        8. Background: Organizations have grown in number. They have become a vital force.

        # article_08.policy
        article 8 "Background"

        note 8.1 background
          | They have become a vital force.

        note 8.2 background
          | Organizations have grown in number.
        """,
    ),
    _explanation(
        Code.NO_SUCH_SENTENCE,
        "A statement has a number that the source does not have",
        """The source has no sentence of this number, so the statement rests on nothing. Number it after the sentence that
        it encodes, or take it out.""",
        """
        # source.txt
        8. Background: Organizations have grown in number. They have become a vital force.

        # article_08.policy
        article 8 "Background"

        note 8.1 background
          | Organizations have grown in number.

        note 8.2 background
          | They have become a vital force.

        note 8.3 background
          | Nobody said this.
        """,
    ),
    _explanation(
        Code.NO_SENTENCES,
        "The source has no numbered articles",
        """The source is a text file in which each article is one paragraph: its number, its title, then its sentences, as
        in `8. Background: Organizations have grown in number.` Everything else in it is left aside.""",
        """
        # source.txt
        Organizations have grown in number. They have become a vital force.

        # article_08.policy
        article 8 "Background"
        """,
    ),
    _explanation(
        Code.OUTSIDE_ARTICLES,
        "Text of the source belongs to no article",
        """Behind the first article, a line that holds a sentence is an article of its own, with a number that comes after
        the one before. What an article says stands on one line: join its paragraphs. Headings, which hold no sentence, and
        what stands before the first article are left aside; the audit lists them.""",
        """
        # source.txt
        8. Background: Organizations have grown in number. They have become a vital force.

        They are many.

        # article_08.policy
        article 8 "Background"

        note 8.1 background
          | Organizations have grown in number.

        note 8.2 background
          | They have become a vital force.
        """,
    ),
    _explanation(
        Code.MISNUMBERED,
        "The source numbers its items twice or out of order",
        """In an article with items in parentheses, sentences are numbered by item, so two items of one number would hide each
        other. Put the number right in the source.""",
        """
        # source.txt
        8. Tasks: (1) Grow in number. (1) Become a vital force.

        # article_08.policy
        article 8 "Tasks"

        note 8.1 aim
          | Grow in number.
        """,
        """
        # source.txt
        8. Tasks: (1) Grow in number. (2) Become a vital force.

        # article_08.policy
        article 8 "Tasks"

        note 8.1 aim
          | Grow in number.

        note 8.2 aim
          | Become a vital force.
        """,
    ),
)
