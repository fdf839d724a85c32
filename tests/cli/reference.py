"""Writes docs/cli.md from the commands: usage, arguments, options, and an example of each that is run.

PYTHONPATH=src python -m tests.cli.reference
"""

import re
import shlex
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import click
from click.testing import CliRunner

from leadqual.cli.app import cli

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
HOW = "PYTHONPATH=src python -m tests.cli.reference"
_WIDTH = 120
_RANGE = re.compile(r"(\d+)<=x<=(\d+)")
_NOW = "--now 2026-11-01T12:00:00Z"
_BASE = f"--leads leads.csv --events events.csv {_NOW}"
_EARLIER = "--leads leads.csv --events events.csv --now 2026-10-20T12:00:00Z"

PLAYBOOK = """\
schema = 1
name = "studio"
version = "2026.11"
attributes = { job_title = "text", employees = "integer" }
properties = { page = "text" }

[fit]
grades = { A = 25, B = 10, C = 0 }
[[fit.criteria]]
name = "Decision maker"
when = { field = "job_title", op = "contains_word", value = ["CEO", "CTO", "Head"], ignore_case = true }
points = 20
[[fit.tables]]
name = "Size"
field = "employees"
bands = [{ below = 10, points = 0 }, { below = 500, points = 10 }, { points = 5 }]

[interest]
decay = { half_life = 14 }
levels = { 1 = 10, 2 = 4, 3 = 0 }
[[interest.rules]]
event = "download"
points = 2
per_day = 1
[[interest.rules]]
name = "Pricing page"
event = "page_view"
when = { field = "page", op = "starts_with", value = "/pricing" }
points = 4
per_day = 1
[[interest.rules]]
event = "demo_request"
points = 8
per_day = 1

[qualify.mql]
when = { all = [{ field = "grade", op = "in", value = ["A", "B"] }, { field = "interest", op = "ge", value = 4 }] }
stay = { all = [{ field = "grade", op = "in", value = ["A", "B"] }, { field = "interest", op = "ge", value = 2 }] }
[qualify.sql]
when = { all = [{ field = "grade", op = "eq", value = "A" }, { field = "interest", op = "ge", value = 10 }] }

[objectives.enterprise]
bands = { Size = [0, 5, 30] }
[objectives.startups]
bands = { Size = [30, 10, 0] }

[labels.es]
job_title = "cargo"
employees = "número de empleados"
download = "descarga"
demo_request = "solicitud de demostración"
"Decision maker" = "Persona que decide"
"Pricing page" = "Página de precios"
Size = "Tamaño"

[[examples]]
name = "A CTO who asks for a demo"
lead = { job_title = "CTO", employees = 80 }
events = [{ kind = "download", day = 0 }, { kind = "demo_request", day = 1 }]
expect = { grade = "A", qualifies = ["mql"] }
"""
LEADS = """\
lead_id,job_title,employees
L1,CTO,240
L2,Head of Sales,2000
L3,Founder and CEO,4
L4,Student,
"""
EVENTS = """\
event_id,lead_id,kind,at,page
e1,L1,download,2026-10-20T09:00:00Z,
e2,L1,page_view,2026-10-27T10:15:00Z,/pricing
e3,L1,download,2026-10-29T17:00:00Z,
e4,L2,page_view,2026-10-30T08:30:00Z,/pricing/teams
e5,L3,demo_request,2026-10-31T15:20:00Z,
e6,L4,download,2026-10-01T20:31:00Z,
"""
VERDICTS = """\
lead_id,at,verdict,reason,amount,currency
L1,2026-10-30T09:00:00Z,maybe,no_budget,,
L2,2026-10-31T09:00:00Z,accept,,,
L2,2026-11-01T11:00:00Z,yes,,4800,EUR
"""
MAILS = """\
schema = 1
name = "mails"
version = "1"
properties = { page = "text" }

[nurture]
home = "Europe/Madrid"
bases = [{ basis = "opt_out", channels = "email" }]
windows.email = { hours = ["09:00-18:00"], weekdays = ["mon", "tue", "wed", "thu", "fri"] }

[content]
first-steps = { kind = "article" }
a-customer-tells = { kind = "case_study" }

[sequences.education]
enter = { on = ["download"] }
steps = [
  { name = "article", wait = "1d", channel = "email", content = "first-steps" },
  { name = "prices", branch = { on = ["page_view"], within = "5d", yes = "story", no = "over" } },
  { name = "story", channel = "email", content = "a-customer-tells" },
  { name = "over", end = true },
]
"""
FILES = {
    "studio.toml": ("toml", PLAYBOOK),
    "mails.toml": ("toml", MAILS),
    "leads.csv": ("text", LEADS),
    "events.csv": ("text", EVENTS),
    "verdicts.csv": ("text", VERDICTS),
}
LOOSER = ("value = 10 }", "value = 5 }")

