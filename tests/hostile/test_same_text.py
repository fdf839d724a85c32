"""Texts and numbers that look alike or differ only far out: one meaning, the same after a round trip."""

import math
from datetime import UTC, datetime
from decimal import Context, Decimal

import pytest

from leadqual.conditions import field
from leadqual.errors import ModelError
from leadqual.event import Event
from leadqual.files import read_base
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.playbook import loads
from leadqual.scoring import ScoringModel
from tests.hostile.case import TOML

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ONE, TWO = "\u00e9", "e\u0301"
TWICE = (
    f'[[interest.rules]]\nevent = ["{ONE}", "{TWO}"]\npoints = 1\n',
    "".join(f'[[interest.rules]]\nname = "{name}"\nevent = "a"\npoints = 1\n' for name in (ONE, TWO)),
    f'[interest.groups."{ONE}"]\nmax = 1\n[interest.groups."{TWO}"]\nmax = 2\n',
    f'[fit.groups."{ONE}"]\nmax = 1\n[fit.groups."{TWO}"]\nmax = 2\n',
    f'[fit.groups."{ONE}"]\nmax = 1\n[interest.groups."{TWO}"]\nmax = 2\n',
    f'[attributes]\nx = "text"\n[[fit.tables]]\nfield = "x"\nvalues = {{ "{ONE}" = 1, "{TWO}" = 2 }}\n',
)


@pytest.mark.parametrize("body", TWICE, ids=["kinds", "names", "groups", "groups of fit", "groups of both", "values"])
def test_one_text_in_two_forms_is_one_text(body):
    """What is composed and what is decomposed is the same word; to name it twice is refused as naming it twice."""
    with pytest.raises(ModelError):
        loads(TOML + body)


@pytest.mark.parametrize("written", [ONE, TWO])
@pytest.mark.parametrize("came", [ONE, TWO])
def test_kind_counts_once_in_whatever_form_it_comes(written, came):
    """A rule and an event may be written by different keyboards."""
    model = ScoringModel(interest=Interest(rules=[InterestRule(event=written, points=1)]))
    events = [Event(id="e1", lead_id="L1", kind=came, at=NOW)]
    assert model.score(Lead(id="L1"), events, now=NOW).interest == 1


def _beside_the_middle():
    """Return two literals of 70 digits on either side of the middle between two doubles, and the doubles."""
    low, high = 1.5, math.nextafter(1.5, 2)
    exact = Context(prec=200)
    middle = exact.divide(exact.add(Decimal(low), Decimal(high)), 2)
    bit = Decimal("1e-60")
    return ((exact.subtract(middle, bit), low), (exact.add(middle, bit), high))


@pytest.mark.parametrize(("literal", "double"), _beside_the_middle(), ids=["below", "above"])
def test_long_literal_means_the_same_after_a_round_trip(literal, double):
    """A literal is the nearest double of what is written; canonical JSON does not round it another way first."""
    body = '[attributes]\nx = "number"\n[[fit.criteria]]\npoints = 1\nwhen = { field = "x", op = "eq", value = %s }\n'
    playbook = loads(TOML + body % literal)
    for same in (playbook, loads(playbook.to_json())):
        assert same.model.score(Lead(id="L1", attributes={"x": double}), now=NOW).fit == 1


def test_models_that_score_differently_have_different_fingerprints():
    """Literals that become different doubles are different models."""
    prints = {
        ScoringModel(
            attributes={"x": "number"}, fit=Fit(criteria=[Criterion(when=field("x").eq(literal), points=1)])
        ).fingerprint
        for literal, _ in _beside_the_middle()
    }
    assert len(prints) == 2


@pytest.mark.parametrize("header", [f"T{ONE}l", f"T{TWO}l"], ids=["composed", "decomposed"])
def test_column_is_found_by_a_playbook_and_by_its_own_json(tmp_path, header):
    """The name of a column and a word for missing mean the same in a document and in what it writes of itself."""
    path = tmp_path / "leads.csv"
    path.write_text(f"lead_id,{header}\nL1,x\nL2,S{header}\n", encoding="utf-8")
    body = f'[attributes]\nx = "text"\n[columns.leads]\nx = "{header}"\n[files.leads]\nmissing = ["S{header}"]\n'
    playbook = loads(TOML + body)
    for same in (playbook, loads(playbook.to_json())):
        leads = read_base(same, leads=path, now=NOW).leads
        assert [dict(lead.attributes).get("x") for lead in leads.values()] == ["x", None]


@pytest.mark.parametrize("format", ["toml", "json"])
def test_mark_at_the_beginning_is_no_part_of_a_text(format):
    """A file read as text with its byte order mark loads like its bytes."""
    text = TOML if format == "toml" else '{"schema": 1, "name": "n", "version": "1"}'
    assert loads("\ufeff" + text).fingerprint == loads(("\ufeff" + text).encode()).fingerprint
