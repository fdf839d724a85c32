"""What is wrong with an interest."""

from collections.abc import Iterator
from decimal import Decimal

from leadqual.axis import container_problems, group_problem
from leadqual.conditions.bind import Bound, bind
from leadqual.conditions.leafcheck import Scope
from leadqual.errors import Problem
from leadqual.exact import scaled
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.interest.decay import decay_problems
from leadqual.interest.values import Interest, InterestRule, Per
from leadqual.points import caps_problem, earned_problem, number_problem
from leadqual.texts import word_problem

ANY_KIND = "*"
_MOST_KINDS = 1_000
_MOST_TIMES = 1_000_000
_MOST_WEIGHTS = 1_000


def interest_containers(interest: Interest) -> Iterator[Problem]:
    """Yield which parts of an interest are no tables or lists at all."""
    yield from container_problems(
        (
            ("interest.rules", interest.rules, tuple),
            ("interest.groups", interest.groups, dict),
            ("interest.levels", interest.levels, dict),
            ("interest.scorers", interest.scorers, tuple),
        )
    )


def rule_problems(rule: InterestRule, interest: Interest, scope: Scope, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a rule, its condition aside.

    Args:
        rule: The rule.
        interest: The axis it belongs to.
        scope: The declared properties.
        where: Its path.

    Yields:
        Problems in the order of the fields.
    """
    yield from _kind_problems(rule, where)
    points_wrong = list(earned_problem(rule.points, f"{where}.points"))
    yield from points_wrong
    yield from _distinct_problems(rule.distinct_by, scope, f"{where}.distinct_by")
    if rule.per is not None:
        yield from _per_problems(rule.per, f"{where}.per")
    if rule.times is not None:
        yield from number_problem(rule.times, f"{where}.times", low=1, high=_MOST_TIMES, places=0)
        if rule.weights is not None:
            hint = "`times = 3` is the same as `weights = [1, 1, 1]`; write one of the two."
            yield Problem(where=f"{where}.weights", what="times or weights, not both", got=rule.weights, hint=hint)
    if rule.weights is not None:
        yield from _weight_problems(rule, f"{where}.weights", points_sound=not points_wrong)
    if rule.decay is not None:
        yield from decay_problems(rule.decay, f"{where}.decay")
    yield from caps_problem(rule.min, rule.max, f"{where}.")
    yield from group_problem(rule.group, interest.groups, f"{where}.group")
    if type(rule.counts) is not bool:
        yield Problem(where=f"{where}.counts", what="true or false was expected", got=rule.counts, hint="")
    if rule.inactivity is not None:
        yield from _inactivity_problems(rule, where)


def _kind_problems(rule: InterestRule, where: str) -> Iterator[Problem]:
    kinds = rule.event
    if not isinstance(kinds, tuple) or not kinds:
        hint = 'Write event = "download", or a list of kinds.'
        yield Problem(where=f"{where}.event", what="a kind of event was expected", got=kinds, hint=hint)
        return
    if len(kinds) > _MOST_KINDS:
        hint = f"Name at most {_MOST_KINDS:,} kinds in one rule."
        yield Problem(where=f"{where}.event", what="too many kinds", got=len(kinds), hint=hint)
        return
    seen: set[str] = set()
    for i, kind in enumerate(kinds):
        place = f"{where}.event" if len(kinds) == 1 else f"{where}.event[{i}]"
        found = list(word_problem(kind, place))
        yield from found
        if found:
            continue
        if normal(kind) in seen:
            yield Problem(where=place, what="the kind is named twice", got=kind, hint="Name each kind once.")
        seen.add(normal(kind))
    if ANY_KIND in kinds and len(kinds) > 1:
        hint = 'Write event = "*" alone: it is any kind.'
        yield Problem(where=f"{where}.event", what="any kind beside others", got=kinds, hint=hint)


def _distinct_problems(name: object, scope: Scope, where: str) -> Iterator[Problem]:
    if name is None:
        return
    if not isinstance(name, str) or name not in scope.fields:
        hint = did_you_mean(name, scope.fields, "Declare it under [properties].")
        yield Problem(where=where, what="unknown property", got=name, hint=hint)
    elif scope.fields[name].name in ("number", "list"):  # an unknown type has a problem of its own
        hint = "Use a text, an integer, a boolean, a date or an instant."
        what = f"a {scope.fields[name].name} does not tell events apart"
        yield Problem(where=where, what=what, got=name, hint=hint)


def _per_problems(per: object, where: str) -> Iterator[Problem]:
    if not isinstance(per, Per):
        yield Problem(where=where, what="a limit was expected", got=per, hint="Write { days = 7, times = 1 }.")
        return
    yield from number_problem(per.days, f"{where}.days", low=1, high=36_500, places=0)
    yield from number_problem(per.times, f"{where}.times", low=1, high=_MOST_TIMES, places=0)


def _weight_problems(rule: InterestRule, where: str, *, points_sound: bool) -> Iterator[Problem]:
    weights = rule.weights
    if not isinstance(weights, tuple) or not 0 < len(weights) <= _MOST_WEIGHTS:
        hint = f"Write up to {_MOST_WEIGHTS} shares, such as [1, 0.5, 0.25]."
        yield Problem(where=where, what="a list of weights was expected", got=weights, hint=hint)
        return
    last = Decimal(1)
    for i, weight in enumerate(weights):
        place = f"{where}[{i}]"
        found = list(number_problem(weight, place, low=0, high=1, places=6))
        yield from found
        if found:
            continue
        if weight > last:
            hint = "The newest event weighs most."
            yield Problem(where=place, what="a weight never rises", got=weight, hint=hint)
        last = Decimal(weight)
        if points_sound and scaled(rule.points, 2) * scaled(weight, 6) % 1_000_000:
            hint = f"{rule.points} times {weight} has more than two decimal places; change one of them."
            yield Problem(where=place, what="points times weight must be whole hundredths", got=weight, hint=hint)


def _inactivity_problems(rule: InterestRule, where: str) -> Iterator[Problem]:
    yield from number_problem(rule.inactivity, f"{where}.inactivity", low=1, high=36_500, places=0)
    hint = "A rule of inactivity takes kinds, `when`, points, caps and a group."
    others = ("distinct_by", rule.distinct_by), ("per", rule.per), ("times", rule.times), ("weights", rule.weights)
    for name, given in (*others, ("decay", rule.decay)):
        if given is not None:
            yield Problem(where=f"{where}.{name}", what="inactivity takes none", got=given, hint=hint)


def bind_rule(rule: InterestRule, scope: Scope, where: str, problems: list[Problem]) -> Bound | None:
    """Return the condition of a rule, bound; ``None`` if it has none or is wrong."""
    if rule.when is None:
        return None
    bound, found = bind(rule.when, scope, f"{where}.when")
    problems += found
    return bound
