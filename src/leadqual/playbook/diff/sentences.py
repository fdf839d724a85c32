"""One difference as a sentence for people."""

from typing import Any, Final

from attrs import evolve

from leadqual.playbook.diff.barwords import bar_sentence
from leadqual.playbook.diff.keywords import both, instead, key_sentence
from leadqual.playbook.diff.lifewords import LIFE, life_sentence
from leadqual.playbook.diff.nurturewords import nurture_sentence, of_nurturing
from leadqual.playbook.diff.parts import Parts, upper
from leadqual.playbook.diff.rowwords import row_sentence
from leadqual.playbook.diff.storywords import story_sentence
from leadqual.playbook.diff.thingwords import thing_sentence
from leadqual.playbook.diff.touch import Touch

_OBJECTIVE: Final = "objectives.*."
_BARS: Final = ("qualify.mql", "qualify.sql")
_REPLACED: Final = ("criteria.*", "rules.*", "bands.*")


def sentence(touch: Touch, parts: Parts) -> str:
    """Return what a difference says, with a full stop.

    Args:
        touch: The difference.
        parts: Names parts, in a language.
    """
    key, owners = touch.spot.key, touch.spot.owners
    if key.startswith(_OBJECTIVE):
        return _of_objective(touch, parts)
    if key.startswith(_BARS):
        return bar_sentence(touch, parts.fragments)
    if key.startswith(LIFE):
        return upper(life_sentence(touch, parts))
    if of_nurturing(key):
        return upper(nurture_sentence(touch, parts))
    if key.startswith("examples[]."):
        return story_sentence(touch, parts)
    if key.startswith(("labels.*.", "columns.*.")):
        return _of_name(touch, parts)
    if touch.kind == "moved":
        return _moved(touch, parts)
    if key in ("name", "version"):
        new, old = (parts.fragments.words.quoted(str(part)) for part in (touch.after, touch.before))
        return parts.fragments.say(f"{key} changed", new=new, old=old)
    if key.startswith(("fit.grades.", "interest.levels.")):
        return _of_bound(touch, parts)
    if ".scorers[]" in key:
        return _of_scorer(touch, parts)
    if key.startswith("fit.tables[].") and len(owners) > 1:
        return upper(row_sentence(touch, owners[-2], owners[-1], parts))
    if owners and owners[-1].key == key and touch.kind != "changed" and not key.startswith("combine."):
        return upper(thing_sentence(touch, owners[-1], parts))
    return upper(key_sentence(touch, parts))


def _of_objective(touch: Touch, parts: Parts) -> str:
    key, own = touch.spot.key.removeprefix(_OBJECTIVE), parts.fragments
    objective, *inner = touch.spot.owners
    whole = parts.owner(objective)
    given = (touch.after, touch.before)
    if key in ("combine", "qualify"):
        new, old = (own.say(f"own {key}" if part is not None else f"no own {key}") for part in given)
        return instead(whole, new, old, parts)
    if key == "based_on":
        return instead(whole, *both(touch, parts), parts)
    if key in _REPLACED:
        new, old = (own.say("no own") if part is None else parts.replaced(part) for part in given)
        said = instead(own.words.name(inner[-1].name), new, old, parts)
    else:
        owners = tuple(evolve(owner, key=owner.key.removeprefix(_OBJECTIVE)) for owner in inner)
        said = sentence(evolve(touch, spot=evolve(touch.spot, key=key, owners=owners)), parts)
    return own.say("of whom", whole=whole, sentence=said)


def _of_name(touch: Touch, parts: Parts) -> str:
    """Return what changed in a label, or in a column of a file."""
    table, entry = touch.spot.owners
    own = parts.fragments
    new, old = ("" if part is None else own.words.quoted(str(part)) for part in (touch.after, touch.before))
    if table.key == "labels.*":
        language, name = own.say(f"language {table.name}"), own.words.quoted(entry.name)
        return own.say(f"label {touch.kind}", language=language, name=name, new=new, old=old)
    new, old = (own.say("column", v=name) if name else own.say("no column") for name in (new, old))
    who = own.say("who column", file=parts.file(table.name), name=own.words.name(entry.name))
    return instead(who, new, old, parts)


def _moved(touch: Touch, parts: Parts) -> str:
    own = parts.fragments
    if touch.spot.key != "fit.gates[]":
        return own.say("order", who=own.say(f"who {touch.spot.key}"))
    after: Any = touch.after
    before: Any = touch.before
    new, old = (own.words.amount(place + 1) for place in (after, before))
    return own.say("in another place", who=parts.owner(touch.spot.owners[-1]), new=new, old=old)


def _of_bound(touch: Touch, parts: Parts) -> str:
    """Return what changed in where a grade or a level begins."""
    own = parts.fragments
    new, old = ("" if part is None else own.points(part) for part in (touch.after, touch.before))
    return own.say(f"{touch.spot.key} {touch.kind}", name=touch.spot.owners[-1].name, points=new, old=old)


def _of_scorer(touch: Touch, parts: Parts) -> str:
    """Return that an extension is new, gone, or set otherwise."""
    scorer = next(owner for owner in touch.spot.owners if owner.key.endswith(".scorers[]"))
    kind = touch.kind if touch.spot.key == scorer.key else "changed"
    return parts.fragments.say(f"scorers {kind}", name=parts.quoted(scorer.key, scorer.part))
