"""What changed in how leads are nurtured, as sentences: what is new or gone, and which key says something else."""

from typing import Any, Final

from leadqual.playbook.diff.parts import Parts
from leadqual.playbook.diff.touch import Owner, Touch
from leadqual.playbook.dump.literals import inline
from leadqual.playbook.dump.short import shortened
from leadqual.playbook.shapes import BESIDE, NURTURING, Anything, Keys, Listing, Named, Shape

_STEPS: Final = "sequences.*.steps"
_LISTS: Final = ("personas", _STEPS)
_NAMED: Final = ("needs.*", "content.*", "sequences.*", "personas[]", f"{_STEPS}[]")


def of_nurturing(key: str) -> bool:
    """Return whether a place is in the tables that say how leads are nurtured.

    >>> of_nurturing("sequences.*.steps[].wait"), of_nurturing("needs.*"), of_nurturing("recycle.inbound.nurture")
    (True, True, False)
    """
    return key.partition(".")[0].partition("[")[0] in NURTURING


def is_told_whole(key: str) -> bool:
    """Return whether a difference at a place of nurturing is said of all that stands there.

    >>> is_told_whole("sequences.*.holdout"), is_told_whole("sequences.*.steps"), is_told_whole("sequences.*")
    (True, False, False)
    """
    if not of_nurturing(key) or key in _LISTS or key in _NAMED:
        return False
    deep = 2 if key.startswith(("needs.", "content.", "sequences.", "caps.")) else 1
    return key.count(".") >= deep


def nurture_sentence(touch: Touch, parts: Parts) -> str:
    """Return what a difference in how leads are nurtured says.

    Args:
        touch: The difference.
        parts: Names parts.
    """
    key, own = touch.spot.key, parts.fragments
    if touch.kind == "moved":
        who = _who(touch.spot.owners, parts)
        return own.say("order nurturing", who=who) if who else own.say("order personas")
    who = _who(touch.spot.owners if key in _NAMED else touch.spot.owners[: _depth(key)], parts)
    if key in _NAMED and touch.kind != "changed":
        return own.say(f"nurturing {touch.kind}", who=who)
    leaf = key.rpartition(".")[2]
    if key.startswith("caps."):
        who, leaf = _who(touch.spot.owners, parts), own.say("who caps")
    new, old = (_value(key, part, parts) for part in (touch.after, touch.before))
    return own.say("nurturing changed", who=who or own.say(f"who {key.partition('.')[0]}"), key=leaf, new=new, old=old)


def _depth(key: str) -> int:
    """Return how many of a place's owners have names of their own."""
    return sum(key == name or key.startswith(f"{name}.") for name in _NAMED)


def _who(owners: tuple[Owner, ...], parts: Parts) -> str:
    """Return what people call the parts that a difference is in, the outermost first."""
    own = parts.fragments
    named = [(owner, own.words.kind if owner.key.startswith("caps.") else own.words.name) for owner in owners]
    return ", ".join(own.say(f"who {owner.key}", name=own.words.quoted(told(_name(owner)))) for owner, told in named)


def _name(owner: Owner) -> str:
    return owner.name or str(owner.part.get("name", ""))


def _value(key: str, value: Any, parts: Parts) -> str:
    """Return what stands at a place, as a document has it."""
    if value is None:
        return parts.fragments.say("not written")
    return inline(shortened(_shape(key), value))


def _shape(key: str) -> Shape:
    """Return the shape of what stands at a place."""
    first, *rest = key.replace("[]", ".[]").split(".")
    shape: Shape = BESIDE[first]
    for step in rest:
        if isinstance(shape, Listing | Named):
            shape = shape.part
        else:
            shape = shape.nested.get(step, Anything()) if isinstance(shape, Keys) else Anything()
    return shape
