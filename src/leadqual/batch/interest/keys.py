"""From events to keys: the one pass over all events that everything else is counted from."""

from leadqual.batch.interest.counts import Keys
from leadqual.batch.interest.matching import Matching
from leadqual.batch.program import Step
from leadqual.batch.sql.nodes import (
    Expr,
    add,
    all_of,
    any_of,
    at_least,
    at_most,
    case,
    coalesce,
    column,
    integer,
    is_not_null,
    is_null,
    less,
)
from leadqual.batch.sql.template import filtered, listing, nested, statement, united
from leadqual.batch.textjoin import TextJoins
from leadqual.batch.when import When


def key_step(matching: Matching, keys: Keys, when: When, joins: TextJoins, *, since: bool) -> Step:
    """Return the step that makes a key of every event that counts, and one of every event of nobody.

    Args:
        matching: How events are matched.
        keys: How keys are made.
        when: The instant of asking.
        joins: What conditions need of texts.
        since: Whether events of some leads count only from an instant on.

    Returns:
        ``lq_key(lq_key)``.
    """
    queries = []
    for stream in range(matching.streams):
        read = ("lq_kind", *matching.read(matching.tested(stream)))
        events = joins.to(statement("SELECT 0 FROM lq_once AS e"), read)
        classed = nested(listing(events, [*_PASSED, ("lq_class", matching.event_class(stream))]), "e")
        queries.append(_keyed(classed, keys, when, since=since, first=stream == 0))
    return Step(name="lq_key", query=united(queries), says="lead, class and age of each event, as a number")


def _keyed(events: Expr, keys: Keys, when: When, *, since: bool, first: bool) -> Expr:
    """Return the query of the keys of one stream; the first has all events, counted or not."""
    age = when.age(column("lq_us", "e"))
    counts = [is_not_null(column("lq_class", "e")), *counts_now(when, since=since)]
    if keys.bounded:
        counts.append(less(age, integer(keys.ages)))
    within = keys.within(column("lq_class", "e"), age)
    if keys.lowest is not None:
        start = keys.start(keys.number(column("lq_lead", "e")))
        if not first:
            return filtered(listing(statement(_ALONE, events=events), [("lq_key", add(start, within))]), counts)
        key = add(start, case([(all_of(counts), within)], integer(keys.nothing)))
        return listing(statement(_ALONE, events=events), [("lq_key", key)])
    number = column("lq_no", "l")
    key = add(keys.start(number), within)
    if not first:
        return filtered(listing(statement(_FURTHER, events=events), [("lq_key", key)]), counts)
    nobody = is_null(number)
    listed = [("lq_key", case([(nobody, integer(keys.nothing))], key))]
    return filtered(listing(statement(_FIRST, events=events), listed), [any_of([nobody, all_of(counts)])])


def counts_now(when: When, *, since: bool) -> list[Expr]:
    """Return what must hold of an event ``e`` of a lead ``l``, whatever it is.

    Args:
        when: The instant of asking.
        since: Whether events of some leads count only from an instant on.
    """
    at = column("lq_us", "e")
    conditions = [at_most(at, when.now)]
    if since:
        conditions.append(at_least(at, coalesce(column("lq_since", "l"), integer(0))))
    return conditions


_PASSED = [("lq_lead", column("lq_lead", "e")), ("lq_us", column("lq_us", "e"))]
_ALONE = "SELECT 0 FROM $events"
_FIRST = "SELECT 0 FROM $events LEFT JOIN lq_lead AS l ON l.lq_lead = e.lq_lead"
_FURTHER = "SELECT 0 FROM $events JOIN lq_lead AS l ON l.lq_lead = e.lq_lead"
