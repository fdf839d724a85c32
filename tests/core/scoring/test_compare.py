"""What changed between two scores of one lead, line by line."""

from decimal import Decimal, localcontext
from typing import Any

import pytest
from attrs import evolve

from leadqual.axis import Cap
from leadqual.conditions import field
from leadqual.errors import LeadError, UnknownName
from leadqual.fit import Criterion, Fit, Gate
from leadqual.interest import Interest, Linear
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from leadqual.scoring.compare import compare
from tests.core.support import downloads, event, lead, on, rule, rules, scored

MODEL = ScoringModel(
    attributes={"job": "text", "vip": "boolean"},
    fit=Fit(
        criteria=[
            Criterion(when=field("job").eq("CTO"), points=25, name="Decision maker"),
            Criterion(when=field("vip").eq(value=True), points=3, name="Known person"),
        ],
        gates=[
            Gate(reason="rival", when=field("email").domain_in("rival.example")),
            Gate(reason="own_house", when=field("email").domain_in("ours.example")),
        ],
        grades={"A": 20, "B": 0},
    ),
    interest=Interest(
        rules=[
            rule(10, name="Guides", times=2, decay=Linear(10), group="long_reads"),
            rule(1, "visit"),
            rule(-5, "*", name="Silence", inactivity=5),
        ],
        groups={"long_reads": Cap(max=15)},
    ),
    qualify=Qualify(mql=Bar(when=field("interest").ge(10)), sql=Bar(when=field("fit").ge(20))),
)
CTO = Lead(id="L1", email="a@b.example", attributes={"job": "CTO"})


def _rows(comparison):
    return [(row.name, row.difference) for row in comparison.rows]


def test_comparison_of_two_instants_says_what_moved():
    """Of each line the points before and after, and how much of it was earned, limited, aged and capped."""
    events = [*downloads(0, 1, 2), event("v", 0, "visit")]
    change = compare(scored(MODEL, events, now=1, of=CTO), scored(MODEL, events, now=9, of=CTO))
    assert _rows(change) == [
        ("Decision maker", 0),
        ("Guides", -14),
        ("Silence", -5),
        ("Cap of long_reads", 4),
        ("visit", 0),
    ]
    guides = change.rows[1]
    assert (guides.before.points, guides.after.points) == (19, 5)
    assert (guides.raw, guides.limits, guides.decay, guides.cap) == (10, -10, -14, 0)
    assert (guides.axis, guides.what, guides.where) == ("interest", "rule", "interest.rules[0]")
    silence = change.rows[2]
    assert (silence.before, silence.what, silence.raw) == (None, "inactivity", -5)
    assert (change.rows[3].before.points, change.rows[3].after) == (-4, None)
    assert [row.moved for row in change.rows] == [False, True, True, True, False]
    assert (change.fit, change.interest, change.total) == (0, -15, -15)
    assert (change.gained, change.lost) == (frozenset(), {"mql"})


def test_comparison_of_two_profiles_says_which_lines_came_and_went():
    """An attribute that changed moves its own lines; bars and gates are told apart."""
    knows = Lead(id="L1", email="a@rival.example", attributes={"vip": True})
    change = compare(scored(MODEL, of=CTO), scored(MODEL, of=knows))
    assert _rows(change) == [("Decision maker", -25), ("Known person", 3)]
    assert (change.rows[0].after, change.rows[1].before) == (None, None)
    assert (change.gained, change.lost) == (frozenset(), {"sql"})
    assert (change.gates_gained, change.gates_lost) == (("rival",), ())
    back = compare(scored(MODEL, of=knows), scored(MODEL, of=CTO))
    assert (back.gained, back.gates_gained, back.gates_lost) == ({"sql"}, (), ("rival",))
    assert back.rows[0].difference == 25


def test_comparison_of_two_models_matches_lines_by_name():
    """A rule keeps its line wherever it stands; one of another sort or name is another line."""
    before = rules(rule(10, name="Guides"), rule(1, name="Any"), rule(-1, "*", name="Silence", inactivity=1))
    after = rules(rule(4, name="Any"), rule(7, name="Guides"), rule(3, "download", name="Silence"))
    change = compare(scored(before, downloads(0), now=1), scored(after, downloads(0), now=1))
    assert [(row.name, row.what, row.difference) for row in change.rows] == [
        ("Any", "rule", 3),
        ("Guides", "rule", -3),
        ("Silence", "rule", 3),
        ("Silence", "inactivity", 1),
    ]
    assert change.rows[0].where == "interest.rules[0]"
    assert change.rows[3].where == "interest.rules[2]"


