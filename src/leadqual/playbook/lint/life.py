"""Findings on how a lead moves: bars that move nobody, rests that never end, times that never begin."""

from collections.abc import Iterator
from typing import Final

from leadqual.conditions.nodes import Leaf, leaves
from leadqual.errors import shown
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.interest.check import ANY_KIND
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.values import HAND_RAISE, Recycle, RecyclePolicy
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.parts import Parts
from leadqual.playbook.lint.rules import kinds_named
from leadqual.playbook.playbook import Playbook

_ASKS: Final = frozenset({"state.hand_raised", "input.hand_raise"})
"""Fields by which a guard can tell a hand-raise of any kind."""
_OF_NURTURE: Final = ("persona", "need")
"""Fields that steps and entries of sequences know, and nobody else."""
_WRITTEN_OUT: Final = "Write a guard that does; `leadqual check PLAYBOOK --diagram toml` writes the default table out."


def life_findings(playbook: Playbook, parts: Parts) -> Iterator[Finding]:
    """Yield what is found about a lifecycle, about what becomes of maybes, and about times to act.

    Args:
        playbook: The playbook.
        parts: The parts of its own model.
    """
    if playbook.lifecycle.transitions:
        yield from _bar_findings(playbook)
        yield from _hand_raise_findings(playbook)
        yield from _unknown_findings(playbook)
        yield from _maybe_findings(playbook)
    policies = {
        "inbound": playbook.recycle.inbound,
        "outbound": playbook.recycle.outbound,
        "partner": playbook.recycle.partner,
    }
    for name, policy in policies.items():
        if policy is not None:
            yield from _rest_findings(policy, f"recycle.{name}", playbook.plan)
            yield from _bonus_findings(policy, f"recycle.{name}", parts)
    yield from _sla_findings(playbook)


def _bar_findings(playbook: Playbook) -> Iterator[Finding]:
    """Yield bars for which no transition of a playbook's own asks; those of the shipped ones always do."""
    asked = {(leaf.field, part) for leaf in _guard_leaves(playbook) for part in _values(leaf)}
    qualify = playbook.model.qualify
    for name, bar in (("mql", qualify.mql), ("sql", qualify.sql)):
        if bar is None:
            continue
        for key, field in (("when", "score.qualifies"), ("stay", "score.stays")):
            if (key == "when" or bar.stay is not None) and not _is_asked(asked, field, name):
                reason = f"no transition asks whether `{field}` has {shown(name)}, so that it moves nobody"
                hint = "Write a guard that does, unless it is there for people to read."
                yield finding("bar-moves-nobody", f"qualify.{name}.{key}", reason, hint)


def _guard_leaves(playbook: Playbook) -> Iterator[Leaf]:
    return (leaf for way in playbook.plan.transitions if way.when is not None for leaf in leaves(way.when))


def _values(leaf: Leaf) -> set[object]:
    return set(leaf.value) if isinstance(leaf.value, tuple) else {leaf.value}


def _hand_raise_findings(playbook: Playbook) -> Iterator[Finding]:
    """Yield kinds of hand-raises that move nobody in a table of a playbook's own."""
    kinds = set(playbook.model.qualify.hand_raise)
    if kinds and not any(leaf.field in _ASKS or kinds & _values(leaf) for leaf in _guard_leaves(playbook)):
        reason = "no transition asks whether `state.hand_raised` is true, so that it moves nobody"
        yield finding("hand-raise-moves-nobody", "qualify.hand_raise", reason, _WRITTEN_OUT)


def _unknown_findings(playbook: Playbook) -> Iterator[Finding]:
    """Yield transitions that ask for what is never known where they are tried."""
    for i, way in enumerate(playbook.lifecycle.transitions):
        asked = {leaf.field for leaf in leaves(way.when)} if way.when is not None else set()
        for name in (name for name in _OF_NURTURE if name in asked):
            reason = f"`{name}` is known to steps and entries of sequences only, so that here it is always missing"
            hint = "Ask for what it is told by: attributes of the lead, or `kinds`."
            yield finding("guard-never-known", f"lifecycle.transitions[{i}].when", reason, hint)


