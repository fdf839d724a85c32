"""Commands over a store: how it is named, opened and counted."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import click
from attrs import frozen

from leadqual.cli.lives import qualifier_of
from leadqual.cli.options import Decorated
from leadqual.errors import Kind, Problem, StoreError
from leadqual.playbook import Playbook
from leadqual.service import QualificationService, Store, open_store
from leadqual.service.rows import EffectRow
from leadqual.service.tables import EFFECTS, FACTS, LEADS

_AT_ONCE: Final = 500
_LAST: Final = (1 << 63) - 1
_FILE: Final = "sqlite:///"
LEFT: Final = ("waiting", "claimed", "dead")
"""The states of effects that are not over."""


def store_options(command: Decorated) -> Decorated:
    """Add --store and --tenant."""
    store = click.option(
        "--store",
        "url",
        required=True,
        envvar="LEADQUAL_STORE",
        metavar="URL",
        help="Where leads are kept: sqlite:///leads.db or postgresql://user:password@host/database (extra `sql`); by "
        "default what the environment variable LEADQUAL_STORE says.",
    )
    tenant = click.option(
        "--tenant", default="main", show_default=True, metavar="NAME", help="Whose leads, where several share a store."
    )
    return store(tenant(command))


@frozen(kw_only=True)
class Desk:
    """A service with its store.

    Attributes:
        service: The service.
        store: The store.
        tenant: Whose leads they are.
    """

    service: QualificationService
    store: Store
    tenant: str

    def facts(self) -> Counter[str]:
        """Return how many facts of each kind there are."""
        found: Counter[str] = Counter()
        last = ""
        with self.store.unit(self.tenant, write=False) as unit:
            while rows := unit.find(LEADS, above=("lead_id", last), order=("lead_id",), limit=_AT_ONCE):
                last = rows[-1].lead_id
                facts = unit.find(FACTS, equal={"lead_id": [row.lead_id for row in rows]})
                found.update(json.loads(fact.body)["fact"] for fact in facts)
        return found

    def effects(self, *, most: int, dead: bool = False) -> list[EffectRow]:
        """Return effects that are not over, those that are due first coming first.

        Args:
            most: How many at most.
            dead: Those that were given up instead.
        """
        with self.store.unit(self.tenant, write=False) as unit:
            if dead:
                return unit.find(EFFECTS, equal={"state": "dead"}, order=("made_at", "number"), limit=most)
            return unit.find(EFFECTS, upto=("ready_at", _LAST), order=("ready_at", "number"), limit=most)

    def named(self, keys: list[str]) -> dict[str, EffectRow]:
        """Return effects by their keys; those that there are.

        Args:
            keys: Their keys.
        """
        with self.store.unit(self.tenant, write=False) as unit:
            return {row.key: row for row in unit.get(EFFECTS, sorted({(key,) for key in keys}))}


@contextmanager
def serving(
    playbook: Playbook, url: str, tenant: str, objective: str | None = None, *, new: bool = False
) -> Iterator[Desk]:
    """Open a store and give a service over it.

    Args:
        playbook: What decides.
        url: Where leads are kept; it is never shown, since it may hold a password.
        tenant: Whose leads they are.
        objective: The objective under which they are scored.
        new: Whether the file of a store may be new.

    Raises:
        StoreError: If it cannot be used, or is not there and may not be new.
        UnknownName: If the playbook has no such objective.
    """
    qualifier = qualifier_of(playbook, objective)
    path = Path(url.removeprefix(_FILE))
    if not new and url.startswith(_FILE) and not path.exists():
        hint = "Mend --store, or make it first: leadqual run PLAYBOOK --store …"
        got = Kind("a file that is not there")
        raise StoreError([Problem(where="store", what="there is no such store", got=got, hint=hint)])
    with closing(open_store(url)) as store:
        yield Desk(service=QualificationService(qualifier, store, tenant=tenant), store=store, tenant=tenant)
