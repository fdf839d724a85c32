"""Acts of a lead that something waits for."""

from leadqual import Event
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Leaf
from leadqual.qualifier.acts import NO_ACTS, acts_of
from tests.practice.life import on

SCOPE = Scope({"page": FieldType("text")}, {})


def act(kind, page="/", whose="lead"):
    """Return an act."""
    return Event(id="e", lead_id="L1", kind=kind, at=on(0), by=whose, properties={"page": page})


def test_acts_are_the_leads_own_of_the_kinds_that_are_named():
    """However a kind is composed."""
    acts = acts_of([(("visit", "caf\u00e9"), None)], SCOPE)
    assert [acts.have(act(kind)) for kind in ("visit", "cafe\u0301", "form", "Visit")] == [True, True, False, False]
    assert acts.have(act("visit", whose="us")) is False
    assert NO_ACTS.have(act("visit")) is False


def test_acts_may_ask_for_properties():
    """Any of several conditions is enough."""
    pages = [Leaf(field="page", op="eq", value=page) for page in ("/a", "/b")]
    acts = acts_of([(("visit", "visit"), pages[0]), (("visit",), pages[1]), (("form",), None)], SCOPE)
    assert [acts.have(act("visit", page)) for page in ("/a", "/b", "/c")] == [True, True, False]
    assert acts.have(act("form", "/c")) is True
    assert len(acts.by_kind["visit"]) == 2
