"""Until when a score meets a bar, and from when it will, if nothing happens."""

from datetime import UTC, datetime
from typing import Any

import pytest

from leadqual.axis import Cap
from leadqual.conditions import field
from leadqual.errors import UnknownName
from leadqual.fit import Criterion, Fit, Gate
from leadqual.interest import HalfLife, Interest, Linear, Window
from leadqual.lead import Lead
from leadqual.scoring import Bar, Combine, Qualify, ScoringModel
from tests.core.support import downloads, event, lead, on, rule, scored

LINEAR = rule(10, decay=Linear(10))


def _model(when, *given, stay=None, combine=None, fit=None, day_starts="+00:00", **axis):
    return ScoringModel(
        attributes={"vip": "boolean"},
        day_starts=day_starts,
        fit=fit or Fit(),
        interest=Interest(rules=given or (LINEAR,), **axis),
        combine=combine or Combine(),
        qualify=Qualify(mql=Bar(when=when, stay=stay)),
    )


def _until(when, *given, events=None, now=0, keep=False, **more):
    return scored(_model(when, *given, **more), downloads(0) if events is None else events, now=now).until(
        "mql", keep=keep
    )


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (field("interest").ge(8), 3),
        (field("interest").ge(10), 1),
        (field("interest").gt(0), 10),
        (field("interest").ge(0), None),
        (field("interest").between(5, 10), 6),
        (field("interest").ne(4), 6),
        (field("interest").is_in(10, 9, 8), 3),
        (field("total").ge(8), 3),
        (field("interactions").ge(1), 31),
        (field("active_days").ge(1), 31),
        (field("kinds").has("download"), 31),
        (field("days_since_activity").le(20), 21),
        (field("days_since_activity").lt(20), 20),
        (field("days_since_contact").missing(), None),
        (field("fit").le(0), None),
        (field("interest").ge(8) | field("interactions").ge(1), 31),
        (~field("interest").le(3), 7),
        (field("interest").exists(), None),
    ],
)
def test_until_is_the_first_day_that_misses_the_bar(when, day):
    """One download fades evenly to nothing in ten days and is remembered for thirty."""
    assert _until(when, memory=30) == (None if day is None else on(day))


def test_until_is_now_when_the_bar_is_not_met():
    """A bar that is not met now, or never by a gated lead, ends at the instant of the score."""
    assert _until(field("interest").ge(11), now=0.5) == on(0.5)
    fit = Fit(gates=[Gate(reason="spam", when=field("vip").eq(value=True))])
    score = scored(_model(field("interest").ge(0), fit=fit), downloads(0), of=lead(vip=True))
    assert score.until("mql") == score.until("mql", keep=True) == score.now
    assert score.becomes("mql") is None


def test_until_may_ask_for_the_bar_that_keeps():
    """Reached or kept: the later of both ends; a bar without `stay` keeps as long as it is reached."""
    when, stay = field("interest").ge(8), field("interest").ge(3)
    assert _until(when, stay=stay) == on(3)
    assert _until(when, stay=stay, keep=True) == on(8)
    assert _until(when, keep=True) == on(3)
    assert _until(when, stay=field("interest").le(3), keep=True) == on(3)
    assert _until(when, stay=stay, keep=True, now=5) == on(8)


def test_until_begins_where_the_day_does():
    """The day of the playbook, as an instant in UTC; a download of the small hours belongs to the day before."""
    events = [event("a", on(0, 5))]
    assert _until(field("interest").ge(8), events=events, now=0.5, day_starts="-06:00") == on(2, 6)


def test_until_does_not_know_the_future():
    """Events after the score do not exist, whether they would keep the bar or miss it earlier."""
    assert _until(field("interest").ge(8), events=downloads(0, 2)) == on(3)


def test_until_reads_groups_and_levels():
    """Groups are rounded and capped, levels and labels follow interest; so does a total by label."""
    grouped = rule(10, decay=Linear(10), group="web")
    levels = {"1": 8, "2": 3}
    web = {"web": Cap(max=8), "other": Cap()}
    assert _until(field("group.web").ge(8), grouped, groups=web) == on(3)
    assert _until(field("group.other").ge(0), grouped, groups=web) is None
    assert _until(field("level").eq(1), levels=levels) == on(3)
    assert _until(field("level").le(2), levels=levels) is None
    assert _until(field("label").eq("1"), levels=levels) == on(3)
    cells = Combine(kind="matrix", cells={"1": 50, "2": 0})
    assert _until(field("total").ge(50), levels=levels, combine=cells) == on(3)


def test_until_with_a_floor_under_the_total():
    """Below its floor the total is nothing, also where it would rise as interest falls."""
    combine = Combine(kind="gate", interest=-1, floors={"interest": 4, "fit": 0})
    fit = Fit(criteria=[Criterion(when=field("vip").missing(), points=20)])
    assert _until(field("total").ge(10), combine=combine, fit=fit) == on(7)
    assert _until(field("total").lt(13), combine=combine, fit=fit) == on(3)


def test_until_sees_a_penalty_return():
    """A score may leave a bar, meet it again and leave it: the first time counts."""
    bar = field("interest").ge(5)
    fading = rule(-8, "visit", decay=Window(5))
    model = _model(bar, rule(10, decay=Linear(20)), fading)
    score = scored(model, [*downloads(0), event("v", 0, "visit")], now=0)
    assert score.until("mql") == score.now
    assert score.becomes("mql") == on(6)
    later = scored(model, [*downloads(0), event("v", 0, "visit")], now=6)
    assert later.until("mql") == on(11)
    assert later.becomes("mql") == later.now


def test_becomes_is_never_when_time_does_not_help():
    """What only fades never meets a bar that asks for more; nor does what does not change at all."""
    assert scored(_model(field("interest").ge(11)), downloads(0)).becomes("mql") is None
    assert scored(_model(field("interest").ge(11)), []).becomes("mql") is None
    assert scored(_model(field("days_since_activity").ge(90)), downloads(0)).becomes("mql") == on(90)


def test_until_is_the_same_for_a_tally():
    """A tally knows all that is needed, also a pruned one."""
    model = _model(field("interest").ge(8), rule(10, decay=HalfLife(30)))
    tally = model.tally(downloads(0, 1))
    expected = scored(model, downloads(0, 1), now=3).until("mql")
    assert scored(model, tally, now=3).until("mql") == scored(model, tally.prune(on(3)), now=3).until("mql") == expected


def test_until_ends_with_the_years():
    """Nothing is asked about later than 2199."""
    model = _model(field("interest").ge(8))
    events = [event("a", datetime(2199, 12, 30, tzinfo=UTC))]
    score = model.score(Lead(id="L1"), events, now=datetime(2199, 12, 31, 23, tzinfo=UTC))
    assert score.until("mql") is None
    assert [outlook.at for outlook in score.forecast(90)] == [score.now]


def test_bar_that_does_not_exist_is_refused():
    """The error names the bars that there are, or where to declare one."""
    score: Any = scored(_model(field("interest").ge(8)), downloads(0))
    for ask in (score.until, score.becomes):
        with pytest.raises(UnknownName, match="Did you mean `mql`") as caught:
            ask("mqll")
        assert caught.value.problems[0].where == "bar"
    with pytest.raises(UnknownName, match="Known: mql"):
        score.until("sales")
    with pytest.raises(UnknownName, match="no such bar"):
        score.until(["mql"])
    with pytest.raises(UnknownName, match="declare one under"):
        scored(ScoringModel()).until("mql")
