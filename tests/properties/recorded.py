"""Strategies for facts, effects and states of every kind, whether they could follow one another or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from attrs import fields
from hypothesis import strategies as st

from leadqual.event import Event, Key
from leadqual.lifecycle.effects import EFFECTS
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.facts import FACTS, Cause
from leadqual.lifecycle.state import Consent, HandRaise, LeadState, RunningSla, Visit

SECRET = "Secret"
"""Part of every id, actor and owner that is drawn: no sentence may hold it."""
NAMES = st.sampled_from(
    ("lead", "mql", "sql", "won", "lost", "recycle", "subscriber", "in_talks", "no_budget", "sales_email", "hand_raise",
     "score for marketing", "cooled as MQL", "budget_approved", "keep-warm", "maybe", "yes", "return", "newsletter")
)  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
SECRETS = st.integers(0, 999).map(lambda number: f"{SECRET}{number}")
INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)) | st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)
).map(lambda at: at.replace(hour=0, minute=0, second=0, microsecond=0))
DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))
AMOUNTS = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)
KEYS = st.tuples(st.just("") | SECRETS, SECRETS)
SCALARS = st.one_of(
    TEXTS, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), DAYS, INSTANTS,
    st.datetimes(), st.decimals(allow_nan=False, allow_infinity=False), st.none(),
)  # fmt: skip
PROPERTIES = st.dictionaries(
    TEXTS, SCALARS | st.lists(SCALARS, max_size=3) | st.lists(SCALARS, max_size=3).map(tuple), max_size=3
)
_NUMBERS = {
    "seq": st.integers(1, 10**9),
    "cycle": st.integers(1, 99),
    "attempt": st.integers(1, 99),
    "times": st.integers(1, 99),
    "attempts": st.integers(0, 99),
    "superseded": st.integers(0, 99),
    "number": st.integers(1, 99),
}
_SECRET = ("lead_id", "actor", "owner", "id", "key", "touch_key", "source", "other_id", "into", "absorbed_into")
_EXACT: dict[Any, Any] = {
    bool: st.booleans(),
    datetime: INSTANTS,
    date: DAYS,
    Decimal: AMOUNTS,
    Key: KEYS,
    frozenset[Key]: st.frozensets(KEYS, max_size=3),
    frozenset[str]: st.frozensets(NAMES, max_size=3),
    tuple[str, ...]: st.lists(NAMES, max_size=3).map(tuple),
    Mapping[str, object]: PROPERTIES,
}
WORDY: Mapping[str, st.SearchStrategy[Any]] = {
    "verdict": st.sampled_from(("yes", "no", "maybe", "accept", "return", "disqualify", "reinstate", "reopen", "odd")),
    "acquisition": st.sampled_from(("inbound", "outbound", "partner", "by_chance")),
    "flag": st.sampled_from(("bot", "test", "duplicate", "odd_one")),
    "label": st.sampled_from(("B2", "A", "-", "")),
    "channel": st.sampled_from(("*", "email", "by_post")),
    "purpose": st.sampled_from(("*", "newsletter", "other_news")),
    "currency": st.sampled_from(("EUR", "MXN")),
}


def _drawn(annotation: Any, name: str, words: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Return what a field of a class may hold."""
    if annotation in _EXACT:
        return _EXACT[annotation]
    if annotation is int:
        return _NUMBERS.get(name, st.integers(-(10**8), 10**8))
    if annotation is str:
        return SECRETS if name in _SECRET else WORDY.get(name, words)
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if get_origin(annotation) is UnionType:
        (inner,) = (each for each in get_args(annotation) if each is not NoneType)
        return st.none() | _drawn(inner, name, words)
    if annotation == Mapping[str, Enrolment]:
        places = st.lists(values(Enrolment, words), max_size=3)
        return places.map(lambda drawn: {place.sequence: place for place in drawn})
    if get_origin(annotation) is tuple:
        return st.lists(_drawn(get_args(annotation)[0], name, words), max_size=3).map(tuple)
    if get_origin(annotation) is not None:
        names, inner = get_args(annotation)
        keys = words if names is str else st.tuples(words, words)
        return st.dictionaries(keys, _drawn(inner, name, words), max_size=3)
    return values(LeadState if annotation == "LeadState" else annotation, words)


def values(kind: type[Any], words: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Any]:
    """Return a strategy for values of a class; fields with a default are left out at times."""
    own = {field.name: field for field in fields(kind)}
    needed = {name: _drawn(field.type, name, words) for name, field in own.items() if field.default is NOTHING_GIVEN}
    others = {name: _drawn(field.type, name, words) for name, field in own.items() if name not in needed}
    return st.fixed_dictionaries(needed, optional=others).map(lambda drawn: kind(**drawn))


NOTHING_GIVEN = fields(Cause).kind.default
"""What attrs calls the default of a field that has none."""
FACT_KINDS = {kind.name: values(kind) for kind in FACTS}
"""By name, facts of a kind."""
EFFECT_KINDS = {kind.name: values(kind) for kind in EFFECTS}
"""By name, effects of a kind."""
STATES = values(LeadState)
ANY_TEXT_FACTS = st.one_of([values(kind, TEXTS) for kind in FACTS])
"""Facts whose names and reasons are any texts."""
PARTS = (Cause, Visit, HandRaise, RunningSla, Consent, Enrolment, PastTouch, Event)
