"""``leadqual history`` and ``leadqual explain --history``: lives replayed from files."""

import csv
import json

import pytest

from tests.cli.conftest import PLAYBOOK

VERDICTS = """lead_id,at,verdict,reason,actor
L1,2026-02-22T10:00:00Z,accept,,Ana Example
L1,2026-02-24T10:00:00Z,maybe,no_budget,Ana Example
L2,2026-02-21T10:00:00Z,no,,Ana Example
L2,2026-02-22T10:00:00Z,no,,Ana Example
L9,2026-02-22T10:00:00Z,no,,Ana Example
"""
NASTY = "\x1b[31mred\x1b]0;title\x07\u202e"


@pytest.fixture
def told(desk):
    """The small playbook and base, with what people said."""
    desk.put("verdicts.csv", VERDICTS)
    return desk


def said(desk):
    """The option that names the verdicts."""
    return ["--verdicts", str(desk.folder / "verdicts.csv")]


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def controls(result):
    """Every character of the output that a terminal would obey, line ends apart."""
    return [c for c in result.stdout + result.stderr if not c.isprintable() and c != "\n"]


def test_history_says_where_leads_stand_and_what_moved_them(told):
    """Stages in their order with leads, finished visits and the median of their days; transitions with their number."""
    result = told.run("history", told.playbook, *told.files, *said(told))
    assert result.exit_code == 0, result.stderr
    out = plain(result)
    assert "Where 3 leads stand" in out
    assert "lead 1 2 50.4" in out
    assert "recycle 1 0 won 0 0 lost 1 0" in out
    assert "score for marketing 1" in out
    assert "accepted by sales 1" in out
    assert "As of 2026-03-01T12:00:00Z" in out
    assert "3 leads replayed with 4 events and 4 verdicts:" in out


def test_history_says_what_was_left_out(told):
    """Copies, strangers and verdicts that could not be taken are counted."""
    out = plain(told.run("history", told.playbook, *told.files, *said(told)))
    assert "1 copy of an event (counted once)" in out
    assert "1 verdict on leads that are not in the base" in out
    assert "Not taken: 1 verdict, since `no` is not possible: the cycle has ended." in out
    assert "Profiles are as of today throughout" in out


def test_history_names_the_verdicts_that_were_not_taken(told):
    """The first twenty with lead and instant, all of them with the reason in --json."""
    result = told.run("history", told.playbook, *told.files, *said(told))
    assert "  L2: `no` of 2026-02-22T10:00:00Z" in result.stdout.splitlines()
    listed = json.loads(told.run("history", told.playbook, *told.files, *said(told), "--json").stdout)["not_taken"]
    why = "`no` is not possible: the cycle has ended"
    assert listed == [{"lead_id": "L2", "verdict": "no", "at": "2026-02-22T10:00:00Z", "why": why}]
    more = "".join(f"L2,2026-02-23T10:{minute}:00Z,no,,\n" for minute in range(10, 32))
    told.put("verdicts.csv", VERDICTS + more)
    assert "… and 3 more verdicts; --json lists all." in plain(
        told.run("history", told.playbook, *told.files, *said(told))
    )


def test_history_names_the_day_that_has_come(told):
    """A verdict that names a day in its past says so."""
    told.put("verdicts.csv", "lead_id,at,verdict,wake_on\nL1,2026-02-24T10:00:00Z,maybe,2026-02-01\n")
    out = plain(told.run("history", told.playbook, *told.files, *said(told)))
    assert "Not taken: 1 verdict, since the day that it names (`wake_on`) has come already." in out


def test_history_says_when_a_verdict_asks_for_more(told):
    """A reopening after ninety days is told with what the transition asks, or in short in Spanish."""
    told.put("verdicts.csv", "lead_id,at,verdict\nL2,2025-10-21T10:00:00Z,no\nL2,2026-02-22T10:00:00Z,reopen\n")
    told_en, told_es = (
        plain(told.run("history", told.playbook, *told.files, *said(told), "--language", language))
        for language in ("en", "es")
    )
    assert "since `reopen` asks for more: " in told_en
    assert "porque `reopen` pide más de lo que se cumplía entonces." in told_es


