"""``leadqual describe``: a whole playbook in plain sentences."""

import sys
from pathlib import Path

import click

from leadqual.cli.options import playbook_argument
from leadqual.cli.output import check_output, text_option, write_text
from leadqual.cli.screen import safe, say, say_lines, screen
from leadqual.cli.voice import language_option
from leadqual.languages import language_of
from leadqual.playbook import load_playbook


@click.command()
@playbook_argument
@language_option
@text_option(".md", "the text")
def describe(*, playbook: Path, language: str, output: Path | None) -> None:
    """Say a playbook in plain sentences, for those who agree on it.

    What is read of a lead, what earns how many points, what fades, who qualifies: everything that PLAYBOOK says, for
    people who do not read it. The text is also Markdown.
    """
    from leadqual.playbook.describe import describe as told

    if output is not None:
        check_output(output, (playbook,), (".md", ".txt"))
    text = told(load_playbook(playbook), language=language_of(language))
    if output is not None:
        write_text(output, text)
        say(screen(), f"Wrote {output}.", wrap=False)
    elif sys.stdout.isatty():
        say_lines(screen(), text)
    else:
        click.echo("\n".join(map(safe, text.splitlines())))