def test_lines_of_one_name_are_matched_in_the_order_of_the_model():
    """The second rule of a name stays the second, also where the first earned nothing before."""
    model = rules(rule(10), rule(1))
    fit = Fit(
        criteria=[
            Criterion(when=field("job").eq("CTO"), points=25),
            Criterion(when=field("job").eq("CTO"), points=2, missing=1),
        ]
    )
    both = ScoringModel(attributes={"job": "text"}, fit=fit, interest=model.interest)
    change = compare(scored(both, of=lead()), scored(both, of=lead(job="CTO")))
    assert [(row.before and row.before.points, row.after.points) for row in change.rows] == [(None, 25), (1, 2)]
    again = compare(scored(both), scored(both, downloads(0)))
    assert [(row.where, row.difference) for row in again.rows if row.axis == "interest"] == [
        ("interest.rules[0]", 10),
        ("interest.rules[1]", 1),
    ]


def test_caps_of_an_axis_are_one_line_and_those_of_a_group_another():
    """Cut from above before and lifted from below after, the cap of interest moved; a group may have its name."""
    model = rules(rule(10, group="interest"), rule(-20, "mail"), groups={"interest": Cap(max=9)}, max=8, min=-2)
    change = compare(scored(model, downloads(0)), scored(model, [*downloads(0), event("m", kind="mail")]))
    caps = [(row.where, row.difference) for row in change.rows if row.what == "cap"]
    assert caps == [("interest.min", 10), ("interest.groups.interest", 0)]


def test_rows_of_one_size_stand_as_in_the_ledger():
    """What only the first score has stands where it stood."""
    before = rules(rule(5, name="a"), rule(5, name="b"), rule(5, name="c"), rule(5, name="d"))
    after = rules(rule(10, name="d"), rule(10, name="b"), rule(10, name="e"))
    change = compare(scored(before, downloads(0)), scored(after, downloads(0)))
    assert _rows(change)[0] == ("e", 10)
    assert [name for name, _ in _rows(change)[1:]] == ["a", "c", "d", "b"]


def test_scores_of_different_leads_are_not_compared():
    """Nor is anything that is no score."""
    with pytest.raises(LeadError) as caught:
        compare(scored(MODEL), MODEL.score(Lead(id="L2"), now=scored(MODEL).now))
    (problem,) = caught.value.problems
    assert (problem.where, problem.what, str(problem.got)) == ("after.lead_id", "lead 'L1' was expected", "'L2'")
    assert problem.hint == "Compare two scores of one lead; after a merge, score both under the id that is left."
    wrong: Any = "secret@b.example"
    for pair, where in (((scored(MODEL), wrong), "after"), ((wrong, scored(MODEL)), "before")):
        with pytest.raises(LeadError) as caught:
            compare(*pair)
        assert str(caught.value) == (
            f"{where}: a score was expected (got a text of 16 characters). Pass what model.score(…) gave."
        )


def test_comparison_is_exact_whatever_the_decimal_context():
    """Differences are not rounded to the caller's precision."""
    model = rules(rule(Decimal("9999.99"), decay=Linear(7)))
    with localcontext() as context:
        context.prec = 2
        change = compare(scored(model, downloads(0)), scored(model, downloads(0), now=3))
        exact = [str(change.interest), *(str(row.difference) for row in change.rows)]
    assert exact == ["-4285.71", "-4285.70571429", "-0.00428571"]


WORDS = """\
Lead L1 from 2026-01-06 00:00 to 2026-01-14 00:00 UTC:
  label A as before; total 41.00 → 26.00 (-15.00); no longer qualifies for MQL

Fit                                before      after     change
  = fit                             25.00      25.00       0.00
    nothing moved

Interest                           before      after     change        raw     limits      decay       caps
  Guides                            19.00       5.00     -14.00     +10.00     -10.00     -14.00
  Silence                                      -5.00      -5.00      -5.00
  Cap of long reads                 -4.00                 +4.00                                       +4.00
  = interest                        16.00       1.00     -15.00
    1 line did not move"""
SPANISH = """\
Lead L1 del 2026-01-06 00:00 al 2026-01-14 00:00 UTC:
  etiqueta A, como antes; total 41,00 → 26,00 (-15,00); ya no alcanza MQL

Encaje                              antes    después     cambio
  = encaje                          25,00      25,00       0,00
    nada se movió

Interés                             antes    después     cambio      bruto    límites   por edad      topes
  Guías                             19,00       5,00     -14,00     +10,00     -10,00     -14,00
  Silence                                      -5,00      -5,00      -5,00
  Tope de lecturas                  -4,00                 +4,00                                       +4,00
  = interés                         16,00       1,00     -15,00
    1 línea no se movió"""


def test_comparison_explains_itself_as_a_table():
    """What moved in columns, largest first; what did not is counted."""
    events = [*downloads(0, 1, 2), event("v", 0, "visit")]
    change = compare(scored(MODEL, events, now=1, of=CTO), scored(MODEL, events, now=9, of=CTO))
    assert change.explain() == WORDS
    assert change.explain("es", labels={"Guides": "Guías", "long_reads": "lecturas"}) == SPANISH


