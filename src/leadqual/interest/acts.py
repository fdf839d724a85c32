"""What the lead did lately, as far as bars and people ask: interactions, active days, kinds, silence."""

from attrs import frozen

from leadqual.interest.state import State


@frozen
class Acts:
    """Interactions within memory, and how long ago anything happened.

    Attributes:
        interactions: Own acts that matched a rule with points above 0.
        active_days: Days with one.
        kinds: Their kinds.
    """

    interactions: int
    active_days: int
    kinds: frozenset[str]


def acts_within(state: State, today: int, memory: int) -> Acts:
    """Return the interactions of age up to ``memory`` days.

    Args:
        state: What was folded.
        today: The day of asking.
        memory: Days for which an interaction counts as one.

    Returns:
        The interactions.
    """
    oldest = today - memory
    counts = [count for day, count in state.acts.items() if day >= oldest]
    kinds = frozenset(kind for kind, day in state.kinds.items() if day >= oldest)
    return Acts(interactions=sum(counts), active_days=len(counts), kinds=kinds)


def days_since(day: int | None, today: int) -> int | None:
    """Return the age of a day, or ``None`` if there is none."""
    return None if day is None else today - day
