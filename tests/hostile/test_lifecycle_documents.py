"""What somebody less trusted writes of a lead's life: wrong values everywhere are refused where they stand."""

import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings

from leadqual import ModelError, loads
from tests.hostile.full import WRONG, places, replaced, spelt
from tests.hostile.living import LIVING, NOW, TABLES, live
from tests.properties.written import as_json, as_toml

_HARD: tuple[Any, ...] = (
    "wake",
    "tick",
    "lead",
    "won",
    "later",
    "hand_raise",
    ["won"],
    ["lead", "lead"],
    10_000,
    "10000d",
    "24:00-24:00",
    "00:00-24:00",
    [60, 60],
    "2199-12-31",
    Decimal("1.5"),
    {"field": "interest", "op": "ge", "value": 1},
    {"any": []},
    {"field": "state.hand_raised", "op": "eq", "value": 1},
)
"""Values that are right somewhere in the tables of a life, and wrong nearly everywhere else."""
EVERYWHERE = settings.default.max_examples > 200
"""Whether each value is tried at every place, and not only at the first of those alike, and a quarter at the others."""
_ELSEWHERE = ("lifecycle.stages", "lifecycle.transitions", "sla", "recycle", "lifecycle.initial", "qualify")
"""What is named there is missed elsewhere; the problem is where it is missed."""


def _written(path, value, write):
    """Return a spoilt document as text, or nothing where the notation cannot say it."""
    try:
        return write(replaced(LIVING, path, value))
    except (TypeError, ValueError):
        return None


def _problems(text, notation):
    """Load a document and live under it; return its problems, none if it is right in its own strange way."""
    try:
        playbook = loads(text, format=notation)
    except ModelError as error:
        told = str(error)
        assert not any(unicodedata.category(character) == "Cc" and character != "\n" for character in told)
        assert len(told) < 100_000
        return error.problems
    assert loads(playbook.to_json()).fingerprint == loads(playbook.to_toml()).fingerprint == playbook.fingerprint
    live(playbook)
    return ()


def _concerns(problem, path, notation):
    table = spelt(path[:1])
    here = problem.where
    return here.startswith((table, *_ELSEWHERE)) or (notation == "toml" and not here)  # no TOML at all


def test_document_of_a_whole_life_is_valid_before_it_is_spoilt():
    """The document that the others are made from loads, and a lead goes through all of its stages."""
    playbook = loads(as_json(LIVING), format="json")
    assert {*live(playbook)} == {"lead", "opportunity", "later", "won", "lost"}
    assert loads(as_toml(LIVING), format="toml").fingerprint == playbook.fingerprint


@pytest.mark.parametrize(
    ("notation", "write", "values"),
    [("json", as_json, (*WRONG[::2], *_HARD)), ("toml", as_toml, (*WRONG[1::4], *_HARD[::6]))],
)
@pytest.mark.parametrize("table", TABLES)
def test_wrong_value_anywhere_in_a_life_is_refused_with_its_path_or_means_something(table, notation, write, values):
    """Nothing but ModelError comes out of loading; what loads can be written, read again and lived under."""
    astray = []
    alike: Counter[tuple[object, ...]] = Counter()
    for path in places(LIVING[table], (table,)):
        shape = tuple("[]" if isinstance(key, int) else key for key in path)
        turn = alike[shape]
        alike[shape] += 1
        for value in values if turn == 0 or EVERYWHERE else values[turn % 4 :: 4]:
            text = _written(path, value, write)
            if text is None:
                continue
            problems = _problems(text, notation)
            if problems and not any(_concerns(problem, path, notation) for problem in problems):
                astray.append((spelt(path), value, [problem.where for problem in problems]))
    assert not astray


_TALL = {"any": [{"field": "interest", "op": "ge", "value": i % 900} for i in range(1_000)]}


def _with(table, **parts):
    return LIVING | {table: LIVING[table] | parts}


def _transitions(count, **more):
    plain = {"from": "lead", "to": "opportunity", "on": "event", "when": {"field": "interest", "op": "ge", "value": 1}}
    extra = [{"name": f"t{i}"} | plain | more for i in range(count)]
    return _with("lifecycle", transitions=[*LIVING["lifecycle"]["transitions"], *extra])


def _nested(depth, inner):
    for i in range(depth):
        inner = {"all" if i % 2 else "any": [inner]}
    return inner


_DAYS = [date.fromordinal(NOW.toordinal() + i).isoformat() for i in range(10_000)]
LARGE = {
    "too many transitions": (_transitions(1_000), "lifecycle.transitions"),
    "60,000 transitions without anything": (_with("lifecycle", transitions=[{}] * 60_000), "lifecycle.transitions"),
    "50,000 stages": (_with("lifecycle", stages=[{"name": f"s{i}"} for i in range(50_000)]), "lifecycle.stages"),
    "60,000 stages to leave": (_transitions(1, **{"from": ["lead"] * 60_000}), "lifecycle.transitions[10].from[1]"),
    "60,000 unknown stages to leave": (
        _transitions(1, **{"from": [f"leed{i}" for i in range(60_000)]}),
        "lifecycle.transitions[10].from[0]",
    ),
    "60,000 triggers": (_transitions(1, on=["event"] * 60_000), "lifecycle.transitions[10].on[1]"),
    "names of 60,000 characters": (_transitions(9, name="x" * 60_000), "lifecycle.transitions[11].name"),
    "60,000 reasons": (
        _with("recycle", inbound={"reasons": {f"r{i}": 3 for i in range(60_000)}}),
        "recycle.inbound.reasons",
    ),
    "60,000 SLAs": (_with("sla", **{f"s{i}": "1d" for i in range(60_000)}), "sla"),
    "an SLA of 100,000 digits": (_with("sla", opportunity="9" * 190 + "d"), "sla.opportunity.within"),
    "tall guards over and over": (_transitions(30, when=_TALL), "lifecycle.transitions[11]"),
    "900 guards": (_transitions(900), "lifecycle.transitions[11]"),
    "a deep guard": (_transitions(1, when=_nested(11, _TALL)), None),
    "a guard that is too deep": (_transitions(1, when=_nested(17, _TALL)), ""),
    "60,000 kinds of touches": (_with("lifecycle", touches=[f"k{i}" for i in range(60_000)]), None),
    "holidays one day after another": (_with("calendar", holidays=_DAYS), None),
    "one holiday 60,000 times": (_with("calendar", holidays=_DAYS[:1] * 60_000), None),
    "a minute a week and 10,000 hours": (
        LIVING | {"calendar": {"hours": ["00:00-00:01"], "weekdays": ["sun"]}, "sla": {"opportunity": "10000h"}},
        None,
    ),
    "an hour that the clocks jump over": (
        LIVING
        | {
            "calendar": {"zone": "Europe/Madrid", "hours": ["02:00-03:00"], "weekdays": ["sun"]},
            "sla": {"opportunity": "10000d", "hand_raise": "10000m"},
        },
        None,
    ),
    "the longest rest": (
        _with("recycle", inbound={"rest_months": [60, 60], "spread_days": 366, "attempts": 100}),
        None,
    ),
}
"""Documents of a life that are large, or mean very much, with the path of what is refused, if something is."""


@pytest.mark.parametrize("name", LARGE)
def test_large_life_is_refused_with_its_path_or_can_be_lived(name):
    """What is too much is refused; what is not bricks no lead: it goes through its life, whatever time is asked for."""
    document, where = LARGE[name]
    problems = _problems(as_json(document), "json")
    assert where in [problem.where for problem in problems] if where is not None else not problems
