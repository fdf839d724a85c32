"""Every problem of a document, word for word as its reader gets it: ``problems.txt`` and ``problems_of_size.txt``."""

from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from leadqual.errors import ModelError
from leadqual.playbook import Registry, load_playbook, loads
from leadqual.playbook.gate import MOST_BYTES

HEAD = 'schema = 1\nname = "x"\nversion = "1"\n'
MANY = "{}," * 10_001
SHAPES = """\
fti = 1
[fit]
mx = 4
criteria = [3, { points = 1, when = 3 }]
gates = 3
groups = 3
scorers = [
    3, { kind = "acme/size" }, { kind = 7 }, { kind = "acme/sise" }, { kind = "acme/broken" },
    { kind = "acme/x", y = 1 },
]
tables = [{ values = 3 }, { field = "email", bands = [{ below = 3 }] }]
[interest]
decay = { halflife = 30 }
scorers = 3
[[interest.rules]]
points = 1
per_day = 3
per = { days = 1, times = 3 }
evnt = "x"
decay = { linear = 1, window = 1 }
[[interest.rules]]
event = "visit"
points = 1
per_day = 0
[attributes]
a = 3
[combine]
floors = 3
[qualify.mql]
stay = { field = "fit", op = "ge", value = 1 }
[files.leeds]
[files.events]
zone = "Europe/Madird"
unit = "h"
dates = "d/m/y"
decimal = ";"
delimiter = "ab"
encoding = "utf-88"
missing = "x"
bare_dates = "midnight"
[files.leads]
zone = "0815"
encoding = "rot13"
bare_dates = "noon"
[columns]
lead = { lead_id = "Id" }
leads = 3
[columns.events]
tme = "x"
at = ""
kind = 3
"""
BESIDE = """\
[attributes]
job = "text"
size = "integer"
[properties]
asset = "text"
[fit]
criteria = [{ name = "boss", when = { field = "job", op = "eq", value = "CEO" }, points = 1 }]
[[fit.tables]]
name = "seats"
field = "size"
bands = [{ below = 10, points = 1 }, { points = 2 }]
[[interest.rules]]
event = "visit"
points = 1
[objectives."\u00e9"]
[objectives."e\u0301"]
[objectives.odd]
based_on = "evne"
criteria = 3
[objectives.even]
criteria = { bos = 1, zz = 2 }
rules = { visit = 3 }
bands = { seats = [1], zzz = [1, 2] }
[objectives.one]
based_on = "two"
[objectives.two]
based_on = "one"
[labels]
fr = { job = "poste" }
es = 3
[labels.en]
job = ""
size = "LONG"
[[examples]]
name = ""
day = 3651
start = "soon"
objective = "evven"
lead = { jub = "CEO", size = "many" }
expect = {}
[[examples]]
name = "odd"
expect = { fit = "x", level = 10, label = "", qualifies = "mql", stays = ["mqll"] }
events = [
    3,
    { kind = "", day = -1, times = 0, by = "them", properties = 3 },
    { kind = "visit", properties = { aset = "x", asset = 5 } },
]
[[examples]]
name = "long"
expect = { total = 1 }
events = [{ kind = "visit", times = 600 }, { kind = "visit", times = 401 }]
""".replace("LONG", "x" * 201)
PRICED = """\
[fit]
criteria = [{ name = "boss", when = { field = "kind", op = "exists" }, points = 1 }]
[objectives.odd]
criteria = { boss = 10001 }
combine = { fit = 101 }
"""
LONG = '[[examples]]\nname = "x"\nexpect = {{ total = 0 }}\nevents = [{}]\n'
EXAMPLE = '{ name = "x", expect = { total = 0 } },'
NOON = '[files.leads]\nbare_dates = "noon"\n'
KEY = ".".join("abcdefghijkl")
DOCUMENTS: list[Any] = [
    None,
    b"ab\xff",
    "a\ud800",
    "x = [1]]",
    "\n\nx = " + "[" * 33,
    ".".join("a" * 17) + " = 1",
    "x = " + "1" * 201,
    "a = ",
    '{"a": 1,\n "b": }',
    '{"a": 1, "a": 2}',
    '{"a": NaN}',
    "a = 1e9999999999999999999",
    "a = 12:00:00",
    'a = "\\u0000"',
    f'"{"k" * 501}" = 1',
    '{"a\\u0000": 1}',
    "",
    "schema = 2",
    "schema = 1\nversion = 3",
    HEAD + NOON,
    HEAD + SHAPES,
    HEAD + BESIDE,
    HEAD + "[fit]\nmix = 1\n" + BESIDE.replace("[fit]\n", ""),
    HEAD + PRICED,
]
LARGE: list[Any] = [
    b"#" * (MOST_BYTES + 1),
    "\u00e9" * (MOST_BYTES // 2 + 1),
    "\n" * 200_001,
    "x = " + "\\" * 200_001,
    "x = [" + "1," * 200_000,
    f"[{KEY}]\n" + "x = 1\n" * 20_000,
    HEAD + f"examples = [{EXAMPLE * 1001}]\n",
    HEAD + LONG.format('{ kind = "a" },' * 1001),
    HEAD + f"[fit]\ncriteria = [{MANY}]\n",
    HEAD + "[properties]\n" + "".join(f'k{i} = "text"\n' for i in range(10_001)),
    HEAD + "[attributes]\n" + "".join(f'k{i} = "text"\n' for i in range(10_001)),
]


def _broken() -> type[Any]:
    raise LookupError


@frozen(kw_only=True)
class _Sized:
    low: int


REGISTRY = Registry(
    loaders={
        ("fit", "acme/size"): lambda: _Sized,
        ("fit", "acme/broken"): _broken,
        ("fit", "acme/x"): lambda: _Sized,
    }
)


def _said(document, **how):
    with pytest.raises(ModelError) as caught:
        loads(document, registry=REGISTRY, **how)
    return [str(problem) for problem in caught.value.problems]


def _told(name):
    return (Path(__file__).parent / name).read_text("utf-8").splitlines()


def test_every_problem_of_a_document_says_what_came_and_what_to_do(tmp_path):
    """Each mistake has its line: where it is, what is wrong, what came, what to write instead."""
    lines = [line for document in DOCUMENTS for line in _said(document)] + _said("[]", format="json")
    for path in (tmp_path / "none.toml", tmp_path / "a\0b.toml"):
        with pytest.raises(ModelError) as caught:
            load_playbook(path)
        lines += str(caught.value).replace("\0", "\\0").splitlines()
    assert lines == _told("problems.txt")


def test_documents_that_are_too_large_are_told_what_is_too_much():
    """What a document may cost is bounded, and the bound is named."""
    assert [line for document in LARGE for line in _said(document)] == _told("problems_of_size.txt")
