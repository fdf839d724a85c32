from datetime import UTC, datetime

import pytest

from leadqual.errors import InputError
from leadqual.files import read_base, read_events, read_leads
from leadqual.files.source import LONGEST_LINE
from tests.files.support import LEADS, NOW, base, lines, playbook, put

EVENTS = "event_id,lead_id,kind,at\n"
TEXTS = {"job_title": "text", "city": "text"}


def attributes(found):
    """Return the attributes of each lead."""
    return {lead_id: dict(lead.attributes) for lead_id, lead in found.leads.items()}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("packed", [False, True])
def test_csv_is_read_however_it_was_exported(tmp_path, delimiter, mark, end, packed):
    """Separator, byte order mark, line ends and gzip are found by themselves."""
    rows = [["lead_id", "job_title", "city"], ["007", "", f'"Soria{end}a ""b"", c"'], ["L2", " CTO ", "León"]]
    content = mark + end.join(delimiter.join(row) for row in rows) + end
    path = put(tmp_path, "leads.csv.gz" if packed else "leads.csv", content, packed=packed)
    found = read_leads(path, playbook(TEXTS), now=NOW)
    assert {lead_id: dict(lead.attributes) for lead_id, lead in found.items()} == {
        "007": {"city": f'Soria{end}a "b", c'},
        "L2": {"job_title": " CTO ", "city": "León"},
    }


@pytest.mark.parametrize(
    ("encoding", "bytes_of"),
    [
        ("cp1252", "cp1252"),
        ("latin-1", "latin-1"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-8-sig", "utf-8"),
        (None, "utf-16"),
        (None, "utf-8-sig"),
        ("cp1252", "utf-8-sig"),
        ("shift_jis", "shift_jis"),
    ],
)
def test_csv_is_decoded_as_the_playbook_says_and_a_mark_wins(tmp_path, encoding, bytes_of):
    """The encoding comes from the mark, then from the playbook, then it is UTF-8."""
    city = "東京" if bytes_of == "shift_jis" else "León"
    content = f"lead_id,city\nL1,{city}\n".encode(bytes_of)
    found = base(tmp_path, playbook(TEXTS, leads={"encoding": encoding}), content)
    assert attributes(found) == {"L1": {"city": city}}


def test_csv_names_the_line_of_undecodable_bytes_and_the_line_to_add(tmp_path):
    """A wrong encoding is a bad row at its cell, with the encoding to name."""
    content = b"lead_id,city\nL1,Soria\n" + "L2,León\n".encode("cp1252") + b"L3,Sor\xc3\n"
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(TEXTS), content)
    one, two = lines(caught.value, tmp_path)
    assert one == (
        "leads.csv:3:city: the text cannot be used: it holds bytes that are not utf-8 (got a text). "
        'Add under [files.leads]: encoding = "cp1252" (or what the file was saved in).'
    )
    assert two.startswith("leads.csv:4:city:")
    with pytest.raises(InputError, match="Save the file in one encoding"):
        base(tmp_path, playbook(TEXTS, leads={"encoding": "utf-8"}), content)
    assert list(base(tmp_path, playbook(TEXTS), content, bad_rows="skip").leads) == ["L1"]


def test_csv_refuses_nul_characters(tmp_path):
    """A NUL breaks databases later; its line is refused, also in a column that is not read."""
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), "lead_id,x\nL1,\nL2,a\0b\n")
    assert [line[:15] for line in lines(caught.value, tmp_path)] == ["leads.csv:3:x: "]
    with pytest.raises(InputError, match="the header cannot be read: it holds a NUL"):
        base(tmp_path, playbook(), "lead_id,x\0\nL1,\n")


@pytest.mark.parametrize("width", [1, 3])
def test_csv_refuses_rows_of_another_width_than_the_header(tmp_path, width):
    """Too few and too many cells are bad rows at their line; blank lines are none."""
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), "lead_id,email\n\nL1,a@b.example\n\n" + ",".join("x" * width) + "\n")
    (problem,) = lines(caught.value, tmp_path)
    assert problem == (
        f"leads.csv:5: the row is not as wide as the header (got {width} cells). "
        "The header has 2; quote cells that hold the separator."
    )


def test_csv_refuses_a_quote_in_the_middle_and_reads_on(tmp_path):
    """Text after a closing quote is a bad row; the lines after it are read."""
    content = 'lead_id,city\nL1,"a" b\nL2,"multi\nline" x\nL3,c"d\n'
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(TEXTS), content)
    assert [line.split(": ")[0] for line in lines(caught.value, tmp_path)] == ["leads.csv:2", "leads.csv:3"]
    assert attributes(base(tmp_path, playbook(TEXTS), content, bad_rows="skip")) == {"L3": {"city": 'c"d'}}


