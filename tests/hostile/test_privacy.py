"""Personal data of leads and events never enters a message, a repr, a log or a warning: canaries are planted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leadqual.conditions import field
from leadqual.errors import LeadqualError
from leadqual.event import Event
from leadqual.fit import Band, Criterion, Fit, Table
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from tests.hostile.canaries import CANARY, NUMBER, TYPES, leaks, told

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FIELDS = ("email", "phone", "company_id", "channel", "source", "zone", "language", "stage", "kind", "acquisition")
CREATED, SINCE = datetime(1871, 1, 1), datetime(2871, 1, 1, tzinfo=UTC)
WRONG = (
    f"{CANARY}\0", f"{CANARY}\ud800", f"{CANARY}@x.example", CANARY.encode(), [CANARY, 1], [f"{CANARY}\0"], (CANARY,),
    {CANARY: CANARY}, {CANARY}, NUMBER, -NUMBER, float(f"{NUMBER}e300"), date(1871, 2, 3), datetime(1871, 2, 3),
    datetime(2871, 2, 3, tzinfo=UTC), timedelta(7_123_456), object,
)  # fmt: skip
READS = [field(f"a_{name}").exists() for name in TYPES]
MODEL = ScoringModel(
    attributes={f"a_{name}": name for name in TYPES},
    properties={f"p_{name}": name for name in TYPES},
    fit=Fit(
        criteria=[Criterion(when=when, points=1) for when in READS]
        + [Criterion(when=field("a_text").contains("x", ignore_accents=True), points=1)],
        tables=[
            Table(field="a_number", bands=[Band(points=1, below=5), Band(points=2)]),
            Table(field="a_text", values={"x": 1}),
        ],
    ),
    interest=Interest(rules=[InterestRule(event="open", points=1, when=field(f"p_{name}").exists()) for name in TYPES]),
    qualify=Qualify(mql=Bar(when=READS[0] & READS[1])),
)


def _refused(act):
    """Return what an act's refusal shows; nothing if it was not refused."""
    try:
        act()
    except LeadqualError as error:
        return told(error)
    return ""


@pytest.mark.parametrize("name", [*FIELDS, "id", "created_at", "since", "merged_ids", "attributes"])
def test_lead_that_is_refused_shows_nothing_of_itself(name):
    """Whatever is wrong with a field, the message names the field and what it is, not what it says."""
    for value in WRONG:
        if name == "id" and value == f"{CANARY}@x.example":
            continue
        fields = {"id": "L1", "email": f"{CANARY}@x.example", "created_at": CREATED, "since": SINCE, name: value}
        assert not leaks(_refused(lambda fields=fields: Lead(**fields)))


@pytest.mark.parametrize("name", ["id", "lead_id", "kind", "by", "source", "at", "properties"])
def test_event_that_is_refused_shows_nothing_of_itself(name):
    """The same for an event, whose fields may come from a column that was mapped by mistake."""
    for value in WRONG:
        fields = {"id": "e1", "lead_id": "L1", "kind": "open", "at": datetime(1871, 1, 1), name: value}
        assert not leaks(_refused(lambda fields=fields: Event(**fields)))


def test_lead_shows_its_id_only():
    """The repr, the str and a formatted lead have no attribute and no address."""
    lead = Lead(
        id="L1",
        email=CANARY,
        phone=CANARY,
        channel=CANARY,
        source=CANARY,
        zone=CANARY,
        merged_ids=(f"{CANARY}1",),
        attributes={"a_text": CANARY, CANARY: CANARY},
    )
    assert not leaks(f"{lead} {lead!r} {[lead]} {MODEL.profile(Lead(id='L1', email=CANARY))!s:.0}")


@pytest.mark.parametrize("type_name", TYPES)
def test_attribute_of_the_wrong_type_is_not_shown(type_name):
    """The message has the attribute's name, the type that was expected and the type that came."""
    for value in WRONG:
        lead = Lead(id="L1", email=f"{CANARY}@x.example", attributes={f"a_{type_name}": value})
        for act in (lambda lead=lead: MODEL.score(lead, now=NOW), lambda lead=lead: MODEL.profile(lead)):
            assert not leaks(_refused(act))


@pytest.mark.parametrize("type_name", TYPES)
def test_property_of_the_wrong_type_is_not_shown(type_name):
    """Neither in a score, nor in a tally, nor where two events of one id are compared."""
    lead = Lead(id="L1", email=CANARY)
    for value in WRONG:
        event = Event(id="e1", lead_id="L1", kind="open", at=NOW, properties={f"p_{type_name}": value, CANARY: value})
        twin = Event(id="e1", lead_id="L1", kind="open", at=NOW, properties={f"p_{type_name}": "other"})
        for act in (
            lambda event=event: MODEL.score(lead, [event], now=NOW),
            lambda event=event: MODEL.tally([event]),
            lambda event=event: MODEL.tally().add(event),
            lambda event=event, twin=twin: MODEL.score(lead, [event, twin], now=NOW),
            lambda event=event, twin=twin: MODEL.score(lead, [twin, event], now=NOW),
        ):
            assert not leaks(_refused(act))
        assert not leaks(repr(event))


def test_conflict_of_two_events_shows_what_differs_but_not_how():
    """One id with two contents: the names of the properties, none of their values."""
    events = [
        Event(id="e1", lead_id="L1", kind=f"{CANARY}{i}", at=NOW, properties={"p_text": f"{CANARY}{i}", "p_integer": i})
        for i in range(2)
    ]
    told = _refused(lambda: MODEL.score(Lead(id="L1", email=CANARY), events, now=NOW))
    assert "p_text" in told
    assert not leaks(told)


def test_events_out_of_place_show_nothing_of_the_lead():
    """Another lead's event, an instant without a zone, a tally too early, a tally of another model."""
    lead = Lead(id="L1", email=CANARY, phone=CANARY, attributes={"a_text": CANARY})
    event = Event(id="e1", lead_id="L2", kind="open", at=NOW, properties={"p_text": CANARY})
    own = Event(id="e1", lead_id="L1", kind="open", at=NOW, properties={"p_text": CANARY})
    acts = (
        lambda: MODEL.score(lead, [event], now=NOW),
        lambda: MODEL.score(lead, [own], now=datetime(2026, 3, 1)),
        lambda: MODEL.score(lead, MODEL.tally([own]), now=NOW - timedelta(1)),
        lambda: MODEL.score(lead, ScoringModel().tally([own]), now=NOW),
        lambda: MODEL.tally([own]).merge(MODEL.tally([own], lead=Lead(id="L1", since=NOW))),
    )
    told = [_refused(act) for act in acts]
    assert all(told)
    assert not leaks("".join(told))
