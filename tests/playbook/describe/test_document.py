"""Whole playbooks in plain sentences."""

import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from attrs import frozen

from leadqual.conditions import field
from leadqual.errors import UnknownName
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest, InterestRule
from leadqual.languages import LANGUAGES, amount
from leadqual.nurture.presets import PRESETS as CONTACT_PRESETS
from leadqual.playbook import Playbook, loads
from leadqual.playbook.describe import describe, words_of
from leadqual.presets import PRESETS, preset_text, starter_text
from leadqual.scoring import ScoringModel
from tests.playbook.describe.golden import AGAIN, GOLDEN, everything, starter


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.path.stem)
def test_description_is_the_one_that_was_read(golden):
    """The texts of the starter and of a playbook with everything change only when somebody has read them."""
    assert golden.written() == golden.path.read_text(encoding="utf-8"), AGAIN


def tables(part: object) -> Iterator[tuple[str, object]]:
    """Yield every key of a document with its value."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key, value
            yield from tables(value)
    elif isinstance(part, list):
        for value in part:
            yield from tables(value)


def document() -> dict[str, object]:
    """Return the tables of the starter, without its labels."""
    found = tomllib.loads(starter_text(), parse_float=Decimal)
    return {key: part for key, part in found.items() if key != "labels"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_presets_read_without_signs_and_words_of_a_document(preset, language):
    """A reader needs no TOML: no brackets, no names with underscores, no true and false."""
    text = describe(loads(preset_text(preset), format="toml"), language=language)
    assert not set(text) & set("_[]{}`=<>|~")
    words = set(re.findall(r"\w+", text.lower()))
    assert not words & {"true", "false", "none", "null", "toml", "eq", "ne", "ge", "gt", "lt", "op", "max", "min"}


def test_spanish_of_the_starter_has_no_english_words():
    """What the starter names has a Spanish label, apart from the words it looks for and from MQL, SQL and the like."""
    text = re.sub("«[^»]*»|/[a-z]+", "", describe(starter(), language="es"))
    said = set(re.findall(r"[a-zñáéíóúü]+", text.lower()))
    named = [key for key, _ in tables(document())] + [
        value for _, value in tables(document()) if isinstance(value, str)
    ]
    english = {word for name in named for word in re.findall("[a-z]{4,}", name.lower())}
    assert said & english <= {"total", "webinar", "outbound", "manager", "lead", "europe", "madrid"}
    assert not said & {"the", "and", "or", "of", "points", "with"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_starter_is_told(language):
    """No number of the document is missing in the text, whatever it says of it."""
    text = describe(starter(), language=language)
    told = set(re.findall(r"\d+(?:[.,]\d+)?", text))
    for key, value in tables(document()):
        values = value if isinstance(value, list) else [value]
        numbers: list[Any] = [part for part in values if type(part) in (int, Decimal)]
        for number in numbers:
            share = number * 100 if key == "weights" else number
            assert amount(abs(share), language) in told or number == 1, (key, number)


@pytest.mark.parametrize("playbook", [starter, everything], ids=lambda playbook: playbook.__name__)
def test_languages_tell_the_same(playbook):
    """Both texts have as many headings, paragraphs, points of lists and numbers."""
    english, spanish = (describe(playbook(), language=language) for language in LANGUAGES)
    shape = [
        [re.match(r" *#* *-?", line).group() for line in text.splitlines() if line.strip()]
        for text in (english, spanish)
    ]
    assert shape[0] == shape[1]
    for before, after in zip(english.split("\n\n"), spanish.split("\n\n"), strict=True):
        assert len(re.findall(r"\*\*", before)) == len(re.findall(r"\*\*", after))


def test_description_in_an_unknown_language_is_refused():
    """A language that leadqual does not speak is an unknown name."""
    unknown: Any = "de"
    with pytest.raises(UnknownName, match="language"):
        describe(starter(), language=unknown)


def test_labels_are_those_of_the_language():
    """Each language has its own labels, and a language without any has none."""
    assert words_of(starter(), "es").name("job_title") == "cargo"
    assert words_of(starter()).name("job_title") == "job title"
    assert words_of(loads('schema = 1\nname = "a"\nversion = "1"'), "es").labels == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_playbook_of_nothing_says_that_it_says_nothing(language):
    """An empty playbook has the same chapters: nothing earns points, and a lead moves by what people say of it."""
    text = describe(loads('schema = 1\nname = "a"\nversion = "1"'), language=language)
    *before, life = re.split("^## ", text, flags=re.MULTILINE)
    assert len(before) == 6
    assert not any(re.search("^- ", chapter, re.MULTILINE) for chapter in before)
    assert re.search("^- ", life, re.MULTILINE)


EDGES = """
schema = 1
name = "edges"
version = "1"

