"""`leadqual score --objective`: the same base priced for other goals or buyers."""

import csv
import json

import pytest

from tests.cli.conftest import PLAYBOOK

OBJECTIVES = """
[objectives.boss]
criteria = { Boss = 40 }
[objectives.pricing]
rules = { "Pricing page" = 60 }
[objectives.calm]
based_on = "boss"
combine = { kind = "sum", interest = 0 }
"""
HEADER = b"lead_id,fit,interest,total,grade,level,label,qualifies,gate"


@pytest.fixture
def priced(desk):
    """The small base with three objectives."""
    desk.put("playbook.toml", PLAYBOOK + OBJECTIVES)
    return desk


def rows(path):
    """The rows of a scores file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_score_under_an_objective_keeps_the_columns(priced):
    """One objective is another model, and the file looks as ever."""
    target = priced.folder / "scores.csv"
    result = priced.run("score", priced.playbook, *priced.files, "--objective", "boss", "-o", str(target))
    assert result.exit_code == 0
    assert "Under the objective boss" in result.stdout
    assert target.read_bytes().splitlines()[0] == HEADER
    assert [row["fit"] for row in rows(target)] == ["40.00", "0.00", "40.00"]


def test_score_under_an_objective_says_so_in_json(priced):
    """The fingerprint of the objective's own model stands beside that of the playbook."""
    plain = json.loads(priced.run("score", priced.playbook, *priced.files, "--json").stdout)
    under = json.loads(priced.run("score", priced.playbook, *priced.files, "--json", "--objective", "boss").stdout)
    assert "objectives" not in plain
    assert under["fingerprint"] == plain["fingerprint"]
    assert list(under["objectives"]) == ["boss"]
    assert under["objectives"]["boss"] != under["fingerprint"]
    assert "objective" not in under["scores"][0]


@pytest.mark.parametrize("asked", [["--objective", "all"], ["--objective", "boss", "--objective", "pricing"]])
def test_score_finds_the_best_of_several_objectives(priced, asked):
    """Each lead counts under the objective with the highest total; two columns say which, and by how much."""
    target = priced.folder / "scores.csv"
    assert priced.run("score", priced.playbook, *priced.files, *asked, "-o", str(target)).exit_code == 0
    assert target.read_bytes().splitlines()[0] == HEADER + b",objective,margin"
    found = {row["lead_id"]: row for row in rows(target)}
    one = {}
    for name in ("boss", "pricing", *(["calm"] if "all" in asked else [])):
        single = priced.folder / f"{name}.csv"
        priced.run("score", priced.playbook, *priced.files, "--objective", name, "-o", str(single))
        one[name] = {row["lead_id"]: row for row in rows(single)}
    for lead_id, row in found.items():
        totals = sorted((float(one[name][lead_id]["total"]) for name in one), reverse=True)
        assert float(row["total"]) == totals[0]
        assert float(row["margin"]) == pytest.approx(totals[0] - totals[1])
        assert row["total"] == one[row["objective"]][lead_id]["total"]


def test_score_of_all_objectives_has_its_columns_where_there_is_but_one(desk):
    """Who asks for all gets the same columns whatever the playbook holds; without another there is no margin."""
    desk.put("playbook.toml", PLAYBOOK + "[objectives.boss]\ncriteria = { Boss = 40 }\n")
    target = desk.folder / "scores.csv"
    assert desk.run("score", desk.playbook, *desk.files, "--objective", "all", "-o", str(target)).exit_code == 0
    assert {(row["objective"], row["margin"]) for row in rows(target)} == {("boss", "")}


def test_score_takes_all_for_an_objective_of_that_name(desk):
    """A playbook may call an objective `all`; then it alone is meant."""
    desk.put("playbook.toml", PLAYBOOK + "[objectives.all]\ncriteria = { Boss = 40 }\n[objectives.other]\n")
    document = json.loads(desk.run("score", desk.playbook, *desk.files, "--objective", "all", "--json").stdout)
    assert list(document["objectives"]) == ["all"]
    assert "objective" not in document["scores"][0]


