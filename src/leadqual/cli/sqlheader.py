"""What stands above a statement of SQL: the tables that it reads, and how to make them."""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from leadqual import __version__
from leadqual.cli.options import shown_instant
from leadqual.cli.screen import safe
from leadqual.files.columns import Columns
from leadqual.playbook import Playbook

if TYPE_CHECKING:
    from leadqual.batch import Script

_WIDTH: Final = 110
_OWN: Final = {
    "lq_lead": "id of the lead",
    "lq_since": "from when on its events count, as an instant; null if all do",
    "lq_stage": "stage of its lifecycle; null if it is not known",
    "lq_source": "system that the event comes from; '' if there is only one",
    "lq_event": "id of the event within its source",
    "lq_kind": "kind of the event",
    "lq_own": "true if the lead acted, false if we did",
    "lq_us": "when, as an instant",
    "lq_field": "name of the column that the text stands in",
    "lq_value": "the text as it stands there",
    "lq_normal": "the text composed",
}
_MEANINGS: Final = {
    "text": "text; null where it is missing",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "date as days since 1970-01-01",
    "instant": "instant as microseconds since 1970 in UTC",
    "list": "list as one text, with U+001F before, between and after its texts; null where it is empty",
}
MAKING: Final[Mapping[str, tuple[str, str, str]]] = {
    "duckdb": (
        "epoch_us(an_instant)",
        "date_diff('day', DATE '1970-01-01', a_date)",
        "chr(31) || array_to_string(a_list, chr(31)) || chr(31)",
    ),
    "spark": (
        "unix_micros(an_instant)",
        "datediff(a_date, DATE '1970-01-01')",
        "concat(char(31), array_join(a_list, char(31)), char(31))",
    ),
    "postgres": (
        "CAST(EXTRACT(EPOCH FROM an_instant) * 1000000 AS BIGINT)",
        "a_date - DATE '1970-01-01'",
        "chr(31) || array_to_string(a_list, chr(31)) || chr(31)",
    ),
    "snowflake": (
        "DATE_PART(EPOCH_MICROSECOND, an_instant)",
        "DATEDIFF('day', '1970-01-01'::DATE, a_date)",
        "CHR(31) || ARRAY_TO_STRING(a_list, CHR(31)) || CHR(31)",
    ),
    "bigquery": (
        "UNIX_MICROS(an_instant)",
        "UNIX_DATE(a_date)",
        "CONCAT(CHR(31), ARRAY_TO_STRING(a_list, CHR(31)), CHR(31))",
    ),
}
"""How each dialect makes an instant, a date and a list."""
_UNRUN: Final = {"snowflake": "Snowflake", "bigquery": "BigQuery"}


def head(playbook: Playbook, script: "Script", dialect: str, now: datetime, objective: str | None) -> str:
    """Return the comment above a statement.

    Args:
        playbook: What scores.
        script: The statement.
        dialect: Whose SQL it is.
        now: The instant that stands in it.
        objective: The objective under which it scores, if any.
    """
    return "".join(f"-- {safe(line)}".rstrip() + "\n" for line in _lines(playbook, script, dialect, now, objective))


def _lines(playbook: Playbook, script: "Script", dialect: str, now: datetime, objective: str | None) -> Iterator[str]:
    under = "" if objective is None else f", objective {objective}"
    yield f"Scores by {playbook.name} {playbook.version}{under}, as of {shown_instant(now)}."
    yield f"Model {playbook.model.fingerprint}; made by leadqual {__version__} for {dialect}."
    if dialect in _UNRUN:
        yield from _told(
            f"Never run on {_UNRUN[dialect]}: it was only parsed again. Compare a sample with `leadqual score` before "
            "you rely on it."
        )
    yield ""
    yield from _told("The statement reads these tables. Names are quoted, so case matters.")
    attributes = {f"a_{name}": kind for name, kind in Columns.of(playbook, "leads").types.items()}
    properties = {f"p_{name}": kind for name, kind in Columns.of(playbook, "events").types.items()}
    yield from _table("lq_leads: one row for each lead", script.typed(script.leads), attributes)
    yield from _table("lq_events: one row for each event", script.typed(script.events), properties)
    if script.texts:
        yield from _table("lq_text: what Python says of texts that are not pure ASCII", script.typed(script.texts), {})
    yield ""
    instant, date, texts = MAKING[dialect]
    yield f"An instant: {instant}"
    yield f"A date: {date}"
    yield f"A list: {texts}"
    yield from _told(
        "Texts that are empty, numbers that are no number and lists that are empty are null. Events of leads that are "
        "not in lq_leads, events after the instant and copies of an event do not count; events whose id stands for two "
        "contents are left out."
    )
    if script.texts_query is not None:
        yield ""
        yield from _told(
            "To fill lq_text, export the rows of this query as CSV, then `leadqual sql PLAYBOOK --dialect "
            f"{dialect} --texts VALUES.csv -o lq_text.csv` with the same options, and load what it writes. It may stay "
            "as it is until the playbook or the texts change:"
        )
        yield from (f"  {line}" for line in script.texts_query.splitlines())
    yield ""
    yield from _told("The result has a row for each lead; points are whole hundredths: 2550 is 25.50.")


def _table(title: str, kinds: Mapping[str, str], types: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield title
    wide, deep = max(map(len, kinds)), max(map(len, kinds.values()))
    for name, kind in kinds.items():
        yield f"  {name:{wide}}  {kind:{deep}}  {_meaning(name, types)}"


def _meaning(name: str, types: Mapping[str, str]) -> str:
    if name in types:
        return _MEANINGS[types[name]]
    return _OWN.get(name, "answers to the tests of the column, a bit each")


def _told(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, break_on_hyphens=False, break_long_words=False)
