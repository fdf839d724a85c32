"""One statement of SQL says on a server what `score_table` says here."""

import pytest

from leadqual.batch import sql_script
from leadqual.testing.engines import compare_rows
from tests.batch.running import staged
from tests.engines.drawn import base

SEEDS = (0, 3)
PLACED = {"TEXT": "TEXT", "DOUBLE": "DOUBLE PRECISION", "BOOLEAN": "BOOLEAN", "BIGINT": "BIGINT"}


def wrong(drawn, rows):
    """Return how the rows of a statement differ from those of the reference."""
    names = ("lead_id", "fit", "interest", "total", "grade", "level", "label", "qualifies", "gate")
    found = [dict(zip(names, map(_whole, row), strict=True)) for row in rows]
    expected = {row["lead_id"]: row for row in drawn.expected.rows}
    return list(compare_rows(expected, found, names[1:]))


def _whole(value):
    return value if value is None or isinstance(value, str) else int(value)


@pytest.mark.parametrize("number", SEEDS)
def test_postgres_answers_the_statement(number, postgres):
    """Tables, texts and statement, as somebody would hand them over who reaches the server by other means."""
    import sqlalchemy

    drawn = base(number, 30)
    script = sql_script(drawn.playbook.model, dialect="postgres", now=drawn.now)
    tables = staged(drawn.playbook.model, drawn.leads, drawn.events, script)
    engine = sqlalchemy.create_engine(postgres)
    with engine.connect() as connection:
        cursor = connection.connection.driver_connection.cursor()
        for name, kinds in (("lq_leads", script.leads), ("lq_events", script.events)):
            load(cursor, name, kinds, [tuple(row.values()) for row in tables[name].to_pylist()])
        if script.texts:
            load(cursor, "lq_text", script.texts, list(script.text_rows(cursor.execute(script.texts_query).fetchall())))
        rows = cursor.execute(script.statement).fetchall()
    engine.dispose()
    assert wrong(drawn, rows) == []


def load(cursor, name, kinds, rows):
    """Make a table for this connection and fill it."""
    columns = ", ".join(f'"{column}" {PLACED[kind]}' for column, kind in kinds.items())
    cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns})")
    with cursor.copy(f"COPY {name} FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


@pytest.mark.parametrize("number", SEEDS[:1])
def test_spark_answers_the_statement(number, spark):
    """The same, over views of a session."""
    drawn = base(number, 30)
    script = sql_script(drawn.playbook.model, dialect="spark", now=drawn.now)
    tables = staged(drawn.playbook.model, drawn.leads, drawn.events, script)
    for name, table in tables.items():
        spark.createDataFrame(table).createOrReplaceTempView(name)
    if script.texts:
        found = [tuple(row) for row in spark.sql(script.texts_query).collect()]
        names = {"TEXT": "string", "BIGINT": "bigint"}
        schema = ", ".join(f"`{column}` {names[kind]}" for column, kind in script.texts.items())
        spark.createDataFrame(list(script.text_rows(found)), schema).createOrReplaceTempView("lq_text")
    rows = [tuple(row) for row in spark.sql(script.statement).collect()]
    for name in (*tables, "lq_text"):  # the session is shared, and other tests look at what is left in it
        spark.catalog.dropTempView(name)
    assert wrong(drawn, rows) == []
