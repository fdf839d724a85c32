"""The right content: which item of a pool a lead gets, and why not the others."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Final, Literal

from attrs import field, frozen

from leadqual.fold import normal
from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.asked import Who
from leadqual.nurture.content import Content
from leadqual.nurture.planned import Rejected
from leadqual.nurture.sequences import Pool

Items = tuple[tuple[str, Content], ...]
"""Content by name, in the order of the names."""


@frozen(kw_only=True)
class Situation:
    """For whom, when and how content is looked for.

    Attributes:
        on: The day on which it goes, by the lead's calendar.
        channel: The channel.
        who: Who the lead is.
        phases: The phases of the purchase cycle that are looked for; see `phases_of`.
        seen: Names of content that it got.
        cost: What an item may cost at most; ``None`` for any cost.
    """

    on: date
    channel: str
    who: Who = field(factory=Who)
    phases: tuple[str, ...] = ()
    seen: AbstractSet[str] = frozenset()
    cost: int | None = None


@frozen(kw_only=True)
class Choice:
    """What became of a choice.

    Attributes:
        content: Name of the item that was chosen; ``None`` if none fits.
        rejected: All others, in the order of their names, each with the first reason against it.
        withheld: Why none was chosen: ``"cost"`` if something would fit a lead that is closer to the objective,
            ``"exhausted"`` otherwise.
        starts: If none was chosen, the first day on which something fits that only may not go yet.
    """

    content: str | None
    rejected: tuple[Rejected, ...] = ()
    withheld: Literal["cost", "exhausted"] | None = None
    starts: date | None = None


Ranking = Callable[[Content, Situation], tuple[int, ...]]
"""Tells how well content that fits suits a situation: what comes first in order is chosen, of equals the first name."""


def best_match(content: Content, situation: Situation) -> tuple[int, ...]:
    """Rank what answers the lead's need first, then what is for its persona, then for its phase, then what is cheap.

    Args:
        content: Content that fits; what is for everybody fits too.
        situation: For whom, when and how.
    """
    return (
        situation.who.need not in content.needs,
        situation.who.persona not in content.personas,
        not any(phase in content.phases for phase in situation.phases),
        content.cost,
    )


def items_of(pool: Pool, contents: Mapping[str, Content]) -> Items:
    """Return the content of a pool, in the order of the names.

    Args:
        pool: The pool; its phases are not minded.
        contents: All content by name.
    """
    return tuple(
        (name, contents[name]) for name in sorted(contents) if not pool.kinds or contents[name].kind in pool.kinds
    )


def phases_of(pool: Pool, phase: str | None) -> tuple[str, ...]:
    """Return the phases that content of a pool is looked for in.

    Args:
        pool: The pool.
        phase: The phase of the lead's stage, for a pool that names none; ``None`` if it has none.
    """
    return pool.phases or (() if phase is None else (phase,))


def seen_content(touches: Iterable[PastTouch]) -> frozenset[str]:
    """Return the names of content that a lead got, or that is on its way.

    Args:
        touches: All that has come due.
    """
    return frozenset(touch.content for touch in touches if touch.content and touch.outcome in ("due", "sent"))


def choose(items: Items, situation: Situation, *, ranking: Ranking = best_match) -> Choice:
    """Choose content for a step.

    An item fits if the lead has neither got nor taken it, if it may go on that day by that channel, is for everybody or
    for the lead's phase, persona and need, goes on from something that the lead took, and is not too dear. What is for
    somebody does not fit a lead of whom that is unknown.

    Args:
        items: What there is to choose from.
        situation: For whom, when and how.
        ranking: What is chosen of all that fits.

    >>> guide = Content(kind="guide", needs="reports")
    >>> situation = Situation(on=date(2026, 12, 4), channel="email", who=Who(need="reports"))
    >>> choose((("article", Content(kind="article")), ("guide", guide)), situation)
    Choice(content='guide', rejected=(Rejected(content='article', reason='other_chosen'),), withheld=None, starts=None)
    """
    reasons = [(name, item, _first(name, item, situation)) for name, item in items]
    fitting = [(ranking(item, situation), name) for name, item, reason in reasons if reason is None]
    best = min(fitting)[1] if fitting else None
    rejected = tuple(
        Rejected(content=name, reason=reason or "other_chosen") for name, _, reason in reasons if name != best
    )
    if best is not None:
        return Choice(content=best, rejected=rejected)
    dear = any(reason == "cost" for _, _, reason in reasons)
    starts = [
        item.starts for name, item, _ in reasons if item.starts is not None and _only_later(name, item, situation)
    ]
    return Choice(
        content=None,
        rejected=rejected,
        withheld="cost" if dear else "exhausted",
        starts=min(starts, default=None),
    )


def withheld_content(
    name: str, content: Content, situation: Situation, *, answers: bool = False
) -> Literal["seen", "not_yet", "over", "cost"] | None:
    """Return why content that a step names does not go, or not before the day on which it starts.

    For whom it is was decided with the step. What the lead has asked for goes again, at any cost.

    Args:
        name: Its name.
        content: The content.
        situation: For whom, when and how.
        answers: Whether the touch answers a request.
    """
    if not answers and _seen(name, content, situation):
        return "seen"
    if _not_yet(name, content, situation):
        return "not_yet"
    if _over(name, content, situation):
        return "over"
    return "cost" if not answers and _dear(name, content, situation) else None


def _seen(name: str, content: Content, situation: Situation) -> bool:
    return name in situation.seen or (content.offer is not None and _took(content.offer, situation))


def _took(offer: str, situation: Situation) -> bool:
    return normal(offer) in situation.who.offers


def _not_yet(_: str, content: Content, situation: Situation) -> bool:
    return content.starts is not None and situation.on < content.starts


def _over(_: str, content: Content, situation: Situation) -> bool:
    return content.ends is not None and situation.on > content.ends


def _dear(_: str, content: Content, situation: Situation) -> bool:
    return situation.cost is not None and content.cost > situation.cost


_Fails = Callable[[str, Content, Situation], bool]
_TESTS: Final[tuple[tuple[str, _Fails], ...]] = (
    ("seen", _seen),
    ("not_yet", _not_yet),
    ("over", _over),
    ("phase", lambda _, one, now: bool(one.phases) and not any(phase in one.phases for phase in now.phases)),
    ("persona", lambda _, one, now: bool(one.personas) and now.who.persona not in one.personas),
    ("need", lambda _, one, now: bool(one.needs) and now.who.need not in one.needs),
    ("channel", lambda _, one, now: bool(one.channels) and now.channel not in one.channels),
    ("after", lambda _, one, now: bool(one.after) and not any(_took(offer, now) for offer in one.after)),
    ("cost", _dear),
)
"""What speaks against an item, in the order in which it is told."""


def _first(name: str, content: Content, situation: Situation) -> str | None:
    for reason, fails in _TESTS:
        if fails(name, content, situation):
            return reason
    return None


def _only_later(name: str, content: Content, situation: Situation) -> bool:
    """Tell whether nothing but the day speaks against an item."""
    return [reason for reason, fails in _TESTS if fails(name, content, situation)] == ["not_yet"]
