"""What lint says is true of every lead there can be: over drawn playbooks, leads and events."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import bind, condition_from_plain
from leadqual.lead import Lead
from leadqual.playbook import loads
from leadqual.playbook.lint import lint
from leadqual.playbook.lint.acts import acts_of
from leadqual.playbook.lint.parts import parts_of
from leadqual.playbook.lint.possible import Possible
from leadqual.playbook.lint.profiles import profiles_of
from leadqual.playbook.lint.reach import reach_of
from leadqual.playbook.lint.search import can_fail, can_hold, without
from leadqual.playbook.lint.sizes import Sizes
from leadqual.playbook.lint.words import Members, Words
from tests.properties.axes import OF_LEAD
from tests.properties.bases import cases, leads
from tests.properties.conditions import LISTS, conditions
from tests.properties.running import events_of, figures, lead_of
from tests.properties.vocabulary import ATTRIBUTES, NOWS
from tests.properties.written import as_json


def playbook_of(document):
    """Load a drawn document."""
    return loads(as_json(document), format="json")


@cache
def lead_fields():
    """Return what a condition on a drawn lead may read."""
    document = {"schema": 1, "name": "drawn", "version": "1", "attributes": ATTRIBUTES, "lists": LISTS}
    return parts_of(playbook_of(document).model).of_lead


def includes(possible: Possible, value) -> bool:
    """Return whether what a field can be includes a value that it has."""
    values = possible.values
    if value in (None, "", ()):
        return possible.missing
    if isinstance(values, Sizes):
        return values.low <= value <= values.high and (values.only is None or value in values.only)
    if isinstance(values, Words):
        return values.among is None or value in values.among
    return isinstance(values, Members) and (values.among is None or set(value) <= values.among)


@given(conditions(OF_LEAD, 3), leads(NOWS[0]))
def test_search_never_denies_what_holds_of_a_lead(plain, lead):
    """A condition that holds can hold, and one that does not can fail."""
    fields = lead_fields()
    condition = condition_from_plain(plain)
    bound, _ = bind(condition, fields.scope, "when")
    holds = bound.holds(lead_of(lead).row)
    assert can_hold(condition, fields) or not holds
    assert can_fail(condition, fields) or holds


@given(conditions(OF_LEAD), st.lists(conditions(OF_LEAD, 1), min_size=1, max_size=3), leads(NOWS[0]))
def test_search_never_denies_what_holds_beside_others_that_do_not(plain, others, lead):
    """Where one condition holds of a lead and others do not, the first may hold without them."""
    fields = lead_fields()
    first, *rest = (condition_from_plain(one) for one in (plain, *others))
    bounds = [bind(condition, fields.scope, "when")[0] for condition in (first, *rest)]
    holds, *theirs = (bound.holds(lead_of(lead).row) for bound in bounds)
    assert not holds or any(theirs) or without(first, rest, fields)


@given(cases())
def test_reach_includes_every_score(case):
    """What scores can come to includes what any lead's score is, name by name."""
    playbook = playbook_of(case.document)
    parts = parts_of(playbook.model)
    reach = reach_of(parts, profiles_of(parts), acts_of(parts))
    score = playbook.model.score(lead_of(case.lead), events_of(case.events), now=case.now)
    reading = score.reading
    own = [name for name in reach.fields.known if name not in OF_LEAD]
    assert not [name for name in own if not includes(reach.fields.possible(name), reading.get(name))]
    assert reach.fields.related({name: reach.fields.possible(name) for name in reach.fields.known})


@given(cases())
def test_bars_that_are_met_or_missed_can_be(case):
    """A bar that a score meets can be met, one that it misses can be missed; at once, and beside each other."""
    playbook = playbook_of(case.document)
    parts = parts_of(playbook.model)
    fields = reach_of(parts, profiles_of(parts), acts_of(parts)).fields
    reading = playbook.model.score(lead_of(case.lead), events_of(case.events), now=case.now).reading
    for part, bar in zip(parts.bars, playbook.model.plans.bars, strict=True):
        met = bar.when.holds(reading)
        assert can_hold(part.when, fields) if met else can_fail(part.when, fields)
        if part.stay is not None:
            kept = bar.stay.holds(reading)
            assert can_hold(part.stay, fields) if kept else can_fail(part.stay, fields)
            assert not kept or met or without(part.stay, [part.when], fields)


