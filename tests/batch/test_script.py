"""One statement of SQL says what `score_table` says."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch import score_table, sql_script
from leadqual.batch.sql.dialects import DIALECTS
from leadqual.conditions.nodes import Leaf
from leadqual.errors import InputError
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.testing import arrow_events, arrow_leads, bases, playbooks

from .interest.drawing import NOW, PROPERTIES, acts, models
from .running import fewer, staged

WORDS = [dialect.sqlglot for dialect in DIALECTS.values()]


def answers(script, tables):
    """Return the rows of the statement on a DuckDB that holds the tables, those of texts among them."""
    import duckdb

    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        if script.texts:
            rows = list(script.text_rows(connection.execute(script.texts_query).fetchall()))
            types = [pa.string() if kind == "TEXT" else pa.int64() for kind in script.texts.values()]
            columns = [pa.array([row[at] for row in rows], kind) for at, kind in enumerate(types)]
            connection.register("lq_text", pa.table(columns, names=list(script.texts)))
        return sorted(connection.execute(script.statement).fetchall())


def scores(model, leads, events, **how):
    """Return the rows of `score_table`."""
    tables = {"leads": arrow_leads(model, leads), "events": arrow_events(model, events)}
    rows = score_table(model, **tables, now=NOW, bad_rows="skip", **how).rows()
    return sorted(tuple(row.values()) for row in rows)


@fewer
@given(data=st.data(), model=playbooks().map(lambda playbook: playbook.model) | models(), details=st.booleans())
def test_statement_says_what_score_table_says(data, model, details):
    """Copies, conflicts and texts of every script among its events."""
    base = data.draw(bases(model, now=NOW, most_leads=4))
    events = [event for event in base.events if event.key not in base.flagged]
    script = sql_script(model, dialect="duckdb", now=NOW, details=details)
    found = answers(script, staged(model, base.leads, events, script))
    assert found == scores(model, base.leads, events, details=details)


@fewer
@given(model=playbooks().map(lambda playbook: playbook.model) | models())
def test_statement_of_every_dialect_is_one_that_it_reads(model):
    """Each is one query that its own parser reads; no order of nulls is left to a server, every name is quoted."""
    import sqlglot

    for dialect in WORDS:
        script = sql_script(model, dialect=dialect, now=NOW)
        for text in (script.statement, script.texts_query or "SELECT 1"):
            (parsed,) = sqlglot.parse(text, read=dialect)
            assert "NULLS" not in text
            names = [name for name in parsed.find_all(sqlglot.exp.Identifier) if not name.args.get("quoted")]
            assert names == []


def _read(text, *, dialect):
    import sqlglot

    return sqlglot.parse_one(text, read=dialect)


@pytest.mark.parametrize("dialect", WORDS)
def test_texts_are_read_for_what_is_more_than_ascii_only(dialect):
    """With the promise that there is none, no staging table is read, and none is asked for."""
    leaf = Leaf(field="page", op="contains_word", value="ceo", ignore_case=True, ignore_accents=True)
    rule = InterestRule(event="café", points=2, when=leaf)
    model = ScoringModel(properties=PROPERTIES, interest=Interest(rules=[rule]))
    script = sql_script(model, dialect=dialect, now=NOW)
    assert {"lq_field", "lq_value", "lq_normal", "lq_m0"} <= set(script.texts)
    assert "lq_text" in script.statement
    promised = sql_script(model, dialect=dialect, now=NOW, ascii_only=True)
    assert (promised.texts, promised.texts_query) == ({}, None)
    assert "lq_text" not in promised.statement


def test_texts_go_to_python_and_back():
    """What the query of texts gives becomes rows with the composed form and the answers, each once."""
    leaf = Leaf(field="page", op="starts_with", value="técnico", ignore_case=True, ignore_accents=True)
    model = ScoringModel(properties=PROPERTIES, interest=Interest(rules=[InterestRule(event="a", points=2, when=leaf)]))
    script = sql_script(model, dialect="duckdb", now=NOW)
    rows = {row[1]: row for row in script.text_rows([("p_page", "Te\u0301cnico"), ("p_page", "İ"), ("p_page", "İ")])}
    assert set(rows) == {"Te\u0301cnico", "Técnico", "İ"}
    assert rows["Te\u0301cnico"][0] == "p_page"
    assert rows["Te\u0301cnico"][2] == rows["Técnico"][2] == "Técnico"
    assert [rows[text][3] for text in ("Te\u0301cnico", "Técnico", "İ")] == [1, 1, 0]


def test_promise_of_ascii_scores_ascii():
    """A base without any other text has the same scores either way."""
    model = ScoringModel(
        properties=PROPERTIES,
        attributes={"title": "text"},
        fit=Fit(criteria=[Criterion(points=3, when=Leaf(field="title", op="contains", value="ceo", ignore_case=True))]),
        interest=Interest(rules=[InterestRule(event="open", points=1, when=Leaf(field="page", op="eq", value="/a"))]),
    )
    leads = [Lead(id="L1", attributes={"title": "The CEO"}), Lead(id="L2")]
    events = [
        event
        for event in acts(5, 80, leads=("L1", "L2"))
        if event.kind.isascii() and str(event.properties.get("page") or "").isascii()
    ]
    scripts = [sql_script(model, dialect="duckdb", now=NOW, ascii_only=promise) for promise in (True, False)]
    found = [answers(script, staged(model, leads, events, script)) for script in scripts]
    assert found[0] == found[1] == scores(model, leads, events)


def test_unknown_dialect_is_refused_with_the_nearest():
    """A slip of the pen is told."""
    with pytest.raises(InputError, match="snowflake"):
        sql_script(ScoringModel(), dialect="snowflak", now=NOW)


@pytest.mark.parametrize("dialect", WORDS)
def test_rules_without_end_are_one_statement_too(dialect):
    """More rows of a small table than one list of values holds are several lists."""
    rules = [InterestRule(event=f"kind {at}", points=1) for at in range(1200)]
    script = sql_script(ScoringModel(interest=Interest(rules=rules)), dialect=dialect, now=NOW)
    assert len(re.findall(r"kind 1199\b", script.statement)) == 1
    assert _read(script.statement, dialect=dialect) is not None
