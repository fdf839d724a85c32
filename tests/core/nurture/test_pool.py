"""Which content a lead gets, and why not the others."""

from datetime import UTC, date, datetime

import pytest

from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.asked import Who
from leadqual.nurture.content import Content
from leadqual.nurture.planned import Rejected
from leadqual.nurture.pool import (
    Choice,
    Situation,
    best_match,
    choose,
    items_of,
    phases_of,
    seen_content,
    withheld_content,
)
from leadqual.nurture.sequences import Pool

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
TODAY = date(2026, 12, 4)
LEAD = Who(persona="buyer", need="reports", offers={"guide": NOON, "caf\u00e9": NOON})
SITUATION = Situation(on=TODAY, channel="email", who=LEAD, phases=("MOFU",), seen={"old"}, cost=10)
UNKNOWN = Situation(on=TODAY, channel="email")


def article(**more):
    """Return an article."""
    return Content(kind="article", **more)


def chosen(situation=SITUATION, **items):
    """Return the name of what is chosen of items that stand in this order."""
    return choose(tuple(items.items()), situation).content


def reason(item, situation=SITUATION, name="item"):
    """Return why the only item is not chosen, or ``None`` if it is."""
    rejected = choose(((name, item),), situation).rejected
    return rejected[0].reason if rejected else None


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (article(), None),
        (article(offer="guide"), "seen"),
        (article(offer="cafe\u0301"), "seen"),
        (article(offer="tour"), None),
        (article(starts=date(2026, 12, 5)), "not_yet"),
        (article(starts=TODAY, ends=TODAY), None),
        (article(ends=date(2026, 12, 3)), "over"),
        (article(phases=["TOFU", "BOFU"]), "phase"),
        (article(phases=["TOFU", "MOFU"]), None),
        (article(personas=["user"]), "persona"),
        (article(personas=["user", "buyer"]), None),
        (article(needs="prices"), "need"),
        (article(needs=["prices", "reports"]), None),
        (article(channels=["phone", "post"]), "channel"),
        (article(channels=["phone", "email"]), None),
        (article(after="tour"), "after"),
        (article(after=["tour", "guide"]), None),
        (article(after="cafe\u0301"), None),
        (article(cost=11), "cost"),
        (article(cost=10), None),
    ],
)
def test_item_fits_or_is_rejected_with_its_reason(item, why):
    """Days are without their hours: the first and the last belong to them."""
    assert reason(item) == why


def test_item_that_the_lead_got_is_rejected_by_its_name():
    """Also without an offer."""
    assert reason(article(), name="old") == "seen"


def test_reason_of_a_rejection_is_the_first_in_their_order():
    """Taking the first away leaves the next."""
    wrong = {
        "offer": "guide", "starts": date(2027, 1, 1), "ends": date(2026, 1, 1), "phases": ["TOFU"],
        "personas": ["user"], "needs": ["prices"], "channels": ["post"], "after": ["tour"], "cost": 99,
    }  # fmt: skip
    reasons = []
    for part in list(wrong):
        reasons.append(reason(article(**wrong)))
        del wrong[part]
    assert reasons == ["seen", "not_yet", "over", "phase", "persona", "need", "channel", "after", "cost"]
    assert reason(article(**wrong)) is None


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (article(), None),
        (article(cost=10**9), None),
        (article(phases="TOFU"), "phase"),
        (article(personas="buyer"), "persona"),
        (article(needs="reports"), "need"),
        (article(after="guide"), "after"),
    ],
)
def test_lead_of_whom_nothing_is_known_gets_what_is_for_everybody(item, why):
    """Nothing is guessed, and nothing is too dear where no effort is stated."""
    assert reason(item, UNKNOWN) == why


def test_choice_prefers_the_need_then_the_persona_then_the_phase_then_the_cost():
    """What is for everybody comes after what is for such leads."""
    plain, cheap, free = article(cost=2), article(cost=1), article()
    phase, persona, need = article(phases="MOFU", cost=3), article(personas="buyer", cost=4), article(needs="reports")
    items = {"a": plain, "b": cheap, "c": free, "d": phase, "e": persona, "f": need}
    order = []
    while items:
        order.append(chosen(**items))
        del items[order[-1]]
    assert order == ["f", "e", "d", "c", "b", "a"]


def test_choice_of_equals_is_the_first_by_name():
    """Whatever order they come in."""
    assert chosen(b=article(), a=article(), c=article()) == "a"


def test_choice_tells_what_speaks_against_all_others():
    """Fitting items that were not chosen too, in their order."""
    found = choose((("a", article(cost=1)), ("b", article(needs="prices")), ("c", article())), SITUATION)
    assert found == Choice(
        content="c",
        rejected=(Rejected(content="a", reason="other_chosen"), Rejected(content="b", reason="need")),
    )


def test_choice_without_anything_that_fits_is_exhausted():
    """A pool of nothing too."""
    assert choose((), SITUATION) == Choice(content=None, withheld="exhausted")
    assert choose((("old", article()),), SITUATION) == Choice(
        content=None, rejected=(Rejected(content="old", reason="seen"),), withheld="exhausted"
    )


