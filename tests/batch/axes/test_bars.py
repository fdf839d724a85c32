"""Bars in two steps: what concerns the lead alone, then all of it."""

from itertools import product

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given

from leadqual.batch.axes.bars import joined_names, lead_truths, reached, split_bars
from leadqual.batch.axes.columns import lead_columns, score_columns
from leadqual.batch.axes.kinds import KindTest
from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import DIALECTS, DUCKDB, render
from leadqual.batch.sql.nodes import column
from leadqual.batch.sql.texts import TextTests
from leadqual.conditions import All, AnyOf, field
from leadqual.conditions.bind import bound_of
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.nodes import leaves
from leadqual.event import Event
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from leadqual.testing.strategies import NOW, playbooks

from .staged import differences, expected_score, load, rows, scores, then


@given(playbook=playbooks())
def test_bar_in_two_steps_reads_nothing_of_the_lead_in_the_second(playbook):
    """The second step reads the score and the names of the first; the first reads the lead."""
    bars = playbook.model.plans.bars
    split = split_bars(bars)
    names = {name for name, _ in split.of_lead}
    both = [part for bar in split.bars for part in (bar.when, bar.stay) if part is not None]
    read = {leaf.field for part in both for leaf in leaves(part)}
    columns = lead_columns(playbook.model, tests=TextTests(), dialect=DUCKDB)
    assert names <= read
    assert not (read - names) & columns.by_name.keys()
    assert {leaf.field for _, part in split.of_lead for leaf in leaves(part)} <= columns.by_name.keys()


def test_part_of_several_bars_is_worked_out_once():
    """What two bars ask of a lead in the same words has one name."""
    outbound = field("acquisition").eq("outbound")
    bars = Qualify(
        mql=Bar(when=outbound & field("fit").ge(1), stay=outbound), sql=Bar(when=field("fit").ge(9) | outbound)
    )
    split = split_bars(ScoringModel(qualify=bars).plans.bars)
    assert split.of_lead == (("lq_truth_0", outbound),)
    model = ScoringModel(qualify=bars)
    ((name, truth),) = lead_truths(split, lead_columns(model, tests=TextTests(), dialect=DUCKDB))
    assert (name, render(truth, DUCKDB)) == ("lq_truth_0", "COALESCE(\"a_acquisition\" = 'outbound', FALSE)")


@pytest.mark.parametrize(("part", "truth"), [(All(()), "TRUE"), (AnyOf(()), "FALSE")])
def test_part_that_reads_nothing_is_a_constant(part, truth):
    """An empty `all` holds of every lead, an empty `any` of none."""
    model = ScoringModel(qualify=Qualify(mql=Bar(when=part)))
    ((_, found),) = lead_truths(split_bars(model.plans.bars), lead_columns(model, tests=TextTests(), dialect=DUCKDB))
    assert render(found, DUCKDB) == truth


def test_names_of_bars_are_joined_in_alphabetical_order(con):
    """All four ways in which two bars hold or not have their text."""
    cases = list(product([False, True], repeat=2))
    truths = {name: [case[at] for case in cases] for at, name in enumerate(("sql", "mql"))}
    load(con, "lq_bars", {"lq_lead": range(4), **truths}, dict.fromkeys(truths, pa.bool_()))
    for order in (("sql", "mql"), ("mql", "sql")):
        then(con, "lq_bars", "lq_named", [("found", joined_names([(name, column(name)) for name in order]))])
        assert [row["found"] for row in rows(con, "lq_named")] == ["", "mql", "sql", "mql;sql"]
    assert render(joined_names([]), DUCKDB) == "''"


def test_gated_lead_reaches_no_bar_whatever_it_says():
    """A gate comes before the bar: even one that always holds."""
    model = ScoringModel(qualify=Qualify(mql=Bar(when=field("fit").ge(0))))
    split = split_bars(model.plans.bars)
    score = score_columns(model, {"fit": column("fit")}, kinds={}, any_kind=None, truths=[], dialect=DUCKDB)
    ((_, found),) = reached(split, score, gated=nodes.is_not_null(column("gate")))
    assert render(found, DUCKDB).startswith('(NOT (NOT "gate" IS NULL)) AND')


