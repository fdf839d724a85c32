"""Where transitions lead: to a stage, and for some leads to another one, if a policy of recycling says so."""

from collections.abc import Iterator

from attrs import frozen

from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.values import RecyclePolicy, Transition


@frozen
class Aim:
    """A stage that a transition leads to.

    Attributes:
        stage: Its name.
        who: Acquisitions of the leads that go there; all leads if there is none.
    """

    stage: str
    who: tuple[str, ...] = ()


def policies(plan: LifecyclePlan) -> dict[str, RecyclePolicy]:
    """Return what becomes of a maybe by acquisition, as far as the playbook tells them apart."""
    recycle = plan.recycle
    known = {"inbound": recycle.inbound, "outbound": recycle.outbound}
    return known if recycle.partner is None else {**known, "partner": recycle.partner}


def aims_of(plan: LifecyclePlan, transition: Transition) -> Iterator[Aim]:
    """Yield where a transition leads; those that a policy sends elsewhere come after its own stage.

    Args:
        plan: The lifecycle.
        transition: The transition.
    """
    yield Aim(transition.to)
    if plan.stages[transition.to].kind != "rest":
        return
    others: dict[str, tuple[str, ...]] = {}
    for who, policy in policies(plan).items():
        if policy.to is not None and policy.to != transition.to:
            others[policy.to] = (*others.get(policy.to, ()), who)
    for stage, acquired in others.items():
        yield Aim(stage, acquired)
