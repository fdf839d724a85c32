"""Public holidays of a country, from the `holidays` package."""

from collections.abc import Container
from datetime import date, datetime

from attrs import field, frozen

from leadqual.errors import MissingExtra, ModelError, Problem
from leadqual.hints import did_you_mean


@frozen(kw_only=True)
class _CountryHolidays:
    """The holidays of one country; a year is looked up once, whole, so that threads may share it."""

    country: str
    subdivision: str | None
    observed: bool
    _years: dict[int, frozenset[date]] = field(init=False, factory=dict, eq=False, repr=False)

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date) or isinstance(day, datetime):
            return False
        known = self._years.get(day.year)
        if known is None:
            known = self._years[day.year] = self.look_up(day.year)
        return day in known

    def look_up(self, year: int) -> frozenset[date]:
        import holidays

        return frozenset(
            holidays.country_holidays(
                self.country, subdiv=self.subdivision, years=year, expand=False, observed=self.observed
            )
        )


def country_holidays(country: str, subdivision: str | None = None, *, observed: bool = True) -> Container[date]:
    """Return the public holidays of a country, for `BusinessTime`.

    It needs the extra ``leadqual[holidays]``. What it answers comes from that package and changes with its versions;
    in years that it does not know for a country, no day is a holiday.

    Args:
        country: ISO 3166-1 code, such as ``"ES"``.
        subdivision: Code or name of a region, such as ``"MD"``; without it, only the holidays of the whole country.
        observed: Whether a day on which a holiday is made up for, such as a Monday, is one too.

    Returns:
        A container of dates.

    Raises:
        MissingExtra: If the `holidays` package is not installed.
        ModelError: If it does not know the country or the subdivision.

    >>> date(2026, 12, 25) in country_holidays("ES")
    True
    """
    try:
        import holidays
    except ImportError:
        raise MissingExtra("Public holidays need the holidays package: pip install 'leadqual[holidays]'") from None
    countries = holidays.list_supported_countries()
    if not isinstance(country, str) or country not in countries:
        code = country.upper() if isinstance(country, str) else ""
        hint = f"Did you mean `{code}`?" if code in countries else 'Write an ISO 3166-1 code such as "ES".'
        raise ModelError([Problem(where="country", what="unknown country", got=country, hint=hint)])
    found = _CountryHolidays(country=country, subdivision=subdivision or None, observed=observed)
    try:
        known = isinstance(subdivision, str | None)
        if known:
            found.look_up(2026)  # any year: a subdivision that does not exist shows with the first
    except NotImplementedError:
        known = False
    if not known:
        aliases = holidays.country_holidays(country).get_subdivision_aliases()
        names = [name for code, others in aliases.items() for name in (code, *others)]
        hint = did_you_mean(subdivision, names) or f"{country} has none."
        raise ModelError([Problem(where="subdivision", what="unknown subdivision", got=subdivision, hint=hint)])
    return found
