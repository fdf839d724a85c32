"""Who stands elsewhere under another model, over a base."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import field
from leadqual.errors import LeadError, UnknownName
from leadqual.event import Event
from leadqual.fit import Criterion, Fit, Gate
from leadqual.interest import Interest, InterestRule, Linear
from leadqual.lead import Lead
from leadqual.playbook.flips import Flow, Move, Reason, flips
from leadqual.scoring import Bar, Qualify, ScoringModel

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


def model(fit: Any = 10, visit: Any = 4, bar: Any = 10, grade: Any = 10, cap: Any = None, **more: Any) -> ScoringModel:
    """Return a model that pays for a job title and for visits."""
    return ScoringModel(
        attributes={"job_title": "text"},
        fit=Fit(
            criteria=[Criterion(name="Boss", when=field("job_title").eq("CTO"), points=fit)],
            gates=[Gate(reason="test", when=field("source").eq("test"))],
            grades={"A": grade, "B": 0},
            max=cap,
        ),
        interest=Interest(
            rules=[InterestRule(name="Visit", event="visit", points=visit, decay=Linear(100), **more)],
            levels={1: 8, 2: 0},
        ),
        qualify=Qualify(
            mql=Bar(when=field("total").ge(bar), stay=field("total").ge(5)), sql=Bar(when=field("total").ge(18))
        ),
    )


LEADS = {
    id_: Lead(id=id_, source=source, attributes={"job_title": title} if title else {})
    for id_, title, source in (
        ("boss", "CTO", None),
        ("reader", "Editor", None),
        ("nobody", None, None),
        ("tester", "CTO", "test"),
    )
}
EVENTS = {
    "reader": [
        Event(id=f"e{i}", lead_id="reader", kind="visit", at=NOW - timedelta(days=days))
        for i, days in enumerate((0, 0, 50))
    ],
}


def found(before: ScoringModel, after: ScoringModel):
    """Compare two models over the base."""
    return flips(before, after, LEADS, EVENTS, now=NOW)


def test_flips_of_one_model_are_none():
    """Nobody stands elsewhere; every bar and label is counted all the same."""
    same = found(model(), model())
    assert (same.leads, same.flipped, same.reasons) == (4, (), ())
    assert same.bars == {"mql": Flow(stayed=2), "sql": Flow()}
    assert same.labels == {("-2", "-2"): 1, ("A2", "A2"): 2, ("B1", "B1"): 1}


def test_flips_name_who_enters_and_who_leaves():
    """A boss that is worth less leaves, a reader whose visits are worth more enters the next bar."""
    changed = found(model(), model(fit=9, visit=9))
    assert [(flip.lead_id, set(flip.gained), set(flip.lost)) for flip in changed.flipped] == [
        ("boss", set(), {"mql"}),
        ("reader", {"sql"}, set()),
        ("tester", set(), set()),
    ]
    assert changed.bars == {"mql": Flow(left=1, stayed=1), "sql": Flow(entered=1)}
    assert changed.stays == {"mql": Flow(stayed=2), "sql": Flow(entered=1)}
    assert changed.labels == {("-2", "-2"): 1, ("A2", "B2"): 2, ("B1", "B1"): 1}


def test_flips_say_which_line_moved_most():
    """Each lead that flips has its own line, and the reasons count the leads of each."""
    changed = found(model(), model(fit=9, visit=9))
    assert changed.flipped[0].moves == (Move(axis="fit", name="Boss", points=Decimal(-1)),)
    assert changed.reasons == (
        Reason(axis="fit", name="Boss", leads=2, least=Decimal(-1), most=Decimal(-1)),
        Reason(axis="interest", name="Visit", leads=1, least=Decimal("12.5"), most=Decimal("12.5")),
    )


def test_flips_say_when_no_line_moved():
    """Where only a bar or the bounds of a grade moved, the reason has no line."""
    changed = found(model(), model(bar=11, grade=12))
    assert {flip.lead_id: flip.moves for flip in changed.flipped} == {"boss": (), "reader": (), "tester": ()}
    assert changed.reasons == (Reason(axis=None, name=None, leads=3, least=Decimal(0), most=Decimal(0)),)


def test_flips_prefer_a_line_of_its_own_to_the_cap_that_answers_it():
    """A criterion that earns more under a cap that takes it again is named before the cap."""
    changed = found(model(cap=10), model(fit=20, cap=10, grade=11))
    assert [move.name for move in changed.flipped[0].moves] == ["Boss", "Cap of fit"]


def test_flips_count_leads_that_are_gated_now():
    """A gate that is gone lets a lead qualify."""
    open_ = ScoringModel(
        attributes=model().attributes, fit=Fit(criteria=model().fit.criteria, grades={"A": 10, "B": 0}),
        interest=model().interest, qualify=model().qualify,
    )  # fmt: skip
    changed = found(model(), open_)
    (flip,) = changed.flipped
    assert (flip.lead_id, flip.before.gate, flip.after.gate, flip.gained) == ("tester", "test", None, {"mql"})


def test_flips_count_bars_that_one_model_alone_has():
    """A bar that is new is entered by all who reach it, one that is gone is left."""
    without = ScoringModel(attributes=model().attributes, fit=model().fit, interest=model().interest)
    assert found(without, model()).bars["mql"] == Flow(entered=2)
    assert found(model(), without).bars == {"mql": Flow(left=2), "sql": Flow()}


def test_flips_tell_how_far_they_are():
    """The caller hears of the end, also of a small base, and of every thousandth lead."""
    heard = []
    flips(model(), model(), LEADS, EVENTS, now=NOW, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(4, 4)]
    many = {str(i): Lead(id=str(i)) for i in range(2_500)}
    heard.clear()
    flips(model(), model(), many, {}, now=NOW, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]


def test_flips_take_flagged_events_for_none():
    """What is flagged earns under neither model."""
    flagged = {event.key for event in EVENTS["reader"]}
    changed = flips(model(), model(visit=9), LEADS, EVENTS, now=NOW, flagged=flagged)
    assert changed.flipped == ()


def test_flips_refuse_values_of_another_type_than_declared():
    """A base that does not fit a model is an error that says where, without the value."""
    with pytest.raises(LeadError) as caught:
        flips(model(), model(), {"x": Lead(id="x", attributes={"job_title": 7})}, {}, now=NOW)
    assert "7" not in str(caught.value)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["CTO", "Editor", None])),
       st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 120)), max_size=12),
       st.tuples(*[st.integers(-3, 12)] * 2), st.integers(0, 20))  # fmt: skip
def test_flips_equal_a_recount_of_both_scores(titles, acts, points, bar):
    """Whatever the base and the change, the counts are those of scoring it twice."""
    leads = {id_: Lead(id=id_, attributes={"job_title": title} if title else {}) for id_, title in titles.items()}
    events: dict[str, list[Event]] = {}
    for i, (id_, days) in enumerate(acts):
        event = Event(id=str(i), lead_id=id_, kind="visit", at=NOW - timedelta(days=days))
        events.setdefault(id_, []).append(event)
    models = model(), model(fit=points[0], visit=points[1], bar=bar)
    scores = {id_: [m.score(lead, events.get(id_, ()), now=NOW) for m in models] for id_, lead in leads.items()}
    result = flips(*models, leads, events, now=NOW)
    for name in ("mql", "sql"):
        ways = Counter((name in a.qualifies, name in b.qualifies) for a, b in scores.values())
        flow = Flow(entered=ways[False, True], left=ways[True, False], stayed=ways[True, True])
        assert result.bars[name] == flow
    assert result.labels == Counter((a.label, b.label) for a, b in scores.values())
    moved = {
        id_ for id_, (a, b) in scores.items() if (a.label, a.qualifies, a.stays) != (b.label, b.qualifies, b.stays)
    }
    assert {flip.lead_id for flip in result.flipped} == moved
    assert sum(reason.leads for reason in result.reasons) == len(moved)


EXPLAINED = """Leads under both: 4; standing elsewhere: 3.