KINDS = ["form", "Form", "CAFE\u0301", "caf\u00e9", "call"]
OF_KINDS = [
    field("kinds").has("form"),
    field("kinds").has("FORM", ignore_case=True),
    field("kinds").has_any("caf\u00e9", "never"),
    field("kinds").has_all("form", "cafe", ignore_case=True, ignore_accents=True),
    ~field("kinds").has_all("form", "form"),
    field("kinds").exists(),
    field("kinds").missing(),
    field("kinds").has("call", missing=True),
    ~field("kinds").has("call", missing=True),
]


@pytest.mark.parametrize("condition", OF_KINDS)
def test_bar_over_kinds_holds_as_the_reference_says(con, condition):
    """Kinds of own acts that match `*` may be any; those that are folded alike answer alike."""
    model = ScoringModel(
        interest=Interest(rules=[InterestRule(event="*", points=1)]), qualify=Qualify(sql=Bar(when=condition))
    )
    found = []
    for chosen in product([False, True], repeat=len(KINDS)):
        acts = [kind for kind, there in zip(KINDS, chosen, strict=True) if there]
        events = [Event(id=f"e{i}", lead_id="L1", kind=kind, at=NOW) for i, kind in enumerate(acts)]
        found.append(model.score(Lead(id="L1"), events, now=NOW))
    assert not differences(scores(con, model, found), [expected_score(score) for score in found])


STATE = ["persona", "need", "furthest", "days_in_stage", "attempts", "cycle"]


@pytest.mark.parametrize("name", STATE)
def test_name_of_which_a_bare_score_knows_nothing_is_missing(con, name):
    """What only a lead's life knows is missing: comparisons are false, unless they say otherwise."""
    value = 0 if name in STATE[3:] else "x"
    ways = [field(name).missing(), field(name).exists(), field(name).ne(value), field(name).eq(value, missing=True)]
    for way in ways:
        model = ScoringModel(qualify=Qualify(mql=Bar(when=way), sql=Bar(when=~way, stay=way)))
        found = [model.score(Lead(id="L1"), now=NOW)]
        assert not differences(scores(con, model, found), [expected_score(found[0])])


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=lambda dialect: dialect.name)
def test_bars_can_be_written_in_every_dialect(dialect):
    """Nothing in a bar is beyond any of the dialects."""
    model = ScoringModel(
        attributes={"title": "text"},
        qualify=Qualify(mql=Bar(when=OF_KINDS[1] & field("title").contains_word("CTO") & field("label").eq("A1"))),
    )
    split = split_bars(model.plans.bars)
    columns = lead_columns(model, tests=TextTests(), dialect=dialect, foreign={"title": "x"})
    score = score_columns(
        model,
        {"label": column("label")},
        kinds={KindTest("form", ignore_case=True): column("form")},
        any_kind=column("any"),
        truths=[(name, column(name)) for name, _ in split.of_lead],
        dialect=dialect,
    )
    tried = [*lead_truths(split, columns), *reached(split, score, gated=column("gated"))]
    assert all(render(value, dialect) for _, value in tried)


def test_split_bar_means_what_the_bar_means():
    """Once its names are known, a parted bar holds of the same leads."""
    when = (field("channel").eq("event") | field("stage").missing()) & ~(field("fit").ge(5) & field("channel").exists())
    model = ScoringModel(qualify=Qualify(mql=Bar(when=when)))
    split, scope = split_bars(model.plans.bars), model.plans.scope
    parts = {name: bound_of(part, scope) for name, part in split.of_lead}
    (bar,) = split.bars
    for channel, stage, fit in product([None, "event", "x"], [None, "mql"], [400, 500]):
        row = {"channel": channel, "stage": stage, "fit": fit}
        known = {name: part.holds(row) for name, part in parts.items()}
        assert _holds(bar.when, {**row, **known}, scope) == bound_of(when, scope).holds(row)


def _holds(condition, row, scope):
    """Return whether a parted condition holds of a row that has its names."""
    types = {**scope.fields, **{name: FieldType("boolean") for name in row if name.startswith("lq_")}}
    return bound_of(condition, evolve(scope, fields=types)).holds(row)
