"""What changed in how a lead moves, in what becomes of a maybe and in times, as sentences."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from leadqual.playbook.describe import say as described
from leadqual.playbook.describe.lifewords import kind_name, on_phrase, sla_name, stages_phrase
from leadqual.playbook.describe.timewords import duration, hours_phrase
from leadqual.playbook.diff.fragments import Fragments
from leadqual.playbook.diff.keywords import gained, instead
from leadqual.playbook.diff.narrow import members, narrowed
from leadqual.playbook.diff.parts import Parts
from leadqual.playbook.diff.touch import Touch

LIFE: Final = ("lifecycle", "recycle", "sla", "calendar")
"""The tables that are told here."""
_NAMED: Final = ("lifecycle.stages[]", "lifecycle.transitions[]", "sla.*")
_MEMBERS: Final[Mapping[str, Callable[[Fragments, Any], str]]] = {
    "lifecycle.touches": lambda own, part: kind_name(part, own.words),
    "lifecycle.replies": lambda own, part: kind_name(part, own.words),
    "lifecycle.captures": lambda own, part: kind_name(part, own.words),
    "lifecycle.transitions[].from": lambda own, part: own.words.name(part),
    "lifecycle.transitions[].on": lambda own, part: described.say(own.words, f"on {part}"),
    "calendar.weekdays": lambda own, part: described.say(own.words, f"weekday {part}"),
    "calendar.holidays": lambda own, part: own.words.value(part),
}
"""Lists of which is told what they gained and lost, with how one of it is said."""


def life_sentence(touch: Touch, parts: Parts) -> str:
    """Return what a difference in a lifecycle, in what becomes of maybes or in times says.

    Args:
        touch: The difference.
        parts: Names parts.
    """
    key, own = touch.spot.key, parts.fragments
    if touch.kind == "moved":
        return _moved(touch, parts)
    if key in _NAMED and touch.kind != "changed":
        return own.say(f"{key} {touch.kind}", name=_whose(touch, own), facts=_facts(key, touch, own))
    if key == "recycle.partner":
        return own.say(f"{key} {touch.kind}")
    who = _who(touch, own)
    if key.endswith(".name"):
        old, new = (own.words.quoted(own.words.name(str(part))) for part in (touch.before, touch.after))
        return own.say("renamed", old=own.say("who lifecycle.transitions[]", name=old), new=new)
    if key in _MEMBERS:
        lists = ({"field": "", "op": "in", "value": part or []} for part in (touch.before, touch.after))
        more, less = members(*lists) or ([], [])
        told = _MEMBERS[key]
        return gained(who, [told(own, part) for part in more], [told(own, part) for part in less], parts)
    if key.endswith(".when"):
        return _guard(who, touch, parts)
    new, old = (_value(key, part, own) for part in (touch.after, touch.before))
    return instead(who, new, old, parts)


def _guard(who: str, touch: Touch, parts: Parts) -> str:
    before: Any = touch.before
    after: Any = touch.after
    if before is not None and after is not None and narrowed(before, after).order:
        return gained(who, [], [], parts)
    new, old = (_value("when", part, parts.fragments) for part in (after, before))
    return instead(who, new, old, parts)


def _moved(touch: Touch, parts: Parts) -> str:
    own = parts.fragments
    if touch.spot.key != "lifecycle.transitions[]":
        return own.say(f"order {touch.spot.key}")
    after: Any = touch.after
    before: Any = touch.before
    new, old = (own.words.amount(place + 1) for place in (after, before))
    return own.say("way in another place", name=_whose(touch, own), new=new, old=old)


def _whose(touch: Touch, own: Fragments) -> str:
    """Return the name of the stage, the way or the time that something belongs to, in quotes."""
    owner = touch.spot.owners[0]
    if owner.key == "sla.*":
        return own.words.quoted(sla_name(owner.name, own.words))
    return own.words.quoted(own.words.name(str(owner.part["name"])))


def _who(touch: Touch, own: Fragments) -> str:
    """Return what people call the part that a difference is in."""
    key, owners = touch.spot.key, touch.spot.owners
    table, _, rest = key.partition(".")
    if owners and owners[0].key in _NAMED:
        return own.say(f"who {owners[0].key}", name=_whose(touch, own))
    if table == "recycle":
        who = described.say(own.words, f"policy {rest.partition('.')[0]}")
        if not owners:
            return own.say("who recycle", who=who)
        return own.say("who recycle reason", who=who, reason=own.words.value(owners[0].name))
    if key == "calendar.days.*":
        return own.say(f"who {key}", name=described.say(own.words, f"weekday {owners[0].name}"))
    return own.say(f"who {key}" if own.has(f"who {key}") else f"who {table}")


def _facts(key: str, touch: Touch, own: Fragments) -> str:
    """Return what is told of a stage, a way or a time that is new or gone."""
    part: Any = touch.after if touch.after is not None else touch.before
    words = own.words
    match key:
        case "lifecycle.transitions[]":
            facts = [own.say("way", stages=stages_phrase(part["from"], words), to=words.name(part["to"]))]
            facts.append(on_phrase(part["on"], words))
            told = ("when", "reason", "sla", "cycle")
            facts += [_value(name, part[name], own) for name in told if name in part]
        case "sla.*":
            return "; ".join(_value(name, part[name], own) for name in ("within", "escalate") if name in part)
        case _:
            told = ("kind", "phase", "temperature", "hand_off")
            facts = [_value(name, part.get(name, "open"), own) for name in told if name in part or name == "kind"]
    return ", ".join(facts)


def _value(key: str, value: Any, own: Fragments) -> str:
    """Return what a value says at its place; nothing where the document says nothing."""
    leaf = key.rpartition(".")[2]
    if ".reasons." in key:
        return own.say("no reasons.*") if value is None else described.counting(own.words, "months", value)
    if key == "calendar.days.*":
        return own.say("no calendar.days.*") if value is None else hours_phrase(value, own.words)
    of = "policy" if leaf == "to" and key.startswith("recycle") else "life"
    return own.say(f"no {of} {leaf}") if value is None else own.say(f"{of} {leaf}", v=_said(leaf, value, own))


_CHOICES: Final = ("preset", "kind", "temperature", "hand_off", "interest", "wake", "then", "cycle")
_STAGES: Final = ("initial", "to")
_OF_DAYS: Final = ("hand_raise_days", "return_days", "reopen_days", "spread_days")


def _said(leaf: str, value: Any, own: Fragments) -> str:
    words = own.words
    if leaf in _CHOICES:
        return own.say(f"choice {leaf} {str(value).lower()}")
    if leaf in _STAGES:
        return words.name(str(value))
    if leaf in _OF_DAYS:
        return described.days(words, value)
    match leaf:
        case "when":
            return own.condition(value)
        case "sla":
            return words.quoted(sla_name(str(value), words))
        case "within":
            return duration(value, words)
        case "attempts":
            return own.number("rests", value)
        case "rest_months":
            return _months(value, own)
        case "nurture" | "escalate":
            return words.quoted(words.name(str(value)))
        case "bonus_event":
            return words.quoted(words.kind(str(value)))
        case "hours":
            return hours_phrase(value, words)
        case "zone":
            return words.quoted(str(value))
    return words.value(value)


def _months(months: Sequence[Any], own: Fragments) -> str:
    low, high = months
    if low == high:
        return described.counting(own.words, "months", low)
    return own.say("months between", low=own.words.amount(low), high=described.counting(own.words, "months", high))
