"""Fit in plain sentences: criteria, tables, grades and gates."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from leadqual.axis import lowered
from leadqual.conditions.describe import condition_phrase
from leadqual.conditions.words import Words
from leadqual.fit.items import read_key
from leadqual.fit.values import Criterion, Fit, Gate, Table
from leadqual.lead import BUILT_IN
from leadqual.playbook.describe.groups import axis_limits, bound_lines, grouped
from leadqual.playbook.describe.say import bullets, heading, points, say, sentence, strong
from leadqual.points import Points
from leadqual.scoring.model import ScoringModel


def criterion_sentence(criterion: Criterion, words: Words) -> str:
    """Say what a criterion earns and for what.

    Args:
        criterion: The criterion.
        words: The language and the labels.

    Returns:
        A sentence, after the criterion's name if it has one.

    >>> from leadqual.conditions import field
    >>> criterion_sentence(Criterion(when=field("country").eq("ES"), points=5, name="Home market"), Words())
    '**Home market**: 5 points if the country is ES.'
    """
    condition = condition_phrase(criterion.when, words)
    name = "" if criterion.name is None else strong(words.name(criterion.name))
    text = say(words, "criterion", name=name, points=points(words, criterion.points), condition=condition)
    if criterion.missing is not None:
        text = say(words, "criterion missing", sentence=text, points=points(words, criterion.missing))
    return sentence(text.removeprefix(": "))


def table_sentence(table: Table, words: Words, type_name: str = "text") -> str:
    """Say what a table earns by the value of its attribute.

    Args:
        table: The table.
        words: The language and the labels.
        type_name: The declared type of its attribute.

    Returns:
        A sentence after the table's name.

    >>> table_sentence(Table(field="country", values={"ES": 5, "MX": 5}, other=1), Words())
    '**Country**: 5 points for ES or MX; 1 point for anything else.'
    """
    rows = list(_bands(table, words, type_name) if table.bands else _values(table, words, type_name))
    if table.missing is not None:
        rows.append(say(words, "value unknown", points=points(words, table.missing)))
    name = strong(words.name(table.name or table.field))
    return sentence(say(words, "table", name=name, rows="; ".join(rows)))


def _values(table: Table, words: Words, type_name: str) -> Iterator[str]:
    """Yield the named values, those of equal points together."""
    named: dict[Points, list[str]] = {}
    for key, earned in table.values.items():
        named.setdefault(earned, []).append(words.value(read_key(key, type_name)))
    for earned, values in named.items():
        yield say(words, "value", points=points(words, earned), values=words.joined(values, "or"))
    yield say(words, "value other", points=points(words, table.other or 0))


def _bands(table: Table, words: Words, type_name: str) -> Iterator[str]:
    """Yield the rows of a table by size."""
    whole = type_name == "integer"
    first, *rest = table.bands
    high = first.below
    key = "band all" if high is None else "band first whole" if whole else "band first"
    yield say(words, key, points=points(words, first.points), high=_end(high, words, whole=whole))
    for before, band in pairwise((first, *rest)):
        low, high = before.below or 0, band.below
        key = "band last" if high is None else "band"
        if whole and high is not None:
            key = "band one" if high - low == 1 else "band whole"
        parts = {"low": words.amount(low), "high": _end(high, words, whole=whole)}
        yield say(words, key, points=points(words, band.points), **parts)


def _end(high: Points | None, words: Words, *, whole: bool) -> str:
    return "" if high is None else words.amount(high - 1 if whole else high)


def gate_sentence(gate: Gate, words: Words) -> str:
    """Say whom a gate leaves out.

    >>> from leadqual.conditions import field
    >>> gate_sentence(Gate(reason="own_domain", when=field("email").domain_in("ours.example")), Words())
    '**Own domain**: if the e-mail address ends in “@ours.example”.'
    """
    condition = condition_phrase(gate.when, words)
    return sentence(say(words, "gate", name=strong(words.name(gate.reason)), condition=condition))


def fit_parts(fit: Fit) -> list[Criterion | Table]:
    """Return criteria and tables, also those that extensions lower to."""
    parts: list[Criterion | Table] = [*fit.criteria, *fit.tables]
    for scorer in fit.scorers:
        parts += [part for _, part in lowered(scorer, "", []) if isinstance(part, Criterion | Table)]
    return parts


def type_of(name: str, model: ScoringModel) -> str:
    """Return the type of an attribute."""
    declared = model.attributes.get(name)
    return BUILT_IN.get(name, "text") if declared is None else declared.type


def part_sentence(part: Criterion | Table, model: ScoringModel, words: Words) -> str:
    """Say what a criterion or a table earns."""
    if isinstance(part, Table):
        return table_sentence(part, words, type_of(part.field, model))
    return criterion_sentence(part, words)


def fit_blocks(model: ScoringModel, words: Words) -> Iterator[str]:
    """Yield the paragraphs on fit."""
    fit = model.fit
    parts = fit_parts(fit)
    yield heading(say(words, "fit"))
    limits = axis_limits("fit", fit.max, fit.min, words)
    yield f"{limits} {say(words, 'fit unknown' if parts else 'fit nothing')}"
    lines = [(part.group, part_sentence(part, model, words)) for part in parts]
    yield from grouped(lines, fit.groups, words)
    yield from _grades(fit.grades, fit.min, words)
    if fit.gates:
        yield heading(say(words, "gates"), 3)
        yield say(words, "gates about")
        yield bullets(gate_sentence(gate, words) for gate in fit.gates)


def _grades(grades: Mapping[str, Points], low: Points, words: Words) -> Iterator[str]:
    if grades:
        yield heading(say(words, "grades"), 3)
        yield say(words, "grades about")
        yield bullets(bound_lines("grade", grades, low, words))
        yield say(words, "grade unknown")
