"""``leadqual plan``: what goes to a lead or to a base, replayed and planned from files."""

import csv
import json
from datetime import UTC, datetime

import icalendar
import pytest

from leadqual.cli.planwords import MOVED, OUTCOMES, REJECTED, WITHHELD
from leadqual.cli.spanish import TEXTS

PLAYBOOK = """
schema = 1
name = "nurture"
version = "7"
attributes = { job_title = "text", country = "text" }
properties = { asset = "text", page = "text" }
[interest]
rules = [{ event = "download", points = 5 }]
[qualify.mql]
when = { field = "interest", op = "ge", value = 12 }
[nurture]
home = "Europe/Madrid"
bases = [
  { basis = "opt_in", channels = "email", purposes = "newsletter" },
  { basis = "none", channels = "phone", purposes = "sales" },
]
windows.email = { hours = ["09:00-18:00"], weekdays = ["mon", "tue", "wed", "thu", "fri"] }
[content]
guide = { kind = "guide", offer = "guide" }
article = { kind = "article", needs = ["security"] }
payroll = { kind = "article", needs = ["pay"] }
[[personas]]
name = "it"
when = { field = "job_title", op = "contains_word", value = ["CTO"] }
[needs]
security = { offers = ["guide"] }
pay = { offers = ["pay-guide"] }
[sequences.education]
enter = { on = ["download"] }
on_end = { verdict = "maybe", reason = "no_response" }
steps = [
  { name = "first", channel = "email", content = "guide", purpose = "requested" },
  { name = "second", wait = "2d", channel = "email", pool = { kinds = ["article"] } },
  { name = "fork", branch = { on = ["page_view"], within = "5d", yes = "call", no = "over" } },
  { name = "call", channel = "phone", purpose = "sales", task = "=Call, soon" },
  { name = "over", end = true },
]
[labels.es]
article = "Artículo"
"""
LEADS = """lead_id,email,phone,zone,job_title,country,created_at
L1,secret@bank.example,+34600000000,America/New_York,CTO,US,2026-03-05T15:00:00Z
L2,other@bank.example,,,Clerk,ES,2026-03-05T15:00:00Z
L3,later@bank.example,,,Clerk,ES,2026-09-05T15:00:00Z
"""
EVENTS = """event_id,lead_id,kind,at,asset,page
e1,L1,download,2026-03-05T15:00:00Z,guide,
e2,L2,download,2026-03-05T15:00:00Z,guide,
"""
CONSENTS = "lead_id,at,channel,purpose,given,confirmed,source\nL1,2026-03-05T15:00:00Z,email,newsletter,yes,,form\n"
REPORTS = "lead_id,at,key,outcome\nL1,2026-03-05T15:00:05Z,L1:education:1:first:1,sent\n"
NOW = "2026-03-05T16:00:00Z"


@pytest.fixture
def planned(desk):
    """A playbook with a sequence, and a base."""
    desk.put("playbook.toml", PLAYBOOK)
    for name, text in {"leads": LEADS, "events": EVENTS, "consents": CONSENTS, "reports": REPORTS}.items():
        desk.put(f"{name}.csv", text)
    return desk


def run(desk, *more, now=NOW, **env):
    """Run the command on all files of the base."""
    files = [part for name in ("leads", "events", "consents", "reports") for part in (f"--{name}", path(desk, name))]
    return desk.run("plan", desk.playbook, *files, "--now", now, *more, **env)


def path(desk, name):
    """The path of a file of the base."""
    return str(desk.folder / f"{name}.csv")


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def test_plan_tells_a_lead_in_its_own_time(planned):
    """Who it is, where it stands, what went, what goes by its clock and why, where it forks, how it ends."""
    result = run(planned, "--lead", "L1")
    assert result.exit_code == 0, result.stderr
    assert plain(result) == (
        "Lead L1 on Thu 5 March 2026, 11:00 (America/New_York) by nurture 7 "
        "Who it is - It seems to be “it” (100 % sure). - It took “guide” (5 March 2026). "
        "- What it did, and how often: download (1). - It seems to need “security”. "
        "Where it stands - It stands in “lead” since 5 March 2026, in its first cycle. "
        "- Points missing to MQL: 7. - It is in the sequence “education” since 5 March 2026; “second” is next. "
        "What has gone to it - Thu 5 March 2026, 10:00, e-mail: “guide” (done) "
        "What goes next, if nothing happens before - Mon 9 March 2026, 09:00, e-mail: “article” "
        "- Sequence “education”, step “second”. - Allowed because it agreed on 5 March 2026 (newsletters). "
        "- Moved from Sat 7 March 2026, 10:00 (outside the hours in which it may go). "
        "- Not chosen: “payroll” (about another need). "
        "Where the way forks - If it does “page view” by Sat 14 March 2026, 09:00, “=Call, soon” follows (phone); "
        "else the sequence ends. "
        "How it ends, if nothing happens before - “education” ends on Sat 14 March 2026, 09:00; "
        "it then counts as a maybe (no response). "
        "Next, something happens by itself on Mon 9 March 2026, 09:00. "
        "Times are those of America/New_York, the zone in its profile."
    )


