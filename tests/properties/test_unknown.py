"""What missing values do: two truth values, three, and the range of fit."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.oracle.fit import table_edge, table_now
from tests.oracle.scoring import score as oracle
from tests.oracle.values import lead_values

from .axes import OF_LEAD
from .bases import cases, leads
from .conditions import conditions
from .running import figures, lead_of, model_of
from .vocabulary import ATTRIBUTES, NOWS, VALUES

NOW = NOWS[0]


def with_criteria(*whens, **fit):
    """Return a playbook that gives 1, 2, 4… points to its criteria."""
    criteria = [{"when": when, "points": 2**n} for n, when in enumerate(whens)]
    return {"schema": 1, "name": "x", "version": "1", "attributes": ATTRIBUTES, "lists": {"words": ["CTO", "É"]},
            "fit": {"criteria": criteria, **fit}}  # fmt: skip


def fits(document, lead):
    """Return fit and its range."""
    found = figures(model_of(document).score(lead_of(lead), [], now=NOW))
    return found["fit"], found["fit_low"], found["fit_high"]


def silences(condition):
    """Yield the fields whose absence a condition speaks of: it knows something that filling them may change."""
    if "field" in condition:
        if condition["op"] in ("exists", "missing") or "missing" in condition:
            yield condition["field"]
        return
    for part in [*condition.get("all", []), *condition.get("any", []), condition.get("not", {"all": []})]:
        if part != {"all": []}:
            yield from silences(part)


def missing_lies_within(document, lead):
    """Return whether every table on a missing value earns something between its lowest and its highest."""
    values = lead_values(document, lead)
    return all(
        table_edge(min)(document, table, values)
        <= table_now(document, table, values)
        <= table_edge(max)(document, table, values)
        for table in document["fit"]["tables"]
    )


@given(conditions(OF_LEAD), leads(NOW))
def test_not_flips_a_condition(condition, lead):
    """A condition or its `not` holds, never both, and both are unknown or neither is."""
    fit, low, high = fits(with_criteria(condition), lead)
    other, other_low, other_high = fits(with_criteria({"not": condition}), lead)
    assert {fit, other} == {0, 100}
    assert (low != high) == (other_low != other_high)


@given(conditions(OF_LEAD, depth=1), conditions(OF_LEAD, depth=1), leads(NOW))
def test_all_is_any_turned_inside_out(a, b, lead):
    """De Morgan holds in two values and in three."""
    inside_out = {"not": {"any": [{"not": a}, {"not": b}]}}
    assert fits(with_criteria({"all": [a, b]}), lead) == fits(with_criteria(inside_out), lead)


@given(conditions(OF_LEAD), leads(NOW))
def test_a_known_criterion_has_no_range(condition, lead):
    """When low and high agree they are the score; when they do not, they are what the criterion may cost or earn."""
    fit, low, high = fits(with_criteria(condition), lead)
    assert (low, high) in ((fit, fit), (0, 100))


@given(cases(most=0))
def test_fit_lies_within_its_range(case):
    """Between low and high, where tables say for a missing value something that they could give."""
    assume(missing_lies_within(case.document, case.lead))
    found = model_of(case.document).score(lead_of(case.lead), [], now=case.now)
    assert found.fit_low <= found.fit <= found.fit_high


@given(cases(most=0), st.data())
def test_filling_an_unknown_attribute_keeps_fit_within_its_range(case, data):
    """Caps included: a missing value, once found, leaves fit in the range, unless a condition asks if it is there."""
    document, lead = case.document, case.lead
    spoken_of = {name for part in document["fit"]["criteria"] for name in silences(part["when"])}
    absent = [name for name in ATTRIBUTES if lead_values(document, lead)[name][1] is None and name not in spoken_of]
    assume(absent)
    name = data.draw(st.sampled_from(absent))
    filled = lead | {"attributes": lead["attributes"] | {name: data.draw(st.sampled_from(VALUES[ATTRIBUTES[name]]))}}
    assume(missing_lies_within(document, filled))
    model = model_of(document)
    before, after = (model.score(lead_of(who), [], now=case.now) for who in (lead, filled))
    assert before.fit_low <= after.fit <= before.fit_high
    assert before.fit_low <= after.fit_low <= after.fit_high <= before.fit_high


ALPHABET = "aAbB É é E\u0301 ß İ ı 2_-.@/ć\u0301\u0323K\u212a日"


@given(conditions(OF_LEAD), leads(NOW), st.text(ALPHABET, max_size=8), st.data())
def test_conditions_on_any_text_are_those_of_the_oracle(condition, lead, text, data):
    """Folding, accents, composition and word edges on generated text, and parts of it as literals."""
    part = text[data.draw(st.integers(0, len(text))) :][: data.draw(st.integers(1, 4))]
    assume(part and not part.startswith("@"))
    op = data.draw(st.sampled_from(("contains", "contains_word", "starts_with", "ends_with", "eq")))
    leaf = {"field": "title", "op": op, "value": part.swapcase() if data.draw(st.booleans()) else part,
            "ignore_case": data.draw(st.booleans()), "ignore_accents": data.draw(st.booleans())}  # fmt: skip
    document = with_criteria(leaf, condition)
    who = lead | {"attributes": lead["attributes"] | {"title": text}}
    assert fits(document, who)[0] == oracle(document, who, [], NOW)["fit"]
