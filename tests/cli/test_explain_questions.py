"""What can be asked of one lead: until when, why not, what changed, what time alone does, another playbook."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from leadqual.cli.app import cli
from leadqual.presets import starter_text
from tests.cli.conftest import NOW, PLAYBOOK

SECRET = "Zsófia-Quartermain"
STORY = """
[[examples]]
name = "A boss who reads the prices"
lead = { job_title = "CEO" }
events = [{ kind = "page_view", day = 2, properties = { page = "/pricing" } }]
expect = { label = "A2", qualifies = ["mql"] }
[[examples]]
name = "A clerk"
lead = { job_title = "Clerk" }
events = [{ kind = "download", day = 0 }]
expect = { label = "A1" }
"""


@pytest.fixture
def asked(desk):
    """A function that explains a lead of the small base and returns the result."""
    return lambda lead, *more: desk.run("explain", desk.playbook, "--lead", lead, *desk.files, *more)


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def after(result, words):
    """The lines of the output below the first that holds the words."""
    lines = result.stdout.splitlines()
    return lines[next(i for i, line in enumerate(lines) if words in line) + 1 :]


def test_explain_says_until_when_a_bar_that_is_reached_holds(asked):
    """The day is that of `score.until`: L1 has 8.16 of interest, which fade to below 5 in the end."""
    out = plain(asked("L1"))
    document = json.loads(asked("L1", "--json").stdout)
    assert document["bars"]["mql"]["until"] == "2026-03-30T00:00:00Z"
    assert "MQL reached; lost on 30 March 2026, in 29 days, if nothing happens" in out


def test_explain_tells_how_long_a_stage_is_kept(desk, asked):
    """Where a bar has a lower one to stay, its end is told too."""
    desk.put("playbook.toml", f"{PLAYBOOK}[qualify.mql.stay]\nfield = 'interest'\nop = 'ge'\nvalue = 3\n")
    assert "once reached, kept until" in plain(asked("L1"))
    assert "not reached, only enough to stay one; lost on" in plain(asked("L2"))


@pytest.mark.parametrize("lower", ["", "[qualify.mql.stay]\nfield = 'fit'\nop = 'ge'\nvalue = 5\n"])
def test_explain_says_that_time_alone_takes_nothing_away(desk, asked, lower):
    """A bar of fit alone does not fade."""
    bar = "[qualify.mql]\nwhen = { field = 'fit', op = 'ge', value = 10 }\n"
    desk.put("playbook.toml", PLAYBOOK[: PLAYBOOK.index("[qualify")] + bar + lower)
    out = plain(asked("L1"))
    assert "reached; time alone does not take it away" in out
    assert ("once reached, time alone does not end it" in out) == bool(lower)
    assert json.loads(asked("L1", "--json").stdout)["bars"]["mql"]["until"] is None


def test_explain_says_when_time_alone_brings_a_bar(desk, asked):
    """A penalty that fades may let a bar be reached."""
    rules = 'rules = [{ event = "download", points = -8 }, { event = "page_view", points = 9, decay = "none" }]\n'
    start, end = PLAYBOOK.index("rules = ["), PLAYBOOK.index("[qualify")
    desk.put("playbook.toml", PLAYBOOK[:start] + "min = -50\n" + rules + PLAYBOOK[end:])
    assert "reached by time alone on" in plain(asked("L1"))
    assert json.loads(asked("L1", "--json").stdout)["bars"]["mql"]["becomes"] > NOW


def test_explain_says_what_it_would_take(asked):
    """The card of a lead that does not qualify shows answers, and --why-not all of them."""
    assert "MQL not reached Needs: " in plain(asked("L2"))
    result = asked("L2", "--why-not", "mql")
    assert result.exit_code == 0
    assert "What it would take for MQL" in result.stdout
    assert "Rule" not in result.stdout
    answers = json.loads(asked("L2", "--why-not", "mql", "--json").stdout)["why_not"]["mql"]["answers"]
    assert [line for line in result.stdout.splitlines() if "Needs: " in line] != []
    assert len([line for line in result.stdout.splitlines() if "Needs: " in line]) == len(answers)


def test_every_answer_to_why_not_reaches_the_bar(asked):
    """The score that stands beside each answer in JSON qualifies; costs ascend."""
    found = json.loads(asked("L2", "--json").stdout)["why_not"]["mql"]
    assert found["answers"] != []
    assert all("mql" in answer["score"]["qualifies"] for answer in found["answers"])
    costs = [Decimal(answer["cost"]) for answer in found["answers"]]
    assert costs == sorted(costs)
    assert all(1 <= len(answer["changes"]) <= 3 for answer in found["answers"])


def test_why_not_of_a_bar_that_is_reached_says_so(asked):
    """There is nothing to do for it."""
    result = asked("L1", "--why-not", "mql")
    assert result.exit_code == 0
    assert "reached already" in result.stdout
    assert json.loads(asked("L1", "--why-not", "mql", "--json").stdout)["why_not"]["mql"]["reached"] is True
    assert json.loads(asked("L1", "--json").stdout)["why_not"] == {}


@pytest.mark.parametrize(("bar", "hint"), [("mqll", "Did you mean `mql`?"), ("sql", "mql"), ("", "mql")])
def test_why_not_of_a_bar_that_does_not_exist_ends_with_1(asked, bar, hint):
    """The option is named, and a bar that is there."""
    result = asked("L2", "--why-not", bar)
    assert result.exit_code == 1
    assert result.stderr.startswith("--why-not: ")
    assert hint in result.stderr


def test_explain_of_a_gated_lead_says_that_the_gate_stands_before_the_bars(asked):
    """Nothing the lead does reaches a bar; --why-not shows what would lift the gate."""
    assert "MQL out of reach while this holds: competitor" in " ".join(
        " ".join(after(asked("L3"), "What could")).split()
    )
    assert "fuera de alcance mientras se cumpla: competitor" in plain(asked("L3", "--language", "es"))
    assert asked("L3", "--why-not", "mql").exit_code == 0


def test_explain_asks_the_next_question(desk, asked):
    """Of what is missing, what would move fit most."""
    desk.put("leads.csv", "lead_id,employees\nL1,5\n")
    document = json.loads(asked("L1", "--json").stdout)
    assert [question["attribute"] for question in document["questions"]] == ["job_title", "email"]
    assert document["questions"][0]["fit_high"] == "20.00"
    assert "Next Ask for the job title: fit would be from 0 to 20" in plain(asked("L1"))


def test_explain_without_bars_and_questions_has_no_prospects(desk, asked):
    """Where there is nothing to reach and nothing to ask, nothing is said of it."""
    desk.put(
        "playbook.toml", 'schema = 1\nname = "bare"\nversion = "1"\n[interest]\nrules = [{event = "x", points = 1}]\n'
    )
    assert "What could change" not in asked("L1").stdout


def test_since_shows_what_changed_line_by_line(asked):
    """The largest change comes first, and the differences add up to that of the axis."""
    since = ("--since", "2026-02-10T00:00:00Z")
    result = asked("L1", *since)
    assert result.exit_code == 0
    assert "What changed since 2026-02-10T00:00:00Z" in result.stdout
    assert "gained: MQL" in plain(result)
    rules = [line.split()[0] for line in after(result, "Rule") if line.strip()][1:]
    assert rules[:3] == ["Pricing", "download", "="]
    found = json.loads(asked("L1", *since, "--json").stdout)["since"]
    assert found["before"]["now"] == since[1]
    assert found["gained"] == ["mql"]
    for axis in ("fit", "interest"):
        rows = [row for row in found["rows"] if row["axis"] == axis]
        assert sum(Decimal(row["difference"]) for row in rows) == Decimal(found[axis])
        for row in rows:
            parts = (Decimal(row[part]) for part in ("raw", "limits", "decay", "cap"))
            assert sum(parts) == Decimal(row["difference"])


def test_since_equals_the_score_of_then(asked, desk):
    """What stood before is what `explain --now` of that instant prints."""
    then = "2026-02-10T00:00:00Z"
    before = json.loads(asked("L1", "--since", then, "--json").stdout)["since"]["before"]
    files = [then if part == NOW else part for part in desk.files]
    whole = json.loads(desk.run("explain", desk.playbook, "--lead", "L1", *files, "--json").stdout)
    assert {name: whole[name] for name in before} == before


def test_since_reads_the_profile_of_then_where_the_files_have_it(desk, asked):
    """With valid_from the lead of February had another title."""
    rows = "L1,Clerk,2026-01-01T00:00:00Z\nL1,CEO,2026-02-15T00:00:00Z\nL2,CEO,2026-02-15T00:00:00Z\n"
    desk.put("leads.csv", f"lead_id,job_title,valid_from\n{rows}")
    found = json.loads(asked("L1", "--since", "2026-02-10T00:00:00Z", "--json").stdout)["since"]
    assert (found["before"]["fit"], found["after"]["fit"], found["fit"]) == (0.0, 20.0, "20.00")
    later = asked("L2", "--since", "2026-02-10T00:00:00Z")
    assert later.exit_code == 1
    assert "comes into the base only after 2026-02-10T00:00:00Z" in later.stderr


def test_since_says_when_nothing_changed(desk, asked):
    """Two instants of one day are one score."""
    result = asked("L1", "--since", "2026-03-01T11:00:00Z")
    assert "Nothing changed." in result.stdout
    assert "Label A2 stays" in result.stdout


@pytest.mark.parametrize("since", [NOW, "2026-04-01T00:00:00Z"])
def test_since_must_lie_before_now(asked, since):
    """What changed since later is no question."""
    result = asked("L1", "--since", since)
    assert result.exit_code == 2
    assert "it must lie before" in " ".join(result.stderr.split())


def test_since_tells_gates_that_came(desk, asked):
    """A gate that caught the lead meanwhile is named."""
    rows = "L1,a@firm.example,2026-01-01T00:00:00Z\nL1,a@rival.example,2026-02-15T00:00:00Z\n"
    desk.put("leads.csv", f"lead_id,email,valid_from\n{rows}")
    assert "now gated: competitor" in plain(asked("L1", "--since", "2026-02-10T00:00:00Z"))


def test_against_shows_what_another_playbook_would_change(desk, asked):
    """The other playbook reads the same files, also columns that only it declares."""
    other = (
        PLAYBOOK.replace('"small"', '"other"').replace("points = 20", "points = 7").replace("value = 5", "value = 50")
    )
    path = desk.put("other.toml", other)
    result = asked("L1", "--against", str(path))
    assert result.exit_code == 0
    assert "Under other 1 instead" in result.stdout
    assert "lost: MQL" in plain(result)
    found = json.loads(asked("L1", "--against", str(path), "--json").stdout)["against"]
    assert (found["playbook"], found["fit"]) == ("other", "-13.00")


def test_against_asks_the_other_playbook_for_the_same_objective(desk, asked):
    """An objective that the other one does not have is wrong input."""
    path = desk.put("other.toml", PLAYBOOK.replace('"small"', '"other"'))
    desk.put("playbook.toml", PLAYBOOK + "[objectives.boss]\ncriteria = { Boss = 40 }\n")
    result = asked("L1", "--objective", "boss", "--against", str(path))
    assert result.exit_code == 1
    assert "--objective in other: unknown objective" in result.stderr


def test_forecast_draws_a_curve_and_the_days_that_matter(asked):
    """Bars of a picture no wider than the terminal, with the day on which each level and bar is lost."""
    result = asked("L1", "--forecast", "60")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    picture = [line for line in result.stdout.splitlines() if "│" in line]
    assert len(picture) == 8
    assert picture[0].count("█") < picture[-1].count("█")
    assert any(line.split()[0] == "8.16" for line in picture)
    assert "2026-03-30  MQL lost (interest 4.93, total 24.93)" in result.stdout
    found = json.loads(asked("L1", "--forecast", "60", "--json").stdout)["forecast"]
    assert len(found) == 61
    assert found[0]["interest"] == "8.16"
    lost = [one["day"] for one in found if "mql" not in one["qualifies"]]
    assert lost[0] == "2026-03-30"


def test_forecast_marks_how_long_each_bar_holds(desk, asked):
    """A line under the picture is whole while the bar is reached and broken while it is only kept."""
    desk.put("playbook.toml", f"{PLAYBOOK}[qualify.mql.stay]\nfield = 'interest'\nop = 'ge'\nvalue = 3\n")
    line = next(line for line in asked("L1", "--forecast", "60").stdout.splitlines() if line.split()[:1] == ["MQL"])
    assert line.count("━") == 29
    assert line.count("┄") > 0
    assert line.rstrip().endswith("┄")


def test_forecast_speaks_plainly_where_blocks_cannot_be_shown(desk):
    """A terminal without Unicode gets # and . instead, in 60 columns too."""
    args = ("explain", desk.playbook, "--lead", "L1", *desk.files, "--forecast", "400")
    result = CliRunner(charset="ascii").invoke(cli, args, env={"COLUMNS": "60"}, catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert result.stdout.isascii()
    assert sum("|#" in line for line in lines) >= 4
    assert max(map(len, lines)) <= 60
    assert not any("\\u" in line for line in lines)


@pytest.mark.parametrize(
    ("key", "words"), [("when", ("MQL reached", "MQL lost")), ("stay", ("kept again: MQL", "no longer"))]
)
def test_forecast_lists_the_first_days_that_matter(desk, asked, key, words):
    """A bar may come back by time alone; of very many changes fifteen are listed, and the rest is counted."""
    days = [*range(10, 50, 2)]
    own = {
        "when": "{ field = 'interest', op = 'ge', value = 999 }",
        "stay": "{ field = 'interest', op = 'ge', value = 999 }",
    }
    own[key] = f"{{ field = 'days_since_activity', op = 'in', value = {days} }}"
    bar = f"[qualify.mql]\nwhen = {own['when']}\nstay = {own['stay']}\n"
    desk.put("playbook.toml", PLAYBOOK[: PLAYBOOK.index("[qualify")] + bar)
    result = asked("L1", "--forecast", "60")
    assert result.exit_code == 0, result.stderr
    assert all(word in result.stdout for word in words)
    listed = [line for line in result.stdout.splitlines() if line.startswith("2026-") and "MQL" in line]
    assert len(listed) == 15
    assert "… and 25 more changes" in result.stdout


def test_explain_names_caps_and_groups(desk, asked):
    """What a cap took is a line of its own, in the words of either language."""
    rules = "max = 3\ngroups = { web = { max = 4 } }\n"
    text = PLAYBOOK.replace("[interest]\n", f"[interest]\n{rules}").replace("points = 6", 'points = 6, group = "web"')
    desk.put("playbook.toml", text.replace("[fit]\n", "[fit]\nmax = 12\n") + '[labels.es]\nweb = "la web"\n')
    english, spanish = asked("L1").stdout, asked("L1", "--language", "es").stdout
    assert all(name in english for name in ("Cap of web", "Cap of fit", "Cap of interest"))
    assert all(name in spanish for name in ("Tope de la web", "Tope del encaje", "Tope del interés"))


def test_forecast_of_what_does_not_fade_is_a_sentence(desk, asked):
    """There is no picture of a level line."""
    desk.put("playbook.toml", PLAYBOOK.replace("linear = 90", "window = 36000"))
    out = plain(asked("L1", "--forecast", "30"))
    assert "Interest stays at 10.00 for 30 days, if nothing happens." in out
    assert "No level and no bar changes in these 30 days." in out
    assert "│" not in out


def test_forecast_draws_what_is_below_zero(desk, asked):
    """A penalty that grows goes down to its bound, and the axis with it."""
    quiet = '{ inactivity = 7, event = "page_view", points = -10 },'
    desk.put("playbook.toml", PLAYBOOK.replace("rules = [", f"min = -30\nrules = [{quiet}"))
    result = asked("L1", "--forecast", "40")
    assert result.exit_code == 0
    assert "-30.00 └" in result.stdout


@pytest.mark.parametrize("days", ["0", "-1", "3651", "soon"])
def test_forecast_takes_a_number_of_days(asked, days):
    """From one day to ten years."""
    assert asked("L1", "--forecast", days).exit_code == 2


def test_answers_stand_together_in_one_card(desk, asked):
    """Several questions are answered one after the other, without the ledger."""
    result = asked(
        "L2", "--why-not", "mql", "--since", "2026-02-01T00:00:00Z", "--forecast", "30", "--against", desk.playbook
    )
    out = result.stdout
    order = [
        out.index(words) for words in ("What it would take", "What changed since", "Under small", "Interest if nothing")
    ]
    assert order == sorted(order)
    assert "What could change" not in out


@pytest.mark.parametrize("more", [[], ["--why-not", "mql"], ["--since", "2026-02-01T00:00:00Z"], ["--forecast", "30"]])
def test_explain_speaks_spanish(asked, more):
    """Every part of the card has its Spanish words and decimal commas."""
    english = asked("L2", *more).stdout
    result = asked("L2", *more, "--language", "es")
    assert result.exit_code == 0
    out = plain(result)
    assert "Lead L2 a fecha de 2026-03-01T12:00:00Z" in out
    assert "Interés 3,60" in out
    for words in ("does not", "What ", "Needs", "interactions on", "3.60", "Rule"):
        assert words not in out
    assert "no cualificado" in out
    assert english != result.stdout


def test_explain_calls_things_by_the_labels_of_the_playbook(desk, asked):
    """[labels.es] is how the playbook's own people call rules and attributes."""
    labels = '[labels.es]\nBoss = "Jefa"\njob_title = "cargo"\n"Pricing page" = "Página de precios"\n'
    desk.put("playbook.toml", PLAYBOOK + labels)
    out = asked("L1", "--language", "es").stdout
    assert "Jefa" in out
    assert "Página de precios" in out
    assert "Jefa" not in asked("L1").stdout


def test_explain_refuses_a_language_that_is_not_spoken(asked):
    """The choice is named."""
    assert asked("L1", "--language", "fr").exit_code == 2


def test_explain_shows_an_example_of_the_playbook(desk):
    """The card of an example needs no base, and says whether the playbook does what it should."""
    desk.put("playbook.toml", PLAYBOOK + STORY)
    held = desk.run("explain", desk.playbook, "--example", "A boss who reads the prices")
    assert held.exit_code == 0
    assert "Example “A boss who reads the prices” at the end of 7 January 2026" in held.stdout
    assert "The example holds." in held.stdout
    broken = desk.run("explain", desk.playbook, "--example", "A clerk")
    assert "expect.label: A1 was expected (got B2)" in broken.stdout
    for name, holds in (("A boss who reads the prices", True), ("examples[1]", False)):
        document = json.loads(desk.run("explain", desk.playbook, "--example", name, "--json").stdout)
        assert document["holds"] is holds


@pytest.mark.parametrize(("story", "hint"), [(STORY, "Did you mean `A clerk`?"), ("", "The playbook has no examples")])
def test_example_that_does_not_exist_ends_with_1(desk, story, hint):
    """The nearest one is offered."""
    desk.put("playbook.toml", PLAYBOOK + story)
    result = desk.run("explain", desk.playbook, "--example", "A clerc")
    assert result.exit_code == 1
    assert result.stderr.startswith("--example: ")
    assert hint in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--lead", "L1"],
        ["--leads", "leads.csv"],
        ["--example", "A clerk", "--lead", "L1"],
        ["--example", "A clerk", "--now", NOW],
        ["--example", "A clerk", "--objective", "x"],
        ["--example", "A clerk", "--since", NOW],
        ["--example", "A clerk", "--against", "playbook.toml"],
    ],
)
def test_explain_ends_with_2_where_it_is_not_clear_whose_score_is_asked(desk, args, monkeypatch):
    """A lead of a base or an example, one of them."""
    monkeypatch.chdir(desk.folder)
    desk.put("playbook.toml", PLAYBOOK + STORY)
    result = desk.run("explain", desk.playbook, *args)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_explain_under_an_objective_names_it(desk, asked):
    """The ledger is that of the objective's own model."""
    desk.put("playbook.toml", PLAYBOOK + "[objectives.boss]\ncriteria = { Boss = 40 }\n")
    result = asked("L1", "--objective", "boss")
    assert "by small 1, objective boss" in result.stdout
    assert "40.00" in result.stdout
    assert list(json.loads(asked("L1", "--objective", "boss", "--json").stdout)["objectives"]) == ["boss"]


