"""Personal data in the cells of a file never enters a message or a report: canaries are planted."""

from datetime import UTC, datetime

import pytest

from leadqual.errors import LeadqualError
from leadqual.files import read_base
from leadqual.playbook import loads
from tests.hostile.canaries import CANARY, TYPES, leaks, told

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PLAYBOOK = loads(
    'schema = 1\nname = "n"\nversion = "1"\n[attributes]\n'
    + "".join(f'a_{name} = "{name}"\n' for name in TYPES)
    + "[properties]\n"
    + "".join(f'p_{name} = "{name}"\n' for name in TYPES)
)
CELLS = (
    f"{CANARY} x",
    f'"{CANARY}',
    f'"{CANARY}" x',
    f"{CANARY}\0",
    f"{CANARY}\x1b[31m",
    f"2026-13-01 {CANARY}",
    "1871-02-30",
)
JSON_CELLS = (
    f'"{CANARY}"', f'"{CANARY}\\u0000"', f'"{CANARY}\\ud800"', f'["{CANARY}", 1]', f'{{"{CANARY}": 1}}',
    f'"{CANARY}', f'"{CANARY}" x', f'1, "{CANARY}": 1, "{CANARY}": 2',
)  # fmt: skip
LEAD_COLUMNS = ("email", "phone", "kind", "acquisition", "zone", "created_at", "since", "valid_from", "stage")
EVENT_COLUMNS = ("kind", "by", "source", "at")


def _shown_by_files(folder, leads, events, ending):
    """Return everything that reading two files shows, refused or skipped."""
    paths = []
    for name, text in (("leads", leads), ("events", events)):
        (folder / f"{name}{ending}").write_bytes(text.encode("utf-8", "surrogatepass"))
        paths.append(folder / f"{name}{ending}")
    shown = []
    for bad_rows in ("fail", "skip"):
        try:
            base = read_base(PLAYBOOK, leads=paths[0], events=paths[1], now=NOW, bad_rows=bad_rows)
        except LeadqualError as error:
            shown.append(told(error))
        else:
            shown += [repr(base.report), *map(str, base.report.problems), *map(str, base.report.warnings)]
    return "\n".join(shown)


@pytest.mark.parametrize("column", [*LEAD_COLUMNS, *(f"a_{name}" for name in TYPES)])
def test_bad_cell_of_a_leads_file_is_not_shown(tmp_path, column):
    """File, line and column say where it is; the cell is the lead's own."""
    event = "event_id,lead_id,kind,at\ne1,L1,open,2026-01-01T00:00:00Z\n"
    for cell in CELLS:
        leads = f"lead_id,{column}\nL1,{cell}\nL1,{CANARY}2\n"
        assert not leaks(_shown_by_files(tmp_path, leads, event, ".csv"))
    for cell in JSON_CELLS:
        leads = f'{{"lead_id": "L1", "{column}": {cell}}}\n'
        events = '{"event_id": "e1", "lead_id": "L1", "kind": "open", "at": "2026-01-01T00:00:00Z"}\n'
        assert not leaks(_shown_by_files(tmp_path, leads, events, ".jsonl"))


@pytest.mark.parametrize("column", [*EVENT_COLUMNS, *(f"p_{name}" for name in TYPES)])
def test_bad_cell_of_an_events_file_is_not_shown(tmp_path, column):
    """Also where two rows of one event differ."""
    for cell in CELLS:
        fixed = {"event_id": "e1", "lead_id": "L1", "kind": "open", "at": "2026-01-01T00:00:00Z"}
        first, second = fixed | {column: cell}, fixed | {column: f"{CANARY}2"}
        events = f"{','.join(first)}\n{','.join(first.values())}\n{','.join(second.values())}\n"
        assert not leaks(_shown_by_files(tmp_path, "lead_id\nL1\n", events, ".csv"))
    for cell in JSON_CELLS:
        event = (
            f'{{"event_id": "e1", "lead_id": "L1", "kind": "open", "at": "2026-01-01T00:00:00Z", "{column}": {cell}}}\n'
        )
        assert not leaks(_shown_by_files(tmp_path, '{"lead_id": "L1"}\n', event, ".jsonl"))


BROKEN = (
    f"lead_id,email\nL1,a,{CANARY}\n",
    f"lead_id,email\n,{CANARY}\n",
    f'lead_id,email\nL1,"{CANARY}\n\n\n',
    f"{CANARY}@x.example,{CANARY}\nL1,b\n",
    f"lead_id,{CANARY},{CANARY}\nL1,1,2\n",
    f"lead_id,email\nL1,{CANARY}\udcff\n",
    f"lead_id,email\n{CANARY * 40_000},x\n",
)


@pytest.mark.parametrize("leads", BROKEN, ids=range(len(BROKEN)))
def test_broken_file_shows_none_of_its_rows(tmp_path, leads):
    """Rows of another length, an open quote, a file without a header, doubled columns, bytes that are no text."""
    events = "event_id,lead_id,kind,at\n"
    assert not leaks(_shown_by_files(tmp_path, leads, events, ".csv"))
