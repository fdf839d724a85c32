"""The JSON Schema of playbooks allows what loads, and flags what people mistype."""

import json
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from leadqual.errors import ModelError
from leadqual.playbook import loads
from leadqual.playbook.jsonschema import json_schema, schema_text
from leadqual.playbook.parse import parse
from leadqual.playbook.shapes import BESIDE, MODEL, TOP, Keys, Listing, Named
from tests.conftest import ROOT
from tests.hostile.cases import LOADED
from tests.playbook.written import odd_documents, playbook_files
from tests.properties.documents import documents
from tests.properties.junk import spoilt
from tests.properties.written import as_json

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
WRITTEN = playbook_files()


def plain(value: Any) -> Any:
    """Return tables as an editor sees them: numbers are numbers, dates are texts."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def problems(document: Any) -> list[str]:
    """Return where the schema finds something wrong."""
    return [error.json_path for error in VALIDATOR.iter_errors(plain(document))]


def test_schema_is_a_schema_and_is_the_file_that_is_shipped():
    """What is shipped is what the shapes say now; `tests.house.reference` writes it anew."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(schema_text()) == SCHEMA


@given(documents())
def test_schema_allows_every_generated_playbook(document):
    """Nothing that loads is marked by an editor."""
    assert problems(document) == []


@given(odd_documents())
def test_schema_allows_odd_texts_and_the_tables_beside_the_model(document):
    """Texts may be anything, in objectives, examples, labels, columns and files too."""
    assert problems(document) == []
    assert problems(json.loads(loads(json.dumps(plain(document))).to_json())) == []


