"""`leadqual diff`: two playbooks in words, and over a base."""

import csv
import json

import pytest

from tests.cli.conftest import NOW, PLAYBOOK

OTHER = PLAYBOOK.replace("value = 5", "value = 9").replace('version = "1"', 'version = "2"')


@pytest.fixture
def pair(desk):
    """The small playbook, and one whose bar is higher."""
    desk.put("other.toml", OTHER)
    return desk


def diff(desk, *more, **env):
    """Run the command on both playbooks."""
    return desk.run("diff", desk.playbook, str(desk.folder / "other.toml"), *more, **env)


def test_diff_says_what_changed_in_words(pair):
    """One sentence a change, no base needed; differences are no failure."""
    result = diff(pair)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "(small 1)" in result.stdout
    assert "(small 2)" in result.stdout
    out = " ".join(result.stdout.split())
    assert "the interest is at least 9" in out
    assert "before, 0 after" not in out


def test_diff_of_a_playbook_with_itself_says_that_nothing_changed(desk):
    """No change, and no remark on the version."""
    result = desk.run("diff", desk.playbook, desk.playbook)
    document = json.loads(desk.run("diff", desk.playbook, desk.playbook, "--json").stdout)
    assert result.exit_code == 0
    assert document["changes"] == []
    assert "raise `version`" not in result.stdout


def test_diff_remarks_that_the_version_was_not_raised(pair):
    """Two playbooks of one name and version that differ are a trap."""
    pair.put("other.toml", OTHER.replace('version = "2"', 'version = "1"'))
    assert "Both are called small 1; raise `version` with every change." in " ".join(diff(pair).stdout.split())
    assert "conviene subir `version`" in " ".join(diff(pair, "--language", "es").stdout.split())


def test_diff_over_a_base_names_who_stands_elsewhere(pair):
    """L1 has 8.16 of interest: enough for 5, too little for 9."""
    result = diff(pair, *pair.files)
    assert result.exit_code == 0
    assert "MQL: 1 before, 0 after" in result.stdout
    assert "Leave MQL: L1" in result.stdout
    assert f"As of {NOW}" in result.stdout


def test_diff_counts_what_two_score_files_count(pair):
    """Who enters and leaves each bar is what comparing the two files of scores gives."""
    found = json.loads(diff(pair, *pair.files, "--json").stdout)["flips"]
    before, after = (
        {row["lead_id"]: row["qualifies"].split(";") for row in pair.scores(path, *pair.files)["scores"]}
        for path in (pair.folder / "playbook.toml", pair.folder / "other.toml")
    )
    left = [lead_id for lead_id in before if "mql" in before[lead_id] and "mql" not in after[lead_id]]
    entered = [lead_id for lead_id in before if "mql" not in before[lead_id] and "mql" in after[lead_id]]
    assert found["bars"]["mql"] == {"entered": len(entered), "left": len(left), "stayed": 0}
    assert [one["lead_id"] for one in found["who"]] == left + entered
    assert found["leads"] == len(before)


def test_diff_writes_who_stands_elsewhere(pair):
    """The file has one row a lead, with where it stood, where it stands, and what moved most."""
    pair.put("other.toml", OTHER.replace("points = 6", "points = 1"))
    target = pair.folder / "who.csv"
    result = diff(pair, *pair.files, "-o", str(target))
    assert result.exit_code == 0
    assert "1 lead written to" in result.stdout
    (row,) = csv.DictReader(target.read_text(encoding="utf-8").splitlines())
    assert (row["lead_id"], row["qualifies_before"], row["qualifies_after"]) == ("L1", "mql", "")
    assert (row["label_before"], row["label_after"], row["gate_after"]) == ("A2", "A2", "")
    assert row["moved_most"] == "Pricing page -4.50"
    document = json.loads(diff(pair, *pair.files, "-o", str(target), "--json").stdout)
    assert document["output"] == str(target)
    assert "who" not in document["flips"]


