"""``leadqual schema``: the JSON Schema of playbooks, for editors."""

from pathlib import Path

import click

from leadqual.cli.output import check_output, text_option, write_text
from leadqual.cli.screen import say, screen


@click.command()
@text_option(".json", "the schema")
def schema(*, output: Path | None) -> None:
    """Print the JSON Schema of playbooks, for editors.

    An editor that knows it completes keys, shows what they mean and marks what is wrong while one types. For a TOML
    editor: `leadqual schema -o playbook.schema.json`, and as the first line of the playbook
    `#:schema ./playbook.schema.json`.
    """
    from leadqual.playbook.jsonschema import schema_text

    if output is None:
        click.echo(schema_text(), nl=False)
        return
    check_output(output, (), (".json",))
    write_text(output, schema_text())
    say(screen(), f"Wrote {output}.", wrap=False)
