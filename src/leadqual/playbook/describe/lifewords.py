"""How a lead moves, in plain sentences: the lifecycles that come with leadqual, and those of a playbook's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leadqual.conditions.describe import condition_phrase
from leadqual.conditions.nodes import All
from leadqual.lifecycle.default import good_enough
from leadqual.lifecycle.drawn.phrases import NAMES
from leadqual.lifecycle.values import Lifecycle
from leadqual.playbook.describe.say import bullets, days, heading, say, sentence, strong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from leadqual.conditions.nodes import Condition
    from leadqual.conditions.words import Words
    from leadqual.lifecycle.plan import LifecyclePlan
    from leadqual.lifecycle.values import Transition
    from leadqual.playbook.playbook import Playbook
    from leadqual.scoring.model import ScoringModel

TOLD: Final = (
    "became a lead", "score for marketing", "reply to our approach", "score for sales", "accepted by sales",
    "hand-raise", "hand-raise of a poor fit", "returned by sales", "cooled", "yes", "disqualified", "rested",
    "rested as a subscriber", "reopened", "back by hand-raise",
)  # fmt: skip
"""What is said of a lifecycle that comes with leadqual, in this order, mostly by the names of its transitions."""
TOLD_WITH: Final[Mapping[str, str]] = {
    "no": "yes",
    "maybe": "yes",
    "back by hand-raise of a poor fit": "back by hand-raise",
    "cooled as MQL": "cooled",
    "cooled as SQL": "cooled",
    "woken by its own act": "rested",
    "woken as a subscriber": "rested as a subscriber",
}
"""Transitions that are told together with others."""
_OWN_KINDS: Final = frozenset((*Lifecycle().touches, *Lifecycle().replies, *Lifecycle().captures))
_MORE: Final = {"became a lead": "captures", "reply to our approach": "replies"}
"""Kinds of acts that are told with what they do, if there are any."""
_ALWAYS: Final = ("cooled", "disqualified")


def life_blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    """Yield the paragraphs on how a lead moves."""
    plan = playbook.plan
    named = [say(words, f"stage {stage.kind}", name=words.name(stage.name)) for stage in plan.stages.values()]
    yield heading(say(words, "life"))
    yield say(words, "life stages", initial=words.name(plan.initial), stages=words.joined(named, "and"))
    yield say(words, "life alone")
    if playbook.lifecycle.transitions:
        yield say(words, "life ways")
        yield bullets(_way(transition, words) for transition in plan.transitions)
    else:
        yield bullets(_default_ways(plan, playbook.model, words))
    if playbook.lifecycle.touches:
        yield say(words, "worked on", touches=_kinds(playbook.lifecycle.touches, words))


def _kinds(kinds: tuple[str, ...], words: Words) -> str:
    return words.joined([kind_name(kind, words) for kind in kinds], "or")


def kind_name(kind: str, words: Words) -> str:
    """Return what people call a kind of act; those that leadqual itself names have words in each language."""
    own = kind in _OWN_KINDS and kind not in words.labels
    return say(words, f"kind {kind}") if own else words.kind(kind)


def _default_ways(plan: LifecyclePlan, model: ScoringModel, words: Words) -> Iterator[str]:
    """Yield what is said of a lifecycle that comes with leadqual, as far as the model has bars for it."""
    lifecycle = plan.lifecycle
    ways = {transition.name: transition for transition in plan.transitions}
    good = good_enough(model)
    parts = {name: words.name(name) for name in plan.stages}
    parts |= {name: _kinds(kinds, words) for name, kinds in _lists(lifecycle, model).items()}
    parts |= {
        "hand_raise_days": days(words, lifecycle.hand_raise_days),
        "return_days": days(words, lifecycle.return_days),
        "reopen_days": days(words, lifecycle.reopen_days),
        "good": condition_phrase(good, words),
        "bars": words.joined([words.name(bar) for bar in _cooling(ways)], "or"),
    }
    if good == All(()):  # nobody is a poor fit
        ways.pop("hand-raise of a poor fit", None)
    for name in TOLD:
        if name in ways or name in _ALWAYS:
            condition = _captured(ways[name], words) if name == "became a lead" else ""
            text = say(words, _phrase(name, good, ways), condition=condition, **parts)
            for more, kinds in _MORE.items():
                if more == name and parts[kinds]:
                    text = f"{text} {say(words, f'way {name} by', kinds=parts[kinds])}"
            yield text


def _lists(lifecycle: Lifecycle, model: ScoringModel) -> dict[str, tuple[str, ...]]:
    return {"replies": lifecycle.replies, "captures": lifecycle.captures, "hand_raise": model.qualify.hand_raise}


def _cooling(ways: Mapping[str, Transition]) -> list[str]:
    return [bar for bar in ("mql", "sql") if f"cooled as {bar.upper()}" in ways]


def _phrase(name: str, good: Condition, ways: Mapping[str, Transition]) -> str:
    if name == "cooled" and not _cooling(ways):
        return "no cooling"
    if name == "hand-raise" and good == All(()):
        return "way hand-raise any"
    return name if name == "disqualified" else f"way {name}"


def _captured(way: Transition, words: Words) -> str:
    """Say when a subscriber becomes a lead; its guard asks for an address, and for one of several things."""
    return "" if way.when is None else condition_phrase(way.when, words)


def _way(transition: Transition, words: Words) -> str:
    """Say one transition of a playbook's own."""
    on, stages = on_phrase(transition.on, words), stages_phrase(transition.from_, words)
    own = None if transition.name in words.labels else NAMES[words.language].get(transition.name)
    name = strong(own or words.name(transition.name))
    text = say(words, "way", name=name, stages=stages, to=words.name(transition.to), on=on)
    if transition.when is not None:
        text = say(words, "way condition", sentence=text, condition=condition_phrase(transition.when, words))
    more = []
    if transition.reason is not None:
        more.append(say(words, "way reason", reason=words.value(transition.reason)))
    if transition.sla is not None:
        more.append(say(words, "way sla", sla=words.quoted(sla_name(transition.sla, words))))
    if transition.cycle == "next":
        more.append(say(words, "way cycle"))
    return " ".join([sentence(text), *more])


def on_phrase(triggers: Sequence[str], words: Words) -> str:
    """Say what a transition waits for.

    >>> from leadqual.conditions.words import Words
    >>> on_phrase(["event", "yes"], Words())
    'after an act or with a yes'
    """
    return words.joined([say(words, f"on {trigger}") for trigger in triggers], "or")


def stages_phrase(stages: Sequence[str], words: Words) -> str:
    """Say one stage or another.

    >>> from leadqual.conditions.words import Words
    >>> stages_phrase(["lead", "mql"], Words())
    'lead or MQL'
    """
    return words.joined([words.name(stage) for stage in stages], "or")


def sla_name(name: str, words: Words) -> str:
    """Return what people call an SLA: the stage that starts it, or the hand-raise."""
    return say(words, "sla hand_raise") if name == "hand_raise" else words.name(name)
