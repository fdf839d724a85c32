"""A person or company that showed interest, or that we approach."""

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import datetime
from typing import Final, Literal

from attrs import field, frozen

from leadqual.calendar import utc
from leadqual.errors import InstantError, Kind, LeadError, Problem, kind_of
from leadqual.texts import word_problem

KINDS: Final = ("person", "company")
ACQUISITIONS: Final = ("inbound", "outbound", "partner")
BUILT_IN: Final[Mapping[str, str]] = {
    "id": "text",
    "kind": "text",
    "email": "text",
    "phone": "text",
    "company_id": "text",
    "acquisition": "text",
    "channel": "text",
    "source": "text",
    "zone": "text",
    "language": "text",
    "created_at": "instant",
}
"""What every condition on a lead may read without declaring it, with its type."""
_NOTHING: Final[Mapping[str, object]] = {}


def _ids(value: object) -> object:
    return tuple(value) if isinstance(value, list | set | frozenset) else value


@frozen(kw_only=True, repr=False)
class Lead:
    """A person or company that showed interest and left contact data, or a prospect that may not know us yet.

    Everything but the id may be unknown; what is unknown is ``None`` (or an empty text), never a guess.

    Attributes:
        id: The lead's id in the host's base, as text.
        kind: ``"person"`` or ``"company"``.
        email: Its address; read by conditions such as ``domain_in``.
        phone: Its number, as text.
        company_id: The company it belongs to.
        acquisition: ``"inbound"``, ``"outbound"`` or ``"partner"``.
        channel: Where it was met: website, linkedin, event, …
        source: Campaign, buyer or list.
        zone: IANA zone name, such as ``"Europe/Madrid"``.
        language: Language tag.
        created_at: When it became a lead; kept in UTC.
        since: Events before this instant do not count; set when a recycled lead starts anew.
        stage: Stage that a bare score reads; a qualifier keeps its own.
        merged_ids: Other ids under which events of this lead came, after merges.
        attributes: The declared attributes by name.
        row: Attributes and the fields that conditions read, by name, as they were when the lead was made.

    Raises:
        LeadError: With every problem, if a field is wrong.

    >>> Lead(id="L1", email="a@b.example", attributes={"job_title": "CTO"})
    Lead(id='L1')
    """

    id: str
    kind: Literal["person", "company"] | None = None
    email: str | None = None
    phone: str | None = None
    company_id: str | None = None
    acquisition: Literal["inbound", "outbound", "partner"] | None = None
    channel: str | None = None
    source: str | None = None
    zone: str | None = None
    language: str | None = None
    created_at: datetime | None = None
    since: datetime | None = None
    stage: str | None = None
    merged_ids: tuple[str, ...] = field(default=(), converter=_ids)
    attributes: Mapping[str, object] = field(default=_NOTHING, hash=False)
    row: Mapping[str, object] = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        for name, at in (("created_at", self.created_at), ("since", self.since)):
            if at is None:
                continue
            try:
                object.__setattr__(self, name, utc(at, name))
            except InstantError as error:
                problems += error.problems
        if problems:
            raise LeadError(problem.under("lead") for problem in problems)
        row = {name: value for name, value in self._fields() if value is not None}
        object.__setattr__(self, "row", {**self.attributes, **row})

    def __repr__(self) -> str:
        return f"Lead(id={self.id!r})"

    def counting_from(self, since: datetime | None) -> "Lead":
        """Return the same lead whose events count from an instant on.

        Args:
            since: The instant, in UTC; ``None`` if all count.
        """
        other = copy(self)
        object.__setattr__(other, "since", since)
        return other

    def _fields(self) -> tuple[tuple[str, object], ...]:
        return (
            ("id", self.id),
            ("kind", self.kind),
            ("email", self.email),
            ("phone", self.phone),
            ("company_id", self.company_id),
            ("acquisition", self.acquisition),
            ("channel", self.channel),
            ("source", self.source),
            ("zone", self.zone),
            ("language", self.language),
            ("created_at", self.created_at),
        )

    def _problems(self) -> Iterator[Problem]:
        yield from word_problem(self.id, "id")
        for name, text in (
            ("email", self.email),
            ("phone", self.phone),
            ("company_id", self.company_id),
            ("channel", self.channel),
            ("source", self.source),
            ("zone", self.zone),
            ("language", self.language),
            ("stage", self.stage),
        ):
            yield from word_problem(text, name, optional=True)
        for name, word, known in (("kind", self.kind, KINDS), ("acquisition", self.acquisition, ACQUISITIONS)):
            if word is not None and not (type(word) is str and word in known):
                hint = f"Write one of: {', '.join(known)}; or leave it out."
                yield Problem(where=name, what="a known word was expected", got=kind_of(word), hint=hint)
        if not isinstance(self.merged_ids, tuple):
            got = Kind(type(self.merged_ids).__name__)
            yield Problem(where="merged_ids", what="a tuple of ids was expected", got=got, hint="Pass a tuple of str.")
        else:
            for i, merged in enumerate(self.merged_ids):
                yield from word_problem(merged, f"merged_ids[{i}]")
        if not isinstance(self.attributes, Mapping):
            got = Kind(type(self.attributes).__name__)
            yield Problem(where="attributes", what="a mapping was expected", got=got, hint="Pass a dict.")
            return
        for name in sorted(BUILT_IN.keys() & self.attributes.keys()):
            hint = f"Pass it as Lead({name}=…)."
            yield Problem(
                where=f"attributes.{name}", what="this is a field of every lead", got=Kind("an attribute"), hint=hint
            )
