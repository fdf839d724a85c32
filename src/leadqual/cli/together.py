"""Two playbooks that read one base: each sees in it what it declares."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve, frozen

from leadqual.errors import Kind, ModelError, Problem, ProblemsError
from leadqual.playbook import FileFormat, Playbook, load_playbook
from leadqual.scoring import Attribute

_TABLES = ("leads", "events")
_HINT = "Score with each of them, `leadqual score … -o FILE`, and compare the two files."


@frozen(kw_only=True)
class Declared:
    """What both declare, by name, with its type."""

    attributes: Mapping[str, str]
    properties: Mapping[str, str]


@frozen(kw_only=True)
class Together:
    """What files need of two playbooks at once.

    Attributes:
        model: What either declares.
        columns: For ``leads`` and ``events``, our names with the file's, of either.
        files: For ``leads`` and ``events``, how the file is written.
    """

    model: Declared
    columns: Mapping[str, Mapping[str, str]]
    files: Mapping[str, FileFormat]


def together(before: Playbook, after: Playbook) -> Together:
    """Return what reads a base for two playbooks at once.

    Args:
        before: One playbook.
        after: The other.

    Raises:
        ProblemsError: If they do not read files alike: a type, a column or a format is another one.
    """
    problems = list(_problems(before, after))
    if problems:
        raise ProblemsError(problems)
    columns = {name: {**before.columns.get(name, {}), **after.columns.get(name, {})} for name in _TABLES}
    return Together(
        model=Declared(
            attributes={**_types(before.model.attributes), **_types(after.model.attributes)},
            properties={**before.model.properties, **after.model.properties},
        ),
        columns=columns,
        files={**before.files, **after.files},
    )


def _types(attributes: Mapping[str, Attribute]) -> dict[str, str]:
    return {name: attribute.type for name, attribute in attributes.items()}


def _problems(before: Playbook, after: Playbook) -> Iterator[Problem]:
    declared = (
        ("attributes", _types(before.model.attributes), _types(after.model.attributes)),
        ("properties", before.model.properties, after.model.properties),
        *((f"columns.{name}", before.columns.get(name, {}), after.columns.get(name, {})) for name in _TABLES),
    )
    for table, ours, theirs in declared:
        for name in ours:
            if name in theirs and ours[name] != theirs[name]:
                got = Kind(f"{ours[name]} and {theirs[name]}")
                yield Problem(where=f"{table}.{name}", what="the playbooks read it differently", got=got, hint=_HINT)
    for name in _TABLES:
        if name in before.files and name in after.files and before.files[name] != after.files[name]:
            what = "the playbooks read these files differently"
            yield Problem(where=f"files.{name}", what=what, got=Kind("two formats"), hint=_HINT)


def loaded(path: Path) -> Playbook:
    """Return one of two playbooks.

    Args:
        path: Its file.

    Raises:
        ModelError: With every problem, below the name of the file that has it, if it is wrong.
    """
    try:
        return load_playbook(path)
    except ModelError as error:
        places = [": ".join(filter(None, (str(path), problem.where))) for problem in error.problems]
        pairs = zip(error.problems, places, strict=True)
        raise ModelError(evolve(problem, where=where) for problem, where in pairs) from None
