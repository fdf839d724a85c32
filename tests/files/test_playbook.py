from datetime import UTC, datetime
from decimal import Decimal

import pytest

from leadqual.errors import InputError, ModelError
from leadqual.files import read_base, write_scores
from leadqual.playbook import loads
from tests.files.support import NOW, lines, put

PLAYBOOK = """
schema = 1
name = "shop"
version = "1"
[attributes]
employees = { type = "integer", weight = 3 }
[properties]
asset = "text"
[[fit.criteria]]
when = { field = "employees", op = "ge", value = 10 }
points = 20
[[interest.rules]]
event = "download"
points = 2.5
distinct_by = "asset"
[columns.leads]
lead_id = "Id"
employees = "Empleados"
[columns.events]
at = "Fecha"
[files.events]
zone = "Europe/Madrid"
dates = "dd/mm/yyyy"
missing = ["-"]
"""


def test_files_are_read_as_a_playbook_says_and_scored(tmp_path):
    """From two files and a document to a file of scores."""
    playbook = loads(PLAYBOOK)
    leads = put(tmp_path, "leads.csv", "Id;Empleados;Nombre\nL2;5;Ana\nL1;12;Luis\n")
    events = put(
        tmp_path,
        "events.csv",
        "event_id,lead_id,kind,Fecha,asset\n1,L1,download,01/03/2026 09:30,a\n2,L1,download,02/03/2026,b\n",
    )
    with pytest.raises(InputError) as caught:
        read_base(playbook, leads=leads, events=events, now=NOW)
    (problem,) = lines(caught.value, tmp_path)
    assert problem.startswith("events.csv:3:Fecha: an instant was expected, not a bare date")
    base = read_base(playbook, leads=leads, events=events, now=NOW, bad_rows="skip")
    assert base.events["L1"][0].at == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    scores = [playbook.model.score(lead, base.events.get(lead.id, ()), now=NOW) for lead in base.leads.values()]
    assert {score.lead_id: score.total for score in scores} == {"L1": Decimal("22.50"), "L2": Decimal("0.00")}
    assert write_scores(tmp_path / "scores.csv", scores) == 2
    assert (tmp_path / "scores.csv").read_text().splitlines()[1].startswith("L1,20.00,2.50,22.50,")


def test_playbook_with_a_wrong_mapping_is_refused_with_did_you_mean():
    """Both tables are checked when the document is loaded."""
    wrong = PLAYBOOK.replace('at = "Fecha"', 'when = "Fecha"').replace("Europe/Madrid", "Europe/Madird")
    with pytest.raises(ModelError) as caught:
        loads(wrong)
    assert [problem.where for problem in caught.value.problems] == ["columns.events.when", "files.events.zone"]
