"""What changed in a bar, as a sentence."""

from typing import Any

from leadqual.playbook.diff.fragments import Fragments
from leadqual.playbook.diff.narrow import narrowed
from leadqual.playbook.diff.touch import Touch


def bar_sentence(touch: Touch, own: Fragments) -> str:
    """Return what a difference in a bar says.

    Args:
        touch: The difference.
        own: Says single values.
    """
    _, name, *rest = touch.spot.key.split(".")
    bar = own.words.name(name)
    after: Any = touch.after
    before: Any = touch.before
    if not rest:
        new = own.condition(after["when"]) if after is not None else ""
        return own.say(f"bar {touch.kind}", bar=bar, new=new)
    if touch.kind != "changed":
        more = "more" if touch.kind == "added" else "less"
        said = own.condition(after if after is not None else before)
        return own.say(f"bar stay {more}", bar=bar, new=said, old=said)
    found = narrowed(before, after)
    if found.order:
        return own.say("bar when order", bar=bar)
    new, old = (own.condition(part) if part is not None else "" for part in (found.after, found.before))
    if rest == ["stay"]:
        return own.say("bar stay", bar=bar, new=own.condition(after), old=own.condition(before))
    if None not in (found.before, found.after):
        return own.say("bar when one of" if found.one_of else "bar when", bar=bar, new=new, old=old)
    way = "way" if found.one_of else "when"
    return own.say(f"bar {way} {'less' if found.after is None else 'more'}", bar=bar, new=new, old=old)
