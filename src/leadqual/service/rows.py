"""The rows that a store keeps: whole numbers and texts only; what they mean is the service's business."""

from attrs import frozen


class Row:
    """A row of a store; what it holds may be personal, so that only its class is shown."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


@frozen(kw_only=True, repr=False)
class LeadRow(Row):
    """A lead.

    Attributes:
        lead_id: Its id.
        version: How often it was written.
        model: Fingerprint of the model by which it is scored.
        stage: Where it stands.
        into: The lead that goes on for it since a merge.
        due: When the next tick is due, in microseconds since 1970.
        held: ``"import"`` or ``"rescore"`` while its promotion waits for a release.
        record: Its record, as `Record.to_json` writes it.
    """

    lead_id: str
    version: int
    model: str
    stage: str
    into: str | None = None
    due: int | None = None
    held: str | None = None
    record: str


@frozen(kw_only=True, repr=False)
class EventRow(Row):
    """An event.

    Attributes:
        source: Its source.
        event_id: Its id.
        lead_id: The lead under which it came; after a merge still that one.
        at: When it was, in microseconds since 1970.
        known_at: When it became known.
        body: The event as JSON.
    """

    source: str
    event_id: str
    lead_id: str
    at: int
    known_at: int
    body: str


@frozen(kw_only=True, repr=False)
class FactRow(Row):
    """A fact.

    Attributes:
        lead_id: Whose it is.
        seq: Its number, from 1.
        known_at: When it became known, in microseconds since 1970.
        body: The fact as canonical JSON.
    """

    lead_id: str
    seq: int
    known_at: int
    body: str


@frozen(kw_only=True, repr=False)
class EffectRow(Row):
    """An effect in the outbox.

    Attributes:
        key: Identifies it for ever: the same whenever it is worked out again.
        lead_id: Whom it is about.
        name: Its kind.
        state: ``"waiting"``, ``"claimed"``, ``"done"``, ``"withdrawn"`` before it went, or ``"dead"``.
        ready_at: From when on it may be claimed, in microseconds since 1970; nothing once it is over.
        number: Its place among the effects of one command.
        attempts: How often it was claimed.
        token: Who holds it: changes with each claim.
        touch: The touch that it carries out, if it does.
        made_at: When it was decided.
        reason: Why it failed, or was withdrawn, in a short word.
        body: The effect as JSON.
    """

    key: str
    lead_id: str
    name: str
    state: str = "waiting"
    ready_at: int | None
    number: int = 0
    attempts: int = 0
    token: str | None = None
    touch: str | None = None
    made_at: int
    reason: str | None = None
    body: str


@frozen(kw_only=True, repr=False)
class KeyRow(Row):
    """By what a lead is known again.

    Attributes:
        digest: Keyed digest of an address, a number or a visitor.
        kind: What it is of: ``"email"``, ``"phone"`` or ``"visitor"``.
        lead_id: Whose it is.
    """

    digest: str
    kind: str
    lead_id: str


@frozen(kw_only=True, repr=False)
class CommandRow(Row):
    """A command that was carried out.

    Attributes:
        command_id: The id that the caller gave it.
        digest: Digest of what it said.
        lead_id: Whom it was about.
        at: When, in microseconds since 1970.
        answer: What came of it, as JSON.
    """

    command_id: str
    digest: str
    lead_id: str
    at: int
    answer: str


@frozen(kw_only=True, repr=False)
class SparedRow(Row):
    """An address to which nothing goes, whoever's it is; it stays when a lead is erased.

    Attributes:
        digest: Keyed digest of the address.
        channel: On which channel; ``"*"`` for all.
        purpose: For which purpose; ``"*"`` for all, nothing (an empty text) if the address is on a list.
        at: Since when, in microseconds since 1970.
    """

    digest: str
    channel: str
    purpose: str
    at: int


@frozen(kw_only=True, repr=False)
class ErasedRow(Row):
    """What is left of a lead that was erased.

    Attributes:
        digest: Keyed digest of its id, of an address or of the key of an event.
        at: When it was erased, in microseconds since 1970.
    """

    digest: str
    at: int


@frozen(kw_only=True, repr=False)
class NoteRow(Row):
    """Something that is kept once for a tenant.

    Attributes:
        name: Its name.
        value: What is kept.
    """

    name: str
    value: str
