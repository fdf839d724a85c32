"""Findings on rules of interest: those that never earn, that earn twice or without end, and on silence."""

from collections.abc import Iterator, Sequence

from leadqual.errors import shown
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.interest.check import ANY_KIND
from leadqual.interest.rules import RulePlan
from leadqual.languages import joined
from leadqual.playbook.lint.acts import NOTHING, Acts, matches
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.parts import Parts


def earning_findings(parts: Parts, acts: Acts) -> Iterator[Finding]:
    """Yield rules that never earn.

    Args:
        parts: The parts of a model.
        acts: What behaviour can come to.
    """
    for rule, own in zip(parts.rules, acts.capped, strict=True):
        if own != NOTHING:
            continue
        there = matches(rule, parts)
        if there and rule.interacts:
            reason = f"{_why_nothing(rule)}; all it does is to make interactions"
            yield finding("rule-only-counts", rule.where, reason, "Leave it if that is meant, or let it earn.")
        else:
            reason = _why_nothing(rule) if there else "its condition can never hold"
            yield finding("dead-rule", rule.where, reason, "Correct it or remove it.")


def _why_nothing(rule: RulePlan) -> str:
    if not rule.points:
        return "it is worth 0 points"
    if rule.high == 0 or rule.low == 0:
        return "its own cap of 0 takes all that it earns"
    if rule.weights is not None and not any(rule.weights):
        return "all of its weights are 0"
    return "its decay leaves nothing from the first day on"


def rule_findings(parts: Parts, acts: Acts) -> Iterator[Finding]:
    """Yield what is found about how rules are written.

    Args:
        parts: The parts of a model.
        acts: What behaviour can come to.
    """
    earning = [rule for rule, own in zip(parts.rules, acts.capped, strict=True) if own != NOTHING]
    for rule in parts.rules:
        if rule.rule.inactivity is not None:
            yield from _silence(rule, parts)
    free = [rule for rule in earning if rule.points > 0 and not _is_limited(rule, parts)]
    if free:
        more = {1: "", 2: ", as in one other rule"}.get(len(free), f", as in {len(free) - 1} other rules")
        reason = f"the same act, repeated on one day, earns again and again{more}"
        hint = "Limit it with `per_day`, `times`, `distinct_by` or `max`, or put it in a group with a `max`."
        yield finding("unlimited-rule", free[0].where, reason, hint)
    yield from _twice(earning, parts)


def _is_limited(rule: RulePlan, parts: Parts) -> bool:
    """Return whether something keeps the acts of one day in bounds."""
    own = rule.rule
    if own.inactivity is not None:
        return True
    if own.group is not None and parts.model.interest.groups[own.group].max is not None:
        return True
    return any(limit is not None for limit in (own.per, own.times, own.weights, own.distinct_by, own.max))


def _silence(rule: RulePlan, parts: Parts) -> Iterator[Finding]:
    if rule.points > 0:
        reason = "it earns more the longer a lead is quiet"
        yield finding("silence-earns", rule.where, reason, "Write negative points, or remove it.")
    if rule.points >= 0:
        return
    kinds = kinds_named(rule) - {ANY_KIND}
    fading = [other for other in parts.rules if other.points > 0 and other.factors is not None]
    shared = [other for other in fading if kinds & kinds_named(other)]
    if shared:
        both = sorted(kinds & kinds_named(shared[0]))
        reason = f"{shown(both[0])} fades by decay in {shared[0].where} already"
    else:
        shared = [other for other in fading if other.group is not None and other.group == rule.group]
        reason = "the rules of its group fade by decay already"
    if shared:
        hint = 'Let one of the two do it: remove the decay or this rule, or name "*" and no group.'
        yield finding("counted-down-twice", rule.where, reason, hint)


def kinds_named(rule: RulePlan) -> frozenset[str]:
    """Return the kinds that a rule names, as they compare."""
    return frozenset(map(normal, rule.rule.event))


def _twice(rules: Sequence[RulePlan], parts: Parts) -> Iterator[Finding]:
    """Yield rules of which an earlier one asks the same."""
    named: dict[object, list[RulePlan]] = {}
    for rule in rules:
        mine = kinds_named(rule)
        keys = [(kind, rule.rule.when, rule.rule.inactivity) for kind in sorted(mine)]
        others = {id(other): other for key in keys for other in named.get(key, ())}
        for key in keys:
            named.setdefault(key, []).append(rule)
        found = [_pair(rule, mine, other, parts) for other in others.values()]
        yield from [one for one in found if one is not None][:1]


def _pair(rule: RulePlan, mine: frozenset[str], other: RulePlan, parts: Parts) -> Finding | None:
    """Return the finding on a rule that asks of an act what an earlier one asks of it."""
    theirs = kinds_named(other)
    act = f"an act of kind {joined([shown(kind) for kind in sorted(mine & theirs)[:3]], 'or')} earns"
    if rule.rule.inactivity is not None:
        act = "the same silence counts"
    elif ANY_KIND in mine:
        act = "any act earns"
    if mine == theirs and _limits(rule) == _limits(other):
        reason = f"{act} here and in {other.where}, which says the same"
        return finding("rule-twice", rule.where, reason, "Make one rule of the two.")
    if mine != theirs and (mine <= theirs or theirs <= mine):
        return None
    group = rule.rule.group
    if group is not None and group == other.rule.group and parts.model.interest.groups[group].max is not None:
        return None
    reason = f"{act} here and in {other.where}"
    return finding("rule-beside", rule.where, reason, "Put both in a group with a `max`, or make one rule of the two.")


def _limits(rule: RulePlan) -> tuple[object, ...]:
    own = rule.rule
    return own.distinct_by, own.per, own.times, own.weights, rule.factors


def hand_raise_findings(parts: Parts) -> Iterator[Finding]:
    """Yield kinds of hand-raises that no rule names.

    Args:
        parts: The parts of a model.
    """
    kinds = {kind for rule in parts.rules if rule.rule.inactivity is None for kind in kinds_named(rule)}
    for i, kind in enumerate(parts.model.qualify.hand_raise):
        if normal(kind) not in kinds and ANY_KIND not in kinds:
            reason = f"no rule of interest names {shown(kind)}, so that it earns nothing and is no interaction"
            hint = did_you_mean(kind, kinds, "Write a rule for it, or correct its name.")
            yield finding("hand-raise-without-rule", f"qualify.hand_raise[{i}]", reason, hint)
