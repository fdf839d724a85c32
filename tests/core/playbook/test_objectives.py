"""Objectives: the same playbook, priced for another goal."""

from decimal import Decimal
from typing import Any

import pytest

from leadqual.errors import ModelError, UnknownName
from leadqual.fit import Band, Criterion, Fit, Table
from leadqual.interest import HalfLife, Interest, InterestRule
from leadqual.playbook import Objective, Playbook, loads
from leadqual.scoring import Bar, Combine, Qualify, ScoringModel
from tests.core.support import downloads, lead, scored

HEAD = 'schema = 1\nname = "small"\nversion = "1"\n'
TEXT = (
    HEAD
    + """
[attributes]
job_title = "text"
employees = "integer"
[fit]
[[fit.criteria]]
name = "boss"
when = { field = "job_title", op = "eq", value = "CEO" }
points = 25
missing = 10
[[fit.tables]]
name = "size"
field = "employees"
bands = [{ below = 10, points = 1 }, { below = 100, points = 2 }, { points = 3 }]
[[fit.tables]]
name = "places"
field = "job_title"
values = { CEO = 1 }
[fit.grades]
A = 20
B = 0
[interest]
[[interest.rules]]
name = "downloads"
event = "download"
points = 10
weights = [1, 0.5]
[[interest.rules]]
event = "demo"
points = 5
[combine]
fit = 0.5
[qualify.mql]
when = { field = "fit", op = "ge", value = 20 }
"""
)
MODEL = loads(TEXT).model


def _objectives(text: str, *, before: str = TEXT) -> Playbook:
    return loads(f"{before}\n{text}")


def _refused(text: str, *, before: str = TEXT) -> list[str]:
    with pytest.raises(ModelError) as caught:
        _objectives(text, before=before)
    return [str(problem) for problem in caught.value.problems]


def test_objective_is_the_model_of_the_playbook_with_other_points():
    """What is named gets its own points, bands and tables; everything else stays."""
    text = """
    [objectives.loans]
    criteria = { boss = 12.5 }
    rules = { downloads = 20 }
    bands = { size = [0, 4, 8] }
    combine = { kind = "minimum" }
    qualify = { sql = { when = { field = "interest", op = "ge", value = 3 } } }
    """
    by_hand = (
        TEXT.replace("points = 25", "points = 12.5")
        .replace("points = 10\nweights", "points = 20\nweights")
        .replace("{ below = 10, points = 1 }, { below = 100, points = 2 }, { points = 3 }",
                 "{ below = 10, points = 0 }, { below = 100, points = 4 }, { points = 8 }")
        .replace("[combine]\nfit = 0.5", '[combine]\nkind = "minimum"')
        .replace('[qualify.mql]\nwhen = { field = "fit", op = "ge", value = 20 }',
                 '[qualify.sql]\nwhen = { field = "interest", op = "ge", value = 3 }')
    )  # fmt: skip
    priced = _objectives(text).model_for("loans")
    assert priced == loads(by_hand).model
    assert priced.fingerprint == loads(by_hand).model.fingerprint
    boss = lead(job_title="CEO", employees=50)
    assert scored(priced, downloads(0, 0), of=boss).total == Decimal("17.50")


def test_objective_leaves_the_model_of_the_playbook_as_it_was():
    """The playbook itself scores as before, under no name of an objective."""
    playbook = _objectives("[objectives.loans]\ncriteria = { boss = 11 }")
    assert playbook.model == playbook.model_for() == MODEL
    assert set(playbook.models) == {"loans"}


def test_objective_that_replaces_nothing_is_the_model_itself():
    """An empty table is a name for the playbook's own model."""
    assert _objectives("[objectives.plain]").model_for("plain") == MODEL


