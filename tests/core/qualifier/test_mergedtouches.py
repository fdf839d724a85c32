"""What two leads that turn out to be one got, and what each got when they turn out not to be."""

from typing import Any

from attrs import evolve

from leadqual.lifecycle import facts as made
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.qualifier.mergedtouches import touches_apart, touches_of_both
from leadqual.qualifier.outcome import Outcome
from tests.core.lifecycle.small import live
from tests.core.qualifier.nurtured import OPEN_DOORS, by, mail, sequence
from tests.practice.life import effects_of, on

LONG = "3650d"
STEPS = mail("guide", LONG), mail("call", LONG), mail("end", LONG)
PATIENT = OPEN_DOORS.replace("[[", f'expires = "{LONG}"\n[[')
EVERYWHERE = {"stages": '["lead", "mql", "sql", "recycle"]', "exits": '["reply"]'}
BY = by(*(sequence(name, *STEPS, **EVERYWHERE) for name in ("warm", "news", "late", "tips")), doors=PATIENT)
"""In its sequences nothing happens by itself."""


def _lead(name, *said, opened=0):
    """Return the life of a lead of which facts of nurturing are known, each on its day."""
    life = live(BY, id=name, email=f"{name}@b.example", opened=opened)
    _know(life, *said)
    return life


def _know(life, *said):
    """Let facts of nurturing hold for a lead, as if its qualifier had made them."""
    for kind, day, words in said:
        common: dict[str, Any] = {"lead_id": life.lead.id, "seq": len(life.facts) + 1, "cause": made.Cause("time")}
        life.facts.append(kind(**common, at=on(day), known_at=on(day), **words))
    now = max(life.facts[-1].known_at, life.record.as_of)
    life.last = Outcome(BY.restore(life.record.lead, life.facts, life.events, now=now))


def _in(sequence, day, **more):
    return made.Enrolled, day, {"sequence": sequence, "step": "guide", **more}


def _out(sequence, day, reason="reply"):
    return made.EnrolmentEnded, day, {"sequence": sequence, "reason": reason}


def _due(key, day, sequence="warm", step="guide", to="call"):
    words = {"sequence": sequence, "step": step, "to": to, "channel": "email", "purpose": "offers"}
    return made.TouchCameDue, day, {"key": key, **words}


def _sent(key, day):
    return made.TouchEnded, day, {"key": key, "outcome": "sent"}


def _spared(channel, day):
    return made.AddressSuppressed, day, {"channel": channel}


def _gone(address, day):
    return made.AddressSuppressed, day, {"channel": "email", "address": address}


def _merged(one, other, day):
    """Let the first go on for both; return its state."""
    out = one.last = BY.merge(one.record, other.record, [], now=on(day))
    one.facts += [fact for fact in out.facts if fact.lead_id == one.lead.id]
    other.facts += [fact for fact in out.facts if fact.lead_id == other.lead.id]
    assert BY.replay(one.facts) == one.record.state
    return one.record.state


def _apart(one, other, day):
    """Undo the merge; return both states."""
    [merge] = [fact for fact in one.facts if fact.name == "merged"]
    outs = BY.unmerge(one.record, merge, (one.lead, other.lead), events=[], now=on(day))
    for life, out in zip((one, other), outs, strict=True):
        assert BY.replay([*life.facts, *out.facts]) == out.record.state
    return tuple(out.record.state for out in outs)


def _touch(key, day, outcome="due", step="guide"):
    return PastTouch(
        key=key, sequence="warm", step=step, channel="email", purpose="offers", at=on(day), outcome=outcome
    )  # fmt: skip


