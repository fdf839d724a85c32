"""What goes out: the outbox as its reader sees it."""

from datetime import datetime, timedelta
from functools import partial

from leadqual.calendar import utc
from leadqual.errors import InputRefused, Problem, kind_of
from leadqual.service.answers import Claim, Dead
from leadqual.service.arguments import bounded, check_word
from leadqual.service.base import ServiceBase
from leadqual.service.bodies import effect_of
from leadqual.service.outbox import claim, done, failed, revive
from leadqual.service.tables import EFFECTS

_LEASE = timedelta(minutes=5)
_LONGEST = timedelta(days=7)


class Outgoing(ServiceBase):
    """What goes out: state exactly once, effects at least once, each under a key that never changes."""

    def effects(self, *, now: datetime, limit: int = 50, lease: timedelta = _LEASE) -> tuple[Claim, ...]:
        """Claim effects that are to be carried out; nobody else gets them before the lease is over.

        A touch is asked once more, in the same transaction, whether it may go: one that was withdrawn from, or has come
        above a cap, does not; one outside its hours waits for them.

        Args:
            now: The instant.
            limit: How many at most.
            lease: For how long; it should last for carrying all of them out.

        Returns:
            The claims, the oldest first; say `done` or `failed` of each.

        Raises:
            InputRefused: If limit or lease cannot be.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
        """
        most = bounded(limit, "limit", 1_000)
        if not isinstance(lease, timedelta) or not timedelta(0) < lease <= _LONGEST:
            hint = "Pass a timedelta of at most 7 days, such as timedelta(minutes=5)."
            raise InputRefused([Problem(where="lease", what="a span was expected", got=kind_of(lease), hint=hint)])
        return self._runner.command(partial(claim, limit=most, lease=lease), utc(now, "now"))

    def done(self, claim: Claim, *, now: datetime) -> None:
        """Say that an effect was carried out; of a touch that it was sent. Said twice, the second changes nothing.

        Args:
            claim: The claim.
            now: The instant.

        Raises:
            ClaimLost: If the lease was over and somebody else has claimed it.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
        """
        self._runner.command(partial(done, one=_checked(claim)), utc(now, "now"))

    def failed(self, claim: Claim, *, now: datetime, reason: str = "failed") -> datetime | None:
        """Say that an effect could not be carried out: it is tried again later, and given up after twenty times.

        Args:
            claim: The claim.
            now: The instant.
            reason: Why, in a short word without personal data.

        Returns:
            When it is tried again: after one minute, then two, four and so on up to six hours; ``None`` if it is given
            up, after almost three days: it is on the list of the dead from then on.

        Raises:
            ClaimLost: If the lease was over and somebody else has claimed it.
            InputRefused: If the reason is none.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
        """
        check_word(reason, "reason")
        return self._runner.command(partial(failed, one=_checked(claim), reason=reason), utc(now, "now"))

    def dead(self, *, limit: int = 100) -> tuple[Dead, ...]:
        """Return the effects that were given up, by their keys.

        Args:
            limit: How many at most.

        Raises:
            InputRefused: If the limit cannot be.
            StoreError: If the store cannot be used.
        """
        most = bounded(limit, "limit", 10_000)
        rows = self._runner.look(
            lambda unit: unit.find(EFFECTS, equal={"state": "dead"}, order=("made_at", "number"), limit=most)
        )
        return tuple(Dead(effect=effect_of(row), reason=row.reason or "", attempts=row.attempts) for row in rows)

    def revive(self, key: str, *, now: datetime) -> bool:
        """Let an effect be tried again that was given up.

        Args:
            key: Its key.
            now: The instant.

        Returns:
            Whether there was one.

        Raises:
            InputRefused: If the key is none.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
        """
        check_word(key, "key")
        return self._runner.command(partial(revive, key=key), utc(now, "now"))


def _checked(claim: object) -> Claim:
    if not isinstance(claim, Claim):
        hint = "Pass what service.effects(now=…) returned."
        raise InputRefused([Problem(where="claim", what="a claim was expected", got=kind_of(claim), hint=hint)])
    return claim
