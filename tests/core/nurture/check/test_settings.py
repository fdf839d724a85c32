"""What holds for every sequence: zones, windows, permissions, offers, effort."""

import pytest

from tests.core.nurture.check.support import found, told


def test_sound_nurturing_has_no_problem():
    """A playbook that nurtures without a fault loads."""
    assert found("") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('home = "Europe/Madird"', ["nurture.home: unknown zone"]),
        ('markets = ["ES", "Latam", "America/Bogotá"]', [
            "nurture.markets[1]: unknown market",
            "nurture.markets[2]: unknown zone",
        ]),
        ("markets = 3", ["nurture.markets: a list was expected"]),
        ('windows = { email = { hours = ["18:00-09:00"] } }', [
            "nurture.windows.email.hours[0]: the interval crosses midnight",
        ]),
        ('windows = { sms = { quiet = ["00:00-24:00"] } }', [
            "nurture.windows.sms.quiet: nothing is left of the week",
        ]),
        ('windows = { "" = {} }', ["nurture.windows: a text was expected"]),
        ('windows = { sms = { hours = ["09:00-12:00"] }, "*" = { quiet = ["08:00-13:00"] } }', [
            "nurture.windows.sms: together the windows never open",
        ]),
        ('presets = "tcpa"\nwindows = { "*" = { hours = ["06:00-07:00"] }, phone = { hours = ["06:30-08:00"] } }', []),
        ('without_zone = { email = "withhold", sms = "away" }', ["nurture.without_zone.sms: no such choice"]),
        ('without_zone = { "" = "home" }', ["nurture.without_zone: a text was expected"]),
        ('bases = [{ basis = "optin" }]', ["nurture.bases[0].basis: unknown basis"]),
        ('bases = [{ channels = "email" }]', ["nurture.bases[0]: `basis` is missing"]),
        ('presets = ["canspam"]', ["nurture.presets[0]: unknown preset"]),
        ("presets = 3", ["nurture.presets: a list was expected"]),
        ('offers = { download = "asset", form = "paper" }', [
            "nurture.offers.form: no property that is a text or a list",
        ]),
        ('offers = { form = "minutes" }', ["nurture.offers.form: no property that is a text or a list"]),
        ('offers = { "" = "asset" }', ["nurture.offers: a text was expected"]),
        ('meetings = ["visit", "visit"]', ["nurture.meetings[1]: it is named twice"]),
        ("bounces = [3]", ["nurture.bounces[0]: a text was expected"]),
        ('auto_replies = ""', ["nurture.auto_replies[0]: a text was expected"]),
        ('postpone = "5 days"', ["nurture.postpone: a duration was expected"]),
        ('expires = "0m"', ["nurture.expires: the time is too short"]),
        ('expires = "3"', ["nurture.expires: elapsed time was expected"]),
        ("effort = [{ within = 5, cost = 9 }, { within = 5, cost = 3 }]", [
            "nurture.effort[1].within: an earlier rule covers it",
        ]),
        ("effort = [{ cost = 9 }, { within = 5, cost = 3 }]", [
            "nurture.effort[0]: no rule after this one is ever asked",
        ]),
        ("effort = [{ within = -1, cost = -1 }]", [
            "nurture.effort[0].cost: the number is out of range",
            "nurture.effort[0].within: the number is out of range",
        ]),
        ("effort = [{ within = 5 }]", ["nurture.effort[0]: `cost` is missing"]),
        ("hime = 3", ["nurture.hime: unknown key"]),
    ],
)  # fmt: skip
def test_settings_that_are_wrong_are_told_with_their_path(text, lines):
    """Each fault of the settings is found, at its place."""
    assert found(f"[nurture]\n{text}\n", sound="") == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("email = 3", ["caps.email: a list of tables was expected"]),
        ("email = [{ days = 7 }]", ["caps.email[0]: `times` is missing"]),
        ("email = [{ times = 7 }]", ["caps.email[0].days: a cap has one window"]),
        ('email = [{ times = 7, days = 0, per = "year" }]', [
            "caps.email[0].days: a cap has one window",
            "caps.email[0].days: days out of range",
            "caps.email[0].per: unknown window",
        ]),
        ("email = [{ times = 1, days = 1 }]\nmarketing = { email = [{ times = 1, days = 1 }] }", [
            "caps.email: it stands under `marketing` too",
        ]),
        ('"" = [{ times = 1, days = 1 }]', ["caps.marketing: a text was expected"]),
        (f"sms = [{', '.join(['{ times = 1, days = 1 }'] * 33)}]", ["caps.sms: too many caps"]),
        ("sales = 3", ["caps.sales: a table was expected"]),
        ("marketing = 3\nemail = 4", ["caps.marketing: a table was expected", "caps.email: unknown key"]),
    ],
)  # fmt: skip
def test_caps_that_are_wrong_are_told_where_they_stand(text, lines):
    """Each fault of a cap is found at its channel, as the document writes it."""
    assert found(f"[caps]\n{text}\n", sound="") == lines


def test_problems_say_what_to_do():
    """A hint names what exists, or what may be written."""
    assert told('[nurture]\nhome = "Europe/Madird"\npresets = ["gdrp"]\nexpires = "x"\n', sound="") == [
        "nurture.home: unknown zone (got 'Europe/Madird'). Did you mean `Europe/Madrid`?",
        "nurture.presets[0]: unknown preset (got 'gdrp'). Did you mean `gdpr`?",
        "nurture.expires: elapsed time was expected (got 'x'). Write 30m, 2h, 3d or 2w; at most 3650d.",
    ]
