"""Values as plain data, and plain data as the one text whose hash identifies a playbook."""

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import singledispatch
from json import dumps
from operator import itemgetter
from typing import Any, Final, cast

from attrs import NOTHING, Attribute, AttrsInstance, Factory, asdict, fields, has

from leadqual.exact import EXACT
from leadqual.fold import normal

_FACTORY: Final[type] = type(Factory(dict))


@singledispatch
def plain(value: object) -> object:
    """Return a value as tables, lists, texts, numbers and booleans; what equals its default is left out.

    Args:
        value: An attrs value, or what it is made of.

    Returns:
        Data that `canonical_json` can write.

    >>> plain({"a": (1, Decimal("6.50"))})
    {'a': [1, Decimal('6.50')]}
    """
    if has(type(value)):
        return dict(_own(cast("AttrsInstance", value)))
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def key_of(name: str) -> str:
    """Return the key of a document that a field of a value is written under; Python takes some for itself.

    >>> key_of("from_"), key_of("to")
    ('from', 'to')
    """
    return name.removesuffix("_")


def default_of(attribute: "Attribute[Any]") -> Any:
    """Return what a field of a value is when it is not given, or `NOTHING` if it has to be."""
    default: Any = attribute.default
    is_made = type(attribute.default) is _FACTORY
    return default.factory() if is_made and not default.takes_self else default


def _own(value: AttrsInstance) -> Iterator[tuple[str, object]]:
    values = asdict(value, recurse=False)
    tag = vars(type(value)).get("kind")
    if isinstance(tag, str):  # the tag of an extension, a class variable
        yield "kind", tag
    for attribute in fields(type(value)):
        part, default = values[attribute.name], default_of(attribute)
        if attribute.init and part != default:
            written = plain(part)
            if default in (NOTHING, None) or written != plain(default):  # something empty is not nothing
                yield key_of(attribute.name), written


def canonical_json(data: object, *, as_is: Container[str] = ()) -> str:
    """Write plain data in the one way: keys sorted, no spaces, texts composed (NFC), numbers in their shortest form.

    Args:
        data: Tables, lists, texts, numbers and booleans.
        as_is: Keys of the outermost table under which texts are not composed, since they name something outside.

    >>> canonical_json({"b": Decimal("65e-1"), "a": ["x", True]})
    '{"a":["x",true],"b":6.5}'
    """
    return _written(data, normal, as_is)


def _written(data: object, compose: Callable[[str], str], as_is: Container[str] = ()) -> str:
    if isinstance(data, Mapping):
        rows = sorted(((compose(str(key)), part) for key, part in data.items()), key=itemgetter(0))
        parts = (f"{_text(key)}:{_written(part, str if key in as_is else compose)}" for key, part in rows)
        return "{" + ",".join(parts) + "}"
    if isinstance(data, list | tuple):
        return "[" + ",".join(_written(part, compose) for part in data) + "]"
    if isinstance(data, str):
        return _text(compose(data))
    if isinstance(data, bool) or data is None:
        return dumps(data)
    return _number(data)


def _text(text: str) -> str:
    return dumps(text, ensure_ascii=False)


def _number(value: object) -> str:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else str(value))
    short = EXACT.normalize(exact)
    if not short:
        return "0"
    return format(short, "f") if -25 < short.adjusted() < 25 else str(short)


def fingerprint(data: object, *, as_is: Container[str] = ()) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal.

    Args:
        data: See `canonical_json`.
        as_is: See `canonical_json`.

    >>> fingerprint({"a": Decimal("6.5")}) == fingerprint({"a": Decimal("6.500")})
    True
    """
    return hashlib.sha256(canonical_json(data, as_is=as_is).encode("utf-8", "surrogatepass")).hexdigest()
