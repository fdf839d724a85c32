"""What is new in a playbook, or gone, as a sentence."""

from typing import Any, Final

from leadqual.playbook.diff.parts import Parts
from leadqual.playbook.diff.touch import Owner, Touch

_EARNING: Final = ("fit.criteria[]", "interest.rules[]")


def thing_sentence(touch: Touch, owner: Owner, parts: Parts) -> str:
    """Return that a part is new, or gone.

    Args:
        touch: The difference.
        owner: The part.
        parts: Names parts.
    """
    own, key = parts.fragments, touch.spot.key
    part: Any = touch.after if touch.after is not None else touch.before
    phrase = f"{key} {touch.kind}"
    if key in _EARNING and touch.kind == "removed":
        return own.say(phrase, name=parts.quoted(key, part), facts=own.earned(part["points"], "bare "))
    if key in ("attributes.*", "properties.*"):
        type_name = own.say(f"type {part if isinstance(part, str) else part['type']}")
        return own.say(phrase, name=own.words.name(owner.name), type=type_name)
    if key == "files.*":
        return own.say(phrase, who=parts.file(owner.name), facts=parts.facts(key, part))
    if key == "labels.*":
        language = own.say(f"language {owner.name}")
        return own.say(phrase, n=own.number("words of", len(part)), name=language)
    name = own.words.quoted(own.words.name(owner.name)) if owner.name else parts.quoted(key, part)
    if key == "lists.*":
        return own.say(phrase, name=name, new=own.values(part))
    facts = parts.objective(part) if key == "objectives.*" else parts.facts(key, part)
    return own.say(phrase, name=name, facts=facts)
