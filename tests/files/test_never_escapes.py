from datetime import UTC, datetime
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from leadqual.errors import LeadqualError
from leadqual.files import read_base, survey
from leadqual.playbook.mapping import FileFormat
from tests.files.support import LEADS, NOW, playbook, put

TYPES = ("text", "integer", "number", "boolean", "date", "instant", "list")
DECLARED = {f"a_{name}": name for name in TYPES}
BOOK = playbook(DECLARED, DECLARED)
LOOSE = playbook(
    DECLARED,
    DECLARED,
    events={
        "zone": "Europe/Madrid",
        "unit": "ms",
        "dates": "dd/mm/yyyy",
        "decimal": ",",
        "bare_dates": "noon",
        "missing": ["-"],
    },
)
CSV = (
    "event_id,lead_id,kind,at,by,source," + ",".join(DECLARED) + "\n"
    "e1,L1,open,2026-01-01T00:00:00Z,lead,,x,1,2.5,yes,2026-01-01,2026-01-01T00:00:00Z,a|b\n"
    'e2,L2,"a ""quoted"", kind",2026-01-01T00:00:00+01:00,us,crm,,,,,,,"[""a"", ""b""]"\n'
).encode()
JSON = (
    b'{"event_id": "e1", "lead_id": 1, "kind": "open", "at": "2026-01-01T00:00:00Z", "a_integer": 1, "a_list": ["x"]}\n'
    b'{"event_id": "e2", "lead_id": "L2", "kind": "open", "at": 1767225600000, "a_number": 1.5, "x": {}}\n'
)
SPICE = st.sampled_from(
    (
        *(
            b"\0",
            b'"',
            b"\n",
            b"\r",
            b",",
            b";",
            b"|",
            b"-",
            b"\xff",
            b"\xc3",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\xe2\x80\xa8",
        ),
        *(b"\x1f\x8b", b"NaN", b"1e999", b"9" * 400, b"\\ud800", b"[" * 50, b"{", b"}"),
        *(b"9999-12-31T23:59:59-23:59", b"2026-02-30", b"0000-00-00"),
    )
)


@st.composite
def spoilt(draw, valid):
    """A valid file with a few pieces replaced, doubled or cut."""
    data = valid
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 30)))
        data = data[:start] + draw(st.one_of(SPICE, st.binary(max_size=6), st.just(data[start:stop] * 2))) + data[stop:]
    return data


def read_everything(folder, ending, data):
    """Read bytes in every role; only our own errors may come out, and under skip the counts must add up."""
    path, leads = put(folder, f"events{ending}", data), put(folder, "leads.csv", LEADS)
    for book in (BOOK, LOOSE):
        every_role: list[dict[str, Any]] = [{"now": NOW, "leads": leads, "events": path}, {"now": NOW, "leads": path}]
        for roles in every_role:
            for bad_rows in ("fail", "skip"):
                try:
                    report = read_base(book, **roles, bad_rows=bad_rows).report
                except LeadqualError as error:
                    str(error).encode()
                else:
                    kept = report.events + report.orphans + report.copies
                    assert kept <= report.event_rows
                    assert report.leads <= report.lead_rows
    try:
        survey(path, FileFormat(zone="UTC"), table="events")
    except LeadqualError as error:
        str(error).encode()


@given(data=st.binary(max_size=200))
@example(data=b"\x1f\x8b\x08\x00")
@example(data=b"\xff\xfe\x00")
@example(data=b"event_id,lead_id,kind,at\n\xff,\0,a,b\n")
def test_any_bytes_as_csv_raise_nothing_but_our_errors(tmp_path_factory, data):
    """Whatever is in the file, what comes out is a base or an input error."""
    read_everything(tmp_path_factory.mktemp("any"), ".csv", data)


@given(data=st.binary(max_size=200))
def test_any_bytes_as_json_lines_raise_nothing_but_our_errors(tmp_path_factory, data):
    """Whatever is in the file, what comes out is a base or an input error."""
    read_everything(tmp_path_factory.mktemp("any"), ".jsonl", data)


@given(data=spoilt(CSV))
def test_spoilt_csv_raises_nothing_but_our_errors(tmp_path_factory, data):
    """A few damaged bytes reach deeper than noise does."""
    read_everything(tmp_path_factory.mktemp("spoilt"), ".csv", data)


@given(data=spoilt(JSON))
def test_spoilt_json_lines_raise_nothing_but_our_errors(tmp_path_factory, data):
    """A few damaged bytes reach deeper than noise does."""
    read_everything(tmp_path_factory.mktemp("spoilt"), ".jsonl", data)


@given(st.data())
def test_spoilt_parquet_raises_nothing_but_our_errors(tmp_path_factory, data):
    """What the Parquet library makes of damage is an input error."""
    import pyarrow as pa
    from pyarrow import parquet

    at = pa.array([datetime(2026, 1, 1, tzinfo=UTC)] * 50, pa.timestamp("us", "UTC"))
    folder = tmp_path_factory.mktemp("spoilt")
    sound = pa.table({"event_id": [f"e{i}" for i in range(50)], "lead_id": ["L1"] * 50, "kind": ["x"] * 50, "at": at})
    parquet.write_table(sound, folder / "sound.parquet")
    spoil = bytearray((folder / "sound.parquet").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        spoil[data.draw(st.integers(0, len(spoil) - 1))] = data.draw(st.integers(0, 255))
    path, leads = put(folder, "events.parquet", bytes(spoil)), put(folder, "leads.csv", LEADS)
    try:
        read_base(BOOK, leads=leads, events=path, now=NOW, bad_rows="skip")
    except LeadqualError as error:
        str(error).encode()
