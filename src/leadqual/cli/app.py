"""The group of commands, and what happens to an error: a clean message and an exit code."""

import os
import sys
from collections.abc import Iterator
from typing import IO, Final

import click

from leadqual import __version__
from leadqual.cli.check import check
from leadqual.cli.demo import demo
from leadqual.cli.describe import describe
from leadqual.cli.diff import diff
from leadqual.cli.effects import effects
from leadqual.cli.explain import explain
from leadqual.cli.history import history
from leadqual.cli.init import init
from leadqual.cli.plan import plan
from leadqual.cli.run import run
from leadqual.cli.schema import schema
from leadqual.cli.score import score
from leadqual.cli.screen import number_of, safe
from leadqual.cli.sql import sql
from leadqual.cli.tick import tick
from leadqual.errors import InputError, LeadqualError, ProblemsError
from leadqual.files import RowsError

_SKIPPING: Final = ("score", "explain", "history", "plan", "run", "diff")
INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports for a program that a closed pipe ended, so that `| head` is told from wrong input."""


class Commands(click.Group):
    """A group whose commands end with 0 (done), 1 (the input is wrong) or 2 (wrong usage), never with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which one meets them."""
        del ctx
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn what went wrong into a message on stderr and an exit code."""
        _forgive(sys.stdout)
        _forgive(sys.stderr)
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except LeadqualError as error:
            _say(*_described(error, ctx.invoked_subcommand))
            ctx.exit(1)
        except BrokenPipeError:
            _close_quietly()
            ctx.exit(BROKEN_PIPE)
        except KeyboardInterrupt:
            _say("leadqual: stopped; nothing was finished.")
            ctx.exit(INTERRUPTED)
        except OSError as error:
            _say(f"leadqual: {error.strerror or 'cannot read or write'}: {error.filename or 'the output'}")
            ctx.exit(1)
        return result


def _described(error: LeadqualError, command: str | None) -> Iterator[str]:
    """Yield the lines that say what is wrong, and whether there is a way round it."""
    if not isinstance(error, ProblemsError):
        yield str(error)
        return
    yield from map(str, error.problems)
    if isinstance(error, InputError):
        if error.total > len(error.problems):
            yield f"… and {error.total - len(error.problems):,} more"
        skipping = isinstance(error, RowsError) and command in _SKIPPING
        way = " `--bad-rows skip` leaves bad rows out and counts them." if skipping else ""
        yield f"{number_of(error.total, 'problem')}; nothing was written.{way}"


def _say(*lines: str) -> None:
    """Print lines on stderr; what came from outside cannot command the terminal, nor make lines of its own."""
    click.echo("\n".join(map(safe, lines)), err=True)


def _forgive(stream: IO[str]) -> None:
    """Let a terminal that cannot show a character show its code instead."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _close_quietly() -> None:
    """Nobody reads any more: let what is still buffered go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # a stream without a file beneath it, as in tests
        return


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="leadqual")
def cli() -> None:
    """Score leads from a playbook that marketing and sales agree on.

    New here? `leadqual demo` shows the whole job on a made-up base; `leadqual init my.toml` writes a commented
    playbook to start from.

    Exit codes: 0 done, 1 the input is wrong, 2 wrong usage.
    """


for command in (demo, init, check, describe, score, explain, history, plan, run, tick, effects, diff, sql, schema):
    cli.add_command(command)
