"""Documents of older schemas, brought to the newest one step at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from leadqual.errors import ModelError, Problem

Step = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""From the tables of a document of one schema to those of the next, which score the same.

A step is a pure function: it changes nothing in what it is given. It never fails, since the document has not been
checked yet: what it does not understand it leaves as it is.
"""
STEPS: Final[tuple[Step, ...]] = ()
"""The first leads from schema 1 to schema 2, and so on."""


def upgraded(data: Mapping[str, Any], steps: Sequence[Step] = STEPS) -> dict[str, Any]:
    """Return the tables of a document as the newest schema has them.

    Args:
        data: The tables as they were read.
        steps: The steps from schema 1 on.

    Returns:
        Tables of the newest schema, which is one more than there are steps.

    Raises:
        ModelError: If the schema is newer, or none at all.

    >>> upgraded({"schema": 1, "name": "mine"})
    {'schema': 1, 'name': 'mine'}
    >>> upgraded({"schema": 1, "nme": "mine"}, [lambda old: {"name": old["nme"]}])
    {'schema': 2, 'name': 'mine'}
    """
    newest = len(steps) + 1
    schema = data.get("schema")
    if type(schema) is not int or not 0 < schema <= newest:
        newer = type(schema) is int and schema > newest
        hint = "It was written for a newer release: upgrade leadqual." if newer else f"Write schema = {newest}."
        raise ModelError([Problem(where="schema", what=f"schema {newest} was expected", got=schema, hint=hint)])
    tables = dict(data)
    for number, step in enumerate(steps[schema - 1 :], schema + 1):
        tables = {"schema": number, **{key: part for key, part in step(tables).items() if key != "schema"}}
    return tables