@pytest.mark.parametrize("rest", ["", "L3,c\n" * 3, "x" * 100])
def test_csv_refuses_a_file_with_an_unclosed_quote_even_when_skipping(tmp_path, rest):
    """It hides all rows after it, so skipping it would hide how much is lost."""
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(TEXTS), f'lead_id,city\nL1,a\nL2,"b\n{rest}', bad_rows="skip")
    assert lines(caught.value, tmp_path)[0].startswith("leads.csv:3: a quote is opened and never closed")


def test_csv_refuses_a_header_without_end(tmp_path):
    """A quoted name of many lines that passes the limit is no header."""
    content = b'"lead_id\n' + b"x" * (9 << 20) + b"\n" + b"x" * (9 << 20)
    with pytest.raises(InputError, match="the header cannot be read"):
        base(tmp_path, playbook(), content)


def test_csv_takes_cells_of_more_than_the_usual_limit(tmp_path):
    """A long text in a column that is not read is no reason to refuse a base."""
    content = f'lead_id,body\nL1,"{"x" * 300_000}"\n'
    assert list(base(tmp_path, playbook(), content).leads) == ["L1"]


def test_csv_refuses_a_line_without_end(tmp_path):
    """A file that is one endless line is not read into memory."""
    content = b"lead_id\n" + b"x" * (LONGEST_LINE + (2 << 20))
    with pytest.raises(InputError, match="a line is too long"):
        base(tmp_path, playbook(), content)


def test_csv_refuses_an_endless_cell(tmp_path):
    """A quoted cell of many lines that passes the limit is an unclosed quote."""
    content = b'lead_id\n"' + (b"x" * 1023 + b"\n") * ((LONGEST_LINE >> 10) + 10)
    with pytest.raises(InputError, match=r"leads\.csv:2: a quote is opened"):
        base(tmp_path, playbook(), content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "a header was expected (got an empty file)"),
        ("\n\n", "a header was expected (got blank lines)"),
        ('lead_id,"a" b\nL1,2\n', "the header cannot be read (got stray quotes)"),
        ('"lead_id\nL1\n', "the header cannot be read (got stray quotes)"),
        ("lead_id,email,email\n", "two columns have the same name (got `email` twice or more)"),
        ("Lead_ID,email\n", "the column `lead_id` is needed (got 2 other columns). Did you mean `Lead_ID`?"),
        ("a|b\n1|2\n", 'the column `lead_id` is needed (got 1 other columns). Add under [columns.leads]: lead_id = "'),
        (b"PK\x03\x04rest", "a text file was expected (got a spreadsheet or a zip file)"),
        (b"PAR1rest", "a text file was expected (got a Parquet file)"),
        (b"\x1f\x8b\x08rest", "the file cannot be unpacked (got broken gzip data)"),
    ],
)
def test_csv_refuses_a_file_without_a_usable_header(tmp_path, content, what):
    """What concerns the whole file is one problem, also when bad rows are skipped."""
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), content, bad_rows="skip")
    assert lines(caught.value, tmp_path)[0].partition(": ")[2].startswith(what)


def test_csv_ignores_doubled_columns_that_it_does_not_read(tmp_path):
    """Empty and repeated names of undeclared columns are common and harmless."""
    content = "lead_id,,,note,note\nL1,,,a,b\n"
    assert list(base(tmp_path, playbook(), content).leads) == ["L1"]


def test_csv_reports_a_broken_gzip_after_its_start(tmp_path):
    """A truncated download is refused, not read in part."""
    content = put(tmp_path, "x.gz", "lead_id\n" + "".join(f"L{i}\n" for i in range(50_000)), packed=True).read_bytes()
    with pytest.raises(InputError, match="cannot be unpacked"):
        base(tmp_path, playbook(), content[: len(content) // 2])


def test_csv_refuses_half_a_character_of_utf_16(tmp_path):
    """Where a decoder cannot mark the bytes, the whole file is refused."""
    with pytest.raises(InputError, match="utf-16"):
        base(tmp_path, playbook(), b"\xff\xfe" + "lead_id\nL1\n".encode("utf-16-le") + b"\x00")


def test_csv_finds_the_delimiter_by_the_columns_it_wants(tmp_path):
    """A header full of commas inside names is still parted at the semicolon."""
    book = playbook({"size": "text"}, columns={"leads": {"size": "Size, people, FTE"}})
    found = base(tmp_path, book, "lead_id;Size, people, FTE\nL1;12\n")
    assert attributes(found) == {"L1": {"size": "12"}}
    piped = base(tmp_path, playbook(TEXTS, leads={"delimiter": "|"}), "lead_id|city\nL1|Soria\n")
    assert attributes(piped) == {"L1": {"city": "Soria"}}


def test_csv_maps_columns_and_formats(tmp_path):
    """Names, zone, dates and missing words of the playbook are applied to their table only."""
    book = playbook(
        properties={"asset": "text"},
        columns={"events": {"event_id": "Id", "at": "Fecha", "kind": "Tipo", "asset": "Recurso"}},
        events={"zone": "Europe/Madrid", "dates": "dd/mm/yyyy", "missing": ["-"]},
    )
    content = (
        "Id;lead_id;Tipo;Fecha;Recurso;by;source\n"
        "1;L1;download;01/03/2026 09:30;-;us;crm\n"
        "2;L1;open;01/07/2026 09:30;a;;\n"
    )
    events = read_events(put(tmp_path, "e.csv", content), book)
    assert [(e.id, e.kind, e.at, dict(e.properties), e.by, e.source) for e in events] == [
        ("1", "download", datetime(2026, 3, 1, 8, 30, tzinfo=UTC), {}, "us", "crm"),
        ("2", "open", datetime(2026, 7, 1, 7, 30, tzinfo=UTC), {"asset": "a"}, "lead", ""),
    ]


def test_csv_reports_every_problem_of_a_row_at_its_column(tmp_path):
    """All bad cells of a row are listed, in the order of the file, without their values."""
    content = f"{EVENTS}e1,,x,2026-01-01T00:00\n,L1,y,tomorrow\ne3,L1,,2026-01-01T00:00Z\n"
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), events=content)
    assert [line.split(" (got")[0] for line in lines(caught.value, tmp_path)] == [
        "events.csv:2:lead_id: a value is needed here",
        "events.csv:2:at: the time has no zone",
        "events.csv:3:event_id: a value is needed here",
        "events.csv:3:at: an instant was expected",
        "events.csv:4:kind: a value is needed here",
    ]
    assert "tomorrow" not in str(caught.value)


