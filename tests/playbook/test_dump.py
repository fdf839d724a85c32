"""A playbook is written as TOML that reads well and reads back."""

import subprocess
import sys
import tomllib
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import All, field
from leadqual.errors import ModelError
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest, InterestRule, Per
from leadqual.playbook import Playbook, Registry, load_playbook, loads
from leadqual.playbook.dump import to_toml
from leadqual.playbook.dump.literals import WIDTH, entry, inline, key, number, text
from leadqual.presets import starter_text
from leadqual.scoring import ScoringModel
from tests.conftest import ROOT
from tests.playbook.written import TEXT, odd_documents, playbook_files
from tests.properties.documents import documents
from tests.properties.written import as_json

WRITTEN = playbook_files()


def returns(playbook: Playbook) -> str:
    """Return a playbook as TOML, after checking that it reads back as the same and is then written the same.

    What reads back may spell a literal otherwise, such as a list of one text as the text; nothing is spelt otherwise
    the second time.
    """
    document = to_toml(playbook)
    again = loads(document, format="toml")
    assert again.fingerprint == playbook.fingerprint
    assert again.model.fingerprint == playbook.model.fingerprint
    assert to_toml(again) == document
    assert loads(to_toml(again), format="toml") == again
    return document


@given(documents())
def test_toml_reads_back_to_an_equal_playbook(document):
    """Whatever a playbook says, its TOML says the same, and is itself when it is written again."""
    returns(loads(as_json(document), format="json"))


@given(odd_documents())
def test_toml_keeps_every_odd_text_and_changes_places_with_json(document):
    """Quotes, control characters, look-alikes and dots come back as they are, by way of one format or of both."""
    playbook = loads(as_json(document), format="json")
    returns(playbook)
    by_json = loads(playbook.to_json(), format="json")
    assert by_json.fingerprint == playbook.fingerprint
    assert loads(to_toml(by_json), format="toml").to_json() == playbook.to_json() == by_json.to_json()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_toml_of_a_playbook_that_people_wrote_reads_back(path):
    """Playbooks of the tests, some of which use what generated ones do not, are written and read back."""
    playbook = load_playbook(path)
    assert loads(to_toml(playbook)).fingerprint == playbook.fingerprint


def test_toml_of_the_starter_is_what_its_author_wrote_without_the_comments():
    """Lines of the starter that no comment explains are found again, and no line is too long that could be broken."""
    document = returns(loads(starter_text()))
    lines = document.splitlines()
    assert len(lines) < len(starter_text().splitlines())
    for line in (
        'job_title = "text"',
        "per_day = 1",
        'event = "page_view"',
        'event = ["webinar_attended", "meeting_in_person"]',
        "weights = [1, 1, 0.5]",
        "decay = { linear = 90 }",
        "values = { IT = 15, Operations = 15, Finance = 8 }",
        "    { below = 10, points = 0 },",
        "[interest.groups.intent]",
        "[[interest.rules]]",
        "[fit.grades]",
    ):
        assert line in lines
        assert line in starter_text()
    assert not [line for line in lines if len(line) > WIDTH and "[" in line]


LAYOUT = """\
schema = 1
name = "layout"
version = "1"
day_starts = "-06:00"

[attributes]
job_title = { type = "text", weight = 3 }
employees = "integer"

[properties]
asset = "text"

[lists]
heads = [
    "Chief Executive Officer", "Chief Information Officer", "Chief Marketing Officer",
    "Chief Technology Officer",
]

[fit]
max = 60

[[fit.criteria]]
name = "Decision maker"
when = { all = [
    { field = "job_title", op = "contains_word", value = "@heads", ignore_case = true },
    { not = { field = "employees", op = "lt", value = 10 } },
] }
points = 25
group = "who"

[[fit.tables]]
field = "employees"
bands = [{ below = 10, points = 0 }, { points = 6.5 }]

[[fit.tables]]
name = "By title"
field = "job_title"
other = -1

[fit.tables.values]
"Chief Executive Officer" = 20
"Chief Information Officer" = 18
"Chief Marketing Officer" = 15
"Chief Technology Officer" = 15

[fit.groups.who]
max = 20

[fit.groups.'who, \\ else']

[[fit.gates]]
reason = "rival"
when = { field = "email", op = "domain_in", value = ["rival.example"] }

[fit.grades]
A = 30
B = 0

[interest]
decay = { half_life = 30 }

[[interest.rules]]
name = "Guides"
event = "download"
points = 10
per = { days = 7, times = 2 }
weights = [1, 0.5]
decay = { steps = [[7, 1], [30, 0.5]] }

[[interest.rules]]
event = ["click", "open"]
points = 1
per_day = 2

[[interest.rules]]
event = "*"
inactivity = 30
points = -1

[interest.levels]
1 = 10
2 = 0

[combine]
kind = "gate"

[combine.floors]
fit = 5

[qualify]
hand_raise = ["demo_request"]

[qualify.mql]
when = { field = "fit", op = "ge", value = 25 }
stay = { field = "fit", op = "ge", value = 2 }

[objectives.renewals]
criteria = { "Decision maker" = 5 }

[objectives.renewals.combine]
kind = "minimum"

[[examples]]
name = "A chief who reads"
lead = { job_title = "Chief", employees = 50 }
events = [{ kind = "download", day = 3 }]
expect = { label = "B1", qualifies = [] }

[labels.es]
job_title = "cargo"

[columns.events]
at = "ts"

[files.leads]
missing = ["Select"]
"""


