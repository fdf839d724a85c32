"""How close a lead is to its objective."""

import pytest

from leadqual.qualifier.closeness import points_missing
from tests.core.lifecycle.small import MID, TINY, live, small

_NO_SQL = "[qualify]\n[qualify.mql]\nwhen = {}\n"


def missing(when, attributes=MID, *, visits=1):
    """Return what a lead of fit 20 with five points of interest for each visit lacks to a bar."""
    life = live(small(qualify=_NO_SQL.format(when)), attributes)
    for day in range(visits):
        life.does("visit", day / 100)
    return points_missing(life.record.score(), life.by.model)


@pytest.mark.parametrize(
    ("when", "lack"),
    [
        ('{ field = "interest", op = "ge", value = 12 }', 700),
        ('{ field = "interest", op = "gt", value = 12.5 }', 750),
        ('{ field = "interest", op = "between", value = [8, 9] }', 300),
        ('{ field = "total", op = "ge", value = 40 }', 1500),
        ('{ field = "fit", op = "ge", value = 21 }', 100),
        ('{ field = "total", op = "eq", value = 40 }', 1500),
        ('{ all = [{ field = "fit", op = "ge", value = 20 }, { field = "interactions", op = "ge", value = 9 }] }', 0),
        (
            '{ all = [{ field = "grade", op = "eq", value = "B" }, { field = "interactions", op = "ge", value = 9 }] }',
            0,
        ),
        ('{ field = "interest", op = "lt", value = 1 }', 0),
        ('{ field = "grade", op = "eq", value = "A" }', 1000),
        ('{ field = "grade", op = "in", value = ["A", "B"] }', 0),
        ('{ field = "grade", op = "ne", value = "B" }', 0),
        ('{ field = "grade", op = "in", value = ["-"] }', 0),
        ('{ field = "interactions", op = "ge", value = 9 }', 0),
        ('{ not = { field = "interest", op = "ge", value = 1 } }', 0),
        ('{ all = [{ field = "fit", op = "ge", value = 25 }, { field = "interest", op = "ge", value = 8 }] }', 500),
        ('{ any = [{ field = "fit", op = "ge", value = 25 }, { field = "interest", op = "ge", value = 8 }] }', 300),
    ],
)
def test_points_missing_are_those_that_the_bar_asks_for(when, lack):
    """In hundredths; of what is asked for together the largest, of what is enough the smallest."""
    assert missing(when) == lack


def test_points_missing_are_of_the_next_bar():
    """None above all of them, and nobody can tell without one."""
    life = live(small())
    assert points_missing(life.record.score(), life.by.model) == 500
    life.does("visit", 0)
    assert points_missing(life.record.score(), life.by.model) == 1000
    life.does("visit", 0.1)
    life.does("visit", 0.2)
    assert points_missing(life.record.score(), life.by.model) == 0
    none = live(small(qualify="[qualify]\n"))
    assert points_missing(none.record.score(), none.by.model) is None


def test_points_missing_to_a_group_are_counted():
    """By its subtotal."""
    interest = '[interest.groups.web]\nmax = 50\n[[interest.rules]]\nevent = "visit"\npoints = 5\ngroup = "web"\n'
    bar = '[qualify]\n[qualify.mql]\nwhen = { field = "group.web", op = "ge", value = 30 }\n'
    life = live(small(interest=interest, qualify=bar), TINY)
    life.does("visit", 0)
    assert points_missing(life.record.score(), life.by.model) == 2500
