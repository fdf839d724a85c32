"""The conformance set is current, right by a second reading, and wide enough."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from attrs import evolve

from leadqual.conditions.fieldtypes import DECLARABLE, OPS_OF
from leadqual.conditions.nodes import leaves
from leadqual.interest import HalfLife, Linear, Steps, Window
from leadqual.scoring.declared import RESERVED
from leadqual.testing import EngineAnswer, check_engine, conformance_cases, python_engine
from leadqual.testing.casefiles import COUNTS
from leadqual.testing.reference import FIELDS
from tests.engines import plain
from tests.engines.make_cases import BOOK, FOLDER, document

CASES = conformance_cases()
DOCUMENTS = plain.documents()


@pytest.mark.parametrize("name", BOOK)
def test_files_of_the_set_are_those_of_the_casebook(name):
    """Each file holds what the casebook and the reference give now."""
    command = "Run from the root: PYTHONPATH=src:. python -m tests.engines.make_cases"
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == document(name), command


def test_set_has_no_file_beside_the_casebook():
    """Nothing is left of a file that is written no more."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(BOOK)


def test_names_of_cases_differ():
    """A difference names one case."""
    assert len({case.name for case in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_the_one_of_the_oracle(case):
    """What is expected is what the definition says, read by somebody who does not know the library."""
    rows, counts = plain.rows(DOCUMENTS[case.name], case)
    wanted = {name: {field: _set(row[field]) for field in FIELDS} for name, row in case.rows.items()}
    assert {row["lead_id"]: {field: _set(row[field]) for field in FIELDS} for row in rows} == wanted
    assert counts == case.counts


def _set(value):
    return frozenset(value) if isinstance(value, tuple | frozenset | list) else value


def test_reference_gives_what_is_expected():
    """The Python reference passes the check that engines have to pass."""
    check_engine(python_engine)


def test_cases_tell_leads_apart():
    """In nearly all cases with several leads, not all of them score alike: a case that cannot fail shows nothing."""
    alike = [
        case.name for case in CASES if len(case.rows) > 1 and len({_figures(row) for row in case.rows.values()}) == 1
    ]
    assert alike == ["no rules", "no weight at all"]


def _figures(row):
    return json.dumps({field: row[field] for field in FIELDS}, default=sorted)


def test_set_reads_every_type_with_every_operator():
    """No comparison is left out, of leads, of events or of scores."""
    seen = set()
    for case in CASES:
        plans, model = case.model.plans, case.model
        types = {**{name: part.type for name, part in model.attributes.items()}, **model.properties, "email": "text",
                 "created_at": "instant", "country": "text", "grade": "grade", "acquisition": "text"}  # fmt: skip
        tests = [part.when for part in model.fit.criteria] + [gate.when for gate in model.fit.gates]
        tests += [rule.when for rule in model.interest.rules if rule.when is not None]
        tests += [test.condition for bar in plans.bars for test in (bar.when, bar.stay) if test is not None]
        seen |= {(types.get(leaf.field, "reserved"), leaf.op) for test in tests for leaf in leaves(test)}
    assert not {(name, op) for name in DECLARABLE for op in OPS_OF[name]} - seen


def test_bars_of_the_set_read_every_reserved_name():
    """Every name that a bar may read is read by one."""
    read = {
        leaf.field
        for case in CASES
        for bar in case.model.plans.bars
        for test in (bar.when, bar.stay)
        if test is not None
        for leaf in leaves(test.condition)
    }
    assert {*RESERVED, "group.g"} <= read


def test_set_has_every_kind_of_rule():
    """Every curve, limit, cap and combiner is in use."""
    rules = [rule for case in CASES for rule in case.model.interest.rules]
    assert {type(rule.decay) for rule in rules} >= {HalfLife, Linear, Window, Steps}
    for name in ("when", "distinct_by", "per", "times", "weights", "max", "min", "group", "inactivity"):
        assert any(getattr(rule, name) is not None for rule in rules), name
    assert any(not rule.counts for rule in rules)
    assert any(rule.points < 0 for rule in rules)
    assert {case.model.combine.kind for case in CASES} == {"sum", "minimum", "gate", "matrix"}
    assert {case.model.properties[rule.distinct_by] for case in CASES for rule in case.model.interest.rules
            if rule.distinct_by} == {"text", "boolean", "integer", "date", "instant"}  # fmt: skip


def _answer(model, leads, events, now):
    """Return the reference's answer with rows that can be changed."""
    answer = python_engine(model, leads, events, now)
    return evolve(answer, rows=[dict(row) for row in answer.rows])


@pytest.mark.parametrize("field", FIELDS)
def test_check_engine_notices_a_field_that_is_off(field):
    """One wrong field of one lead in one case is told with case, lead, field and both values."""

    def wrong(model, leads, events, now):
        answer = _answer(model, leads, events, now)
        if len(answer.rows) == 7:
            answer.rows[3][field] = 123_456_789
        return answer

    with pytest.raises(AssertionError, match=rf"as of now: lead 'first': {field}: expected .*, got 123456789"):
        check_engine(wrong)


@pytest.mark.parametrize("count", COUNTS)
def test_check_engine_notices_a_count_that_is_off(count):
    """Counts are compared where an engine gives them."""
    with pytest.raises(AssertionError, match=rf"gates: {count}: expected 0, got 1000"):
        check_engine(lambda *case: evolve(_answer(*case), **{count: 1000}))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows[1:], "'clean': it is absent"),
        (lambda rows: [*rows, rows[0]], "'clean': it came twice"),
        (lambda rows: [*rows, {"lead_id": "nobody"}], "'nobody': it was not expected"),
        (lambda rows: [row | {"fit": float(row["fit"])} for row in rows], "'clean': fit: expected 1000, got 1000.0"),
        (lambda rows: [row | {"fit": Decimal(row["fit"])} for row in rows], "'clean': fit: expected 1000, got Decimal"),
        (lambda rows: [{"lead_id": row["lead_id"]} for row in rows], "'clean': gates is absent"),
        (lambda rows: [row | {"gates": row["gates"][::-1]} for row in rows], "'spam': gates: expected"),
    ],
)
def test_check_engine_notices_rows_that_are_off(change, told):
    """Leads that are missing, doubled or unknown, values of another type, gates in another order."""
    with pytest.raises(AssertionError, match=f"gates: lead {told}"):
        check_engine(lambda *case: change(_answer(*case).rows), cases=[case for case in CASES if case.name == "gates"])


def test_check_engine_compares_what_it_is_asked_to():
    """An engine that gives totals only can be checked for them; rows may come alone."""

    def totals(*case):
        return [{"lead_id": row["lead_id"], "total": row["total"]} for row in python_engine(*case).rows]

    check_engine(totals, fields=["total"])


def test_check_engine_goes_on_after_an_error():
    """What an engine raises is a difference of its case; the other cases are run all the same."""

    def narrow(model, leads, events, now):
        if not leads:
            raise ZeroDivisionError("nobody")
        return python_engine(model, leads, events, now)

    with pytest.raises(AssertionError, match="no leads: it raised ZeroDivisionError: nobody") as caught:
        check_engine(narrow)
    assert "differs from the reference 2 times" in str(caught.value)
    assert isinstance(python_engine(CASES[0].model, [], [], CASES[0].now), EngineAnswer)
