"""Leads in a table of DuckDB as an engine stages them, and what the expressions say of each."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
from sqlglot import exp

from leadqual.batch.axes import bars, fit, together
from leadqual.batch.axes.columns import is_of_lead, lead_columns, score_columns, staged
from leadqual.batch.axes.completeness import completeness
from leadqual.batch.axes.needs import Needs, needs
from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import DUCKDB, render
from leadqual.batch.sql.nodes import Expr, column
from leadqual.batch.sql.template import selecting, statement
from leadqual.batch.sql.texts import TextTests
from leadqual.conditions.fieldtypes import READERS
from leadqual.lead import Lead
from leadqual.scoring import Score, ScoringModel

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ARROW = {"text": pa.string(), "list": pa.string(), "number": pa.float64(), "boolean": pa.bool_()}
COUNTS = ("interactions", "active_days", "days_since_activity", "days_since_contact")


def cell(value: Any, kind: str) -> Any:
    """Return a value as it stands in a staged column."""
    read: Any = None if value is None else READERS[kind](value)
    if read is None:
        return None
    if kind == "list":
        return "\x1f".join(("", *filter(None, value), ""))
    if kind == "date":
        return value.toordinal() - date(1970, 1, 1).toordinal()
    if kind == "instant":
        return (read - EPOCH) // timedelta(microseconds=1)
    return value if kind == "text" else read


def load(con: Any, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, Any]) -> None:
    """Make a table of columns, whole numbers unless another type is named."""
    made = {key: pa.array(values, types.get(key, pa.int64())) for key, values in columns.items()}
    con.register(name, pa.table(made))


def stage_leads(con: Any, model: ScoringModel, leads: Sequence[Lead]) -> dict[str, str]:
    """Make the table of the leads, and return the alias of the texts of each field that has some not pure ASCII."""
    kinds = {name: kind.name for name, kind in model.plans.scope.fields.items() if is_of_lead(name)}
    rows = [{**lead.row, "stage": lead.stage} for lead in leads]
    columns = {staged(name): [cell(row.get(name), kind) for row in rows] for name, kind in kinds.items()}
    types = {staged(name): ARROW[kind] for name, kind in kinds.items() if kind in ARROW}
    load(con, "lq_leads", {"lq_lead": range(len(rows)), **columns}, types)
    texts = [name for name, kind in kinds.items() if kind in ("text", "list")]
    return {name: f"x_{name}" for name in texts if any(map(foreign, columns[staged(name)]))}


def foreign(value: str | None) -> bool:
    """Tell whether a text is not pure ASCII."""
    return value is not None and not value.isascii()


def profiles(con: Any, model: ScoringModel, leads: Sequence[Lead]) -> list[dict[str, Any]]:
    """Return what the expressions say of leads before any event, all that can be asked for."""
    see_profiles(con, model, leads)
    return rows(con, "lq_profile")


def see_profiles(con: Any, model: ScoringModel, leads: Sequence[Lead]) -> None:
    """Keep what the expressions say of leads before any event."""
    texts = stage_leads(con, model, leads)
    tests, plan = TextTests(), model.plans.fit
    columns = lead_columns(model, tests=tests, dialect=DUCKDB, table="l", foreign=texts)
    of_gates = fit.gates(plan, columns)
    values = [
        ("fit", fit.fit(plan, columns)),
        ("fit_low", fit.fit_low(plan, columns)),
        ("fit_high", fit.fit_high(plan, columns)),
        ("known", fit.known(plan, columns)),
        ("completeness", completeness(model, columns)),
        ("gate", fit.first_gate(of_gates)),
        ("gates", fit.every_gate(of_gates, DUCKDB)),
        *bars.lead_truths(bars.split_bars(model.plans.bars), columns),
    ]
    query = selecting(statement("SELECT lq_lead FROM lq_leads AS l"), values)
    for name, alias in texts.items():
        query.append("joins", text_join(staged(name), alias))
    load_texts(con, tests, {staged(name): model.plans.scope.fields[name].name for name in texts})
    seen(con, "lq_earned", query)
    grade = together.grade(model.plans.fit, column("fit"), column("known"))
    then(con, "lq_earned", "lq_profile", [("grade", grade)])


def seen(con: Any, name: str, query: Expr) -> None:
    """Keep the rows of a query under a name."""
    con.register(name, con.sql(render(query, DUCKDB)).to_arrow_table())


def then(con: Any, source: str, name: str, values: Sequence[tuple[str, Expr]]) -> None:
    """Keep rows with more columns than others have, made of those."""
    query = selecting(statement("SELECT * FROM source AS q"), values)
    query.find(exp.Table).set("this", nodes.identifier(source))
    seen(con, name, query)


def rows(con: Any, name: str) -> list[dict[str, Any]]:
    """Return what was kept under a name, by lead."""
    answer = con.table(name)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]
    return sorted(found, key=lambda row: row["lq_lead"])


def text_join(key: str, alias: str) -> Expr:
    """Return the join that finds the tests of a column's texts."""
    table = exp.Table(this=nodes.identifier("lq_text"), alias=exp.TableAlias(this=nodes.identifier(alias)))
    same = nodes.equals(column("lq_value", alias), column(key, "l"))
    return exp.Join(
        this=table, side="LEFT", on=nodes.all_of([nodes.equals(column("lq_field", alias), nodes.text(key)), same])
    )


