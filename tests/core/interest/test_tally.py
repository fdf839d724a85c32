"""A tally is all that scoring needs of the events, folded one by one, in any order."""

from datetime import datetime
from itertools import permutations
from typing import Any

import pytest

from leadqual.conditions import field
from leadqual.errors import EventError, InstantError, TallyMismatch, TooEarly
from leadqual.interest import Cap, Interest, InterestRule, Linear, Per, Steps, Window
from leadqual.lead import Lead
from leadqual.scoring import ScoringModel
from tests.core.support import downloads, event, lead, on, rule, rules, scored

MODEL = rules(
    rule(2, decay=Linear(30)),
    rule(3, ["download", "visit"], distinct_by="asset", decay=Window(20)),
    rule(5, "visit", per=Per(days=7, times=1), decay=Window(20), group="web"),
    rule(7, "visit", times=2, name="newest"),
    rule(-1, "*", inactivity=3),
    rule(1, "*", name="any"),
    properties={"asset": "text"},
    groups={"web": Cap(max=9)},
    memory=10,
    min=-100,
)
STORY = [
    event("a", -25, asset="x"),
    event("b", -12, "visit", asset="x"),
    event("c", -11.5, "visit", asset="y"),
    event("d", -4, by="us"),
    event("e", -3, asset="z"),
    event("f", -1, "visit"),
]

DAY_OF_MONDAY = (on(0).date() - on(0).date().replace(year=1970, month=1, day=1)).days


def _size(part):
    """Return how many counts and days a state holds in its tables."""
    if isinstance(part, dict):
        return sum(map(_size, part.values()))
    return sum(_size(getattr(part, name)) for name in getattr(part, "__slots__", ())) or int(isinstance(part, int))


def _folded(events, model=MODEL):
    tally = model.tally()
    for one in events:
        tally.add(one)
    return tally


def test_tally_scores_as_the_events_do():
    """Folded or not, the score is the same at every later instant."""
    tally = _folded(STORY)
    for day in (0, 1, 8, 9, 19, 40, 400):
        assert scored(MODEL, tally, now=day) == scored(MODEL, STORY, now=day)
        assert scored(MODEL, MODEL.tally(STORY), now=day) == scored(MODEL, STORY, now=day)


def test_tally_ignores_the_order_of_events():
    """Late events give the score that punctual ones would, also where the earliest of a value counts."""
    want = scored(MODEL, STORY, now=1)
    assert all(scored(MODEL, _folded(order), now=1) == want for order in permutations(STORY))


def test_tallies_merge_into_one():
    """Two tallies of parts are the tally of the whole, whichever comes first; neither changes."""
    want = scored(MODEL, STORY, now=1)
    for cut in range(len(STORY) + 1):
        one, two = _folded(STORY[:cut]), _folded(STORY[cut:])
        assert scored(MODEL, one.merge(two), now=1) == scored(MODEL, two.merge(one), now=1) == want
        assert (len(one), len(two), len(one.merge(two))) == (cut, 6 - cut, 6)


@pytest.mark.parametrize("day", [0, 1, 3, 9, 25])
def test_pruned_tally_scores_the_same_from_then_on(day):
    """What no later instant can see is dropped: every later score stays, with more events folded after it too."""
    tally = _folded(STORY)
    small = tally.prune(on(day))
    for later in (day, day + 1, day + 9, day + 30):
        assert scored(MODEL, small, now=later) == scored(MODEL, tally, now=later)
    more = event("g", day + 0.5, "visit", asset="y")
    for one in (tally, small):
        one.add(more)
    assert scored(MODEL, small, now=day + 1) == scored(MODEL, tally, now=day + 1)


def test_pruned_tally_keeps_what_a_bucket_still_needs():
    """A bucket that began before the horizon is kept whole: an event in it still has its limit."""
    model = rules(rule(per=Per(days=7, times=1), decay=Window(2)))
    tally = _folded(downloads(0), model)
    small = tally.prune(on(4))
    small.add(event("late", 4))
    assert scored(model, small, now=4).interest == 0
    assert _size(tally.prune(on(9.5)).state) < _size(small.state)


def test_pruned_tally_forgets_old_days():
    """Days beyond the horizon and beyond memory are gone; without a horizon every day counts."""
    model = rules(
        rule(decay=Window(2)), rule(1, name="for ever"), rule(1, decay=Steps([[1, 0]]), name="never"), memory=5
    )
    state = _folded(downloads(*range(10)), model).prune(on(9)).state
    assert [len(state.by_rule(model.plans.interest).get(i, ())) for i in range(3)] == [3, 10, 0]
    assert len(state.acts) == 6