Who qualifies
  MQL: 2 before, 1 after; entered 0, left 1, stayed 1
  SQL: 0 before, 1 after; entered 1, left 0, stayed 0
  MQL or enough to stay one: 2 before, 2 after; entered 0, left 0, stayed 2

Labels that change
  A2 to B2: 2

Why: what moved most
  2 leads: Boss -1.00
  1 lead: Visit +12.50

Leave MQL: boss
Enter SQL: reader"""


def test_flips_are_explained_in_words_and_figures():
    """Bars, labels, reasons and the first ids, as text."""
    assert found(model(), model(fit=9, visit=9)).explain() == EXPLAINED


def test_flips_are_explained_in_spanish_with_the_words_of_a_team():
    """Labels name the lines; decimals have a comma."""
    told = found(model(), model(fit=9, visit=9)).explain("es", labels={"Boss": "Jefatura", "Visit": "Visita"})
    assert "  2 leads: Jefatura -1,00" in told
    assert "Salen de MQL: boss" in told
    assert "de A2 a B2: 2" in told


def test_flips_explain_ranges_bounds_and_what_is_too_long():
    """Differences of several sizes are a range; long lists end in how many more there are."""
    leads = {f"{i:05}": Lead(id=f"{i:05}", attributes={"job_title": "CTO"}) for i in range(1_200)}
    events = {
        id_: [Event(id=f"{id_}-1", lead_id=id_, kind="visit", at=NOW - timedelta(days=int(id_) % 30))] for id_ in leads
    }
    told = flips(model(bar=15), model(bar=15, visit=9), leads, events, now=NOW).explain()
    assert "1,200 leads: Visit +3.55 to +5.00" in told
    assert "00009, … and 1,190 more" in told
    capped = found(model(cap=10, bar=5), model(cap=4, bar=5)).explain("es")
    assert "2 leads: tope del encaje -6,00" in capped
    assert "leads: no line moved; bounds or bars did" in found(model(), model(bar=11)).explain()
    plain = ScoringModel(attributes={"job_title": "text"}, fit=Fit(grades={"A": 0}))
    none = ScoringModel(attributes={"job_title": "text"})
    assert "  - to none: 4" in found(plain, none).explain()


def test_flips_refuse_a_language_that_is_not_spoken():
    """English and Spanish are."""
    wrong: Any = "fr"
    with pytest.raises(UnknownName):
        found(model(), model()).explain(wrong)
