"""Local measures: the parameters that they set, and how they go with the policies that they are under."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, suggestion
from sopb_rules.model.declare import Declarations
from sopb_rules.model.files import SHIPPED
from sopb_rules.model.norms import Measures, Setting
from sopb_rules.model.numbering import statement_name
from sopb_rules.syntax import tree as t

_OF_MEASURES = t.MeasuresHeader | t.ParameterSetting


def apart(files: Iterable[t.PolicyFile]) -> tuple[list[t.PolicyFile], list[Diagnostic]]:
    """The files without what does not belong there, and what that is.

    A file of measures holds nothing else, and what sets parameters stands in one. What does not belong is left out, so that
    nothing more is said of it; of several such statements in a file the first is told.
    """
    kept: list[t.PolicyFile] = []
    diagnostics: list[Diagnostic] = []
    for file in files:
        is_measures = any(isinstance(each, t.MeasuresHeader) for each in file.statements)
        strangers = [each for each in file.statements if is_measures != isinstance(each, _OF_MEASURES)]
        if not strangers:
            kept.append(file)
            continue
        kept.append(attrs.evolve(file, statements=tuple(each for each in file.statements if each not in strangers)))
        if is_measures:
            message = "measures set parameters, and hold nothing else"
            help = "leave it out, or put it among the policies that the measures are under"
        else:
            message = "what sets a parameter stands in a file of measures"
            help = 'begin a file with `measures "…" under` and the name of the vocabulary'
        where = statement_name(strangers[0])
        diagnostics.append(Diagnostic(Code.MEASURES, message, strangers[0].span, where=where, help=help))
    return kept, diagnostics


def apply_measures(declarations: Declarations) -> Measures | None:
    """Give the parameters that measures set their values.

    What is wrong with the measures is noted in the declarations. Nothing is set where there is no vocabulary: the
    policies that the measures are under were not found, and all that follows would be noise.
    """
    headers = list(declarations.statements(t.MeasuresHeader))
    for second in headers[1:]:
        help = f"it also stands at {headers[0].span}"
        declarations.error(Code.DOUBLED_NAME, "a policy set has one `measures`", second, help=help)
    if not headers:
        return None
    header = headers[0]
    found = _check_base(declarations, header)
    settings = _settings(declarations) if found else {}
    return Measures(header.title.text, header.base.text, settings, header.span)


def _check_base(declarations: Declarations, header: t.MeasuresHeader) -> bool:
    """Whether there are policies for the measures to be under, perhaps of another name."""
    vocabulary = next(iter(declarations.statements(t.VocabularyHeader)), None)
    name = vocabulary.name.text if vocabulary is not None else ""
    if name != header.base.text:
        help = suggestion(header.base.text, [name or SHIPPED], "policies")
        if not name and not help.startswith("did you"):
            help = (
                f"`{SHIPPED}` come with sopb; measures under policies of your own lie in the folder of their vocabulary"
            )
        message = f"there are no policies `{header.base}` for the measures to be under"
        declarations.error(Code.MEASURES, message, header.base, "measures", help=help)
    return vocabulary is not None


def _settings(declarations: Declarations) -> dict[str, Setting]:
    settings: dict[str, Setting] = {}
    for node in declarations.once(t.ParameterSetting, "parameter", "is set"):
        parameter = declarations.parameters.get(node.name.text)
        if parameter is None:
            open_ones = [each.name for each in declarations.parameters.values() if each.may_be_open]
            help = suggestion(node.name.text, open_ones, "open parameters")
            message = f"there is no parameter `{node.name}`"
            declarations.error(Code.UNKNOWN_NAME, message, node.name, f"set {node.name}", help=help)
        elif (setting := _setting(declarations, node)) is not None:
            settings[node.name.text] = setting
    return settings


def _setting(declarations: Declarations, node: t.ParameterSetting) -> Setting | None:
    """Give one parameter its values; None where the policies give it one on that day already."""
    where = f"set {node.name}"
    parameter = declarations.parameters[node.name.text]
    values = declarations.dated_values(node.values, parameter.type, where)
    given = parameter.given_from
    if not parameter.may_be_open:
        message = f"`{node.name}` is not left open: the policies give it a value"
        help = f"it stands at {parameter.places[0]}"
        declarations.error(Code.NOT_LEFT_OPEN, message, node.name, where, help=help)
        return None
    late = [place for start, _, place in values if given is not None and start >= given]
    if late:
        message = f"from {given} on `{node.name}` is not left open: the policies give it a value"
        help = f"it stands at {parameter.places[0]}"
        declarations.diagnostics.append(Diagnostic(Code.NOT_LEFT_OPEN, message, late[0], where=where, help=help))
        return None
    parameter = attrs.evolve(
        parameter,
        values=(*((start, value) for start, value, _ in values), *parameter.values),
        places=(*(place for _, _, place in values), *parameter.places),
        from_measures=len(values),
    )
    declarations.parameters[node.name.text] = parameter
    return Setting(parameter, node.quote.text, node.examples, node.span)
