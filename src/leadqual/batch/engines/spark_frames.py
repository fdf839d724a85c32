"""What Spark reads itself: its own data frames, and Parquet files that its executors see."""

from collections.abc import Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from attrs import frozen

from leadqual.batch.border.handed import paths_and_frames
from leadqual.batch.engines.spark_types import physical_of
from leadqual.errors import InputError, Kind, Problem
from leadqual.files.notes import Unusable, plain
from leadqual.files.open import kind_of_file


@frozen(kw_only=True)
class Frame:
    """A data frame of Spark's.

    Attributes:
        name: Its name, for messages.
        data: The data frame.
        stable: Whether it gives the same rows whenever it is read.
    """

    name: str
    data: Any
    stable: bool

    @property
    def types(self) -> dict[str, str]:
        """What Spark calls the types of its columns.

        Raises:
            InputError: If two columns have one name.
        """
        types = {part.name: part.dataType.simpleString() for part in self.data.schema.fields}
        told = {name.lower() for name in types}
        if len(told) < len(self.data.columns):
            hint = "Give each column a name of its own; to Spark, large and small letters are the same."
            problem = Problem(where=self.name, what="two columns have one name", got=Kind("a data frame"), hint=hint)
            raise InputError([problem])
        return types


def frames(session: Any, items: object, table: str) -> Iterator[Frame | object]:
    """Yield what was handed in; what Spark reads itself as `Frame`, everything else as it is.

    Args:
        session: Spark's session.
        items: One thing, or a list of them; nothing at all if there is none.
        table: ``leads`` or ``events``, for messages.
    """
    from pyspark.sql import DataFrame

    near = str(session.conf.get("spark.master", "")).startswith("local")
    for item in _each(items):
        if isinstance(item, DataFrame):
            yield Frame(name=table, data=item, stable=False)
        elif isinstance(item, str) and "://" in item:
            yield Frame(name=plain(item), data=session.read.parquet(item), stable=True)
        elif near and isinstance(item, str | PathLike):
            yield from _local(session, item, table)
        else:
            yield item


def _local(session: Any, item: "str | PathLike[str]", table: str) -> Iterator[Frame | object]:
    """Yield the files of a path or a glob; Parquet that Spark cannot read goes the other way."""
    try:
        paths = paths_and_frames(item, table)
    except Unusable:
        yield item  # the border tells what is wrong
        return
    for path in paths:
        found = _parquet(session, path) if isinstance(path, Path) else None
        yield path if found is None else found


def _parquet(session: Any, path: Path) -> Frame | None:
    from pyspark.errors import PySparkException

    try:
        if kind_of_file(path) != "parquet" or any(letter in fspath(path) for letter in "*?[]{},\\"):
            return None
        data = session.read.parquet(path.resolve().as_uri())
    except (Unusable, PySparkException):
        return None
    known = all(physical_of(part.dataType.simpleString()).family != "other" for part in data.schema.fields)
    return Frame(name=plain(str(path)), data=data, stable=True) if known else None


def _each(items: object) -> Iterable[object]:
    if items is None:
        return ()
    return items if isinstance(items, list | tuple | set | frozenset) else (items,)
