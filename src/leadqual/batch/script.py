"""A plan as one statement of SQL, for a warehouse that leadqual does not reach."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.axes.columns import staged
from leadqual.batch.axes.needs import needs
from leadqual.batch.facts import Facts
from leadqual.batch.program import Made, Small
from leadqual.batch.score import ScorePlan
from leadqual.batch.sql.dialects import DIALECTS, Dialect, render
from leadqual.batch.sql.dialects.render import table_of_numbers
from leadqual.batch.sql.nodes import (
    Expr,
    any_of,
    as_bigint,
    column,
    identifier,
    negated,
    text,
)
from leadqual.batch.sql.template import filtered, listing, statement, table, united
from leadqual.batch.when import When
from leadqual.calendar import utc
from leadqual.errors import InputError, Problem
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.lead import BUILT_IN
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

_SQL_TYPES: Final = {"text": "TEXT", "list": "TEXT", "number": "DOUBLE", "boolean": "BOOLEAN"}
_KEPT_APART: Final = 1000
"""Rows of a small table that one query lists at most."""


@frozen(kw_only=True)
class Script:
    """A model as SQL over three tables that a warehouse has to hold.

    Attributes:
        statement: One query that gives the scores: the columns of a scores file, points in hundredths.
        leads: Columns of the table ``lq_leads`` with their SQL types: one row for each lead.
        events: Columns of ``lq_events`` with theirs: one row for each event; copies are left out, and all events of an
            id that stands for two contents.
        texts: Columns of ``lq_text`` with theirs; `text_rows` gives its rows. Empty if no condition reads a text.
        texts_query: The query of the texts that Python has to answer for; ``None`` if there are none.
    """

    statement: str
    leads: Mapping[str, str]
    events: Mapping[str, str]
    texts: Mapping[str, str]
    texts_query: str | None
    _plan: ScorePlan

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns whose texts Python has to answer for."""
        return self._plan.tests.keys

    def typed(self, columns: Mapping[str, str]) -> dict[str, str]:
        """Return columns with their types as the dialect writes them.

        Args:
            columns: `leads`, `events` or `texts`.
        """
        dialect = self._plan.dialect.sqlglot
        return {name: exp.DataType.build(kind).sql(dialect) for name, kind in columns.items()}

    def text_rows(self, values: Iterable[tuple[str, str]]) -> Iterator[tuple[str | int, ...]]:
        """Yield the rows of ``lq_text``.

        Args:
            values: Column and text, as `texts_query` gives them.
        """
        by_key: dict[str, set[str]] = {}
        for key, value in values:
            by_key.setdefault(key, set()).update((value, normal(value)))
        for key, found in by_key.items():
            yield from self._plan.tests.rows(key, sorted(found))


def sql_script(
    model: ScoringModel | Playbook, *, dialect: str, now: datetime, ascii_only: bool = False, details: bool = False
) -> Script:
    """Return a model as one statement of SQL.

    Args:
        model: The model, or a playbook.
        dialect: ``duckdb``, ``spark``, ``postgres``, ``snowflake`` or ``bigquery``.
        now: The instant of asking; it stands in the statement.
        ascii_only: Promise that no text in the tables holds more than ASCII; then ``lq_text`` is not read.
        details: Whether bars that are kept, all gates, the range of fit and completeness are wanted too.

    Returns:
        The statement, and the tables that it reads.

    Raises:
        InputError: If the dialect is not known.
        InstantError: If `now` is naive or out of range.
        UnsupportedByEngine: If the dialect cannot do what the model asks, or not exactly.
    """
    at = utc(now, "now")
    scored = model.model if isinstance(model, Playbook) else model
    speaks = _dialect(dialect)
    leads, events = _columns(scored, details=details)
    foreign = () if ascii_only else _foreign(leads, events)
    facts = Facts(
        leads=leads,
        events=events,
        foreign_leads=frozenset(name for name in foreign if name in leads),
        foreign_events=frozenset(name for name in foreign if name in events),
        dated=False,
        doubled=False,
    )
    when = When(at=at, day_start=scored.plans.interest.day_start, dialect=speaks)
    plan = ScorePlan(model=scored, when=when, facts=facts, dialect=speaks, details=details)
    steps: list[Made] = [*plan.once_steps(), *plan.leads.steps(), *plan.interested.tally_steps()]
    steps += [*plan.interested.sum_steps(), *plan.score_steps()]
    masks = {f"lq_m{number}": "BIGINT" for number in range(plan.tests.masks)}
    keys = plan.tests.keys
    return Script(
        statement=render(_whole(steps, speaks), speaks, pretty=True),
        leads={name: _SQL_TYPES.get(kind, "BIGINT") for name, kind in leads.items()},
        events={name: _SQL_TYPES.get(kind, "BIGINT") for name, kind in events.items()},
        texts={"lq_field": "TEXT", "lq_value": "TEXT", "lq_normal": "TEXT", **masks} if keys else {},
        texts_query=render(united([_texts(key, leads, speaks) for key in sorted(keys)]), speaks, pretty=True)
        if keys
        else None,
        plan=plan,
    )


