"""What a scorer is by itself: a frozen value with a tag, whose `lower` is pure."""

from collections.abc import Iterator
from copy import copy, deepcopy
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, fields, has
from attrs.exceptions import FrozenInstanceError

from leadqual.axis import lowered
from leadqual.canonical import key_of
from leadqual.texts import word_problem

if TYPE_CHECKING:
    from leadqual.errors import Problem

_CALLS: Final = 5


def shape_problems(scorer: Any) -> Iterator[str]:
    """Yield what is wrong with the class of a scorer."""
    if isinstance(scorer, type):
        yield "A class was passed: pass a scorer made of it, with fields as a document might give them."
        return
    own = type(scorer)
    if not has(own):
        yield "It is no attrs class, so it has no fields to write down: decorate it with `@attrs.frozen(kw_only=True)`."
        return
    given = [attribute for attribute in fields(own) if attribute.init]
    if any(attribute.name == "kind" for attribute in fields(own)):
        yield "Its `kind` is a field: annotate it as `kind: ClassVar[str]`, since a tag belongs to the class."
    else:
        yield from _kind_problems(vars(own).get("kind"))
    if _can_change(scorer):
        yield "Its fields can be changed after it was made: decorate it with `@attrs.frozen`, not `@attrs.define`."
    if scorer != deepcopy(scorer):
        yield "It does not equal its own copy: let attrs compare it, without `eq=False` or an `__eq__` of its own."
    hidden = [attribute.name for attribute in given if not attribute.eq]
    if hidden:
        yield f"The fields {hidden} are left out of comparison, though they are part of its meaning: remove `eq=False`."
    renamed = [attribute.name for attribute in given if attribute.alias != attribute.name]
    if renamed:
        yield f"A document cannot name the fields {renamed}: give them no leading underscore and no alias."
    keys = [key_of(attribute.name) for attribute in given]
    alike = [attribute.name for attribute in given if keys.count(key_of(attribute.name)) > 1]
    if alike:
        yield f"A document cannot tell the fields {alike} apart: a key has no underscore at its end."


def _kind_problems(kind: object) -> Iterator[str]:
    vendor, _, name = kind.partition("/") if isinstance(kind, str) else ("", "", "")
    if kind is None:
        yield 'It has no tag of its own: write `kind: ClassVar[str] = "acme/company-size"` in the class itself.'
    elif not (vendor and name) or any(word_problem(kind, "kind")):
        yield f"Its `kind` is {kind!r}: put your own name before it, as in `acme/company-size`."
    elif vendor == "leadqual":
        yield f"Its `kind` is {kind!r}: `leadqual/` is not yours; put your own name before it."


def _can_change(scorer: Any) -> bool:
    one = copy(scorer)
    try:
        for name, value in asdict(scorer, recurse=False).items():
            one.__setattr__(name, value)
            return True
    except FrozenInstanceError:
        return False
    return False


def part_problems(scorer: Any, allowed: tuple[type, ...]) -> Iterator[str]:
    """Yield what is wrong with what a scorer lowers to.

    Args:
        scorer: A scorer of the right shape.
        allowed: The classes of its parts.
    """
    names = " or ".join(one.__name__ for one in allowed)
    if not hasattr(scorer, "lower"):
        yield f"It has no method `lower`: add one that returns a list of {names}."
        return
    failures: list[Problem] = []
    lowered(scorer, "lower", failures)
    if failures:
        yield f"`lower` does not do ({failures[0].what}): let it return a list of {names}, whatever the fields are."
        return
    parts = scorer.lower()
    if not isinstance(parts, list | tuple):
        yield f"`lower` returns a value of type {type(parts).__name__}: return a list of {names}, in one order."
        return
    for i, part in enumerate(parts):
        if not isinstance(part, allowed):
            yield f"`lower` returns a value of type {type(part).__name__} at place {i}: return {names} only."


def purity_problems(scorer: Any) -> Iterator[str]:
    """Yield how `lower` fails to be a pure function of the fields.

    Args:
        scorer: A scorer of the right shape, with the right parts.
    """
    before = deepcopy(scorer)
    first = list(scorer.lower())
    if any(list(scorer.lower()) != first for _ in range(_CALLS)):
        yield "`lower` returns other parts when it is called again: let them depend on the fields only, in one order."
    elif any(list(one.lower()) != first for one in (copy(before), deepcopy(before))):
        yield "`lower` of a copy returns other parts: keep nothing outside the fields, since a copy has only these."
    if scorer != before:
        yield "`lower` changes the scorer: return new values and leave the fields as they are."