def test_lead_that_goes_into_another_leaves_its_sequences():
    """Each end is a fact of its own; one that was over stays as it was."""
    one, other = _lead("L1"), _lead("L2", _in("warm", 1), _in("news", 1), _in("old", 1), _out("old", 2))
    state = _merged(one, other, 3)
    told = [(fact.lead_id, fact.name) for fact in one.last.facts]
    assert told == [("L1", "merged"), ("L2", "enrolment_ended"), ("L2", "enrolment_ended"), ("L2", "absorbed")]
    ends = [fact for fact in one.last.facts if isinstance(fact, made.EnrolmentEnded)]
    assert [(fact.sequence, fact.reason, fact.at, fact.cause.kind) for fact in ends] == [
        ("warm", "merged", on(3), "merge"),
        ("news", "merged", on(3), "merge"),
    ]
    assert {name: (place.ended, place.ended_at, place.step) for name, place in state.enrolments.items()} == {
        "warm": ("merged", on(3), None),
        "news": ("merged", on(3), None),
        "old": ("reply", on(2), None),
    }
    assert effects_of(one.last) == ["unenrol"]


def test_lead_that_goes_on_keeps_its_places():
    """Whatever the other had come to, and whichever of both stands ahead."""
    for turned in (False, True):
        one, other = _lead("L1", _in("warm", 1), _due("a", 2)), _lead("L2", _in("warm", 2, number=7))
        (other if turned else one).is_said("accept", 3)
        before = one.record.state.enrolments
        assert _merged(one, other, 4).enrolments == before
        assert before["warm"].step == "call"


def test_place_that_both_have_left_is_the_one_that_was_left_last():
    """Whoever comes in again counts on from the larger number."""
    early = (_in("warm", 1, number=4), _out("warm", 2))
    late = (_in("warm", 1, number=2), _out("warm", 3, "goal"))
    for first, second in ((early, late), (late, early)):
        place = _merged(_lead("L1", *first), _lead("L2", *second), 5).enrolments["warm"]
        assert (place.number, place.ended, place.ended_at) == (4, "goal", on(3))


def test_place_that_both_have_left_at_once_is_that_of_the_lead_that_goes_on():
    """The other is no later."""
    mine, theirs = (_in("warm", 1), _out("warm", 2, "goal")), (_in("warm", 1, number=3), _out("warm", 2))
    place = _merged(_lead("L1", *mine), _lead("L2", *theirs), 5).enrolments["warm"]
    assert (place.number, place.ended) == (3, "goal")


def test_place_of_a_lead_that_has_not_left_counts_before_one_that_ended():
    """Also if it is the other's that still runs, for a state that was stored so."""
    running = Enrolment(sequence="warm", at=on(1), step="guide", since=on(1))
    over = evolve(running, step=None, ended="goal", ended_at=on(2))
    one, other = (_lead(name).record.state for name in ("L1", "L2"))
    for mine, theirs in ((running, over), (over, running)):
        both = touches_of_both(evolve(one, enrolments={"warm": mine}), evolve(other, enrolments={"warm": theirs}))
        assert both["enrolments"] == {"warm": mine}


def test_both_got_what_either_got():
    """In the order of time, and each touch once."""
    one = _lead("L1", _in("warm", 1), _due("a", 2), _due("c", 4), _sent("c", 4))
    other = _lead("L2", _in("warm", 1), _due("b", 3), _sent("b", 3))
    assert _merged(one, other, 5).touches == (_touch("a", 2), _touch("b", 3, "sent"), _touch("c", 4, "sent"))


def test_touch_that_both_know_is_told_by_the_one_that_goes_on():
    """Two that were one before may know the same one."""
    one, other = (_lead(name).record.state for name in ("L1", "L2"))
    known = touches_of_both(evolve(one, touches=(_touch("a", 1),)), evolve(other, touches=(_touch("a", 1, "sent"),)))
    assert known["touches"] == (_touch("a", 1),)


def test_both_are_spared_what_either_is_spared():
    """Nobody knows whose address it was."""
    one, other = _lead("L1", _spared("email", 1)), _lead("L2", _spared("phone", 1), _gone("a1", 1))
    assert _merged(one, other, 2).suppressed == {"email", "phone"}
    assert one.record.state.dead == {"a1"}