def test_score_shows_the_best_objective_of_each_lead(priced):
    """The table names it with its margin, and the summary counts the leads of each; all fits 80 columns."""
    result = priced.run("score", priced.playbook, *priced.files, "--objective", "all")
    out = " ".join(result.stdout.split())
    assert "highest total: boss 1 lead, pricing 2 leads, calm 0 leads" in out
    assert "Objective" in out
    assert "Margin" in out
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_score_shows_both_axes_beside_the_objective_on_a_wide_terminal(priced):
    """With room for it nothing is left out."""
    result = priced.run("score", priced.playbook, *priced.files, "--objective", "all", COLUMNS="120")
    heading = next(line for line in result.stdout.splitlines() if "Objective" in line)
    assert heading.split() == [
        "Lead",
        "Label",
        "Fit",
        "Interest",
        "Total",
        "Qualifies",
        "Objective",
        "Margin",
        "Last",
        "act",
    ]


def test_score_puts_the_best_objectives_into_json(priced):
    """Rows carry objective and margin, the summary how many leads suit each best."""
    args = ("score", priced.playbook, *priced.files, "--objective", "all", "--json", "--top", "1")
    document = json.loads(priced.run(*args).stdout)
    assert list(document["objectives"]) == ["boss", "pricing", "calm"]
    assert document["summary"]["best"] == {"boss": 1, "pricing": 2, "calm": 0}
    assert len(document["scores"]) == 1
    assert document["scores"][0]["objective"] == "pricing"
    assert isinstance(document["scores"][0]["margin"], float)


@pytest.mark.parametrize("command", ["score", "explain"])
def test_objective_that_does_not_exist_ends_with_1(priced, command):
    """The playbook says which objectives there are, so a wrong name is wrong input; the nearest one is offered."""
    lead = ["--lead", "L1"] if command == "explain" else []
    result = priced.run(command, priced.playbook, *lead, *priced.files, "--objective", "bos")
    assert result.exit_code == 1
    assert "--objective" in result.stderr
    assert "Did you mean `boss`?" in result.stderr
    assert result.stdout == ""


def test_objectives_that_do_not_exist_are_all_named(priced):
    """Two wrong names are two problems."""
    result = priced.run("score", priced.playbook, *priced.files, "--objective", "x1", "--objective", "x2")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("name", ["all", "boss"])
def test_objective_of_a_playbook_without_any_ends_with_1(desk, name):
    """The message says that there are none."""
    result = desk.run("score", desk.playbook, *desk.files, "--objective", name)
    assert result.exit_code == 1
    assert "The playbook has no objectives." in result.stderr or "the playbook has no objectives" in result.stderr


def test_score_of_an_empty_base_under_all_objectives_writes_the_header(priced):
    """No lead, no row, and the columns all the same."""
    priced.put("leads.csv", "lead_id\n")
    target = priced.folder / "scores.csv"
    result = priced.run("score", priced.playbook, *priced.files, "--objective", "all", "-o", str(target))
    assert result.exit_code == 0
    assert target.read_bytes() == HEADER + b",objective,margin\n"


def test_hostile_name_of_an_objective_is_shown_as_codes(desk):
    """It reaches neither the terminal nor the JSON as it is."""
    name = "\x1b[31mred"
    desk.put("playbook.toml", PLAYBOOK + '[objectives."\\u001b[31mred"]\n[objectives.other]\n')
    for more in (["--objective", "all"], ["--objective", name], ["--objective", "\x1b[31mre"]):
        for way in ([], ["--json"]):
            result = desk.run("score", desk.playbook, *desk.files, *more, *way)
            assert "\x1b" not in result.stdout + result.stderr
            assert "[31mre" in result.stdout + result.stderr