def test_plan_speaks_spanish(planned):
    """--language es says the same with the playbook's own labels."""
    out = plain(run(planned, "--lead", "L1", "--language", "es"))
    assert "lun 9 de marzo de 2026, 09:00, correo electrónico: «Artículo»" in out
    assert "Permitido porque dio su consentimiento el 5 de marzo de 2026 (boletines)." in out
    assert "Si hace «page view» hasta el sáb 14 de marzo de 2026, 09:00, sigue «=Call, soon» (teléfono); si no, " in out
    assert "entonces cuenta como un quizá (sin respuesta)." in out


def test_plan_says_in_words_what_is_held_back(planned):
    """Without a consent the article is left out, and the reason is no code."""
    out = plain(run(planned, "--lead", "L2"))
    assert "What is held back - Sat 7 March 2026, 16:00, e-mail, step “second” of “education”: it has not given " in out
    assert "the permission that this needs; the sequence goes on without it." in out
    assert "no_basis" not in out
    assert "Nobody can tell yet what kind of person it is." in out
    planned.put("playbook.toml", PLAYBOOK.replace('basis = "opt_in"', 'basis = "opt_out"'))
    assert "At a time that suits all 3 zones where it may be." in plain(run(planned, "--lead", "L2"))
    assert "Times are those of Europe/Madrid, by its country." in out


def test_plan_of_a_lead_names_nobody(planned):
    """No address and no attribute stands in any form of a plan."""
    for kind in ("text", "json", "ics"):
        out = run(planned, "--lead", "L1", "--format", kind).stdout
        assert "L1" in out
        assert [word for word in ("secret", "bank.example", "+34", "CTO") if word in out] == []


def test_plan_of_a_lead_for_machines(planned):
    """--format json and --json are one document with instants in UTC."""
    result = run(planned, "--lead", "L1", "--format", "json")
    assert result.stdout == run(planned, "--lead", "L1", "--json").stdout
    told = json.loads(result.stdout)
    assert (told["persona"], told["confidence"], told["need"], told["missing"]) == ("it", 100.0, "security", 7.0)
    assert told["past"][0]["outcome"] == "sent"
    assert told["touches"][0] | {"at": "2026-03-09T13:00:00Z", "wished": "2026-03-07T15:00:00Z"} == told["touches"][0]
    assert told["touches"][0]["rejected"] == [{"content": "payroll", "reason": "need"}]
    assert told["forks"] == [
        {"sequence": "education", "step": "fork", "at": "2026-03-14T13:00:00Z", "yes": "call", "no": "over"}
    ]
    assert told["next_due"] == "2026-03-09T13:00:00Z"


def test_plan_as_a_calendar_has_an_event_for_each_touch(planned):
    """The key of the touch names the event; two runs give the same bytes."""
    target = planned.folder / "plan.ics"
    first = run(planned, "--lead", "L1", "--format", "ics")
    assert first.exit_code == 0, first.stderr
    assert run(planned, "--lead", "L1", "--format", "ics", "-o", str(target)).exit_code == 0
    assert target.read_bytes() == first.stdout_bytes
    (event,) = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert str(event["UID"]) == "L1:education:1:second:1@leadqual"
    assert event.decoded("DTSTART") == datetime(2026, 3, 9, 13, tzinfo=UTC)
    assert event.decoded("DTSTAMP") == datetime(2026, 3, 5, 16, tzinfo=UTC)