def test_pruned_tally_cannot_look_back():
    """An instant before the pruning is too early, also for a tally without events."""
    for tally in (_folded(downloads(0), MODEL), _folded([], MODEL)):
        small = tally.prune(on(5))
        with pytest.raises(TooEarly):
            scored(MODEL, small, now=4.9)
        assert scored(MODEL, small, now=5).now == on(5)
        assert scored(MODEL, tally, now=4.9).now == on(4.9)


def test_prune_takes_an_instant_not_before_the_newest_event():
    """Pruning in the past would drop what is still to come; a naive instant is none."""
    with pytest.raises(TooEarly):
        _folded(downloads(1)).prune(on(0.5))
    with pytest.raises(InstantError, match=r"^now: the instant has no zone"):
        _folded([]).prune(datetime(2026, 1, 1))


def test_tally_refuses_an_instant_before_its_newest_event():
    """A tally knows no past: the events themselves do."""
    tally = MODEL.tally(downloads(0, 2))
    assert scored(MODEL, tally, now=2).now == on(2)
    with pytest.raises(TooEarly, match=r"^now is 2026-01-06.*reaches 2026-01-07.*score the events themselves"):
        scored(MODEL, tally, now=1)


def test_tally_belongs_to_its_model():
    """Another model's tally is refused; an equal model's is not."""
    other, same = rules(rule(3)), rules(rule(2))
    tally = rules(rule(2)).tally(downloads(0))
    assert scored(same, tally).interest == 2
    assert len(same.tally().merge(tally)) == 1
    for use in (lambda: scored(other, tally), lambda: other.tally().merge(tally)):
        with pytest.raises(TallyMismatch, match="another model"):
            use()


def test_tally_takes_events_and_tallies_only():
    """What is no event is not folded, what is no tally not merged."""
    tally: Any = MODEL.tally()
    with pytest.raises(EventError, match=r"^event: an event was expected \(got int\)"):
        tally.add(3)
    with pytest.raises(TallyMismatch, match="a tally was expected"):
        tally.merge([])
    assert len(tally) == 0


def test_tally_remembers_its_since():
    """Events before `since` are not folded, and a lead with another `since` cannot use the tally."""
    fresh = Lead(id="L1", since=on(1))
    tally = MODEL.tally(downloads(0, 1, 2), lead=fresh)
    assert (len(tally), tally.since) == (2, on(1))
    assert scored(MODEL, tally, now=3, of=fresh) == scored(MODEL, downloads(0, 1, 2), now=3, of=fresh)
    for of, since in ((Lead(id="L1"), "ever"), (Lead(id="L1", since=on(2)), "2026-01-07")):
        with pytest.raises(TallyMismatch, match=f"since 2026-01-06.*counts since {since}"):
            scored(MODEL, tally, now=3, of=of)
    with pytest.raises(TallyMismatch):
        MODEL.tally().merge(tally)


def test_copies_of_a_tally_are_independent():
    """What is added to a copy is not in the original, nor the reverse."""
    tally = _folded(STORY[:3])
    copy = tally.copy()
    before = scored(MODEL, tally, now=1)
    for one in STORY[3:]:
        copy.add(one)
    assert scored(MODEL, tally, now=1) == before != scored(MODEL, copy, now=1)
    assert (repr(tally), repr(copy)) == ("Tally(3 events)", "Tally(6 events)")


def test_tally_is_as_it_was_after_a_refused_event():
    """An event that cannot be read changes nothing; the error names the event."""
    model = rules(
        rule(2),
        rule(1, distinct_by="seats", name="d"),
        rule(3, when=field("seats").ge(1), name="w"),
        properties={"seats": "integer"},
    )
    tally = model.tally([event("a", seats=1)])
    before = scored(model, tally, now=9)
    with pytest.raises(EventError, match=r"^event 'b'\.properties\.\w*: a whole number was expected \(got str\)"):
        tally.add(event("b", seats="x"))
    assert len(tally) == 1
    assert scored(model, tally, now=9) == before


