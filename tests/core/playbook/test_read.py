"""Plain data to values: everything that is wrong is collected."""

from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.errors import ModelError
from leadqual.interest import NO_DECAY, HalfLife, Linear, Per, Steps, Window
from leadqual.playbook import loads
from leadqual.scoring import Attribute

HEAD = 'schema = 1\nname = "x"\nversion = "1"\n'
RULE = '[[interest.rules]]\nevent = "a"\npoints = 1\n'


def _model(text):
    return loads(HEAD + text).model


def _refused(text):
    with pytest.raises(ModelError) as caught:
        loads(HEAD + text)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "curve"),
    [
        ("{ half_life = 30 }", HalfLife(30)),
        ("{ linear = 90 }", Linear(90)),
        ("{ window = 7 }", Window(7)),
        ("{ steps = [[7, 1], [30, 0]] }", Steps([[7, 1], [30, 0]])),
        ('"none"', NO_DECAY),
    ],
)
def test_curves_are_tables_of_one_key(written, curve):
    """Each curve has its name; none is a word."""
    assert _model(f"[interest]\ndecay = {written}\n").interest.decay == curve


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("30", "interest.decay: a decay curve was expected"),
        ("{}", "interest.decay: a decay curve was expected"),
        ("{ linear = 1, window = 1 }", "interest.decay: a decay curve was expected"),
        ("{ halflife = 30 }", "interest.decay.halflife: unknown decay curve"),
        ("{ half_life = 0 }", "interest.decay.half_life: the number is out of range"),
    ],
)
def test_wrong_curves_are_refused(written, line):
    """What is no curve is one problem with its path."""
    assert _refused(f"[interest]\ndecay = {written}\n") == [line]


def test_per_day_is_short_for_a_bucket_of_one_day():
    """`per_day = k` is `per = { days = 1, times = k }`."""
    (rule,) = _model(RULE + "per_day = 3\n").interest.rules
    assert rule.per == Per(days=1, times=3)


def test_per_day_and_per_say_the_same():
    """Only one of the two may be written."""
    both = "per_day = 3\nper = { days = 1, times = 3 }\n"
    assert _refused(RULE + both) == ["interest.rules[0].per_day: `per_day` and `per` say the same"]


def test_attributes_are_words_or_tables():
    """A type alone, or a type with a weight."""
    assert _model('[attributes]\na = "text"\nb = { type = "integer", weight = 2.5 }\n').attributes == {
        "a": Attribute(type="text"),
        "b": Attribute(type="integer", weight=Decimal("2.5")),
    }


def test_conditions_stand_in_their_places():
    """Criteria, gates, rules and bars have their conditions."""
    gate = '[[fit.gates]]\nreason = "x"\nwhen = { not = { field = "email", op = "exists" } }\n'
    assert _model(gate).fit.gates[0].when == ~field("email").exists()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("fit = 3\n", ["fit: a table was expected"]),
        ("[fit]\ncriteria = 3\n", ["fit.criteria: a list of tables was expected"]),
        ("[fit]\ncriteria = [3]\n", ["fit.criteria[0]: a table was expected"]),
        ("[fit]\nmaximum = 3\n", ["fit.maximum: unknown key"]),
        ("[fit]\nscorers = 3\n", ["fit.scorers: a list of tables was expected"]),
        ("[fit]\nscorers = [3]\n", ["fit.scorers[0]: a table was expected",
                                    "fit.scorers[0].kind: no such scorer is installed"]),
        ("[[fit.tables]]\nvalues = { x = 1 }\n", [
            "fit.tables[0]: `field` is missing",
            "fit.tables[0].field: unknown attribute",
        ]),
        ('[[fit.tables]]\nfield = "email"\nbands = [{ below = 3 }]\n', [
            "fit.tables[0].bands[0]: `points` is missing",
            "fit.tables[0].field: a text has no bands",
        ]),
        ('[[interest.rules]]\npoints = 1\nwhen = 3\nkind = "x"\n', [
            "interest.rules[0].when: a condition was expected",
            "interest.rules[0].kind: unknown key",
            "interest.rules[0]: `event` is missing",
        ]),
        (RULE + "per = { days = 7 }\n", ["interest.rules[0].per: `times` is missing"]),
        ("[interest.groups]\nweb = 5\n", ["interest.groups.web: a table was expected"]),
        ("[attributes]\na = 3\n", ["attributes.a: a text or a table was expected"]),
        ('[qualify.mql]\nstay = { field = "fit", op = "ge", value = 1 }\n', ["qualify.mql: `when` is missing"]),
        ('[combine]\nkind = "gate"\nfloors = 3\n', ["combine.floors: a table was expected"]),
        ("[cups]\nemail = 3\n", ["cups: unknown table"]),
        ("[caps]\nemail = 3\n", ["caps.email: a list of tables was expected"]),
        ('[files.leeds]\n[files.events]\nunit = "h"\n', [
            "files.leeds: unknown file",
            "files.events.unit: a unit of time was expected",
        ]),
        ('[columns.leads]\nemial = "Mail"\n', [
            "columns.leads.emial: our name of the column is neither built in nor declared",
        ]),
    ],
)  # fmt: skip
def test_shapes_that_are_wrong_are_listed(text, lines):
    """A wrong shape is told with its path, and what is right is still looked at."""
    assert _refused(text) == lines


