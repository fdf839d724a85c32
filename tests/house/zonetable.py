"""Write the table of the zones of each country from a release of the time zone database.

From the root, with the folder of an unpacked release or of the ``tzdata`` package::

    python -m tests.house.zonetable FOLDER > src/leadqual/nurture/country_zones.tab
    python -m tests.house.zonetable FOLDER --check

The second says how the table differs from a release.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "src" / "leadqual" / "nurture" / "country_zones.tab"
ADDED = {"XK": ("Europe/Belgrade",)}
"""Countries that the database does not name: Kosovo, whose code is in use and not in ISO 3166-1."""
HEAD = """\
# The zones of each country, by ISO 3166-1 code: zone.tab of the IANA time zone database, release {release},
# which is in the public domain; the database has no row for XK (Kosovo). Made by tests/house/zonetable.py.
"""


def rows(text: str) -> dict[str, tuple[str, ...]]:
    r"""Return the zones by country of a ``zone.tab``, both in alphabetical order.

    >>> rows("#country\nES\t+4024-00341\tEurope/Madrid\tmainland\nES\t+3553-00519\tAfrica/Ceuta\n")
    {'ES': ('Africa/Ceuta', 'Europe/Madrid')}
    """
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found.setdefault(country, set()).add(zone)
    return {country: tuple(sorted(zones)) for country, zones in sorted(found.items())}


def rendered(table: dict[str, tuple[str, ...]], release: str) -> str:
    """Return the table as it is kept."""
    lines = [f"{country}\t{' '.join(zones)}\n" for country, zones in sorted((table | ADDED).items())]
    return HEAD.format(release=release) + "".join(lines)


def main(folder: str, *options: str) -> int:
    """Write the table of a release, or what differs from it."""
    release = Path(folder, "tzdata.zi").read_text(encoding="utf-8").splitlines()[0].removeprefix("# version ")
    made = rendered(rows(Path(folder, "zone.tab").read_text(encoding="utf-8")), release)
    if "--check" not in options:
        sys.stdout.write(made)
        return 0
    here, there = (set(text.splitlines()) for text in (TABLE.read_text(encoding="utf-8"), made))
    for mark, lines in (("-", here - there), ("+", there - here)):
        for line in sorted(lines):
            print(mark, line)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