INTRO = f"""\
# The command line

<!-- Made from the commands: {HOW} -->

`pip install '.[cli]'` brings the command `leadqual`. Each command explains itself: `leadqual score --help`. This page
holds the same, with an example of each; the [tutorial](tutorial.md) tells them as a story.

What holds for all of them:

- Results go to stdout; remarks on usage, errors and progress go to stderr. In a pipe there is no colour.
- Exit codes: **0** done, **1** the input is wrong (a playbook, a file, or a name that neither has: an objective, a
  bar, an example, a lead), **2** wrong usage. With 1 and 2 no file is written. Ctrl-C ends with 130, a closed pipe
  with 141.
- All problems are listed at once, each with its place and what to do about it.
- PLAYBOOK is a file in TOML or JSON. `--now` is the instant as of which leads are scored; without it the clock is
  asked, and the instant is printed so that the run can be repeated.
- `--json` prints one document for machines, the same bytes for the same input.
- Leads are named by their ids; no value of an attribute is shown.

The examples use a small playbook, one more with a sequence, and three small files.
"""
SECOND = f"""\
`looser.toml` is the same playbook, but for the interest that an SQL needs: 5 instead of 10.

<!-- The tests make the change of the sentence above.
-->
<!-- invisible-code-block: python
from pathlib import Path
text = Path("studio.toml").read_text(encoding="utf-8")
assert text.count("{LOOSER[0]}") == 1
_ = Path("looser.toml").write_text(text.replace("{LOOSER[0]}", "{LOOSER[1]}"), encoding="utf-8")
-->
"""
Example = tuple[str, int, int]
"""A command, and how many lines of what it prints are shown at the start and at the end; 0 and 0 for all."""
EXAMPLES: dict[str, tuple[Example, ...]] = {
    "demo": (("leadqual demo --leads 60 --out demo", 8, 0),),
    "init": (
        ("leadqual init mine.toml", 0, 0),
        ("leadqual init fitted.toml --leads leads.csv --events events.csv", 2, 0),
    ),
    "check": (
        ("leadqual check studio.toml --strict", 0, 0),
        ("leadqual check studio.toml --diagram", 12, 0),
        ("leadqual check studio.toml --diagram mermaid", 12, 0),
        ("leadqual check studio.toml --diagram toml", 12, 0),
    ),
    "describe": (("leadqual describe studio.toml --language es", 16, 0),),
    "score": (
        (f"leadqual score studio.toml {_BASE}", 0, 0),
        (f"leadqual score studio.toml {_BASE} --objective all -o best.csv", 0, 0),
        (f"leadqual score studio.toml {_BASE} --engine duckdb --verify 4 -o scores.csv", 0, 0),
    ),
    "explain": (
        (f"leadqual explain studio.toml --lead L2 {_BASE}", 0, 0),
        (f"leadqual explain studio.toml --lead L1 {_BASE} --forecast 40", 0, 0),
        (f"leadqual explain studio.toml --lead L1 {_BASE} --since 2026-10-25T00:00:00Z", 0, 0),
        ("leadqual explain studio.toml --example 'A CTO who asks for a demo' --language es", 12, 0),
        (f"leadqual explain studio.toml --lead L1 {_BASE} --verdicts verdicts.csv --history", 0, 0),
    ),
    "history": ((f"leadqual history studio.toml {_BASE} --verdicts verdicts.csv -o history.csv", 0, 0),),
    "plan": (
        (f"leadqual plan mails.toml {_EARLIER} --lead L1", 0, 0),
        (f"leadqual plan mails.toml {_EARLIER} -o touches.csv", 0, 0),
    ),
    "run": (
        (f"leadqual run mails.toml --store sqlite:///leads.db {_EARLIER}", 0, 0),
        (f"leadqual run mails.toml --store sqlite:///leads.db {_BASE}", 6, 5),
    ),
    "tick": (("leadqual tick mails.toml --store sqlite:///leads.db --now 2026-11-05T12:00:00Z", 0, 0),),
    "effects": (("leadqual effects mails.toml --store sqlite:///leads.db --now 2026-11-05T12:00:00Z", 0, 0),),
    "diff": ((f"leadqual diff studio.toml looser.toml {_BASE}", 0, 0),),
    "sql": (
        ("leadqual sql studio.toml --dialect postgres --now 2026-11-01T12:00:00Z", 24, 4),
        ("leadqual sql studio.toml --dialect snowflake --ascii-only -o scores.sql", 0, 0),
    ),
    "schema": (("leadqual schema", 4, 0), ("leadqual schema -o playbook.schema.json", 0, 0)),
}


