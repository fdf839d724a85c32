"""What one key says instead of what it said, as a sentence."""

from decimal import Decimal
from typing import Any, Final

from leadqual.playbook.diff.narrow import members, narrowed
from leadqual.playbook.diff.parts import Parts, upper
from leadqual.playbook.diff.touch import Owner, Touch

_WHOSE: Final = {"qualify.hand_raise": "hand_raise", "day_starts": "day_starts"}
_OF_MEMBERS: Final = ("qualify.hand_raise", "lists.*")


def key_sentence(touch: Touch, parts: Parts) -> str:
    """Return what a difference at a key of a part says.

    Args:
        touch: The difference.
        parts: Names parts.
    """
    key, own = touch.spot.key, parts.fragments
    owner = touch.spot.owners[-1] if touch.spot.owners else None
    section, _, leaf = key.rpartition(".")
    if section.startswith("combine"):
        return instead(own.say("who combine"), *_joined(touch, parts), parts)
    if owner is None:
        who = own.say(f"who {_WHOSE.get(key, section)}")
    elif leaf in ("name", "reason"):
        return _renamed(owner, parts)
    elif leaf == "weight":
        return _weight(owner, touch, parts)
    else:
        who = parts.owner(owner)
    if key == "properties.*":
        new, old = (own.fragment("properties.*.type", part) for part in _pair(touch))
        return instead(who, new, old, parts)
    if leaf == "points":
        return points_sentence(who, who, touch, parts)
    if key in _OF_MEMBERS:
        return _of_members(who, touch, parts)
    if leaf == "when":
        return _of_condition(who, touch, parts)
    return instead(who, *both(touch, parts), parts)


def instead(who: str, new: str, old: str, parts: Parts) -> str:
    """Return that something is the one instead of the other."""
    return parts.fragments.say("instead", who=upper(who), new=new, old=old)


def both(touch: Touch, parts: Parts) -> tuple[str, str]:
    """Return what a key says, and what it said."""
    own, key = parts.fragments, touch.spot.key
    if key == "files.*.missing":
        new, old = (
            own.say("no words") if part is None else own.fragment("missing words", part) for part in _pair(touch)
        )
        return new, old
    return own.fragment(key, touch.after), own.fragment(key, touch.before)


def points_sentence(who: str, noun: str, touch: Touch, parts: Parts) -> str:
    """Return what something earns or costs instead of what it did.

    Args:
        who: What it is.
        noun: The word in it that says whether it is one or several.
        touch: The difference.
        parts: Names parts.
    """
    own = parts.fragments
    new, old = (0 if part is None else part for part in _pair(touch))
    verb = "costs" if new < 0 else "earns"
    turned = (new < 0) is not (old < 0)
    phrase = f"{verb} now" if turned else verb
    return own.say_of(noun, phrase, who=who, new=own.points(abs(new)), old=own.bare(old))


def _pair(touch: Touch) -> tuple[Any, Any]:
    return touch.after, touch.before


def _renamed(owner: Owner, parts: Parts) -> str:
    own = parts.fragments
    old, new = (upper(parts.called(owner.key, part or {})) for part in (owner.before, owner.after))
    was, now = (bool({"name", "reason"} & set(part or {})) for part in (owner.before, owner.after))
    phrase = "renamed" if was and now else "named" if now else "unnamed"
    return own.say(phrase, old=old, new=own.words.quoted(new))


def _weight(owner: Owner, touch: Touch, parts: Parts) -> str:
    own = parts.fragments
    new, old = (own.words.amount(1 if part is None else part) for part in _pair(touch))
    return own.say_of(own.words.name(owner.name), "weight", who=parts.owner(owner), new=new, old=old)


def _of_members(who: str, touch: Touch, parts: Parts) -> str:
    before, after = ({"field": "", "op": "in", "value": part or []} for part in (touch.before, touch.after))
    more, less = members(before, after) or ([], [])
    words = parts.fragments.words
    name = words.kind if touch.spot.key == "qualify.hand_raise" else words.value
    return gained(who, list(map(name, more)), list(map(name, less)), parts)


def gained(who: str, more: list[str], less: list[str], parts: Parts) -> str:
    """Return what a list gained and lost.

    Args:
        who: What it is.
        more: What is new, in words.
        less: What is gone, in words.
        parts: Names parts.
    """
    own = parts.fragments
    found = [own.say("now also", new=own.words.joined(more, "and"))] if more else []
    found += [own.say("no longer", old=own.words.joined(less, "and"))] if less else []
    sentence = "; ".join(found) or own.say("another order")
    return own.say("of whom", whole=upper(who), sentence=f"{sentence}.")


def _of_condition(who: str, touch: Touch, parts: Parts) -> str:
    new, old = _pair(touch)
    if new is not None and old is not None:
        found = narrowed(old, new)
        if found.order:
            return gained(who, [], [], parts)
        changed = None if None in (found.before, found.after) else members(found.before, found.after)
        if changed is not None:
            more, less = ([_sought(value, parts) for value in values] for values in changed)
            return gained(who, more, less, parts)
    return instead(who, *both(touch, parts), parts)


def _sought(value: Any, parts: Parts) -> str:
    """Return a value of a comparison; texts that have no label stand in quotes."""
    words = parts.fragments.words
    return words.quoted(value) if isinstance(value, str) and value not in words.labels else words.value(value)


def _joined(touch: Touch, parts: Parts) -> tuple[str, str]:
    """Return how both axes are, and were, joined."""
    key = touch.spot.key
    if key == "combine.kind":
        return both(touch, parts)
    return _joint(key, touch, touch.after, parts), _joint(key, touch, touch.before, parts)


def _joint(key: str, touch: Touch, value: Any, parts: Parts) -> str:
    own = parts.fragments
    if not touch.spot.owners:
        weight = Decimal(1) if value is None else value
        return own.say("weighs", v=own.words.amount(weight), axis=own.words.name(key.rpartition(".")[2]))
    name = touch.spot.owners[-1].name
    if key.startswith("combine.floors"):
        axis = own.words.name(name)
        return own.say("no floor", axis=axis) if value is None else own.say("floor", v=own.points(value), axis=axis)
    return own.say("no cell", label=name) if value is None else own.say("cell", v=own.points(value), label=name)
