"""Turns rows of leads files into leads: one version at a time, doubled rows found."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from attrs import define, field

from leadqual.errors import Kind, LeadError, Problem
from leadqual.files.bind import bind, row_problems, warn_absent
from leadqual.files.columns import Columns
from leadqual.files.notes import BadCell, Notes, plain
from leadqual.files.open import open_rows
from leadqual.files.rows import Ask
from leadqual.lead import Lead
from leadqual.playbook.mapping import LEAD_COLUMNS

_EVER: Final = datetime.min.replace(tzinfo=UTC)
_FIELDS: Final = tuple(name for name in LEAD_COLUMNS if name not in ("lead_id", "valid_from"))


@define
class Version:
    """What one row says of a lead from an instant on (from ever, if it names none)."""

    lead: Lead
    valid_from: datetime | None
    where: str


@define
class LeadRows:
    """All versions of all leads, in the order of the files.

    Attributes:
        versions: By lead id; one each, unless the files date them.
        rows: How many rows there were, bad ones not counted.
        dated: Whether every file has the column ``valid_from``.
    """

    versions: dict[str, list[Version]] = field(factory=dict)
    rows: int = 0
    dated: bool = True

    def read(self, columns: Columns, ask: Ask) -> None:
        """Read one file.

        Raises:
            Unusable: If it cannot be used.
            MissingExtra: If it is Parquet and pyarrow is not installed.
        """
        rows = open_rows(ask)
        found = bind(columns, rows)
        own_id, valid_from = found["lead_id"], found.get("valid_from")
        fields = [(name, found[name].position, found[name].read) for name in _FIELDS if name in found]
        attributes = [(name, found[name].position, found[name].read) for name in columns.declared if name in found]
        versions = self.versions
        for line, row in rows.rows:
            try:
                lead = Lead(
                    id=own_id.read(row[own_id.position]),
                    attributes={name: v for name, at, read in attributes if (v := read(row[at])) is not None},
                    **{name: read(row[at]) for name, at, read in fields},
                )
                since_when = valid_from.read(row[valid_from.position]) if valid_from else None
            except BadCell:
                ask.notes.row(*row_problems(found.values(), row, f"{rows.name}:{line}"))
                continue
            except LeadError as error:
                where = f"{rows.name}:{line}"
                problems = row_problems(found.values(), row, where)
                ask.notes.row(*(problems or (problem.under(where) for problem in error.problems)))
                continue
            self.rows += 1
            version = Version(lead, since_when, f"{rows.name}:{line}")
            versions.setdefault(lead.id, []).append(version)
        self.dated = self.dated and valid_from is not None and valid_from.name not in rows.absent()
        warn_absent(columns, rows, ask.notes)

    def settle(self, now: datetime, notes: Notes, id_column: str) -> "Settled":
        """Choose the version of each lead that counts now; leads whose rows contradict each other are left out.

        Args:
            now: The instant of the base.
            notes: Where contradictions go.
            id_column: The file's name of ``lead_id``.
        """
        settled = Settled()
        for lead_id, versions in self.versions.items():
            if len(versions) > 1:
                problems = list(_contradictions(versions, id_column))
                if problems:
                    notes.add(problems)
                    settled.doubled += 1
                    continue
            due = [version for version in versions if version.valid_from is None or version.valid_from <= now]
            if due:
                settled.leads[lead_id] = max(due, key=_from).lead
            else:
                settled.later += 1
        return settled


@define
class Settled:
    """The leads of a base."""

    leads: dict[str, Lead] = field(factory=dict)
    doubled: int = 0
    later: int = 0


def _from(version: Version) -> datetime:
    return _EVER if version.valid_from is None else version.valid_from


def _contradictions(versions: list[Version], id_column: str) -> Iterator[Problem]:
    first: dict[datetime | None, Version] = {}
    for version in versions:
        other = first.setdefault(version.valid_from, version)
        if other is version or other.lead == version.lead:
            continue
        mine, theirs = _content(version.lead), _content(other.lead)
        differs = [name for name in {**theirs, **mine} if mine.get(name) != theirs.get(name)]
        if differs:
            shown = ", ".join(plain(name) for name in differs[:10])
            hint = "Keep one, or say from when each is valid in the column `valid_from`."
            what = f"the lead has another row, {other.where}, that differs in {shown}"
            yield Problem(where=f"{version.where}:{plain(id_column)}", what=what, got=Kind("two rows"), hint=hint)


def _content(lead: Lead) -> Mapping[str, object]:
    """Return what two rows are compared by, with text after NFC."""
    values = {name: getattr(lead, name) for name in _FIELDS} | dict(lead.attributes)
    return {name: _nfc(value) for name, value in values.items()}


def _nfc(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return tuple(map(_nfc, value)) if isinstance(value, tuple) else value
