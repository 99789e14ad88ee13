"""What a person means by an id, a name or the number of an article."""

from __future__ import annotations

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model.norms import Decision, Definition, Norm, Policies, Statement, article_of, is_number
from sopb_rules.model.numbering import id_suggestion


def called(policies: Policies, name: str) -> list[Statement]:
    """The statements that a person means.

    Args:
        name: the id of a norm, a decision, a case or a definition, the name of a decision or a definition, or the number of
            an article, which means all that stands in it.

    Raises:
        RulesError: nothing is called so.
    """
    if name.isdigit() and (of_article := [each for each in policies.statements if _article(each) == int(name)]):
        return of_article
    found = [each for each in policies.statements if name in _names(each)]
    if not found:
        names = [each for statement in policies.statements for each in _names(statement)]
        help = (
            suggestion(name, names, "there are")
            if not is_number(name)
            else id_suggestion(
                name, [each for statement in policies.statements for each in _names(statement) if each[0].isdigit()]
            )
        )
        raise RulesError([Diagnostic(Code.UNKNOWN_NORM, f"there is no norm, decision or definition {name}", help=help)])
    return found


def _article(statement: Statement) -> int | None:
    """The article of the document that a statement stands in."""
    if isinstance(statement, Definition):
        return article_of(statement.id) if statement.id[:1].isdigit() else None
    return statement.article


def _names(statement: Statement) -> tuple[str, ...]:
    match statement:
        case Norm(id=id):
            return (id,)
        case Decision(id=id, name=name):
            return (id, name, *(case.id for case in statement.cases))
        case Definition(id=id, name=name):
            return (id, name) if id else (name,)
