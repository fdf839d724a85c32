"""What a lead's life is decided on."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from attrs import asdict

from leadqual import InputRefused, InstantError, Lead
from leadqual.lifecycle.inputs import ConsentChange, Flag, ProfileChange, Tick, Verdict

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = NOON.astimezone(timezone(timedelta(hours=5)))


def _problems(make, *given, **more):
    """Return where something is wrong, and what."""
    with pytest.raises(InputRefused) as caught:
        make(*given, **more)
    return [(problem.where, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["yes", "no", "maybe", "accept", "reinstate", "reopen"])
def test_verdict_needs_no_reason(name):
    """Most verdicts can be given without a word."""
    assert Verdict(name).reason is None


@pytest.mark.parametrize("name", ["return", "disqualify"])
@pytest.mark.parametrize("reason", [None, ""])
def test_verdict_that_takes_a_lead_away_needs_a_reason(name, reason):
    """Who returns or disqualifies a lead says why; an empty text is no reason."""
    assert _problems(Verdict, name, reason=reason) == [("reason", f"`{name}` needs a reason")]
    assert Verdict(name, reason="spam").reason == "spam"


def test_verdict_of_another_name_is_refused_with_the_nearest_one():
    """A slip of the pen is answered with what was probably meant."""
    slip: Any = "mabye"
    with pytest.raises(InputRefused, match="maybe"):
        Verdict(slip)
    assert _problems(Verdict, slip, amount=3) == [("verdict", "no such verdict")]


def test_verdict_tells_all_that_is_wrong_with_it_at_once():
    """Nobody finds one mistake after the other."""
    found = _problems(Verdict, "no", reason=7, actor="a\0b", currency="", amount=-1, wake_on="soon")
    assert found == [
        ("reason", "a text was expected"),
        ("actor", "the text cannot be used"),
        ("amount", "an exact amount was expected"),
        ("wake_on", "a day was expected"),
        ("amount", "`no` takes none"),
        ("currency", "`no` takes none"),
        ("wake_on", "`no` takes none"),
    ]


@pytest.mark.parametrize("amount", [0, 10**15, Decimal("0.01"), Decimal(10**15)])
def test_verdict_takes_exact_amounts(amount):
    """Whole numbers and decimals from zero on."""
    assert Verdict("yes", amount=amount, currency="EUR").amount == amount


@pytest.mark.parametrize(
    "amount", [1.5, "12", True, -1, 10**15 + 1, Decimal("-0.01"), Decimal("NaN"), Decimal("Infinity"), Decimal("1E16")]
)
def test_verdict_refuses_amounts_that_are_not_exact_or_not_possible(amount):
    """A float, a text, a truth value, less than nothing and more than there is are no amounts."""
    assert _problems(Verdict, "yes", amount=amount) == [("amount", "an exact amount was expected")]


@pytest.mark.parametrize("name", ["closed_on", "wake_on"])
@pytest.mark.parametrize("day", [NOON, "2026-03-02", date(1969, 12, 31), date(2200, 1, 1)])
def test_verdict_refuses_what_is_no_day(name, day):
    """An instant is no day, and neither is one beyond the years that are counted."""
    verdict = "maybe" if name == "wake_on" else "yes"
    assert _problems(Verdict, verdict, **{name: day}) == [(name, "a day was expected")]


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2199, 12, 31)])
def test_verdict_takes_days_of_all_the_years_that_are_counted(day):
    """The first and the last day too."""
    assert (Verdict("yes", closed_on=day).closed_on, Verdict("maybe", wake_on=day).wake_on) == (day, day)


@pytest.mark.parametrize(
    ("name", "given", "verdicts"),
    [
        ("amount", 5, {"yes"}),
        ("currency", "EUR", {"yes"}),
        ("closed_on", date(2026, 1, 1), {"yes", "no"}),
        ("wake_on", date(2027, 1, 1), {"maybe"}),
    ],
)
def test_verdict_takes_what_goes_with_it_and_nothing_else(name, given, verdicts):
    """An amount goes with a deal, the day of the deal also with a refusal, a day to wake with a maybe."""
    for verdict in ("yes", "no", "maybe", "accept", "return", "disqualify", "reinstate", "reopen"):
        if verdict in verdicts:
            assert asdict(Verdict(verdict, reason="x", **{name: given}))[name] == given
        else:
            assert _problems(Verdict, verdict, reason="x", **{name: given}) == [(name, f"`{verdict}` takes none")]


@pytest.mark.parametrize(
    "made",
    [
        Verdict("no", at=HERE),
        ProfileChange(Lead(id="L1"), at=HERE),
        ConsentChange(channel="email", purpose="*", given=True, at=HERE),
        Flag(event_id="e1", flag="bot", at=HERE),
    ],
)
def test_inputs_keep_their_instant_in_utc(made):
    """One instant is one value, in whatever zone it was given."""
    assert (made.at, made.at.tzinfo) == (NOON, UTC)


@pytest.mark.parametrize(
    "make",
    [
        lambda at: Verdict("no", at=at),
        lambda at: ProfileChange(Lead(id="L1"), at=at),
        lambda at: ConsentChange(channel="email", purpose="*", given=True, at=at),
        lambda at: Flag(event_id="e1", flag="bot", at=at),
    ],
)
def test_inputs_refuse_naive_instants(make):
    """A time without a zone is no instant."""
    assert make(None).at is None
    with pytest.raises(InstantError, match="at"):
        make(datetime(2026, 3, 2))


def test_profile_change_needs_a_lead_and_a_word_for_its_actor():
    """A table of attributes is no profile."""
    assert _problems(ProfileChange, {"id": "L1"}, actor=3) == [
        ("lead", "a lead was expected"),
        ("actor", "a text was expected"),
    ]


def test_consent_change_tells_all_that_is_wrong_with_it():
    """Channel and purpose are words, and a consent is given or not; a number is neither."""
    wrong = {"confirmed": "yes", "actor": b"x", "source": 3, "wording": b""}
    assert _problems(ConsentChange, channel="", purpose=3, given=1, **wrong) == [
        ("channel", "a text was expected"),
        ("purpose", "a text was expected"),
        ("given", "true or false was expected"),
        ("confirmed", "true or false was expected"),
        ("actor", "a text was expected"),
        ("source", "a text was expected"),
        ("wording", "a text was expected"),
    ]


def test_withdrawal_is_not_confirmed():
    """It holds at once; a consent may be."""
    parts: dict[str, Any] = {"channel": "email", "purpose": "news"}
    assert _problems(ConsentChange, **parts, given=False, confirmed=True) == [
        ("confirmed", "only a consent is confirmed")
    ]
    assert ConsentChange(**parts, given=True, confirmed=True).confirmed
    assert "form" not in repr(ConsentChange(**parts, given=True, source="form", wording="form"))


def test_flag_tells_all_that_is_wrong_with_it():
    """The event's id is needed, its source may be empty, and a flag is one of three."""
    assert _problems(Flag, event_id="", source=3, flag="robot", on=1, actor=3) == [
        ("event_id", "a text was expected"),
        ("source", "a text was expected"),
        ("flag", "no such flag"),
        ("on", "true or false was expected"),
        ("actor", "a text was expected"),
    ]
    slip: Any = "bots"
    with pytest.raises(InputRefused, match="bot"):
        Flag(event_id="e1", flag=slip)


def test_flag_names_its_event_by_source_and_id():
    """As events do."""
    assert (Flag(event_id="e1", flag="test").key, Flag(event_id="e1", source="web", flag="bot").key) == (
        ("", "e1"),
        ("web", "e1"),
    )


def test_inputs_say_neither_reason_nor_actor_when_they_are_printed():
    """What people type may be personal."""
    shown = repr(Verdict("no", reason="Ana says so", actor="bea")) + repr(Flag(event_id="e1", flag="bot", actor="bea"))
    assert "Ana" not in shown
    assert "bea" not in shown


def test_ticks_are_all_the_same():
    """Time has no more to say than that it has passed."""
    assert Tick() == Tick()
