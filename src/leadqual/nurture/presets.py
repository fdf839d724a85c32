"""Sets of windows and bases that come with leadqual, each written down from a published text at a stated date.

They are data to begin with, and no legal advice: whether they are right and enough for somebody is for that somebody
to find out. What a playbook says itself goes before them. A set never changes; another state of its source is a set of
another name.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import evolve, field, frozen

from leadqual.axis import copied, listed
from leadqual.errors import ModelError, Problem
from leadqual.hints import did_you_mean
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.purposes import touch_kind
from leadqual.nurture.settings import Nurture
from leadqual.nurture.windows import SendWindow

NOTICE: Final = "Data, not legal advice."
"""What goes with every set wherever it is shown."""
_WRITTEN: Final = date(2026, 11, 23)
_EEA: Final = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
"""The countries of the European Economic Area: the Union, Iceland, Liechtenstein and Norway."""


@frozen(kw_only=True)
class Preset:
    """A set of windows and bases.

    Attributes:
        name: Its name, which a playbook writes under ``presets``.
        source: What it was written down from.
        date: When it was.
        about: What it says, and what it leaves out, in a sentence or two.
        windows: By channel, when it may be used.
        bases: By which permission a lead may be touched.
        one_click: Channels whose marketing touches carry the data for leaving the list with one click (RFC 8058).
    """

    name: str
    source: str
    date: date
    about: str
    windows: Mapping[str, SendWindow] = field(factory=dict, converter=copied, hash=False)
    bases: tuple[BasisRule, ...] = field(default=(), converter=listed)
    one_click: tuple[str, ...] = field(default=(), converter=listed)


_BY_DAY: Final = SendWindow(hours=("08:00-21:00",))
_SETS: Final = (
    Preset(
        name="can-spam",
        source="CAN-SPAM Act of 2003, 15 U.S.C. 7704(a)(3) to (5), and 16 CFR 316.5",
        date=_WRITTEN,
        about=(
            "Commercial e-mail to the United States may go until the lead objects; each has to offer a way to, without "
            "a fee and on a single page. Ten business days are allowed to heed an objection; here it holds at once. "
            "The postal address and the honest subject that it needs too are the sender's."
        ),
        bases=(BasisRule(basis="opt_out", channels=("email",), countries=("US",)),),
    ),
    Preset(
        name="tcpa",
        source="Telephone Consumer Protection Act, 47 U.S.C. 227, and 47 CFR 64.1200(a), (c)(1) and (e)",
        date=_WRITTEN,
        about=(
            "Calls and texts go from 8:00 to 21:00 of the clock of whom they reach: there what is sold to homes and "
            "mobile phones, here all, to every lead in every country. Texts to the United States need consent; calls "
            "of machines, which need it too, are not told from others here. Ten business days are allowed to heed a "
            "withdrawal; here it holds at once. Registers of numbers that must not be called, and stricter rules of "
            "single states, are not known here."
        ),
        windows={"phone": _BY_DAY, "sms": _BY_DAY},
        bases=(BasisRule(basis="opt_in", channels=("sms",), countries=("US",)),),
    ),
    Preset(
        name="gdpr",
        source=(
            "Regulation (EU) 2016/679, Articles 6, 7 and 21, and Directive 2002/58/EC, Article 13, as amended by "
            "Directive 2009/136/EC"
        ),
        date=_WRITTEN,
        about=(
            "In the European Economic Area every touch that nobody asked for needs consent, by any channel. The "
            "directive asks for it where mail, texts and calls of machines reach people, and leaves calls by people, "
            "and what reaches companies, to each country. What a country permits beyond, such as similar products for "
            "one's own customers, and where it asks for a confirmed consent, is for the playbook to say."
        ),
        bases=(BasisRule(basis="opt_in", countries=_EEA),),
    ),
    Preset(
        name="rfc-8058",
        source="RFC 8058, Signaling One-Click Functionality for List Email Headers, January 2017",
        date=_WRITTEN,
        about=(
            "Marketing e-mail carries the data for the headers List-Unsubscribe and List-Unsubscribe-Post, by which "
            "a mail program leaves the list with one click, as large mailbox providers have asked since 2024 of those "
            "who send much. That the address is one of https and acts upon POST alone, and that a DKIM signature "
            "covers both headers, is the sender's."
        ),
        one_click=("email",),
    ),
)
PRESETS: Final[Mapping[str, Preset]] = {preset.name: preset for preset in _SETS}
"""The sets by name."""


def preset_problems(names: Any, where: str = "nurture.presets") -> Iterator[Problem]:
    """Yield which names are those of no set.

    Args:
        names: The names, as a playbook writes them.
        where: Their path.

    >>> [str(problem) for problem in preset_problems(["canspam"])]
    ["nurture.presets[0]: unknown preset (got 'canspam'). Did you mean `can-spam`?"]
    """
    for i, name in enumerate(names):
        if not isinstance(name, str) or name not in PRESETS:
            hint = did_you_mean(name, PRESETS)
            yield Problem(where=f"{where}[{i}]", what="unknown preset", got=name, hint=hint)


def with_presets(nurture: Nurture) -> Nurture:
    """Return settings with the windows and bases of the sets that they name.

    What the settings say themselves goes before: their window of a channel stands instead of a set's, and their rules
    of bases are asked first. Of two sets the one that is named first goes before likewise.

    Args:
        nurture: The settings.

    Raises:
        ModelError: If they name a set that does not exist.

    >>> settings = with_presets(Nurture(presets=["tcpa"], windows={"sms": SendWindow(hours=["10:00-12:00"])}))
    >>> settings.windows["phone"].hours, settings.windows["sms"].hours, len(settings.bases)
    (('08:00-21:00',), ('10:00-12:00',), 1)
    """
    problems = list(preset_problems(nurture.presets))
    if problems:
        raise ModelError(problems)
    windows, bases = dict(nurture.windows), list(nurture.bases)
    for name in dict.fromkeys(nurture.presets):
        preset = PRESETS[name]
        windows = {**preset.windows, **windows}
        bases += preset.bases
    return evolve(nurture, windows=windows, bases=bases)


def one_click(presets: Iterable[str], channel: str, purpose: str) -> bool:
    """Return whether a touch carries the data for leaving the list with one click.

    Args:
        presets: Names of sets that exist.
        channel: Channel of the touch.
        purpose: Its purpose; only marketing is sent to lists.

    >>> one_click(["rfc-8058"], "email", "newsletter"), one_click(["rfc-8058"], "email", "requested")
    (True, False)
    """
    return touch_kind(purpose) == "marketing" and any(channel in PRESETS[name].one_click for name in presets)
