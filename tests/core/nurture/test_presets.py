"""Sets of windows and bases that come with leadqual."""

from datetime import date, datetime

import pytest

from leadqual import ModelError
from leadqual.nurture.basis import Bases, BasisRule
from leadqual.nurture.presets import NOTICE, PRESETS, one_click, preset_problems, with_presets
from leadqual.nurture.settings import Nurture
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import country_zones

ALL = ("can-spam", "tcpa", "gdpr", "rfc-8058")
UNION = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip


def basis(presets, channel, purpose, country):
    """Return what a touch needs under sets of rules."""
    return Bases(rules=with_presets(Nurture(presets=presets)).bases).of(channel, purpose, [country])


def test_presets_tell_their_name_source_date_and_what_they_leave_out():
    """They are data, and no legal advice."""
    assert tuple(PRESETS) == ALL
    assert NOTICE == "Data, not legal advice."
    for name, preset in PRESETS.items():
        assert preset.name == name
        assert preset.date == date(2026, 11, 23)
        assert len(preset.source) > 30
        assert preset.about.endswith(".")
    assert [preset.source.partition(",")[0] for preset in PRESETS.values()] == [
        "CAN-SPAM Act of 2003",
        "Telephone Consumer Protection Act",
        "Regulation (EU) 2016/679",
        "RFC 8058",
    ]


@pytest.mark.parametrize("name", ALL)
def test_presets_set_nothing_beyond_what_they_are_about(name):
    """Windows, bases and the one click each come from the set that names its source."""
    preset = PRESETS[name]
    assert bool(preset.windows) == (name == "tcpa")
    assert len(preset.bases) == (name != "rfc-8058")
    assert preset.one_click == (("email",) if name == "rfc-8058" else ())


@pytest.mark.parametrize(
    ("name", "channel", "purpose", "country", "needed"),
    [
        ("can-spam", "email", "newsletter", "US", "opt_out"),
        ("can-spam", "email", "sales", "US", "opt_out"),
        ("can-spam", "email", "requested", "US", "none"),
        ("can-spam", "sms", "newsletter", "US", "opt_in"),
        ("can-spam", "email", "newsletter", "CA", "opt_in"),
        ("gdpr", "email", "newsletter", "DE", "opt_in"),
        ("tcpa", "sms", "sales", "US", "opt_in"),
    ],
)
def test_preset_says_by_which_permission_a_touch_goes(name, channel, purpose, country, needed):
    """In its countries and by its channels; elsewhere nothing goes without consent anyway."""
    assert basis([name], channel, purpose, country) == needed


def free(name, channel, country):
    """Return what a touch needs when everything that no set speaks of needs nothing."""
    rules = (*PRESETS[name].bases, BasisRule(basis="none"))
    return Bases(rules=rules).of(channel, "sales", [country])


def test_preset_of_the_european_economic_area_speaks_of_all_its_countries():
    """The 27 of the Union, Iceland, Liechtenstein and Norway, by every channel."""
    assert len(UNION) == 27
    (rule,) = PRESETS["gdpr"].bases
    assert set(rule.countries) == {*UNION, "IS", "LI", "NO"}
    assert len(rule.countries) == 30
    assert all(country_zones(country) for country in rule.countries)
    assert [free("gdpr", channel, "NO") for channel in ("email", "phone", "post")] == ["opt_in"] * 3
    assert [free("gdpr", "email", country) for country in ("GB", "CH", "US")] == ["none"] * 3


def test_preset_of_calls_speaks_of_texts_to_the_united_states():
    """Calls by hand need what the playbook says."""
    assert free("tcpa", "sms", "US") == "opt_in"
    assert [free("tcpa", "sms", "CA"), free("tcpa", "phone", "US"), free("tcpa", "email", "US")] == ["none"] * 3


@pytest.mark.parametrize("channel", ["phone", "sms"])
def test_preset_of_calls_keeps_the_evening_and_the_night_quiet(channel):
    """From nine in the evening until eight in the morning, on every day of the week."""
    window = PRESETS["tcpa"].windows[channel]
    assert set(PRESETS["tcpa"].windows) == {"phone", "sms"}
    for day in range(7, 14):
        held = [window.holds(datetime(2026, 12, day, hour, minute)) for hour, minute in
                ((7, 59), (8, 0), (20, 59), (21, 0))]  # fmt: skip
        assert held == [False, True, True, False]


def test_settings_without_presets_stay_as_they_are():
    """Nothing of the law comes by itself."""
    own = Nurture(windows={"email": SendWindow()}, bases=[BasisRule(basis="none")], home="Europe/Madrid")
    assert with_presets(own) == own


def test_settings_of_a_playbook_go_before_those_of_its_presets():
    """Its windows stand instead, its rules are asked first."""
    late = SendWindow(hours=["10:00-22:00"])
    selling = BasisRule(basis="none", purposes="sales", countries="US")
    own = Nurture(home="Europe/Madrid", presets=ALL, windows={"sms": late, "email": late}, bases=[selling])
    whole = with_presets(own)
    assert whole.windows == {"phone": PRESETS["tcpa"].windows["phone"], "sms": late, "email": late}
    assert whole.bases == (selling, *PRESETS["can-spam"].bases, *PRESETS["tcpa"].bases, *PRESETS["gdpr"].bases)
    assert (whole.home, whole.presets) == ("Europe/Madrid", ALL)
    assert (own.windows, own.bases) == ({"sms": late, "email": late}, (selling,))


def test_presets_are_taken_in_the_order_in_which_they_are_named():
    """Each once."""
    bases = with_presets(Nurture(presets=["gdpr", "can-spam", "gdpr"])).bases
    assert bases == (*PRESETS["gdpr"].bases, *PRESETS["can-spam"].bases)


def test_preset_that_does_not_exist_is_refused_with_every_other():
    """With its path, and the name that may have been meant."""
    with pytest.raises(ModelError) as caught:
        with_presets(Nurture(presets=["gpdr", "tcpa", 7]))
    assert [(problem.where, problem.what, str(problem.got)) for problem in caught.value.problems] == [
        ("nurture.presets[0]", "unknown preset", "'gpdr'"),
        ("nurture.presets[2]", "unknown preset", "7"),
    ]
    assert caught.value.problems[0].hint == "Did you mean `gdpr`?"
    assert [problem.where for problem in preset_problems(["x"], "here")] == ["here[0]"]


@pytest.mark.parametrize(
    ("presets", "channel", "purpose", "carries"),
    [
        (["rfc-8058"], "email", "newsletter", True),
        (["gdpr", "rfc-8058"], "email", "invitation", True),
        (["rfc-8058"], "email", "sales", False),
        (["rfc-8058"], "email", "requested", False),
        (["rfc-8058"], "sms", "newsletter", False),
        (["can-spam", "gdpr", "tcpa"], "email", "newsletter", False),
        ([], "email", "newsletter", False),
    ],
)
def test_marketing_mail_carries_the_one_click_data_under_its_preset(presets, channel, purpose, carries):
    """What one seller writes to one lead, and answers, leave no list."""
    assert one_click(presets, channel, purpose) is carries