@pytest.mark.parametrize("table", ["properties", "attributes"])
def test_tables_of_names_have_a_bounded_length(table):
    """More than ten thousand names are nobody's."""
    names = "".join(f'k{i} = "text"\n' for i in range(10_001))
    assert _refused(f"[{table}]\n{names}") == [f"{table}: at most 10,000 are allowed"]


def test_lists_of_tables_have_a_bounded_length():
    """More than ten thousand criteria are nobody's."""
    (line,) = _refused("[fit]\ncriteria = [" + "{}," * 10_001 + "]\n")
    assert line == "fit.criteria: at most 10,000 are allowed"


def test_problems_are_listed_up_to_a_bound():
    """A document with thousands of wrong keys is not looked through to its end."""
    wrong = _refused("[fit]\n" + "".join(f"k{i} = 1\n" for i in range(2000)))
    assert len(wrong) == 500


def test_problems_come_in_the_order_of_the_document():
    """Shape and meaning together, each once, by the tables as they stand."""
    text = "[interest]\nmax = -1\nmix = 2\n[fit]\nmax = -1\n[properties]\nx = 3\n"
    assert _refused(text) == [
        "interest.mix: unknown key",
        "interest.max: an upper cap is zero or more",
        "fit.max: an upper cap is zero or more",
        "properties.x: unknown type",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[fit]\nmx = 1\n", "`max`"),
        ("[intrest]\n", "`interest`"),
        (RULE + "perday = 1\n", "`per_day`"),
        ("[interest]\ndecay = { halflife = 3 }\n", "`half_life`"),
        (RULE + 'group = "x"\n[interest.groups.xx]\n', "`xx`"),
    ],
)
def test_slips_of_the_keys_are_recognised(text, hint):
    """An unknown key comes with the one that was meant."""
    with pytest.raises(ModelError, match=f"Did you mean {hint}"):
        loads(HEAD + text)


def test_declared_names_are_columns():
    """A leads file may hold the declared attributes, an events file the declared properties."""
    declared = '[attributes]\njob = "text"\n[properties]\nasset = "text"\n'
    sound = f'{HEAD}{declared}[columns]\nleads = {{ job = "Job" }}\nevents = {{ asset = "Asset" }}\n'
    assert loads(sound).columns == {"leads": {"job": "Job"}, "events": {"asset": "Asset"}}
    assert _refused(f'{declared}[columns]\nleads = {{ asset = "Asset" }}\nevents = {{ job = "Job" }}\n') == [
        "columns.leads.asset: our name of the column is neither built in nor declared",
        "columns.events.job: our name of the column is neither built in nor declared",
    ]


def test_tables_of_names_have_up_to_ten_thousand():
    """Ten thousand words are read."""
    words = "".join(f'k{i} = "x"\n' for i in range(10_000))
    assert len(loads(f"{HEAD}[labels.es]\n{words}").labels["es"]) == 10_000
