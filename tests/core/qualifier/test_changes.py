"""What a verdict, a new profile, a consent or a flag does to a record."""

import pytest

from leadqual import ConsentChange, Event, Flag, InputRefused, Lead, LeadError, ProfileChange, Verdict
from tests.core.lifecycle.small import BIG, MID, TINY, lead, live, small
from tests.practice.life import details, effects_of, on

BY = small('[sla]\nmql = "1d"\n')


@pytest.mark.parametrize(
    "given",
    [
        Verdict("no", at=on(2)),
        ProfileChange(Lead(id="L1"), at=on(2)),
        ConsentChange(channel="email", purpose="news", given=True, at=on(2)),
        Flag(event_id="e1", flag="bot", at=on(2)),
    ],
)
def test_changes_from_the_future_are_refused(given):
    """Nobody knows today what will be said tomorrow; nothing has changed."""
    life = live(BY)
    before = life.record
    with pytest.raises(InputRefused) as caught:
        life.takes(given, 1)
    [problem] = caught.value.problems
    assert (problem.where, problem.what, str(problem.got)) == (
        "at",
        f"it is after now, {on(1).isoformat()}",
        on(2).isoformat(),
    )
    assert life.record == before


# Verdicts


def test_verdict_holds_from_when_it_was_said():
    """Without an instant, from now; told late, from then, but not from before the lead was where it is."""
    now, then, long_ago = live(BY), live(BY), live(BY, opened=1)
    assert now.is_said("no", 2).facts[0].at == on(2)
    assert then.is_said("no", 2, at=on(1)).facts[0].at == on(1)
    told = long_ago.is_said("no", 2, at=on(0.5)).facts[0]
    assert (told.at, told.known_at) == (on(1), on(2))


# Profiles


def test_profile_of_another_lead_is_refused():
    """Both are named by their ids."""
    life = live(BY)
    with pytest.raises(LeadError) as caught:
        life.takes(ProfileChange(Lead(id="L2")), 1)
    [problem] = caught.value.problems
    assert (problem.where, problem.what, str(problem.got)) == ("lead.id", "lead 'L1' was expected", "lead 'L2'")


def test_profile_change_names_what_differs_without_the_values():
    """Attributes and fields alike, in one order; the actor is who was given."""
    life = live(BY, BIG, email="ana@b.example", zone="Europe/Madrid")
    new = Lead(id="L1", email="eva@b.example", acquisition="inbound", phone="1", attributes={"size": "tiny"})
    told = details(life.takes(ProfileChange(new, actor="crm"), 1), "profile_changed")
    assert told["names"] == ("email", "phone", "size", "zone")
    assert (told["actor"], told["gates"], told["acquisition"], told["at"]) == ("crm", (), "inbound", on(1))


def test_profile_that_says_the_same_is_noted():
    """Nothing differs, and nothing follows."""
    life = live(BY)
    told = details(life.becomes(BIG, 1), "profile_changed")
    assert told["names"] == ()


def test_profile_names_the_gates_that_hold_now():
    """By their reasons."""
    life = live(BY)
    told = details(life.becomes(BIG, 1, email="a@rival.example"), "profile_changed")
    assert told["gates"] == ("competitor",)


def test_profile_keeps_what_belongs_to_the_record():
    """From when on events count, the ids that were merged into it, and the stage that its file said."""
    life = live(BY, since=on(-1), merged_ids=("L0",), stage="customer", opened=0)
    new = Lead(id="L1", since=on(0.5), merged_ids=("L7",), stage="other", attributes=MID)
    life.takes(ProfileChange(new), 1)
    kept = life.record.lead
    assert (kept.since, kept.merged_ids, kept.stage, kept.attributes) == (on(-1), ("L0",), "customer", MID)


def test_profile_older_than_the_newest_known_changes_nothing():
    """It is noted all the same; one of the same instant is the newer one, since it came later."""
    life = live(BY, TINY)
    life.does("ask", 0)
    life.becomes(MID, 5, since=4)
    late = life.becomes(BIG, 6, since=3)
    assert (life.names(late), life.record.score().fit, life.record.state.profile_at) == (["profile_changed"], 20, on(4))
    life.becomes(BIG, 7, since=4)
    assert life.record.score().fit == 30


def test_profile_older_than_the_newest_known_shuts_no_gate():
    """And its gates are those that hold."""
    life = live(BY, email="a@b.example")
    life.does("visit", 0)
    life.becomes(BIG, 1)
    late = life.becomes(BIG, 2, since=0.5, email="a@rival.example")
    assert (details(late, "profile_changed")["gates"], late.effects) == ((), ())
    assert life.record.score().gate is None


# Consents


def test_consent_is_kept_and_says_nothing_to_the_host():
    """There is nothing to stop."""
    life = live(BY)
    out = life.takes(ConsentChange(channel="email", purpose="news", given=True, actor="form"), 1)
    told = details(out, "consent_changed")
    assert (told["channel"], told["purpose"], told["given"], told["actor"], told["at"]) == (
        "email",
        "news",
        True,
        "form",
        on(1),
    )
    assert (out.effects, life.record.state.consents_to("email", "news")) == ((), True)


