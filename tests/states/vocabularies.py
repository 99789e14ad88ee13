"""A small vocabulary with a fact of every type, made by hand so that these tests need no parser."""

from __future__ import annotations

from sopb_rules.model.vocabulary import (
    Contained,
    Count,
    Date,
    Days,
    Entity,
    Fact,
    FactType,
    Inverse,
    Judgement,
    Kind,
    KindType,
    ListOf,
    Money,
    Months,
    Number,
    Percent,
    Reference,
    Role,
    Text,
    Vocabulary,
    YesNo,
)


def small_vocabulary(currency: str | None = "yuan") -> Vocabulary:
    """Organizations, the Party organization and the changes inside them, and the regions that they refer to."""
    superior = Role("superior", "the superior")
    values = {"social_group": "social group", "foundation": "foundation"}
    kind = Kind("organization_kind", "organization kind", values, False)
    level = Kind("level", "level", {"township": "township", "county": "county", "national": "national"}, True)
    mood = Kind("mood", "mood", {"good": "good", "unknown": "unknown", "absent": "absent"}, False)
    organization = Entity("organization", "social organization")
    party_organization = Entity("party_organization", "Party organization")
    change = Entity("change", "change")
    region = Entity("region", "region")

    _facts(
        organization,
        name=Text(),
        kind=KindType(kind),
        level=(KindType(level), "optional"),
        mood=KindType(mood),
        formal_members=Count(),
        score=Number(),
        member_share=Percent(),
        dues=Money(),
        registered_on=Date(),
        reported_on=(Date(), "optional"),
        notice=Days(),
        term=Months(),
        motto=(Text(), "optional"),
        dissolved=YesNo(),
        party_organization=(Contained(party_organization), "optional"),
        register=Contained(party_organization),
        changes=ListOf(change),
        region=Reference(region),
        second_region=(Reference(region), "optional"),
        aligned=Judgement(superior),
        **{"class": (Count(), "optional")},
    )
    _facts(party_organization, approved=YesNo(), next_transition=Date())
    _facts(change, kind=KindType(kind), decided_on=Date(), members_after=Count())
    _facts(region, name=Text(), has_office=YesNo(), organizations=Inverse(organization, "region"))
    for holder in (organization,):
        for fact in holder.facts.values():
            if isinstance(fact.type, Contained | ListOf):
                fact.type.entity.holders.append((holder, fact))
    entities = {each.name: each for each in (organization, party_organization, change, region)}
    kinds = {each.name: each for each in (kind, level, mood)}
    return Vocabulary("small", "A small one", "1", currency, {}, {superior.name: superior}, kinds, entities)


def _facts(entity: Entity, **types: FactType | tuple[FactType, str]) -> None:
    for name, type_ in types.items():
        optional = isinstance(type_, tuple)
        fact_type = type_[0] if isinstance(type_, tuple) else type_
        entity.facts[name] = Fact(name, fact_type, name.replace("_", " "), optional)


#: A state that says something about every fact.
FULL = """\
as_of: 2026-11-01
organization:
  - id: riverside
    name: Riverside Foundation
    kind: foundation
    level: county
    formal_members: 5
    score: -2.50
    member_share: 40%
    dues: 500 yuan
    registered_on: 2024-02-29
    reported_on: absent
    notice: 30 days
    term: 1 year 6 months
    motto: ~
    dissolved: no
    party_organization:
      approved: yes
      next_transition: unknown
    register: {approved: false}
    changes:
      - kind: social_group
        members_after: 3
      - {id: second, decided_on: 2025-12-31}
    region: east
    second_region: null
    aligned: {value: true, by: District committee, on: 2026-05-01}
    class: 2
    judgements:
      8.3(a): {value: unknown, by: District committee, on: 2026-05-02}
  - id: 17
    changes: []
region:
  - id: east
    name: NO
"""
