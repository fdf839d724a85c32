"""The small tables of a plan: which rules a class counts for, what they are worth, and the curves."""

from collections.abc import Mapping
from typing import Final

from leadqual.batch.axes.kinds import KindTest
from leadqual.batch.interest.classes import Classes
from leadqual.batch.interest.worths import Worth, Worths
from leadqual.batch.program import Small
from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import MOST_COUNTED

NOBODY: Final = -2
"""Rule and group of events that count for nothing."""
_NO_LIMIT: Final = MOST_COUNTED + 1


def curve_small(worths: Worths) -> Small:
    """Return the curves: ``lq_curve(lq_place, lq_factor)``."""
    columns = (("lq_place", "BIGINT"), ("lq_factor", "BIGINT"))
    return Small(name="lq_curve", columns=columns, rows=tuple(enumerate(worths.curve or (0,))))


def direct_small(classes: Classes, rules: Mapping[int, Worth]) -> Small:
    """Return what the events of a class are worth at once: ``lq_direct``, a row for each class and rule.

    ``lq_told`` is 1 in one row of each class of the first stream, so that each event is counted once there.

    Args:
        classes: The classes.
        rules: Rules whose counts need not be gathered from several classes.
    """
    columns = ("lq_class", "lq_rule", "lq_group", "lq_points", "lq_most", "lq_first", "lq_last", "lq_told")
    rows: list[tuple[int, ...]] = []
    for one in classes.classes:
        told = one.told
        for worth in (rules[i] for i in one.rules if i in rules):
            parts = (worth.group, worth.points, worth.daily or 0, worth.first, worth.last)
            rows.append((one.number, worth.rule, *parts, int(told)))
            told = False
        if told:
            rows.append((one.number, NOBODY, NOBODY, 0, 0, 0, 0, 1))
    rows.append((len(classes.classes), NOBODY, NOBODY, 0, 0, 0, 0, 1))
    return Small(name="lq_direct", columns=tuple((name, "BIGINT") for name in columns), rows=tuple(rows))


def gathered_small(classes: Classes, rules: Mapping[int, Worth]) -> Small:
    """Return which rules gather the events of a class: ``lq_gather(lq_class, lq_rule)``.

    Args:
        classes: The classes.
        rules: Rules whose days have to be known as a whole.
    """
    rows = tuple((one.number, i) for one in classes.classes for i in one.rules if i in rules)
    return Small(name="lq_gather", columns=(("lq_class", "BIGINT"), ("lq_rule", "BIGINT")), rows=rows)


def rule_small(plan: InterestPlan, worths: Worths) -> Small:
    """Return the rules: ``lq_rule``, with what limits and caps them.

    Columns: period in days and most events of one (`per`), how many of the newest count (-1 for all), and the place and
    number of the shares by rank (-1 for none).

    Args:
        plan: The interest.
        worths: What events are worth.
    """
    columns = (
        "lq_rule", "lq_group", "lq_points", "lq_first", "lq_last", "lq_low", "lq_high",
        "lq_bucket", "lq_most", "lq_times", "lq_share", "lq_shares",
    )  # fmt: skip
    rows = [(NOBODY, NOBODY, *(0,) * 10)]
    shares = 0
    for i, worth in worths.rules.items():
        rule = plan.rules[i]
        weights = rule.weights or ()
        period = (1, _NO_LIMIT) if rule.bucket is None else (rule.bucket, rule.most)
        ranks = (-1 if rule.times is None else rule.times, shares, len(weights) if weights else -1)
        rows.append((i, worth.group, worth.points, worth.first, worth.last, worth.low, worth.high, *period, *ranks))
        shares += len(weights) + 1 if weights else 0
    return Small(name="lq_rule", columns=tuple((name, "BIGINT") for name in columns), rows=tuple(rows))


def share_small(plan: InterestPlan, worths: Worths) -> Small:
    """Return what the newest events of a weighted rule earn together: ``lq_share(lq_place, lq_earned)``.

    Each rule has a row for no event, for one, for two and so on; its first is named by `rule_small`.

    Args:
        plan: The interest.
        worths: What events are worth.
    """
    sums: list[int] = []
    for i in worths.rules:
        weights = plan.rules[i].weights
        if weights:
            sums += [sum(weights[:ranks]) for ranks in range(len(weights) + 1)]
    columns = (("lq_place", "BIGINT"), ("lq_earned", "BIGINT"))
    return Small(name="lq_share", columns=columns, rows=tuple(enumerate(sums)))


def quiet_small(classes: Classes) -> Small:
    """Return which rules of inactivity a class interrupts: ``lq_quiet(lq_class, lq_rule)``."""
    rows = tuple((one.number, i) for one in classes.classes for i in one.quiet)
    return Small(name="lq_quiet", columns=(("lq_class", "BIGINT"), ("lq_rule", "BIGINT")), rows=rows)


def class_small(classes: Classes, kinds: tuple[KindTest, ...]) -> Small:
    """Return what else a class says: ``lq_class(lq_class, lq_acted, lq_own, lq_kind0, …)``, truths as 0 and 1.

    Args:
        classes: The classes.
        kinds: What bars ask of the kinds of interactions; a column for each.
    """
    names = ("lq_class", "lq_acted", "lq_own", *(f"lq_kind{at}" for at in range(len(kinds))))
    rows = tuple(
        (
            one.number,
            int(one.acted),
            int(one.own),
            *(int(one.acted and one.kind is not None and test.holds(one.kind)) for test in kinds),
        )
        for one in classes.classes
    )
    return Small(name="lq_class", columns=tuple((name, "BIGINT") for name in names), rows=rows)
