"""Public holidays come from the `holidays` package, which is an extra."""

import sys
from datetime import UTC, date, datetime

import pytest

from leadqual.errors import MissingExtra, ModelError
from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.holidays import country_holidays


def problem_of(*what):
    """The one thing that is wrong."""
    with pytest.raises(ModelError) as caught:
        country_holidays(*what)
    (problem,) = caught.value.problems
    return str(problem)


def test_holidays_of_spain_are_holidays():
    """The Immaculate Conception and Christmas, and not the day after."""
    spain = country_holidays("ES")
    assert [date(2026, 12, day) in spain for day in (8, 9, 25, 28)] == [True, False, True, False]
    assert date(2027, 1, 6) in spain


def test_holidays_of_a_subdivision_come_on_top():
    """The second of May is a holiday in Madrid, by code or by name."""
    day = date(2025, 5, 2)
    assert day not in country_holidays("ES")
    assert day in country_holidays("ES", "MD")
    assert day in country_holidays("ES", "Madrid")
    assert date(2025, 12, 25) in country_holidays("ES", "MD")
    assert country_holidays("ES", "") == country_holidays("ES")


def test_holidays_that_are_made_up_for_count_unless_told_otherwise():
    """The Fourth of July of 2026 is a Saturday, and Friday is off."""
    assert date(2026, 7, 3) in country_holidays("US")
    assert date(2026, 7, 3) not in country_holidays("US", observed=False)
    assert date(2026, 7, 4) in country_holidays("US", observed=False)
    assert date(2021, 12, 31) in country_holidays("US")  # for New Year's Day of the next year


def test_holidays_are_dates_only():
    """Neither an instant nor a text is a holiday."""
    spain = country_holidays("ES")
    assert datetime(2026, 12, 25, tzinfo=UTC) not in spain
    assert "2026-12-25" not in spain


def test_holidays_that_the_package_does_not_know_are_none():
    """A century without data has no holidays; asking is no error."""
    assert date(2199, 12, 25) not in country_holidays("ES")


def test_country_may_have_no_holiday_in_a_year():
    """Those of Ukraine are no days off while martial law lasts; that is no reason to doubt its code."""
    assert date(2026, 12, 25) not in country_holidays("UA")


def test_holidays_of_two_calls_are_equal():
    """What has been looked up before has no effect."""
    asked = country_holidays("ES")
    assert date(2027, 1, 6) in asked
    assert asked == country_holidays("ES") != country_holidays("ES", "MD")


def test_business_time_skips_the_holidays_of_a_country():
    """Two hours from Monday evening go on on Wednesday when Tuesday is a holiday."""
    monday = datetime(2026, 12, 7, 17, tzinfo=UTC)
    spain = BusinessTime(holidays=country_holidays("ES"))
    assert spain.due(monday, Duration(2, "h")) == datetime(2026, 12, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize("country", ["", "XX", "date", "list_supported_countries", None, 34, ["ES"]])
def test_country_that_is_unknown_is_refused(country):
    """No name of the package itself is a country."""
    assert problem_of(country).endswith('Write an ISO 3166-1 code such as "ES".')


def test_country_in_small_letters_gets_a_did_you_mean():
    """Codes are written in capitals."""
    assert problem_of("es") == "country: unknown country (got 'es'). Did you mean `ES`?"


def test_subdivision_that_is_unknown_gets_a_hint():
    """A close one is offered; a country without any is said to have none."""
    assert problem_of("ES", "Madri") == ("subdivision: unknown subdivision (got 'Madri'). Did you mean `Madrid`?")
    assert problem_of("ES", "ZZZZ").startswith(
        "subdivision: unknown subdivision (got 'ZZZZ'). Known: AN, AR, AS, Andalucía, Aragón, "
    )
    assert problem_of("VA", "Rome") == "subdivision: unknown subdivision (got 'Rome'). VA has none."


@pytest.mark.parametrize("subdivision", [7, ["MD"]])
def test_subdivision_that_is_no_name_is_refused(subdivision):
    """Whatever the package makes of it, a model error comes out."""
    assert problem_of("ES", subdivision).startswith("subdivision: unknown subdivision")


def test_holidays_without_the_package_say_which_extra_to_install(monkeypatch):
    """The error is the line to run."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(MissingExtra) as caught:
        country_holidays("ES")
    assert str(caught.value) == "Public holidays need the holidays package: pip install 'leadqual[holidays]'"
