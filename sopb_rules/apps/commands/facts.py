"""`sopb facts`: all that can be stated, for people, editors and programs."""

from __future__ import annotations

from pathlib import Path

import click

from sopb_rules.apps.inputs import format_option, load, output_json, policies_option


@click.command("facts", short_help="Show what state files may state.")
@policies_option
@click.option("--json-schema", "schema", is_flag=True, help="The JSON Schema of state files, for editors.")
@click.option("--python-stubs", "stubs", is_flag=True, help="The .pyi of the Python classes for stating facts.")
@format_option("text", "json")
def command(folder: Path | None, schema: bool, stubs: bool, form: str) -> None:
    """Show the facts that state files may state, by entity, with types, questions and assessors.

    The JSON of `sopb evaluate --format json` has another schema: sopb_rules/findings/report.schema.json in the package.
    """
    if schema and stubs:
        raise click.UsageError("--json-schema and --python-stubs are two outputs: ask for one at a time")
    policies = load(folder)
    if schema:
        from sopb_rules.states.schema import json_schema

        output_json(json_schema(policies.model.vocabulary, policies.model.judgement_keys))
    elif stubs:
        from sopb_rules.states.classes import stubs as stubs_of

        click.echo(stubs_of(policies.model.vocabulary), nl=False)
    elif form == "json":
        from sopb_rules.apps.facts_data import facts_as_dict

        output_json(facts_as_dict(policies.model))
    else:
        from sopb_rules.apps.text.facts import print_facts
        from sopb_rules.apps.text.page import Page

        print_facts(Page.of_stdout(), policies.model)
