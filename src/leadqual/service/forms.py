"""A form that was filled in, a badge that was scanned, a call that came in: what is known of whoever it was."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, Literal

from attrs import field, frozen

from leadqual.errors import Kind, Problem, kind_of
from leadqual.event import Event
from leadqual.hints import did_you_mean
from leadqual.lead import ACQUISITIONS
from leadqual.lifecycle.inputchecks import instant, refuse, words
from leadqual.lifecycle.inputs import ConsentChange
from leadqual.service.arguments import long_problem
from leadqual.texts import word_problem

INTENTS: Final = ("information", "purchase")
"""What somebody may want who fills in a form."""
_NOTHING: Final[Mapping[str, object]] = {}


@frozen(kw_only=True)
class Form:
    """What came in by a form, a scan or a call, and what is known of whoever it was: it may be next to nothing.

    The moment is an event, with `form`, `page`, `placement`, `offer` and `intent` among its properties; the person is
    a lead, once there is anything to know it by again.

    Attributes:
        id: Unique within its source; one that comes again is the same.
        at: When it was, aware.
        kind: What happened, as rules name it.
        source: Which system gave the id.
        lead_id: The lead, where the host knows it, or the id that it is to have.
        email: Its address.
        phone: Its number.
        visitor: What it is known by as long as nobody knows who it is, such as the value of a cookie.
        form: Name of the form.
        page: Where the form stands.
        placement: How it stands there: a pop-up, a footer, a landing page.
        offer: What it is given in exchange.
        intent: ``"information"`` or ``"purchase"``.
        properties: More about the moment.
        attributes: The answers, by the names of attributes; what was left empty is left out.
        company_id: The company it belongs to.
        acquisition: ``"inbound"``, ``"outbound"`` or ``"partner"``.
        channel: Where it was met: website, linkedin, event, …
        campaign: Campaign, buyer or list, the lead's source.
        zone: IANA zone of the lead.
        language: Language tag.
        consents: What it agreed to, or withdrew, with it.

    Raises:
        InputRefused: With every problem, if a field is wrong.
        InstantError: If `at` is naive or out of range.
    """

    id: str
    at: datetime = field(converter=instant)
    kind: str = "form"
    source: str = "forms"
    lead_id: str | None = None
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    visitor: str | None = field(default=None, repr=False)
    form: str | None = None
    page: str | None = field(default=None, repr=False)
    placement: str | None = None
    offer: str | None = None
    intent: Literal["information", "purchase"] | None = None
    properties: Mapping[str, object] = field(default=_NOTHING, repr=False)
    attributes: Mapping[str, object] = field(default=_NOTHING, repr=False)
    company_id: str | None = field(default=None, repr=False)
    acquisition: Literal["inbound", "outbound", "partner"] = "inbound"
    channel: str | None = None
    campaign: str | None = field(default=None, repr=False)
    zone: str | None = None
    language: str | None = None
    consents: tuple[ConsentChange, ...] = field(default=(), repr=False)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def event(self, lead_id: str) -> Event:
        """Return the moment as an event.

        Args:
            lead_id: Whose it is.
        """
        said = ("form", self.form), ("page", self.page), ("placement", self.placement), ("offer", self.offer)
        context = {name: word for name, word in (*said, ("intent", self.intent)) if word}
        properties = {**self.properties, **context}
        return Event(id=self.id, source=self.source, lead_id=lead_id, kind=self.kind, at=self.at, properties=properties)

    def _problems(self) -> Iterator[Problem]:
        for name, word in (("id", self.id), ("kind", self.kind), ("source", self.source)):
            yield from word_problem(word, name)
        for name, key in (("id", self.id), ("source", self.source), ("lead_id", self.lead_id)):
            yield from long_problem(key if isinstance(key, str) else None, name)
        yield from words(
            lead_id=self.lead_id, email=self.email, phone=self.phone, visitor=self.visitor, form=self.form,
            page=self.page, placement=self.placement, offer=self.offer, company_id=self.company_id,
            channel=self.channel, campaign=self.campaign, zone=self.zone, language=self.language,
        )  # fmt: skip
        if self.at is None:
            yield Problem(where="at", what="an instant was expected", got=Kind("nothing"), hint="Say when it was.")
        if self.intent is not None and self.intent not in INTENTS:
            yield _no_word("intent", self.intent, INTENTS)
        if self.acquisition not in ACQUISITIONS:
            yield _no_word("acquisition", self.acquisition, ACQUISITIONS)
        for name, table in (("properties", self.properties), ("attributes", self.attributes)):
            if not isinstance(table, Mapping):
                yield Problem(where=name, what="a mapping was expected", got=kind_of(table), hint="Pass a dict.")
        if not isinstance(self.consents, tuple) or any(not isinstance(one, ConsentChange) for one in self.consents):
            hint = "Pass a tuple of ConsentChange."
            yield Problem(where="consents", what="consents were expected", got=kind_of(self.consents), hint=hint)


def _no_word(where: str, got: object, known: tuple[str, ...]) -> Problem:
    return Problem(where=where, what="a known word was expected", got=kind_of(got), hint=did_you_mean(got, known))
