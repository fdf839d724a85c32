"""What every part of a service has: what decides, where it is kept, and whose it is."""

from copy import copy
from datetime import datetime
from types import TracebackType
from typing import Self

from attrs import evolve

from leadqual.errors import InputRefused, Problem, UnknownLead, kind_of
from leadqual.lifecycle.facts import Fact
from leadqual.qualifier import Qualifier, Record
from leadqual.service.bodies import fact_of
from leadqual.service.capturing import LEAST, Minimum
from leadqual.service.desk import Desk
from leadqual.service.held import unknown
from leadqual.service.running import Runner
from leadqual.service.secret import digests_of
from leadqual.service.standing import Standing, next_tick, standing_of
from leadqual.service.store import Joined, Store, Unit
from leadqual.service.tables import FACTS, LEADS
from leadqual.texts import word_problem


class ServiceBase:
    """What every part of a service has.

    Args:
        qualifier: What decides.
        store: Where everything is kept; the service closes it when it is closed itself.
        tenant: Whose leads they are: no tenant ever sees those of another.
        minimum: By channel, the facts of which one is enough to make a lead of a form, ``"*"`` for all other channels:
            ``lead_id``, ``email``, ``phone``, ``company_id`` or an attribute. One of the first three when absent.
        key: Key by which addresses are digested, at least 16 bytes; one that is made and kept in the store when absent.
    """

    def __init__(
        self,
        qualifier: Qualifier,
        store: Store,
        *,
        tenant: str = "main",
        minimum: Minimum = LEAST,
        key: bytes | None = None,
    ) -> None:
        if not isinstance(qualifier, Qualifier):
            hint = "Pass leadqual.Qualifier(playbook)."
            raise InputRefused(
                [Problem(where="qualifier", what="a qualifier was expected", got=kind_of(qualifier), hint=hint)]
            )
        problems = list(word_problem(tenant, "tenant"))
        if problems:
            raise InputRefused(problems)
        self._store = store
        self._minimum = minimum
        desk = Desk(qualifier=qualifier, digests=digests_of(store, tenant, key))
        self._runner = Runner(store=store, tenant=tenant, desk=desk)

    def __enter__(self) -> Self:
        """Use the service, and close it in the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the service."""
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.qualifier.playbook.name!r} for {self._runner.tenant!r}>"

    @property
    def qualifier(self) -> Qualifier:
        """What decides."""
        return self._runner.desk.qualifier

    def within(self, connection: object) -> Self:
        """Return the same service in a transaction of your own: your rows and ours are committed together, or neither.

        You begin the transaction and commit it or roll it back; a command that fails undoes what it did itself. Nothing
        is done again when somebody else was faster: then it fails with `StoreBusy`, and so does your transaction.

        Args:
            connection: Your connection to the database of the store: one of `sqlite3`, or of SQLAlchemy to Postgres.

        Raises:
            InputRefused: If the store has no transactions that others can share.
            StoreError: If it is no connection of that kind.
        """
        if not isinstance(self._store, Joined):
            hint = "Use a store in a file of SQLite or on Postgres."
            what = "a store was expected whose transactions can be shared"
            raise InputRefused([Problem(where="store", what=what, got=kind_of(self._store), hint=hint)])
        store, other = self._store.within(connection), copy(self)
        vars(other).update(_store=store, _runner=evolve(self._runner, store=store, tries=1))
        return other

    def close(self) -> None:
        """Give back what the store holds."""
        self._store.close()

    def record_of(self, lead_id: str) -> Record:
        """Return a lead's record: its profile, where it stands, its score.

        Args:
            lead_id: Its id, or that of one that has gone into it.

        Raises:
            ModelChanged: If it is scored by another model.
            UnknownLead: If there is none.
        """
        return self._runner.look(lambda unit: self._read(unit, lead_id))

    def facts_of(self, lead_id: str) -> tuple[Fact, ...]:
        """Return all that has become of a lead, in order.

        Args:
            lead_id: Its id; of one that has gone into another, its own facts.

        Raises:
            UnknownLead: If there is none.
        """
        rows = self._runner.look(lambda unit: unit.find(FACTS, equal={"lead_id": lead_id}, order=("seq",)))
        if not rows:
            raise UnknownLead([unknown(lead_id)])
        return tuple(map(fact_of, rows))

    def lead_ids(self) -> tuple[str, ...]:
        """Return the ids of all leads, sorted by code point; of those that have gone into another too."""
        return tuple(row.lead_id for row in self._runner.look(lambda unit: unit.find(LEADS, order=("lead_id",))))

    def next_due(self) -> datetime | None:
        """Return when the next `tick_due` has something to do; ``None`` if nothing is ever due."""
        return self._runner.look(next_tick)

    def standing(self) -> Standing:
        """Return how many leads stand where, and how many effects are still to go out, all as of one instant.

        It takes time in proportion to the leads and to the effects that there ever were: on SQLite a third of a second
        for a hundred thousand leads and a million effects. `next_due` alone takes none.

        Raises:
            StoreError: If the store cannot be used.
        """
        return self._runner.look(standing_of)

    def _read(self, unit: Unit, lead_id: str) -> Record:
        rows = unit.get(LEADS, [(lead_id,)])
        while rows and rows[0].into is not None:
            rows = unit.get(LEADS, [(rows[0].into,)])
        if not rows:
            raise UnknownLead([unknown(lead_id)])
        return self._runner.desk.records.read(rows[0])