def test_plan_of_a_lead_goes_to_a_file(planned):
    """Text and JSON are written whole, and it is said where."""
    for kind, name in (("text", "plan.txt"), ("json", "plan.json")):
        target = planned.folder / name
        result = run(planned, "--lead", "L1", "--format", kind, "-o", str(target))
        assert result.stdout == f"The plan is in {target}.\n"
        assert "L1" in target.read_text(encoding="utf-8")
    assert json.loads((planned.folder / "plan.json").read_text())["lead_id"] == "L1"
    assert "\x1b" not in (planned.folder / "plan.txt").read_text(encoding="utf-8")


def test_plan_of_a_base_counts_by_day_and_channel(planned):
    """Days by the leads' own calendars, what is held back in words, and each touch in a file."""
    target = planned.folder / "touches.csv"
    result = run(planned, "-o", str(target), "--days", "5")
    assert result.exit_code == 0, result.stderr
    out = plain(result)
    assert "What goes to 2 leads within 5 days" in out
    assert "9 March 2026 1 1" in out
    assert "it has not given the permission that this needs 1" in out
    assert "1 touch for 1 lead." in out
    assert "1 row written to" in out
    (row,) = csv.DictReader(target.read_text().splitlines())
    assert row == {
        "lead_id": "L1",
        "at": "2026-03-09T13:00:00Z",
        "local": "2026-03-09T09:00-04:00",
        "zone": "America/New_York",
        "sequence": "education",
        "step": "second",
        "channel": "email",
        "purpose": "newsletter",
        "content": "article",
        "task": "",
        "basis": "opt_in",
        "wished": "2026-03-07T15:00:00Z",
        "moved_by": "window",
        "key": "L1:education:1:second:1",
    }


def test_plan_of_a_base_ends_where_its_days_end(planned):
    """A touch at the very end of the last day is not among them."""
    early, late = (
        json.loads(run(planned, "--days", "1", "--json", now=now).stdout)
        for now in ("2026-03-08T13:00:00Z", "2026-03-08T13:00:01Z")
    )
    assert early["days"] == []
    assert late["days"] == [{"day": "2026-03-09", "channel": "email", "touches": 1}]
    assert late["withheld"] == {}
    assert "Nothing." in run(planned, "--days", "1", now="2026-03-08T13:00:00Z").stdout


def test_plan_of_a_base_is_safe_for_spreadsheets(planned):
    """A task that a spreadsheet would run is disarmed when asked."""
    planned.put("events.csv", EVENTS + "e3,L1,page_view,2026-03-10T15:00:00Z,,/pricing\n")
    planned.put("playbook.toml", PLAYBOOK.replace('name = "call", ', 'name = "call", wait = "1d", '))
    target = planned.folder / "touches.csv"
    assert run(planned, "-o", str(target), "--safe-for-spreadsheets", now="2026-03-10T16:00:00Z").exit_code == 0
    (row,) = csv.DictReader(target.read_text().splitlines())
    assert row["task"] == "'=Call, soon"


def test_plan_counts_reports_on_touches_that_never_came_due(planned):
    """They change nothing and are counted; a report takes effect at its own instant."""
    planned.put("reports.csv", "lead_id,at,key,outcome\nL1,2026-03-05T15:00:05Z,L1:education:1:none:1,sent\n")
    assert json.loads(run(planned, "--json").stdout)["stray_reports"] == 1
    assert "Note: 1 report on a touch that has not come due" in run(planned).stdout


def test_plan_takes_what_happened_at_the_same_instant(planned):
    """A consent counts for a touch of its instant, and so does a report."""
    reports = "lead_id,at,key,outcome\nL1,2026-03-05T15:00:00Z,L1:education:1:first:1,skipped\n"
    planned.put("reports.csv", reports)
    assert "e-mail: “guide” (left out)" in plain(run(planned, "--lead", "L1"))


def test_plan_refuses_a_lead_that_is_not_there(planned):
    """No id of the base is offered: ids may be personal."""
    result = run(planned, "--lead", "L9")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "--lead: this lead is not in the base of 3 leads (got 'L9'). Ids are compared exactly.\n"


def test_plan_refuses_a_lead_that_comes_later(planned):
    """Before it was created a lead has no plan."""
    result = run(planned, "--lead", "L3")
    assert result.exit_code == 1
    assert "--lead: this lead has no history yet (got 'L3')." in result.stderr
    early = json.loads(run(planned, "--json", now="2025-01-01T00:00:00Z").stdout)
    assert (early["leads"], early["days"]) == (0, [])


