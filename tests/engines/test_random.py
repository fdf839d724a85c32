"""Engines give the scores of the reference under playbooks and bases that nobody chose.

LEADQUAL_PLAYBOOKS and LEADQUAL_LEADS say how many; ``.ci/run --deep engines`` has 100 playbooks and 1,000 leads.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import count, islice

import pytest

from leadqual.testing.casefiles import COUNTS
from leadqual.testing.engines import compare_rows
from tests.engines.drawn import Base, base

SIZE = int(os.environ.get("LEADQUAL_LEADS") or 40)
PLAYBOOKS = os.environ.get("LEADQUAL_PLAYBOOKS")
SEEDS = range(int(PLAYBOOKS or 4))
MORE = range(len(SEEDS) * (1 if PLAYBOOKS else 4))
"""An engine within the process is quick enough for more."""
APART = 6
"""So many totals at least, where bases are few: many a playbook that is drawn tells hardly any leads apart."""


@cache
def _base(number: int) -> Base:
    """Return the base of a number: any that is drawn where they are many, else one of those that tell leads apart."""
    if PLAYBOOKS:
        return base(number, SIZE)
    telling = (one for one in (base(seed, SIZE) for seed in count()) if len(_totals(one)) >= APART)
    return next(islice(telling, number, None))


def _totals(drawn: Base) -> set[object]:
    return {row["total"] for row in drawn.expected.rows}


def _differences(number, score):
    """Return how an engine differs from the reference over the base of a seed, a few of all."""
    drawn = _base(number)
    answer = score(drawn.playbook.model, list(drawn.leads), list(drawn.events), drawn.now)
    wrong = list(compare_rows({row["lead_id"]: row for row in drawn.expected.rows}, answer.rows))
    expected = {name: getattr(drawn.expected, name) for name in COUNTS}
    told = {name: getattr(answer, name) for name in COUNTS}
    return len(wrong), wrong[:10], {} if told == expected else {"expected": expected, "got": told}


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("number", MORE)
def test_duckdb_gives_the_scores_of_the_reference(number, threads, duckdb_engine):
    """Rows in any order, with one thread and with two: every figure of every lead is that of Python."""
    assert _differences(number, duckdb_engine(threads=threads)) == (0, [], {})


@pytest.mark.parametrize("number", SEEDS)
def test_postgres_gives_the_scores_of_the_reference(number, postgres_engine):
    """Every figure of every lead is that of Python."""
    assert _differences(number, postgres_engine) == (0, [], {})


@pytest.mark.parametrize("number", SEEDS)
def test_turkish_postgres_gives_the_scores_of_the_reference(number, turkish_postgres_engine):
    """No comparison, order or folding is left to the collation of the database."""
    assert _differences(number, turkish_postgres_engine) == (0, [], {})


@pytest.mark.usefixtures("spark_as_it_comes")
@pytest.mark.parametrize("number", SEEDS)
def test_spark_gives_the_scores_of_the_reference(number, spark_engine):
    """Every figure of every lead is that of Python."""
    assert _differences(number, spark_engine) == (0, [], {})


def test_drawn_bases_hold_what_engines_stumble_over():
    """Copies, conflicts, events of nobody, later ones, non-ASCII ids and texts, `since`: all of it is there."""
    drawn = [_base(number) for number in SEEDS]
    for name in COUNTS:
        assert sum(getattr(one.expected, name) for one in drawn) > 0, name
    assert any(not lead.id.isascii() for one in drawn for lead in one.leads)
    assert any(lead.since for one in drawn for lead in one.leads)
    assert any(event.at > one.now for one in drawn for event in one.events)
    texts = [
        text for one in drawn for event in one.events for text in event.properties.values() if isinstance(text, str)
    ]
    assert any(not text.isascii() for text in texts)
    assert len(set().union(*map(_totals, drawn))) > 10