def test_toml_is_laid_out_as_people_write_it():
    """A document that is written in the house style comes back letter by letter."""
    playbook = loads(LAYOUT)
    assert returns(playbook) == LAYOUT
    assert loads(LAYOUT) == playbook


@frozen(kw_only=True)
class Sizes:
    """A scorer whose settings are whatever it is given."""

    kind: ClassVar[str] = "acme/sizes"
    settings: Any = None
    more: Any = 1

    def lower(self) -> list[Criterion]:
        """Return what says the same."""
        return [Criterion(when=field("email").exists(), points=1)]


SCORERS = Registry().with_scorer(Sizes)


def _with_scorer(**settings) -> Playbook:
    return Playbook(name="a", version="1", model=ScoringModel(fit=Fit(scorers=[Sizes(**settings)])))


def test_toml_of_a_scorer_holds_its_settings():
    """Extensions stand in a list of tables; what is too long for a line gets a header of its own."""
    long = {f"country number {number}": number for number in range(9)}
    document = to_toml(_with_scorer(settings={"sizes": [1, 2.5], "deep": {"a": [{"b": True}]}}, more=long))
    assert '[[fit.scorers]]\nkind = "acme/sizes"\nsettings = {' in document
    assert "[fit.scorers.more]\n" in document
    scorer: Any = loads(document, registry=SCORERS).model.fit.scorers[0]
    assert scorer.settings == {"sizes": [1, Decimal("2.5")], "deep": {"a": [{"b": True}]}}
    assert scorer.more == long


@pytest.mark.parametrize("value", [None, {1, 2}, b"x"])
def test_toml_refuses_a_setting_that_it_cannot_write(value):
    """What only JSON can say, or no format, is refused with its path; nothing is left out silently."""
    with pytest.raises(ModelError) as caught:
        to_toml(_with_scorer(more=[{"a": value}]))
    assert [problem.where for problem in caught.value.problems] == ["fit.scorers[0].more[0].a"]


def test_toml_of_a_model_built_in_python_reads_back():
    """Decimals, long curves and short forms of a model that no document stood behind are written too."""
    rules = [
        InterestRule(event="a", points=Decimal("6.50"), per=Per(days=1, times=1)),
        InterestRule(event=("a", "b"), points=Decimal(10), per=Per(days=2, times=1)),
    ]
    number_of = field("size").between(Decimal("-1E+30"), 10**25)
    fit = Fit(
        criteria=[Criterion(when=number_of & ~field("email").exists(), points=1), Criterion(when=All(()), points=2)]
    )
    model = ScoringModel(attributes={"size": "number"}, fit=fit, interest=Interest(rules=rules))
    document = returns(Playbook(name="a", version="1", model=model))
    assert "per_day = 1" in document
    assert "per = { days = 2, times = 1 }" in document
    assert "value = [-1e+30, 1e+25]" in document


def test_dates_of_conditions_become_texts_that_mean_the_same():
    """A TOML date is written as the text that stands for it in every format."""
    playbook = loads("""
        schema = 1
        name = "a"
        version = "1"
        attributes = { born = "date", seen = "instant" }
        [[fit.criteria]]
        points = 1
        when = { any = [
            { field = "born", op = "lt", value = 2026-01-31 },
            { field = "seen", op = "in", value = [2026-01-31T00:00:00+01:00] },
        ] }
    """)
    document = to_toml(playbook)
    assert 'value = "2026-01-31" }' in document
    assert 'value = ["2026-01-31T00:00:00+01:00"] }' in document
    assert loads(document).fingerprint == playbook.fingerprint
    assert loads(document) == loads(playbook.to_json())