def test_tally_with_one_event_more_is_another_or_none():
    """What `plus` gives holds the event and tells whether it interacts; the first stays as it was."""
    model = rules(rule(1, distinct_by="seats"), properties={"seats": "integer"})
    tally = model.tally([event("a", seats=1)], lead=Lead(id="L1", since=on(0)))
    more, acted = tally.plus(event("b", seats=2))
    assert (len(tally), len(more), acted) == (1, 2, True)
    same, acted = tally.plus(event("c", -1, seats=3))
    assert (same is tally, acted) == (True, False)
    with pytest.raises(EventError, match=r"^event 'd'\.properties\.\w*: a whole number was expected \(got str\)"):
        tally.plus(event("d", seats="x"))
    assert len(tally) == 1


def test_score_keeps_its_ledger_while_the_tally_goes_on():
    """A score that is held does not change with later events, nor do several of them."""
    tally = _folded(STORY[:2])
    held, lines = [], []
    for day, one in enumerate(STORY[2:]):
        held.append(scored(MODEL, tally, now=day))
        again = scored(MODEL, tally, now=day)
        lines.append(held[-1].lines)
        tally.add(one)
        assert again.lines == lines[-1]
    assert [score.lines for score in held] == lines
    assert scored(MODEL, tally) == scored(MODEL, STORY)


def test_scores_that_nobody_keeps_cost_no_copy():
    """A tally whose scores are gone goes on in place."""
    tally = _folded(STORY[:2])
    state = tally.state
    scored(MODEL, tally)
    tally.add(STORY[2])
    assert tally.state is state
    kept = scored(MODEL, tally, now=-11)
    tally.add(STORY[3])
    assert tally.state is not state
    assert kept.interactions == 2


def test_tally_of_a_model_with_fit_takes_any_lead():
    """A tally holds behaviour only: the profile may change under it."""
    model = ScoringModel(attributes={"a": "text"}, interest=Interest(rules=[InterestRule(event="download", points=2)]))
    tally = model.tally(downloads(0))
    assert scored(model, tally, of=lead(a="x")).completeness == 100
    assert scored(model, tally, of=lead()).completeness == 0


def test_what_is_made_of_a_tally_keeps_its_since():
    """Copies, merged and pruned tallies leave out what the first one does."""
    fresh = Lead(id="L1", since=on(1))
    tally = MODEL.tally(downloads(1, 2), lead=fresh)
    for made in (tally.copy(), tally.merge(MODEL.tally(lead=fresh)), tally.prune(on(3))):
        made.add(event("old"))
        assert (len(made), made.since) == (2, on(1))


def test_merged_tallies_know_the_newest_event_of_both():
    """A merged tally cannot be scored before any event of either."""
    for one, two in ((0, 2), (2, 0)):
        both = MODEL.tally(downloads(one)).merge(MODEL.tally([event("x", two)]))
        with pytest.raises(TooEarly):
            scored(MODEL, both, now=1.9)
        assert scored(MODEL, both, now=2).now == on(2)
    assert scored(MODEL, MODEL.tally().merge(MODEL.tally()), now=0).interest == 0


def test_merged_tallies_count_a_value_on_its_earliest_day():
    """Three tallies that know one value are merged in any order: the earliest day counts, once."""
    model = rules(rule(distinct_by="asset", decay=Linear(30)), properties={"asset": "text"})
    stories = [event(name, day, asset="x") for name, day in (("a", 0), ("b", 1), ("c", 2))]
    for order in permutations(stories):
        first, second, third = (model.tally([one]) for one in order)
        assert scored(model, first.merge(second).merge(third), now=3) == scored(model, stories, now=3)


def test_a_pruned_tally_keeps_days_without_decay_for_ever():
    """Without decay the first days of all count for good; so does the first day of a value."""
    model = rules(
        rule(1, name="for ever"), rule(1, distinct_by="asset", decay=Window(1)), properties={"asset": "text"}, memory=0
    )
    first = [event(f"e{day}", on(0).replace(year=1970, month=1, day=day)) for day in (1, 2, 3)]
    tally = model.tally(first).prune(on(0))
    tally.add(event("again", 0))
    assert scored(model, tally).interest == 4
    assert scored(model, tally).active_days == 1


def test_a_pruned_tally_drops_whole_buckets():
    """Buckets of seven days begin on Monday: of a horizon on Wednesday the Monday before is kept, the Sunday is not."""
    model = rules(rule(per=Per(days=7, times=1), decay=Window(2)))
    tally = _folded(downloads(-1, 0, 1), model)
    assert sorted(tally.prune(on(4)).state.by_rule(model.plans.interest)[0]) == [DAY_OF_MONDAY, DAY_OF_MONDAY + 1]