def page() -> str:
    """Return the page as it should be."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, (_, text) in FILES.items():
            Path(name).write_text(text, encoding="utf-8")
        Path("looser.toml").write_text(PLAYBOOK.replace(*LOOSER), encoding="utf-8")
        return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield INTRO
    for name, (language, text) in FILES.items():
        yield f'```{language} title="{name}"\n{text}```\n'
    yield SECOND
    for name, command in cli.commands.items():
        yield f"## leadqual {name}\n"
        yield from _command(name, command)


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"leadqual {name}")
    yield f"`{context.command_path} {' '.join(command.collect_usage_pieces(context))}`\n"
    for paragraph in (command.help or "").split("\n\n"):
        yield f"{textwrap.fill(' '.join(paragraph.split()), _WIDTH, break_on_hyphens=False)}\n"
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record is not None and record[1] and "--help" not in option.opts:
            text = f"- `{record[0]}`: {_told(record[1])}"
            yield textwrap.fill(text, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    yield ""
    for example in EXAMPLES[name]:
        yield _example(*example)


def _told(text: str) -> str:
    """Return the help of an option with what click puts in brackets behind it as sentences."""
    words, _, more = text.removesuffix("]").rpartition("  [") if text.endswith("]") else (text, "", "")
    notes = [_RANGE.sub(r"from \1 to \2", note).replace("x>=", "from ") for note in more.split("; ") if note]
    return " ".join([words, *(f"{note[0].upper()}{note[1:]}." for note in notes)])


def _example(command: str, first: int, last: int) -> str:
    settings = {"COLUMNS": "120", "NO_COLOR": "1"}
    result = CliRunner().invoke(cli, shlex.split(command)[1:], env=settings, prog_name="leadqual")
    if result.exit_code:
        raise RuntimeError(f"{command} ended with {result.exit_code}:\n{result.stdout}{result.stderr}")
    lines = [line.rstrip() for line in (result.stdout + result.stderr).rstrip().split("\n")]
    if (first or last) and len(lines) > first + last:
        lines = [*lines[:first], "...", *lines[len(lines) - last :]]
    return "\n".join(["```console", f"$ {command}", *lines, "```\n"])


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"wrote {PAGE}\n")


if __name__ == "__main__":
    main()
