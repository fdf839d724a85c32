"""GitLab's published model: the figures of its rules and of the file's worked examples."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.scoring import Score
from tests.real.acts import NOW, Properties, act, published
from tests.real.runs import adds_up, playbook

# The kinds and properties that stand for an action whose name in the file is not our kind.
SPOKEN: dict[str, tuple[str, Properties]] = {
    "gated_content_high": ("gated_content", {"title": "The Forrester Wave", "success": True}),
    "gated_content_medium": ("gated_content", {"title": "A guide", "success": True}),
    "visits_key_webpage": ("page_view", {"page": "/pricing/"}),
    "visits_low_value_page": ("page_view", {"page": "/jobs/all"}),
}
PERSON: dict[str, dict[str, str | int]] = {
    "set_up_for_company_or_team": {"set_up_for": "team"},
    "business_email_domain": {"email_kind": "business"},
    "seniority_high": {"seniority": "high"},
    "seniority_medium": {"seniority": "medium"},
    "seniority_low": {"seniority": "low"},
    "function_high": {"function": "high"},
    "function_medium": {"function": "medium"},
    "function_low": {"function": "low"},
    "country_tier_1_or_2": {"country_tier": 2},
    "generic_email_domain": {"email_kind": "generic"},
    "seniority_negative": {"seniority": "negative"},
    "function_negative": {"function": "negative"},
}
DAYS = {"1/day": 1, "1/week": 7, "1/30 days": 30, "1/month": 30, "1/3 months": 90, "1/90 days": 90, "1/6 months": 180}
BOOK = playbook("gitlab_mql")


@pytest.fixture(scope="module")
def facts(shared_data: Path) -> Any:
    """Return the published model."""
    return published(shared_data / "gitlab_mql" / "scoring_current.json")


def did(action: str, *, days_ago: int = 0, success: bool = True) -> Event:
    """Return the event that stands for an action."""
    kind, properties = SPOKEN.get(action, (action, {"success": True}))
    return act(kind, days_ago=days_ago, **{**properties, "success": success})


def person(*actions: str, **fields: Any) -> Lead:
    """Return a lead with the named traits."""
    attributes = {name: value for action in actions for name, value in PERSON[action].items()}
    return Lead(id="L", attributes={**attributes, **fields.pop("attributes", {})}, **fields)


def score(lead: Lead, *events: Event) -> Score:
    """Score a lead, whose ledger must add up."""
    found = BOOK.model.score(lead, events, now=NOW)
    assert adds_up(found)
    return found


def test_gitlab_rules_earn_the_published_points(facts: Any) -> None:
    """Every action of the file earns its points by itself, the ones that need success not without it."""
    rules = [*facts["auto_mql"], *facts["behaviour"], *facts["boosters"]]
    for rule in rules:
        assert score(person(), did(rule["action"])).interest == rule["points"], rule["action"]
        if rule.get("requires_success"):
            assert score(person(), did(rule["action"], success=False)).interest == 0, rule["action"]
    assert len(rules) == 27


def test_gitlab_rules_take_away_the_published_points(facts: Any) -> None:
    """The negative actions take theirs from a hundred earned points; an unsubscribe is a new `since` instead."""
    for rule in facts["decay"]:
        if rule["action"] in ("email_unsubscribed", "no_activity_30_days"):
            continue
        assert score(person(), did("inbound_high"), did(rule["action"])).interest == 100 + rule["points"]


def test_gitlab_limits_count_an_action_once_in_its_time(facts: Any) -> None:
    """Three times on one day count three times where the file says `every` and once where it says once in some days."""
    limited = 0
    for rule in [*facts["auto_mql"], *facts["behaviour"], *facts["boosters"]]:
        earned = score(person(), *(did(rule["action"]) for _ in range(3))).interest
        days = DAYS.get(rule["limit"])
        assert earned == rule["points"] * (1 if days else 3), rule["action"]
        if days:
            limited += 1
            later = score(person(), did(rule["action"]), did(rule["action"], days_ago=days)).interest
            assert later == 2 * rule["points"], rule["action"]
    assert limited == 11


def test_gitlab_demographics_earn_the_published_points(facts: Any) -> None:
    """Every trait earns its points by itself; a negative one takes them from a person who has some."""
    for rule in facts["demographic"]:
        assert score(person(rule["action"])).fit == rule["points"], rule["action"]
    for rule in facts["demographic_negative"]:
        rest = "set_up_for_company_or_team"
        assert score(person(rest, rule["action"])).fit == 25 + rule["points"], rule["action"]


def test_gitlab_worked_examples_give_the_file_s_figures(facts: Any) -> None:
    """Person score and MQL of the four worked sums, and the demographic sum before its cap."""
    spoken = {"visits_key_webpage x3 in one week": [did("visits_key_webpage", days_ago=ago) for ago in (0, 1, 3)]}
    for case in facts["derived_examples"]["cases"]:
        events = [event for name in case["behaviour"] for event in spoken.get(name) or [did(name)]]
        found = score(person(*case["demographic"]), *events)
        assert (found.total, found.qualifies == {"mql"}) == (case["person_score"], case["mql"])
        if "demographic_raw" in case:
            cut = sum(line.cap for line in found.lines if line.axis == "fit")
            assert found.fit - cut == case["demographic_raw"]
    assert len(facts["derived_examples"]["cases"]) == 4


def test_gitlab_caps_are_the_published_ones(facts: Any) -> None:
    """Demographics end at 70 and behaviour at 300."""
    everything = person("business_email_domain", "seniority_high", "function_high", "set_up_for_company_or_team")
    found = score(everything, *(did("follow_up_requested") for _ in range(5)))
    assert found.fit == facts["rules"]["demographic_cap"]
    assert "300" in facts["rules"]["behaviour_cap"]
    assert found.interest == 300


def test_gitlab_idle_months_take_ten_each() -> None:
    """Thirty days without an act take 10, sixty take 20, and the sum ends at nought."""
    for ago, left in ((29, 30), (30, 20), (60, 10), (90, 0), (120, 0)):
        assert score(person(), did("survey_medium", days_ago=ago)).interest == left


@pytest.mark.parametrize(
    ("reason", "lead"),
    [
        ("own_domain", person(email="a@gitlab.com")),
        ("competitor", person(email="a@rival.example")),
        ("status", person(attributes={"status": "Ineligible"})),
        ("no_company", person(attributes={"company": "Test company"})),
        ("partner", person(attributes={"partner_works_it": True})),
    ],
)
def test_gitlab_excluded_people_keep_their_score_and_are_no_mql(reason: str, lead: Lead) -> None:
    """Who is excluded from scoring there is gated here: the points show, the MQL does not."""
    found = score(lead, did("inbound_high"))
    assert found.gate == reason
    assert found.interest == 100
    assert not found.qualifies


def test_gitlab_recycled_person_starts_from_demographics_and_the_booster() -> None:
    """A recycle or an unsubscribe is a new `since`: behaviour starts at nought, and the first act back brings 20."""
    lead = person("business_email_domain", since=NOW - timedelta(days=10))
    before = did("inbound_high", days_ago=11)
    assert score(lead, before).total == 35
    back = score(lead, before, did("subscription_form"), did("re_mql_activity"), did("re_mql_activity", days_ago=1))
    assert back.total == 35 + 5 + 20


def test_gitlab_trial_model_gives_the_published_points(facts: Any) -> None:
    """Every cell of the trial table earns its points, and its threshold qualifies."""
    trial, book = facts["trial_model"], playbook("gitlab_trial")

    def fit(**attributes: Any) -> Score:
        return book.model.score(Lead(id="L", attributes=attributes), (), now=NOW)

    renamed = {"grade": "trial_grade"}
    for name, points in trial["points"].items():
        if isinstance(points, dict):
            for value, earned in points.items():
                counts = value.rstrip("+").isdigit()
                cell = int(value.rstrip("+")) if counts else value
                assert fit(**{renamed.get(name, name): cell}).fit == earned, (name, value)
        elif name == "not_latam_and_not_smb":
            assert fit(latam=False, smb=False).fit == points
            assert fit(latam=True, smb=False).fit == fit(latam=False, smb=True).fit == 0
        else:
            assert fit(**{name: True}).fit == points, name
    assert trial["mql_threshold"] == 25
    assert fit(trial_grade="A", management_title=True).qualifies == {"mql"}
    assert not fit(trial_grade="A", targeted_title="upper management").qualifies


def test_gitlab_fixed_buckets_differ_from_a_limit_since_the_last_time() -> None:
    """A visit on Sunday and one on Monday lie in two weeks; a limit of seven days since the last would count one."""
    sunday, monday = did("visits_key_webpage", days_ago=5), did("visits_key_webpage", days_ago=4)
    assert (sunday.at.weekday(), monday.at.weekday()) == (6, 0)
    assert score(person(), sunday, monday).interest == 50


def test_gitlab_nightly_reset_forgets_what_was_below_nought_and_leadqual_does_not() -> None:
    """A penalty on an empty score is gone there by next morning; here it still stands against later points."""
    assert score(person(), did("visits_low_value_page", days_ago=3)).interest == 0
    assert score(person(), did("visits_low_value_page", days_ago=3), did("survey_low")).interest == 5
