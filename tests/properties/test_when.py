"""Until when, from when and the days to come: the same as scoring anew on each day."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leadqual.interest.changes import change_days
from leadqual.interest.course import Course
from leadqual.interest.measure import measure
from leadqual.scoring import Score

from .bases import cases
from .later import LAST
from .moving import Moving, moving
from .running import events_of, figures, lead_of, model_of

LEADS = 1_000 if settings().max_examples > 20 else 20
BARS = ("mql", "sql")
SILENCES = ("days_since_activity", "days_since_contact")
ASIDE = {*SILENCES, "qualifies", "stays"}
SEEN = ("fit", "interest", "total", "level", "label", "qualifies", "stays")


def walked(case: Moving, days: int) -> list[Score]:
    """Score on each of the days after now, as far as the years reach, with all that happened up to now."""
    now, start = case.score.now, case.model.plans.interest.day_start
    today = start.day(now)
    instants = [start.at(day) for day in range(today + 1, today + days + 1)]
    profile, tally = case.model.profile(case.lead), case.model.tally(case.events, lead=case.lead)
    return [case.score, *(case.model.score(profile, tally, now=at) for at in instants if at <= LAST)]


def anew(case: Moving, at: datetime) -> Score:
    """Score from the events themselves."""
    return case.model.score(case.lead, case.events, now=at)


def assert_first(case: Moving, walk: list[Score], answer: datetime | None, found: list[bool]) -> None:
    """Check an answer against what each day of a walk says; it may lie beyond the walk."""
    first = next((score.now for score, holds in zip(walk, found, strict=True) if holds), None)
    if first is None:
        assert answer is None or answer > walk[-1].now
    else:
        assert answer == first


def assert_walk(case: Moving, days: int) -> None:
    """Check each question about time against a walk day by day."""
    walk = walked(case, days)
    for name in BARS:
        assert_first(case, walk, case.score.until(name), [name not in score.qualifies for score in walk])
        assert_first(case, walk, case.score.until(name, keep=True), [name not in score.stays for score in walk])
        assert_first(case, walk, case.score.becomes(name), [name in score.qualifies for score in walk])
        answer = case.score.until(name)
        if answer not in (None, case.score.now):
            before = max(case.score.now, answer - timedelta(days=1))
            assert name not in anew(case, answer).qualifies
            assert name in anew(case, before).qualifies


def assert_forecast(case: Moving, days: int) -> None:
    """Check each day to come against its score."""
    walk, outlooks = walked(case, days), case.score.forecast(days)
    assert [outlook.at for outlook in outlooks] == [score.now for score in walk]
    for outlook, score in zip(outlooks, walk, strict=True):
        assert [getattr(outlook, name) for name in SEEN] == [getattr(score, name) for name in SEEN]


def test_when_is_that_of_a_walk_day_by_day_on_a_thousand_leads():
    """With any decay, limit, penalty, inactivity, combiner and start of the day, until when and from when are exact."""
    kinds = set()
    for seed in range(LEADS):
        case = moving(seed)
        assert_walk(case, 420 if seed % 10 == 0 else 95)
        assert_forecast(case, 5)
        answers = [case.score.until(name) for name in BARS]
        kinds |= {"now" if at == case.score.now else "never" if at is None else "later" for at in answers}
    assert kinds == {"now", "never", "later"}


@given(cases(), st.sampled_from((3, 40, 40, 400)))
def test_when_is_that_of_a_walk_in_any_playbook(case, days):
    """The same over drawn documents, from scores of events and of tallies."""
    qualify = {name: {"when": {"any": []}} for name in BARS} | case.document["qualify"]
    model, lead = model_of(case.document | {"qualify": qualify}), lead_of(case.lead)
    known = [event for event in events_of(case.events) if event.at <= case.now]
    walk = Moving(model, lead, known, model.score(lead, known, now=case.now))
    assert_walk(walk, days)
    assert_forecast(walk, days)
    tallied = model.score(lead, model.tally(known, lead=lead), now=case.now)
    for name in BARS:
        assert tallied.until(name) == walk.score.until(name)
        assert tallied.becomes(name) == walk.score.becomes(name)
    assert tallied.forecast(days) == walk.score.forecast(days)


@given(st.integers(0, 10**9))
def test_scores_change_on_the_days_of_change_alone(seed):
    """On any other day every number is that of the day before; only the silence grows, on the same side of a mark."""
    case = moving(seed)
    own = case.score.reading
    literal = {name: {seed % 5} for name in SILENCES}
    changes = {own.plan.day_start.at(day) for day in change_days(own.plan, own.state, own.today, literal)}
    before = None
    for score in walked(case, 400 if seed % 8 == 0 else 60):
        here = {name: value for name, value in figures(score).items() if name not in ASIDE}
        sides = [
            None if days is None else (days > seed % 5, days < seed % 5)
            for days in (score.days_since_activity, score.days_since_contact)
        ]
        assert score.now in changes or before in (None, (here, sides))
        before = here, sides


@given(st.integers(0, 10**9), st.integers(0, 60), st.integers(0, 60))
def test_interest_stays_between_its_bounds(seed, start, more):
    """Between two days, interest and its groups lie between the bounds that are told; on one day they are these."""
    own = moving(seed).score.reading
    first = own.today + start
    low, high = Course(own.plan, own.state).between(first, first + more)
    for day in range(first, first + more + 1):
        there = measure(own.plan, own.state, day)
        assert low.interest <= there.interest <= high.interest
        assert all(a <= b <= c for a, b, c in zip(low.groups, there.groups, high.groups, strict=True))
    assert Course(own.plan, own.state).between(first, first) == (measure(own.plan, own.state, first),) * 2
