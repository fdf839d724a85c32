"""Every problem of nurturing, word for word as its reader gets it: ``problems.txt``."""

from pathlib import Path
from typing import Any

from leadqual.nurture import content, people, sequences, settings, waits
from leadqual.nurture.check import nurturing_problems
from tests.core.nurture.check.support import SOUND, table, told

WHEN = 'when = { field = "title", op = "exists" }'
MAIL = 'name = "a" | channel = "email" | content = "guide"'
Loose: Any = sequences
Sequence, Step, Branch, Pool = Loose.Sequence, Loose.Step, Loose.Branch, Loose.Pool
Entry, Ending = Loose.Entry, Loose.Ending
Other: Any = people
Content: Any = content.Content
Settings: Any = settings
Wait: Any = waits.Wait


def lines(*steps: str, head: str = "") -> str:
    """Return a sequence as text: the keys of one step in each line."""
    return f"[sequences.s]\n{head}\n" + "".join(
        f"[[sequences.s.steps]]\n{line.replace(' | ', chr(10))}\n" for line in steps
    )


def onward(i: int, of: int) -> str:
    """Return one of so many sequences that lead round in a circle, as text."""
    head = f'[sequences.s{i}]\nagain = "always"\non_end = {{ sequence = "s{(i + 1) % of}" }}\n'
    return f'{head}steps = [{{ name = "a", task = "x" }}]\n'


