"""The tables in a database are those that the service knows; what a release has made once never changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from leadqual.service.opening import open_store
from leadqual.service.stores import sql_schema, sqlite_schema
from leadqual.service.tables import TABLES

FILES = {
    "sqlite": (sqlite_schema.STEPS, "version_1_sqlite.sql"),
    "postgres": (sql_schema.STEPS, "version_1_postgres.sql"),
}
HERE = Path(__file__).parent


def written(step):
    """Return the statements of a step as a file holds them."""
    return "".join(f"{statement};\n" for statement in step)


@pytest.mark.parametrize("dialect", FILES)
def test_first_version_is_made_by_the_statements_that_are_written_down(dialect):
    """Once stores of a version exist, another column or index is a step of its own (see the end of this module)."""
    steps, name = FILES[dialect]
    assert written(steps[0]) == (HERE / name).read_text(encoding="utf-8")


def test_tables_of_sqlite_have_the_columns_of_the_rows(tmp_path):
    """Each table begins with the tenant, which begins its key, and every index too."""
    open_store(f"sqlite:///{tmp_path}/leads.db").close()
    with closing(sqlite3.connect(tmp_path / "leads.db")) as connection:
        for table in TABLES:
            columns = connection.execute(f'PRAGMA table_info("leadqual_{table.name}")').fetchall()
            key = [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]]
            assert [row[1] for row in columns] == ["tenant", *(column.name for column in table.columns)]
            assert [not row[3] for row in columns[1:]] == [column.optional for column in table.columns]
            assert key == ["tenant", *table.primary]
            indexes = connection.execute(f'PRAGMA index_list("leadqual_{table.name}")').fetchall()
            assert len(indexes) == 1 + len(table.indexes)
            for index in indexes:
                assert connection.execute(f'PRAGMA index_info("{index[1]}")').fetchone()[2] == "tenant"


def test_tables_of_postgres_compare_texts_by_code_point(postgres_url):
    """Whatever the database's own order is: it is Turkish here."""
    url = postgres_url()
    open_store(url).close()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = connection.execute(
            "SELECT table_name, column_name, is_nullable, collation_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        ).fetchall()
    columns: dict[str, list[tuple[str | None, ...]]] = {}
    for table, *column in found:
        columns.setdefault(table, []).append(tuple(column))
    assert columns.pop("leadqual_store") == [("version", "NO", None, "bigint")]
    kinds = {"text": ("C", "text"), "integer": (None, "bigint")}
    assert columns == {
        f"leadqual_{table.name}": [
            ("tenant", "NO", "C", "text"),
            *((column.name, "YES" if column.optional else "NO", *kinds[column.kind]) for column in table.columns),
        ]
        for table in TABLES
    }


if __name__ == "__main__":  # before a release: write the files anew with python -m tests.service.stores.test_schema
    for steps, name in FILES.values():
        (HERE / name).write_text(written(steps[0]), encoding="utf-8")