@given(cases())
def test_idle_and_unknown_leads_stay_within_their_reach(case):
    """What leads without acts, and leads without a profile, can come to includes what theirs come to."""
    playbook = playbook_of(case.document)
    parts = parts_of(playbook.model)
    profiles, acts = profiles_of(parts), acts_of(parts)
    stranger = Lead(id=case.lead["id"], since=case.lead.get("since"), merged_ids=case.lead.get("merged_ids", ()))
    told = {"idle": (lead_of(case.lead), []), "unknown": (stranger, events_of(case.events))}
    reached = {
        "idle": reach_of(parts, profiles, acts, of="idle").fields,
        "unknown": reach_of(parts, profiles, acts, of="unknown").fields,
    }
    for whom, (lead, events) in told.items():
        fields = reached[whom]
        reading = playbook.model.score(lead, events, now=case.now).reading
        if whom == "unknown" or lead.acquisition != "outbound":
            met = [bar.when.holds(reading) for bar in playbook.model.plans.bars]
            assert all(can_hold(part.when, fields) for part, held in zip(parts.bars, met, strict=True) if held)


def contradicts(found, playbook, score) -> bool:
    """Return whether a score shows that a finding is false."""
    reading, plans = score.reading, playbook.model.plans
    of_bar = {f"qualify.{bar.name}.when": bar.when for bar in plans.bars}
    of_bar |= {f"qualify.{bar.name}.stay": bar.stay for bar in plans.bars if bar.stay is not None}
    gates = {f"fit.gates[{i}]": bound for i, (_, bound) in enumerate(plans.fit.gates)}
    row = reading.profile.lead.row
    earned = {line.where for line in score.lines if line.points}
    last = found.where.rpartition(".")[2]
    match found.code:
        case "bar-out-of-reach" | "bar-faded":
            return of_bar[found.where].holds(reading)
        case "bar-always-met":
            return not of_bar[found.where].holds(reading)
        case "stay-without-effect":
            when = found.where.replace(".stay", ".when")
            return of_bar[found.where].holds(reading) and not of_bar[when].holds(reading)
        case "sql-not-above-mql":
            return of_bar["qualify.mql.when"].holds(reading) and not of_bar["qualify.sql.when"].holds(reading)
        case "dead-criterion" | "dead-rule" | "rule-only-counts":
            return found.where in earned
        case "criterion-for-all":
            return found.where not in earned
        case "dead-gate":
            return gates[found.where].holds(row)
        case "gate-for-all":
            return not gates[found.where].holds(row)
        case "gate-shadowed":
            earlier = [bound.holds(row) for where, bound in gates.items() if where < found.where]
            return gates[found.where].holds(row) and not any(earlier)
        case "capped-at-zero" if "groups" in found.where:
            return bool(score.groups.get(last))
        case "capped-at-zero":
            return (score.fit if found.where == "fit" else score.interest) != 0
        case "grade-never-given":
            return score.grade == last
        case "grade-for-all":
            return score.grade not in (lint_letter(found), "-")
        case "level-never-given":
            return score.level == int(last)
        case "level-for-all":
            return score.level != int(lint_letter(found))
        case "cell-never-used":
            return score.label == last
        case "total-always-zero":
            return score.total != 0
    return False


def lint_letter(found) -> str:
    """Return the grade or level that a finding says every lead has."""
    return found.reason.partition(",")[0].rpartition(" ")[2]


@given(cases())
def test_no_score_contradicts_a_finding(case):
    """What lint says of all leads is true of every lead that is drawn."""
    playbook = playbook_of(case.document)
    score = playbook.model.score(lead_of(case.lead), events_of(case.events), now=case.now)
    wrong = [found for found in lint(playbook) if contradicts(found, playbook, score)]
    assert not wrong, figures(score)
