"""What becomes of a lead upon a verdict."""

from datetime import date
from decimal import Decimal

import pytest

from leadqual import TransitionError
from tests.core.lifecycle.small import BIG, QUALIFY, TINY, live, small, table, way
from tests.practice.life import details, effects_of, on

SLAS = '[sla]\nmql = "1d"\nsql = "2h"\nhand_raise = "1h"\n'
BY = small(SLAS)


def _refused(life, verdict, day, **more):
    """Return what is said of a verdict that is refused, having seen that nothing has changed."""
    before = life.record
    with pytest.raises(TransitionError) as caught:
        life.is_said(verdict, day, **more)
    assert life.record == before
    [problem] = caught.value.problems
    return problem, caught.value.allowed


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ([], ("yes", "no", "maybe", "accept", "disqualify")),
        (["accept"], ("yes", "no", "maybe", "accept", "return", "disqualify")),
        (["maybe"], ("yes", "no", "maybe", "accept", "disqualify")),
        (["yes"], ("reopen",)),
        (["no"], ("reopen",)),
        (["disqualify"], ("disqualify", "reinstate")),
        (["accept", "return"], ("yes", "no", "maybe", "accept", "disqualify")),
    ],
)
def test_allowed_verdicts_are_these(said, allowed):
    """In the order in which verdicts are listed, wherever the lead stands."""
    life = live(BY)
    for day, verdict in enumerate(said):
        life.is_said(verdict, day, reason="x")
    assert life.by.allowed(life.record) == allowed


@pytest.mark.parametrize(
    ("said", "verdict", "what", "hint"),
    [
        ([], "return", "`return` is not possible in this stage", "Allowed are: yes, no, maybe, accept, disqualify."),
        ([], "reinstate", "the lead is not disqualified", "Allowed are: yes, no, maybe, accept, disqualify."),
        (["no"], "maybe", "`maybe` is not possible: the cycle has ended", "Allowed are: reopen."),
        (["disqualify"], "yes", "`yes` is not possible while the lead is disqualified",
         "Allowed are: disqualify, reinstate."),
    ],
)  # fmt: skip
def test_refused_verdict_says_why_and_what_is_allowed(said, verdict, what, hint):
    """The lead is named by its id, and where it stands."""
    life = live(BY)
    for day, before in enumerate(said):
        life.is_said(before, day, reason="x")
    problem, allowed = _refused(life, verdict, 5, reason="x")
    assert (problem.where, problem.what, problem.hint) == ("lead 'L1'", what, hint)
    assert str(problem.got) == f"stage {life.stage}"
    assert verdict not in allowed


def test_refused_verdict_says_when_nothing_is_possible():
    """An end from which no way leads."""
    by = small("[lifecycle]\n", table_without_way_back())
    life = live(by)
    life.is_said("no", 1)
    problem, allowed = _refused(life, "yes", 2)
    assert (problem.hint, allowed) == ("No verdict is possible here.", ())


def table_without_way_back():
    """Return a lifecycle whose end is final."""
    stages = 'stages = [{ name = "fresh" }, { name = "gone", kind = "ended" }]\n'
    return stages + way("over", "fresh", "gone", "no")


FITS = '{ field = "fit", op = "ge", value = 20 }'
TOLD = '{ field = "verdict.reason", op = "in", value = ["price", "timing"] }'


def test_verdict_whose_guard_says_no_says_what_is_asked_for():
    """In words, with what is possible instead."""
    by = table(way("fits", "working", "client", "accept", FITS), way("up", "fresh", "working", "event"))
    life = live(by, TINY)
    life.does("visit", 1)
    assert "accept" not in by.allowed(life.record)
    problem, allowed = _refused(life, "accept", 2)
    assert (problem.where, problem.what) == ("lead 'L1'", "`accept` asks for more: the fit is at least 20")
    assert (str(problem.got), allowed) == ("stage working", ("yes", "no", "maybe", "disqualify"))
    assert problem.hint == "Allowed are: yes, no, maybe, disqualify."