def test_objective_is_applied_over_the_one_it_is_based_on():
    """The chain is applied from its root, wherever each stands; the last word is the objective's own."""
    playbook = _objectives("""
    [objectives.third]
    based_on = "second"
    rules = { downloads = 2 }
    [objectives.second]
    based_on = "first"
    criteria = { boss = 12 }
    rules = { downloads = 4 }
    [objectives.first]
    criteria = { boss = 11 }
    bands = { size = [7, 8, 9] }
    combine = { kind = "minimum" }
    """)
    third = playbook.models["third"]
    assert (third.fit.criteria[0].points, third.interest.rules[0].points) == (12, 2)
    assert third.fit.tables[0].bands == (Band(below=10, points=7), Band(below=100, points=8), Band(points=9))
    assert third.combine == Combine(kind="minimum")
    assert [model.fit.criteria[0].points for model in playbook.models.values()] == [12, 12, 11]
    assert list(playbook.models) == ["third", "second", "first"]


def test_objectives_are_part_of_the_fingerprint_of_a_playbook_and_not_of_its_model():
    """Another price for one buyer is another playbook; the model of the rest is untouched."""
    one, other = (_objectives(f"[objectives.loans]\ncriteria = {{ boss = {points} }}") for points in (11, 12))
    assert one.fingerprint != other.fingerprint
    assert one.model.fingerprint == other.model.fingerprint
    assert one.models["loans"].fingerprint != other.models["loans"].fingerprint


def test_objectives_are_written_and_read_back():
    """Canonical JSON holds them as they were written."""
    playbook = _objectives("""
    [objectives.loans]
    based_on = "base"
    criteria = { boss = 12.50 }
    bands = { size = [0, 1.5, 2] }
    combine = { kind = "gate", floors = { fit = 3 } }
    qualify = { hand_raise = ["demo"] }
    [objectives.base]
    """)
    again = loads(playbook.to_json())
    assert again == playbook
    assert again.models == playbook.models
    assert '"bands":{"size":[0,1.5,2]}' in playbook.to_json()


def test_names_of_objectives_compare_however_accents_are_typed():
    """A name typed with a combining accent is the name that looks the same."""
    playbook = _objectives('[objectives."cre\u0301ditos"]\n[objectives.x]\nbased_on = "cr\u00e9ditos"')
    assert playbook.model_for("cr\u00e9ditos") == playbook.model_for("cre\u0301ditos") == MODEL


def test_unknown_objective_is_refused_with_the_closest_one():
    """Asking for an objective that does not exist suggests one that does."""
    playbook = _objectives("[objectives.loans]\n[objectives.cards]")
    with pytest.raises(UnknownName, match=r"objective: unknown objective \(got 'laons'\). Did you mean `loans`\?"):
        playbook.model_for("laons")
    with pytest.raises(UnknownName, match="The playbook has no objectives"):
        loads(TEXT).model_for("loans")
    nonsense: Any = ["loans"]
    with pytest.raises(UnknownName, match="Known: cards, loans"):
        playbook.model_for(nonsense)


NO_RULE, NO_CRITERION = "no rule has this name", "no criterion has this name"
BANDS = ("the points of every band were expected", "Write the points of all 3 bands, in their order.")
KEYS = "Known: bands, based_on, combine, criteria, qualify, rules."


@pytest.mark.parametrize(
    ("text", "where", "what", "hint"),
    [
        ("[objectives.a.rules]\ndownlaods = 3", "a.rules.downlaods", NO_RULE, "Did you mean `downloads`?"),
        ("[objectives.a.rules]\ndemo = 3", "a.rules.demo", NO_RULE, "Give the rule a `name` first."),
        ("[objectives.a.criteria]\nbos = 3", "a.criteria.bos", NO_CRITERION, "Did you mean `boss`?"),
        ("[objectives.a.criteria]\nzzz = 3", "a.criteria.zzz", NO_CRITERION, "Known: boss."),
        ("[objectives.a.bands]\nplaces = [3]", "a.bands.places", "no table with bands has this name", "Known: size."),
        ("[objectives.a.bands]\nsize = [1, 2]", "a.bands.size", *BANDS),
        ("[objectives.a.bands]\nsize = 3", "a.bands.size", *BANDS),
        ('[objectives.a]\nbased_on = "b"\n[objectives.bb]', "a.based_on", "unknown objective", "Did you mean `bb`?"),
        ('[objectives.a]\nbased_on = ["b"]', "a.based_on", "unknown objective", "Known: a."),
        ("[objectives.a]\ndecay = 3", "a.decay", "unknown key", KEYS),
        ("[objectives.a]\ncriterea = 3", "a.criterea", "unknown key", "Did you mean `criteria`?"),
        ('[objectives]\na = "b"', "a", "a table was expected", "Write [objectives.a] or { … }."),
        ("[objectives.a]\nrules = [3]", "a.rules", "a table was expected", "Write [objectives.a.rules] or { … }."),
    ],
)
def test_wrong_objectives_are_refused_with_path_and_hint(text, where, what, hint):
    """Each slip names its place in the objective and what to write."""
    with pytest.raises(ModelError) as caught:
        _objectives(text)
    (problem,) = caught.value.problems
    assert (problem.where, problem.what, problem.hint) == (f"objectives.{where}", what, hint)


