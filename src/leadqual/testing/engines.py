"""Whether an engine gives the scores of the reference: the conformance set, run through it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.testing.casefiles import COUNTS, Case, conformance_cases
from leadqual.testing.reference import FIELDS, EngineAnswer

Engine = Callable[
    [ScoringModel, Sequence[Lead], Sequence[Event], datetime], "EngineAnswer | Iterable[Mapping[str, Any]]"
]
"""What scores a base: the model, leads, all events and the instant in; a row for each lead out."""
_SETS: Final = ("qualifies", "stays")
_SEVERAL: Final = (*_SETS, "gates")
_ABSENT: Final = object()


def check_engine(score: Engine, *, cases: Iterable[Case] | None = None, fields: Iterable[str] = FIELDS) -> None:
    """Check that an engine gives the scores that the Python reference gives, to the unit.

    It is run over the conformance set: about fifty small bases with ids and texts of every script, value ties, empty
    sets, the largest and smallest values there are, and every kind of rule, criterion, bar and combiner.

    Args:
        score: Called with a model, a list of leads, a list of all events and the instant. It returns a row for each
            lead: a mapping with ``lead_id`` and `fields`, points and percent in whole hundredths, bars and gates as
            several texts or as one, joined by ``;``; or an `EngineAnswer`, which may say how many copies, orphans and
            conflicts there were. `arrow_leads` and `arrow_events` make tables of what it is given. Every copy of an
            event id that came with two contents is to be left out.
        cases: The cases; the whole set unless some are named.
        fields: What of a row is compared; leave out what the engine does not give.

    Raises:
        AssertionError: With every difference: case, lead, field, what is expected and what came. What an engine raises
            is a difference too.

    >>> from leadqual.testing import check_engine, python_engine
    >>> check_engine(python_engine)
    """
    __tracebackhide__ = True
    compared = tuple(fields)
    wrong = [
        f"{case.name}: {line}"
        for case in (conformance_cases() if cases is None else cases)
        for line in differences(case, score, compared)
    ]
    if wrong:
        raise AssertionError("\n".join([f"The engine differs from the reference {len(wrong)} times:", *wrong]))


def differences(case: Case, score: Engine, fields: Sequence[str] = FIELDS) -> Iterator[str]:
    """Yield what an engine says otherwise of a case.

    Args:
        case: The case.
        score: The engine; see `check_engine`.
        fields: What of a row is compared.
    """
    try:
        answer = score(case.model, list(case.leads), list(case.events), case.now)
        told = answer if isinstance(answer, EngineAnswer) else EngineAnswer(rows=answer)
        rows = list(told.rows)
    except Exception as error:  # an engine is somebody else's code, and the other cases are to be run all the same
        yield f"it raised {type(error).__name__}: {error}"
        return
    yield from compare_rows(case.rows, rows, fields)
    counted = {"copies": told.copies, "orphans": told.orphans, "conflicts": told.conflicts}
    for name in COUNTS:
        if counted[name] is not None and counted[name] != case.counts[name]:
            yield f"{name}: expected {case.counts[name]}, got {counted[name]}"


def compare_rows(
    expected: Mapping[str, Mapping[str, Any]], rows: Iterable[Mapping[str, Any]], fields: Sequence[str] = FIELDS
) -> Iterator[str]:
    """Yield how rows differ from those that are expected.

    Args:
        expected: Rows by lead.
        rows: What came.
        fields: What of them is compared.
    """
    seen: set[str] = set()
    for row in rows:
        lead = row.get("lead_id")
        if lead not in expected or not isinstance(lead, str):
            yield f"lead {lead!r}: it was not expected"
            continue
        if lead in seen:
            yield f"lead {lead!r}: it came twice"
        seen.add(lead)
        for name in fields:
            got = row.get(name, _ABSENT)
            want, got = _alike(name, expected[lead][name], got) if name in _SEVERAL else (expected[lead][name], got)
            if got is _ABSENT:
                yield f"lead {lead!r}: {name} is absent"
            elif got != want or type(got) is not type(want):
                yield f"lead {lead!r}: {name}: expected {want!r}, got {got!r}"
    yield from (f"lead {lead!r}: it is absent" for lead in expected if lead not in seen)


def _alike(name: str, want: Iterable[str], got: Any) -> tuple[object, object]:
    """Return several names in one form: bars by the alphabet, gates as they are declared, joined if they came so."""
    order = sorted if name in _SETS else tuple
    if isinstance(got, str):
        return ";".join(order(want)), got
    return tuple(order(want)), tuple(order(got)) if isinstance(got, Iterable) else got