def test_history_counts_what_comes_after_now(told):
    """Later events and verdicts are left out, and so are leads that come only later."""
    told.put("later.csv", "lead_id,created_at\nL7,2026-06-01T00:00:00Z\n")
    at = ("--now", "2026-02-21T12:00:00Z")
    more = ("--leads", str(told.folder / "later.csv"))
    out = plain(told.run("history", told.playbook, *told.files[:-2], *more, *said(told), *at))
    assert "3 leads replayed with 4 events and 1 verdict:" in out
    assert "1 lead that comes only later" in out
    assert "3 verdicts later than --now" in out
    assert "Not taken" not in out
    early = told.run("history", told.playbook, *told.files[:-2], "--now", "2026-02-01T00:00:00Z", "--json")
    summary = json.loads(early.stdout)["summary"]
    assert (summary["events"], summary["later_events"], summary["later_leads"]) == (0, 4, 0)


def test_history_speaks_spanish(told):
    """--language es tells the same counts, with the Spanish words for stages and transitions."""
    result = told.run("history", told.playbook, *told.files, *said(told), "--language", "es")
    out = plain(result)
    assert "Dónde están 3 leads" in out
    assert "en reposo 1 0" in out
    assert "aceptado por ventas 1" in out
    assert "3 leads recorridos con 4 eventos y 4 veredictos:" in out
    assert "No aceptados: 1 veredicto, porque `no` no es posible: el ciclo ha terminado." in out
    assert "50,4" in out


def test_history_without_verdicts_says_what_that_means(told):
    """Nobody said anything, so nobody is won or lost."""
    out = plain(
        told.run("history", told.playbook, "--leads", str(told.folder / "leads.csv"), "--now", "2026-03-01T12:00:00Z")
    )
    assert "no verdicts were named" in out
    assert "no events were named" in out
    assert "What moved them" not in out


def test_history_says_that_profiles_are_those_of_the_end(told):
    """With valid_from the profile of --now holds throughout."""
    told.put("leads.csv", "lead_id,job_title,employees,valid_from\nL1,CEO,5,\n")
    assert "Profiles are those of the end throughout." in plain(told.run("history", told.playbook, *told.files))


def test_history_says_how_to_repeat_a_run_by_the_clock(told):
    """Without --now the instant is printed."""
    out = plain(told.run("history", told.playbook, *told.files[:4]))
    assert "(the clock; repeat with --now 20" in out


def test_history_writes_every_change_of_stage(told):
    """-o gets the rows; the screen says how many."""
    path = told.folder / "out.csv"
    result = told.run("history", told.playbook, *told.files, *said(told), "-o", str(path))
    assert result.exit_code == 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["to"] for row in rows if row["lead_id"] == "L1"] == ["lead", "mql", "sql", "recycle", ""]
    assert f"{len(rows)} rows written to {path}." in result.stdout.replace("\n", "")


def test_history_prints_json(told):
    """--json holds the same numbers, every stage and transition by name."""
    result = told.run("history", told.playbook, *told.files, *said(told), "--json", "-o", str(told.folder / "o.jsonl"))
    document = json.loads(result.stdout)
    assert document["output"].endswith("o.jsonl")
    summary = document["summary"]
    assert summary["leads"] == 3
    assert summary["stages"]["lead"] == {"leads": 1, "finished_visits": 2, "median_days": 50.4}
    assert summary["stages"]["won"] == {"leads": 0, "finished_visits": 0, "median_days": None}
    assert summary["transitions"]["maybe"] == 1
    assert summary["transitions"]["yes"] == 0
    assert summary["refused"] == {"`no` is not possible: the cycle has ended": 1}
    assert summary["strangers"] == 1
    assert "output" not in json.loads(told.run("history", told.playbook, *told.files, "--json").stdout)


