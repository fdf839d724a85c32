"""Two leads turn out to be one, and turn out not to."""

from datetime import timedelta
from decimal import Decimal

import pytest

from leadqual import ConsentChange, Event, EventError, HistoryError, InputRefused, Lead, TransitionError
from leadqual.errors import TallyMismatch
from leadqual.lifecycle.state import Consent, Visit
from tests.core.lifecycle.small import BIG, QUALIFY, TINY, live, small
from tests.practice.life import details, effects_of, on

SLAS = '[sla]\nmql = "1d"\nsql = "2h"\nhand_raise = "30m"\n'
BY = small(SLAS)


def _two(first=None, second=None, **both):
    """Return the lives of two leads; what is said of each are fields of its own."""
    one = live(BY, **{"id": "L1", "email": "a@b.example"} | both | (first or {}))
    other = live(BY, **{"id": "L2", "email": "b@b.example"} | both | (second or {}))
    return one, other


def _merged(one, other, day, **more):
    """Let the first go on for both."""
    one.events += [event for event in other.events if event not in one.events]
    one.last = one.by.merge(one.record, other.record, one.events, now=on(day), **more)
    one.facts += [fact for fact in one.last.facts if fact.lead_id == one.lead.id]
    assert one.by.replay(one.facts) == one.record.state
    return one.record.state


# What is refused


def test_merge_of_a_lead_with_itself_is_refused():
    """It is one already."""
    one = live(BY)
    with pytest.raises(InputRefused, match="two leads were expected"):
        BY.merge(one.record, one.record, [], now=on(1))


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ("info@b.example", "INFO@b.example", True),
        ("info@b.example", "info@c.example", False),
        ("info@b.example", None, False),
        (None, "info@b.example", False),
        (None, None, False),
        ("ana@b.example", "ana@b.example", False),
    ],
)
def test_merge_by_a_shared_box_is_refused(first, second, refused):
    """Two that are known by nothing else are not one; the leads are named by id, the box is not."""
    one, other = _two({"email": first}, {"email": second})
    if refused:
        with pytest.raises(InputRefused) as caught:
            _merged(one, other, 1)
        assert caught.value.problems[0].where == "leads 'L1' and 'L2'"
        assert "b.example" not in str(caught.value)
        _merged(one, other, 1, confirmed=True)
    else:
        _merged(one, other, 1)
    assert one.record.lead.merged_ids == ("L2",)


def test_merge_of_what_is_decided_later_is_refused():
    """Neither record can go back in time."""
    one, other = _two()
    other.passes(2)
    with pytest.raises(TransitionError):
        _merged(one, other, 1)
    with pytest.raises(TransitionError):
        _merged(other, one, 1)


def test_merge_of_records_of_another_model_is_refused():
    """They are folded anew first."""
    one = live(BY)
    other = live(small(qualify=QUALIFY.replace("value = 5", "value = 6")), id="L2")
    with pytest.raises(TallyMismatch):
        BY.merge(one.record, other.record, [], now=on(1))
    with pytest.raises(TallyMismatch):
        BY.merge(other.record, one.record, [], now=on(1))


def test_merge_refuses_the_events_of_a_third():
    """It is told which."""
    one, other = _two()
    with pytest.raises(EventError, match="L3"):
        BY.merge(one.record, other.record, [Event(id="x", lead_id="L3", kind="visit", at=on(0))], now=on(1))


# Who goes on, and where


@pytest.mark.parametrize(
    ("one_said", "other_said", "stage"),
    [
        ([], [], "lead"),
        (["accept"], [], "sql"),
        ([], ["accept"], "sql"),
        (["yes"], [], "lead"),
        ([], ["yes"], "lead"),
        (["yes"], ["no"], "won"),
        (["no"], ["yes"], "won"),
        (["maybe"], [], "recycle"),
        ([], ["maybe"], "recycle"),
        (["accept", "maybe"], [], "recycle"),
        ([], ["accept", "maybe"], "recycle"),
        (["accept", "return"], ["accept"], "sql"),
        (["accept"], ["accept", "return"], "sql"),
    ],
)
def test_merged_leads_stand_where_the_one_ahead_stands(one_said, other_said, stage):
    """An open cycle before a closed one, then the furthest stage, then the present one; the first of two equal ones."""
    one, other = _two()
    for life, said in ((one, one_said), (other, other_said)):
        for i, verdict in enumerate(said):
            life.is_said(verdict, 1 + i, reason="x")
    if stage == "recycle" and len(one_said) + len(other_said) == 1:
        stage = "lead"
    assert _merged(one, other, 4).stage == stage


