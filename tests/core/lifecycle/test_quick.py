"""What of a guard can be said in bits."""

import pytest

from leadqual.conditions import field
from leadqual.conditions.nodes import All, AnyOf, Not
from leadqual.lifecycle import quick as bits
from leadqual.lifecycle.quick import Quick, quick

TOUCHED = field("state.touched").eq(value=True)
FREE = field("state.touched").eq(value=False)
MQL = field("score.qualifies").has("mql")


@pytest.mark.parametrize(
    ("guard", "answer"),
    [
        (None, Quick()),
        (All(()), Quick()),
        (TOUCHED, Quick(needs=bits.TOUCHED)),
        (FREE, Quick(forbids=bits.TOUCHED)),
        (Not(TOUCHED), Quick(forbids=bits.TOUCHED)),
        (Not(FREE), Quick(needs=bits.TOUCHED)),
        (MQL, Quick(needs=bits.QUALIFIES["mql"])),
        (Not(field("score.stays").has("sql")), Quick(forbids=bits.STAYS["sql"])),
        (TOUCHED & Not(MQL), Quick(needs=bits.TOUCHED, forbids=bits.QUALIFIES["mql"])),
        (All((FREE, All((MQL, field("input.reply").eq(value=True))))),
         Quick(needs=bits.QUALIFIES["mql"] | bits.REPLY, forbids=bits.TOUCHED)),
        (TOUCHED & FREE, Quick(needs=bits.TOUCHED, forbids=bits.TOUCHED)),
    ],
)  # fmt: skip
def test_quick_says_a_guard_in_bits(guard, answer):
    """What has to be so and what must not be, through every `all`."""
    assert quick(guard) == answer
    assert quick(guard).whole


@pytest.mark.parametrize(
    "part",
    [
        AnyOf((TOUCHED, MQL)),
        AnyOf(()),
        Not(All((TOUCHED, MQL))),
        Not(Not(TOUCHED)),
        field("fit").ge(10),
        field("email").eq("a@b.example"),
        field("input.kind").eq("visit"),
        field("state.touched").ne(value=True),
        field("state.touched").exists(),
        field("score.qualifies").has_any("mql"),
        field("score.qualifies").has("MQL", ignore_case=True),
        field("score.qualifies").has("mql", ignore_accents=True),
        field("score.qualifies").has("mql", missing=True),
        field("score.qualifies").has("sal"),
        field("kinds").has("mql"),
    ],
)
def test_quick_leaves_the_rest_to_the_guard_itself(part):
    """What bits cannot say is left out, and the guard is asked for it; the rest is said nevertheless."""
    assert quick(part) == Quick(whole=False)
    assert quick(part & FREE) == Quick(forbids=bits.TOUCHED, whole=False)


def test_quick_reads_a_bar_whose_missing_list_is_declared_false():
    """An empty list holds no bar, whether that is said or not."""
    assert quick(field("score.qualifies").has("mql", missing=False)) == Quick(needs=bits.QUALIFIES["mql"])


def test_quick_has_a_bit_of_its_own_for_each_thing():
    """No two share one."""
    every = [*bits.FLAGS.values(), *bits.QUALIFIES.values(), *bits.STAYS.values()]
    assert sorted(every) == [1 << i for i in range(14)]