def test_names_that_differ_only_in_how_accents_are_typed_are_one():
    """Two keys that compare alike do not silently win over one another, nor do two objectives."""
    before = TEXT.replace('name = "boss"', 'name = "due\u00f1o"')
    lines = _refused('[objectives.a.criteria]\n"due\u00f1o" = 1\n"duen\u0303o" = 2', before=before)
    assert [line.partition(" (")[0] for line in lines] == ["objectives.a.criteria.duen\u0303o: the name comes twice"]
    (line,) = _refused('[objectives."\u00e9"]\n[objectives."e\u0301"]')
    assert line.startswith("objectives.e\u0301: the objective comes twice")


@pytest.mark.parametrize(
    ("text", "circle"),
    [
        ('[objectives.a]\nbased_on = "a"', "a → a"),
        ('[objectives.a]\nbased_on = "b"\n[objectives.b]\nbased_on = "a"', "a → b → a"),
        ('[objectives]\nz.based_on = "b"\na.based_on = "c"\nb.based_on = "a"\nc.based_on = "b"', "b → a → c → b"),
    ],
)
def test_circle_of_objectives_is_refused_once_with_its_way(text, circle):
    """Objectives that stand on one another stand on nothing; those outside the circle are not blamed."""
    (line,) = _refused(text)
    assert line == (
        f"objectives.{circle[0]}.based_on: objectives go round in a circle: {circle} (got '{circle[0]}'). "
        "Let one of them stand on the playbook itself: remove its `based_on`."
    )


def test_long_circle_is_told_by_where_it_begins_and_ends():
    """A circle of hundreds of objectives is no page of names."""
    around = "".join(f"[objectives.o{i}]\nbased_on = 'o{(i + 1) % 500}'\n" for i in range(500))
    (line,) = _refused(around)
    assert line.startswith(
        "objectives.o0.based_on: objectives go round in a circle: o0 → o1 → o2 → o3 → o4 → o5 → o6 → o7 → … → o0 ("
    )


def test_two_circles_are_two_problems():
    """Each circle is told."""
    text = '[objectives.a]\nbased_on = "a"\n[objectives.b]\nbased_on = "b"\n[objectives.c]\nbased_on = "a"'
    assert [line.partition(":")[0] for line in _refused(text)] == ["objectives.a.based_on", "objectives.b.based_on"]


def test_all_problems_of_objectives_are_told_at_once_even_beside_a_broken_model():
    """A wrong model, an unknown rule, a circle and an example of an unknown objective come in one error."""
    text = """
    [objectives.a]
    based_on = "b"
    rules = { nothing = 1 }
    [objectives.b]
    based_on = "a"
    [[examples]]
    name = "x"
    objective = "c"
    expect = { fit = 1 }
    """
    told = ["objectives.a.rules.nothing", "objectives.a.based_on", "examples[0].objective"]
    assert [line.partition(":")[0] for line in _refused(text)] == told
    broken = TEXT.replace("points = 25", "points = 25_000")
    assert [line.partition(":")[0] for line in _refused(text, before=broken)] == ["fit.criteria[0].points", *told]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("criteria = { boss = 20_000 }", "objectives.a.criteria.boss"),
        ("criteria = { boss = -1 }", "objectives.a.criteria.boss"),  # `missing = 10` no longer fits
        ("rules = { downloads = 0.01 }", "objectives.a.rules.downloads"),  # its half is no whole hundredth
        ("rules = { downloads = true }", "objectives.a.rules.downloads"),
        ('bands = { size = [1, 2, "3"] }', "objectives.a.bands.size[2]"),
        ("criteria = { boss = 11 }\nrules = { downloads = 20_000 }", "objectives.a.rules.downloads"),
        ('combine = { kind = "matrix", cells = { Z9 = 1 } }', "objectives.a.combine.cells.Z9"),
        ('combine = { kind = "summ" }', "objectives.a.combine.kind"),
        ('qualify.mql.when = { field = "fitt", op = "ge", value = 3 }', "objectives.a.qualify.mql.when.field"),
        ("combine = 3", "objectives.a.combine"),
        ("qualify = { mql = 3 }", "objectives.a.qualify.mql"),
    ],
)  # fmt: skip
def test_points_that_no_model_may_have_are_placed_in_the_objective(text, where):
    """A model that cannot be built is explained by the key of the objective that brings it about."""
    assert {line.partition(": ")[0] for line in _refused(f"[objectives.a]\n{text}")} >= {where}