@pytest.mark.parametrize(
    "more",
    [[], ["--why-not", "sql"], ["--since", "2026-02-10T00:00:00Z"], ["--against", "PLAYBOOK"], ["--forecast", "30"]],
)
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("way", [[], ["--json"]])
def test_explain_shows_no_attribute_value_of_the_lead(desk, more, language, way):
    """Names of attributes and the literals of the playbook appear, never what a lead's row holds."""
    path = str(desk.put("starter.toml", starter_text()))
    header = "lead_id,email,phone,job_title,department,employees,country,email_type\n"
    row = f"L1,{SECRET}@private.example,+34 600 000 123,{SECRET},{SECRET},73211,{SECRET},{SECRET}\n"
    desk.put("leads.csv", header + row)
    desk.put("events.csv", f"event_id,lead_id,kind,at,page,asset\ne1,L1,download,2026-02-20T10:00:00Z,,{SECRET}\n")
    more = [path if part == "PLAYBOOK" else part for part in more]
    result = desk.run("explain", path, "--lead", "L1", *desk.files, *more, "--language", language, *way)
    assert result.exit_code == 0, result.stderr
    shown = result.stdout + result.stderr
    for secret in (SECRET, "Quartermain", "73211", "600 000", "private.example", json.dumps(SECRET)[1:-1]):
        assert secret not in shown


@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_explain_fits_the_terminal(desk, columns, language):
    """Whatever its width from 60 columns up, nothing is wider, in both languages; below it nothing breaks."""
    more = ("--language", language, "--why-not", "mql", "--since", "2026-02-10T00:00:00Z", "--forecast", "60")
    for part in ((), more):
        args = ("explain", desk.playbook, "--lead", "L2", *desk.files, "--language", language, *part)
        result = desk.run(*args, COLUMNS=columns)
        assert (result.exit_code, result.stderr) == (0, "")
        assert max(map(len, result.stdout.splitlines())) <= int(columns) or columns == "40"
