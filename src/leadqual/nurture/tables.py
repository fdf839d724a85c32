"""The tables of facts beside this file: zones by country, countries by dialling code."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def zones_by_country() -> Mapping[str, tuple[str, ...]]:
    """Return the IANA names of the zones of each country, by ISO 3166-1 code, in alphabetical order.

    >>> zones_by_country()["MX"][-1]
    'America/Tijuana'
    """
    return _table("country_zones.tab")


@lru_cache(maxsize=1)
def dialling_codes() -> Mapping[str, tuple[str, ...]]:
    """Return the countries of each international dialling code, by its digits.

    >>> dialling_codes()["7"], dialling_codes()["77"]
    (('RU',), ('KZ',))
    """
    return _table("dialling_codes.tab")


def _table(name: str) -> dict[str, tuple[str, ...]]:
    lines = files("leadqual.nurture").joinpath(name).read_text(encoding="utf-8").splitlines()
    parts = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {key: tuple(words.split(" ")) for key, _, words in parts}
