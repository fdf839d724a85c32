"""How leads are nurtured, as a document says it: reading, short forms, canonical form, TOML."""

from datetime import date
from typing import Any

import pytest

from leadqual.conditions import field
from leadqual.errors import ModelError
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.people import Need, Persona, Sign
from leadqual.nurture.sequences import Branch, Ending, Sequence, Step
from leadqual.nurture.settings import Effort, Nurture
from leadqual.nurture.waits import AT_ONCE, Wait
from leadqual.nurture.windows import SendWindow
from leadqual.playbook import Playbook, loads
from leadqual.playbook.spelled import composed_tables
from leadqual.scoring import ScoringModel

HEAD = 'schema = 1\nname = "small"\nversion = "1"\n'
STEPS = '[[sequences.s.steps]]\nname = "a"\ntask = "Call"\n'


def plain(text: str) -> dict[str, Any]:
    """Return what a document says in canonical form, without its head."""
    tables = loads(HEAD + text, format="toml").to_plain()
    return {name: part for name, part in tables.items() if name not in ("schema", "name", "version")}


def problems(text: str) -> list[str]:
    """Return place and fault of every problem of a document."""
    with pytest.raises(ModelError) as caught:
        loads(HEAD + text, format="toml")
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


def test_tables_on_nurturing_may_be_left_out():
    """Without them nothing is sent, and the canonical form is what it was before there were any."""
    playbook = loads(HEAD)
    assert (playbook.nurture, playbook.caps) == (Nurture(), Caps())
    assert (playbook.personas, playbook.needs, playbook.content, playbook.sequences) == ((), {}, {}, {})
    assert playbook.to_json() == '{"name":"small","schema":1,"version":"1"}'
    assert playbook.fingerprint == "cd3d6eca16861c15fd386e3de35c3d96b33430370b0bc52d54a782bce7b4e30c"


def test_tables_that_say_the_defaults_are_left_out_of_the_canonical_form():
    """A document that writes out what holds anyway has the fingerprint of one that does not."""
    written = """
        nurture = { home = "UTC", postpone = "5d", expires = "3d", offers = { download = "asset" }, windows = {} }
        caps = { marketing = {}, sales = {} }
        personas = []
        content = {}
    """
    assert plain(written) == {}
    assert loads(HEAD + written).fingerprint == loads(HEAD).fingerprint


def test_tables_become_values():
    """What a document says is there in Python."""
    playbook = loads(
        HEAD
        + """
        [nurture]
        home = "Europe/Madrid"
        markets = "ES"
        effort = [{ within = 5.0, cost = 9 }, { cost = 1 }]
        windows = { email = { hours = ["09:00-18:00"] } }

        [content.guide]
        kind = "guide"
        starts = 2027-01-01
        ends = "2027-02-01"

        [needs.payroll]
        offers = "guide"

        [sequences.s]
        on_end = { verdict = "maybe" }

        [[sequences.s.steps]]
        name = "a"
        wait = "3d"
        task = "Call"

        [[sequences.s.steps]]
        name = "b"
        branch = { on = "visit", within = { business = "2d" } }
        """
    )
    assert playbook.nurture == Nurture(
        home="Europe/Madrid",
        markets=("ES",),
        effort=(Effort(within=5, cost=9), Effort(cost=1)),
        windows={"email": SendWindow(hours=("09:00-18:00",))},
    )
    assert playbook.content == {"guide": Content(kind="guide", starts=date(2027, 1, 1), ends=date(2027, 2, 1))}
    assert playbook.needs == {"payroll": Need(offers=("guide",))}
    call = Step(name="a", wait=Wait(elapsed="3d"), task="Call")
    fork = Step(name="b", wait=AT_ONCE, branch=Branch(on=("visit",), within=Wait(business="2d")))
    assert playbook.sequences == {"s": Sequence(on_end=Ending(verdict="maybe"), steps=(call, fork))}


def test_wait_may_be_written_as_its_time_alone():
    """A text is elapsed time; in canonical form, and in TOML, both ways are one value."""
    short, long = (plain(f"{STEPS}wait = {wait}\n") for wait in ('"3d"', '{ elapsed = "3d" }'))
    assert short == long == {"sequences": {"s": {"steps": [{"name": "a", "task": "Call", "wait": {"elapsed": "3d"}}]}}}
    assert 'wait = "3d"' in loads(f'{HEAD}{STEPS}wait = {{ elapsed = "3d" }}').to_toml()
    assert plain(f'{STEPS}wait = "0m"\n') == plain(STEPS)


def test_persona_may_be_written_with_its_only_sign():
    """One condition is one sign; more of them, or other points, are a list."""
    when = 'when = { field = "email", op = "exists" }'
    one = loads(f'{HEAD}[[personas]]\nname = "a"\n{when}')
    assert one.personas == (Persona(name="a", signs=(Sign(when=field("email").exists()),)),)
    assert one == loads(f'{HEAD}[[personas]]\nname = "a"\nsigns = [{{ {when} }}]')
    assert f'name = "a"\n{when}' in one.to_toml()
    two = loads(f'{HEAD}[[personas]]\nname = "a"\nsigns = [{{ {when}, points = 2 }}]')
    assert "signs = [{ " in two.to_toml()
    both = loads(f'{HEAD}[[personas]]\nname = "a"\nsigns = [{{ {when} }}, {{ {when} }}]')
    assert "signs = [" in both.to_toml()