def test_merged_leads_tell_what_they_were():
    """The fact keeps both states and what follows from them, and the other lead is told where it went."""
    one, other = _two()
    one.does("visit", 1)
    before = (one.record.state, other.record.state)
    _merged(one, other, 1.01)
    merged, absorbed = one.last.facts
    assert (merged.lead_id, merged.other_id, merged.before, merged.other) == ("L1", "L2", *before)
    assert (absorbed.lead_id, absorbed.into, absorbed.seq) == ("L2", "L1", before[1].seq + 1)
    assert {(fact.at, fact.known_at, fact.cause.kind) for fact in one.last.facts} == {(on(1.01), on(1.01), "merge")}
    assert (effects_of(one.last), vars(one.last.effects[0])["lead_id"]) == (["unenrol"], "L2")
    assert details(one.last, "unenrol")["reason"] == "merged"


@pytest.mark.parametrize("turned", [False, True])
def test_merged_leads_keep_the_sla_of_the_one_ahead(turned):
    """That of the other is withdrawn: one lead needs one answer."""
    behind, ahead = _two()
    behind.does("visit", 0)
    ahead.does("ask", 0)
    one, other = (ahead, behind) if turned else (behind, ahead)
    state = _merged(one, other, 0.01)
    withdrawn = [fact for fact in one.last.facts if fact.name == "sla_withdrawn"]
    assert [(fact.lead_id, vars(fact)["sla"]) for fact in withdrawn] == [(behind.lead.id, "mql")]
    assert (state.stage, state.sla.sla) == ("sql", "hand_raise")
    assert {(fact.cause.kind, fact.at) for fact in one.last.facts} == {("merge", on(0.01))}


def test_merged_leads_do_first_what_had_fallen_due_for_either():
    """A breach is told of the lead whose it was."""
    one, other = _two()
    other.does("visit", 0)
    _merged(one, other, 10)
    told = [(fact.lead_id, fact.name) for fact in one.last.facts]
    assert told == [("L1", "merged"), ("L2", "sla_breached"), ("L2", "absorbed")]
    assert effects_of(one.last) == ["escalate", "unenrol"]


# What they know together


def test_merged_leads_count_their_visits_together():
    """First, last, and how often."""
    one, other = _two({"opened": 0}, {"opened": 1})
    one.is_said("accept", 2)
    one.is_said("return", 3, reason="x")
    other.is_said("accept", 1.5)
    visits = _merged(one, other, 5).visits
    assert visits == {"lead": Visit(on(0), on(1), 2), "sql": Visit(on(1.5), on(2), 2), "mql": Visit(on(3), on(3))}


def test_merged_leads_keep_what_either_knows():
    """The earliest beginning and the acquisition that belongs to it, owner, list, flags, and what was undone."""
    one, other = _two({"acquisition": "outbound", "opened": 2}, {"acquisition": "inbound", "opened": 1})
    other.does("newsletter", 2)
    other.is_flagged(other.events[0], 3)
    other.is_said("no", 3, reason="price", actor="bea")
    other.is_said("reopen", 4)
    other.is_said("no", 5, reason="size")
    state = _merged(one, other, 6)
    assert (state.stage, state.opened_at, state.acquisition) == ("lead", on(1), "inbound")
    assert (state.owner, state.listed, state.flagged) == ("bea", True, {other.events[0].key})
    assert (state.superseded, state.furthest, state.lead_id) == (1, "sql", "L1")


