"""When one more event can only help.

"More of what earns points never lowers the score" is not true of every rule. An event lowers it when it matches a rule
with negative points; when it ends a silence that was rewarded, or begins one that is punished; and when, coming earlier
than others, it takes the place of a fresher one under `distinct_by` or `per`. What is left, is always true.
"""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.oracle.days import age, day
from tests.oracle.dedupe import counting
from tests.oracle.interest import starts
from tests.oracle.limits import matches

from .bases import cases, events
from .running import events_of, lead_of, model_of


def can_only_help(document, events, new, now):
    """Return whether no rule can lose by a new event that counts at now."""
    return all(
        _silence_keeps(document, rule, events, new, now)
        if "inactivity" in rule
        else _rule_keeps(document, rule, events, new)
        for rule in document["interest"]["rules"]
        if matches(document, rule, new)
    )


def _silence_keeps(document, rule, events, new, now):
    if rule["points"] > 0:
        return False
    before = any(matches(document, rule, event) for event in events)
    return before or age(new["at"], now, starts(document)) < rule["inactivity"]


def _rule_keeps(document, rule, events, new):
    if rule["points"] < 0:
        return False
    shift = starts(document)
    if all(day(event["at"], shift) <= day(new["at"], shift) for event in events if matches(document, rule, event)):
        return True  # the newest of its rule displaces nothing
    per, distinct = "per" in rule or "per_day" in rule, "distinct_by" in rule
    if not per and not distinct:
        return True
    undecayed = rule.get("decay", document["interest"].get("decay", "none")) == "none"
    return undecayed and not (per and distinct)


@given(cases(), st.data())
def test_interest_never_falls_by_an_event_that_can_only_help(case, data):
    """An event that matches only rules with points >= 0, and displaces none and begins no silence, never costs."""
    one = data.draw(events(case.lead, case.now, most=1))
    assume(one)
    new = one[0] | {"id": "new"}
    counted = counting(case.lead, case.events, case.now)
    assume(counting(case.lead, one, case.now))
    assume(can_only_help(case.document, counted, new, case.now))
    model, lead, given_before = model_of(case.document), lead_of(case.lead), events_of(case.events)
    before = model.score(lead, given_before, now=case.now)
    after = model.score(lead, [*given_before, *events_of([new])], now=case.now)
    assert after.interest >= before.interest
    assert after.interactions >= before.interactions
    assert after.active_days >= before.active_days
    assert after.kinds >= before.kinds