def test_diff_disarms_formulas_for_spreadsheets(pair):
    """An id that a spreadsheet would run comes with an apostrophe, when asked."""
    pair.put("leads.csv", "lead_id,job_title\n=L1,CEO\n")
    pair.put("events.csv", "event_id,lead_id,kind,at,page\ne1,=L1,page_view,2026-02-20T10:00:00Z,/pricing\n")
    target = pair.folder / "who.csv"
    for option, start in (([], "=L1,"), (["--safe-for-spreadsheets"], "'=L1,")):
        assert diff(pair, *pair.files, "-o", str(target), *option).exit_code == 0
        assert target.read_text(encoding="utf-8").splitlines()[1].startswith(start)


def test_diff_reads_what_only_one_of_the_playbooks_declares(pair):
    """An attribute that AFTER declares is read for it, and a column that BEFORE maps too."""
    criteria = OTHER[OTHER.index("criteria = ") : OTHER.index("gates = ")]
    more = OTHER.replace('employees = "integer"', 'employees = "integer", town = "text"').replace(
        criteria, f'{criteria}tables = [{{ field = "town", values = {{ Vigo = 21 }} }}]\n'
    )
    pair.put("other.toml", more)
    pair.put("playbook.toml", PLAYBOOK + '[columns.leads]\njob_title = "Title"\n')
    pair.put("leads.csv", "lead_id,Title,town\nL2,Clerk,Vigo\nL5,CEO,Vigo\n")
    found = json.loads(diff(pair, *pair.files, "--json").stdout)["flips"]
    assert [(one["lead_id"], one["after"]["label"]) for one in found["who"]] == [("L2", "A2")]
    assert found["who"][0]["moves"] == [{"axis": "fit", "name": "town", "points": "21.00000000"}]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('employees = "integer"', 'employees = "text"', "attributes.employees"),
        ('page = "text"', 'page = "list"', "properties.page"),
        ("[fit]", '[columns.leads]\nemail = "Mail"\n[fit]', "columns.leads.email"),
        ("[fit]", '[files.leads]\ndecimal = ","\n[fit]', "files.leads"),
    ],
)
def test_diff_refuses_a_base_that_the_playbooks_read_differently(pair, old, new, where):
    """One file cannot be read in two ways at once; the way out is named. The words alone are still said."""
    mail = '[columns.leads]\nemail = "E-mail"\n[files.leads]\ndecimal = "."\nzone = "UTC"\n'
    pair.put("playbook.toml", PLAYBOOK.replace('op = "eq", value = "/pricing"', 'op = "exists"') + mail)
    other = OTHER.replace('op = "eq", value = "/pricing"', 'op = "exists"').replace(old, new, 1)
    pair.put("other.toml", other)
    result = diff(pair, *pair.files)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{where}: the playbooks read ")
    assert "leadqual score" in result.stderr
    assert diff(pair).exit_code == 0


def test_diff_under_an_objective_compares_its_models(pair):
    """Both playbooks must have it."""
    objective = "[objectives.warm]\nqualify = { mql = { when = { field = 'interest', op = 'ge', value = 1 } } }\n"
    pair.put("playbook.toml", PLAYBOOK + objective)
    pair.put("other.toml", OTHER + objective)
    result = diff(pair, *pair.files, "--objective", "warm")
    assert "Under the objective warm" in result.stdout
    assert "MQL: 2 before, 2 after" in result.stdout
    pair.put("other.toml", OTHER)
    assert diff(pair, *pair.files, "--objective", "warm").exit_code == 1


def test_diff_says_that_without_events_interest_counts_none(pair):
    """As everywhere, in both languages."""
    told = diff(pair, *pair.files[:2], *pair.files[4:])
    assert "no events were named (--events FILE)" in told.stdout
    told = diff(pair, *pair.files[:2], *pair.files[4:], "--language", "es")
    assert "no se indicaron eventos" in told.stdout
    assert "500" not in told.stdout


