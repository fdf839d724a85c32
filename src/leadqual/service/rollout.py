"""What comes in by the thousand: a past that is replayed, a back-fill, and another model; and who is let go on then."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from attrs import asdict

from leadqual.calendar import utc
from leadqual.errors import InputRefused, Kind, Problem, kind_of, shown
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.inputs import ConsentChange, Verdict
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.qualifier import Qualifier
from leadqual.qualifier.backlog import Backlog
from leadqual.qualifier.replaying import Told
from leadqual.service.answers import Imported, Released, Replayed, Rescored
from leadqual.service.arguments import bounded, check_bad
from leadqual.service.base import ServiceBase
from leadqual.service.importing import Filled, fill_in
from leadqual.service.recording import Bad
from leadqual.service.releasing import Queue, looks, queue_of, release
from leadqual.service.replaying import Past, replay
from leadqual.service.rescoring import changes, numbers
from leadqual.service.summing import summed
from leadqual.service.work import Work

A = TypeVar("A")
E = TypeVar("E")
_AT_ONCE: Final = 25
_MOST_A_DAY: Final = 1_000_000
_NOTHING: Final[Mapping[str, Sequence[Any]]] = {}


class Rollout(ServiceBase):
    """What comes in by the thousand; it is done in parts, each a transaction, and goes on where it was cut off."""

    def replay(
        self,
        leads: Mapping[str, Lead],
        *,
        events: Mapping[str, Sequence[Event]] = _NOTHING,
        verdicts: Mapping[str, Sequence[Verdict]] = _NOTHING,
        consents: Mapping[str, Sequence[ConsentChange]] = _NOTHING,
        reports: Mapping[str, Sequence[TouchReport]] = _NOTHING,
        now: datetime,
        bad: Bad = "fail",
        progress: Told | None = None,
    ) -> Replayed:
        """Let leads live through their past as if the service had been there all along, up to an instant.

        Each lead is opened when it was created, or at its first input if that is earlier. Everything becomes known at
        its own instant, or at once if everything up to then is decided already. What was replayed before is not taken
        again: a second call with the same does nothing, one with more or with a later instant goes on. A profile that
        has changed since the last call holds from `now` on.

        Args:
            leads: Leads by id.
            events: By lead, what they did; those after `now` are left out.
            verdicts: By lead, what was said of them, each with its instant.
            consents: By lead, what they agreed to and withdrew, each with its instant.
            reports: By lead, what became of touches, each with its instant.
            now: The end.
            bad: ``"fail"`` stops at the first event that is wrong; ``"skip"`` takes the others.
            progress: Called after each lead with how many are done, and how many there are.

        Returns:
            What came of it.

        Raises:
            EventConflict: If an id came with two contents.
            EventError: If a property is of another type than declared.
            InputRefused: If an argument is something else than it should be.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than declared.
            ModelChanged: If a lead is scored by another model.
            StoreError: If the store cannot be used.
        """
        now = utc(now, "now")
        check_bad(bad)
        past = Past(leads=leads, events=events, verdicts=verdicts, consents=consents, reports=reports)
        lead_ids = sorted(leads)
        parts = self._in_parts(lead_ids, lambda some: partial(replay, lead_ids=some, past=past, bad=bad), now, progress)
        return summed(Replayed(), parts)

    def import_leads(
        self,
        leads: Iterable[Lead],
        events: Mapping[str, Sequence[Event]] = _NOTHING,
        *,
        now: datetime,
        bad: Bad = "fail",
        progress: Told | None = None,
    ) -> Imported:
        """Take in a list or a back-fill: what happened before counts, but promotes and notifies nobody by itself.

        Who would be promoted is counted first; `release` lets them go on, so many a day. A lead that is known already,
        by its id, its address, or its number where no address says otherwise, is not opened again; what it did before
        is added to what is known of it. A list that was bought is outbound, and brings no consent; an address that
        has withdrawn from something is spared that.

        Args:
            leads: The leads.
            events: By lead, what they did before.
            now: The instant.
            bad: ``"fail"`` stops at the first lead or event that is wrong; ``"skip"`` takes the others.
            progress: Called after each lead with how many are done, and how many there are.

        Returns:
            How many came in, and who would be promoted.

        Raises:
            EventConflict: If an id came with two contents.
            EventError: If an event is dated more than a day ahead, or a property is of another type than declared.
            InputRefused: If an argument is something else than it should be.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than declared.
            ModelChanged: If a lead is scored by another model.
            StoreError: If the store cannot be used.
        """
        now = utc(now, "now")
        check_bad(bad)
        every = _checked(leads)
        parts = self._in_parts(every, lambda some: partial(fill_in, leads=some, events=events, bad=bad), now, progress)
        found = summed(Filled(), parts)
        return Imported(**asdict(found, recurse=False), waiting=self.waiting(now=now))

    def waiting(self, *, now: datetime) -> Backlog:
        """Return who waits to be promoted, after a back-fill or under another model; nobody is by that.

        Args:
            now: The instant.

        Returns:
            How many would enter each stage, and who, the most promising first.

        Raises:
            InstantError: If `now` is naive or out of range.
            ModelChanged: If a lead is scored by another model.
            StoreError: If the store cannot be used.
        """
        return self._queue(utc(now, "now")).backlog

    def release(self, *, now: datetime, per_day: int | None = None) -> Released:
        """Let leads go on that wait after a back-fill or under another model, the most promising first.

        Args:
            now: The instant.
            per_day: How many at most on one day, in UTC; those that were released before on the same day are among
                them. All when absent.

        Returns:
            Who went on. Who would not go anywhere does not wait any more.

        Raises:
            InputRefused: If `per_day` is no number from 1 to 1,000,000.
            InstantError: If `now` is naive or out of range.
            ModelChanged: If a lead is scored by another model.
            StoreError: If the store cannot be used.
        """
        now = utc(now, "now")
        most = None if per_day is None else bounded(per_day, "per_day", _MOST_A_DAY)
        queue = self._queue(now)
        all_parts = [*_parts_of(queue.lead_ids), *_parts_of(queue.idle)] or [()]
        parts = [self._runner.command(partial(release, lead_ids=some, per_day=most), now) for some in all_parts]
        lead_ids = tuple(lead_id for part in parts for lead_id in part.lead_ids)
        counts = Counter(stage for part in parts for stage in part.stages)
        left = len(set(queue.lead_ids) - set(lead_ids))
        return Released(
            lead_ids=lead_ids,
            counts=dict(sorted(counts.items())),
            today=parts[-1].today,
            left=left,
            problems=queue.problems,
        )

    def rescore(
        self,
        *,
        now: datetime,
        apply: bool = False,
        before: Qualifier | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> Rescored:
        """Score all leads by the service's model that another one has scored: first in numbers, then for good.

        Nobody is moved by it, and no lead is taken from sales: where one should not stand any more a person is asked,
        and who would be promoted waits for `release`. It can be cut off and called again.

        Args:
            now: The instant.
            apply: Whether it is carried out; else nothing is written.
            before: What decided before, so that labels can be compared.
            progress: Called now and then with how many leads are done.

        Returns:
            Who changes, in numbers.

        Raises:
            InputRefused: If an argument is something else than it should be.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
        """
        now = utc(now, "now")
        if type(apply) is not bool:
            hint = "Pass True to carry it out."
            raise InputRefused(
                [Problem(where="apply", what="true or false was expected", got=kind_of(apply), hint=hint)]
            )
        if before is not None and not isinstance(before, Qualifier):
            hint = "Pass leadqual.Qualifier(playbook) of before."
            raise InputRefused(
                [Problem(where="before", what="a qualifier was expected", got=kind_of(before), hint=hint)]
            )
        ask = partial(self._runner.command if apply else self._runner.ask, now=now)
        found = changes(ask, apply=apply, before=before, progress=progress)
        return numbers(found, now, apply=apply, before=before is not None)

    def _queue(self, now: datetime) -> Queue:
        return queue_of(looks(partial(self._runner.ask, now=now)), now)

    def _in_parts(
        self,
        every: Sequence[E],
        part_of: Callable[[Sequence[E]], Callable[[Work], A]],
        now: datetime,
        told: Told | None,
    ) -> Iterator[A]:
        """Carry out a command for some at a time, and tell after each of them."""
        done = 0
        for some in _parts_of(every):
            yield self._runner.command(part_of(some), now)
            for _ in some:
                done += 1
                if told is not None:
                    told(done, len(every))


def _parts_of(every: Sequence[E]) -> list[Sequence[E]]:
    return [every[begin : begin + _AT_ONCE] for begin in range(0, len(every), _AT_ONCE)]


def _checked(leads: Iterable[Lead]) -> list[Lead]:
    """Return leads, each once.

    Raises:
        InputRefused: If something else came, or one id with two profiles.
    """
    found: dict[str, Lead] = {}
    for i, lead in enumerate(leads):
        where = f"leads[{i}]"
        if not isinstance(lead, Lead):
            raise InputRefused(
                [Problem(where=where, what="a lead was expected", got=kind_of(lead), hint="Pass a Lead.")]
            )
        if found.setdefault(lead.id, lead) != lead:
            what = f"lead {shown(lead.id)} came with two profiles"
            raise InputRefused([Problem(where=where, what=what, got=Kind("another profile"), hint="Pass each once.")])
    return list(found.values())