@pytest.mark.parametrize("turned", [False, True])
def test_merged_leads_know_an_acquisition_that_only_one_knows(turned):
    """Also when the earlier one does not."""
    one, other = _two({"acquisition": None}, {"acquisition": "partner", "opened": 1})
    state = _merged(other, one, 2) if turned else _merged(one, other, 2)
    life = other if turned else one
    assert (state.acquisition, life.record.lead.acquisition) == ("partner", "partner")


@pytest.mark.parametrize("turned", [False, True])
def test_merged_leads_count_from_the_latest_restart(turned):
    """What was before either's does not come back by a merge."""
    one, other = _two()
    one.does("visit", 0)
    other.does("visit", 0.5)
    other.is_said("maybe", 1)
    life = other if turned else one
    state = _merged(other, one, 2) if turned else _merged(one, other, 2)
    assert (state.since, life.record.lead.since, life.record.score().interest) == (on(1), on(1), 0)
    assert (state.shut_since, state.shut_until) == (on(1), None)


def test_merged_leads_are_shut_as_long_as_either_is():
    """The later of both ends counts."""
    one, other = _two()
    for life, day in ((one, 1), (other, 2)):
        life.is_said("accept", 0.5)
        life.is_said("return", day, reason="x")
    assert _merged(one, other, 3).shut_until == on(32)


@pytest.mark.parametrize("stage", ["lead", "sql"])
def test_merged_lead_was_touched_when_the_other_was_in_the_same_stage(stage):
    """A call to a cold double says nothing of the SQL."""
    one, other = _two()
    one.does("ask", 1)
    if stage == "sql":
        other.does("ask", 1)
    other.does("call", 1.01, by="us")
    assert _merged(one, other, 1.02).touched is (stage == "sql")


@pytest.mark.parametrize("stage", ["lost", "sql"])
def test_merged_lead_was_accepted_when_the_other_was_in_the_same_stage(stage):
    """That sales once took a double that it has lost since says nothing of the SQL."""
    one, other = _two()
    one.does("ask", 1)
    other.is_said("accept", 1)
    if stage == "lost":
        other.is_said("no", 1.01)
    assert _merged(one, other, 1.02).accepted is (stage == "sql")


def test_merged_lead_stays_touched_and_accepted_when_the_one_ahead_was():
    """Whatever became of the other."""
    one, other = _two()
    one.is_said("accept", 1)
    one.does("call", 1.01, by="us")
    state = _merged(one, other, 1.02)
    assert (state.touched, state.accepted) == (True, True)


@pytest.mark.parametrize("turned", [False, True])
def test_merged_lead_is_disqualified_when_either_is(turned):
    """And everything that ran for the other is taken back."""
    out, sold = _two()
    out.is_said("disqualify", 0, reason="competitor")
    sold.does("ask", 0)
    one, other = (sold, out) if turned else (out, sold)
    state = _merged(one, other, 0.01)
    assert (state.stage, state.disqualified, one.record.score().gate) == ("sql", "competitor", "competitor")
    assert one.record.state.sla is None
    assert effects_of(one.last) == ["unenrol", "unenrol", "withdraw_hand_off"]
    assert [vars(effect)["reason"] for effect in one.last.effects] == ["merged", "disqualified", "competitor"]


def test_merged_lead_behind_a_gate_is_taken_back():
    """The address of a competitor is the other's, and now of both."""
    one, other = _two({"email": None}, {"email": "a@rival.example"})
    one.does("ask", 0)
    _merged(one, other, 0.01)
    assert (one.record.score().gate, one.record.state.sla) == ("competitor", None)
    assert [vars(effect)["reason"] for effect in one.last.effects] == ["merged", "gate", "competitor"]


def test_merged_lead_that_was_shut_before_is_not_taken_back_again():
    """Nothing runs for it."""
    one, other = _two({"email": "a@rival.example"}, {"email": "b@rival.example"})
    _merged(one, other, 1)
    assert effects_of(one.last) == ["unenrol"]


