"""What becomes of a maybe, in plain sentences."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from leadqual.playbook.describe.lifewords import stages_phrase
from leadqual.playbook.describe.say import bullets, counting, days, heading, say, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadqual.conditions.words import Words
    from leadqual.lifecycle.values import Recycle, RecyclePolicy
    from leadqual.playbook.playbook import Playbook


def rest_blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    """Yield the paragraphs on what becomes of a maybe."""
    plan = playbook.plan
    named = [transition.to for transition in plan.transitions if "maybe" in transition.on]
    if not named:
        return
    yield heading(say(words, "maybe"), 3)
    lines = []
    for who, policy in _policies(playbook.recycle):
        stages = list(dict.fromkeys(named)) if policy.to is None else [policy.to]
        rests = any(plan.stages[stage].kind == "rest" for stage in stages)
        lines.append(policy_sentences(who, policy, stages, words, rests=rests))
    yield bullets(lines)


def _policies(recycle: Recycle) -> Iterator[tuple[str, RecyclePolicy]]:
    yield "policy inbound partner" if recycle.partner is None else "policy inbound", recycle.inbound
    yield "policy outbound", recycle.outbound
    if recycle.partner is not None:
        yield "policy partner", recycle.partner


def policy_sentences(who: str, policy: RecyclePolicy, stages: list[str], words: Words, *, rests: bool) -> str:
    """Say what becomes of a maybe.

    Args:
        who: Key of the phrase for those that it is about.
        policy: What becomes of them.
        stages: The stages that they may go to.
        words: The language and the labels.
        rests: Whether they rest there.

    >>> from leadqual.conditions.words import Words
    >>> from leadqual.lifecycle.values import RecyclePolicy
    >>> print(policy_sentences("policy inbound", RecyclePolicy(interest="keep"), ["lead"], Words(), rests=False))
    **Leads that came by themselves** go to lead. What they did before still counts, and goes on fading.
    """
    parts = [say(words, "policy to", who=say(words, who), to=stages_phrase(stages, words))]
    if rests:
        parts += [_rest(policy, words), *_end(policy, words)]
    parts.append(say(words, f"interest {policy.interest}"))
    if policy.nurture is not None:
        parts.append(say(words, "nurture", sequence=words.quoted(words.name(policy.nurture))))
    if policy.bonus_event is not None:
        parts.append(say(words, "bonus", kind=words.quoted(words.kind(policy.bonus_event))))
    return " ".join(parts)


def _rest(policy: RecyclePolicy, words: Words) -> str:
    """Say how long a lead rests."""
    named = say(words, "rest named")
    if policy.rest_months is None:
        return f"{named} {say(words, 'rest without')}"
    low, high = policy.rest_months
    parts = [say(words, "rest months", months=counting(words, "months", low))]
    if high > low:
        parts[0] += f" {say(words, 'rest at most', months=counting(words, 'months', high))}"
    parts += _reasons(policy, words)
    if policy.spread_days and high > low:
        parts.append(say(words, "rest spread", days=days(words, policy.spread_days)))
    return f"{named} {sentence('; '.join(parts))}"


def _reasons(policy: RecyclePolicy, words: Words) -> Iterator[str]:
    by_months = sorted(((months, reason) for reason, months in policy.reasons.items()), key=itemgetter(0))
    for months, group in groupby(by_months, itemgetter(0)):
        reasons = words.joined([words.value(reason) for _, reason in group], "or")
        yield say(words, "rest reason", months=counting(words, "months", months), reasons=reasons)


def _end(policy: RecyclePolicy, words: Words) -> Iterator[str]:
    """Say what ends a rest sooner, and what follows when all are used up."""
    if policy.wake == "never" or policy.rest_months is not None:
        yield say(words, f"wake {policy.wake}")
    if policy.attempts is not None:
        yield counting(words, "attempts", policy.attempts)