def test_verdict_takes_the_first_way_whose_guard_holds():
    """A reason may decide which."""
    by = table(
        way("fits", "fresh working", "client", "accept", FITS),
        way("any", "fresh working", "working", "accept", TOLD),
        way("up", "fresh", "working", "event"),
    )
    good, poor, silent = live(by, BIG), live(by, TINY), live(by, TINY)
    good.is_said("accept", 1, reason="price")
    poor.is_said("accept", 1, reason="price")
    silent.is_said("accept", 1, reason="size")
    assert (good.path(), poor.path(), silent.path()) == (["fits"], ["any"], ["taken"])


def test_verdict_that_is_refused_by_all_guards_names_them_all():
    """And what is left, if anything is."""
    ways = (
        way("fits", "fresh", "gone", "no", FITS),
        way("told", "fresh", "gone", "no", TOLD),
    )
    stages = 'stages = [{ name = "fresh" }, { name = "gone", kind = "ended" }]\n'
    life = live(small("[lifecycle]\n", stages, *ways), TINY)
    problem, allowed = _refused(life, "no", 1, reason="x")
    assert problem.what == "`no` asks for more: the fit is at least 20; or the reason given is price or timing"
    assert (problem.hint, allowed) == ("Allowed are: disqualify.", ("disqualify",))


@pytest.mark.parametrize("day", [date(2026, 1, 4), date(2026, 1, 5)])
def test_verdict_refuses_a_day_to_wake_that_has_come(day):
    """Today has begun already."""
    problem, allowed = _refused(live(BY), "maybe", 0.2, wake_on=day)
    assert (problem.where, problem.what, str(problem.got)) == ("wake_on", "the day has come already", day.isoformat())
    assert "maybe" in allowed


def test_verdict_takes_a_day_to_wake_that_begins_just_now_elsewhere():
    """Where the lead lives, it is still the day before."""
    life = live(BY, zone="America/Lima")
    life.is_said("maybe", 0.7, wake_on=date(2026, 1, 6))
    assert life.record.state.wake_at.isoformat() == "2026-01-06T05:00:00+00:00"
    problem, _ = _refused(live(BY, zone="America/Lima"), "maybe", 0.9, wake_on=date(2026, 1, 6))
    assert problem.where == "wake_on"


def test_verdict_is_written_down_as_it_was_given():
    """With everything that it brought, the amount exact."""
    out = live(BY).is_said(
        "yes", 1, reason="demo", actor="bea", at=on(0.5), amount=1200, currency="EUR", closed_on=date(2026, 1, 5)
    )
    told = details(out, "verdict_given")
    assert (told["verdict"], told["reason"], told["actor"], told["at"]) == ("yes", "demo", "bea", on(0.5))
    assert (told["amount"], type(told["amount"])) == (Decimal(1200), Decimal)
    assert (told["currency"], told["closed_on"], told["wake_on"]) == ("EUR", date(2026, 1, 5), None)
    assert (told["shut_until"], told["cause"].kind) == (None, "verdict")
    assert out.record.state.amount == 1200


@pytest.mark.parametrize(("days", "until"), [(30, 31), (3, 4)])
def test_verdict_return_shuts_the_score_route_for_as_many_days_as_the_lifecycle_says(days, until):
    """From the instant at which it was said."""
    life = live(small(f"[lifecycle]\nreturn_days = {days}\n"))
    life.is_said("accept", 0)
    told = details(life.is_said("return", 2, reason="x", at=on(1)), "verdict_given")
    assert (told["shut_until"], life.record.state.shut_until) == (on(until), on(until))


def test_verdict_accept_of_what_sales_has_changes_no_stage_and_meets_the_sla():
    """The seller has taken it."""
    life = live(BY)
    life.does("ask", 0)
    out = life.is_said("accept", 0.01, actor="bea")
    assert life.names(out) == ["verdict_given", "sla_met"]
    assert (details(out, "sla_met")["actor"], out.effects) == ("bea", ())
    assert (life.stage, life.record.state.accepted, life.record.state.owner) == ("sql", True, "bea")
    assert life.names(life.is_said("accept", 0.02)) == ["verdict_given"]


def test_verdict_closes_a_review():
    """Whatever a person says, it has looked."""
    life = live(BY)
    seen = life.event("visit", 0)
    life.takes(seen, 0)
    life.is_flagged(seen, 1)
    assert life.record.state.review == "flag"
    life.is_said("accept", 2)
    assert life.record.state.review is None


