"""Plain data to values, by the shapes; everything that is wrong is collected, nothing is guessed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import evolve

from leadqual.conditions.nodes import All
from leadqual.conditions.plain import read_condition
from leadqual.errors import MOST_PROBLEMS, ModelError, Problem
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.interest.decay import NO_DECAY, HalfLife, Linear, Steps, Window
from leadqual.playbook.registry import Registry
from leadqual.playbook.shapes import (
    Anything,
    Curve,
    Keys,
    Listing,
    Named,
    Question,
    Scorers,
    Several,
    Shape,
    Tagged,
    Whole,
    Words,
)
from leadqual.playbook.spelled import spelled_out

MOST_LISTED: Final = 10_000
_LARGEST: Final = 10**9
"""Beyond this a number is left as it is written; there is no use for it anyway."""
_CURVES: Final[Mapping[str, type[Any]]] = {"half_life": HalfLife, "linear": Linear, "window": Window, "steps": Steps}
_CURVE_HINT: Final = (
    'Write { half_life = 30 }, { linear = 90 }, { window = 30 }, { steps = [[7, 1], [30, 0.5]] } or "none".'
)


def _whole(value: Any) -> Any:
    """Return a number that is whole as one, however it was written; anything else as it is."""
    near = isinstance(value, Decimal) and -_LARGEST < value < _LARGEST
    return int(value) if near and value == int(value) else value


def _table_hint(where: str) -> str:
    """Return how a table is written at a path; one of a list has no number in TOML.

    >>> _table_hint("fit.caps"), _table_hint("fit.criteria[2]"), _table_hint("examples[0].events[1]")
    ('Write [fit.caps] or { … }.', 'Write { … }, or [[fit.criteria]] before its keys.', 'Write { … }.')
    """
    table, bracket, below = where.partition("[")
    if not bracket:
        return f"Write [{where}] or {{ … }}."
    return "Write { … }." if "." in below else f"Write {{ … }}, or [[{table}]] before its keys."


class Reader:
    """Reads the tables of one document.

    Args:
        registry: The extensions that it may name.

    Attributes:
        problems: What is wrong with the document's shape so far.
        written: Paths of what was written in a short way, as they are in the document.
        moved: Paths of what stands elsewhere in the document with all that is below, and where.
        absent: Paths of needed keys that are missing and of conditions that are none: something stands in for them.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.problems: list[Problem] = []
        self.written: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.absent: set[str] = set()

    def wrong(self, where: str, what: str, got: object, hint: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(where=where, what=what, got=got, hint=hint))

    def read(self, shape: Shape, data: Any, where: str) -> Any:
        """Return what the data of a shape becomes; where it is wrong, something that stands in for it.

        Args:
            shape: The shape.
            data: Plain data.
            where: Its path.
        """
        match shape:
            case Anything():
                return data
            case Several():
                return [data] if isinstance(data, str) else data
            case Whole():
                return [_whole(part) for part in data] if isinstance(data, list | tuple) else _whole(data)
            case Words():
                table = self._table(data, where)
                if len(table) > MOST_LISTED:
                    self.wrong(where, f"at most {MOST_LISTED:,} are allowed", data, "Make it shorter.")
                    return {}
                return self._numbers(table, where) if shape.whole else dict(table)
            case Question():
                condition = read_condition(data, where, self.problems)
                if condition is None:
                    self.absent.add(where)
                return All(()) if condition is None else condition
            case Curve():
                return self._curve(data, where)
            case Tagged():
                return self._extension(shape.axis, {"kind": data} if isinstance(data, str) else data, where)
            case Scorers():
                return self._scorers(shape.axis, data, where)
            case Listing():
                return self._listing(shape, data, where)
            case Named():
                table = self._table(data, where)
                if len(table) > MOST_LISTED:
                    self.wrong(where, f"at most {MOST_LISTED:,} are allowed", data, "Make it shorter.")
                    return {}
                return {name: self._part(shape, part, f"{where}.{name}") for name, part in table.items()}
            case _ if isinstance(data, Mapping):
                return self._keys(shape, data, where)
            case _ if isinstance(data, str) and shape.text is not None:
                self.written[f"{where}.{shape.text}"] = where
                return shape.built({shape.text: data})
            case _:
                self.wrong(where, "a table was expected", data, _table_hint(where))
                self.absent |= {f"{where}.{key}" for key in shape.needed}
                return shape.built(dict(shape.instead or shape.needed))

    def _numbers(self, table: Mapping[str, Any], where: str) -> dict[str, Any]:
        """Return whole numbers by names that compare."""
        found: dict[str, Any] = {}
        for name, part in table.items():
            if normal(name) in found:
                hint = "Name it once; accents may be typed in two ways that look the same."
                self.wrong(f"{where}.{name}", "the name comes twice", part, hint)
            found[normal(name)] = _whole(part)
        return found

    def _table(self, data: Any, where: str) -> Mapping[str, Any]:
        if isinstance(data, Mapping):
            return data
        self.wrong(where, "a table was expected", data, _table_hint(where))
        return {}

    def _part(self, shape: Named, data: Any, where: str) -> Any:
        if not shape.short or isinstance(data, Mapping):
            return self.read(shape.part, data, where)
        if isinstance(data, str):
            return data
        needed = shape.part.needed if isinstance(shape.part, Keys) else {}
        key, stand_in = next(iter(needed.items()))
        hint = f'Write "{stand_in}", or {{ {key} = "{stand_in}", … }}.'
        self.wrong(where, "a text or a table was expected", data, hint)
        return stand_in

    def _listing(self, shape: Listing, data: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(data, list | tuple):
            self.wrong(where, "a list of tables was expected", data, f"Write [[{where}]] before each.")
            return ()
        if len(data) > MOST_LISTED:
            self.wrong(where, f"at most {MOST_LISTED:,} are allowed", data, "Make it shorter.")
            return ()
        return tuple(self.read(shape.part, part, f"{where}[{i}]") for i, part in enumerate(data))

    def _keys(self, shape: Keys, data: Mapping[str, Any], where: str) -> Any:
        data = spelled_out(shape, data, where, self)
        values: dict[str, Any] = {}
        for key, part in data.items():
            if len(self.problems) >= MOST_PROBLEMS:
                break
            if key in shape.short:
                long, becomes = shape.short[key]
                if long in data:
                    self.wrong(f"{where}.{key}", f"`{key}` and `{long}` say the same", part, "Write one of the two.")
                values[long] = becomes(part)
                self.written[f"{where}.{long}"] = f"{where}.{key}"
            elif key not in shape.names:
                hint = did_you_mean(key, (*shape.names, *shape.short, *shape.single))
                self.wrong(f"{where}.{key}", "unknown key", part, hint)
            else:
                values[key] = self.read(shape.nested.get(key, Anything()), part, f"{where}.{key}")
        for key, stand_in in shape.needed.items():
            if key not in values:
                self.wrong(where, f"`{key}` is missing", data, f"Add `{key}`.")
                self.absent.add(f"{where}.{key}")
                values[key] = stand_in
        try:
            return shape.built(values)
        except ModelError as error:
            self.problems += (evolve(found, where=f"{where}.{found.where}".rstrip(".")) for found in error.problems)
            return shape.built(dict(shape.instead or shape.needed))

    def _curve(self, data: Any, where: str) -> Any:
        if data == "none":
            return NO_DECAY
        if not isinstance(data, Mapping) or len(data) != 1:
            self.wrong(where, "a decay curve was expected", data, _CURVE_HINT)
            return NO_DECAY
        ((name, value),) = data.items()
        if name not in _CURVES:
            self.wrong(f"{where}.{name}", "unknown decay curve", value, did_you_mean(name, _CURVES))
            return NO_DECAY
        return _CURVES[name](value)

    def _scorers(self, axis: str, data: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(data, list | tuple):
            self.wrong(where, "a list of tables was expected", data, f"Write [[{where}]] before each.")
            return ()
        read = [self._extension(axis, part, f"{where}[{i}]") for i, part in enumerate(data)]
        return tuple(scorer for scorer in read if scorer is not None)

    def _extension(self, axis: str, data: Any, where: str) -> Any:
        word = "planner" if axis == "planner" else "scorer"
        table = dict(self._table(data, where))
        kind = table.pop("kind", None)
        known = self.registry.kinds(axis)
        kind = kind if isinstance(kind, str) else ""
        if kind not in known:
            hint = did_you_mean(kind, known, "Install the package that provides it, or pass a registry that has it.")
            self.wrong(f"{where}.kind", f"no such {word} is installed", kind, hint)
            return None
        before = len(self.problems)
        try:
            shape = Keys(self.registry.scorer(axis, kind))
            names = shape.names
        except Exception as error:
            what = f"the {word} cannot be loaded: {type(error).__name__}"
            self.wrong(
                f"{where}.kind", what, kind, f"A {word} is an attrs class; see the documentation of its package."
            )
            return None
        for key, part in table.items():
            if key not in names:
                self.wrong(f"{where}.{key}", "unknown key", part, did_you_mean(key, names))
        if len(self.problems) > before:
            return None
        try:
            return shape.built(table)
        except Exception as error:
            self.wrong(
                where,
                f"the {word} cannot be built: {type(error).__name__}",
                table,
                f"See the {word}'s own documentation.",
            )
            return None
