"""Local measures: the parameters that each layer sets, and what else it says."""

from __future__ import annotations

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, suggestion
from sopb_rules.model.declare import Declarations
from sopb_rules.model.layers import header_of, layer_name
from sopb_rules.model.norms import Measures, Setting
from sopb_rules.syntax import tree as t


def apply_measures(declarations: Declarations) -> tuple[Measures, ...]:
    """Give the parameters that measures set their values, one layer after the other, the lowest first.

    What is wrong with the measures is noted in the declarations.
    """
    return tuple(
        _layer(declarations, file, header) for file in declarations.files if (header := header_of(file)) is not None
    )


def _layer(declarations: Declarations, file: t.PolicyFile, header: t.MeasuresHeader) -> Measures:
    settings: dict[str, Setting] = {}
    for node in declarations.once(t.ParameterSetting, "parameter", "is set", file):
        parameter = declarations.parameters.get(node.name.text)
        if parameter is None:
            open_ones = [each.name for each in declarations.parameters.values() if each.may_be_open]
            help = suggestion(node.name.text, open_ones, "open parameters")
            message = f"there is no parameter `{node.name}`"
            declarations.error(Code.UNKNOWN_NAME, message, node.name, f"set {node.name}", help=help)
        elif (setting := _setting(declarations, node, header)) is not None:
            settings[node.name.text] = setting
    tightened = tuple(each.id.text for each in file.statements if isinstance(each, t.TighteningDeclaration))
    name = header.name.text if header.name is not None else ""
    return Measures(name, header.title.text, header.base.text, settings, tightened, header.span)


def _setting(declarations: Declarations, node: t.ParameterSetting, header: t.MeasuresHeader) -> Setting | None:
    """Give one parameter its values; None where it has one on that day already that measures may not change.

    From the first day on of what is set, it stands in the place of what measures below have set.
    """
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
        help = f"it stands at {parameter.places[parameter.from_measures]}"
        declarations.diagnostics.append(Diagnostic(Code.NOT_LEFT_OPEN, message, late[0], where=where, help=help))
        return None
    of_measures = parameter.from_measures
    kept = [index for index in range(of_measures) if not values or parameter.values[index][0] < values[0][0]]
    title = header.title.text
    changed = attrs.evolve(
        parameter,
        values=(
            *(parameter.values[index] for index in kept),
            *((start, value) for start, value, _ in values),
            *parameter.values[of_measures:],
        ),
        places=(
            *(parameter.places[index] for index in kept),
            *(place for _, _, place in values),
            *parameter.places[of_measures:],
        ),
        set_by=(
            *(parameter.set_by[index] for index in kept),
            *(title for _ in values),
            *parameter.set_by[of_measures:],
        ),
        from_measures=len(kept) + len(values),
    )
    declarations.parameters[node.name.text] = changed
    quote = node.quote.lines
    quote_span = quote[0].span.to(quote[-1].span) if quote else None
    return Setting(changed, node.quote.text, node.examples, node.span, layer_name(header), of_measures > 0, quote_span)