# Out and in


def test_disqualified_lead_leaves_its_sequences_and_its_sla():
    """From sales it is taken back, with the reason; elsewhere nobody has it."""
    life = live(BY)
    life.does("visit", 0)
    out = life.is_said("disqualify", 0.01, reason="student", actor="bea")
    assert life.names(out) == ["verdict_given", "sla_withdrawn"]
    assert (details(out, "sla_withdrawn")["actor"], details(out, "sla_withdrawn")["at"]) == ("bea", on(0.01))
    assert (effects_of(out), details(out, "unenrol")["reason"]) == (["unenrol"], "disqualified")
    sold = live(BY)
    sold.is_said("accept", 0)
    out = sold.is_said("disqualify", 1, reason="student")
    assert (life.stage, details(out, "withdraw_hand_off")["reason"]) == ("mql", "student")


def test_disqualified_lead_may_be_given_another_reason():
    """The newest is the one that is shown."""
    life = live(BY)
    life.is_said("disqualify", 1, reason="spam")
    assert life.record.score().gate == "spam"
    life.is_said("disqualify", 2, reason="student")
    assert (life.record.state.disqualified, life.record.score().gate) == ("student", "student")


def test_disqualified_lead_that_rests_is_not_woken():
    """Neither by an act nor by time; reinstated it is, when its time has come."""
    life = live(small("[recycle.outbound]\nrest_months = [3, 6]\n"), acquisition="outbound")
    life.is_said("maybe", 1)
    life.is_said("disqualify", 2, reason="spam")
    life.does("visit", 3)
    life.passes(200)
    assert (life.stage, life.by.next_due(life.record)) == ("recycle", None)
    life.is_said("reinstate", 201)
    due = life.by.next_due(life.record)
    assert due is not None
    life.passes(202)
    assert life.stage != "recycle"


def test_reinstated_lead_goes_on_by_what_it_did_meanwhile():
    """Its score counts again, and takes it where it belongs."""
    life = live(BY)
    life.is_said("disqualify", 1, reason="spam")
    life.does("visit", 2)
    assert life.stage == "lead"
    out = life.is_said("reinstate", 2)
    assert (life.stage, details(out, "stage_changed")["cause"].kind) == ("mql", "verdict")
    assert effects_of(out) == ["notify", "create_task", "recheck_at"]


def test_reinstated_lead_of_sales_is_given_back_to_sales():
    """With what is known of it, and its SLA from now on."""
    life = live(BY)
    life.does("ask", 0)
    life.is_said("return", 0.1, reason="too early", actor="bea")
    life.does("ask", 0.2)
    life.is_said("disqualify", 1, reason="spam")
    out = life.is_said("reinstate", 2)
    told = details(out, "hand_off")
    assert (told["stage"], told["owner"], told["previous_reason"]) == ("sql", "bea", "too early")
    assert (life.names(out), life.record.state.sla.started_at) == (["verdict_given", "sla_started"], on(2))


def test_reinstated_lead_of_marketing_is_given_its_sla_back():
    """Nobody is handed anything."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("disqualify", 1, reason="spam")
    out = life.is_said("reinstate", 2)
    assert (life.names(out), effects_of(out)) == (["verdict_given", "sla_started"], ["create_task", "recheck_at"])


def test_reinstated_lead_that_is_gated_is_given_back_to_nobody():
    """The other gate still holds."""
    life = live(BY, email="a@rival.example")
    life.is_said("accept", 0)
    life.is_said("disqualify", 1, reason="spam")
    out = life.is_said("reinstate", 2)
    assert (life.names(out), out.effects) == (["verdict_given"], ())


@pytest.mark.parametrize("bar", ["mql", "sql"])
def test_promotion_by_a_reinstatement_asks_for_the_same_bars(bar):
    """Two acts more or less decide where it goes."""
    life = live(small(qualify=QUALIFY))
    life.is_said("disqualify", 0, reason="spam")
    for i in range(1 if bar == "mql" else 4):
        life.does("visit", 1 + i / 10)
    life.is_said("reinstate", 1.3)
    assert life.stage == bar
