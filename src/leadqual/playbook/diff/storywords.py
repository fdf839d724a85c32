"""What changed in an example, as a sentence."""

from typing import Any

from leadqual.playbook.diff.keywords import instead
from leadqual.playbook.diff.parts import Parts
from leadqual.playbook.diff.touch import Touch


def story_sentence(touch: Touch, parts: Parts) -> str:
    """Return what a difference in an example says.

    Args:
        touch: The difference.
        parts: Names parts.
    """
    own = parts.fragments
    example, *inner = touch.spot.owners
    who = parts.owner(example)
    key = touch.spot.key.removeprefix("examples[].")
    if key == "events":
        return own.say("order told", who=who)
    if key == "name":
        return own.say("renamed", old=_called(touch.before, parts), new=own.words.quoted(str(touch.after)))
    if key == "events[]":
        event: Any = touch.after if touch.after is not None else touch.before
        day = own.words.amount(event.get("day", 0))
        said = own.say("story event", kind=own.words.kind(str(event["kind"])), day=day)
        return own.say("of whom", whole=who, sentence=own.say(f"story event {touch.kind}", v=said))
    if key.startswith("events[]."):
        who = own.say("of whom", whole=who, sentence=own.words.kind(str(inner[0].part["kind"])))
    name = key.rpartition(".")[2]
    name = inner[-1].name if name == "*" else name
    new, old = (_value(key, name, part, parts) for part in (touch.after, touch.before))
    return instead(who, new, old, parts)


def _called(name: object, parts: Parts) -> str:
    return parts.fragments.say("who examples[]", name=parts.fragments.words.quoted(str(name)))


def _value(key: str, name: str, value: Any, parts: Parts) -> str:
    own = parts.fragments
    if key in ("day", "start", "objective"):
        return own.fragment(key, value)
    match key:
        case "events[].times":
            return own.say("story times", v=own.words.amount(1 if value is None else value))
        case "events[].by":
            return own.say("story by us" if value == "us" else "story by lead")
        case "events[].day":
            return own.say("story day", v=own.words.amount(0 if value is None else value))
    said = own.words.name(name)
    if value is None:
        phrase = f"no story {name}" if key.startswith("expect.") and own.has(f"no story {name}") else "no story value"
        return own.say(phrase, name=said)
    if key in ("expect.qualifies", "expect.stays"):
        bars = own.words.joined(list(map(own.words.name, value)), "and")
        return own.say(f"story {name}", v=bars) if value else own.say(f"story {name} none")
    if key == "expect.gate":
        return own.say("story gate", v=own.words.quoted(own.words.name(value)))
    text = own.values(value) if isinstance(value, list) else own.words.value(value)
    return own.say("story value", name=said, v=text)
