"""One place at which two playbooks differ, before it is put into words."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

Kind = Literal["added", "removed", "changed", "moved"]
Part = Mapping[str, object]


@frozen(kw_only=True)
class Owner:
    """A part of the document that something belongs to: a rule, a table, an objective.

    Attributes:
        key: What it is, such as ``interest.rules[]``.
        name: Its name, if it stands under one; else the empty text.
        before: Its table in the playbook before, if it was there.
        after: Its table in the playbook after, if it is there.
    """

    key: str
    name: str
    before: Part | None
    after: Part | None

    @property
    def part(self) -> Part:
        """Its table, as it is now if it still is."""
        return self.after if self.after is not None else self.before or {}


@frozen(kw_only=True)
class Spot:
    """A place in both documents.

    Attributes:
        key: What it is, with ``[]`` for the number in a list and ``*`` for a name of the user's.
        was: Its path before.
        now: Its path after.
        owners: The parts it belongs to, the outermost first.
    """

    key: str = ""
    was: str = ""
    now: str = ""
    owners: tuple[Owner, ...] = ()

    def key_of(self, name: str) -> "Spot":
        """Return the place of a key of the language of playbooks."""
        return Spot(
            key=_under(self.key, name), was=_under(self.was, name), now=_under(self.now, name), owners=self.owners
        )

    def named(self, name: str, before: object, after: object) -> "Spot":
        """Return the place of an entry under a name of the user's."""
        own = (*self.owners, _owner(f"{self.key}.*", name, before, after))
        return Spot(key=f"{self.key}.*", was=f"{self.was}.{name}", now=f"{self.now}.{name}", owners=own)

    def numbered(self, was: int | None, now: int | None, before: object, after: object) -> "Spot":
        """Return the place of an entry of a list, by its numbers before and after."""
        own = (*self.owners, _owner(f"{self.key}[]", "", before, after))
        return Spot(key=f"{self.key}[]", was=f"{self.was}[{was}]", now=f"{self.now}[{now}]", owners=own)


@frozen(kw_only=True)
class Touch:
    """One difference.

    Attributes:
        spot: Where it is.
        kind: What happened there.
        before: What was there, as plain data; nothing if it was added.
        after: What is there, as plain data; nothing if it was removed.
    """

    spot: Spot
    kind: Kind
    before: object
    after: object


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _owner(key: str, name: str, before: object, after: object) -> Owner:
    return Owner(key=key, name=name, before=_table(before), after=_table(after))


def _table(value: object) -> Part | None:
    return value if isinstance(value, Mapping) else None
