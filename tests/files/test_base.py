from datetime import UTC, datetime, timedelta

import pytest
from attrs import frozen

from leadqual.errors import InputError, InstantError
from leadqual.files import read_base, read_events, read_leads
from tests.files.support import LEADS, NOW, base, lines, playbook, put

EVENTS = "event_id,lead_id,kind,at"
T = "2026-01-01T00:00:00Z"


def events(*rows, columns=EVENTS):
    """Return the content of an events file."""
    return "\n".join([columns, *rows]) + "\n"


def report_of(found, *names):
    """Return these counts of the report."""
    return tuple(getattr(found.report, name) for name in names)


def test_base_gives_leads_and_their_events(tmp_path):
    """Events are grouped by lead in the order of the file; a lead without events has none."""
    found = base(tmp_path, playbook(), events=events(f"e2,L1,open,{T}", f"e1,L1,open,{T}"))
    assert list(found.leads) == ["L1", "L2"]
    assert {lead_id: [event.id for event in own] for lead_id, own in found.events.items()} == {"L1": ["e2", "e1"]}
    assert report_of(found, "lead_rows", "event_rows", "leads", "events") == (2, 2, 2, 2)
    assert "a@" not in repr(found)


def test_base_reads_leads_with_all_their_columns(tmp_path):
    """Every built-in column reaches the lead, typed."""
    content = (
        "lead_id,kind,email,phone,company_id,acquisition,channel,source,zone,language,created_at,since,stage\n"
        f"L1,person,a@b.example,0034,C1,inbound,web,ads,Europe/Madrid,es,{T},{T},mql\nL2,,,,,,,,,,,,\n"
    )
    found = base(tmp_path, playbook(), content)
    lead, empty = found.leads["L1"], found.leads["L2"]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert (lead.kind, lead.email, lead.phone, lead.company_id) == ("person", "a@b.example", "0034", "C1")
    assert (lead.acquisition, lead.channel, lead.source, lead.zone) == ("inbound", "web", "ads", "Europe/Madrid")
    assert (lead.language, lead.created_at, lead.since, lead.stage) == ("es", start, start, "mql")
    assert (empty.kind, empty.email, empty.created_at, empty.stage, empty.attributes) == (None, None, None, None, {})


def test_base_refuses_words_that_leads_and_events_do_not_know(tmp_path):
    """Kind, acquisition and by are closed lists; the hint names them."""
    with pytest.raises(InputError) as caught:
        base(
            tmp_path,
            playbook(),
            "lead_id,kind,acquisition\nL1,robot,Inbound\n",
            events(f"e1,L1,open,{T},them", columns=f"{EVENTS},by"),
        )
    assert [line.split(" (got")[0] for line in lines(caught.value, tmp_path)] == [
        "leads.csv:2:kind: a known word was expected",
        "leads.csv:2:acquisition: a known word was expected",
        "events.csv:2:by: a known word was expected",
    ]
    assert "lead, us" in str(caught.value)
    assert "robot" not in str(caught.value)


def test_base_warns_of_declared_and_mapped_columns_that_are_absent(tmp_path):
    """A declared attribute without a column is missing for all; one warning says so, for each file."""
    book = playbook({"job_title": "text", "country": "text"}, columns={"leads": {"email": "Mail"}})
    found = base(tmp_path, book, "lead_id,jobtitle,country,E-Mail\nL1,CTO,ES,a@b.example\n")
    warnings = [warning.replace(f"{tmp_path}/", "") for warning in found.report.warnings]
    assert warnings == [
        "leads.csv has no column `job_title`: `job_title` is missing for all its leads. Did you mean `jobtitle`?",
        "leads.csv has no column `Mail`: `email` is missing for all its leads. Did you mean `E-Mail`?",
    ]
    assert dict(found.leads["L1"].attributes) == {"country": "ES"}


def test_base_takes_declarations_that_say_more_than_a_type(tmp_path):
    """An attribute with a weight is declared like any other."""

    @frozen
    class Weighted:
        type: str
        weight: int

    found = base(tmp_path, playbook({"employees": Weighted("integer", 3)}), "lead_id,employees\nL1,12\n")
    assert found.leads["L1"].attributes == {"employees": 12}


def test_base_counts_exact_copies_once(tmp_path):
    """Copies in any order and file are one event, also where the instant is written another way."""
    book = playbook(properties={"asset": "text", "n": "number"})
    columns = f"{EVENTS},asset,n"
    one = put(tmp_path, "one.csv", events("e1,L1,open,2026-01-01T00:00:00Z,e\u0301,-0", columns=columns))
    two = put(tmp_path, "two.csv", events("e1,L1,open,2026-01-01T01:00:00+01:00,\u00e9,0.0", columns=columns))
    leads = put(tmp_path, "leads.csv", LEADS)
    found = read_base(book, leads=leads, events=[one, str(two)], now=NOW)
    assert report_of(found, "event_rows", "events", "copies", "conflicts") == (2, 1, 1, 0)
    assert len(read_events([one, two], book)) == 1