[attributes]
size = "integer"
note = "text"

[[fit.tables]]
field = "size"
values = { 1 = 2, 20 = 3 }

[[fit.criteria]]
name = "All or nothing"
when = { all = [] }
points = 1

[[interest.rules]]
event = "open"
points = 2
weights = [0]
max = 0

[interest.levels]
1 = 4

[combine]
kind = "gate"
"""


@pytest.mark.parametrize(
    "said",
    [
        "2 points for 1; 3 points for 20; 0 points for anything else.",
        "**All or nothing**: 1 point if always.",
        "2 points each time. The newest one counts not at all; older ones do not count. At most 0 points in all.",
        "The label is the level. The total is fit plus interest.",
        "Fit is never less than 0 points. An answer",
        "Interest is never less than 0 points. Unless a line says otherwise, what an act earns does not fade.",
    ],
)
def test_edges_are_told_too(said):
    """Rare turns of a playbook have words as well."""
    assert said in describe(loads(EDGES, format="toml"))


@frozen
class Extension:
    """A scorer of somebody else's, for either axis."""

    part: Criterion | InterestRule
    kind: ClassVar[str] = "acme/extension"

    def lower(self) -> list[Any]:
        """Return the one part."""
        return [self.part]


def test_extensions_are_told_by_what_they_lower_to():
    """Criteria and rules of an installed extension read like any others."""
    fit: Any = Extension(Criterion(when=field("country_code").eq("ES"), points=7))
    interest: Any = Extension(InterestRule(event="visit", points=3))
    model = ScoringModel(
        attributes={"country_code": "text"}, fit=Fit(scorers=[fit]), interest=Interest(scorers=[interest])
    )
    text = describe(Playbook(name="a", version="1", model=model))
    assert "- 7 points if the country code is ES." in text
    assert "- **Visit**: 3 points each time." in text


@pytest.mark.parametrize(("op", "told"), [("exists", False), ("has", True)])
def test_reader_is_told_what_not_means_where_it_matters(op, told):
    """The note on negations stands only in a playbook that has one, be it in an objective alone."""
    value = "" if op == "exists" else ', value = "x"'
    bar = f'when = {{ not = {{ field = "kinds", op = "{op}"{value} }} }}'
    text = f'schema = 1\nname = "a"\nversion = "1"\n[objectives.other.qualify.mql]\n{bar}\n'
    assert ("that something is not so" in describe(loads(text, format="toml"))) is told


def test_files_say_only_what_is_declared():
    """A file of which only the zone is known has no other line but the decimal sign."""
    text = describe(loads('schema = 1\nname = "a"\nversion = "1"\n[files.leads]\nzone = "UTC"\n', format="toml"))
    assert text.endswith("- Times without a zone are those of “UTC”.\n- Decimals are written with “.”.\n")