def test_wrong_points_are_told_once_by_the_objective_that_writes_them():
    """An objective that inherits a wrong price is not blamed for it."""
    lines = _refused('[objectives.a]\ncriteria = { boss = 20_000 }\n[objectives.b]\nbased_on = "a"')
    assert [line.partition(":")[0] for line in lines] == ["objectives.a.criteria.boss"]


def test_objectives_built_in_python_are_checked_as_those_of_a_document():
    """Lists become tuples; what is no objective, and no table, is refused."""
    model = ScoringModel(
        fit=Fit(tables=[Table(name="size", field="n", bands=[Band(below=1, points=1), Band(points=2)])],
                criteria=[Criterion(when=MODEL.fit.criteria[0].when, points=3)]),
        attributes={"n": "integer", "job_title": "text"},
        interest=Interest(rules=[InterestRule(event="a", points=1)]),
    )  # fmt: skip
    some: Any = {"a": Objective(bands={"size": [3, 4]})}
    sized = Playbook(name="x", version="1", model=model, objectives=some)
    assert sized.models["a"].fit.tables[0].bands[1].points == 4
    wrong: Any = {"a": 3, "b": Objective(rules=[1]), "": Objective(), 4: Objective()}
    with pytest.raises(ModelError) as caught:
        Playbook(name="x", version="1", model=model, objectives=wrong)
    assert [f"{problem.where}: {problem.what}" for problem in caught.value.problems] == [
        "objectives.a: an objective was expected",
        "objectives.b.rules: a table was expected",
        "objectives.: a text was expected",
        "objectives.4: a text was expected",
    ]


def test_objectives_do_not_multiply_a_large_playbook():
    """A document of a megabyte may have a few objectives, a small one thousands, and one with long curves not many."""
    many = "".join(f"[objectives.o{n}]\nbased_on = 'o{n + 1}'\n" for n in range(2_000)) + "[objectives.o2000]\n"
    assert len(loads(HEAD + many).models) == 2_001
    words = ", ".join(f'"word{n}"' for n in range(5_000))
    large = f"{HEAD}[lists]\nwords = [{words}]\n"
    assert len(loads(f"{large}[objectives.a]\n[objectives.b]").models) == 2
    for before in (
        large,
        f"{HEAD}[interest]\nrules = [{{ event = 'a', points = 1, decay = {{ half_life = 3_000 }} }}]\n",
    ):
        (line,) = _refused(many, before=before)
        assert line.startswith("objectives: too many objectives for a playbook of this size (got 2001)")


def test_bars_and_curves_stay_what_they_are_under_an_objective():
    """Only points, `combine` and `qualify` are an objective's to change: the curve and the bar beside them stay."""
    model = ScoringModel(
        interest=Interest(decay=HalfLife(7), rules=[InterestRule(event="a", name="a", points=1)]),
        qualify=Qualify(mql=Bar(when=MODEL.qualify.mql.when)),
    )
    priced = Playbook(name="x", version="1", model=model, objectives={"o": Objective(rules={"a": 2})}).models["o"]
    assert (priced.interest.decay, priced.qualify) == (HalfLife(7), model.qualify)
    assert priced.interest.rules[0].points == 2
