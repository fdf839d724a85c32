"""The lifecycles that are shipped, as tables."""

import pytest

from leadqual import TransitionError
from leadqual.conditions import describe
from leadqual.lifecycle.default import default_stages, default_transitions, good_enough
from leadqual.lifecycle.values import Lifecycle
from tests.core.lifecycle.small import BIG, FIT, INTEREST, MID, QUALIFY, TINY, live, small

STAY = 'stay = { field = "interest", op = "ge", value = 2 }\n'
BOTH = QUALIFY.replace("[qualify.sql]", f"{STAY}[qualify.sql]") + STAY
NO_GRADES = FIT.partition("[fit.grades]")[0]
SUBSCRIBERS = '[lifecycle]\npreset = "subscriber"\n'


def _table(by, preset="default"):
    return {(one.name, one.from_, one.to, one.on) for one in default_transitions(Lifecycle(preset=preset), by.model)}


def test_default_stages_are_ranked_from_cold_to_hot():
    """Three open ones, one of rest, two ends; only SQL is handed to sales."""
    told = [(one.name, one.kind, one.phase, one.temperature, one.hand_off) for one in default_stages(Lifecycle())]
    assert told == [
        ("lead", "open", "TOFU", "cold", False),
        ("mql", "open", "MOFU", "warm", False),
        ("sql", "open", "BOFU", "hot", True),
        ("recycle", "rest", None, None, False),
        ("won", "ended", None, None, False),
        ("lost", "ended", None, None, False),
    ]


def test_subscriber_stages_have_one_stage_more_before_all_others():
    """Everything else is the same."""
    first, *others = default_stages(Lifecycle(preset="subscriber"))
    assert (first.name, first.phase, first.temperature, first.kind) == ("subscriber", "TOFU", "cold", "open")
    assert tuple(others) == default_stages(Lifecycle())


def test_default_transitions_are_these_in_this_order():
    """First what people say, then hand-raises, then the score, replies, the ends of rests, and at last cooling."""
    before, scored = ("lead",), ("event", "profile", "release", "reinstate")
    working, ended = ("lead", "mql", "sql", "recycle"), ("won", "lost")
    assert [
        (one.name, one.from_, one.to, one.on) for one in default_transitions(Lifecycle(), small(qualify=BOTH).model)
    ] == [
        ("yes", working, "won", ("yes",)),
        ("no", working, "lost", ("no",)),
        ("maybe", working, "recycle", ("maybe",)),
        ("accepted by sales", (*before, "mql", "recycle"), "sql", ("accept",)),
        ("returned by sales", ("sql",), "mql", ("return",)),
        ("reopened", ended, "sql", ("reopen",)),
        ("hand-raise", (*before, "mql", "recycle"), "sql", scored),
        ("hand-raise of a poor fit", (*before, "recycle"), "mql", scored),
        ("back by hand-raise", ended, "sql", ("event",)),
        ("back by hand-raise of a poor fit", ended, "mql", ("event",)),
        ("score for sales", (*before, "mql", "recycle"), "sql", scored),
        ("score for marketing", (*before, "recycle"), "mql", scored),
        ("reply to our approach", ("lead", "recycle"), "mql", ("event",)),
        ("woken by its own act", ("recycle",), "lead", ("event",)),
        ("rested", ("recycle",), "lead", ("wake",)),
        ("cooled as MQL", ("mql",), "recycle", ("tick", "event", "profile")),
        ("cooled as SQL", ("sql",), "recycle", ("tick", "event", "profile")),
    ]


@pytest.mark.parametrize(
    ("qualify", "absent"),
    [
        (QUALIFY.replace('hand_raise = ["ask"]', ""), {"hand-raise", "hand-raise of a poor fit", "back by hand-raise",
                                                       "back by hand-raise of a poor fit"}),
        (QUALIFY.partition("[qualify.sql]")[0], {"score for sales"}),
        (QUALIFY.replace("[qualify.mql]", "[lists]\n[qualify.mql]").partition("[qualify.mql]")[0] +
         "[qualify.sql]" + QUALIFY.partition("[qualify.sql]")[2], {"score for marketing"}),
    ],
)  # fmt: skip
def test_default_transitions_follow_what_the_playbook_has(qualify, absent):
    """Without hand-raises or without a bar there is no transition that could never be taken."""
    assert _table(small()) - _table(small(qualify=qualify)) == {row for row in _table(small()) if row[0] in absent}


@pytest.mark.parametrize(
    ("qualify", "names"),
    [
        (QUALIFY, []),
        (QUALIFY + STAY, ["cooled as SQL"]),
        (QUALIFY.replace("[qualify.sql]", f"{STAY}[qualify.sql]"), ["cooled as MQL"]),
    ],
)
def test_default_transitions_go_down_only_where_there_is_a_stay(qualify, names):
    """And they say why."""
    ways = default_transitions(Lifecycle(), small(qualify=qualify).model)
    assert [one.name for one in ways if one.reason == "cooled"] == names


@pytest.mark.parametrize("dropped", ["", "C = 10\n", "C = 10\nB = 20\n"])
def test_good_enough_is_the_lowest_of_the_good_grades_that_there_are(dropped):
    """Grade C or better, or what the playbook has instead of C."""
    fit = FIT
    for line in dropped.splitlines(keepends=True):
        fit = fit.replace(line, "")
    least = {"": 10, "C = 10\n": 20}.get(dropped, 30)
    assert describe(good_enough(small(fit=fit).model)) == f"the best possible fit is at least {least}"


def test_good_enough_is_everybody_when_there_are_no_grades():
    """A playbook that grades nobody sends every hand-raise to sales."""
    life = live(small(fit=NO_GRADES), TINY)
    life.does("ask", 1)
    assert life.stage == "sql"