def test_caps_of_marketing_stand_in_their_table():
    """A channel in the table is one of marketing; answers and sales have tables of their own."""
    text = "[caps]\nemail = [{ days = 7, times = 2 }]\nsales = { phone = [{ per = 'day', times = 1 }] }\n"
    caps = Caps(
        marketing={"email": [FrequencyCap(times=2, days=7)]}, sales={"phone": [FrequencyCap(times=1, per="day")]}
    )
    assert loads(HEAD + text).caps == caps
    assert loads(f"{HEAD}[caps.marketing]\nsms = []\n[caps]\nemail = []\n").caps == Caps(
        marketing={"sms": [], "email": []}
    )
    told = loads(HEAD + text).to_toml().partition("[caps]")[2]
    assert told == '\nemail = [{ times = 2, days = 7 }]\n\n[caps.sales]\nphone = [{ times = 1, per = "day" }]\n'


def test_channel_that_is_called_like_a_kind_keeps_its_table():
    """A channel of marketing with the name of a kind stands under its kind."""
    text = "[caps.marketing]\nsales = [{ days = 7, times = 2 }]\n"
    playbook = loads(HEAD + text)
    assert playbook.caps == Caps(marketing={"sales": [FrequencyCap(times=2, days=7)]})
    assert "[caps.marketing]\nsales = [{ times = 2, days = 7 }]\n" in playbook.to_toml()
    assert loads(playbook.to_toml()) == playbook


def test_policy_may_name_any_sequence_while_there_are_none():
    """A host that has its own sequences calls them as it likes."""
    policy = '[recycle]\ninbound = { nurture = "keep-warm" }\n'
    assert loads(HEAD + policy).recycle.inbound.nurture == "keep-warm"
    assert problems(policy + STEPS) == ["recycle.inbound.nurture: no such sequence"]


def test_names_are_composed():
    """Accents that are typed in two ways are one name, in what declares it and in what names it."""
    content = '[content."e\u0301"]\nkind = "x"\n'
    playbook = loads(f'{HEAD}{content}{STEPS}channel = "email"\ncontent = "\u00e9"\n')
    assert list(playbook.content) == ["\u00e9"]
    assert playbook.sequences["s"].steps[0].content == "\u00e9"


def test_names_that_would_become_one_stay_apart():
    """Two names that look the same are not lost on the way: the checks tell of them."""
    assert composed_tables({"\u00e9": 1, "e\u0301": 2, "a": ["e\u0301"]}) == {
        "\u00e9": 1,
        "e\u0301": 2,
        "a": ["\u00e9"],
    }


def test_values_that_cannot_be_built_are_told_with_the_rest():
    """A window, a basis or a cap that is wrong in itself does not hide what else is."""
    assert problems(
        '[nurture]\nhome = "x"\nbases = [{ basis = "x" }]\nwindows = { a = { quiet = ["x"] } }\n'
        "[caps]\nemail = [{ times = -1, days = 0 }]\n[content.c]\nkind = 3\n"
    ) == [
        "nurture.bases[0].basis: unknown basis",
        "nurture.windows.a.quiet[0]: quiet hours were expected",
        "nurture.home: unknown zone",
        "caps.email[0].times: times out of range",
        "caps.email[0].days: days out of range",
        "content.c.kind: a text was expected",
    ]


def test_tables_are_checked_in_python_too():
    """A playbook that is built, not read, has the same checks, and first that tables are tables."""
    loose: Any = Playbook
    with pytest.raises(ModelError) as caught:
        loose(name="a", version="1", model=ScoringModel(), nurture=3, personas=4, needs=(), content=5, sequences=6)
    assert [problem.where for problem in caught.value.problems] == [
        "nurture", "personas", "needs", "content", "sequences"
    ]  # fmt: skip
    with pytest.raises(ModelError, match="a step is a touch, a fork or an end"):
        Playbook(name="a", version="1", model=ScoringModel(), sequences={"s": Sequence(steps=(Step(name="a"),))})


@pytest.mark.parametrize("format_", ["toml", "json"])
def test_playbook_reads_back_what_it_wrote(format_):
    """Everything that nurturing can say survives being written."""
    text = f"""{STEPS}
        [nurture]
        presets = "gdpr"
        [nurture.windows."*"]
        quiet = ["21:00-08:00"]
        [content.x]
        kind = "guide"
        cost = 3
        [sequences.s]
        arms = {{ a = 1, b = 2 }}
        exits = []
        """
    playbook = loads(HEAD + text)
    again = loads(playbook.to_toml() if format_ == "toml" else playbook.to_json(), format=format_)
    assert again == playbook
    assert again.fingerprint == playbook.fingerprint