WRITTEN = [
    (
        "",
        (
            '[nurture]\nhome = "Europe/Madird"\nmarkets = ["Latam", "America/Bogotá"]\npresets = ["gdrp"]\n'
            'without_zone = { sms = "away", "" = "home" }\noffers = { form = "paper", a = "minutes" }\n'
            'meetings = ["visit", "visit"]\nbounces = [3]\nauto_replies = ""\npostpone = "5 days"\nexpires = "0m"\n'
            'windows = { sms = { hours = ["09:00-12:00"] }, "*" = { quiet = ["08:00-13:00"] } }\n'
            "effort = [{ within = 5, cost = 9 }, { within = 5, cost = -1 }, { cost = 1 }, { within = -1, cost = 1 }]\n"
        ),
    ),
    (
        "",
        (
            f'[[personas]]\nname = "a:b"\nsigns = []\n[[personas]]\nname = "{"a" * 65}"\n{WHEN}\nleast = 101\n'
            f'[[personas]]\nname = "é"\n{WHEN}\n[[personas]]\nname = "e\u0301"\nsigns = [{{ points = 0, {WHEN} }}, '
            f'{{ points = 10001, {WHEN} }}, {{ when = {{ field = "titel", op = "exists" }} }}]\n'
            '[needs.n]\nleast = 0\n[needs.m]\noffers = ["a", "a"]\noffer_points = 3\nleast = 7\n'
            '[needs.o]\nhints = [{ on = [] }, { on = "visit", points = 0 }]\n'
            '[needs.p]\nhints = [{ on = "visit", when = { field = "title", op = "exists" } }]\n'
        ),
    ),
    (
        SOUND,
        (
            '[content.c]\nkind = ""\nphases = ["TOFU", "middle"]\npersonas = ["bos"]\nneeds = ["pay"]\n'
            'channels = ["email", "email"]\noffer = 3\nafter = [""]\ncost = -1\nstarts = "soon"\nends = 1969-12-31\n'
            '[content.d]\nkind = "x"\ncost = 10\nstarts = 2027-01-02\nends = 2027-01-01\n'
            '[content.e]\nkind = "x"\nstarts = 2027-01-02\nends = "soon"\n'
            '[content.f]\nkind = "x"\nstarts = 2027-01-02\nends = 2027-01-02\n'
        ),
    ),
    (
        SOUND,
        lines(
            MAIL,
            head='purpose = "*"\nstages = ["led", "won"]\nexits = ["reply", "sleep"]\ngoals = [{ on = [] }]\n'
            'enter = { stages = "recycle", properties = { field = "asset", op = "exists" } }\n'
            'on_end = { reason = "later", sequence = "welcom" }\nagain_after = "0d"\nexclusive = "no"\n'
            'priority = 1000001\nversion = ""\nholdout = 101\nsalt = 3\narms = { a = 0, b = 0 }\n'
            'moved = { a = "a", gone = "b", "" = "a" }',
        ),
    ),
    (SOUND, lines(MAIL, head='enter = {}\non_end = {}\nagain = "twice"\narms = { a = 10001, "b:" = 1 }')),
    (SOUND, lines(MAIL, head='on_end = { verdict = "no", reason = "" }\nenter = { stages = "recycle" }')),
    (SOUND, lines(MAIL, head='stages = ["moon"]\nenter = { stages = "lead" }')),
    (SOUND, "[sequences.s]\n"),
    (SOUND, '[recycle.inbound]\nnurture = "wellcome"\n'),
    (
        SOUND,
        lines(
            'name = "a:b"',
            f'{MAIL} | end = true | next = "a"',
            f'{MAIL} | task = "" | pool = {{}} | arm = "x" | on_end = {{ verdict = "maybe" }}',
            'name = "c" | channel = "*" | purpose = "*"',
            'name = "d" | channel = "fax" | content = "case"',
            'name = "e" | task = "Show it" | content = "giude" | next = "aa"',
            'name = "f" | channel = "email" | pool = { kinds = ["guide", "gide"], phases = "mofu" }',
            'name = "g" | channel = "phone" | pool = { kinds = "case_study" }',
            'name = "h" | task = "x" | wait = {} | window = { hours = ["22:00-23:00"] }',
            'name = "i" | task = "x" | wait = { elapsed = "1d", at = "09:00" }',
            'name = "j" | task = "x" | wait = { days = -1, at = "24:00" }',
            'name = "k" | end = true | purpose = "x" | arm = "short" | on_end = {}',
            'name = "l" | branch = { on = [], within = "x", since = "ever", yes = "z", no = "y" } | arm = "short"',
            'name = "m" | channel = "email" | content = "guide" | window = { hours = ["20:00-21:00"] }',
            head="arms = { short = 1 }",
        ),
    ),
    (
        SOUND,
        lines(
            'name = "a" | task = "x"',
            'name = "b" | task = "x" | next = "a"',
            'name = "c" | task = "x"',
            head='on_end = { sequence = "t" }',
        ),
    ),
    ("", onward(0, 1)),
    ("", '[sequences.p]\nagain = "always"\non_end = { sequence = "p" }\nsteps = [{ name = "a", end = true }]\n'),
    ("", "".join(onward(i, 8) for i in range(8))),
    ("", "".join(onward(i, 9) for i in range(9))),
    (
        "",
        lines(
            'name = "a" | task = "x"',
            'name = "b" | branch = { on = "x", within = "1d", yes = "z", no = "y" } | next = "w"',
            head='again = "always"\non_end = { sequence = "s" }',
        ),
    ),
    (
        "",
        lines(
            'name = "f" | branch = { on = "x", within = "0m", since = "enrolment", yes = "x", no = "w" }',
            'name = "w" | branch = { on = "x", within = "0m", since = "enrolment", yes = "v", no = "v" }',
            'name = "v" | task = "x"',
            'name = "z" | wait = "1d" | end = true',
            'name = "x" | task = "x"',
            'name = "e" | end = true | on_end = { sequence = "s" }',
            head='again = "always"',
        ),
    ),
    (
        "",
        lines(
            'name = "a" | task = "x" | branch = { on = "x", within = "1d" }',
            'name = "b" | channel = "email" | pool = { kinds = "guide" }',
            'name = "c" | branch = { on = "x", within = "1d", yes = "z" }',
            head='again = "always"\non_end = { sequence = "s" }',
        ),
    ),
    (
        SOUND,
        '[content.late]\nkind = "late"\nphases = "BOFU"\n'
        + lines('name = "a" | channel = "email" | pool = { kinds = "late", phases = "TOFU" }'),
    ),
    ("", lines(*(f'name = "s{i}" | task = "x"' for i in range(1_001)))),
    ("", lines('name = "a" | task = "x" | arm = "b"', 'name = "b" | channel = "email" | content = "c"')),
]
"""Documents with faults: what stands before them, and their own text."""
PASSED: list[dict[str, Any]] = [
    {"nurture": 3, "personas": 3, "needs": 3, "content": 3, "sequences": 3},
    {
        "personas": [3, Other.Persona(name="a:b", signs=())],
        "needs": {3: 4, "a": Other.Need(hints=[3])},
        "content": {"a": 3, 3: Content(kind=4)},
    },
    {"sequences": {"s": 3}},
    {
        "nurture": Settings.Nurture(
            windows={3: 4}, without_zone={3: 4}, bases=[3], offers={3: "asset"}, effort=[3, Settings.Effort(cost="x")],
            postpone=3, expires=4,
        )
    },
    {"personas": [Other.Persona(name=3, signs=[3, Other.Sign(when=3, points="x"), Other.Sign(when=None)], least="x")]},
    {
        "sequences": {
            "s": Sequence(
                steps=[3], stages=3, enter=Entry(on=3, stages=[3]), goals=[3], on_end=3, arms={3: 4}, moved={3: "a"}
            )
        }
    },
    {
        "sequences": {
            "s": Sequence(
                steps=[
                    3,
                    Step(name=3, task="x", wait=3, window=3, next=3, arm=3, when=3),
                    Step(name="b", channel=3, content=3, wait=Wait(at=3, days="x"), end=1),
                    Step(name="c", channel="email", pool=Pool(kinds=3), wait=Wait(elapsed="1d", months=121)),
                    Step(name="d", branch=3),
                    Step(name="e", branch=Branch(on=3, within=3, since=3, yes=3), wait=Wait(business="0h")),
                    Step(name="f", end=True, on_end=Ending(sequence=3, verdict="maybe", reason=3)),
                ],
                moved={"old": 3},
            )
        }
    },
]  # fmt: skip
"""Values that only Python can pass."""


def told_problems() -> str:
    """Return all problems as they are written down."""
    written = [told(text, sound) for sound, text in WRITTEN]
    passed = [[str(problem) for problem in nurturing_problems(table(**parts))] for parts in PASSED]
    assert all(written)
    assert all(passed)
    return "\n\n".join("\n".join(problems) for problems in [*written, *passed]) + "\n"


def test_every_problem_reads_as_it_is_written():
    """Where, what, what came and what to do: all of it is said, and says the same tomorrow."""
    assert told_problems() == Path(__file__).with_name("problems.txt").read_text(encoding="utf-8")
