"""What conditions read: the fields of a lead as they are staged, and the names of a score."""

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Final

from leadqual.batch.axes.kinds import KINDS, KindTest
from leadqual.batch.axes.together import no_text
from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Column, Columns
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr
from leadqual.batch.sql.texts import TextTests
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Leaf
from leadqual.fit.plan import UNKNOWN_GRADE
from leadqual.scoring.declared import RESERVED
from leadqual.scoring.model import ScoringModel

STAGE: Final = "lq_stage"
"""The column of the leads file's stage."""
_NEVER_KNOWN: Final = ("persona", "need", "furthest", "days_in_stage", "attempts", "cycle")
"""Names of a lead's state, of which a bare score knows nothing."""


def staged(field: str) -> str:
    """Return the column of the staged leads that holds a field.

    >>> staged("job_title"), staged("stage")
    ('a_job_title', 'lq_stage')
    """
    return STAGE if field == "stage" else f"a_{field}"


def lead_columns(
    model: ScoringModel,
    *,
    tests: TextTests,
    dialect: Dialect,
    table: str | None = None,
    foreign: Mapping[str, str] | None = None,
) -> Columns:
    """Return the fields of a lead, its stage included, as conditions read them.

    Args:
        model: The model.
        tests: Numbers the tests of texts that only Python can answer; the key of a column is its name.
        dialect: How the engine speaks.
        table: The staged leads, or their alias.
        foreign: By field whose values are not all pure ASCII, the alias under which ``lq_text`` is joined for it.
    """
    scope = model.plans.scope
    others = foreign or {}
    found = {name: _lead_column(name, table, others.get(name)) for name in filter(is_of_lead, scope.fields)}
    return Columns(scope=scope, by_name=found, tests=tests, dialect=dialect)


def is_of_lead(name: str) -> bool:
    """Tell whether a name that a bar may read is a lead's own: one of its fields, or the stage that its file says.

    >>> is_of_lead("job_title"), is_of_lead("stage"), is_of_lead("fit"), is_of_lead("group.email")
    (True, True, False, False)
    """
    return name == "stage" or not (name in RESERVED or name.startswith("group."))


def _lead_column(name: str, table: str | None, texts: str | None) -> Column:
    key = staged(name)
    value = nodes.column(key, table)
    if texts is None:
        return Column(key=key, value=value)
    return Column(
        key=key,
        value=value,
        normal=nodes.column("lq_normal", texts),
        mask=lambda number: nodes.column(f"lq_m{number}", texts),
    )


def score_columns(
    model: ScoringModel,
    values: Mapping[str, Expr],
    *,
    kinds: Mapping[KindTest, Expr],
    any_kind: Expr | None,
    truths: Iterable[tuple[str, Expr]],
    dialect: Dialect,
) -> Columns:
    """Return the names of a score as bars read them.

    Args:
        model: The model.
        values: By name what the bars read, as `Needs` says: points in hundredths, counts, grade, level, label.
        kinds: Answers to the questions about kinds: never null.
        any_kind: Whether the lead has any interaction within memory, never null; none if no bar asks.
        truths: Names with what is already known to hold or not.
        dialect: How the engine speaks.
    """
    scope = model.plans.scope
    found = {name: _score_column(model, name, value) for name, value in values.items()}
    for name in _NEVER_KNOWN:
        of_text = scope.fields[name].name == "text"
        found[name] = Column(
            key=name,
            value=no_text() if of_text else nodes.null_bigint(),
            choices=() if of_text else None,
        )
    there = nodes.integer(1)
    value = there if any_kind is None else nodes.case([(any_kind, there)], nodes.null_bigint())
    found[KINDS] = Column(key=KINDS, value=value, has=_answer(kinds))
    types = dict(scope.fields)
    for name, truth in truths:
        found[name] = Column(key=name, value=truth)
        types[name] = FieldType("boolean")
    return Columns(scope=Scope(types, scope.lists), by_name=found, tests=TextTests(), dialect=dialect)


def _answer(kinds: Mapping[KindTest, Expr]) -> Callable[[str, Leaf], Expr]:
    return lambda text, leaf: kinds[KindTest(text, leaf.ignore_case, leaf.ignore_accents)]


def _score_column(model: ScoringModel, name: str, value: Expr) -> Column:
    choices = _choices(model, name)
    return Column(key=name, value=no_text() if choices == () else value, choices=choices)


def _choices(model: ScoringModel, name: str) -> tuple[str, ...] | None:
    """Return every value that a text of a score can have."""
    plans = model.plans
    letters = (*(letter for letter, _ in plans.fit.grades), UNKNOWN_GRADE) if plans.fit.grades else ()
    if name == "grade":
        return letters
    if name != "label":
        return None
    digits = tuple(str(digit) for digit, _ in plans.interest.levels)
    return tuple(filter(None, map("".join, product(letters or ("",), digits or ("",)))))
