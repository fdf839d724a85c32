"""Interest in plain sentences: rules, fading, limits and levels."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from leadqual.axis import lowered
from leadqual.conditions.describe import condition_phrase
from leadqual.conditions.words import Words
from leadqual.interest.decay import Decay, HalfLife, Linear, NoDecay, Steps
from leadqual.interest.values import Interest, InterestRule, Per
from leadqual.playbook.describe.groups import axis_limits, bound_lines, grouped
from leadqual.playbook.describe.say import bound, bullets, counting, days, heading, points, say, sentence, strong, times
from leadqual.points import Points

_WEEK = 7


def decay_phrase(decay: Decay, words: Words) -> str:
    """Say how what an act earns goes with its age.

    >>> decay_phrase(Linear(90), Words()), decay_phrase(HalfLife(30), Words(language="es"))
    ('fades evenly to nothing in 90 days', 'pierde la mitad de su valor cada 30 días')
    """
    if isinstance(decay, NoDecay):
        return say(words, "no decay")
    if isinstance(decay, Steps):
        steps = [say(words, "step", share=_share(share, words), days=days(words, age)) for age, share in decay.steps]
        return say(words, "steps", steps=", ".join(steps))
    key = "half life" if isinstance(decay, HalfLife) else "linear" if isinstance(decay, Linear) else "window"
    return say(words, key, days=days(words, decay.days))


def _share(share: Points, words: Words) -> str:
    return say(words, "share", n=words.amount(Decimal(share) * 100))


def rule_sentence(rule: InterestRule, words: Words) -> str:
    """Say what a rule earns, for what, how often, and how long.

    Args:
        rule: The rule.
        words: The language and the labels.

    Returns:
        Sentences, after the rule's name.

    >>> rule_sentence(InterestRule(event="download", points=2, times=1, decay=Linear(30)), Words())
    '**Download**: 2 points each time. Only the newest one counts. It fades evenly to nothing in 30 days.'
    """
    parts = [sentence(_earned(rule, words))]
    if rule.inactivity is None:
        parts += _limits(rule, words)
    limits: list[tuple[str, Points | None]] = [("max", rule.max), ("min", rule.min)]
    given = {name: bound(words, -value if value < 0 else value) for name, value in limits if value is not None}
    if given:
        parts.append(say(words, " ".join(["rule", *given]), **given))
    if not rule.counts and rule.points > 0 and rule.inactivity is None:
        parts.append(say(words, "no interaction"))
    return " ".join(parts)


def rule_name(rule: InterestRule, words: Words) -> str:
    """Return what people call a rule: its name, or the kinds that it counts."""
    return words.joined([words.kind(kind) for kind in rule.event], "or") if rule.name is None else words.name(rule.name)


def _earned(rule: InterestRule, words: Words) -> str:
    """Say what one act, or one stretch of silence, earns."""
    kinds = words.joined([words.kind(kind) for kind in rule.event], "or")
    given = {"name": strong(rule_name(rule, words)), "points": points(words, rule.points), "kinds": kinds}
    any_kind = "*" in rule.event
    if rule.inactivity is not None:
        key, also = ("silence any" if any_kind else "silence"), "silence condition"
        text = counting(words, key, rule.inactivity, days=days(words, rule.inactivity), **given)
    else:
        key, also = ("rule" if rule.name is None else "rule any" if any_kind else "rule named"), "rule condition"
        text = say(words, key, **given)
    if rule.when is None:
        return text
    return say(words, also, sentence=text, condition=condition_phrase(rule.when, words))


def _limits(rule: InterestRule, words: Words) -> Iterator[str]:
    """Yield which acts count, and how long."""
    if rule.distinct_by is not None:
        yield say(words, "distinct", property=words.name(rule.distinct_by))
    if rule.per is not None:
        yield _per(rule.per, words)
    if rule.times is not None:
        yield counting(words, "newest", rule.times)
    if rule.weights is not None:
        yield _weights(rule.weights, words)
    if rule.decay is not None:
        yield sentence(say(words, "decay sentence", decay=decay_phrase(rule.decay, words)))


def _per(per: Per, words: Words) -> str:
    key = {1: "per day", _WEEK: "per week"}.get(int(per.days), "per days")
    return say(words, key, times=times(words, per.times), days=days(words, per.days))


def _weights(weights: tuple[Points, ...], words: Words) -> str:
    """Say how much the newest acts count, those of equal shares together."""
    runs = [(share, len(list(run))) for share, run in groupby(weights)]
    runs = runs[:-1] if len(runs) > 1 and not runs[-1][0] else runs
    parts = []
    for key, (share, number) in zip(["weights", *["weights next"] * len(runs)], runs, strict=False):
        named = "share none" if not share else "share full" if share == 1 else "share part"
        part = say(words, named, share=_share(share, words))
        parts.append(counting(words, key, number, share=part))
    return sentence("; ".join([*parts, say(words, "weights last")]))


def interest_rules(interest: Interest) -> list[InterestRule]:
    """Return the rules, also those that extensions lower to."""
    rules = list(interest.rules)
    for scorer in interest.scorers:
        rules += [part for _, part in lowered(scorer, "", []) if isinstance(part, InterestRule)]
    return rules


def interest_blocks(interest: Interest, words: Words) -> Iterator[str]:
    """Yield the paragraphs on interest."""
    rules = interest_rules(interest)
    yield heading(say(words, "interest"))
    limits = axis_limits("interest", interest.max, interest.min, words)
    fading = say(words, "interest decay", decay=decay_phrase(interest.decay, words))
    yield f"{limits} {fading if rules else say(words, 'interest nothing')}"
    if rules:
        yield say(words, "interest order")
    yield from grouped([(rule.group, rule_sentence(rule, words)) for rule in rules], interest.groups, words)
    yield say(words, "memory", days=days(words, interest.memory))
    if interest.levels:
        yield heading(say(words, "levels"), 3)
        yield say(words, "levels about")
        yield bullets(bound_lines("level", interest.levels, interest.min, words))
