"""The objectives that a command was asked for."""

from collections.abc import Sequence
from typing import Final

import click
from attrs import evolve, frozen

from leadqual.cli.options import Decorated
from leadqual.errors import Problem, UnknownName
from leadqual.playbook import Playbook

EVERY: Final = "all"


@frozen(kw_only=True)
class Asked:
    """The objectives that were asked for.

    Attributes:
        names: They, in the order in which they were asked for; none stands for the playbook itself.
        several: Whether the best of several is asked for.
    """

    names: tuple[str, ...] = ()
    several: bool = False

    @property
    def single(self) -> str | None:
        """The only one, if there is just one."""
        return self.names[0] if self.names and not self.several else None


NONE_ASKED: Final = Asked()


def asked_for(playbook: Playbook, names: Sequence[str]) -> Asked:
    """Return the objectives that were asked for by their names.

    Args:
        playbook: It has them.
        names: Names of objectives; ``all`` stands for every one, unless one is called so.

    Raises:
        UnknownName: If the playbook has no such objective, or none at all.
    """
    every = EVERY in names and EVERY not in playbook.models
    found = tuple(playbook.models) if every else tuple(dict.fromkeys(names))
    problems = []
    for name in found:
        try:
            playbook.model_for(name)
        except UnknownName as error:
            problems += [evolve(problem, where="--objective") for problem in error.problems]
    if every and not found:
        hint = "Declare one under [objectives.NAME], or leave --objective out."
        problems.append(Problem(where="--objective", what="the playbook has no objectives", got=EVERY, hint=hint))
    if problems:
        raise UnknownName(problems)
    return Asked(names=found, several=every or len(found) > 1)


def objective_option(command: Decorated) -> Decorated:
    """Add --objective, for one of them."""
    return click.option(
        "--objective", metavar="NAME", help="Score under this objective of the playbook instead of the playbook itself."
    )(command)


def objectives_option(command: Decorated) -> Decorated:
    """Add --objective, also for the best of several."""
    return click.option(
        "--objective",
        "objectives",
        multiple=True,
        metavar="NAME",
        help="Score under this objective of the playbook. Given more than once, or as `all`: each lead under the one "
        "that gives it the highest total, with two more columns: objective, and margin over the next.",
    )(command)
