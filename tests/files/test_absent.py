"""Files without a column that is needed, and which of all problems come first."""

import pytest

from leadqual.errors import InputError
from leadqual.files import RowsError
from tests.files.support import base, lines, playbook

OURS = "event_id,lead_id,kind,at\ne1,L1,visit,2026-03-01T00:00:00Z\n"
MAPPED = playbook(
    {"job_title": "text"},
    columns={
        "leads": {"lead_id": "Contact ID", "job_title": "Job title"},
        "events": {"event_id": "Activity ID", "lead_id": "Contact ID", "kind": "Type", "at": "When"},
    },
)
CONTACTS = "Contact ID;Job title;email\nL1;CTO;a@firm.example\n"
ACTIVITIES = "Activity ID;Contact ID;Type;When\na1;L1;visit;2026-03-01T00:00:00Z\n"


def problems(folder, book, leads, events):
    """What is said of two files."""
    with pytest.raises(InputError) as caught:
        base(folder, book, leads, events)
    return lines(caught.value, folder)


def test_lacking_column_that_is_mapped_names_the_mapping(tmp_path):
    """The line of the playbook is there already: it points to nothing in this file."""
    told = problems(tmp_path, MAPPED, CONTACTS, ACTIVITIES.replace("When", "Fecha"))
    mapped = "[columns.events] maps at to `When`, which this file does not have."
    assert told == [f"events.csv: the column `When` is needed (got 4 other columns). {mapped}"]


def test_lacking_column_that_is_mapped_still_gets_a_did_you_mean(tmp_path):
    """A header that changed by a letter is offered."""
    (told,) = problems(tmp_path, MAPPED, CONTACTS, ACTIVITIES.replace("Activity ID", "Activity Id"))
    assert "Did you mean `Activity Id`? [columns.events] maps event_id to `Activity ID`" in told


def test_lacking_column_without_a_mapping_gets_the_line_to_add(tmp_path):
    """Nothing maps it, so the line to write is said."""
    (told,) = problems(tmp_path, playbook(), "lead_id\nL1\n", OURS.replace(",at", ",stamp"))
    assert told.endswith('Add under [columns.events]: at = "the file\'s name of it".')


@pytest.mark.parametrize(
    ("book", "leads", "events"),
    [(MAPPED, CONTACTS, ACTIVITIES), (playbook(), "lead_id,email,created_at\nL1,a@firm.example,\n", OURS)],
)
def test_files_that_were_swapped_are_asked_about_first(tmp_path, book, leads, events):
    """Leads where events should be: the question comes before what is wrong with the rows."""
    told = problems(tmp_path, book, events, leads)
    assert told[0].startswith("events.csv: the column ")
    assert "Is this the leads file?" in told[0]
    assert "Is this" not in "".join(told[1:])


def test_events_where_leads_should_be_are_asked_about(tmp_path):
    """A leads file without lead ids that has the columns of events is likely to be one of events."""
    (told,) = problems(tmp_path, playbook(columns={"leads": {"lead_id": "Id"}}), OURS, None)
    assert "Is this the events file?" in told


def test_file_with_few_columns_is_not_asked_about(tmp_path):
    """A file that looks like neither table is no swap."""
    assert all("Is this" not in line for line in problems(tmp_path, playbook(), "lead_id\nL1\n", "lead_id,x\nL1,1\n"))


def test_problems_of_whole_files_come_before_those_of_rows(tmp_path):
    """Hundreds of bad rows do not hide that a file cannot be used at all."""
    leads = "lead_id,kind\n" + "".join(f"L{i},alien\n" for i in range(150))
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), leads, "x,y\n1,2\n")
    assert caught.value.total == 154
    assert len(caught.value.problems) == 100
    assert [problem.where.endswith("events.csv") for problem in caught.value.problems[:5]] == [True] * 4 + [False]


@pytest.mark.parametrize("events", [OURS.replace("visit", ""), OURS + OURS.splitlines()[1].replace("visit", "other")])
def test_wrong_rows_are_an_error_that_skipping_would_help(tmp_path, events):
    """Bad cells and conflicts are left out with ``bad_rows="skip"``, so the error says that it is of rows."""
    with pytest.raises(RowsError):
        base(tmp_path, playbook(), "lead_id\nL1\n", events)
    base(tmp_path, playbook(), "lead_id\nL1\n", events, bad_rows="skip")


@pytest.mark.parametrize("events", ["", "x,y\n1,2\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff" * 9])
@pytest.mark.parametrize("bad_rows", ["fail", "skip"])
def test_unusable_file_is_no_error_of_rows(tmp_path, events, bad_rows):
    """Skipping does not help there, also when rows of another file are wrong."""
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), "lead_id,kind\nL1,alien\n", events, bad_rows=bad_rows)
    assert not isinstance(caught.value, RowsError)
