"""Playbooks from files and texts: everything that is wrong is said at once."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from leadqual.errors import MOST_PROBLEMS, Kind, ModelError, Problem, shown
from leadqual.fit.values import Fit
from leadqual.hints import did_you_mean
from leadqual.interest.values import Interest
from leadqual.lifecycle.hours import BusinessHours, calendar_problems
from leadqual.playbook.examplecheck import example_problems
from leadqual.playbook.gate import MOST_BYTES, Format
from leadqual.playbook.mapping import FileFormat, column_problems
from leadqual.playbook.objectives import objective_problems
from leadqual.playbook.parse import parse
from leadqual.playbook.playbook import Playbook, label_problems
from leadqual.playbook.read import Reader
from leadqual.playbook.registry import Registry
from leadqual.playbook.shapes import BESIDE, MODEL, NURTURING, TOP
from leadqual.playbook.spelled import composed_tables
from leadqual.playbook.upgrade import upgraded
from leadqual.scoring.model import ScoringModel
from leadqual.texts import word_problem

_TABLES: Final = ("leads", "events", "verdicts")
_OF_STAGES: Final = ("lifecycle", "recycle", "sla")
"""Tables that name the stages of a lifecycle."""


def load_playbook(path: str | Path, *, registry: Registry | None = None) -> Playbook:
    """Read a playbook from a file.

    Args:
        path: A ``.toml`` or ``.json`` file.
        registry: The extensions it may name; the installed ones by default.

    Returns:
        The playbook.

    Raises:
        ModelError: With every problem, if the file cannot be read or is wrong.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            document = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be opened"
        hint = "Check the path; `leadqual init` writes a playbook to begin with."
        raise ModelError(
            [Problem(where=path.name, what="the file cannot be read", got=Kind(reason), hint=hint)]
        ) from None
    formats: dict[str, Format] = {".json": "json", ".toml": "toml"}
    return loads(document, format=formats.get(path.suffix.lower()), registry=registry)


def loads(
    document: str | bytes,
    *,
    format: Format | None = None,
    registry: Registry | None = None,
) -> Playbook:
    r"""Read a playbook from text.

    Args:
        document: TOML or JSON, as text or UTF-8 bytes, at most 2 MiB.
        format: ``"toml"`` or ``"json"``; when absent a text that begins with ``{`` is JSON.
        registry: The extensions it may name; the installed ones by default.

    Returns:
        The playbook.

    Raises:
        ModelError: With every problem, if it is wrong.

    >>> loads('schema = 1\nname = "mine"\nversion = "1"').name
    'mine'
    """
    data = upgraded(parse(document, format))
    data |= {key: composed_tables(data[key]) for key in NURTURING if key in data}
    reader = Reader(registry if registry is not None else _registry(data))
    tables = {key: reader.read(shape, data[key], key) for key, shape in MODEL.items() if key in data}
    beside = {key: reader.read(shape, data[key], key) for key, shape in BESIDE.items() if key in data}
    problems = [*islice(_top_problems(data), MOST_PROBLEMS), *reader.problems]
    model = None
    try:
        model = ScoringModel(**tables)
    except ModelError as error:
        problems += error.problems
    problems += _file_problems(beside.get("files", {}), beside.get("columns", {}), tables)
    playbook = None
    try:
        if model is not None:
            name, version = data.get("name", ""), data.get("version", "")
            playbook = Playbook(name=name, version=version, model=model, **_whole(beside, reader.absent))
    except ModelError as error:
        problems += error.problems
    if model is None:  # what can be said of the rest without one
        problems += label_problems(beside.get("labels", {}))
        problems += _objective_problems(beside, tables)
        problems += calendar_problems(beside.get("calendar", BusinessHours()))
        problems += example_problems(beside.get("examples", ()), None, beside.get("objectives", {}))
    if playbook is None or problems:
        written = (_with_transition(_as_written(problem, reader.written, reader.moved), data) for problem in problems)
        raise ModelError(_in_order(list(written), data))
    return playbook


def _whole(beside: Mapping[str, Any], absent: Collection[str]) -> dict[str, Any]:
    """Return the tables beside the model without a lifecycle that lacks needed keys, and without what hangs on it.

    A stage without a name, or a way that leads nowhere, would have problems that are none.
    """
    parted = any(path.startswith("lifecycle.") for path in absent)
    return {key: part for key, part in beside.items() if not (parted and key in _OF_STAGES)}


def _objective_problems(beside: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the names that objectives use, where the model itself is wrong."""
    if "objectives" in beside:
        yield from objective_problems(
            beside["objectives"], tables.get("fit", Fit()), tables.get("interest", Interest())
        )


def _registry(data: Mapping[str, Any]) -> Registry:
    """Return the installed extensions if the document names any."""
    axes = (data.get("fit"), data.get("interest"))
    sequences = data.get("sequences")
    parts = sequences.values() if isinstance(sequences, Mapping) else ()
    named = any(isinstance(axis, Mapping) and axis.get("scorers") for axis in axes) or any(
        isinstance(part, Mapping) and part.get("planner") for part in parts
    )
    return Registry.installed() if named else Registry()


def _top_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    for key in data:
        if key not in TOP:
            yield Problem(where=key, what="unknown table", got=data[key], hint=did_you_mean(key, TOP))
    for key in ("name", "version"):
        if key not in data:
            yield Problem(where=key, what="it is missing", got=None, hint=f'Write {key} = "…" at the top.')
        else:
            yield from word_problem(data[key], key)


def _file_problems(
    files: Mapping[str, FileFormat], columns: Mapping[str, Any], tables: Mapping[str, Any]
) -> Iterator[Problem]:
    for name, written in files.items():
        if name not in _TABLES:
            yield Problem(where=f"files.{name}", what="unknown file", got=name, hint=did_you_mean(name, _TABLES))
        yield from written.problems(f"files.{name}")
    declared = (tables.get("attributes", {}), tables.get("properties", {}))
    yield from column_problems(columns, attributes=declared[0], properties=declared[1])


def _as_written(problem: Problem, written: Mapping[str, str], moved: Mapping[str, str]) -> Problem:
    """Return a problem with the path that the document has, if it was written in a short way there."""
    for whole, short in moved.items():
        if problem.where == whole or problem.where.startswith((f"{whole}.", f"{whole}[")):
            problem = evolve(problem, where=short + problem.where[len(whole) :])
    place = problem.where if problem.where in written else problem.where.rpartition(".")[0]
    return evolve(problem, where=written[place]) if place in written else problem


def _with_transition(problem: Problem, data: Mapping[str, Any]) -> Problem:
    """Return a problem of a transition with its name, since nobody counts them in a document."""
    table, _, rest = problem.where.partition("[")
    number, closed, below = rest.partition("]")
    if table != "lifecycle.transitions" or not closed or below == ".name":
        return problem
    part = data["lifecycle"]["transitions"][int(number)]
    name = part.get("name") if isinstance(part, Mapping) else None
    return evolve(problem, what=f"{problem.what} in transition {shown(name)}") if isinstance(name, str) else problem


def _in_order(problems: list[Problem], data: Mapping[str, Any]) -> list[Problem]:
    """Return problems in the order of the document's tables, each once."""
    order = {key: i for i, key in enumerate(data)}
    first = [problem.where.partition(".")[0].partition("[")[0] for problem in problems]
    ranked = sorted(zip(first, problems, strict=True), key=lambda pair: order.get(pair[0], -1))
    return list(dict.fromkeys(problem for _, problem in ranked))