def load_texts(con: Any, tests: TextTests, keys: Mapping[str, str]) -> None:
    """Make the table of the tested texts."""
    for key, kind in keys.items():
        tests.register(key, kind)
    values = {
        key: con.execute(render(statement("SELECT DISTINCT :key FROM lq_leads", key=column(key)), DUCKDB)).fetchall()
        for key in keys
    }
    rows = [
        row for key, found in values.items() for row in tests.rows(key, [value for (value,) in found if foreign(value)])
    ]
    names = ("lq_field", "lq_value", "lq_normal", *(f"lq_m{number}" for number in range(tests.masks)))
    types = dict.fromkeys(names[:3], pa.string())
    load(con, "lq_text", {name: [row[at] for row in rows] for at, name in enumerate(names)}, types)


def scores(con: Any, model: ScoringModel, found: Sequence[Score]) -> list[dict[str, Any]]:
    """Return what the expressions make of the leads' profiles, worked out by them, and of the scores' interest."""
    see_profiles(con, model, [score.reading.profile.lead for score in found])
    asked, split = needs(model), bars.split_bars(model.plans.bars)
    given = [of_events(score, asked) for score in found]
    types = {f"e_{name}": pa.bool_() for name in given[0] if name.startswith(("kind_", "any_"))}
    load(
        con,
        "lq_acts",
        {"e_lead": range(len(found)), **{f"e_{name}": [row[name] for row in given] for name in given[0]}},
        types,
    )
    seen(con, "lq_both", statement("SELECT * FROM lq_profile AS p JOIN lq_acts AS a ON a.e_lead = p.lq_lead"))
    then(con, "lq_both", "lq_leveled", [("level", together.level(model.plans.interest, column("e_interest")))])
    label = together.label(model, column("grade"), column("level"), DUCKDB)
    then(con, "lq_leveled", "lq_labelled", [("label", label)])
    total = together.total(model.combine, column("fit"), column("e_interest"), column("label"), DUCKDB)
    then(con, "lq_labelled", "lq_totalled", [("total", total)])
    score = score_columns(
        model,
        {name: column(name if name in query_names(asked) else f"e_{name}") for name in readable(asked)},
        kinds={test: column(f"e_kind_{at}") for at, test in enumerate(asked.kinds)},
        any_kind=column("e_any_kind") if asked.any_kind else None,
        truths=[(name, column(name)) for name, _ in split.of_lead],
        dialect=DUCKDB,
    )
    gated = nodes.is_not_null(column("gate"))
    tried = [(f"r_{name}", value) for name, value in bars.reached(split, score, gated=gated)]
    tried += [(f"k_{name}", value) for name, value in bars.kept(split, score, gated=gated)]
    then(con, "lq_totalled", "lq_tried", tried)
    of_bars = [
        (name, bars.joined_names([(bar.name, column(f"{first}_{bar.name}")) for bar in split.bars]))
        for name, first in (("qualifies", "r"), ("stays", "k"))
    ]
    then(con, "lq_tried", "lq_score", of_bars)
    return rows(con, "lq_score")


def query_names(asked: Needs) -> set[str]:
    """Return what bars may read that is worked out without events, or out of both axes."""
    wanted = {"fit_high": asked.fit_high, "completeness": asked.completeness}
    return {"fit", "total", "grade", "level", "label", *(name for name, is_asked in wanted.items() if is_asked)}


def readable(asked: Needs) -> list[str]:
    """Return what an engine hands to the bars: what they read, and no more."""
    groups = (f"group.{name}" for name in asked.groups)
    counts = (name for name in COUNTS if wants(asked)[name])
    return ["interest", *query_names(asked), *groups, *counts]


def wants(asked: Needs) -> dict[str, bool]:
    """Return which counts are read."""
    return dict(
        zip(
            COUNTS,
            (asked.interactions, asked.active_days, asked.days_since_activity, asked.days_since_contact),
            strict=True,
        )
    )


def of_events(score: Score, asked: Needs) -> dict[str, Any]:
    """Return what an engine would have worked out of events, and no more than was asked for."""
    reading = score.reading
    found: dict[str, Any] = {"interest": reading.subtotals.interest}
    found |= {name: reading.get(name) for name in COUNTS if wants(asked)[name]}
    found |= {f"group.{name}": reading.group(name) for name in asked.groups}
    found |= {f"kind_{at}": any(map(test.holds, score.kinds)) for at, test in enumerate(asked.kinds)}
    return found | {"any_kind": bool(score.kinds) if asked.any_kind else None}


def expected_profile(model: ScoringModel, lead: Lead) -> dict[str, Any]:
    """Return what the reference says of a lead before any event."""
    profile, reading = model.profile(lead), model.plans.fit.read(lead)
    return {
        "fit": profile.fit,
        "fit_low": reading.low,
        "fit_high": reading.high,
        "known": reading.known,
        "completeness": profile.completeness,
        "gate": profile.gates[0] if profile.gates else None,
        "gates": ";".join(profile.gates),
        "grade": profile.grade,
    }


def expected_score(score: Score) -> dict[str, Any]:
    """Return what the reference says of a lead and its events."""
    return {
        "total": score.reading.total,
        "level": score.level,
        "label": score.label,
        "qualifies": ";".join(sorted(score.qualifies)),
        "stays": ";".join(sorted(score.stays)),
    }


def differences(found: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return what differs: lead, name, what was found and what was expected."""
    pairs = zip(found, expected, strict=True)
    return [
        (at, name, row[name], value)
        for at, (row, said) in enumerate(pairs)
        for name, value in said.items()
        if row[name] != value
    ]
