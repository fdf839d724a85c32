"""Values as plain data, and plain data as the one text whose hash identifies a playbook."""

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import singledispatch
from json import dumps
from typing import cast

from attrs import NOTHING, AttrsInstance, asdict, fields, has

from leadqual.exact import EXACT
from leadqual.fold import normal


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
    return value


def _own(value: AttrsInstance) -> Iterator[tuple[str, object]]:
    values = asdict(value, recurse=False)
    tag = vars(type(value)).get("kind")
    if isinstance(tag, str):  # the tag of an extension, a class variable
        yield "kind", tag
    for attribute in fields(type(value)):
        part = values[attribute.name]
        if attribute.init and part != attribute.default:
            written = plain(part)
            if attribute.default is NOTHING or written not in ([], {}):
                yield attribute.name, written


def canonical_json(data: object) -> str:
    """Write plain data in the one way: keys sorted, no spaces, texts composed (NFC), numbers in their shortest form.

    >>> canonical_json({"b": Decimal("65e-1"), "a": ["x", True]})
    '{"a":["x",true],"b":6.5}'
    """
    if isinstance(data, Mapping):
        rows = sorted((normal(str(key)), part) for key, part in data.items())
        return "{" + ",".join(f"{_text(key)}:{canonical_json(part)}" for key, part in rows) + "}"
    if isinstance(data, list | tuple):
        return "[" + ",".join(map(canonical_json, data)) + "]"
    if isinstance(data, str):
        return _text(normal(data))
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


def fingerprint(data: object) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal.

    >>> fingerprint({"a": Decimal("6.5")}) == fingerprint({"a": Decimal("6.500")})
    True
    """
    return hashlib.sha256(canonical_json(data).encode("utf-8", "surrogatepass")).hexdigest()
