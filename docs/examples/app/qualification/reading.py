"""What came over the wire, as the values that the service takes; everything that is wrong is said at once."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn, TypeVar
from urllib.parse import parse_qsl

from leadqual import ConsentChange, Event, Verdict
from leadqual.errors import InputRefused, Kind, Problem, ProblemsError, kind_of
from leadqual.service import Form

V = TypeVar("V")
MOST_EVENTS = 1000
_CONSENT = ("channel", "purpose", "given", "confirmed", "at", "actor", "source", "wording")
_EVENT = ("id", "lead_id", "kind", "at", "properties", "by", "source")
_FORM = (
    "id", "at", "kind", "source", "lead_id", "email", "phone", "visitor", "form", "page", "placement", "offer",
    "intent", "properties", "attributes", "company_id", "acquisition", "channel", "campaign", "zone", "language",
    "consents",
)  # fmt: skip
_VERDICT = ("verdict", "reason", "actor", "at", "amount", "currency", "closed_on", "wake_on")


def read_json(body: bytes) -> Any:
    """Return what a body in JSON holds.

    Args:
        body: The body.

    Raises:
        InputRefused: If it is no JSON, or a number in it is none.
    """
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return refuse("", "JSON was expected", kind_of(body), "Send a document in UTF-8; NaN and Infinity are none.")


def read_fields(body: bytes) -> dict[str, Any]:
    """Return what a body as browsers send it holds, as a form: ``attributes.job_title`` is an attribute.

    Args:
        body: The body, ``application/x-www-form-urlencoded``.

    Raises:
        InputRefused: If it cannot be read.
    """
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=100)
    except ValueError:
        return refuse("", "a filled-in form was expected", kind_of(body), "Send name=value, at most a hundred of them.")
    found: dict[str, Any] = {}
    for name, value in pairs:
        table, dot, key = name.partition(".")
        if dot:
            answers = found.setdefault(table, {})
            if not isinstance(answers, dict):
                return refuse(table, "this came twice", kind_of(value), "Send attributes.NAME=value only.")
            answers[key] = value
        elif value:
            found[name] = value
    if found.pop("newsletter", None) == "yes":
        found["consents"] = [{"channel": "email", "purpose": "newsletter", "given": True, "at": found.get("at")}]
    return found


def form_of(data: Any, types: Mapping[str, str]) -> Form:
    """Return a form.

    Args:
        data: What came.
        types: The types of the attributes that the playbook reads.

    Raises:
        ProblemsError: With every problem, if something is wrong.
    """
    asked = dict(_table(data, _FORM, needed=("id", "at")))
    asked["at"] = _instant(asked["at"], "at")
    answers = asked.get("attributes") or {}
    asked["attributes"] = {
        name: _answer(value, types.get(name, "text"), f"attributes.{name}")
        for name, value in _table(answers, where="attributes").items()
    }
    consents = asked.get("consents") or []
    if not isinstance(consents, list):
        refuse("consents", "a list was expected", kind_of(consents), "Send [{...}].")
    asked["consents"] = tuple(consent_of(one, f"consents[{i}]") for i, one in enumerate(consents))
    return Form(**asked)


def events_of(data: Any) -> list[Event]:
    """Return a batch of events.

    Args:
        data: What came.

    Raises:
        ProblemsError: With the problems of all events, if something is wrong.
    """
    rows = _table(data, ("events",), needed=("events",))["events"]
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_EVENTS:
        refuse(
            "events", f"a list of 1 to {MOST_EVENTS} events was expected", kind_of(rows), "Send the rest in another."
        )
    problems: list[Problem] = []
    events = []
    for i, row in enumerate(rows):
        try:
            events.append(_event(row))
        except ProblemsError as error:
            problems += (problem.under(f"events[{i}]") for problem in error.problems)
    if problems:
        raise InputRefused(problems)
    return events


def _event(row: Any) -> Event:
    asked = _table(row, _EVENT, needed=("id", "lead_id", "kind", "at"))
    return Event(**asked | {"at": _instant(asked["at"], "at")})


def verdict_of(data: Any) -> tuple[str, Verdict, str | None]:
    """Return a verdict with its lead and its id.

    Args:
        data: What came.

    Raises:
        ProblemsError: With every problem, if something is wrong.
    """
    asked = _table(data, ("id", "lead_id", *_VERDICT), needed=("lead_id", "verdict"))
    command_id, lead_id = asked.pop("id", None), asked.pop("lead_id")
    readers: dict[str, Callable[[Any, str], Any]] = {
        "at": _instant,
        "closed_on": _day,
        "wake_on": _day,
        "amount": _amount,
    }
    given = {name: readers[name](value, name) if name in readers else value for name, value in asked.items()}
    return lead_id, Verdict(given.pop("verdict"), **given), command_id


def consent_of(data: Any, where: str = "") -> ConsentChange:
    """Return what a lead agreed to, or withdrew.

    Args:
        data: What came.
        where: Its place.

    Raises:
        ProblemsError: With every problem, if something is wrong.
    """
    asked = _table(data, _CONSENT, needed=("channel", "purpose", "given"), where=where)
    if asked.get("at") is not None:
        asked["at"] = _instant(asked["at"], f"{where}.at".lstrip("."))
    return ConsentChange(**asked)


def refuse(where: str, what: str, got: object, hint: str) -> NoReturn:
    """Refuse an input.

    Args:
        where: Its place.
        what: What is wrong.
        got: What came.
        hint: What to do.

    Raises:
        InputRefused: Always.
    """
    raise InputRefused([Problem(where=where, what=what, got=got, hint=hint)])


def _table(
    data: Any, known: tuple[str, ...] | None = None, needed: tuple[str, ...] = (), where: str = ""
) -> dict[str, Any]:
    """Return a table that holds what it must, and nothing that nobody reads."""
    if not isinstance(data, dict):
        refuse(where, "a table was expected", kind_of(data), 'Send {"name": value, ...}.')
    problems = [problem.under(where) for problem in _flaws(data, tuple(data) if known is None else known, needed)]
    if problems:
        raise InputRefused(problems)
    return dict(data)


def _flaws(data: Mapping[str, Any], known: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[Problem]:
    for name in sorted(data.keys() - set(known)):
        yield Problem(where="", what="nobody reads this", got=name, hint=f"Known are {', '.join(known)}.")
    for name in needed:
        if data.get(name) is None:
            yield Problem(where=name, what="this is missing", got=Kind("nothing"), hint="Send it.")


def _read(value: Any, where: str, read: Callable[[str], V], example: str) -> V:
    try:
        return read(value if isinstance(value, str) else "")
    except (ValueError, InvalidOperation):
        return refuse(where, "another value was expected", kind_of(value), f'Send a text such as "{example}".')


def _instant(value: Any, where: str) -> datetime:
    return _read(value, where, datetime.fromisoformat, "2026-11-01T12:00:00Z")


def _day(value: Any, where: str) -> date:
    return _read(value, where, date.fromisoformat, "2026-11-01")


def _amount(value: Any, where: str) -> Decimal:
    return _read(str(value) if type(value) is int else value, where, Decimal, "4800.00")


def _answer(value: Any, type_name: str, where: str) -> Any:
    """Return an answer in the type that the playbook declares; browsers send texts only."""
    if not isinstance(value, str) or type_name == "text" or not value:
        return tuple(value) if isinstance(value, list) else value
    readers: dict[str, tuple[Callable[[str], Any], str]] = {
        "integer": (int, "50"),
        "number": (float, "12.5"),
        "boolean": ({"yes": True, "no": False, "true": True, "false": False}.__getitem__, "yes"),
        "date": (date.fromisoformat, "2026-11-01"),
        "instant": (datetime.fromisoformat, "2026-11-01T12:00:00Z"),
        "list": (lambda text: tuple(text.split("|")), "a|b"),
    }
    read, example = readers[type_name]
    try:
        return read(value)
    except (ValueError, LookupError):
        return refuse(
            where, f"the playbook declares {type_name}", kind_of(value), f'Send something such as "{example}".'
        )


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