def _dialect(name: str) -> Dialect:
    known = {dialect.sqlglot: dialect for dialect in DIALECTS.values()}
    if name not in known:
        hint = did_you_mean(name, known)
        raise InputError([Problem(where="dialect", what="unknown dialect", got=name, hint=hint)])
    return known[name]


def _columns(model: ScoringModel, *, details: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Return the columns that the statement reads, with their types."""
    asked = needs(model, fit_range=details, completeness=details)
    types = {name: kind.name for name, kind in model.plans.scope.fields.items()}
    fields = {staged(name): types[name] for name in asked.fields if name in types or name in BUILT_IN}
    leads = {"lq_lead": "text", "lq_since": "instant", **fields, **({"lq_stage": "text"} if asked.stage else {})}
    events = {"lq_source": "text", "lq_event": "text", "lq_lead": "text", "lq_kind": "text", "lq_own": "boolean"}
    properties = {f"p_{name}": kind for name, kind in model.plans.interest.properties.items()}
    return leads, {**events, "lq_us": "instant", **properties}


def _foreign(leads: Mapping[str, str], events: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that may hold texts of more than ASCII."""
    ids = ("lq_lead", "lq_event", "lq_source")
    return tuple(
        name for name, kind in (*leads.items(), *events.items()) if kind in ("text", "list") and name not in ids
    )


def _texts(key: str, leads: Mapping[str, str], dialect: Dialect) -> Expr:
    value = column(key, "t")
    query = statement("SELECT DISTINCT 0 FROM $source", source=table("lq_leads" if key in leads else "lq_events", "t"))
    return filtered(listing(query, [("lq_field", text(key)), ("lq_value", value)]), [negated(dialect.is_ascii(value))])


def _whole(steps: Sequence[Made], dialect: Dialect) -> Expr:
    """Return all steps as one query."""
    named = [(made.name, _listed(made, dialect) if isinstance(made, Small) else made.query) for made in steps]
    parts = [exp.CTE(this=query, alias=exp.TableAlias(this=identifier(step))) for step, query in named[:-1]]
    last = named[-1][1]
    last.set("with_", exp.With(expressions=parts))
    return last


def _listed(small: Small, dialect: Dialect) -> Expr:
    """Return a small table as a query."""
    nothing = [(name, exp.Cast(this=exp.Null(), to=exp.DataType.build(kind))) for name, kind in small.columns]
    if not small.rows:
        return filtered(listing(statement("SELECT 0"), nothing), [any_of([])])
    parts = [
        _values(small, small.rows[at : at + _KEPT_APART], dialect) for at in range(0, len(small.rows), _KEPT_APART)
    ]
    return united(parts)


def _values(small: Small, rows: Sequence[tuple[object, ...]], dialect: Dialect) -> Expr:
    names = [name for name, _ in small.columns]
    listed = [(name, as_bigint(column(name, "v"))) for name in names]
    return listing(statement("SELECT 0 FROM $rows", rows=table_of_numbers("v", names, rows, dialect)), listed)
