"""What is wrong with what holds for every sequence."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from leadqual.axis import container_problems
from leadqual.errors import MOST_PROBLEMS, Kind, Problem, shown
from leadqual.lifecycle.check.words import choice_problem, whole_problem, words_problems
from leadqual.lifecycle.duration import duration_problems
from leadqual.lifecycle.zones import zone_problems
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.windows import together_problem, windows_of
from leadqual.nurture.check.words import items_of
from leadqual.nurture.elapsed import elapsed_problems
from leadqual.nurture.presets import preset_problems
from leadqual.nurture.purposes import EVERY
from leadqual.nurture.settings import OFFERS, Effort, Nurture
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import market_problems
from leadqual.texts import word_problem

MOST_COST: Final = 1_000_000_000
"""The highest cost of content."""
_MOST_MISSING: Final = 1_000_000
_CHOICES: Final = ("withhold", "home")
_LISTS: Final = ("meetings", "bounces", "auto_replies")


def settings_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the table of settings.

    Args:
        table: The nurturing.
    """
    nurture = table.nurture
    yield from container_problems([("nurture", nurture, Nurture)])
    if not isinstance(nurture, Nurture):
        return
    yield from zone_problems(nurture.home, "nurture.home")
    yield from container_problems([("nurture.markets", nurture.markets, tuple)])
    for i, market in enumerate(items_of(nurture.markets)[:MOST_PROBLEMS]):
        yield from market_problems(market, f"nurture.markets[{i}]")
    yield from _channel_problems(nurture)
    yield from container_problems([("nurture.bases", nurture.bases, tuple)])
    rules = items_of(nurture.bases)
    yield from container_problems((f"nurture.bases[{i}]", rule, BasisRule) for i, rule in enumerate(rules))
    yield from container_problems([("nurture.presets", nurture.presets, tuple)])
    yield from islice(preset_problems(items_of(nurture.presets)), MOST_PROBLEMS)
    yield from _offer_problems(nurture.offers, table)
    for name, words in zip(_LISTS, (nurture.meetings, nurture.bounces, nurture.auto_replies), strict=True):
        yield from words_problems(words, f"nurture.{name}")
    yield from duration_problems(nurture.postpone, "nurture.postpone")
    yield from elapsed_problems(nurture.expires, "nurture.expires", least=timedelta(minutes=1))
    yield from _effort_problems(nurture.effort)


def _channel_problems(nurture: Nurture) -> Iterator[Problem]:
    """Yield what is wrong with windows by channel, and with what becomes of a touch whose local time stays open."""
    for name, part in (("windows", nurture.windows), ("without_zone", nurture.without_zone)):
        yield from container_problems([(f"nurture.{name}", part, dict)])
        for channel in part if isinstance(part, Mapping) else ():
            yield from word_problem(channel, f"nurture.{name}")
    for channel, window in _items(nurture.windows):
        yield from container_problems([(f"nurture.windows.{_path(channel)}", window, SendWindow)])
    for channel, choice in _items(nurture.without_zone):
        where = f"nurture.without_zone.{_path(channel)}"
        yield from choice_problem(choice, _CHOICES, where, "no such choice")
    for channel, window in _items(nurture.windows):
        if isinstance(window, SendWindow) and channel != EVERY and isinstance(channel, str):
            yield from together_problem(windows_of(nurture, channel), f"nurture.windows.{channel}", channel)


def _items(part: object) -> tuple[tuple[Any, Any], ...]:
    return tuple(part.items()) if isinstance(part, Mapping) else ()


def _path(name: object) -> str:
    return name if isinstance(name, str) else shown(name)


def _offer_problems(offers: object, table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the acts that take offers; those that are there anyway may lack their property."""
    yield from container_problems([("nurture.offers", offers, dict)])
    types = {name: kind.name for name, kind in table.of_event.fields.items() if kind.name in ("text", "list")}
    for kind, name in _items(offers):
        yield from word_problem(kind, "nurture.offers")
        if OFFERS.get(kind if isinstance(kind, str) else "") != name:
            where, hint = f"nurture.offers.{_path(kind)}", "Declare it under [properties], as a text or a list."
            yield from choice_problem(name, types, where, "no property that is a text or a list", hint)


def _effort_problems(effort: object) -> Iterator[Problem]:
    """Yield what is wrong with effort: what is closer comes first, and any number comes last."""
    yield from container_problems([("nurture.effort", effort, tuple)])
    last = -1
    for i, rule in enumerate(items_of(effort)):
        where = f"nurture.effort[{i}]"
        if not isinstance(rule, Effort):
            yield from container_problems([(where, rule, Effort)])
            continue
        yield from whole_problem(rule.cost, f"{where}.cost", 0, MOST_COST)
        if rule.within is None:
            if i < len(items_of(effort)) - 1:
                hint = "Write the rule without `within` last, and only one."
                got = Kind("a rule for any number of points")
                yield Problem(where=where, what="no rule after this one is ever asked", got=got, hint=hint)
            continue
        found = list(whole_problem(rule.within, f"{where}.within", 0, _MOST_MISSING))
        yield from found
        if not found and rule.within <= last:
            hint = "Begin with the leads that are closest; `within` rises."
            yield Problem(where=f"{where}.within", what="an earlier rule covers it", got=rule.within, hint=hint)
        elif not found:
            last = rule.within


def highest_cost(nurture: object) -> int | None:
    """Return the highest cost that any lead is worth; ``None`` if all is, or nobody can tell.

    Args:
        nurture: The settings, which may be wrong.
    """
    rules = items_of(nurture.effort) if isinstance(nurture, Nurture) else ()
    costs = [rule.cost for rule in rules if isinstance(rule, Effort) and type(rule.cost) is int]
    return max(costs) if costs and len(costs) == len(rules) else None