def test_choice_among_what_is_too_dear_is_withheld_for_its_cost():
    """Only if it would fit otherwise."""
    dear = article(cost=11)
    assert choose((("a", article(ends=date(2026, 1, 1))), ("b", dear)), SITUATION).withheld == "cost"
    assert choose((("old", dear),), SITUATION).withheld == "exhausted"


def test_choice_tells_from_which_day_on_something_fits():
    """The first of the days of what only may not go yet."""
    soon, later = date(2026, 12, 9), date(2026, 12, 20)
    items = {
        "a": article(starts=later),
        "b": article(starts=soon),
        "c": article(starts=date(2026, 12, 6), cost=11),
        "d": article(starts=date(2026, 12, 1), needs="prices"),
    }
    assert choose(tuple(items.items()), SITUATION).starts == soon
    assert choose((("c", items["c"]), ("d", items["d"]), ("old", items["b"])), SITUATION).starts is None
    assert choose((*items.items(), ("e", article())), SITUATION) == Choice(
        content="e",
        rejected=tuple(
            Rejected(content=name, reason=why) for name, why in zip("abcd", ["not_yet"] * 3 + ["need"], strict=True)
        ),
    )


def test_choice_by_another_ranking_takes_what_comes_first_in_it():
    """Of all that fits; of equals the first name."""
    items = (("a", article(cost=1)), ("b", article(cost=9)), ("c", article(cost=99)), ("d", article(cost=9)))
    dearest = choose(items, SITUATION, ranking=lambda content, _: (-content.cost,))
    assert dearest.content == "b"


@pytest.mark.parametrize(
    ("item", "rank"),
    [
        (article(cost=7), (True, True, True, 7)),
        (article(needs=["x", "reports"]), (False, True, True, 0)),
        (article(personas=["x", "buyer"]), (True, False, True, 0)),
        (article(phases=["x", "MOFU"]), (True, True, False, 0)),
    ],
)
def test_best_match_ranks_by_need_persona_phase_and_cost(item, rank):
    """What comes first in order is better."""
    assert best_match(item, SITUATION) == rank


def test_best_match_for_one_of_several_phases_is_a_match():
    """A pool may look in more than one."""
    several = Situation(on=TODAY, channel="email", phases=("TOFU", "BOFU"))
    assert best_match(article(phases="BOFU"), several) == (True, True, False, 0)
    assert reason(article(phases="BOFU"), several) is None


def test_items_of_a_pool_are_the_content_of_its_kinds_by_name():
    """All content when it names none."""
    contents = {"z": article(), "b": Content(kind="guide"), "a": Content(kind="webinar")}
    assert items_of(Pool(), contents) == tuple((name, contents[name]) for name in "abz")
    assert items_of(Pool(kinds=["guide", "article"]), contents) == (("b", contents["b"]), ("z", contents["z"]))
    assert items_of(Pool(kinds="visit"), contents) == ()


def test_phases_of_a_pool_are_its_own_or_that_of_the_lead():
    """None if nobody knows one."""
    assert phases_of(Pool(phases=["BOFU", "MOFU"]), "TOFU") == ("BOFU", "MOFU")
    assert phases_of(Pool(), "TOFU") == ("TOFU",)
    assert phases_of(Pool(), None) == ()


def past(content, outcome):
    """Return a touch that has come due."""
    return PastTouch(
        key="k", sequence="s", step="t", channel="email", purpose="n", content=content, at=NOON, outcome=outcome
    )


def test_seen_content_is_what_was_sent_or_is_on_its_way():
    """What was skipped, cancelled or given up may come again; a task without content shows nothing."""
    touches = [past("a", "due"), past("b", "sent"), past("c", "skipped"), past("d", "cancelled"), past("e", "expired")]
    assert seen_content([*touches, past(None, "sent")]) == {"a", "b"}


@pytest.mark.parametrize(
    ("item", "why", "answered"),
    [
        (article(), None, None),
        (article(offer="guide"), "seen", None),
        (article(offer="guide", cost=11, ends=date(2026, 12, 3)), "seen", "over"),
        (article(starts=date(2026, 12, 5)), "not_yet", "not_yet"),
        (article(starts=date(2026, 12, 5), cost=11), "not_yet", "not_yet"),
        (article(ends=date(2026, 12, 3), cost=11), "over", "over"),
        (article(starts=TODAY, ends=TODAY), None, None),
        (article(cost=11), "cost", None),
        (article(cost=10, phases="TOFU", personas="user", needs="x", after="tour", channels="post"), None, None),
    ],
)
def test_content_that_a_step_names_is_withheld_when_seen_out_of_date_or_too_dear(item, why, answered):
    """What was asked for goes again, at any cost; for whom it is was decided with the step."""
    assert withheld_content("item", item, SITUATION) == why
    assert withheld_content("item", item, SITUATION, answers=True) == answered


def test_content_that_a_step_names_is_withheld_when_the_lead_got_it():
    """By its name, unless it answers a request."""
    assert withheld_content("old", article(), SITUATION) == "seen"
    assert withheld_content("old", article(), SITUATION, answers=True) is None
