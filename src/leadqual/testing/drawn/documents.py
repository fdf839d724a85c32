"""Whole playbook documents, as plain tables."""

from typing import Any

from hypothesis import strategies as st

from leadqual.testing.drawn.beside import examples, files, labels, objectives
from leadqual.testing.drawn.choose import Draw, few, often, pick
from leadqual.testing.drawn.fit import fit
from leadqual.testing.drawn.interest import interest
from leadqual.testing.drawn.joints import combine, labels_of, qualify
from leadqual.testing.drawn.life import life
from leadqual.testing.drawn.nurturing import nurturing
from leadqual.testing.drawn.vocabulary import ATTRIBUTES, DAY_STARTS, LISTS, PROPERTIES


@st.composite
def documents(draw: Draw) -> dict[str, Any]:
    """Draw a whole playbook document."""
    found: dict[str, Any] = {"schema": 1, "name": "drawn", "version": "1", "lists": LISTS, "properties": PROPERTIES}
    found["attributes"] = dict(ATTRIBUTES)
    for name in few(draw, list(ATTRIBUTES), 0, 2):
        found["attributes"][name] = {"type": ATTRIBUTES[name], "weight": pick(draw, (3, 1, 0))}
    if often(draw):
        found["day_starts"] = pick(draw, DAY_STARTS)
    found |= {"fit": fit(draw), "interest": interest(draw)}
    if often(draw):
        found["combine"] = combine(draw, labels_of(found))
    found["qualify"] = qualify(draw, found)
    found |= life(draw, found)
    found |= nurturing(draw, found)
    found["objectives"] = objectives(draw, found)
    found["examples"] = examples(draw, found)
    return found | {"labels": labels(draw)} | files(draw)