def test_history_is_the_same_every_time(told):
    """The same input gives the same bytes."""
    runs = [told.spawn("history", told.playbook, *told.files, *said(told), PYTHONHASHSEED=seed).stdout for seed in "01"]
    assert runs[0] == runs[1]
    assert runs[0]


def test_history_lists_bad_verdicts(told):
    """Problems have file, line and column; nothing is written."""
    told.put("verdicts.csv", VERDICTS.replace(",accept,", ",perhaps,") + "L1,,no,,\n")
    path = told.folder / "out.csv"
    result = told.run("history", told.playbook, *told.files, *said(told), "-o", str(path))
    assert result.exit_code == 1
    assert "verdicts.csv:2:verdict: a known word was expected" in result.stderr
    assert "verdicts.csv:7:at: a value is needed here" in result.stderr
    assert "--bad-rows skip" in result.stderr
    assert not path.exists()
    skipped = told.run("history", told.playbook, *told.files, *said(told), "--bad-rows", "skip")
    assert skipped.exit_code == 0
    assert "2 verdicts that cannot be read" in plain(skipped)


def test_history_under_an_objective_that_does_not_exist_ends_with_1(told):
    """The message says where it was looked for."""
    result = told.run("history", told.playbook, *told.files, "--objective", "gold")
    assert result.exit_code == 1
    assert "--objective in small" in result.stderr


@pytest.mark.parametrize(
    "more",
    [
        ["-o", "out.xlsx"],
        ["--safe-for-spreadsheets"],
        ["-o", "o.jsonl", "--safe-for-spreadsheets"],
        ["--verdicts", "x.csv"],
    ],
)
def test_history_refuses_wrong_usage(told, more):
    """What cannot be done ends with 2."""
    assert told.run("history", told.playbook, *told.files, *more).exit_code == 2


def test_history_shows_hostile_names_as_codes(told):
    """Ids, reasons and transitions command no terminal."""
    told.put("leads.csv", f"lead_id,job_title\n{NASTY},CEO\n")
    told.put("verdicts.csv", f"lead_id,at,verdict,reason\n{NASTY},2026-02-22T10:00:00Z,maybe,{NASTY}\n")
    assert controls(told.run("history", told.playbook, *told.files, *said(told))) == []
    result = told.run("explain", told.playbook, "--lead", NASTY, *told.files, *said(told), "--history")
    assert result.exit_code == 0, result.stderr
    assert controls(result) == []
    assert "\\x1b[31mred" in result.stdout


def explained(desk, lead, *more):
    """The life of a lead of the desk."""
    return desk.run("explain", desk.playbook, "--lead", lead, *desk.files, *said(desk), "--history", *more)


def test_explain_tells_the_life_of_a_lead(told):
    """The timeline, where it stands, what is possible and what is next; nobody's name."""
    result = explained(told, "L1")
    assert result.exit_code == 0, result.stderr
    assert "2026-02-20  MQL " in result.stdout
    out = plain(result)
    assert "It stands in “resting” since 24 February 2026, in its first cycle." in out
    assert "Possible verdicts: yes, no, maybe, accept, disqualify." in out
    assert "Nothing more happens by itself." in out
    assert "Rested: 1 time" in out
    assert "Ana" not in out
    assert "Pricing page" not in out


def test_explain_says_when_something_happens_next(told):
    """A day that the buyer named wakes the lead."""
    told.put("verdicts.csv", "lead_id,at,verdict,wake_on\nL1,2026-02-24T10:00:00Z,maybe,2026-09-01\n")
    assert "Next, something happens by itself on 1 September 2026, 00:00 UTC." in plain(explained(told, "L1"))


def test_explain_tells_times_in_the_zone_of_the_calendar(told):
    """A day begins where business is: what happens late in the evening of UTC is told of the next day in Madrid."""
    book = told.put("madrid.toml", f'{PLAYBOOK}\n[calendar]\nzone = "Europe/Madrid"\n')
    told.put("verdicts.csv", "lead_id,at,verdict,wake_on\nL1,2026-02-23T23:30:00Z,maybe,2026-09-01\n")
    result = told.run("explain", str(book), "--lead", "L1", *told.files, *said(told), "--history")
    assert "\n2026-02-24  resting " in result.stdout
    assert "since 24 February 2026, in its first cycle." in plain(result)
    assert "by itself on 1 September 2026, 00:00 (Europe/Madrid)." in plain(result)