def test_reopening_is_possible_for_as_many_days_as_the_lifecycle_says():
    """The number of days in the guard is that of the lifecycle."""
    by = small("[lifecycle]\nreopen_days = 5\n")
    life = live(by)
    life.is_said("no", 1)
    late = live(by)
    late.is_said("no", 1)
    life.is_said("reopen", 6)
    assert life.stage == "sql"
    with pytest.raises(TransitionError, match="at most 5 days.* Nothing else is possible here.$"):
        late.is_said("reopen", 7)


# Cooling


def _warm(**more):
    life = live(small(qualify=BOTH, **more))
    for hour in range(4):
        life.does("visit", hour / 24)
    return life


def test_cooled_lead_is_one_that_nobody_works_on():
    """Its points have faded below the lower bar of its stage; above it, it stays."""
    life = _warm()
    life.passes(8)
    assert (life.stage, life.record.score().interest) == ("sql", 4)
    life.passes(9)
    assert (life.stage, life.record.score().stays) == ("sql", {"mql", "sql"})
    life.passes(10)
    assert (life.stage, life.path()[-1]) == ("recycle", "cooled as SQL")


@pytest.mark.parametrize("why", ["touched", "accepted", "sla", "review"])
def test_cooled_lead_is_none_that_somebody_works_on_or_is_to_look_at(why):
    """Touched, accepted, within a time to act, or up for a review: none of them vanishes."""
    life = _warm()
    if why == "touched":
        life.does("call", 0.2, by="us")
    elif why == "accepted":
        life.is_said("accept", 0.2)
    elif why == "review":
        life.is_flagged(life.events[2], 0.2)
        assert life.record.state.review == "flag"
    else:
        life = live(small('[sla]\nsql = "90d"\n', qualify=BOTH))
        for hour in range(4):
            life.does("visit", hour / 24)
    life.passes(60)
    assert (life.stage, "sql" in life.record.score().stays) == ("sql", False)


@pytest.mark.parametrize("by", ["event", "profile"])
def test_cooled_lead_is_found_by_whatever_comes_next(by):
    """An act that earns too little, or a new profile, do not hide that its points are gone."""
    life = _warm()
    life.does("newsletter", 20) if by == "event" else life.becomes(BIG, 20)
    assert (life.stage, life.record.state.reason) == ("recycle", "cooled")


# Subscribers


def _subscriber(attributes=TINY, *, more="", interest=INTEREST, fit=FIT, **lead):
    return live(small(SUBSCRIBERS + more, interest=interest, fit=fit), attributes, **{"email": "a@b.example"} | lead)


def test_subscriber_becomes_a_lead_by_a_capture():
    """Something that is downloaded for an address; other acts do not do it."""
    life = _subscriber(TINY)
    life.does("newsletter", 1)
    assert life.stage == "subscriber"
    life.does("download", 2)
    assert (life.stage, life.path()) == ("lead", ["became a lead"])


def test_subscriber_without_an_address_is_no_lead_until_it_is_known():
    """What it downloaded before counts when the address comes."""
    life = _subscriber(TINY, email=None, interest=f'{INTEREST}[[interest.rules]]\nevent = "download"\npoints = 1\n')
    life.does("download", 1)
    assert life.stage == "subscriber"
    life.becomes(TINY, 2, email="a@b.example")
    assert life.stage == "lead"


@pytest.mark.parametrize(("attributes", "stage"), [(BIG, "lead"), (MID, "lead"), ({"size": "small"}, "subscriber")])
def test_subscriber_becomes_a_lead_by_a_good_grade(attributes, stage):
    """A or B, upon the next thing that is known of it."""
    life = _subscriber({})
    life.becomes(attributes, 1)
    assert life.stage == stage


def test_subscriber_becomes_a_lead_by_a_better_level_than_the_lowest():
    """Where the playbook has levels of interest."""
    levels = INTEREST.replace(
        '[[interest.rules]]\nevent = ["', '[interest.levels]\n1 = 4\n2 = 0\n[[interest.rules]]\nevent = ["'
    )
    life = _subscriber(TINY, interest=levels)
    life.does("newsletter", 1)
    assert life.stage == "subscriber"
    life.does("newsletter", 1.1)
    life.does("newsletter", 1.2)
    life.does("newsletter", 1.3)
    assert life.stage == "lead"


def test_subscriber_of_a_playbook_without_grades_levels_and_captures_waits_for_a_hand_raise_or_score():
    """There is nothing else left that could make it a lead."""
    life = _subscriber(TINY, more="captures = []\n", fit=NO_GRADES)
    life.does("download", 1)
    assert life.stage == "subscriber"
    life.does("visit", 2)
    assert life.stage == "mql"


@pytest.mark.parametrize("wake", ["visit", None])
def test_subscriber_that_rested_comes_back_as_one(wake):
    """Whoever never was a lead does not become one by resting, whether it wakes by itself or by time."""
    life = _subscriber(TINY, acquisition="outbound", interest=INTEREST.replace("points = 5", "points = 4"))
    life.is_said("maybe", 1)
    life.does(wake, 5) if wake else life.wakes()
    assert (life.stage, life.path()[-1]) == ("subscriber", f"{'woken' if wake else 'rested'} as a subscriber")


def test_lead_that_rested_comes_back_as_a_lead_in_the_lifecycle_of_subscribers():
    """It has been one before."""
    life = _subscriber(TINY, acquisition="outbound", interest=INTEREST.replace("points = 5", "points = 4"))
    life.does("download", 0)
    life.is_said("maybe", 1)
    life.wakes()
    assert (life.stage, life.path()[-1]) == ("lead", "rested")
