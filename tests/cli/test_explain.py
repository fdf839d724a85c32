"""`leadqual explain`."""

import json
from decimal import Decimal

import pytest

from tests.cli.conftest import PLAYBOOK


def test_explain_shows_the_ledger_of_one_lead(desk):
    """Each rule that earned something stands with what it gave, and both axes with their sum."""
    result = desk.run("explain", desk.playbook, "--lead", "L1", *desk.files)
    assert result.exit_code == 0
    for words in ("Lead L1", "Boss", "Pricing page", "qualifies as MQL", "A2", "20.00", "8.16"):
        assert words in result.stdout
    assert result.stderr == ""


def test_explain_fits_80_columns(desk):
    """In a pipe nothing is wider than an ordinary terminal."""
    result = desk.run("explain", desk.playbook, "--lead", "L1", *desk.files)
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_explain_json_adds_up_to_the_score(desk):
    """The exact points of an axis's lines sum to its score, and each line to its points."""
    result = desk.run("explain", desk.playbook, "--lead", "L1", *desk.files, "--json")
    document = json.loads(result.stdout)
    for axis in ("fit", "interest"):
        total = sum(Decimal(line["points"]) for line in document["lines"] if line["axis"] == axis)
        assert total == Decimal(str(document[axis]))
    for line in document["lines"]:
        parts = (Decimal(line[name]) for name in ("raw", "limits", "decay", "cap"))
        assert sum(parts) == Decimal(line["points"])


def test_explain_says_how_many_leads_there_are_when_one_is_not(desk):
    """Ids may be personal, so no other id is offered."""
    result = desk.run("explain", desk.playbook, "--lead", "L", *desk.files)
    assert result.exit_code == 1
    assert "not in the base of 3 leads" in result.stderr
    assert result.stdout == ""


def test_explain_says_why_a_gated_lead_cannot_qualify(desk):
    """The gate's reason stands beside the label."""
    result = desk.run("explain", desk.playbook, "--lead", "L3", *desk.files)
    assert "gated: competitor" in result.stdout


def test_explain_says_when_nothing_counts(desk):
    """An axis without a line is said to be empty."""
    files = ["--leads", str(desk.folder / "leads.csv"), "--now", "2026-03-01T12:00:00Z"]
    assert "Interest: nothing counts." in desk.run("explain", desk.playbook, "--lead", "L2", *files).stdout


def test_explain_uses_the_words_of_the_ledger(desk):
    """The columns are called as in ``score.explain()``; only rules of interest count events."""
    out = desk.run("explain", desk.playbook, "--lead", "L1", *desk.files).stdout
    fit, interest = (line.split() for line in out.splitlines() if line.lstrip().startswith("Rule"))
    assert fit == ["Rule", "Reads", "Raw", "Caps", "Points"]
    assert interest == ["Rule", "Events", "Raw", "Limits", "Decay", "Caps", "Points"]
    assert "2 interactions on 2 active days" in out


def test_explain_calls_by_words_what_the_document_names(desk):
    """No underscores: a rule without a name goes by its kinds, each said once, and attributes by their words."""
    rule = "[[interest.rules]]\nevent = ['badge_scan', 'Badge scan', 'Expo_2026']\npoints = 1\n"
    desk.put("playbook.toml", PLAYBOOK.partition("rules = [")[0] + rule)
    desk.put("events.csv", "event_id,lead_id,kind,at,page\ne1,L1,badge_scan,2026-02-01T10:00:00Z,\n")
    out = desk.run("explain", desk.playbook, "--lead", "L1", *desk.files).stdout
    assert " badge scan, Expo_2026 " in out
    assert " job title " in out
    assert "job_title" not in out


@pytest.mark.parametrize(
    ("stay", "verdict"),
    [
        ("", "does not qualify"),
        ("[qualify.mql.stay]\nfield = 'interest'\nop = 'ge'\nvalue = 4", "does not qualify"),
        (
            "[qualify.mql.stay]\nfield = 'interest'\nop = 'ge'\nvalue = 3",
            "does not qualify; is above the bar to stay MQL",
        ),
    ],
)
def test_explain_speaks_of_staying_only_above_the_lower_bar(desk, stay, verdict):
    """L2 has 3.60 points of interest: too little for MQL; what it keeps is said where there is a lower bar below."""
    desk.put("playbook.toml", f"{PLAYBOOK}{stay}\n")
    out = desk.run("explain", desk.playbook, "--lead", "L2", *desk.files).stdout
    assert next(line.split("B2")[1].strip() for line in out.splitlines() if "Label" in line) == verdict


def test_explain_does_not_speak_of_staying_when_the_bar_is_reached(desk):
    """Whoever qualifies stays anyway."""
    desk.put("playbook.toml", f"{PLAYBOOK}[qualify.mql.stay]\nfield = 'interest'\nop = 'ge'\nvalue = 3\n")
    out = desk.run("explain", desk.playbook, "--lead", "L1", *desk.files).stdout
    assert "qualifies as MQL" in out
    assert "stay" not in out


def test_explain_says_that_without_events_interest_counts_none(desk):
    """Whoever forgets --events is told, in words and in JSON."""
    told = "no events were named (--events FILE), so interest counts none."
    args = ("explain", desk.playbook, "--lead", "L1", *desk.files[:2], *desk.files[4:])
    assert f"Note: {told}" in desk.run(*args).stdout
    assert json.loads(desk.run(*args, "--json").stdout)["warnings"] == [told]
    assert json.loads(desk.run(*args[:4], *desk.files, "--json").stdout)["warnings"] == []