@pytest.mark.parametrize(("channel", "stops"), [("email", "email"), ("*", None)])
def test_withdrawal_stops_what_is_sent_on_its_channel(channel, stops):
    """Or on all of them."""
    out = live(BY).takes(ConsentChange(channel=channel, purpose="news", given=False), 1)
    assert (details(out, "unenrol")["channel"], details(out, "unenrol")["reason"]) == (stops, "withdrawal")


def test_consent_that_comes_late_after_a_withdrawal_stops_nothing_anew_but_gives_nothing_back():
    """What counts is the newest decision, and that is a withdrawal."""
    life = live(BY)
    life.consents(False, 2)
    out = life.consents(True, 3, since=1)
    assert (effects_of(out), life.record.state.consents_to("email", "newsletter")) == (["unenrol"], False)


def test_withdrawal_that_comes_late_after_a_consent_stops_nothing():
    """The lead has consented since."""
    life = live(BY)
    life.consents(True, 2)
    out = life.consents(False, 3, since=1)
    assert (out.effects, life.record.state.consents_to("email", "newsletter")) == ((), True)


# Flags


def _flag(event: Event, **more) -> Flag:
    return Flag(event_id=event.id, source=event.source, flag="bot", **more)


def test_flag_asks_for_the_events_again():
    """Until then nothing is decided by points."""
    life = live(BY)
    life.does("newsletter", 0)
    out = life.takes(_flag(life.events[0], actor="guard"), 1)
    told = details(out, "flagged")
    assert (told["key"], told["flag"], told["on"], told["actor"]) == (life.events[0].key, "bot", True, "guard")
    assert (effects_of(out), out.record.stale) == (["refold_needed"], True)


def test_flag_that_is_known_already_says_nothing():
    """And so does the lifting of one that is not there."""
    life = live(BY)
    life.does("newsletter", 0)
    assert life.takes(_flag(life.events[0], on=False), 1).facts == ()
    life.takes(_flag(life.events[0]), 1)
    assert life.takes(_flag(life.events[0]), 1).facts == ()
    assert life.takes(_flag(life.events[0], on=False), 2).record.state.flagged == frozenset()


def test_flag_of_the_event_that_brought_the_lead_here_asks_for_a_review():
    """One of another event does not, and neither does the lifting of a flag."""
    life = live(small())
    life.does("newsletter", 0)
    life.does("visit", 0.1)
    other, seen = life.events
    assert life.stage == "mql"
    assert life.names(life.takes(_flag(other), 1)) == ["flagged"]
    out = life.takes(_flag(seen), 1)
    assert (life.names(out), details(out, "review_opened")["because"]) == (["flagged", "review_opened"], "flag")
    assert effects_of(out) == ["review", "refold_needed"]
    assert life.names(life.takes(_flag(seen, on=False), 2)) == ["flagged"]


def test_flag_of_an_event_that_is_not_due_yet_drops_it():
    """Nothing has to be folded again: it was never counted. Lifted, it has to be."""
    life = live(BY)
    waiting = life.event("ask", 1.5)
    life.takes(waiting, 1)
    out = life.takes(_flag(waiting), 1.1)
    assert (out.record.pending, out.record.stale, out.effects) == ((), False, ())
    assert life.by.next_due(out.record) is None
    back = life.takes(_flag(waiting, on=False), 1.2)
    assert effects_of(back) == ["refold_needed"]
    life.is_folded_anew(1.3)
    assert [event.id for event in life.record.pending] == [waiting.id]
    life.wakes()
    assert life.stage == "sql"


def test_flag_leaves_other_events_that_are_not_due_yet():
    """Each is known by source and id."""
    life = live(BY)
    kept = Event(id="e1", source="web", lead_id="L1", kind="visit", at=on(1.5))
    dropped = Event(id="e1", source="mail", lead_id="L1", kind="visit", at=on(1.6))
    life.takes(kept, 1)
    life.takes(dropped, 1)
    life.takes(_flag(dropped), 1)
    assert life.record.pending == (kept,)


def test_lead_of_these_tests_is_the_best_there_is():
    """So that its fit is never in the way."""
    assert BY.model.profile(lead()).grade == "A"


def test_profile_that_lifts_a_gate_lets_a_resting_lead_go_where_it_had_asked_to():
    """It asked for sales while it was gated and at rest; nothing else has to happen."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("maybe", 1)
    life.becomes(BIG, 2, email="x@rival.example")
    life.does("ask", 3)
    assert life.stage == "recycle"
    life.becomes(BIG, 4, email="a@b.example")
    assert life.stage == "sql"


def test_profile_of_a_disqualified_lead_changes_and_nothing_is_withdrawn_again():
    """What a person has shut is shut; neither another title nor a gate has anything left to take back."""
    life = live(BY)
    life.does("ask", 0)
    life.is_said("disqualify", 1, reason="student")
    out = life.becomes(MID, 2)
    assert (life.names(out), out.effects) == (["profile_changed"], ())
    out = life.becomes(MID, 3, email="x@rival.example")
    assert (life.names(out), out.effects) == (["profile_changed"], ())
