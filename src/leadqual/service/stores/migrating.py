"""How a store comes to the newest version: a list of statements for each step, all steps in one transaction."""

from collections.abc import Sequence

from leadqual.errors import Problem, StoreError

Step = Sequence[str]
"""The statements that lead from one version to the next."""
Steps = Sequence[Step]
"""All steps; the first one makes a store, and their number is the version that they lead to."""


def steps_after(version: int, steps: Steps) -> tuple[Step, ...]:
    """Return the steps that a store still has to take.

    Args:
        version: Its version; zero if there is none yet.
        steps: All steps.

    Raises:
        StoreError: If the store is of a newer version than the steps lead to.
    """
    if version > len(steps):
        what = f"the store is of version {version}; this release knows versions up to {len(steps)}"
        hint = "Upgrade leadqual: pip install --upgrade leadqual."
        raise StoreError([Problem(where="store", what=what, got=version, hint=hint)])
    return tuple(steps[version:])
