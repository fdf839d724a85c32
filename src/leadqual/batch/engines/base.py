"""What an engine has to do: take in a base, run a plan, hand out the scores."""

from typing import Any, Literal, Protocol, runtime_checkable

from leadqual.batch.border import Staged
from leadqual.batch.program import Runs
from leadqual.batch.scores import Answers
from leadqual.files.source import Progress
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel


class Engine(Runs, Answers, Protocol):
    """An engine that scores a base."""

    def stage(
        self,
        model: ScoringModel | Playbook,
        *,
        leads: Any,
        events: Any,
        bad_rows: Literal["fail", "skip"],
        progress: Progress | None,
    ) -> Staged:
        """Make ``lq_leads`` and ``lq_events`` with the columns that plans read, out of what was handed in.

        Args:
            model: Says which columns are read, and of which types; a playbook also how files are written.
            leads: The leads, in a form that the engine takes.
            events: The events, likewise; nothing if there are none.
            bad_rows: Whether rows that cannot be read are refused or left out and counted.
            progress: Called with the bytes read and the bytes of all files.

        Returns:
            What is known of both tables.

        Raises:
            InputError: With the first hundred problems and their number.
            MissingExtra: If what the engine needs is not installed.
        """
        ...


@runtime_checkable
class Shared(Protocol):
    """A database or a cluster that may score several bases: an engine for each."""

    def engine(self) -> Engine:
        """Return an engine for one base."""
        ...
