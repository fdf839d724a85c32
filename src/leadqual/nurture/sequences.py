"""Sequences: ordered steps that lead somebody from one piece of content to the next."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from attrs import field, frozen

from leadqual.axis import copied, listed
from leadqual.conditions.nodes import Condition
from leadqual.nurture.proposing import Planner
from leadqual.nurture.waits import AT_ONCE, Wait
from leadqual.nurture.windows import SendWindow

EXITS: Final = ("reply", "meeting", "sql", "gate", "withdrawal", "hard_bounce")
"""What ends a sequence unless it says otherwise: an answer, a meeting, a hand-off to sales, a gate, a withdrawal of the
sequence's purpose, an address that does not exist."""


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else listed(value)


@frozen(kw_only=True)
class Pool:
    """Content to choose from when its time has come: the best item that the lead has not seen.

    Attributes:
        kinds: Kinds of content, such as ``("article", "case_study")``; all when empty.
        phases: Phases of the purchase cycle; that of the lead's stage when empty.
    """

    kinds: tuple[str, ...] = field(default=(), converter=_several)
    phases: tuple[str, ...] = field(default=(), converter=_several)


@frozen(kw_only=True)
class Branch:
    """A fork: one way as soon as the lead acts, the other if it has not until a deadline.

    Attributes:
        on: Kinds of the lead's own acts that are waited for.
        when: What has to hold of the act's properties.
        within: How long it has time; counted from when the step is reached.
        since: From when on acts count: since the step is reached, or since the enrolment.
        yes: Name of the step to go to upon the act; the next one in order when absent.
        no: Name of the step to go to at the deadline; the next one in order when absent.
    """

    on: tuple[str, ...] = field(converter=_several)
    when: Condition | None = None
    within: Wait
    since: Literal["step", "enrolment"] = "step"
    yes: str | None = None
    no: str | None = None


@frozen(kw_only=True)
class Ending:
    """What follows the end of a sequence that was gone through.

    Attributes:
        verdict: ``"maybe"``, given by the sequence itself.
        reason: The verdict's reason.
        sequence: Name of the sequence that the lead goes on with.
    """

    verdict: Literal["maybe"] | None = None
    reason: str | None = None
    sequence: str | None = None


@frozen(kw_only=True)
class Step:
    """One step: a touch, a fork, or an end; a touch may be the last one.

    Attributes:
        name: Its name, by which a lead's place is kept; it does not change while leads are in the sequence.
        wait: How long it waits after the step before.
        channel: Channel of the touch, such as ``"email"``, ``"phone"`` or ``"sms"``.
        content: Name of the content that is sent.
        pool: Content to choose from, if not one.
        task: What a person is to do, in the team's words, such as a call; a task needs no content.
        purpose: Purpose of the touch; the sequence's own when absent.
        when: What has to hold of score, lead and state, else the step is skipped.
        window: When it may go, beside the window of its channel.
        arm: The arm of the experiment whose leads get it; the others skip it.
        branch: The fork.
        next: Name of the step that follows; the next one in order when absent.
        end: Whether the sequence ends here: upon the touch, if the step is one.
        on_end: What follows then; as the sequence says when absent.
    """

    name: str
    wait: Wait = AT_ONCE
    channel: str | None = None
    content: str | None = None
    pool: Pool | None = None
    task: str | None = None
    purpose: str | None = None
    when: Condition | None = None
    window: SendWindow | None = None
    arm: str | None = None
    branch: Branch | None = None
    next: str | None = None
    end: bool = False
    on_end: Ending | None = None

    @property
    def is_bare(self) -> bool:
        """Whether nothing goes with it: it has neither a channel nor a task."""
        return self.channel is None and self.task is None


@frozen(kw_only=True)
class Entry:
    """What puts a lead into a sequence by itself.

    Attributes:
        on: Kinds of the lead's own acts.
        properties: What has to hold of the act's properties.
        stages: Stages upon whose entry it happens.
        when: What has to hold of score, lead and state.
    """

    on: tuple[str, ...] = field(default=(), converter=_several)
    properties: Condition | None = None
    stages: tuple[str, ...] = field(default=(), converter=_several)
    when: Condition | None = None


@frozen(kw_only=True)
class Goal:
    """An act that ends a sequence because it has reached its aim.

    Attributes:
        on: Kinds of acts, the lead's own.
        when: What has to hold of the act's properties.
    """

    on: tuple[str, ...] = field(converter=_several)
    when: Condition | None = None


@frozen(kw_only=True)
class Sequence:
    """Ordered steps.

    Attributes:
        purpose: Purpose of its touches; all but ``"requested"`` and ``"sales"`` are marketing.
        enter: What puts a lead into it; without it only a recycling policy, another sequence or the host does.
        stages: Stages in which it runs; every open one when empty. It ends in any other.
        exits: What ends it; `gate` is a playbook's gate or a person's disqualification.
        goals: Acts that end it because it has reached its aim.
        on_end: What follows when it was gone through.
        again: Whether a lead may come in again: ``"once"``, ``"if_not_active"`` or ``"always"``, which begins anew.
        again_after: How long after its end at the earliest; elapsed time such as ``"90d"``.
        exclusive: Whether it runs alone among those that are exclusive.
        priority: The higher goes first; a higher exclusive sequence ends a lower one.
        version: Of its content, for the team; a lead's place is kept by the name of the step.
        moved: For steps that were taken out, the step in whose place a lead now stands.
        arms: Weights of an experiment's arms by name, such as ``{"short": 50, "long": 50}``.
        holdout: Of a hundred leads, how many get nothing, to compare with.
        salt: What the draw of arms depends on beside the lead; the sequence's name when absent.
        planner: Who decides which step comes next; they come in their order when absent.
        steps: The steps in their order.
    """

    purpose: str = "newsletter"
    enter: Entry | None = None
    stages: tuple[str, ...] = field(default=(), converter=_several)
    exits: tuple[str, ...] = field(default=EXITS, converter=_several)
    goals: tuple[Goal, ...] = field(default=(), converter=listed)
    on_end: Ending | None = None
    again: Literal["once", "if_not_active", "always"] = "once"
    again_after: str | None = None
    exclusive: bool = True
    priority: int = 0
    version: str = "1"
    moved: Mapping[str, str] = field(factory=dict, converter=copied, hash=False)
    arms: Mapping[str, int] = field(factory=dict, converter=copied, hash=False)
    holdout: int = 0
    salt: str | None = None
    planner: Planner | None = None
    steps: tuple[Step, ...] = field(default=(), converter=listed)