def test_base_reports_conflicts_with_both_places(tmp_path):
    """One id with two contents is an error with both rows and what differs, or left out and counted."""
    content = events(
        f"e1,L1,open,{T},a",
        f"e2,L1,open,{T},a",
        f"e1,L1,click,{T},b",
        f"e1,L1,open,{T},a",
        columns=f"{EVENTS},asset",
    )
    book = playbook(properties={"asset": "text"})
    with pytest.raises(InputError) as caught:
        base(tmp_path, book, events=content)
    (problem,) = lines(caught.value, tmp_path)
    assert problem == (
        "events.csv:4:event_id: the id already stands for another event, events.csv:2, that differs in kind, asset "
        "(got two events). Give every event its own id, or name their systems in the column `source`."
    )
    found = base(tmp_path, book, events=content, bad_rows="skip")
    assert [event.id for event in found.events["L1"]] == ["e2"]
    assert report_of(found, "events", "copies", "conflicts", "total") == (1, 1, 1, 1)
    with pytest.raises(InputError, match="already stands"):
        read_events(tmp_path / "events.csv", book)


def test_base_finds_conflicts_over_files_and_with_events_of_unknown_leads(tmp_path):
    """The place of each row is its own file; later events and orphans conflict too; sources part ids."""
    columns = f"{EVENTS},source"
    one = put(tmp_path, "one.csv", events(f"e1,L1,open,{T},", f"e2,L1,open,{T},crm", columns=columns))
    two = put(tmp_path, "two.csv", events(f"e2,L1,click,{T},web", "e1,L9,open,2027-01-01T00:00:00Z,", columns=columns))
    with pytest.raises(InputError) as caught:
        read_base(playbook(), leads=put(tmp_path, "leads.csv", LEADS), events=[one, two], now=NOW)
    (problem,) = lines(caught.value, tmp_path)
    assert problem.startswith(
        "two.csv:3:event_id: the id already stands for another event, one.csv:2, that differs in lead_id, at"
    )


def test_base_counts_orphans_and_does_not_keep_them(tmp_path):
    """Events of leads that are not in the base are counted once each, after copies."""
    found = base(tmp_path, playbook(), events=events(f"e1,L9,open,{T}", f"e1,L9,open,{T}", f"e2,L1,open,{T}"))
    assert report_of(found, "events", "orphans", "copies") == (1, 1, 1)
    assert set(found.events) == {"L1"}


def test_base_keeps_events_later_than_now(tmp_path):
    """They do not count yet, which is the score's business."""
    found = base(tmp_path, playbook(), events=events("e1,L1,open,2027-01-01T00:00:00Z"))
    assert found.report.events == 1


def test_base_takes_equal_rows_of_a_lead_as_one(tmp_path):
    """Equality is after reading: undeclared columns and the form of a text do not matter."""
    content = "lead_id,city,note\nL1,Le\u00f3n,a\nL1,Leo\u0301n,b\n"
    found = base(tmp_path, playbook({"city": "text"}), content)
    assert report_of(found, "lead_rows", "leads", "doubled_leads") == (2, 1, 0)


def test_base_reports_leads_whose_rows_contradict_each_other(tmp_path):
    """The error has both places and the columns that differ; under skip the lead is left out with its events."""
    content = "lead_id,city,stage\nL1,Soria,\nL2,,\nL1,León,mql\nL1,Soria,\n"
    book = playbook({"city": "text"})
    with pytest.raises(InputError) as caught:
        base(tmp_path, book, content)
    (problem,) = lines(caught.value, tmp_path)
    assert problem == (
        "leads.csv:4:lead_id: the lead has another row, leads.csv:2, that differs in stage, city (got two rows). "
        "Keep one, or say from when each is valid in the column `valid_from`."
    )
    found = base(tmp_path, book, content, events(f"e1,L1,open,{T}"), bad_rows="skip")
    assert list(found.leads) == ["L2"]
    assert report_of(found, "doubled_leads", "orphans", "bad_rows", "total") == (1, 1, 0, 1)


