"""A small playbook of our own, so that what files read is tested apart from documents."""

import gzip
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import field, frozen

from leadqual.errors import InputError
from leadqual.files import Base, read_base
from leadqual.playbook.mapping import FileFormat

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LEADS = "lead_id\nL1\nL2\n"


@frozen(kw_only=True)
class Model:
    attributes: Mapping[str, Any] = field(factory=dict)
    properties: Mapping[str, Any] = field(factory=dict)


@frozen(kw_only=True)
class Playbook:
    model: Model = Model()
    columns: Mapping[str, Mapping[str, str]] = field(factory=dict)
    files: Mapping[str, FileFormat] = field(factory=dict)


def playbook(attributes=None, properties=None, *, columns=None, leads=None, events=None) -> Playbook:
    """Return a playbook that declares and maps this; `leads` and `events` are what differs in how files are written."""
    files = {"leads": FileFormat(**(leads or {})), "events": FileFormat(**(events or {}))}
    return Playbook(
        model=Model(attributes=attributes or {}, properties=properties or {}), columns=columns or {}, files=files
    )


def put(folder: Path, name: str, content: str | bytes, *, packed: bool = False) -> Path:
    """Write a file and return its path."""
    data = content.encode() if isinstance(content, str) else content
    path = folder / name
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


def base(
    folder: Path, book: Playbook, leads: str | bytes = LEADS, events: str | bytes | None = None, **more: Any
) -> Base:
    """Read a base from the contents of two CSV files."""
    paths: dict[str, Any] = {"leads": put(folder, "leads.csv", leads)}
    if events is not None:
        paths["events"] = put(folder, "events.csv", events)
    return read_base(book, **paths, now=more.pop("now", NOW), **more)


def lines(error: InputError, folder: Path) -> list[str]:
    """Return the problems as text, without the folder."""
    return str(error).replace(f"{folder}/", "").splitlines()
