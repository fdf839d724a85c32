"""What a playbook must say of a user's files so that they can be read: columns, formats, what to leave out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from leadqual.cli.formats import MISSING_WORDS, Guess, guess_format
from leadqual.cli.names import ALSO_CALLED, match_columns
from leadqual.cli.sample import Column, Sample
from leadqual.errors import InputError, Kind, Problem
from leadqual.files.bind import REQUIRED
from leadqual.lead import ACQUISITIONS, KINDS
from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS

_BUILT_IN: Final = {"leads": LEAD_COLUMNS, "events": EVENT_COLUMNS}
_WORDS: Final = {("leads", "kind"): KINDS, ("leads", "acquisition"): ACQUISITIONS, ("events", "by"): ("lead", "us")}
_TIME: Final = re.compile(r"-?\d{1,20}(?:\.\d+)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?", re.ASCII)
_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?$|\d{1,4}([/.])\d{1,2}\1\d{1,4}(?:[ T].*)?$", re.ASCII)
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}", re.ASCII)


@frozen(kw_only=True)
class TablePlan:
    """How the files of one table will be read.

    Attributes:
        sample: What they hold.
        declared: Names that the starter declares, with their types.
        matched: Our names to the file's.
        unfit: Our names whose column is there but holds something else.
        guess: How the cells are written.
    """

    sample: Sample
    declared: Mapping[str, str]
    matched: Mapping[str, str]
    unfit: Mapping[str, str]
    guess: Guess

    @property
    def unused(self) -> tuple[Column, ...]:
        """The columns that nothing of ours reads."""
        used = set(self.matched.values()) | set(self.unfit.values())
        return tuple(column for name, column in self.sample.columns.items() if name not in used)

    @property
    def absent(self) -> tuple[str, ...]:
        """The declared names for which there is no column."""
        return tuple(name for name in self.declared if name not in self.matched and name not in self.unfit)


def plan_table(sample: Sample, declared: Mapping[str, str], *, zone: str | None) -> TablePlan:
    """Match the columns of the files with ours.

    Args:
        sample: What the files hold.
        declared: Attributes or properties, by name, with their types.
        zone: The user's word for the zone of times that name none.

    Raises:
        InputError: If a column is lacking that no row can do without.
    """
    types = {**_BUILT_IN[sample.table], **declared}
    required = REQUIRED[sample.table]
    ours = [*required, *(name for name in types if name not in required)]
    matched = match_columns(sample.table, ours, sample.columns)
    if "at" in required and "at" not in matched:
        matched |= _timely(sample, matched)
    lacking = [name for name in required if name not in matched]
    if lacking:
        raise InputError(_lacking(sample, lacking))
    unfit: dict[str, str] = {}
    for name, theirs in tuple(matched.items()):
        words = _WORDS.get((sample.table, name))
        if name in required or _fits(sample.columns[theirs], types[name], words):
            continue
        del matched[name]
        if theirs == name:
            unfit[name] = theirs
        else:  # another column may be called so too, and hold what is meant
            left = [c for c, column in sample.columns.items() if c != theirs and _fits(column, types[name], words)]
            matched |= match_columns(sample.table, [name], [c for c in left if c not in matched.values()])
    instants = [sample.columns[theirs] for name, theirs in matched.items() if types[name] == "instant"]
    others = [column for column in sample.columns.values() if column not in instants]
    guess = guess_format(instants, others, zone=zone, encoding=sample.encoding)
    return TablePlan(sample=sample, declared=declared, matched=matched, unfit=unfit, guess=guess)


def _fits(column: Column, kind: str, words: tuple[str, ...] | None) -> bool:
    values = [value for value in column.values if value not in MISSING_WORDS]
    if kind == "instant":
        return column.typed or all(_is_time(value) for value in values)
    if kind == "integer":
        return all(not isinstance(value, bool | float) and _WHOLE.fullmatch(str(value)) for value in values)
    return all(isinstance(v, str | int) and not isinstance(v, bool) and (words is None or v in words) for v in values)


def _is_time(value: Any) -> bool:
    return not isinstance(value, bool) and _TIME.fullmatch(str(value)) is not None


def _timely(sample: Sample, matched: Mapping[str, str]) -> dict[str, str]:
    """Return the one column left that holds nothing but times, if there is just one."""
    left = [column for name, column in sample.columns.items() if name not in matched.values()]
    times = [c.name for c in left if c.values and (c.typed or all(_DATED.match(str(v)) for v in c.values))]
    return {"at": times[0]} if len(times) == 1 else {}


def _lacking(sample: Sample, names: Sequence[str]) -> Iterator[Problem]:
    part = f"[columns.{sample.table}]"
    way = f"If a column holds it: `leadqual init` without files, then write into the playbook, under {part}: "
    alone = "Each event needs an id of its own, so that one delivered twice counts once. "
    question = _swapped(sample)
    for ours in names:
        hint = f'{question}{alone if ours == "event_id" else ""}{way}{ours} = "its name in your file".'
        got = Kind(f"{len(sample.columns)} columns of other names")
        yield Problem(where=f"--{sample.table}", what=f"no column looks like `{ours}`", got=got, hint=hint)
        question = ""


def _swapped(sample: Sample) -> str:
    """Return a question when the file looks more like one of the other table, and nothing otherwise."""
    other = "events" if sample.table == "leads" else "leads"
    own, others = (len(match_columns(table, [*ALSO_CALLED[table]], sample.columns)) for table in (sample.table, other))
    return f"Is this the {other} file? " if others > max(own, 1) else ""