SPOIL = "\x1b[31m\n- Spoilt\u2028\u202e"
"""What would colour a terminal, begin a line of its own and turn the rest round."""
SPOILT: dict[str, Any] = {
    "schema": 1,
    "name": f"n{SPOIL}",
    "version": f"1{SPOIL}",
    "attributes": {"job": "text"},
    "properties": {"page": "text"},
    "fit": {
        "criteria": [{"name": f"c{SPOIL}", "when": {"field": "job", "op": "eq", "value": f"x{SPOIL}"}, "points": 5}],
        "tables": [{"name": f"t{SPOIL}", "field": "job", "values": {f"v{SPOIL}": 3}, "group": f"g{SPOIL}"}],
        "groups": {f"g{SPOIL}": {"max": 2}},
        "gates": [{"reason": f"r{SPOIL}", "when": {"field": "job", "op": "eq", "value": "spam"}}],
    },
    "interest": {"rules": [{"name": f"r{SPOIL}", "event": f"k{SPOIL}", "points": 5}]},
    "qualify": {"sql": {"when": {"field": "kinds", "op": "has", "value": f"k{SPOIL}"}}},
    "lifecycle": {
        "touches": [f"k{SPOIL}"],
        "replies": [f"y{SPOIL}"],
        "stages": [{"name": "lead"}, {"name": "later", "kind": "rest"}, {"name": "won", "kind": "ended"}],
        "transitions": [
            {"name": f"w{SPOIL}", "from": ["lead", "later"], "to": "won", "on": "yes", "reason": f"q{SPOIL}"},
            {"name": f"m{SPOIL}", "from": "lead", "to": "later", "on": "maybe"},
            {"name": f"b{SPOIL}", "from": "later", "to": "lead", "on": "wake"},
        ],
    },
    "recycle": {
        "outbound": {
            "rest_months": [3, 6],
            "reasons": {f"q{SPOIL}": 3},
            "nurture": f"n{SPOIL}",
            "bonus_event": f"k{SPOIL}",
        }
    },
    "sla": {"lead": {"within": "2h", "escalate": f"h{SPOIL}"}},
    "nurture": {"windows": {f"c{SPOIL}": {}}},
    "caps": {f"c{SPOIL}": [{"days": 1, "times": 1}]},
    "personas": [{"name": f"p{SPOIL}", "when": {"field": "job", "op": "eq", "value": f"x{SPOIL}"}}],
    "needs": {f"n{SPOIL}": {"offers": f"o{SPOIL}", "hints": [{"on": f"k{SPOIL}"}]}},
    "content": {f"c{SPOIL}": {"kind": f"k{SPOIL}", "channels": f"c{SPOIL}", "after": f"o{SPOIL}"}},
    "sequences": {
        f"n{SPOIL}": {
            "enter": {"on": f"k{SPOIL}", "properties": {"field": "page", "op": "eq", "value": f"x{SPOIL}"}},
            "goals": [{"on": f"g{SPOIL}"}],
            "arms": {f"a{SPOIL}": 1},
            "on_end": {"sequence": f"n{SPOIL}"},
            "steps": [
                {"name": f"s{SPOIL}", "channel": f"c{SPOIL}", "pool": {"kinds": f"k{SPOIL}"}, "arm": f"a{SPOIL}"},
                {"name": f"t{SPOIL}", "task": f"t{SPOIL}", "next": f"f{SPOIL}"},
                {"name": f"f{SPOIL}", "branch": {"on": f"k{SPOIL}", "within": "1d", "no": f"t{SPOIL}"}},
            ],
        }
    },
    "objectives": {f"o{SPOIL}": {"rules": {f"r{SPOIL}": 7}}},
    "examples": [{"name": f"e{SPOIL}", "expect": {"gate": f"q{SPOIL}"}, "events": [{"kind": f"k{SPOIL}"}]}],
    "labels": {language: {"job": f"job{SPOIL}", f"k{SPOIL}": f"kind{SPOIL}"} for language in LANGUAGES},
    "columns": {"leads": {"job": f"Job{SPOIL}"}},
    "files": {"leads": {"missing": [f"none{SPOIL}"]}},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_playbook_commands_a_terminal_or_makes_lines_of_its_own(language):
    """Control characters and line ends, wherever a text may hold them, are told as codes."""
    text = describe(loads(json.dumps(SPOILT), format="json"), language=language)
    assert "\\x1b[31m\\n- Spoilt" in text
    assert "\n- Spoilt" not in text
    assert all(character == "\n" or character.isprintable() for character in text)


NURTURED = ("nurture", "caps", "personas", "needs", "content", "sequences")


def nurtured(language: Any) -> str:
    """Return what is said of nurturing in the playbook with everything, without texts that people wrote."""
    text = describe(everything(), language=language)
    heads = {
        "en": ("## How leads are nurtured", "## Objectives"),
        "es": ("## Cómo se cuida a los leads", "## Objetivos"),
    }
    first, last = heads[language]
    return text[text.index(f"\n{first}\n") : text.index(f"\n{last}\n")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nurturing_reads_without_signs_and_words_of_a_document(language):
    """A reader from marketing needs no TOML, and no names that are our own."""
    text = nurtured(language)
    assert not set(text) & set("_[]{}`=<>|~")
    words = set(re.findall(r"\w+", text.lower()))
    assert not words & {"true", "false", "null", "toml", "eq", "ge", "gt", "op", "opt", "utc", "sql", "mql", "sms"}
    keys = {key for key, _ in tables({name: everything().to_plain()[name] for name in NURTURED})}
    own = {key for key in keys if "_" in key}
    assert not [key for key in own if key in text or f" {key.replace('_', ' ')} " in text if key not in NAMES]


NAMES = {"event_invitation", "rare_letters", "ten_firms", "auto_reply", "hard_bounce", "page_view", "mail_opened"}
"""Names that the playbook gives itself."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_nurturing_is_told(language):
    """Limits, waits, costs, shares and ranks."""
    text = nurtured(language)
    told = set(re.findall(r"\d+(?:[.,]\d+)?", text))
    for key, value in tables({name: everything().to_plain()[name] for name in NURTURED}):
        values = value if isinstance(value, list) else [value]
        numbers: list[Any] = [part for part in values if type(part) in (int, Decimal)]
        for number in numbers:
            assert amount(number, language) in told, (key, number)
        for span in (part for part in values if isinstance(part, str) and re.fullmatch(r"\d+[mhdw]", part)):
            assert span[:-1] in told, (key, span)


@pytest.mark.parametrize("language", LANGUAGES)
def test_presets_are_told_with_their_source_and_date(language):
    """Each with what it is not."""
    day = {"en": "23 November 2026", "es": "23 de noviembre de 2026"}[language]
    notice = {"en": "It is data, not legal advice.", "es": "Son datos, no asesoramiento jurídico."}[language]
    lines = [line for line in nurtured(language).split("\n") if day in line]
    assert len(lines) == len(CONTACT_PRESETS)
    for line, preset in zip(lines, CONTACT_PRESETS.values(), strict=True):
        assert preset.source in line
        assert line.endswith(notice)


def test_what_holds_for_every_sequence_is_told_only_where_there_is_something_to_tell():
    """Settings without sequences are told, and sequences without settings; of neither there is no chapter."""
    head = 'schema = 1\nname = "a"\nversion = "1"\n'
    assert "nurtured" not in describe(loads(head))
    limits = describe(loads(f"{head}[caps]\nemail = [{{ days = 1, times = 1 }}]\n"))
    assert "Marketing by email" in limits
    assert "What may go to whom" not in limits
    home = describe(loads(f'{head}[nurture]\nhome = "Europe/Madrid"\nmeetings = []\nbounces = []\n'))
    assert "What may go to whom" in home
    assert "If it stays open" not in home
    assert "is a meeting" not in home
    step = '{ name = "one", channel = "sms", task = "Write", window = { hours = ["10:00-12:00"] } }'
    sent = describe(loads(f"{head}[nurture]\neffort = [{{ cost = 3 }}]\n[sequences.s]\nsteps = [{step}]\n"))
    assert "If it stays open, nothing goes by text message." in sent
    assert "“auto reply” is the answer of a machine: what comes next waits 5 working days." in sent
    assert "- All others: content that costs up to 3.\n" in sent
    assert "costs nothing" not in sent


def test_labels_go_before_the_words_of_the_language():
    """For channels and purposes too."""
    head = 'schema = 1\nname = "a"\nversion = "1"\n[labels.en]\nsms = "texting"\nnewsletter = "the weekly"\n'
    step = '{ name = "one", channel = "sms", task = "Write" }'
    text = describe(loads(f"{head}[sequences.s]\nsteps = [{step}]\n"))
    assert "It is for the weekly." in text
    assert "**One**: by texting, a person does this: “Write”." in text


def test_planner_of_a_sequence_is_named():
    """It says what comes next, whatever the order of the steps."""
    head = 'schema = 1\nname = "a"\nversion = "1"\n[content.guide]\nkind = "guide"\n'
    step = '{ name = "one", wait = "3d", channel = "email", pool = {} }'
    text = describe(loads(f'{head}[sequences.s]\nplanner = "next_best_content"\nsteps = [{step}]\n'))
    assert "What comes next is for the planner “next best content” to say." in text


def test_last_touch_of_a_way_is_told():
    """With what follows it."""
    head = 'schema = 1\nname = "a"\nversion = "1"\n'
    step = '{ name = "one", channel = "phone", task = "Call", end = true, on_end = { verdict = "maybe" } }'
    text = describe(loads(f"{head}[sequences.s]\nsteps = [{step}]\n"), language="es")
    assert "**One**: por teléfono, una persona hace esto: «Call», la secuencia termina. Al final el lead es un" in text


def test_entry_by_a_stage_alone_waits_for_no_act():
    """It begins upon the stage."""
    head = 'schema = 1\nname = "a"\nversion = "1"\n'
    step = '{ name = "one", channel = "phone", task = "Call" }'
    text = describe(loads(f'{head}[sequences.s]\nenter = {{ stages = "lead" }}\nsteps = [{step}]\n'))
    assert "It is for newsletters. It begins in the stage lead. Nobody comes in twice." in text
