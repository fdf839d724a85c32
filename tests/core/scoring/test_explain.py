"""A score in words and columns."""

from decimal import Decimal

from leadqual.conditions import field
from leadqual.fit import Cap, Criterion, Fit, Gate
from leadqual.interest import HalfLife, Interest, Linear
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from tests.core.support import downloads, event, rule, scored

MODEL = ScoringModel(
    attributes={"job": "text", "size": "integer"},
    fit=Fit(
        criteria=[
            Criterion(when=field("job").contains_word("CTO"), points=25, name="Decision maker"),
            Criterion(when=field("size").ge(50), points=10),
        ],
        gates=[Gate(reason="rival", when=field("email").domain_in("rival.example"))],
        grades={"A": 20, "B": 0},
    ),
    interest=Interest(
        rules=[
            rule(10, name="Guides, white papers and other long reads", times=2, decay=Linear(10), group="web"),
            rule(Decimal("0.01"), "visit", decay=HalfLife(1)),
        ],
        groups={"web": Cap(max=15)},
        levels={1: 10, 2: 0},
    ),
    qualify=Qualify(mql=Bar(when=field("fit").ge(20)), sql=Bar(when=field("interest").ge(10))),
)
EVENTS = [*downloads(0, 1, 2), event("v", 1, "visit")]
WORDS = """\
Lead L1 as of 2026-01-07 00:00 UTC: A1; total 40.01, qualifies for mql, sql

Fit                                                  raw     limits      decay       caps     points
  Decision maker                                   25.00                                       25.00
  = fit                                                                                        25.00
    grade A; 25.00 to 35.00 possible; 50.00 % of the profile is known

Interest                               events        raw     limits      decay       caps     points
  Guides, white papers and other long…      3      30.00     -10.00      -1.00                 19.00
  visit                                     1       0.01                -0.005                 0.005
  Cap of web                                                                         -4.00      -4.00
  Rounding                                                                                     0.005
  = interest                                                                                   15.01
    level 1; 4 interactions on 3 active days"""


def _explained(**fields):
    attributes = {"job": "CTO"}
    return scored(MODEL, EVENTS, now=2, of=Lead(id="L1", attributes=attributes, **fields)).explain()


def test_explanation_is_the_ledger_as_a_table():
    """Every line of the ledger, what each step took, and the sums."""
    assert _explained().split() == WORDS.split()
    assert all(len(line) <= 100 for line in _explained().splitlines())


def test_explanation_says_why_a_lead_is_gated():
    """The gates stand in the first line, and the lead qualifies for nothing."""
    first = _explained(email="a@rival.example").splitlines()[0]
    assert first.endswith("A1; total 40.01, qualifies for nothing; gated: rival")


def test_explanation_of_an_empty_model_has_nothing_to_list():
    """Without lines, grades, levels or a label the frame is left."""
    text = scored(ScoringModel(), downloads(0)).explain()
    assert "no label" in text
    assert "0 interactions on 0 active days" in text
    assert text.count("possible") == text.count("grade") == text.count("level") == 0


def test_explanation_counts_in_words_that_agree():
    """One interaction is on one day."""
    assert "1 interaction on 1 active day" in scored(MODEL, downloads(0)).explain()


def test_explanation_shows_what_a_rule_lost_entirely():
    """A line that earned nothing in the end is shown with 0.00."""
    model = ScoringModel(interest=Interest(rules=[rule(10, max=0)]))
    (row,) = [line for line in scored(model, downloads(0)).explain().splitlines() if "download" in line]
    assert row.split() == ["download", "1", "10.00", "-10.00", "0.00"]