def _maybe_findings(playbook: Playbook) -> Iterator[Finding]:
    """Yield what is written of maybes where a table of a playbook's own lets nobody say one."""
    if playbook.recycle != Recycle() and not any("maybe" in way.on for way in playbook.plan.transitions):
        rests = [name for name, stage in playbook.plan.stages.items() if stage.kind == "rest"]
        reason = "no transition waits for a maybe, so that nobody can say one"
        if not any(way.to in rests for way in playbook.plan.transitions):
            reason = f"{reason} and no lead ever rests"
        hint = 'Write a transition with on = "maybe" to a stage with kind = "rest", or remove [recycle].'
        yield finding("maybe-never-said", "recycle", reason, hint)


def _is_asked(asked: set[tuple[str, object]], field: str, name: str) -> bool:
    """Return whether a guard asks for a bar, or names no bar at all where it asks whether there is any."""
    return (field, name) in asked or (field, None) in asked


def _rest_findings(policy: RecyclePolicy, where: str, plan: LifecyclePlan) -> Iterator[Finding]:
    named = {policy.to} if policy.to else {way.to for way in plan.transitions if "maybe" in way.on}
    if not any(plan.stages[stage].kind == "rest" for stage in named):
        return
    if policy.rest_months is None and policy.wake == "never":
        reason = "a rest has no length, and no act of the lead ends it, so that only a day that the buyer names does"
        yield finding("rest-never-ends", f"{where}.wake", reason, 'Write rest_months, or wake = "early".')
    elif policy.rest_months is None and where.endswith("outbound"):
        reason = "a lead that we approached waits here until it comes by itself, which it hardly ever does"
        yield finding("outbound-without-rest", where, reason, "Write rest_months = [3, 6], unless that is meant.")
    elif policy.rest_months is not None and policy.spread_days and policy.rest_months[0] == policy.rest_months[1]:
        reason = "least and most months are the same, so that all who begin to rest on one day come back on one day"
        hint = "Leave room between them, or write spread_days = 0."
        yield finding("rest-not-spread", f"{where}.rest_months", reason, hint)


def _bonus_findings(policy: RecyclePolicy, where: str, parts: Parts) -> Iterator[Finding]:
    kinds = {kind for rule in parts.rules if rule.rule.inactivity is None for kind in kinds_named(rule)}
    kind = policy.bonus_event
    if kind is not None and normal(kind) not in kinds and ANY_KIND not in kinds:
        reason = f"no rule of interest names {shown(kind)}, so that a return earns nothing"
        hint = did_you_mean(kind, kinds, "Write a rule for it, or correct its name.")
        yield finding("bonus-without-rule", f"{where}.bonus_event", reason, hint)


def _sla_findings(playbook: Playbook) -> Iterator[Finding]:
    """Yield times to act that nothing begins: neither a transition that names them nor one into their stage."""
    plan = playbook.plan
    begun = {way.sla or way.to for way in plan.transitions} | {plan.initial}
    recycle = playbook.recycle
    begun |= {policy.to for policy in (recycle.inbound, recycle.outbound, recycle.partner) if policy and policy.to}
    for name in playbook.sla:
        if name in begun:
            continue
        if name == HAND_RAISE and not playbook.model.qualify.hand_raise:
            reason, hint = "nothing raises a hand, so that this time never begins", "Name kinds in qualify.hand_raise."
        elif name == HAND_RAISE:
            reason = "no transition names this time, so that it never begins"
            hint = 'Write sla = "hand_raise" where a hand-raise is answered.'
        else:
            reason = f"every transition into {shown(name)} names another time, so that this one never begins"
            hint = "Remove it, or one of those `sla`."
        yield finding("sla-never-begins", f"sla.{name}", reason, hint)