def test_leads_of_which_nothing_is_known_are_merged_without_a_word_of_nurturing():
    """Their states say what they said before."""
    one, other = _lead("L1"), _lead("L2")
    state = _merged(one, other, 1)
    assert (state.enrolments, state.touches, state.suppressed) == ({}, (), frozenset())
    for own in _apart(one, other, 2):
        assert (own.enrolments, own.touches, own.suppressed) == ({}, (), frozenset())


def test_lead_that_went_on_keeps_the_place_that_it_has_come_to():
    """Nothing is sent again because a merge is undone; what only the other had been in, it was not in."""
    one, other = _lead("L1", _in("warm", 1)), _lead("L2", _in("news", 1), _in("tips", 1))
    _merged(one, other, 2)
    _know(one, _due("a", 3), _in("late", 3), _in("tips", 3, number=2))
    mine, theirs = _apart(one, other, 4)
    assert {name: (place.step, place.number) for name, place in mine.enrolments.items()} == {
        "warm": ("call", 1),
        "late": ("guide", 1),
        "tips": ("guide", 2),
    }
    assert {name: (place.ended, place.number) for name, place in theirs.enrolments.items()} == {
        "news": ("merged", 1),
        "tips": ("merged", 1),
    }


def test_lead_that_went_on_has_left_what_it_left_since():
    """Also a sequence that it was in before the merge."""
    one, other = _lead("L1", _in("warm", 1), _in("news", 1)), _lead("L2")
    _merged(one, other, 2)
    _know(one, _out("warm", 3))
    mine, theirs = _apart(one, other, 4)
    assert {name: place.ended for name, place in mine.enrolments.items()} == {"warm": "reply", "news": None}
    assert theirs.enrolments == {}


def test_both_got_what_was_sent_since_and_each_what_it_got_before():
    """A touch that came due since may have gone to either; what became of one before is known."""
    one = _lead("L1", _in("warm", 1), _due("a", 1.5))
    other = _lead("L2", _in("warm", 1), _due("b", 1.6))
    _merged(one, other, 2)
    _know(one, _sent("a", 2), _sent("b", 2), _due("c", 3, step="call"), _due("d", 3.5, step="end"), _sent("c", 4))
    mine, theirs = _apart(one, other, 5)
    since = _touch("c", 3, "sent", "call")
    assert mine.touches == (_touch("a", 1.5, "sent"), since, _touch("d", 3.5, "due", "end"))
    assert theirs.touches == (_touch("b", 1.6, "sent"), since, _touch("d", 3.5, "sent", "end"))


def test_leads_stay_spared_what_they_were_spared_together():
    """And what each was spared before."""
    one, other = _lead("L1", _spared("email", 1)), _lead("L2", _spared("phone", 1))
    _merged(one, other, 2)
    _know(one, _spared("sms", 3), _gone("a1", 3))
    apart = _apart(one, other, 4)
    assert {own.suppressed for own in apart} == {frozenset({"email", "phone", "sms"})}
    assert {own.dead for own in apart} == {frozenset({"a1"})}


def test_touch_that_was_left_out_counts_for_nobody_as_sent():
    """Only what may still go counts as sent to the other."""
    one, other = _lead("L1", _in("warm", 1)), _lead("L2")
    _merged(one, other, 2)
    _know(one, _due("a", 3), (made.TouchEnded, 3, {"key": "a", "outcome": "skipped"}))
    assert [own.touches for own in _apart(one, other, 4)] == [(_touch("a", 3, "skipped"),)] * 2


def test_touch_of_which_nothing_more_is_known_stays_as_it_was():
    """Also if the state after the merge, made elsewhere, does not know it."""
    one, other = _lead("L1", _in("warm", 1), _due("a", 1.5)), _lead("L2")
    _merged(one, other, 2)
    [merge] = [fact for fact in one.facts if isinstance(fact, made.Merged)]
    apart = touches_apart(evolve(one.record.state, touches=()), merge.before, merge)
    assert apart["touches"] == (_touch("a", 1.5),)
