"""Facts of what is known of a lead, and of how it is scored."""

from typing import ClassVar, Literal

from attrs import field, frozen

from leadqual.event import Key
from leadqual.lifecycle.facts.base import Fact


@frozen(kw_only=True, slots=False)
class ProfileChanged(Fact):
    """A lead's profile is another one.

    Attributes:
        names: Names of what differs, without the values.
        gates: Reasons of the gates that hold now.
        acquisition: How it was won, as the profile now says.
    """

    name: ClassVar[str] = "profile_changed"
    names: tuple[str, ...] = ()
    acquisition: str | None = None
    gates: tuple[str, ...] = ()


@frozen(kw_only=True, slots=False)
class ConsentChanged(Fact):
    """A lead gave, confirmed or withdrew a consent.

    Attributes:
        channel: On which channel.
        purpose: To which purpose.
        given: Whether it consents from then on.
        confirmed: Whether it has confirmed the consent, as in a double opt-in.
        source: Where that was taken down, such as a form.
        wording: Which version of the text it was about.
    """

    name: ClassVar[str] = "consent_changed"
    channel: str
    purpose: str
    given: bool
    confirmed: bool = False
    source: str | None = field(default=None, repr=False)
    wording: str | None = field(default=None, repr=False)


@frozen(kw_only=True, slots=False)
class Flagged(Fact):
    """An event was flagged, or a flag lifted.

    Attributes:
        key: The event.
        flag: ``bot``, ``test`` or ``duplicate``.
        on: Whether it is flagged from then on.
    """

    name: ClassVar[str] = "flagged"
    key: Key
    flag: str
    on: bool


@frozen(kw_only=True, slots=False)
class Refolded(Fact):
    """A lead's events were folded anew; its stage stays as it is.

    Attributes:
        model: Fingerprint of the model.
    """

    name: ClassVar[str] = "refolded"
    model: str


@frozen(kw_only=True, slots=False)
class ReviewOpened(Fact):
    """A person should look whether the stage is still right; nobody is moved by a flag or by a model.

    Attributes:
        because: ``"flag"`` or ``"model"``.
    """

    name: ClassVar[str] = "review_opened"
    because: Literal["flag", "model"]
