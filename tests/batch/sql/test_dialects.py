"""The leaves of each dialect: in DuckDB by what they do, elsewhere by how they are written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import BIGQUERY, DIALECTS, DUCKDB, POSTGRES, SNOWFLAKE, SPARK, render
from leadqual.batch.sql.dialects.base import EDGES, function, of_literal, word_by_translation, word_pattern
from leadqual.conditions.comparisons import has_word
from leadqual.conditions.fieldtypes import INT64
from leadqual.errors import UnsupportedByEngine
from tests.batch.sql.ground import said
from tests.batch.sql.nasty import TEXTS

ASCII = [text for text in TEXTS if text.isascii()]
A, B = nodes.column("a"), nodes.column("b")
near_words = st.text("aB1 -_.+\\]^'\n\x01", max_size=6)


def test_edges_are_what_the_reference_takes_for_edges():
    """Every ASCII character but letters, digits and NUL, which no text holds."""
    assert {chr(code) for code in range(1, 128) if has_word(f"x{chr(code)}", "x")} == set(EDGES)


@given(value=st.sampled_from(ASCII) | near_words, words=st.lists(st.sampled_from(ASCII) | near_words, max_size=4))
@example(value="C+++", words=["C++"])
@example(value="+C++ ", words=["C++"])
@example(value="(C++)", words=["C++"])
@example(value="xC++", words=["C++"])
def test_words_are_found_with_a_pattern_and_without(duckdb, value, words):
    """Both ways find what the reference finds in a text that is not missing."""
    value = value or "-"
    right = any(has_word(value, word) for word in words)
    translated = word_by_translation(function("TRANSLATE"), of_literal("CONTAINS"))
    made = [translated(nodes.text(value), words)] + ([DUCKDB.holds_word(nodes.text(value), words)] if words else [])
    assert set(said(duckdb, *made)) == {right}


def test_words_that_an_engine_cannot_look_for_are_refused():
    """Postgres takes no pattern without end, and Snowflake no word of too many signs."""
    assert render(POSTGRES.holds_word(A, ["x" * 5_000]), POSTGRES)
    with pytest.raises(UnsupportedByEngine, match="PostgreSQL cannot look for a word of more than 5,000 characters"):
        POSTGRES.holds_word(A, ["ok", "x" * 5_001])
    assert render(SNOWFLAKE.holds_word(A, [f"C{EDGES[:16]}"]), SNOWFLAKE)
    with pytest.raises(UnsupportedByEngine, match="a word with more than 16 different signs"):
        SNOWFLAKE.holds_word(A, ["ok", f"C{EDGES[:17]}"])


def test_patterns_give_no_character_a_meaning():
    """Each character that is not a letter or a digit is a class of its own, or stands after a backslash."""
    assert word_pattern(["a.b", "^]-[\\"]) == "(^|[^0-9A-Za-z])(a[.]b|\\^\\]\\-\\[\\\\)([^0-9A-Za-z]|$)"


@given(st.integers(0, INT64 - 1), st.integers(1, INT64 - 1))
def test_quotients_and_remainders_are_whole(duckdb, left, right):
    """As Python divides, up to the largest numbers."""
    pieces = nodes.integer(left), nodes.integer(right)
    assert said(duckdb, DUCKDB.quotient(*pieces), DUCKDB.remainder(*pieces)) == divmod(left, right)


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_texts_are_measured_searched_and_joined(duckdb, one, other):
    """Lengths, parts and joints of any two texts."""
    text, literal = nodes.text(one), nodes.text(other)
    made = (
        DUCKDB.byte_length(text), DUCKDB.length(text), DUCKDB.is_ascii(text), DUCKDB.holds(text, other),
        DUCKDB.starts(text, other), DUCKDB.ends(text, other), DUCKDB.after_last_at(text),
        DUCKDB.concatenated([text, literal, text]), nodes.less(DUCKDB.binary(text), DUCKDB.binary(literal)),
    )  # fmt: skip
    assert said(duckdb, *made) == (
        len(one.encode()), len(one), one.isascii(), other in one, one.startswith(other), one.endswith(other),
        one.rpartition("@")[2], one + other + one, one < other,
    )  # fmt: skip


def test_lower_case_is_that_of_ascii(duckdb):
    """Each ASCII character by itself."""
    characters = [chr(code) for code in range(1, 128)]
    made = [DUCKDB.lower(nodes.text(character)) for character in characters]
    assert said(duckdb, *made) == tuple(map(str.lower, characters))


def test_joints_with_a_missing_text_are_missing(duckdb):
    """A text joined with null is null, not the text alone."""
    missing = nodes.as_text(nodes.null_bigint())
    assert said(duckdb, DUCKDB.concatenated([nodes.text("x"), missing])) == (None,)


def test_not_a_number_is_told_from_numbers(duckdb):
    """NaN is the only double that is none."""
    numbers = (float("nan"), 0.0, 1e308, float("inf"))
    assert said(duckdb, *(DUCKDB.is_nan(nodes.double(number)) for number in numbers)) == (True, False, False, False)


def test_conditions_hold_of_any_or_every_row(duckdb):
    """Rows where the condition is null do not count; no row at all gives null."""
    for rows, answer in (
        ("(true), (false), (null)", (True, False)),
        ("(true), (null)", (True, True)),
        ("(false)", (False, False)),
        ("(null::boolean)", (None, None)),
    ):
        assert said(duckdb, DUCKDB.any_row(A), DUCKDB.every_row(A), of=f"(values {rows}) t(a)") == answer


def test_hashes_are_numbers_of_64_bits_that_tell_texts_apart(duckdb):
    """Equal texts have equal hashes, and where the joint between two texts lies matters."""
    pairs = [("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", ""), ("ab", "c")]
    found = said(duckdb, *(DUCKDB.hash64(list(map(nodes.text, pair))) for pair in pairs))
    assert found[0] == found[4]
    assert len(set(found)) == 4
    assert all(-INT64 <= number < INT64 for number in found)


def test_dialects_go_by_the_names_of_sqlglot():
    """Each once, under its own name."""
    assert {name: dialect.name for name, dialect in DIALECTS.items()} == {
        "duckdb": "DuckDB",
        "spark": "Spark",
        "postgres": "PostgreSQL",
        "snowflake": "Snowflake",
        "bigquery": "BigQuery",
    }


@pytest.mark.parametrize(
    ("leaf", "texts"),
    [
        (
            lambda of: of.quotient(A, B),
            ('"a" // "b"', "`a` DIV `b`", '"a" / "b"', 'CAST(("a" - ("a" % "b")) / "b" AS BIGINT)', "DIV(`a`, `b`)"),
        ),
        (lambda of: of.remainder(A, B), ('"a" % "b"', "`a` % `b`", '"a" % "b"', '"a" % "b"', "MOD(`a`, `b`)")),
        (lambda of: of.bit_and(A, B), ('"a" & "b"', "`a` & `b`", '"a" & "b"', 'BITAND("a", "b")', "`a` & `b`")),
        (
            lambda of: of.is_ascii(A),
            (
                'STRLEN("a") = LENGTH("a")',
                "OCTET_LENGTH(`a`) = CHAR_LENGTH(`a`)",
                'OCTET_LENGTH("a") = CHAR_LENGTH("a")',
                'OCTET_LENGTH("a") = LENGTH("a")',
                "BYTE_LENGTH(`a`) = CHAR_LENGTH(`a`)",
            ),
        ),
        (
            lambda of: of.holds(A, "%"),
            (
                "CONTAINS(\"a\", '%')",
                "CONTAINS(`a`, '%')",
                "STRPOS(\"a\", '%') > CAST(0 AS BIGINT)",
                "CONTAINS(\"a\", '%')",
                "STRPOS(`a`, '%') > CAST(0 AS INT64)",
            ),
        ),
        (
            lambda of: of.after_last_at(A),
            (
                "SPLIT_PART(\"a\", '@', CAST(-1 AS BIGINT))",
                "SUBSTRING_INDEX(`a`, '@', -1)",
                "SPLIT_PART(\"a\", '@', -1)",
                "SPLIT_PART(\"a\", '@', -1)",
                "REGEXP_EXTRACT(`a`, '[^@]*$')",
            ),
        ),
        (lambda of: of.binary(A), ('"a"', "`a`", '"a" COLLATE "C"', '"a"', "`a`")),
        (
            lambda of: of.is_nan(A),
            (
                'ISNAN("a")',
                "ISNAN(`a`)",
                "\"a\" = CAST('NaN' AS DOUBLE PRECISION)",
                "\"a\" = CAST('NaN' AS DOUBLE)",
                "IS_NAN(`a`)",
            ),
        ),
        (
            lambda of: of.any_row(A),
            ('BOOL_OR("a")', "BOOL_OR(`a`)", 'BOOL_OR("a")', 'BOOLOR_AGG("a")', "LOGICAL_OR(`a`)"),
        ),
        (
            lambda _: nodes.least(A, B),
            ('LEAST("a", "b")', "LEAST(`a`, `b`)", 'LEAST("a", "b")', 'LEAST("a", "b")', "LEAST(`a`, `b`)"),
        ),
        (
            lambda _: nodes.double(0.1),
            tuple(f"CAST('0.1' AS {name})" for name in ("DOUBLE", "DOUBLE", "DOUBLE PRECISION", "DOUBLE", "FLOAT64")),
        ),
        (
            lambda _: nodes.text("a\\'\n"),
            ("'a\\''\n'", "'a\\\\\\'\\n'", "'a\\''\n'", "'a\\\\\\'\\n'", "'a\\\\\\'\\n'"),
        ),
    ],
)
def test_leaves_are_written_as_each_engine_understands_them(leaf, texts):
    """Where no engine can be asked, its own words stand here."""
    some = (DUCKDB, SPARK, POSTGRES, SNOWFLAKE, BIGQUERY)
    assert tuple(render(leaf(dialect), dialect) for dialect in some) == texts


def test_words_are_written_as_each_engine_understands_them():
    """A pattern ends where the text ends, also before a last newline of Java's; Snowflake needs none."""
    written = {name: render(dialect.holds_word(A, ["C.O"]), dialect) for name, dialect in DIALECTS.items()}
    assert written.pop("snowflake").startswith("CONTAINS(' ' || TRANSLATE(\"a\", ")
    assert written == {
        "duckdb": "REGEXP_MATCHES(\"a\", '(^|[^0-9A-Za-z])(C[.]O)([^0-9A-Za-z]|$)')",
        "spark": "`a` RLIKE '(^|[^0-9A-Za-z])(C[.]O)([^0-9A-Za-z]|\\\\z)'",
        "postgres": "\"a\" ~ '(^|[^0-9A-Za-z])(C[.]O)([^0-9A-Za-z]|$)'",
        "bigquery": "REGEXP_CONTAINS(`a`, '(^|[^0-9A-Za-z])(C[.]O)([^0-9A-Za-z]|$)')",
    }


def test_hashes_are_written_as_each_engine_understands_them():
    """Whoever needs one has to ask first: some engines have none that is known."""
    written = {name: dialect.hash64 and render(dialect.hash64([A, B]), dialect) for name, dialect in DIALECTS.items()}
    assert written == {
        "duckdb": 'CAST(HASH("a", "b") >> 1 AS BIGINT)',
        "spark": "XXHASH64(`a`, `b`)",
        "postgres": 'HASHTEXTEXTENDED(CAST("b" AS TEXT), HASHTEXTEXTENDED(CAST("a" AS TEXT), CAST(0 AS BIGINT)))',
        "snowflake": None,
        "bigquery": None,
    }