def test_writer_and_schema_are_not_loaded_with_a_playbook():
    """Who only loads and scores pays nothing for writing TOML, nor for the schema that editors read."""
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); import leadqual.presets, leadqual as l; "
    code += "l.loads(l.presets.starter_text()).fingerprint; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = {name for name in done.stdout.split() if name.startswith("leadqual.playbook.")}
    assert not [name for name in loaded if "dump" in name or "json" in name]


@given(TEXT)
def test_text_is_a_toml_text(value):
    """Any text in quotes, and any key, is read back by the parser as it was, on one line that shows what it holds."""
    assert tomllib.loads(f"x = {text(value)}") == {"x": value}
    assert tomllib.loads(f"{key(value)} = 1") == {value: 1}
    assert text(value).isprintable()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("job_title", "job_title"),
        ("1", "1"),
        ("-", "-"),
        ("", '""'),
        ("a.b", '"a.b"'),
        ("a b", '"a b"'),
        ("ñ", '"ñ"'),
        ("x" * 64, "x" * 64),
        ("x" * 65, f'"{"x" * 65}"'),
    ],
)
def test_key_has_quotes_only_where_it_needs_them(name, written):
    """Plain names stand bare, unless they are so long that the gate would take them for junk."""
    assert key(name) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (Decimal("-0.00"), "0"),
        (-0.0, "0"),
        (Decimal("6.50"), "6.5"),
        (Decimal("65e-1"), "6.5"),
        (Decimal("1E+3"), "1000"),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (Decimal("-1.5E-30"), "-1.5e-30"),
        (2**63 - 1, "9223372036854775807"),
        (-(2**63), "-9223372036854775808"),
        (2**63, "9223372036854775808.0"),
        (10**19, "10000000000000000000.0"),
        (10**20, "1e+20"),
        (Decimal("1E-21"), "1e-21"),
        (Decimal("0.00000000000000000001"), "0.00000000000000000001"),
    ],
)
def test_number_is_written_in_its_shortest_form(value, written):
    """No trailing zeros, no exponent for what people can read, and no integer that other parsers refuse."""
    assert number(value) == written
    assert tomllib.loads(f"x = {written}", parse_float=Decimal)["x"] == Decimal(str(value))


@given(
    st.decimals(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
)
def test_number_is_read_back_exactly(value):
    """No digit is lost, however large or small the number is."""
    read = tomllib.loads(f"x = {number(value)}", parse_float=Decimal)["x"]
    assert read == (Decimal(repr(value)) if isinstance(value, float) else value)


def test_inline_refuses_what_toml_cannot_say():
    """Nothing is written for a value of another type, not even its repr."""
    with pytest.raises(TypeError, match="a value of type object"):
        inline([object()])


PARTS = st.recursive(
    st.integers(0, 10**6) | st.sampled_from(["short", "a text of some length that fills a line by and by"]),
    lambda part: st.lists(part, max_size=6) | st.dictionaries(st.sampled_from("abc"), part, max_size=3),
    max_leaves=25,
)


@given(PARTS)
def test_entry_is_read_back_however_it_is_broken(value):
    """Lists over several lines, in tables and in lists, hold what they held on one."""
    assert tomllib.loads(entry("x", value)) == {"x": value}


@given(st.lists(st.text("ab c", max_size=30), min_size=30, max_size=60))
def test_entry_fills_lines_but_none_too_long(values):
    """A long list of texts takes as few lines as their length asks for."""
    lines = entry("x", values).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert all(len(line) + len(after.strip()) + 1 > WIDTH for line, after in pairwise(lines[1:-1]))


def test_entry_of_a_table_with_many_lists_has_no_line_too_long():
    """Where breaking a few lists is not enough, all are broken; in TOML 1.0 the table itself cannot be."""
    table = {f"list{number}": ["a text that takes some room"] * 3 for number in range(40)}
    written = entry("x", [table])
    assert tomllib.loads(written) == {"x": [table]}
    assert max(map(len, written.splitlines())) <= WIDTH


def test_deepest_condition_can_be_written_wherever_it_stands():
    """Thirteen levels in the bar of an objective keep to the 32 brackets of a document, in TOML and in JSON."""
    inner = '{ field = "kinds", op = "has_any", value = ["a", "b"] }'
    for _ in range(12):
        inner = f"{{ all = [{inner}] }}"
    head = 'schema = 1\nname = "deep"\nversion = "1"\n[objectives.x.qualify.mql]\nwhen = '
    playbook = loads(head + inner)
    assert loads(playbook.to_json()).fingerprint == loads(playbook.to_toml()).fingerprint == playbook.fingerprint
