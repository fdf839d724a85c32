"""Where a lead's clock may hang."""

from zoneinfo import ZoneInfo

import pytest

from leadqual import ModelError
from leadqual.nurture.zones import (
    CandidateZones,
    candidate_zones,
    country_code,
    country_zones,
    market_problems,
    market_zones,
    possible_countries,
    zones_named,
)

SPAIN = ("Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ES", "ES"),
        ("es", "ES"),
        ("Es", "ES"),
        ("UK", "GB"),
        ("el", "GR"),
        ("XK", "XK"),
        ("ESP", None),
        ("Spain", None),
        ("ZZ", None),
        ("BV", None),
        ("ß", None),
        ("ſe", None),
        ("", None),
        (None, None),
        (34, None),
    ],
)
def test_country_is_known_by_its_code(text, code):
    """In any case; names, other codes and countries without clocks are unknown."""
    assert country_code(text) == code


def test_country_zones_are_all_of_its_own():
    """Islands and exclaves count: a lead may live there."""
    assert country_zones("es") == SPAIN
    assert country_zones("Spain") == ()
    assert len(country_zones("US")) == 29


@pytest.mark.parametrize(
    ("known", "zones", "source"),
    [
        ({"zone": "Asia/Tokyo", "country": "ES", "phone": "+52 1", "markets": ["PE"]}, ("Asia/Tokyo",), "lead"),
        ({"zone": "UTC"}, ("UTC",), "lead"),
        ({"country": "ES", "phone": "+52 1", "markets": ["PE"]}, SPAIN, "country"),
        ({"zone": "Europe/Madird", "country": "ES"}, SPAIN, "country"),
        ({"zone": "", "country": "ES"}, SPAIN, "country"),
        ({"country": "España", "phone": "+34 600 000 000"}, SPAIN, "phone"),
        ({"phone": "+34 600 000 000", "markets": ["PE"]}, SPAIN, "phone"),
        ({"phone": "600 000 000", "markets": ["PE", "Europe/Madrid"]}, ("America/Lima", "Europe/Madrid"), "markets"),
        ({"markets": ["PE", "pe", "America/Lima"]}, ("America/Lima",), "markets"),
        ({"markets": ["Latam"]}, (), None),
        ({}, (), None),
    ],
)
def test_candidate_zones_come_from_the_best_that_is_known(known, zones, source):
    """Its own zone, else its country's, else its phone's, else the markets'; what cannot be read is unknown."""
    assert candidate_zones(**known) == CandidateZones(zones=zones, source=source)


def test_candidate_zones_of_a_shared_dialling_code_are_those_of_all_its_countries():
    """Who calls from +1 may be in Newfoundland or in Hawaii."""
    zones = candidate_zones(phone="+1 212 555 0100").zones
    assert {"America/St_Johns", "Pacific/Honolulu"} <= set(zones)
    assert set(zones) == {*country_zones("US"), *country_zones("CA")}


@pytest.mark.parametrize(
    ("country", "phone", "possible"),
    [("uk", "+34 6", ("GB",)), (None, "+590 1", ("BL", "GP", "MF")), ("France", None, ())],
)
def test_possible_countries_are_the_lead_s_own_or_those_of_its_phone(country, phone, possible):
    """Nothing else tells where a lead may be."""
    assert possible_countries(country=country, phone=phone) == possible


@pytest.mark.parametrize(
    ("market", "zones"),
    [("ES", SPAIN), ("America/Lima", ("America/Lima",)), ("NZ", ("Pacific/Auckland", "Pacific/Chatham")), ("x", ())],
)
def test_market_is_a_country_or_a_zone(market, zones):
    """A code of a country is one, also where a zone has the same name."""
    assert market_zones(market) == zones


@pytest.mark.parametrize(
    ("market", "hint"),
    [
        ("ES", None),
        ("Europe/Madrid", None),
        ("Europe/Madird", "Did you mean `Europe/Madrid`?"),
        ("Spain", 'Write the ISO 3166-1 code of a country, such as "ES", or a zone, such as "Europe/Madrid".'),
        (7, 'Write the ISO 3166-1 code of a country, such as "ES", or a zone, such as "Europe/Madrid".'),
    ],
)
def test_market_that_is_neither_is_a_problem(market, hint):
    """The hint says what may stand there."""
    found = list(market_problems(market, "markets[0]"))
    assert [problem.hint for problem in found] == ([hint] if hint else [])
    for problem in found:
        assert str(problem).startswith(
            f"markets[0]: unknown {'zone' if '/' in str(market) else 'market'} (got {market!r}"
        )


def test_zones_are_found_by_name():
    """In their order."""
    assert zones_named(["Asia/Tokyo", "Europe/Madrid"]) == (ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Madrid"))


def test_zones_are_found_by_name_however_many_are_asked_for():
    """What is kept for the next question is dropped now and then, and found again."""
    few = [f"Etc/GMT{sign}{hours}" for sign in "+-" for hours in range(1, 13)]
    asked = [(one, other, third) for one in few for other in few for third in few[:8]]
    assert len(asked) > 4_096
    zones = {name: ZoneInfo(name) for name in few}
    for _ in range(2):
        assert [zones_named(names) for names in asked] == [tuple(zones[name] for name in names) for names in asked]


@pytest.mark.parametrize(
    ("names", "wrong"), [((), ["zones"]), (("Mars/Olympus", "UTC", 7, "x"), ["zones[0]", "zones[2]", "zones[3]"])]
)
def test_zones_that_are_none_are_refused(names, wrong):
    """Each is told, and so is that there is none at all."""
    with pytest.raises(ModelError) as caught:
        zones_named(names)
    assert [problem.where for problem in caught.value.problems] == wrong


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"zones": 7}, ["zones"]),
        ({"zones": ["Mars/Olympus", 7], "source": "lead"}, ["zones[0]", "zones[1]"]),
        ({"zones": ["UTC"]}, ["source"]),
        ({"zones": ["x"], "source": "guess"}, ["zones[0]", "source"]),
        ({"source": "lead"}, ["source"]),
    ],
)
def test_candidate_zones_are_checked(given, wrong):
    """All that is wrong is told at once."""
    with pytest.raises(ModelError) as caught:
        CandidateZones(**given)
    assert [problem.where for problem in caught.value.problems] == wrong


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: CandidateZones(zones=["UTC"]),
            "source: no source of these zones (got None). Pass one of: lead, country, phone, markets.",
        ),
        (
            lambda: CandidateZones(source="lead"),
            "source: no source of these zones (got 'lead'). Pass a source with zones only.",
        ),
        (
            lambda: CandidateZones(zones=["Europe/Madird"], source="lead"),
            "zones[0]: unknown zone (got 'Europe/Madird'). Did you mean `Europe/Madrid`?",
        ),
        (
            lambda: zones_named(["Europe/Madird"]),
            "zones[0]: unknown zone (got 'Europe/Madird'). Did you mean `Europe/Madrid`?",
        ),
        (lambda: zones_named([]), "zones: a zone was expected (got a list of 0). Pass at least one."),
    ],
)
def test_zones_that_are_wrong_are_explained(make, message):
    """What came, and what may stand there."""
    with pytest.raises(ModelError) as caught:
        make()
    assert str(caught.value) == message