def _has_null(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(map(_has_null, parts))


@given(st.one_of(documents(), odd_documents()).flatmap(spoilt))
def test_schema_allows_spoilt_documents_that_load_all_the_same(document):
    """Whatever is changed in a document at random: if it still loads, no editor marks it."""
    assume(isinstance(document, dict) and not _has_null(document))
    try:
        loads(as_json(document), format="json")
    except ModelError:
        event("refused")
        return
    event("loads")
    assert problems(document) == []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_schema_allows_playbooks_that_people_wrote(path):
    """The presets, the fixtures and the playbooks of the tests conform."""
    assert problems(tomllib.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("case", [case for case in LOADED if len(case.make()) < 100_000], ids=str)
def test_schema_allows_whatever_loads(case):
    """Strange documents that load conform as well."""
    assert problems(parse(case.make(), case.format)) == []


HEAD = """\
schema = 1
name = "a"
version = "1"
[attributes]
size = "integer"
[properties]
page = "text"
"""
ALWAYS = "when = { all = [] }"
RULE = '[[interest.rules]]\nevent = "a"\npoints = 1\n'
TABLE = '[[fit.tables]]\nfield = "size"\n'
CRITERION = "[[fit.criteria]]\npoints = 1\nwhen = "
WRONG = (
    ("[fitt]\nmax = 1", "$"),
    ("[fit]\nmaximum = 1", "$.fit"),
    ('[fit]\nmax = "60"', "$.fit.max"),
    ("[fit]\nmax = -1", "$.fit.max"),
    ("[fit]\nmin = 1", "$.fit.min"),
    ("[fit]\ngates = 1", "$.fit.gates"),
    ("[fit.criteria]\npoints = 1", "$.fit.criteria"),
    ("[[fit.criteria]]\npoints = 1", "$.fit.criteria[0]"),
    (f"[[fit.criteria]]\n{ALWAYS}", "$.fit.criteria[0]"),
    (f"[[fit.criteria]]\n{ALWAYS}\npolnts = 1\npoints = 1", "$.fit.criteria[0]"),
    (f"[[fit.criteria]]\n{ALWAYS}\npoints = 10001", "$.fit.criteria[0].points"),
    (f"[[fit.criteria]]\n{ALWAYS}\npoints = true", "$.fit.criteria[0].points"),
    (CRITERION + '{ field = "size", op = "domian_in", value = ["a"] }', "$.fit.criteria[0].when.op"),
    (CRITERION + '{ field = "size", value = 1 }', "$.fit.criteria[0].when"),
    (CRITERION + '{ feild = "size", op = "eq", value = 1 }', "$.fit.criteria[0].when"),
    (CRITERION + '{ field = "size", op = "eq" }', "$.fit.criteria[0].when"),
    (CRITERION + '{ field = "size", op = "eq", value = [1] }', "$.fit.criteria[0].when.value"),
    (CRITERION + '{ field = "size", op = "in", value = 1 }', "$.fit.criteria[0].when.value"),
    (CRITERION + '{ field = "size", op = "between", value = [1] }', "$.fit.criteria[0].when.value"),
    (CRITERION + '{ field = "email", op = "contains", value = 5 }', "$.fit.criteria[0].when.value"),
    (CRITERION + '{ field = "size", op = "exists", value = 1 }', "$.fit.criteria[0].when"),
    (CRITERION + '{ all = [], field = "size", op = "exists" }', "$.fit.criteria[0].when"),
    (CRITERION + "{ any = {} }", "$.fit.criteria[0].when.any"),
    (CRITERION + '{ not = { field = "size", op = "is" } }', "$.fit.criteria[0].when.not.op"),
    (TABLE, "$.fit.tables[0]"),
    (f"{TABLE}bands = [{{ below = 3 }}, {{ points = 1 }}]", "$.fit.tables[0].bands[0]"),
    (f"{TABLE}values = {{ a = true }}", "$.fit.tables[0].values.a"),
    ("[fit.groups.a]\nmaks = 1", "$.fit.groups.a"),
    ("[fit.grades]\nG = 1", "$.fit.grades"),
    ("[interest.levels]\n0 = 1", "$.interest.levels"),
    ("[[interest.rules]]\npoints = 1", "$.interest.rules[0]"),
    (f"{RULE}events = []", "$.interest.rules[0]"),
    (f"{RULE}times = 1.5", "$.interest.rules[0].times"),
    (f"{RULE}per = {{ days = 7 }}", "$.interest.rules[0].per"),
    (f"{RULE}per_day = 1\nper = {{ days = 1, times = 1 }}", "$.interest.rules[0]"),
    (f"{RULE}times = 1\nweights = [1]", "$.interest.rules[0]"),
    (f"{RULE}weights = [2]", "$.interest.rules[0].weights[0]"),
    (f"{RULE}inactivity = 5\ndistinct_by = 'page'", "$.interest.rules[0]"),
    (f"{RULE}decay = {{ half_live = 5 }}", "$.interest.rules[0].decay"),
    (f"{RULE}decay = {{ half_life = 5, window = 7 }}", "$.interest.rules[0].decay"),
    (f"{RULE}decay = {{ steps = [[1]] }}", "$.interest.rules[0].decay"),
    (f'{RULE}decay = "never"', "$.interest.rules[0].decay"),
    ('[combine]\nkind = "som"', "$.combine.kind"),
    ("[combine]\nfit = 101", "$.combine.fit"),
    ("[combine.floors]\ntotal = 1", "$.combine.floors"),
    ('[combine]\nkind = "matrix"\ncells = { "A 1" = 1 }', "$.combine.cells"),
    ("[qualify.sal]", "$.qualify"),
    ("[qualify.mql]", "$.qualify.mql"),
    ('[qualify]\nhand_raise = "demo"', "$.qualify.hand_raise"),
    ("[objectives.a]\nlists = {}", "$.objectives.a"),
    ('[objectives.a]\ncombine = { kind = "max" }', "$.objectives.a.combine.kind"),
    ('[[examples]]\nname = "a"', "$.examples[0]"),
    ('[[examples]]\nname = "a"\nexpect = {}', "$.examples[0].expect"),
    ('[[examples]]\nname = "a"\nexpect = { lable = "B2" }', "$.examples[0].expect"),
    ('[[examples]]\nname = "a"\nexpect = { fit = 1 }\nevents = [{ day = 1 }]', "$.examples[0].events[0]"),
    ('[[examples]]\nname = "a"\nexpect = { qualifies = ["won"] }', "$.examples[0].expect.qualifies[0]"),
    ('[labels.fr]\nsize = "taille"', "$.labels"),
    ('[columns.lead]\nlead_id = "x"', "$.columns"),
    ("[columns.leads]\nlead_id = 1", "$.columns.leads.lead_id"),
    ('[files.leads]\nunit = "min"', "$.files.leads.unit"),
    ('[files.leads]\ndates = "dmy"', "$.files.leads.dates"),
    ('[files.lead]\ndecimal = "."', "$.files"),
)
MISDECLARED = (
    ('schema = 2\nname = "a"\nversion = "1"', "$.schema"),
    ('schema = "1"\nname = "a"\nversion = "1"', "$.schema"),
    ('schema = 1\nversion = "1"', "$"),
    ("schema = 1\nname = 5\nversion = '1'", "$.name"),
    ("schema = 1\nname = 'a'\nversion = ''", "$.version"),
    ("schema = 1\nname = 'a'\nversion = '1'\nday_starts = 'Europe/Madrid'", "$.day_starts"),
    ("schema = 1\nname = 'a'\nversion = '1'\n[attributes]\nsize = 'int'", "$.attributes.size"),
    ("schema = 1\nname = 'a'\nversion = '1'\n[attributes]\nsize = { weight = 1 }", "$.attributes.size"),
    ("schema = 1\nname = 'a'\nversion = '1'\n[attributes]\n'Job Title' = 'text'", "$.attributes"),
    ("schema = 1\nname = 'a'\nversion = '1'\n[attributes]\nemail = 'text'", "$.attributes"),
    ("schema = 1\nname = 'a'\nversion = '1'\n[properties]\npage = { type = 'text' }", "$.properties.page"),
    ("schema = 1\nname = 'a'\nversion = '1'\n[lists]\nrivals = []", "$.lists.rivals"),
)


@pytest.mark.parametrize(
    ("document", "where"), [*((HEAD + body, where) for body, where in WRONG), *MISDECLARED], ids=lambda part: part[-60:]
)
def test_schema_flags_what_does_not_load(document, where):
    """What an editor marks is wrong, and it marks the place."""
    assert where in problems(tomllib.loads(document))
    with pytest.raises(ModelError):
        loads(document)


def test_schema_says_what_every_key_means():
    """Every key of every table has a meaning, in a sentence."""
    keys = [
        (name, key.get("description", ""))
        for table in (SCHEMA, *SCHEMA["$defs"].values(), *SCHEMA["$defs"]["decay"]["anyOf"])
        for name, key in table.get("properties", {}).items()
    ]
    assert len(keys) > 100
    assert not [name for name, said in keys if not said.endswith(".") or "``" in said]
    assert not [name for name, part in SCHEMA["$defs"].items() if not part["description"].endswith(".")]


def test_schema_bounds_every_number():
    """Numbers have the bounds that the model checks, but for the ends of bands, which are values of an attribute."""
    loose = [
        (table["description"], name)
        for table in SCHEMA["$defs"].values()
        for name, key in table.get("properties", {}).items()
        if key.get("type") in ("number", "integer") and not {"minimum", "maximum"} <= key.keys()
    ]
    assert [name for _, name in loose] == ["below"]


def test_schema_knows_every_table_and_key_of_the_shapes():
    """What the reader reads is there, and nothing that it does not read."""
    assert tuple(SCHEMA["properties"]) == TOP
    assert SCHEMA["additionalProperties"] is False
    stack, seen = [*MODEL.values(), *BESIDE.values()], 0
    while stack:
        part = stack.pop()
        if isinstance(part, Keys):
            name = next(n for n in SCHEMA["$defs"] if n.replace("_", "") == part.becomes.__name__.lower())
            table = SCHEMA["$defs"][name]
            assert set(table["properties"]) == {*part.names, *part.short, *part.single}
            assert set(table.get("required", ())) == {*part.needed} - {*part.single.values()}
            assert (table["additionalProperties"] is False) is (part.loose is None)
            stack += part.nested.values()
            seen += 1
        elif isinstance(part, Listing | Named):
            stack.append(part.part)
    assert seen > 15


def test_schema_gives_defaults_and_examples_to_complete_from():
    """An editor can fill in what is usual."""
    rule = SCHEMA["$defs"]["interest_rule"]["properties"]
    assert rule["counts"]["default"] is True
    assert "default" not in rule["times"]
    assert SCHEMA["$defs"]["interest"]["properties"]["decay"]["default"] == "none"
    assert SCHEMA["$defs"]["combine"]["properties"]["kind"]["enum"] == ["sum", "minimum", "gate", "matrix"]
    assert "dd/mm/yyyy" in SCHEMA["$defs"]["file_format"]["properties"]["dates"]["examples"]
