"""Names from a document or a file that are meant to do something where they are shown, stored or looked up."""

import tracemalloc
import unicodedata
from datetime import UTC, datetime

import pytest

from leadqual.axis import Cap
from leadqual.conditions import field
from leadqual.errors import ModelError
from leadqual.event import Event
from leadqual.fit import Criterion, Fit, Gate, Table
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.scoring import ScoringModel

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOSTILE = (
    "{:>100000000}",
    "{0.__class__.__mro__}",
    "%100000000d%n%s",
    "$(reboot)`reboot`",
    "'; DROP TABLE leads; --",
    '" OR 1=1 --',
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "line\nforged: line",
    "line\r\nforged",
    "\x08\x08\x08back",
    "\x9b31m",
    "\u202eright to left",
    "\u2028separator",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "[red]markup[/red]",
    "../../etc/passwd",
    "a" * 70_000,
)


def _short(name):
    return ascii(name[:20])


def _clean(text):
    """Tell whether a text can be printed to a terminal or a log without doing anything there."""
    return not any(unicodedata.category(character) == "Cc" and character != "\n" for character in text)


def _lines(text):
    return text.count("\n")


@pytest.mark.parametrize("name", HOSTILE, ids=_short)
def test_name_in_a_document_is_escaped_in_messages(name):
    """A name that is wrong in twelve places fills no screen, drives no terminal and forges no line."""
    leaf = field(name).exists()
    with pytest.raises(ModelError) as caught:
        ScoringModel(
            attributes={name: name},
            properties={name: name},
            lists={name: ("",)},
            fit=Fit(
                criteria=[Criterion(when=leaf, points=1, group=name), Criterion(when=field("zone").eq(1), points=1)],
                tables=[Table(field=name, values={name: name}), Table(field="zone", values={name: name})],
                groups={f"{name}!": Cap(max=-1)},
                gates=[Gate(reason=name, when=leaf)],
                grades={name: 1},
            ),
            interest=Interest(
                rules=[InterestRule(event=[name, name], points=1, distinct_by=name, group=name)],
                groups={f"{name}?": Cap(min=1)},
                levels={name: 1},
            ),
        )
    text = str(caught.value)
    assert _clean(text)
    assert _lines(text) == len(caught.value.problems) - 1
    assert len(text) < 1000 * len(caught.value.problems)


@pytest.mark.parametrize("name", HOSTILE, ids=_short)
def test_kind_and_rule_name_are_data_in_an_explanation(name):
    """What a ledger prints for a hostile rule name and kind is short, and plain text."""
    named = InterestRule(event="open", points=1, name=name, group="g")
    model = ScoringModel(
        fit=Fit(gates=[Gate(reason=name, when=field("id").exists())]),
        interest=Interest(rules=[named, InterestRule(event=name, points=2)], groups={"g": Cap(max=0)}),
    )
    events = [Event(id=f"e{i}", lead_id="L1", kind=kind, at=NOW) for i, kind in enumerate(("open", name))]
    tracemalloc.start()
    text = model.score(Lead(id="L1"), events, now=NOW).explain()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert _clean(text)
    assert "forged: line" not in text.splitlines()
    assert peak < 8_000_000


@pytest.mark.parametrize("name", HOSTILE, ids=_short)
def test_ids_of_a_lead_and_an_event_are_escaped_where_they_are_shown(name):
    """The repr of a lead and the message about an event's value hold no control characters."""
    lead = Lead(id=name)
    model = ScoringModel(
        properties={"asset": "text"}, interest=Interest(rules=[InterestRule(event="a", points=1, distinct_by="asset")])
    )
    events = [Event(id=name, lead_id=name, kind="a", at=NOW, properties={"asset": 1})]
    with pytest.raises(ValueError) as caught:
        model.score(lead, events, now=NOW)
    assert _clean(repr(lead) + str(caught.value) + repr(events))


@pytest.mark.parametrize("name", ["__class__", "get", "attributes", "items", "__dict__", "lead", "_problems"])
def test_declared_name_is_never_looked_up_on_an_object(name):
    """A field named like something of Python's is refused, or read from the lead's own attributes and nowhere else."""
    declared = {name: "text"} if not name.startswith("_") else {}
    if not declared:
        with pytest.raises(ModelError):
            ScoringModel(attributes={name: "text"}, fit=Fit(criteria=[Criterion(when=field(name).exists(), points=1)]))
        return
    model = ScoringModel(attributes=declared, fit=Fit(criteria=[Criterion(when=field(name).exists(), points=1)]))
    assert model.score(Lead(id="L1"), now=NOW).fit == 0
    assert model.score(Lead(id="L1", attributes={name: "x"}), now=NOW).fit == 1