def test_diff_speaks_spanish(pair):
    """Words and figures."""
    out = diff(pair, *pair.files, "--language", "es").stdout
    assert "el interés es de al menos 9" in " ".join(out.split())
    assert "Salen de MQL: L1" in out
    assert f"A fecha de {NOW}" in out


@pytest.mark.parametrize(
    "more",
    [
        ["--events", "events.csv"],
        ["-o", "who.csv"],
        ["--leads", "leads.csv", "-o", "who.txt"],
        ["--leads", "leads.csv", "-o", "leads.csv"],
        ["--leads", "leads.csv", "-o", "nowhere/who.csv"],
        ["--leads", "leads.csv", "--safe-for-spreadsheets"],
    ],
)
def test_diff_ends_with_2_on_wrong_usage(pair, more, monkeypatch):
    """Events without leads, a file for nobody, a file that cannot be written."""
    monkeypatch.chdir(pair.folder)
    before = (pair.folder / "leads.csv").read_bytes()
    result = diff(pair, *more)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert (pair.folder / "leads.csv").read_bytes() == before


def test_diff_stops_on_bad_rows_unless_they_are_skipped(pair):
    """As `score` does."""
    pair.put("events.csv", "event_id,lead_id,kind,at\ne1,L1,download,yesterday\n")
    target = pair.folder / "who.csv"
    result = diff(pair, *pair.files, "-o", str(target))
    assert result.exit_code == 1
    assert "`--bad-rows skip`" in result.stderr
    assert not target.exists()
    assert diff(pair, *pair.files, "--bad-rows", "skip").exit_code == 0


def test_diff_of_a_wrong_playbook_lists_its_problems(pair):
    """As everywhere all of them, and 1; of two files the one is named."""
    other = pair.folder / "other.toml"
    pair.put("other.toml", "schema = 1\nname = 7\n[fit]\nmaxx = 3\n")
    result = diff(pair)
    assert result.exit_code == 1
    assert f"{other}: fit.maxx: unknown key" in result.stderr
    assert f"{other}: name: " in result.stderr
    pair.put("other.toml", "")
    assert diff(pair).stderr.startswith(f"{other}: schema: schema 1 was expected")
    other.write_bytes(b"\xff")
    assert diff(pair).stderr.startswith(f"{other}: text in UTF-8 was expected")


@pytest.mark.parametrize("columns", ["60", "100"])
def test_diff_fits_the_terminal(pair, columns):
    """Lines of words are wrapped under their own indent."""
    for language in ("en", "es"):
        out = diff(pair, *pair.files, "--language", language, COLUMNS=columns).stdout
        assert max(len(line) for line in out.splitlines() if str(pair.folder) not in line) <= int(columns)


def test_diff_shows_hostile_names_as_codes(pair):
    """Names of rules, playbooks and leads command no terminal."""
    nasty = "\\u001b[31mred\\u0007"
    pair.put("playbook.toml", PLAYBOOK.replace('"Boss"', f'"{nasty}"').replace('"small"', f'"{nasty}"'))
    pair.put("other.toml", OTHER.replace('"Boss"', f'"{nasty}"').replace("points = 20", "points = 3"))
    pair.put("leads.csv", "lead_id,job_title\n\x1b[31mL1,CEO\n")
    for way in ([], ["--json"]):
        result = diff(pair, *pair.files, *way)
        assert result.exit_code == 0
        assert [c for c in result.stdout if not c.isprintable() and c != "\n"] == []


def test_diff_shows_no_attribute_value_of_a_lead(pair):
    """Leads are named by their ids only, in words, JSON and the file."""
    pair.put("leads.csv", "lead_id,email,job_title,employees\nL1,secret@private.example,Quartermain,73211\n")
    pair.put("other.toml", OTHER.replace('value = "CEO"', 'value = "Clerk"'))
    target = pair.folder / "who.csv"
    shown = diff(pair, *pair.files, "-o", str(target)).stdout + target.read_text(encoding="utf-8")
    shown += diff(pair, *pair.files, "--json").stdout
    assert not [secret for secret in ("secret", "private", "Quartermain", "73211") if secret in shown]
