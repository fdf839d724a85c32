"""The playbooks that random lives are lived under, each in two versions: models change while leads are on their way."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from leadqual import Qualifier, loads
from leadqual.presets import preset_text

_HERE: Final = Path(__file__).parent
_STARTER: Final = preset_text("saas").partition("[[examples]]")[0]
_SUBSCRIBER: Final = """
[lifecycle]
preset = "subscriber"
"""
_KNOWN: Final[Mapping[str, object]] = {"department": "IT", "employees": 200, "email_type": "business", "country": "ES"}
_SIZES: Final[Mapping[str, Mapping[str, object]]] = {
    "good": {"size": "big"},
    "fair": {"size": "mid"},
    "poor": {"size": "tiny"},
    "unknown": {},
    "gated": {"size": "rival"},
}
_PEOPLE: Final[Mapping[str, Mapping[str, object]]] = {
    "good": {**_KNOWN, "job_title": "CTO"},
    "fair": {**_KNOWN, "job_title": "Analyst"},
    "poor": {"job_title": "Student", "department": "Arts", "employees": 3, "email_type": "free", "country": "FR"},
    "unknown": {},
    "gated": {**_KNOWN, "job_title": "CTO"},
}


def _replaced(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, f"the playbook has no {old}"
        text = text.replace(old, new)
    return text


def _bar(number: int) -> str:
    return f'field = "interest", op = "ge", value = {number} }}'


def _starter(extra: str = "", *, mql: int = 5, sql: int = 16) -> str:
    """Return the starter with SLAs that are over soon, and bars that can be moved."""
    soon = ('hand_raise = "2h"', 'hand_raise = "10m"'), ('mql = "1d"', 'mql = "3h"')
    return _replaced(_STARTER, *soon, (_bar(5), _bar(mql)), (_bar(16), _bar(sql))) + extra


def _file(name: str, *changes: tuple[str, str]) -> str:
    return _replaced((_HERE / f"{name}.toml").read_text("utf-8"), *changes)


_TEXTS: Final = {
    "starter": (_starter(), _starter(mql=12, sql=8)),
    "quick": (_file("quick"), _file("quick", (_bar(6), _bar(3)), (_bar(10), _bar(18)))),
    "subscriber": (_starter(_SUBSCRIBER), _starter(_SUBSCRIBER, mql=2, sql=30)),
    "own": (_file("own"), _file("own", (_bar(9)[:-2], _bar(3)[:-2]))),
}
NAMES: Final = tuple(_TEXTS)
"""The starter; points that fade within days; the starter for subscribers; a table of a house's own."""


@cache
def qualifiers(name: str) -> tuple[Qualifier, Qualifier]:
    """Return what qualifies under a playbook, and under its next version."""
    first, second = (Qualifier(loads(text)) for text in _TEXTS[name])
    return first, second


def by_size(name: str) -> bool:
    """Tell whether a playbook knows of a lead only how large it is, and of an event only its item."""
    return name in ("quick", "own")


def attributes(name: str, profile: str) -> Mapping[str, object]:
    """Return what is known of a lead.

    Args:
        name: Name of the playbook.
        profile: ``"good"``, ``"fair"``, ``"poor"``, ``"unknown"`` or ``"gated"``.
    """
    return (_SIZES if by_size(name) else _PEOPLE)[profile]