def test_merged_lead_keeps_the_review_of_either():
    """A person is still to look at it."""
    one, other = _two()
    other.does("visit", 0)
    other.is_flagged(other.events[0], 1)
    one.is_said("accept", 1)
    assert _merged(one, other, 2).review == "flag"


def test_merged_leads_unite_what_was_withdrawn_and_keep_what_both_gave():
    """With the later of both instants."""
    one, other = _two()
    for life, given in ((one, {"email": True, "phone": True, "post": False}), (other, {"email": True, "phone": False})):
        for i, (channel, yes) in enumerate(given.items()):
            day = 1 + i + (0.5 if life is other else 0)
            life.takes(ConsentChange(channel=channel, purpose="news", given=yes, at=on(day)), 5)
    one.takes(ConsentChange(channel="web", purpose="news", given=True), 5)
    assert _merged(one, other, 6).consents == {
        ("email", "news"): Consent(True, on(1.5)),
        ("phone", "news"): Consent(False, on(2.5)),
        ("post", "news"): Consent(False, on(3)),
    }


def test_merged_profile_says_what_either_says():
    """The lead that goes on first; the earliest creation; and every id that events may still come with."""
    first = Lead(
        id="L1", email="a@b.example", attributes={"size": None}, created_at=on(-3), merged_ids=("L0",), stage="x"
    )
    second = Lead(
        id="L2", kind="person", email="b@b.example", phone="1", company_id="C", acquisition="inbound", channel="web",
        source="ad", zone="Europe/Madrid", language="es", created_at=on(-5), merged_ids=("L9", "L0"), attributes=BIG,
        stage="y",
    )  # fmt: skip
    a, b = (BY.open(lead, now=on(0)).record for lead in (first, second))
    both = BY.merge(a, b, [], now=on(1)).record.lead
    told = (both.kind, both.email, both.phone, both.company_id, both.acquisition, both.channel, both.source, both.zone)
    assert told == ("person", "a@b.example", "1", "C", "inbound", "web", "ad", "Europe/Madrid")
    assert (both.language, both.created_at, both.merged_ids, both.attributes) == ("es", on(-5), ("L0", "L2", "L9"), BIG)
    assert (both.stage, both.since) == ("x", None)
    turned = BY.merge(b, a, [], now=on(1)).record.lead
    assert (turned.email, turned.merged_ids, turned.attributes) == ("b@b.example", ("L9", "L0", "L1"), BIG)


def test_merged_lead_goes_on_with_what_waited_for_either():
    """An event that is not due yet comes when it is."""
    one, other = _two()
    other.does("ask", 1.5, known=1)
    _merged(one, other, 1)
    assert [event.lead_id for event in one.record.pending] == ["L2"]
    one.wakes()
    assert one.stage == "sql"


def test_merge_adds_no_points_of_its_own():
    """What both did is scored as if one had done it."""
    one, other = _two()
    for life in (one, other):
        life.does("visit", 0)
    _merged(one, other, 0)
    assert (one.record.score().interest, one.record.score().interactions) == (10, 2)
    score = BY.model.score(one.record.lead, one.events, now=on(0))
    assert one.record.score().interest == score.interest


# Undone


def _apart(life, leads, day):
    [merge] = [fact for fact in life.facts if fact.name == "merged"]
    return BY.unmerge(life.record, merge, leads, events=life.events, now=on(day))


def test_unmerged_leads_stand_where_they_stood():
    """Each with its own events, its profile and a history that can be replayed."""
    one, other = _two({}, {"attributes": TINY})
    one.is_said("accept", 0.5)
    other.does("visit", 0.6)
    leads, before = (one.lead, other.lead), (one.record.state, other.record.state)
    _merged(one, other, 0.61)
    gone = [fact for fact in one.last.facts if fact.lead_id == "L2"]
    one.does("visit", 1)
    first, second = _apart(one, leads, 2)
    assert [fact.name for fact in (*first.facts, *second.facts)][-2:] == ["unmerged", "unmerged"]
    assert (first.record.stage, second.record.stage) == ("sql", "mql")
    assert (first.record.score().interactions, second.record.score().interactions) == (1, 1)
    assert (first.record.lead, second.record.lead) == leads
    mine = BY.replay([*one.facts, *first.facts])
    theirs = BY.replay([*other.facts, *gone, *second.facts])
    assert (mine, theirs) == (first.record.state, second.record.state)
    assert (mine.entered_at, theirs.entered_at) == (before[0].entered_at, before[1].entered_at)
    assert (theirs.absorbed_into, second.effects) == (None, ())


