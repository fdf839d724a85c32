"""`leadqual explain`."""

import json
from decimal import Decimal


def test_explain_shows_the_ledger_of_one_lead(desk):
    """Each rule that earned something stands with what it gave, and both axes with their sum."""
    result = desk.run("explain", desk.playbook, "--lead", "L1", *desk.files)
    assert result.exit_code == 0
    for words in ("Lead L1", "Boss", "Pricing page", "qualifies as mql", "A2", "20.00", "8.16"):
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
