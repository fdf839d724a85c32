from datetime import date, timedelta

import pytest

from leadqual.errors import ModelError
from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.hours import BusinessHours
from leadqual.lifecycle.values import Stage
from leadqual.nurture.caps import Caps
from leadqual.nurture.content import Content
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.purposes import TASK
from leadqual.nurture.sequences import Branch, Pool, Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow

from .placed import mail, playbook

STAGES = (
    Stage(name="lead"),
    Stage(name="sql", hand_off=True),
    Stage(name="recycle", kind="rest"),
    Stage(name="won", kind="ended"),
)


def test_playbook_without_anything_makes_an_empty_plan():
    """No sequence, no content, no limit, and every stage."""
    plan = plan_nurture({})
    assert (plan.sequences, plan.contents, plan.caps, plan.bases.rules) == ({}, {}, Caps(), ())
    assert plan.stages is None
    assert plan.nurture == Nurture()
    assert plan.business.hours == BusinessHours()


def test_sequence_without_stages_runs_in_open_ones_that_are_not_handed_over():
    """Sales, rest and the end are no place for it, unless it says so itself."""
    sequences = {"usual": Sequence(steps=[mail("one")]), "rest": Sequence(steps=[mail("one")], stages="recycle")}
    plan = plan_nurture(sequences, stages=STAGES)
    assert plan.sequences["usual"].stages == plan.stages == {"lead"}
    assert plan.sequences["rest"].stages == {"recycle"}


def test_step_is_followed_by_the_next_one_unless_it_says_otherwise():
    """The last one and an end are followed by nothing."""
    steps = [mail("one"), mail("two", next="four"), Step(name="three", end=True, next="one"), mail("four")]
    found = playbook(*steps).sequences["welcome"].steps
    assert [step.following for step in found.values()] == ["two", "four", None, None]
    assert [step.kind for step in found.values()] == ["touch", "touch", "end", "touch"]


def test_last_step_may_lead_back():
    """A sequence may go round."""
    assert playbook(mail("one", next="one")).sequences["welcome"].steps["one"].following == "one"


def test_fork_leads_on_where_it_names_no_step():
    """To the next one in order, by either way."""
    fork = Step(name="fork", branch=Branch(on="click", within=Wait(elapsed="2d")))
    other = Step(name="other", branch=Branch(on="click", within=Wait(elapsed="2d"), yes="fork", no="last"))
    found = playbook(fork, other, mail("last")).sequences["welcome"].steps
    assert (found["fork"].kind, found["fork"].yes, found["fork"].no) == ("fork", "other", "other")
    assert (found["other"].yes, found["other"].no) == ("fork", "last")
    assert found["other"].within.elapsed == timedelta(days=2)
    assert (found["last"].yes, found["last"].no) == (None, None)


def test_touch_has_the_purpose_of_its_sequence_and_the_channel_of_a_task_by_default():
    """A step says otherwise."""
    steps = [Step(name="one", task="Look at it"), mail("two", purpose="sales")]
    found = playbook(*steps, sequence={"purpose": "offer"}).sequences["welcome"].steps
    assert [(step.channel, step.purpose) for step in found.values()] == [(TASK, "offer"), ("email", "sales")]


def test_place_of_a_step_that_was_taken_out_is_the_one_that_stands_in_for_it():
    """One that is unknown altogether is none."""
    sequence = playbook(mail("one"), mail("two"), sequence={"moved": {"old": "two"}}).sequences["welcome"]
    assert [step and step.name for step in map(sequence.place, ["one", "old", "x", None])] == ["one", "two", None, None]


def test_windows_of_the_channel_of_all_and_of_the_step_hold_together():
    """Windows that are the same are one, and steps that may go alike share what is known of them."""
    office, quiet = SendWindow(hours=["09:00-18:00"]), SendWindow(quiet=["21:00-08:00"])
    noon = SendWindow(hours=["12:00-13:00"])
    windows = {"email": office, "*": quiet}
    steps = [
        mail("one"),
        mail("two"),
        mail("three", window=noon),
        mail("four", window=quiet),
        mail("five", channel="sms"),
    ]
    found = playbook(*steps, nurture={"windows": windows}).sequences["welcome"].steps
    assert [found[name].times.windows for name in ("one", "three", "four", "five")] == [
        (office, quiet), (office, quiet, noon), (office, quiet), (quiet,),
    ]  # fmt: skip
    assert found["one"].times is found["two"].times is found["four"].times


def test_windows_that_never_open_together_are_refused():
    """A step that could never go."""
    windows = {"email": SendWindow(hours=["09:00-18:00"])}
    with pytest.raises(ModelError, match="never open together"):
        playbook(mail("one", window=SendWindow(hours=["20:00-21:00"])), nurture={"windows": windows})


def test_holidays_of_the_calendar_and_of_the_host_hold_for_all_but_answers():
    """Who asks on a holiday is answered on it."""
    calendar = BusinessTime(hours=BusinessHours(holidays=["2026-12-25"]), holidays={date(2026, 12, 26)})
    steps = playbook(mail("one"), mail("two", purpose="requested"), business=calendar).sequences["welcome"].steps
    days = [date(2026, 12, day) for day in (24, 25, 26, 27)]
    assert [day in steps["one"].times.holidays for day in days] == [False, True, True, False]
    assert [day in steps["two"].times.holidays for day in days] == [False] * 4


def test_touch_without_a_zone_does_as_the_channel_says_or_usually_does():
    """Mail goes by the home zone, a call waits."""
    steps = [mail("one"), mail("two", channel="phone"), mail("three", channel="sms")]
    found = playbook(*steps, nurture={"without_zone": {"sms": "home"}}).sequences["welcome"].steps
    assert [step.without_zone for step in found.values()] == ["home", "withhold", "home"]


def test_pool_holds_the_content_of_its_kinds():
    """In the order of the names; a step without a pool holds none."""
    contents = {"b": Content(kind="article"), "a": Content(kind="article"), "c": Content(kind="call")}
    steps = [mail("one", task=None, pool=Pool(kinds="article")), mail("two")]
    found = playbook(*steps, contents=contents).sequences["welcome"].steps
    assert [[name for name, _ in step.items] for step in found.values()] == [["a", "b"], []]


def test_presets_bring_windows_bases_and_one_click():
    """What a set says holds for the sequences."""
    plan = playbook(mail("one"), mail("two", channel="sms"), nurture={"presets": ["tcpa", "rfc-8058"], "bases": ()})
    found = plan.sequences["welcome"].steps
    assert [step.one_click for step in found.values()] == [True, False]
    answer = mail("one", purpose="requested")
    assert not playbook(answer, nurture={"presets": "rfc-8058"}).sequences["welcome"].steps["one"].one_click
    assert found["two"].times.windows[0].hours == ("08:00-21:00",)
    assert plan.bases.rules == plan.nurture.bases != ()


def test_acts_have_business_time_by_the_calendar_of_the_playbook():
    """Waits and deadlines alike."""
    wait = Wait(business="2h")
    calendar = BusinessTime(hours=BusinessHours(hours=["09:00-10:00"]))
    fork = Step(name="one", wait=wait, branch=Branch(on="click", within=wait))
    step = playbook(fork, business=calendar).sequences["welcome"].steps["one"]
    assert step.wait.calendar is step.within.calendar is calendar