def test_plan_refuses_a_playbook_without_sequences(planned):
    """It says what is missing before any file is read."""
    planned.put("playbook.toml", 'schema = 1\nname = "bare"\nversion = "1"')
    result = run(planned)
    assert result.exit_code == 1
    assert result.stderr.startswith("sequences: the playbook plans nothing: it has none (got 'bare'). Write ")


@pytest.mark.parametrize(
    ("name", "row", "told"),
    [
        ("events", "e9,L1,download,yesterday,,", "events.csv:4:at: "),
        ("consents", "L1,2026-03-05T15:00:00Z,email,newsletter,perhaps,,", "consents.csv:3:given: "),
        ("consents", ",2026-03-05T15:00:00Z,email,newsletter,yes,,", "consents.csv:3:lead_id: "),
        ("consents", "L1,2026-03-05T15:00:00Z,email,newsletter,no,yes,", "consents.csv:3:confirmed: "),
        ("reports", "L1,2026-03-05T15:00:05Z,k,snt", "reports.csv:3:outcome: a known word was expected"),
    ],
)
def test_plan_lists_bad_rows_or_leaves_them_out(planned, name, row, told):
    """The place of each is named; `--bad-rows skip` goes on without them."""
    file = planned.folder / f"{name}.csv"
    planned.put(f"{name}.csv", f"{file.read_text()}{row}\n")
    result = run(planned, "--lead", "L1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert "`--bad-rows skip` leaves bad rows out and counts them." in result.stderr
    assert run(planned, "--lead", "L1", "--bad-rows", "skip").exit_code == 0


def test_plan_says_which_column_a_file_of_consents_lacks(planned):
    """The playbook cannot rename these columns, so the file has to have them."""
    planned.put("consents.csv", "lead_id,at,chanel,purpose,given\n")
    result = run(planned)
    assert result.exit_code == 1
    assert "the column `channel` is needed" in result.stderr
    assert "Did you mean `chanel`? Give the file a column of that name." in result.stderr


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--format", "ics"), "A calendar is of one lead"),
        (("--lead", "L1", "--days", "3"), "--days is for a whole base"),
        (("--lead", "L1", "--format", "ics", "-o", "plan.txt"), "the file must end in .ics"),
        (("-o", "touches.xlsx"), "the file must end in .csv, .json, .jsonl, .parquet"),
        (("--safe-for-spreadsheets",), "--safe-for-spreadsheets is for a base"),
        (("--days", "0"), "0 is not in the range"),
    ],
)
def test_plan_refuses_wrong_usage(planned, more, told):
    """What does not go together ends with 2, and nothing is printed."""
    result = run(planned, *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_plan_says_how_to_repeat_what_the_clock_said(planned):
    """Without --now the instant is printed."""
    files = ("--leads", path(planned, "leads"))
    assert "repeat with --now 20" in planned.run("plan", planned.playbook, *files).stdout
    assert "repeat with --now 20" in plain(planned.run("plan", planned.playbook, *files, "--lead", "L1"))


def test_plan_makes_no_line_and_no_colour_of_a_name(planned):
    """What a playbook or a file calls things cannot command the terminal."""
    nasty = "x\u2028# y\x1b[31m"
    planned.put("playbook.toml", PLAYBOOK + f"[labels.en]\narticle = {json.dumps(nasty)}\nit = {json.dumps(nasty)}\n")
    for name in ("leads", "events", "consents", "reports"):
        planned.put(f"{name}.csv", (planned.folder / f"{name}.csv").read_text().replace("L1", "L\u2028# 1"))
    for more in (("--lead", "L\u2028# 1"), ()):
        result = run(planned, *more)
        assert result.exit_code == 0, result.stderr
        assert [c for c in result.stdout if not c.isprintable() and c != "\n"] == []
    assert "Lead L\\u2028# 1 on" in run(planned, "--lead", "L\u2028# 1").stdout


def test_plan_says_whether_a_sequence_has_ended_and_why(planned):
    """A lead that was accepted by sales is out of it; the reason is told in words."""
    planned.put("verdicts.csv", "lead_id,at,verdict\nL1,2026-03-05T15:30:00Z,accept\n")
    out = plain(run(planned, "--lead", "L1", "--verdicts", path(planned, "verdicts")))
    assert "It stands in “SQL” since 5 March 2026" in out
    assert "It was in the sequence “education” until 5 March 2026 (handed over to sales)." in out
    assert "What goes next, if nothing happens before - Nothing." in out


def test_plan_leaves_a_lead_at_rest_alone(planned):
    """A lead from the rolodex is told with the day on which its rest ends."""
    planned.put(
        "leads.csv",
        LEADS.replace("country,created_at", "country,created_at,acquisition").replace("00Z\n", "00Z,outbound\n"),
    )
    planned.put("verdicts.csv", "lead_id,at,verdict,wake_on\nL1,2026-03-05T15:30:00Z,maybe,2026-08-01\n")
    out = plain(run(planned, "--lead", "L1", "--verdicts", path(planned, "verdicts")))
    assert "It stands in “resting” since 5 March 2026" in out
    assert "It rests until 1 August 2026; nothing goes before." in out
    assert "(stage changed)" in out


OTHER = """
schema = 1
name = "other"
version = "1"
attributes = { country = "text" }
[fit]
gates = [{ reason = "competitor", when = { field = "email", op = "domain_in", value = ["rival.example"] } }]
grades = { A = 0 }
[interest]
rules = [{ event = "download", points = 5 }]
[qualify.mql]
when = { all = [{ field = "interest", op = "ge", value = 5 }, { field = "country", op = "eq", value = "FR" }] }
[nurture]
markets = ["ES", "MX"]
bases = [{ basis = "opt_out", channels = "email" }, { basis = "none", channels = "task" }]
windows.email = { hours = ["16:00-18:00"] }
[content]
news = { kind = "article" }
[sequences.news]
enter = { on = ["download"] }
on_end = { sequence = "more" }
steps = [
  { name = "choice", branch = { on = ["visit"], within = "1d", yes = "again", no = "letter" } },
  { name = "letter", channel = "email", content = "news", next = "last" },
  { name = "again", branch = { on = ["visit", "call"], within = "2d", yes = "letter", no = "last" } },
  { name = "last", channel = "email", pool = { kinds = ["article"] }, end = true },
]
[sequences.more]
on_end = { verdict = "maybe" }
steps = [{ name = "only", wait = "1d", channel = "email", content = "news" }]
[sequences.aside]
exclusive = false
enter = { on = ["download"] }
steps = [{ name = "only", wait = "1d", task = "Look it up" }]
"""


@pytest.fixture
def other(planned):
    """A playbook with more of what a plan can say, and leads of whom little is known."""
    planned.put("playbook.toml", OTHER)
    planned.put("leads.csv", "lead_id,email,country\nL1,a@bank.example,\nL2,b@rival.example,ES\n")
    for name in ("consents", "reports"):
        planned.put(f"{name}.csv", f"{(planned.folder / f'{name}.csv').read_text().splitlines()[0]}\n")
    return planned


def test_plan_tells_a_lead_of_whom_nobody_knows_where_it_is(other):
    """Times are those of the playbook, a fork leads to a fork, a sequence to the next, and a task needs no channel."""
    out = plain(run(other, "--lead", "L1"))
    assert "It has the points for MQL; something else is missing." in out
    assert "If it does “visit” by Fri 6 March 2026, 15:00, “again” follows; else “news” follows (e-mail)." in out
    assert "Allowed because it has not objected (newsletters)." in out
    assert "Fri 6 March 2026, 15:00, task: “Look it up”" in out
    assert "At a time that suits all 15 zones where it may be." in out
    assert "Times are those of UTC, ours, since nobody knows where it is." in out


def test_plan_says_what_follows_a_sequence(other):
    """Another one, or a maybe without a reason."""
    text = OTHER.replace('markets = ["ES", "MX"]', 'home = "Europe/Madrid"')
    other.put("playbook.toml", text.replace('pool = { kinds = ["article"] }', 'content = "news"'))
    first = plain(run(other, "--lead", "L1"))
    assert "“news” ends on Fri 6 March 2026, 16:00; the sequence “more” follows." in first
    assert "Times are those of Europe/Madrid, ours, since nobody knows where it is." in first
    assert "e-mail, step “last” of “news”: it has seen this already; " in first
    second = plain(run(other, "--lead", "L1", now="2026-03-06T16:00:00Z"))
    assert "; it then counts as a maybe." in second


def test_plan_says_why_a_sequence_ended_in_the_words_of_the_team(planned):
    """A goal that was reached is told in our words, or in the playbook's."""
    goal = PLAYBOOK.replace("on_end =", 'goals = [{ on = ["page_view"] }]\non_end =')
    planned.put("events.csv", EVENTS + "e3,L1,page_view,2026-03-05T15:30:00Z,,/pricing\n")
    for labels, told in (("", "(goal reached)"), ('[labels.en]\ngoal = "Hooray"\n', "(Hooray)")):
        planned.put("playbook.toml", goal + labels)
        assert f"It was in the sequence “education” until 5 March 2026 {told}." in plain(run(planned, "--lead", "L1"))


def test_plan_says_that_it_was_asked_for(planned):
    """What was asked for on a Saturday goes on Monday, and needs nothing else."""
    for name in ("leads", "events"):
        planned.put(
            f"{name}.csv", (planned.folder / f"{name}.csv").read_text().replace("2026-03-05T15", "2026-03-07T15")
        )
    planned.put("reports.csv", "lead_id,at,key,outcome\n")
    out = plain(run(planned, "--lead", "L1", now="2026-03-07T16:00:00Z"))
    assert (
        "Mon 9 March 2026, 09:00, e-mail: “guide” - Sequence “education”, step “first”. - Allowed because it asked "
        in out
    )


def test_plan_says_that_every_bar_is_reached(planned):
    """Nothing is missing any more; without bars nothing is said of them."""
    for playbook, told in (
        (PLAYBOOK.replace("value = 12", "value = 5"), True),
        (PLAYBOOK.replace('[qualify.mql]\nwhen = { field = "interest", op = "ge", value = 12 }', ""), False),
    ):
        planned.put("playbook.toml", playbook)
        out = plain(run(planned, "--lead", "L1"))
        assert ("It is above every bar." in out) is told
        assert "missing" not in out


def test_plan_says_that_a_lead_is_gated(other):
    """The reason of the gate stands there, and nothing goes."""
    out = plain(run(other, "--lead", "L2"))
    assert "gated: competitor; cannot qualify" in out
    assert "What goes next, if nothing happens before - Nothing." in out


def test_plan_says_that_nothing_new_is_left(other):
    """A step whose pool is used up waits for more, and the seen content is named."""
    out = plain(run(other, "--lead", "L1"))
    assert (
        "e-mail, step “last” of “news”: there is nothing left that is new to it; it waits. - Not chosen: “news” " in out
    )


def test_plan_says_what_waits(other):
    """What waits has no time at which it would go."""
    other.put("playbook.toml", OTHER.replace("[sequences.aside]", "[sequences.aside]\nholdout = 100"))
    out = plain(run(other, "--lead", "L1"))
    assert "- task, step “only” of “aside”: it is in the group that gets nothing, to compare with; it waits." in out


def test_plan_of_a_base_says_what_was_left_out(other):
    """Copies of events, and that no events were named."""
    other.put("events.csv", f"{EVENTS}e2,L2,download,2026-03-05T15:00:00Z,guide,\n")
    other.put("playbook.toml", OTHER.replace("[fit]", 'properties = { asset = "text", page = "text" }\n[fit]'))
    assert "Left out: 1 copy of an event (counted once)." in plain(run(other))
    bare = plain(other.run("plan", other.playbook, "--leads", path(other, "leads"), "--now", NOW, "--language", "es"))
    assert "Qué sale a 2 leads en 7 días Nada." in bare
    assert "Nota: no se indicaron eventos (--events ARCHIVO), así que el interés no cuenta ninguno." in bare


def test_plan_draws_bars_where_a_screen_has_no_blocks(planned):
    """A terminal of ASCII gets number signs."""
    done = planned.spawn(
        "plan", planned.playbook, "--leads", path(planned, "leads"), "--events", path(planned, "events"),
        "--consents", path(planned, "consents"), "--now", NOW, PYTHONIOENCODING="ascii",
    )  # fmt: skip
    assert b"|      1 |   1 | ####" in done.stdout


def test_plan_has_words_for_every_reason():
    """No code reaches the screen: each has a sentence, in Spanish too."""
    tables = (WITHHELD, REJECTED, MOVED, OUTCOMES)
    assert [text for table in tables for text in table.values() if text not in TEXTS] == []
    assert [len(table) for table in tables] == [21, 10, 4, 5]
