"""Where a lead's clock may hang: its own zone, else its country's, its phone's or the markets' zones."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Final, Literal

from attrs import field, frozen

from leadqual.axis import container_problems, listed
from leadqual.errors import MOST_PROBLEMS, ModelError, Problem
from leadqual.lifecycle.zones import zone_named, zone_problems
from leadqual.nurture.phones import phone_countries
from leadqual.nurture.tables import zones_by_country

SOURCES: Final = ("lead", "country", "phone", "markets")
"""What the zones of a lead are taken from, best first."""
_ALIASES: Final = {"UK": "GB", "EL": "GR"}
"""Codes that are in use for a country besides its own, and that no other country has."""
_MOST_KNOWN: Final = 4_096
_KNOWN: Final[dict[tuple[str, ...], tuple[tzinfo, ...]]] = {}
"""Zones by their names, as they were asked for together."""


@frozen(kw_only=True)
class CandidateZones:
    """The zones in which a lead may be; what is sent by its clock has to suit all of them.

    Attributes:
        zones: IANA names; none if nothing is known of the lead that tells.
        source: What they are taken from: the lead's own zone, its country, its phone number, or the markets.

    Raises:
        ModelError: With every problem, if a zone is none, or if they do not come with a source.
    """

    zones: tuple[str, ...] = field(default=(), converter=listed)
    source: Literal["lead", "country", "phone", "markets"] | None = None

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ModelError(problems)

    def _problems(self) -> Iterator[Problem]:
        yield from container_problems([("zones", self.zones, tuple)])
        if not isinstance(self.zones, tuple):
            return
        for i, name in enumerate(self.zones[:MOST_PROBLEMS]):
            if not isinstance(name, str) or zone_named(name) is None:
                yield from zone_problems(name, f"zones[{i}]")
        if self.source not in (SOURCES if self.zones else (None,)):
            hint = f"Pass one of: {', '.join(SOURCES)}." if self.zones else "Pass a source with zones only."
            yield Problem(where="source", what="no source of these zones", got=self.source, hint=hint)


def country_code(text: str | None) -> str | None:
    """Return a country's ISO 3166-1 code, in capitals, if the text is one of a country that has clocks.

    ``UK`` and ``EL`` are understood as ``GB`` and ``GR``; names of countries are not understood.

    >>> country_code("es"), country_code("UK"), country_code("Spain")
    ('ES', 'GB', None)
    """
    code = text.upper() if isinstance(text, str) and text.isascii() else ""
    code = _ALIASES.get(code, code)
    return code if code in zones_by_country() else None


def possible_countries(*, country: str | None = None, phone: str | None = None) -> tuple[str, ...]:
    """Return the countries in which a lead may be: its own, else those of its phone number.

    Args:
        country: ISO 3166-1 code of its country.
        phone: Its number, with ``+`` or ``00``.

    Returns:
        ISO 3166-1 codes; none if nothing is known that tells.

    >>> possible_countries(country="es", phone="+1 212 555 0100"), possible_countries(phone="+1 212 555 0100")
    (('ES',), ('CA', 'US'))
    """
    code = country_code(country)
    return phone_countries(phone) if code is None else (code,)


def country_zones(country: str | None) -> tuple[str, ...]:
    """Return the zones of a country, in alphabetical order; none if the text is no code of a country.

    A zone that this machine's zone data does not know yet is left out: there, the clocks of another zone of the same
    country still stand for it.

    >>> country_zones("ES")
    ('Africa/Ceuta', 'Atlantic/Canary', 'Europe/Madrid')
    """
    code = country_code(country)
    return () if code is None else tuple(name for name in zones_by_country()[code] if zone_named(name) is not None)


def candidate_zones(
    *, zone: str | None = None, country: str | None = None, phone: str | None = None, markets: Iterable[str] = ()
) -> CandidateZones:
    """Return the zones in which a lead may be, from the best that is known of it.

    The first of these that names a zone decides: its own zone, its country, its phone number, the markets. A zone that
    is none, a country that is no code and a number without a country are as unknown as none at all.

    Args:
        zone: IANA name of the lead's own zone.
        country: ISO 3166-1 code of its country.
        phone: Its number, with ``+`` or ``00``.
        markets: The playbook's markets: codes of countries, or names of zones.

    >>> candidate_zones(country="PT", phone="+34 600 000 000")
    CandidateZones(zones=('Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon'), source='country')
    """
    if zone is not None and zone_named(zone) is not None:
        return CandidateZones(zones=(zone,), source="lead")
    found = country_zones(country)
    if found:
        return CandidateZones(zones=found, source="country")
    found = tuple(name for other in phone_countries(phone) for name in country_zones(other))
    if found:
        return CandidateZones(zones=found, source="phone")
    found = tuple(dict.fromkeys(name for market in markets for name in market_zones(market)))
    return CandidateZones(zones=found, source="markets") if found else CandidateZones()


def market_zones(market: str) -> tuple[str, ...]:
    """Return the zones of a market: those of a country, or a zone itself; none if it is neither.

    >>> market_zones("PE"), market_zones("America/Bogota"), market_zones("Latam")
    (('America/Lima',), ('America/Bogota',), ())
    """
    zones = country_zones(market)
    return zones if zones or zone_named(market) is None else (market,)


def zones_named(names: Iterable[str]) -> tuple[tzinfo, ...]:
    """Return the zones of IANA names.

    Args:
        names: At least one.

    Raises:
        ModelError: With every problem, if a zone is none, or if there is none at all.

    >>> [str(zone) for zone in zones_named(["Europe/Madrid"])]
    ['Europe/Madrid']
    """
    asked = tuple(names)
    known = _KNOWN.get(asked) if all(type(name) is str for name in asked) else None
    if known is not None:
        return known
    found = tuple((name, zone_named(name) if isinstance(name, str) else None) for name in asked)
    zones = tuple(zone for _, zone in found if zone is not None)
    if not found:
        raise ModelError([Problem(where="zones", what="a zone was expected", got=(), hint="Pass at least one.")])
    if len(zones) < len(found):
        raise ModelError(
            problem
            for i, (name, zone) in enumerate(found)
            if zone is None
            for problem in zone_problems(name, f"zones[{i}]")
        )
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[asked] = zones
    return zones


def market_problems(market: object, where: str) -> Iterator[Problem]:
    """Yield the problem of a market that is neither a country nor a zone.

    Args:
        market: What came.
        where: Its path.

    >>> [problem.hint for problem in market_problems("Europe/Madird", "markets[0]")]
    ['Did you mean `Europe/Madrid`?']
    """
    if isinstance(market, str) and market_zones(market):
        return
    if isinstance(market, str) and "/" in market:
        yield from zone_problems(market, where)
        return
    hint = 'Write the ISO 3166-1 code of a country, such as "ES", or a zone, such as "Europe/Madrid".'
    yield Problem(where=where, what="unknown market", got=market, hint=hint)