def test_explain_says_which_verdicts_were_not_taken(told):
    """A second no is named with its day."""
    out = plain(explained(told, "L2"))
    assert "Not taken: `no` on 22 February 2026; it was not possible then." in out
    assert "Possible verdicts: reopen." in out


def test_explain_says_that_no_verdict_is_possible(told):
    """An end that nothing leads out of takes none."""
    stages = '[{ name = "lead" }, { name = "done", kind = "ended" }]'
    ways = '[{ name = "no", from = ["lead"], to = "done", on = ["no"] }]'
    path = told.folder / "playbook.toml"
    told.put(
        "playbook.toml", path.read_text(encoding="utf-8") + f"[lifecycle]\nstages = {stages}\ntransitions = {ways}\n"
    )
    assert "No verdict is possible here." in plain(explained(told, "L2"))


def test_explain_tells_a_second_cycle(told):
    """The cycle is named once there is more than one."""
    book = (told.folder / "playbook.toml").read_text(encoding="utf-8")
    told.put("playbook.toml", book.replace("[qualify.mql]", '[qualify]\nhand_raise = ["download"]\n[qualify.mql]'))
    told.put("verdicts.csv", "lead_id,at,verdict\nL2,2026-02-10T10:00:00Z,no\n")
    out = plain(explained(told, "L2"))
    assert "in cycle 2." in out
    assert "Cycles: 2" in out


def test_explain_tells_a_life_in_spanish(told):
    """Timeline and sentences are Spanish."""
    result = explained(told, "L1", "--language", "es")
    assert result.exit_code == 0, result.stderr
    out = plain(result)
    assert "Está en «en reposo» desde el 24 de febrero de 2026, en su primer ciclo." in out
    assert "Veredictos posibles: sí, no, quizá, aceptar, descalificar." in out
    assert "Por sí solo ya no ocurre nada más." in out
    assert "No aceptado: `no` el 22 de febrero de 2026" in plain(explained(told, "L2", "--language", "es"))


def test_explain_prints_a_life_as_json(told):
    """Facts with their sentences, and where the lead stands."""
    document = json.loads(explained(told, "L2", "--json").stdout)
    life = document["history"]
    assert (life["stage"], life["cycle"], life["furthest"]) == ("lost", 1, "lead")
    assert life["allowed"] == ["reopen"]
    assert life["next_due"] is None
    assert life["refused"][0]["verdict"] == "no"
    assert [fact["fact"] for fact in life["facts"]] == ["opened", "verdict_given", "stage_changed"]
    assert life["facts"][1]["text"] == "It said no."
    assert "Ana" not in json.dumps(document)


def test_explain_shows_the_score_of_the_life(told):
    """After a rest that starts interest anew, the head says nothing of what came before."""
    card = plain(told.run("explain", told.playbook, "--lead", "L1", *told.files))
    life = plain(explained(told, "L1"))
    assert "qualifies as MQL" in card
    assert "does not qualify" in life


def test_explain_tells_no_life_of_a_lead_that_comes_later(told):
    """A lead that was created after --now has none yet."""
    result = told.run(
        "explain", told.playbook, "--lead", "L1", *told.files[:4], "--now", "2025-01-01T00:00:00Z", "--history"
    )
    assert result.exit_code == 1
    assert "this lead has no history yet" in result.stderr


def test_explain_refuses_verdicts_without_a_history(told):
    """They change nothing in a card."""
    result = told.run("explain", told.playbook, "--lead", "L1", *told.files, *said(told))
    assert result.exit_code == 2
    assert "--history" in result.stderr


def test_explain_refuses_the_history_of_an_example(told):
    """An example is no lead of a base."""
    assert told.run("explain", told.playbook, "--example", "x", "--history").exit_code == 2
