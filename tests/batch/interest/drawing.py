"""Interests of many rules over few kinds and properties, and events that meet them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from attrs import evolve
from hypothesis import strategies as st

from leadqual.conditions.nodes import All, AnyOf, Leaf, Not
from leadqual.event import Event
from leadqual.interest import Cap, HalfLife, Interest, InterestRule, Linear, Per, Steps, Window
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.qualify import Bar, Qualify

HALF = Decimal("0.5")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
KINDS = ("open", "Click", "café", "call")
PROPERTIES = {"n": "integer", "page": "text", "paid": "boolean"}
TEXTS = ("", "/a", "/A", "é", "e\u0301", "/a/é")

leaves = st.one_of(
    st.builds(Leaf, field=st.just("n"), op=st.sampled_from(["ge", "lt", "eq", "ne"]), value=st.integers(-1, 4)),
    st.builds(Leaf, field=st.just("n"), op=st.sampled_from(["exists", "missing"])),
    st.builds(
        Leaf,
        field=st.just("page"),
        op=st.sampled_from(["eq", "ne", "starts_with", "contains"]),
        value=st.sampled_from(TEXTS[1:]),
        ignore_case=st.booleans(),
    ),
    st.builds(Leaf, field=st.just("paid"), op=st.just("eq"), value=st.booleans()),
)
conditions = st.one_of(
    leaves,
    st.builds(Not, part=leaves),
    st.builds(All, parts=st.lists(leaves, max_size=2).map(tuple)),
    st.builds(AnyOf, parts=st.lists(leaves, max_size=2).map(tuple)),
)
curves = st.sampled_from([None, HalfLife(3), Linear(9), Window(5), Steps(((2, 1), (9, HALF)))])
kinds = st.one_of(st.sampled_from([*KINDS, "*"]), st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True))


def rules(events=kinds):
    """Return a strategy for rules of every sort on some kinds."""
    counting = st.builds(
        InterestRule,
        event=events,
        points=st.sampled_from([-3, 0, 1, Decimal("2.5"), 10_000]),
        when=st.none() | conditions,
        distinct_by=st.sampled_from([None, None, "page", "paid"]),
        per=st.none() | st.builds(Per, days=st.sampled_from([1, 2, 7]), times=st.integers(1, 3)),
        times=st.sampled_from([None, None, 1, 3]),
        decay=curves,
        max=st.sampled_from([None, None, 4]),
        min=st.sampled_from([None, None, -4]),
        counts=st.booleans(),
    )
    weighted = st.builds(
        InterestRule,
        event=events,
        points=st.just(2),
        when=st.none() | conditions,
        weights=st.sampled_from([(1,), (1, HALF, Decimal("0.25")), (1, 1, HALF, 0)]),
        per=st.none() | st.builds(Per, days=st.just(7), times=st.integers(1, 3)),
        decay=curves,
    )
    quiet = st.builds(
        InterestRule,
        event=events,
        points=st.sampled_from([-3, 1]),
        when=st.none() | conditions,
        inactivity=st.integers(1, 9),
        min=st.sampled_from([None, -7]),
    )
    return st.one_of(counting, counting, weighted, quiet)


def acts(seed, count, *, leads=("L1",), days=40):
    """Return events of all kinds and properties, drawn by a seed: some later than now, some of other kinds."""
    random = Random(seed)
    return [
        Event(
            id=f"e{i}",
            lead_id=random.choice(leads),
            kind=random.choice([*KINDS, "cafe\u0301", "open ", "else"]),
            at=NOW - timedelta(minutes=random.randrange(-1440, days * 1440)),
            by=random.choice(["lead", "us"]),
            properties={
                name: value
                for name, value in (
                    ("n", random.randrange(-2, 6)),
                    ("page", random.choice(TEXTS)),
                    ("paid", random.choice([True, False])),
                )
                if random.random() < 0.8
            },
        )
        for i in range(count)
    ]


_numbers = st.sampled_from(
    ["interactions", "active_days", "days_since_activity", "days_since_contact", "interest", "group.few"]
)
_reads = st.one_of(
    st.builds(Leaf, field=_numbers, op=st.sampled_from(["ge", "lt", "eq"]), value=st.sampled_from([0, 1, 3, 12])),
    st.builds(Leaf, field=_numbers, op=st.just("missing")),
    st.builds(
        Leaf,
        field=st.just("kinds"),
        op=st.sampled_from(["has", "has_any", "has_all"]),
        value=st.sampled_from([*KINDS, "else", "CAFE"]),
        ignore_case=st.booleans(),
        ignore_accents=st.booleans(),
    ).map(lambda leaf: leaf if leaf.op == "has" else evolve(leaf, value=(leaf.value, "Call"))),
    st.builds(Leaf, field=st.just("kinds"), op=st.sampled_from(["exists", "missing"])),
)
bars = st.builds(Bar, when=_reads | st.builds(AnyOf, parts=st.tuples(_reads, _reads)), stay=st.none() | _reads)


@st.composite
def models(draw, most=8):
    """Draw a model with rules of every sort, a group with bounds and another without, and bars that read acts."""
    found = [
        evolve(rule, group=draw(st.sampled_from([None, "few", "all"])))
        for rule in draw(st.lists(rules(), max_size=most))
    ]
    groups = {"few": Cap(max=draw(st.sampled_from([0, 5])), min=draw(st.sampled_from([0, -2]))), "all": Cap()}
    interest = Interest(
        rules=found,
        groups=groups,
        memory=draw(st.sampled_from([0, 3, 365])),
        min=draw(st.sampled_from([0, -5])),
        max=draw(st.sampled_from([None, 20])),
    )
    return ScoringModel(
        properties=PROPERTIES,
        interest=interest,
        day_starts=draw(st.sampled_from(["+00:00", "-06:00", "+14:00"])),
        qualify=Qualify(mql=draw(st.none() | bars), sql=draw(st.none() | bars)),
    )