def test_unmerged_leads_do_first_what_had_fallen_due():
    """The breach belongs to the lead that stood for both."""
    one, other = _two()
    leads = (one.lead, other.lead)
    one.does("visit", 0)
    _merged(one, other, 0.01)
    first, second = _apart(one, leads, 20)
    assert [fact.name for fact in first.facts] == ["sla_breached", "unmerged"]
    assert (effects_of(first), second.effects) == (["escalate"], ())


def test_unmerged_leads_keep_withdrawals_and_flags_of_the_time_between():
    """What was consented meanwhile was consented by one of two that nobody can tell apart."""
    one, other = _two()
    leads = (one.lead, other.lead)
    for life in (one, other):
        life.takes(ConsentChange(channel="email", purpose="news", given=True, at=on(0.1)), 1)
        life.takes(ConsentChange(channel="web", purpose="news", given=False, at=on(0.1)), 1)
    _merged(one, other, 1)
    one.does("newsletter", 1.5)
    one.is_flagged(one.events[0], 2)
    one.takes(ConsentChange(channel="email", purpose="news", given=False), 2)
    one.takes(ConsentChange(channel="web", purpose="news", given=True), 2)
    one.takes(ConsentChange(channel="phone", purpose="news", given=True), 2)
    for outcome in _apart(one, leads, 3):
        state = outcome.record.state
        assert state.consents == {
            ("email", "news"): Consent(False, on(2)),
            ("web", "news"): Consent(False, on(0.1)),
        }
        assert state.flagged == {one.events[0].key}


def test_unmerge_gives_events_back_to_whom_they_came_for():
    """Also to ids that had gone into the other before."""
    one, other = _two({}, {"merged_ids": ("L7",)})
    leads = (one.lead, other.lead)
    _merged(one, other, 0.5)
    one.takes(Event(id="x", lead_id="L7", kind="visit", at=on(1)), 1)
    first, second = _apart(one, leads, 1)
    assert (first.record.score().interactions, second.record.score().interactions) == (0, 1)


@pytest.mark.parametrize("wrong", ["leads", "fact", "other", "later"])
def test_unmerge_of_something_else_is_refused(wrong):
    """It needs the lead's own fact and both profiles."""
    one, other = _two()
    leads = (one.lead, other.lead)
    _merged(one, other, 1)
    [merge] = [fact for fact in one.facts if fact.name == "merged"]
    record = one.record
    if wrong == "leads":
        leads = leads[::-1]
    elif wrong == "fact":
        merge = one.facts[0]
    elif wrong == "other":
        record = live(BY, id="L3").record
    else:
        record = BY.restore(leads[0], one.facts[:-1], [], now=on(1))
    with pytest.raises(HistoryError, match="a merge of this lead was expected"):
        BY.unmerge(record, merge, leads, events=[], now=on(2))


def test_unmerge_before_what_is_decided_is_refused():
    """Time goes one way here too."""
    one, other = _two()
    leads = (one.lead, other.lead)
    _merged(one, other, 1)
    one.passes(3)
    with pytest.raises(TransitionError):
        _apart(one, leads, 2)


def test_merge_keeps_what_was_sold():
    """Of the one whose cycle goes on."""
    one, other = _two()
    one.is_said("yes", 1, amount=Decimal("9.50"), currency="EUR")
    other.is_said("no", 1)
    assert _merged(one, other, 2).amount == Decimal("9.50")
    assert timedelta(0) == one.record.as_of - on(2)