def test_csv_counts_all_problems_and_lists_the_first_hundred(tmp_path):
    """A broken file does not flood the screen."""
    content = EVENTS + "".join(f"e{i},L1,x,soon\n" for i in range(250))
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(), events=content)
    assert (len(caught.value.problems), caught.value.total) == (100, 250)
    assert str(caught.value).endswith("… and 150 more problems")
    report = base(tmp_path, playbook(), events=content, bad_rows="skip").report
    assert (report.bad_rows, report.event_rows, report.total, len(report.problems)) == (250, 250, 250, 100)


def test_csv_header_alone_is_an_empty_base(tmp_path):
    """No rows is no error."""
    found = base(tmp_path, playbook(), "lead_id\n", EVENTS)
    assert (found.report.leads, found.report.events) == (0, 0)


def test_csv_lines_are_counted_across_blocks_and_lines_in_quotes(tmp_path):
    """The line of a problem deep in a file is right, after quoted line ends and more than one block."""
    row = 'L{},"two\r\nlines {}"\r\n'
    content = "lead_id,city\r\n" + "".join(row.format(i, "x" * 50) for i in range(30_000)) + "bad\r\n"
    with pytest.raises(InputError) as caught:
        base(tmp_path, playbook(TEXTS), content)
    assert lines(caught.value, tmp_path)[0].startswith("leads.csv:60002: ")


def test_csv_of_old_macs_is_read_in_blocks(tmp_path):
    """Lone carriage returns end lines also in files of several blocks."""
    content = "lead_id,x\r" + "".join(f"L{i},{'x' * 500}\r" for i in range(5_000))
    assert len(base(tmp_path, playbook(), content).leads) == 5_000


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("leads.xlsx", "Save the sheet as CSV."),
        ("leads.json", "Write JSON Lines"),
        ("leads", "Give it the ending"),
        ("leads.dat.gz", "Give it the ending"),
    ],
)
def test_file_of_an_unknown_kind_is_refused(tmp_path, name, hint):
    """The ending says what a file is; the hint says what to do."""
    with pytest.raises(InputError, match=hint):
        read_leads(put(tmp_path, name, LEADS), playbook(), now=NOW)


@pytest.mark.parametrize("name", ["absent.csv", "absent.jsonl", "nul\0.csv"])
def test_file_that_is_not_there_is_refused(tmp_path, name):
    """A wrong path is an input error like any other."""
    with pytest.raises(InputError, match="cannot be read"):
        read_leads(tmp_path / name, playbook(), now=NOW)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_leads(tmp_path / "folder.csv", playbook(), now=NOW)


def test_files_report_progress_in_bytes_on_disk(tmp_path):
    """The bar moves over all files and ends at their size."""
    paths = [
        put(tmp_path, "a.csv", LEADS),
        put(tmp_path, "b.csv.gz", "lead_id,x\n" + f"L3,{'x' * 999}\n" * 3_000, packed=True),
    ]
    events = put(tmp_path, "e.csv", EVENTS)
    seen = []
    read_base(playbook(), leads=paths, events=events, now=NOW, progress=lambda done, total: seen.append((done, total)))
    total = sum(path.stat().st_size for path in [*paths, events])
    assert seen == sorted(seen)
    assert seen[-1] == (total, total)
