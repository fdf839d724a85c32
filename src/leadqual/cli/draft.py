"""Writes a playbook for a user's own files: the starter, with their columns, formats and kinds of events."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from leadqual.cli.formats import format_lines, quoted
from leadqual.cli.kinds import before, with_kinds
from leadqual.cli.screen import safe
from leadqual.cli.tableplan import TablePlan
from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS

_FIT_PART: Final = "# Fit: "
"""How the heading of the part after the declarations begins, in every preset."""
_NAME: Final = re.compile(r'^name = "(.+)"$', re.MULTILINE)
_EXAMPLE: Final = re.compile(r"^\[\[examples\]\]", re.MULTILINE)
_OBJECTIVE: Final = re.compile(r"^\[objectives\.", re.MULTILINE)
_MOST: Final = 40
_RESERVED: Final = ["id", "fit", "fit_high", "interest", "total", "grade", "level", "label", "completeness"]
_TAKEN: Final = frozenset((*LEAD_COLUMNS, *EVENT_COLUMNS, *_RESERVED))
_COLUMN: Final = 38


def draft(
    starter: str, leads: TablePlan, events: TablePlan | None, *, own: Mapping[str, int], ours: Mapping[str, int]
) -> str:
    """Return the starter playbook fitted to files.

    Args:
        starter: The starter's text.
        leads: How the leads files will be read.
        events: How the events files will be read, if there are any.
        own: Kinds of the leads' own acts, with how many there are.
        ours: Kinds of our acts, with how many there are.

    Returns:
        A playbook that reads the files; what was guessed is marked ``CHECK``.
    """
    declared = tomllib.loads(starter)
    unfit = {*leads.unfit, *(events.unfit if events is not None else ())}
    text = _without(starter, unfit & {*declared["attributes"], *declared["properties"]})
    for table, plan in (("attributes", leads), ("properties", events)):
        if plan is not None:
            text = _with_notes(text, table, plan)
    text = before(text, _FIT_PART, [*_mapping_part(leads, events)])
    if events is None:
        return text
    return with_kinds(text, own=own, ours=ours)


def _without(text: str, names: set[str]) -> str:
    """Comment out what reads a column that holds something else than the starter expects, and what builds on that."""
    blocks = text.split("\n\n")
    gone: set[str] = set()
    for i, block in enumerate(blocks):
        used = [name for name in sorted(names) if f'field = "{name}"' in block or f'distinct_by = "{name}"' in block]
        if used:
            gone |= set(_NAME.findall(block))
            blocks[i] = _left_out(block, f"your column {used[0]} holds something else than this expects")
    if not names:
        return text
    whole = any(_OBJECTIVE.search(block) and any(name in block for name in gone) for block in blocks)
    for i, block in enumerate(blocks):  # an example holds of the whole only, and objectives build on one another
        if _EXAMPLE.search(block) or (whole and _OBJECTIVE.search(block)):
            blocks[i] = _left_out(block, "it builds on what is left out above")
    return "\n\n".join(blocks)


def _left_out(block: str, why: str) -> str:
    """Return a block with every line commented out, and the reason above."""
    lines = (line if line.startswith("#") else f"# {line}" for line in block.split("\n"))
    return "\n".join([f"# CHECK: left out, since {why}.", *lines])


def _with_notes(text: str, table: str, plan: TablePlan) -> str:
    """Say under a table of declared names which of them have no column, and which columns nothing reads."""
    lines = text.split("\n")
    begin = lines.index(f"[{table}]") + 1
    end = next(i for i in range(begin, len(lines)) if not lines[i])
    absent = plan.absent
    for i in range(begin, end):
        name = lines[i].partition(" ")[0]
        if name in absent:
            lone = f'distinct_by = "{name}"' in text
            what = "so all such events count as one" if lone else "so nothing is known of it"
            lines[i] = f"{lines[i]}  # CHECK: no column found, {what}"
        elif name in plan.unfit:
            lines[i] = f"# {lines[i]}  # CHECK: your column of this name holds something else"
    lines[end:end] = _unused(plan)
    return "\n".join(lines)


def _unused(plan: TablePlan) -> Iterator[str]:
    unused = plan.unused
    if not unused:
        return
    yield ""
    yield f"# Columns of your {plan.sample.table} that nothing reads yet. To use one, declare it here, under any name;"
    yield f"# if that is not the column's own name, say so in [columns.{plan.sample.table}]."
    for column in unused[:_MOST]:
        values = f"{len(column.values):,}{' or more' if len(column.values) >= 2000 else ''} different"
        bare = unicodedata.normalize("NFD", column.name.strip().lower()).encode("ascii", "ignore").decode("ascii")
        name = re.sub(r"\W+", "_", bare).strip("_") or "column"
        name = f"my_{name}" if name in _TAKEN or name[0].isdigit() else name
        line = f'# {name} = "{_type_of(column.values)}"'
        rows = f"filled in {column.filled:,} of {plan.sample.rows:,} rows, {values}"
        yield f"{line:<{_COLUMN - 2}}  # {rows}{'' if column.name == name else f'; column {safe(quoted(column.name))}'}"
    if len(unused) > _MOST:
        yield f"# … and {len(unused) - _MOST} more"


def _type_of(values: Mapping[object, int]) -> str:
    """Return a type that all of a column's values have, text at the worst."""
    texts = [str(value) for value in values]
    if texts and all(re.fullmatch(r"-?(0|[1-9]\d{0,17})", text) for text in texts):
        return "integer"
    if texts and all(re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text) for text in texts):
        return "number"
    if texts and all(text.lower() in {"true", "false", "yes", "no"} for text in texts):
        return "boolean"
    return "text"


def _mapping_part(leads: TablePlan, events: TablePlan | None) -> Iterator[str]:
    """Yield what is said of the files: our name = the file's name, and how cells are written."""
    tables = [(plan, list(_column_lines(plan)), list(format_lines(plan.guess))) for plan in (leads, events) if plan]
    if not any(columns or formats for _, columns, formats in tables):
        return
    yield f"# Your files {'-' * 106}"
    yield "# Columns: our name = the file's name. Files: how times and empty cells are written."
    yield ""
    for plan, columns, formats in tables:
        for part, lines in (("columns", columns), ("files", formats)):
            if lines:
                yield from (f"[{part}.{plan.sample.table}]", *lines, "")
    yield ""


def _column_lines(plan: TablePlan) -> Iterator[str]:
    for ours, theirs in plan.matched.items():
        if ours != theirs:
            yield f"{ours} = {quoted(theirs)}"
    for ours in plan.unfit:
        if ours in {"kind", "acquisition", "by", "created_at", "since", "valid_from"}:
            yield f'{ours} = "(no such column)"  # CHECK: your column of this name holds something else'
