"""A lifecycle as data: stages, transitions, what becomes of a maybe, and within which time somebody has to act."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from attrs import field, frozen

from leadqual.axis import copied, listed
from leadqual.conditions.nodes import Condition

VERDICTS: Final = ("yes", "no", "maybe", "accept", "return", "disqualify", "reinstate", "reopen")
"""What a person may say of a lead."""
TRIGGERS: Final = ("event", "profile", "tick", "wake", "release", "yes", "no", "maybe", "accept", "return",
                   "reinstate", "reopen")  # fmt: skip
"""What a transition may wait for: kinds of inputs, the end of a rest, a released rescore or import, and verdicts."""
PRESETS: Final = ("default", "subscriber")
"""The lifecycles that come with leadqual."""
HAND_RAISE: Final = "hand_raise"
"""Name of the SLA that a hand-raise starts."""


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else listed(value)


@frozen(kw_only=True)
class Stage:
    """Where a lead can stand.

    Attributes:
        name: Its name, such as ``"mql"``.
        kind: ``"open"``; ``"rest"`` for leads that wait for a better time; ``"ended"`` for the end of a cycle.
        phase: Phase of the purchase cycle, ``"TOFU"``, ``"MOFU"`` or ``"BOFU"``.
        temperature: ``"cold"``, ``"warm"`` or ``"hot"``.
        hand_off: Whether a lead that enters is handed to sales.
    """

    name: str
    kind: Literal["open", "rest", "ended"] = "open"
    phase: Literal["TOFU", "MOFU", "BOFU"] | None = None
    temperature: Literal["cold", "warm", "hot"] | None = None
    hand_off: bool = False


@frozen(kw_only=True)
class Transition:
    """A way from stages to a stage; of those that are open to an input the first whose guard holds is taken.

    Attributes:
        name: What it is called in facts and diagrams.
        from_: The stages it leaves; ``from`` in a playbook.
        to: The stage it enters.
        on: What it waits for, of `TRIGGERS`.
        when: Its guard, a condition over score, lead, state and input; without one it always holds.
        reason: The reason it gives when no verdict brings one.
        sla: Name of the SLA that it starts instead of the one of the stage.
        cycle: ``"next"`` if the lead starts a new cycle with it.
    """

    name: str
    from_: tuple[str, ...] = field(converter=_several)
    to: str
    on: tuple[str, ...] = field(converter=_several)
    when: Condition | None = None
    reason: str | None = None
    sla: str | None = None
    cycle: Literal["same", "next"] = "same"


@frozen(kw_only=True)
class Lifecycle:
    """The table of a lifecycle.

    Attributes:
        preset: The lifecycle to begin with: ``"default"`` or ``"subscriber"``.
        initial: The stage of a new lead; the preset's own when absent.
        stages: All stages in their order, if they are not the preset's.
        transitions: All transitions in their order, if they are not the preset's.
        touches: Kinds of our acts that show that a person works on the lead.
        replies: Kinds of the lead's acts that answer us.
        captures: Kinds of acts by which a subscriber becomes a lead.
        hand_raise_days: For how many days after it a hand-raise is valid.
        return_days: For how many days after a return the score alone promotes nobody.
        reopen_days: For how many days after its end a cycle can be reopened.
    """

    preset: Literal["default", "subscriber"] = "default"
    initial: str | None = None
    stages: tuple[Stage, ...] = field(default=(), converter=listed)
    transitions: tuple[Transition, ...] = field(default=(), converter=listed)
    touches: tuple[str, ...] = field(default=("call", "sales_email", "meeting", "visit"), converter=listed)
    replies: tuple[str, ...] = field(default=("email_reply", "call_answered"), converter=listed)
    captures: tuple[str, ...] = field(default=("download",), converter=listed)
    hand_raise_days: int = 30
    return_days: int = 30
    reopen_days: int = 90


@frozen(kw_only=True)
class RecyclePolicy:
    """What becomes of a maybe.

    Attributes:
        to: The stage it goes to: one of rest, or an open one, back in the funnel; as its transition says when absent.
        interest: ``"restart"`` if only what happens from then on counts, ``"keep"`` if points go on fading.
        rest_months: Least and most calendar months of rest; without it the lead waits for an act of its own.
        spread_days: Over how many days the ends of rests are spread.
        attempts: How often a lead may rest in a cycle; after that it is dormant.
        then: What follows the last attempt; never Lost, which needs a refusal.
        reasons: Months of rest by reason.
        nurture: The sequence that keeps in touch meanwhile.
        wake: ``"early"`` if an own interaction of the lead ends the rest, ``"never"`` if only its date does.
        bonus_event: Kind of an event that is added when it returns by itself, for a rule that gives it points.
    """

    to: str | None = None
    interest: Literal["restart", "keep"] = "restart"
    rest_months: tuple[int, int] | None = field(default=None, converter=listed)
    spread_days: int = 30
    attempts: int | None = None
    then: Literal["dormant"] = "dormant"
    reasons: Mapping[str, int] = field(factory=dict, converter=copied, hash=False)
    nurture: str | None = None
    wake: Literal["early", "never"] = "early"
    bonus_event: str | None = None


@frozen(kw_only=True)
class Recycle:
    """What becomes of a maybe, by acquisition.

    Attributes:
        inbound: Of leads that came by themselves, or nobody knows how.
        outbound: Of leads that we approached: the rolodex.
        partner: Of leads from partners; as inbound when absent.
    """

    inbound: RecyclePolicy = field(factory=RecyclePolicy)
    outbound: RecyclePolicy = field(factory=lambda: RecyclePolicy(rest_months=(3, 6), attempts=3))
    partner: RecyclePolicy | None = None


@frozen(kw_only=True)
class Sla:
    """Within which time somebody has to act on a lead.

    Attributes:
        within: Business time, such as ``"30m"``, ``"2h"`` or ``"1d"``.
        escalate: Who is told when it is breached; the host knows who that is.
    """

    within: str
    escalate: str | None = None