def test_explanation_names_what_else_changed():
    """Bars, gates, labels and another model stand in the first lines."""
    rival = Lead(id="L1", email="a@rival.example", attributes={"vip": True})
    head = compare(scored(MODEL, of=CTO), scored(MODEL, of=rival)).explain().splitlines()[:2]
    assert head == [
        "Lead L1 as of 2026-01-05 00:00 UTC:",
        "  label A → B; total 25.00 → 3.00 (-22.00); no longer qualifies for SQL; now gated: rival",
    ]
    head = compare(scored(MODEL, of=rival), scored(MODEL, of=CTO)).explain("es").splitlines()[:2]
    assert head == [
        "Lead L1 a fecha de 2026-01-05 00:00 UTC:",
        "  etiqueta B → A; total 3,00 → 25,00 (+22,00); ahora alcanza SQL; ya sin veto: rival",
    ]
    other = rules(rule(0, "visit"), rule(Decimal("0.5"), name="Long reads of every kind, also guides"))
    text = compare(scored(MODEL), scored(other, downloads(0))).explain()
    assert text.splitlines()[:2] == [
        "Lead L1 as of 2026-01-05 00:00 UTC under another model:",
        "  label - → no label; total 0.00 → 0.50 (+0.50)",
    ]
    assert "  Long reads of every kind, a…" in text


def test_explanation_of_nothing_is_a_frame():
    """Equal scores have nothing to list; equal models are one."""
    text = compare(scored(rules(rule())), scored(rules(rule()))).explain()
    assert "no label; total 0.00 → 0.00 (0.00)" in text
    assert "another" not in text
    assert text.count("nothing moved") == 2


def test_explanation_names_caps_and_rounding():
    """Those of the axis and of its groups, in the language; a rounding has no parts, whatever its neighbours have."""
    model = rules(
        rule(10, group="a.groups.b_c"),
        rule(5),
        rule(Decimal("0.01"), "visit", name="x" * 28, decay=Linear(3)),
        groups={"a.groups.b_c": Cap(max=9)},
        max=12,
    )
    visit = event("v", kind="visit")
    text = compare(scored(model, [visit], now=1), scored(model, [visit, *downloads(0)], now=1)).explain("es")
    rows = [line.split() for line in text.splitlines()]
    assert ["Tope", "de", "a.groups.b", "c", "-1,00", "-1,00", "-1,00"] in rows
    assert [row[:3] for row in rows if row[:1] == ["Tope"]] == [["Tope", "de", "interés"], ["Tope", "de", "a.groups.b"]]
    assert ["Redondeo", "0,00333333", "-0,00333333"] in rows
    later = compare(scored(model, [visit], now=1), scored(model, [visit], now=2)).explain()
    assert [line.split() for line in later.splitlines() if "Rounding" in line] == [
        ["Rounding", "0.00333333", "-0.00333333", "-0.00666666"]
    ]
    assert "  " + "x" * 28 + " " in later


def test_explanation_joins_the_names_of_bars_and_gates():
    """Several are joined by the language's and; long ids are cut."""
    model = evolve(MODEL, qualify=Qualify(mql=Bar(when=field("fit").ge(20)), sql=Bar(when=field("fit").ge(20))))
    of = Lead(id="L" * 60, attributes={"job": "CTO"})
    pair = [model.score(Lead(id=of.id), now=on(0)), model.score(of, now=on(0))]
    assert compare(*pair).explain().splitlines()[0] == f"Lead {'L' * 40}… as of 2026-01-05 00:00 UTC:"
    assert "now qualifies for MQL and SQL" in compare(*pair).explain()
    assert "ya no alcanza MQL y SQL" in compare(*reversed(pair)).explain("es")


def test_explanation_counts_the_lines_that_did_not_move():
    """One or several, and a rounding that moved is shown without its parts."""
    model = rules(rule(1), rule(2), rule(Decimal("0.01"), "visit", decay=Linear(3)))
    events = [*downloads(0), event("v", kind="visit")]
    text = compare(scored(model, events), scored(model, events, now=2)).explain()
    assert "2 lines did not move" in text
    (row,) = [line for line in text.splitlines() if "Rounding" in line]
    assert row.split() == ["Rounding", "-0.00333333", "-0.00333333"]


def test_explanation_speaks_known_languages_only():
    """Another language is refused by name."""
    other: Any = "de"
    with pytest.raises(UnknownName, match="language"):
        compare(scored(MODEL), scored(MODEL)).explain(other)


def test_explanation_shows_no_control_characters():
    """Names come from a document, ids from a file."""
    model = rules(rule(name="a\tb"))
    lead_id = "L\x1b1"
    pair = [model.score(Lead(id=lead_id), (), now=on(0)), model.score(Lead(id=lead_id), (), now=on(1))]
    assert "\x1b" not in compare(*pair).explain()
    assert "a\\tb" in compare(scored(model), scored(model, downloads(0))).explain()
