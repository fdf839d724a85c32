from typing import Any

import pytest

from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS, FileFormat, column_problems
from leadqual.playbook.notations import codec_name, date_order


def test_file_format_has_no_problems_when_nothing_or_everything_is_said():
    """The default and a full format are both fine."""
    full = FileFormat(
        zone="America/Mexico_City",
        unit="ms",
        dates="dd/mm/yyyy",
        decimal=",",
        delimiter=";",
        encoding="windows-1252",
        missing=["Select", "unknown"],
        bare_dates="noon",
    )
    assert list(FileFormat().problems("files.leads")) == []
    assert list(full.problems("files.leads")) == []
    assert full.missing == ("Select", "unknown")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("zone", "Europe/Madird"),
        ("zone", "localtime"),
        ("zone", "../../etc/passwd"),
        ("zone", "Europe"),
        ("zone", "tzdata.zi"),
        ("zone", 7),
        ("zone", "x" * 10_000),
        ("zone", ""),
        ("unit", "sec"),
        ("unit", ["s"]),
        ("dates", "dd/mm"),
        ("dates", "mm/yyyy/dd"),
        ("dates", "dd/mm.yyyy"),
        ("dates", 1),
        ("dates", ""),
        ("decimal", ";"),
        ("decimal", None),
        ("delimiter", ""),
        ("delimiter", ";;"),
        ("delimiter", '"'),
        ("delimiter", "a"),
        ("delimiter", "\n"),
        ("delimiter", " "),
        ("encoding", "rot13"),
        ("encoding", "utf8x"),
        ("encoding", "a\0b"),
        ("encoding", 8),
        ("missing", "Select"),
        ("missing", [1]),
        ("bare_dates", "midnight"),
        ("bare_dates", "noon"),
    ],
)
def test_file_format_reports_a_value_that_cannot_be(key, value):
    """Every wrong value is one problem at its key, whatever its type."""
    problems = list(FileFormat(**{key: value}).problems("files.events"))
    assert [problem.where for problem in problems] == [f"files.events.{key}"]
    assert problems[0].hint


def test_file_format_names_the_closest_zone():
    """A misspelt zone is answered with the one that was meant."""
    (problem,) = FileFormat(zone="Europe/Madird").problems("files.events")
    assert problem.hint == "Did you mean `Europe/Madrid`?"


def test_file_format_asks_for_a_zone_when_bare_dates_are_noon():
    """Noon is somewhere; the line to add says so."""
    (problem,) = FileFormat(bare_dates="noon").problems("files.events")
    assert 'zone = "Europe/Madrid"' in problem.hint
    assert list(FileFormat(bare_dates="noon", zone="UTC").problems("files.events")) == []


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        ("dd/mm/yyyy", ("dmy", "/")),
        ("mm/dd/yyyy", ("mdy", "/")),
        ("yyyy-mm-dd", ("ymd", "-")),
        ("dd.mm.yyyy", ("dmy", ".")),
        ("dd.mm.yyyy hh:mm", ("dmy", ".")),
        ("dd.mm.yyyy hh:mm:ss.ffffff", ("dmy", ".")),
        ("dd/dd/yyyy", None),
        ("yyyy-dd-mm", None),
    ],
)
def test_date_order_is_read_from_the_pattern(dates, order):
    """Order and separator follow the pattern; what is ambiguous or incomplete is none."""
    assert date_order(dates) == order


def test_codec_name_knows_aliases_and_text_encodings_only():
    """Aliases are accepted; codecs that are no way to write text are not."""
    assert codec_name("latin-1") == "iso8859-1"
    assert codec_name("UTF8") == "utf-8"
    assert codec_name("unicode_escape") is None
    assert codec_name("zlib") is None


def test_column_problems_says_did_you_mean():
    """Unknown tables and names of ours get a hint, and so does a name that is no text."""
    columns: Any = {
        "leads": {"job_titel": "Job", "email": "E-Mail", "phone": ""},
        "event": {},
        "events": {"att": "When", "asset": "Asset", "at": 3},
    }
    problems = list(column_problems(columns, attributes=["job_title"], properties=["asset"]))
    assert [(problem.where, problem.hint) for problem in problems] == [
        ("columns.leads.job_titel", "Did you mean `job_title`?"),
        ("columns.leads.phone", "Write the column's name as it stands in the file."),
        ("columns.event", "Did you mean `events`?"),
        ("columns.events.att", "Did you mean `at`?"),
        ("columns.events.at", "Write the column's name as it stands in the file."),
    ]


def test_column_problems_refuses_a_table_that_is_none():
    """`[columns] leads = "x"` is a problem, not a crash."""
    wrong: Any = {"leads": "x"}
    assert [problem.where for problem in column_problems(wrong)] == ["columns.leads"]


def test_columns_keep_the_contract():
    """The built-in columns are those that the design names."""
    assert set(EVENT_COLUMNS) == {"event_id", "lead_id", "kind", "at", "source", "by"}
    assert {"lead_id", "since", "stage", "valid_from", "created_at", "company_id"} <= set(LEAD_COLUMNS)
