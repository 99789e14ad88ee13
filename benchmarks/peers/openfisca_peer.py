"""The six norms in OpenFisca: a variable for each fact and each norm, the numbers as parameters of the legislation.

Twice: as country packages are written, formulas that give members of an enumeration, and facts stated before each
calculation; and tuned, formulas that give the places of these members, in a simulation that holds the facts already.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers.facts import (
    DATES,
    FACTS,
    KINDS,
    LEADERSHIP_TERM_MONTHS,
    MEMBERS_REQUIRED,
    NEWLY_ESTABLISHED_MONTHS,
    NORMS,
    PERMISSIONS,
    PROMPT_DAYS,
    TODAY,
    VERDICT,
    VERDICTS,
)
from benchmarks.peers.peer import Peer

DAY = TODAY.isoformat()
Organization = build_entity("organization", "organizations", "a social organization", is_person=True)
ENUMS: dict[str, Any] = {name: Enum(name, {value: value for value in values}) for name, values in KINDS.items()}
Verdict: Any = Enum("Verdict", {name: name for name in VERDICTS})
NUMBERS = {
    "leadership_term": LEADERSHIP_TERM_MONTHS,
    "members_required": MEMBERS_REQUIRED,
    "prompt_establishment": PROMPT_DAYS,
    "newly_established": NEWLY_ESTABLISHED_MONTHS,
}
Formula = Callable[[Any, Any, Any], tuple[Any, ...]]
Value = Callable[[str], Any]


def fact(name: str) -> type[Variable]:
    """The variable of a fact, which is stated on a day."""
    members: dict[str, Any] = {"entity": Organization, "definition_period": DateUnit.DAY, "value_type": bool}
    if name in KINDS:
        first = next(iter(ENUMS[name]))
        members |= {"value_type": Enum, "possible_values": ENUMS[name], "default_value": first}
    elif name in DATES:
        members["value_type"] = datetime.date
    elif name == "formal_members":
        members["value_type"] = int
    return type(name, (Variable,), members)


def norm(id: str, conditions: Formula, value: Value) -> type[Variable]:
    """The variable of a norm, whose values are the verdicts."""
    verdict = permission if id in PERMISSIONS else duty

    def formula(organization: Any, period: Any, parameters: Any) -> Any:
        return verdict(value, *conditions(organization, period, parameters))

    members = {
        "entity": Organization,
        "definition_period": DateUnit.DAY,
        "value_type": Enum,
        "possible_values": Verdict,
        "default_value": Verdict["unknown"],
        "formula": formula,
    }
    return type(variable(id), (Variable,), members)


def variable(id: str) -> str:
    return f"norm_{id.replace('.', '_')}"


def duty(value: Value, applies: Any, satisfied: Any) -> Any:
    return np.select([~applies, satisfied], [value("not_applicable"), value("met")], value("unmet"))


def permission(value: Value, applies: Any, act: Any, provided: Any = True) -> Any:
    used = np.where(provided, value("used"), value("exceeded"))
    return np.select([~applies, ~act], [value("not_applicable"), value("open")], used)


def before(period: Any, months: int) -> np.datetime64:
    """The day so many months before the one that is asked about."""
    return np.datetime64(str(period.start.offset(-months, DateUnit.MONTH)))


def norm_8_1(o: Any, period: Any, parameters: Any) -> tuple[Any, ...]:
    in_time = o("leadership_in_office_since", period) >= before(period, parameters(period).leadership_term)
    asked = o("has_party_organization", period) & o("form_appropriate", period) & o("approved", period) & in_time
    return o("formal_members", period) >= 3, asked


def norm_8_2(o: Any, period: Any, parameters: Any) -> tuple[Any, ...]:
    few = o("formal_members", period) < parameters(period).members_required
    level, levels = o("approving_committee_level", period), ENUMS["approving_committee_level"]
    return (
        o("larger", period) & o("numerous_member_units", period) & few,
        o("has_party_organization", period) & (o("form", period) == ENUMS["form"].party_committee),
        o("approved", period) & (level.view(np.ndarray) >= levels.county.index),
    )


def norm_11_3(o: Any, period: Any, parameters: Any) -> tuple[Any, ...]:
    met, there = o("conditions_met_since", period), o("has_party_organization", period)
    deadline = met + np.timedelta64(parameters(period).prompt_establishment, "D")
    later = met > o("registered_on", period)
    applies = (o("formal_members", period) >= 3) & later & (there | (np.datetime64(str(period.start)) > deadline))
    return applies, there & (o("established_on", period) <= deadline)


def norm_11_4(o: Any, period: Any, parameters: Any) -> tuple[Any, ...]:
    registered = o("registered_on", period)
    new = registered >= before(period, parameters(period).newly_established)
    applies = new & (o("formal_members", period) >= 3) & (o("conditions_met_since", period) <= registered)
    return applies, o("establishment_encouraged", period) & o("establishment_facilitated", period)


def norm_17_2(o: Any, period: Any, parameters: Any) -> tuple[Any, ...]:
    applies = o(variable("17.4"), period) == Verdict.not_applicable  # unless 17.4 applies
    return applies, o("secretary_position", period) != ENUMS["secretary_position"].from_outside


def norm_17_4(o: Any, period: Any, parameters: Any) -> tuple[Any, ...]:
    return ~o("suitable_candidate_within", period), o("appointment_requested", period)


def system(value: Value) -> TaxBenefitSystem:
    """The legislation, with what a formula gives for a verdict."""
    made = TaxBenefitSystem([Organization])
    numbers = {name: {"values": {"2000-01-01": {"value": number}}} for name, number in NUMBERS.items()}
    made.parameters = ParameterNode("", data=numbers)
    for name in FACTS:
        made.add_variable(fact(name))
    conditions = (norm_8_1, norm_8_2, norm_11_3, norm_11_4, norm_17_2, norm_17_4)
    for id, each in zip(NORMS, conditions, strict=True):
        made.add_variable(norm(id, each, value))
    return made


WITH_MEMBERS = system(lambda name: Verdict[name])
WITH_PLACES = system(lambda name: Verdict[name].index)


def arrays(table: pl.DataFrame) -> dict[str, np.ndarray]:
    """The facts as arrays; values of a kind by their place, which OpenFisca takes fastest."""
    return {name: (table[name].to_physical() if name in KINDS else table[name]).to_numpy() for name in FACTS}


def simulation(legislation: TaxBenefitSystem, facts: dict[str, np.ndarray]) -> Simulation:
    """A simulation that holds the facts."""
    made = SimulationBuilder().build_default_simulation(legislation, count=len(facts["formal_members"]))
    for name, values in facts.items():
        made.set_input(name, DAY, values)
    return made


def calculated(simulation: Simulation) -> dict[str, Any]:
    """The verdicts, calculated anew."""
    for id in NORMS:
        simulation.delete_arrays(variable(id))
    return {id: simulation.calculate(variable(id), DAY) for id in NORMS}


def frame(result: dict[str, Any]) -> pl.DataFrame:
    names = pl.Series(VERDICTS, dtype=VERDICT)
    return pl.DataFrame({id: names.gather(codes.view(np.ndarray)) for id, codes in result.items()})


def one(facts: dict[str, Any]) -> dict[str, str]:
    """One organization, stated as a situation of the web interface is."""
    stated = {name: {DAY: value.isoformat() if name in DATES else value} for name, value in facts.items()}
    made = SimulationBuilder().build_from_entities(WITH_MEMBERS, {"organizations": {"one": stated}})
    return {id: str(made.calculate(variable(id), DAY).decode_to_str()[0]) for id in NORMS}


PEER = Peer(
    name="OpenFisca",
    unknowns=False,
    one=one,
    native=arrays,
    population=lambda facts: calculated(simulation(WITH_MEMBERS, facts)),
    frame=frame,
    remark="one core; stated and calculated",
)
TUNED = Peer(
    name="OpenFisca, tuned",
    unknowns=False,
    one=None,
    native=lambda table: simulation(WITH_PLACES, arrays(table)),
    population=calculated,
    frame=frame,
    remark="one core; calculated alone, by places of members",
)
