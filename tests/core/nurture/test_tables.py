"""The tables of facts hold what they say, and nothing that the zone data does not know."""

from zoneinfo import available_timezones

import pytest

from leadqual.nurture.tables import dialling_codes, zones_by_country
from tests.house.zonetable import HEAD, TABLE, main, rendered


def test_table_of_zones_names_zones_that_exist():
    """Every zone is one of the database, and no country is without."""
    table = zones_by_country()
    assert all(zones and list(zones) == sorted(set(zones)) for zones in table.values())
    assert {zone for zones in table.values() for zone in zones} <= available_timezones()


def test_table_of_zones_names_countries_by_their_codes():
    """Two capital letters each, in order, and all countries that have clocks."""
    codes = list(zones_by_country())
    assert codes == sorted(codes)
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)
    assert len(codes) == 248


def test_table_of_zones_is_as_its_script_writes_it():
    """Nobody has changed the file by hand."""
    text = TABLE.read_text(encoding="utf-8")
    release = text.partition("release ")[2].partition(",")[0]
    assert text == rendered(dict(zones_by_country()), release)
    assert text.startswith(HEAD.format(release=release))


def test_script_writes_the_table_of_a_release_and_says_what_differs(tmp_path, capsys):
    """A release with one country gives a table of two: Kosovo is added."""
    (tmp_path / "tzdata.zi").write_text("# version 2031z\n", encoding="utf-8")
    (tmp_path / "zone.tab").write_text("# rows\nAD\t+4230+00131\tEurope/Andorra\n", encoding="utf-8")
    main(str(tmp_path))
    assert capsys.readouterr().out.splitlines()[2:] == ["AD\tEurope/Andorra", "XK\tEurope/Belgrade"]
    main(str(tmp_path), "--check")
    lines = capsys.readouterr().out.splitlines()
    assert "- ES\tAfrica/Ceuta Atlantic/Canary Europe/Madrid" in lines
    assert [line for line in lines if line.startswith("+") and "release 2031z" not in line] == []


def test_dialling_codes_lead_to_countries_with_clocks():
    """Every code is digits and names countries in order."""
    for code, countries in dialling_codes().items():
        assert code.isascii()
        assert code.isdigit()
        assert 1 <= len(code) <= 7
        assert list(countries) == sorted(set(countries))
        assert set(countries) <= set(zones_by_country())


def test_dialling_codes_reach_every_country_but_those_without_one():
    """No country is without a code but Pitcairn, the French southern lands and the outlying islands of the US."""
    reached = {country for countries in dialling_codes().values() for country in countries}
    assert set(zones_by_country()) - reached == {"PN", "TF", "UM"}


@pytest.mark.parametrize("code", ["800", "808", "870", "878", "881", "882", "883", "888", "979"])
def test_dialling_codes_leave_out_those_of_no_country(code):
    """Freephone, satellites and networks of no country tell nothing of where somebody is."""
    assert not [known for known in dialling_codes() if known.startswith(code)]
