"""A tally as plain data and back: whole numbers in short lists, for one model only."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from leadqual.interest.plan import InterestPlan
from leadqual.interest.state import State
from leadqual.lifecycle.storedlists import read_list
from leadqual.lifecycle.storedparts import INSTANT, optional, read_word, refusal
from leadqual.lifecycle.storedvalues import read_value, write_value

_HINT: Final = "Fold the lead's events anew with Qualifier.restore."
_DAYS: Final = 84_110
"""More than there are days from 1970 to 2199."""
_AT: Final = optional(INSTANT)
_KEYS: Final = frozenset({"counts", "firsts", "quiet", "acts", "kinds", "own_day", "our_day", "not_before", "count"})


def tally_to_plain(state: State) -> dict[str, Any]:
    """Return what a tally holds as plain data.

    Args:
        state: What is folded.
    """
    table: dict[str, Any] = {
        "counts": {str(slot): _flat(counts) for slot, counts in state.counts.items() if counts},
        "firsts": {
            str(rule): [part for value, day in values.items() for part in (write_value(value), day)]
            for rule, values in state.firsts.items()
        },
        "quiet": _flat(state.quiet),
        "acts": _flat(state.acts),
        "kinds": dict(state.kinds),
        "own_day": state.own_day,
        "our_day": state.our_day,
        "not_before": _AT.write(state.not_before),
        "count": state.count,
    }
    return {key: part for key, part in table.items() if part not in ({}, [], None)}


def tally_from_plain(data: Any, plan: InterestPlan) -> State:
    """Return what a tally holds from plain data.

    Args:
        data: What `tally_to_plain` made of a tally of the same model.
        plan: The interest of that model.

    Raises:
        HistoryError: If it is something else.
    """
    if not isinstance(data, dict) or not _KEYS.issuperset(data):
        raise refusal("a stored tally was expected", data, _HINT)
    state = State()
    for slot, counts in _numbered(data, "counts", len(plan.slots)):
        pairs = _pairs(counts, f"counts.{slot}")
        state.counts[slot] = {_key(key, plan): _count(count) for key, count in pairs.items()}
    for rule, values in _numbered(data, "firsts", len(plan.rules)):
        members = read_list(values, read_value)
        if len(members) % 2:
            raise refusal("values with their days were expected", values, _HINT, f"firsts.{rule}")
        if plan.rules[rule].read is None or any(isinstance(value, list) for value in members[::2]):
            raise refusal("values of a rule that tells them apart were expected", values, _HINT, f"firsts.{rule}")
        state.firsts[rule] = dict(zip(members[::2], map(_day, members[1::2]), strict=True))
    for rule, day in _pairs(data.get("quiet", []), "quiet").items():
        if not 0 <= rule < len(plan.rules) or plan.rules[rule].rule.inactivity is None:
            raise refusal("a rule of inactivity was expected", rule, _HINT, "quiet")
        state.quiet[rule] = _day(day)
    state.acts = {_day(day): _count(count) for day, count in _pairs(data.get("acts", []), "acts").items()}
    state.kinds = {read_word(kind): _day(day) for kind, day in _table(data.get("kinds", {})).items()}
    state.own_day = None if data.get("own_day") is None else _day(data["own_day"])
    state.our_day = None if data.get("our_day") is None else _day(data["our_day"])
    state.not_before = _AT.read(data.get("not_before"))
    state.count = _whole(data.get("count", 0))
    return state


def _flat(pairs: Mapping[int, int]) -> list[int]:
    return [part for pair in pairs.items() for part in pair]


def _numbered(data: Mapping[str, Any], key: str, most: int) -> Iterable[tuple[int, Any]]:
    """Yield the parts of a table whose keys are numbers below a bound."""
    for name, part in _table(data.get(key, {})).items():
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 9 else most
        if number >= most:
            raise refusal("a number of this model was expected", name, _HINT, key)
        yield number, part


def _table(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise refusal("a table was expected", data, _HINT)
    return data


def _pairs(data: Any, where: str) -> dict[int, int]:
    numbers = read_list(data, _whole)
    if len(numbers) % 2:
        raise refusal("pairs of numbers were expected", data, _HINT, where)
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def _whole(value: Any, low: int = 0, high: int = 2**62) -> int:
    if type(value) is not int or not low <= value < high:
        raise refusal("a whole number was expected", value, _HINT)
    return value


def _day(value: Any) -> int:
    return _whole(value, -1, _DAYS)


def _count(value: Any) -> int:
    return _whole(value, 1, 2**31)


def _key(value: Any, plan: InterestPlan) -> int:
    """Return the key of a day and a rule."""
    return _whole(value, -1, (_DAYS + 1) * plan.width)