def test_base_takes_the_latest_version_that_is_valid_now(tmp_path):
    """The order of rows does not matter; a version valid from now on counts; later ones do not."""
    content = (
        "lead_id,city,valid_from\n"
        "L1,third,2026-06-01T00:00:00.000001Z\nL1,first,\nL1,second,2026-03-01T00:00:00Z\n"
        "L2,only,\nL3,later,2027-01-01T00:00:00Z\n"
    )
    book = playbook({"city": "text"})
    found = base(tmp_path, book, content, events(f"e1,L3,open,{T}"))
    assert {lead_id: lead.attributes["city"] for lead_id, lead in found.leads.items()} == {"L1": "second", "L2": "only"}
    assert report_of(found, "later_leads", "orphans", "profile_dated") == (1, 1, True)
    after = read_leads(tmp_path / "leads.csv", book, now=NOW + timedelta(microseconds=1))
    assert after["L1"].attributes["city"] == "third"
    before = read_leads(tmp_path / "leads.csv", book, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert before["L1"].attributes["city"] == "first"


def test_base_reports_two_versions_from_the_same_instant(tmp_path):
    """Which of them counts is not guessed, whatever way the instant is written."""
    content = (
        "lead_id,city,valid_from\nL1,a,2026-01-01T00:00Z\nL1,b,2026-01-01T01:00+01:00\nL2,a,\nL2,b,\nL3,a,\nL3,a,\n"
    )
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook({"city": "text", "tags": "list"}), content)
    assert [line.split(": ")[0] for line in lines(caught.value, tmp_path)] == [
        "leads.csv:3:lead_id",
        "leads.csv:5:lead_id",
    ]


def test_base_compares_lists_of_doubled_rows(tmp_path):
    """Equal lists are equal, whichever way they and their letters are written."""
    content = 'lead_id;tags\nL1;e\u0301|b\nL1;["\u00e9", "b"]\n'
    assert base(tmp_path, playbook({"tags": "list"}), content).leads["L1"].attributes == {"tags": ("e\u0301", "b")}


def test_base_says_whether_the_profile_is_dated(tmp_path):
    """Without `valid_from` in every leads file the profile is as of today."""
    assert base(tmp_path, playbook()).report.profile_dated is False
    dated = put(tmp_path, "dated.csv", "lead_id,valid_from\nL5,\n")
    assert read_base(playbook(), leads=dated, now=NOW).report.profile_dated is True
    assert read_base(playbook(), leads=[dated, tmp_path / "leads.csv"], now=NOW).report.profile_dated is False


def test_base_skips_and_counts_bad_rows(tmp_path):
    """A bad lead row takes its lead out; its events are orphans."""
    found = base(
        tmp_path,
        playbook({"employees": "integer"}),
        "lead_id,employees\nL1,many\nL2,3\n",
        events(f"e1,L1,open,{T}", "e2,L2,open,soon", f"e3,L2,open,{T}"),
        bad_rows="skip",
    )
    assert list(found.leads) == ["L2"]
    assert report_of(found, "lead_rows", "event_rows", "bad_rows", "events", "orphans", "total") == (2, 3, 2, 1, 1, 2)
    assert len(found.report.problems) == 2


def test_base_reports_the_problems_of_all_files_at_once(tmp_path):
    """One run shows what is wrong in the leads and in the events."""
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), "id\nL1\n", events("e1,L1,open,soon"), bad_rows="skip")
    assert [line.split(": ")[0] for line in lines(caught.value, tmp_path)] == ["leads.csv", "events.csv:2:at"]


def test_base_refuses_ids_that_cannot_be_stored(tmp_path):
    """A NUL in the id of a JSON object is refused at its key."""
    leads = put(tmp_path, "leads.jsonl", '{"lead_id": "L\\u0000"}\n')
    with pytest.raises(InputError, match=r"leads.jsonl:1:lead_id: the text cannot be used: it holds a NUL"):
        read_base(playbook(), leads=leads, now=NOW)


def test_base_refuses_a_naive_now_and_an_unknown_word(tmp_path):
    """`now` is an instant; `bad_rows` is one of two words."""
    with pytest.raises(InstantError):
        base(tmp_path, playbook(), now=datetime(2026, 6, 1))
    with pytest.raises(InputError, match='Write "fail" or "skip"'):
        base(tmp_path, playbook(), bad_rows="ignore")


def test_base_refuses_a_wrong_file_format(tmp_path):
    """A format that was not checked with its playbook is checked here."""
    with pytest.raises(InputError, match=r"files\.events\.zone"):
        base(tmp_path, playbook(events={"zone": "Mars/Olympus"}))
    with pytest.raises(InputError, match=r"files\.leads\.unit"):
        base(tmp_path, playbook(leads={"unit": "h"}))


def test_base_shows_no_personal_data_in_its_errors(tmp_path):
    """Whatever is wrong, no cell is in the message."""
    leads = "lead_id,email,kind,created_at,n\nSECRET1,SECRET2@b.example,SECRET3,SECRET4,SECRET5\nSECRET1,x,,,\n"
    content = events("SECRET6,SECRET7,SECRET8,SECRET9", f"e1,L1,SECRET10,{T}", f"e1,L2,SECRET11,{T}", "SECRET12")
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook({"n": "number"}), leads, content)
    assert "SECRET" not in str(caught.value)
    assert caught.value.total == 6
