"""How much an event still counts at each age: exact factors, rounded half to even."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from leadqual.canonical import plain
from leadqual.interest import NO_DECAY, decay, decay_table
from leadqual.interest.decay import decay_problems, table_size
from tests.core.loose import HalfLife, Linear, Steps, Window

MILLION = 1_000_000


def _lines(curve):
    return [f"{problem.where}: {problem.what}" for problem in decay_problems(curve, "decay")]


def test_half_life_of_one_day_rounds_ties_to_even():
    """Each day halves; 7812.5 millionths are 7812, as 3906.25 are 3906."""
    assert decay_table(HalfLife(1)) == (
        1_000_000, 500_000, 250_000, 125_000, 62_500, 31_250, 15_625, 7_812, 3_906, 1_953, 977, 488, 244, 122, 61, 31,
        15, 8, 4, 2, 1,
    )  # fmt: skip


def test_half_life_of_thirty_days_halves_every_thirty_days():
    """The factor at each half-life is exact and the table ends at its last non-zero factor."""
    table = decay_table(HalfLife(30))
    assert table[:3] == (1_000_000, 977_160, 954_842)
    assert [table[age] for age in (30, 60, 90, 210)] == [500_000, 250_000, 125_000, 7_812]
    assert (len(table), table[-1]) == (628, 1)


def _exact_half(age, half_life):
    with localcontext() as context:
        context.prec = 80
        return (Decimal(2) ** (Decimal(-age) / Decimal(half_life)) * MILLION).to_integral_value()


@pytest.mark.parametrize("half_life", [Decimal("0.01"), Decimal("0.5"), 3, 7, Decimal("12.34"), 45, 90])
def test_half_lives_are_the_exact_number_rounded(half_life):
    """Every factor equals the one worked out with eighty digits."""
    table = decay_table(HalfLife(half_life))
    assert list(table) == [_exact_half(age, half_life) for age in range(len(table))]
    assert _exact_half(len(table), half_life) == 0


def test_half_lives_close_to_a_half_are_worked_out_with_more_digits():
    """Where a double cannot tell which side of a half the number lies, it is worked out exactly."""
    table = decay_table(HalfLife(36_500))
    close = [age for age in range(0, len(table), 7) if age % 36_500]
    assert [table[age] for age in close[::97]] == [_exact_half(age, 36_500) for age in close[::97]]
    assert len(table) == 84_007  # no event is older than that


@pytest.mark.parametrize("days", [1, 2, 3, 7, 90, Decimal("0.01"), Decimal("1.5"), Decimal("7.77"), 1000])
def test_linear_falls_evenly_to_zero(days):
    """1 − age/n at each age, nothing from age n on."""
    exact = [(1 - Fraction(age) / Fraction(days)) * MILLION for age in range(int(days) + 2)]
    assert list(decay_table(Linear(days))) == [round(value) for value in exact if value > 0]


def test_linear_rounds_ties_to_even():
    """Sixty-four days give halves of a millionth, which go to the even neighbour."""
    table = decay_table(Linear(128))
    assert table[1] == 992_188  # 992187.5
    assert table[3] == 976_562  # 976562.5


@pytest.mark.parametrize(
    ("days", "ages"), [(1, 2), (7, 8), (Decimal("0.5"), 1), (Decimal("7.99"), 8), (36_500, 36_501)]
)
def test_window_counts_in_full_up_to_and_with_its_age(days, ages):
    """Ages 0 to n are full, then it is over."""
    assert decay_table(Window(days)) == (MILLION,) * ages


@pytest.mark.parametrize(
    ("steps", "table"),
    [
        (((0, 1),), (MILLION,)),
        (((1, 1), (3, Decimal("0.5"))), (MILLION, MILLION, 500_000, 500_000)),
        (((1, Decimal("0.000001")), (2, 0)), (1, 1)),
        (((2, 0),), ()),
        ([[1, 1], [2, 1]], (MILLION,) * 3),
    ],
)
def test_steps_count_up_to_and_with_each_age(steps, table):
    """A share holds up to and with its age, and nothing does after the last."""
    assert decay_table(Steps(steps)) == table
    assert table_size(Steps(steps)) >= len(table)


@pytest.mark.parametrize("days", [Decimal("0.01"), 1, Decimal("7.5"), 30, 36_500])
@pytest.mark.parametrize("kind", [HalfLife, Linear, Window])
def test_size_of_a_table_is_known_before_it_is_made(kind, days):
    """What a curve will cost can be told without working it out."""
    assert table_size(kind(days)) >= len(decay_table(kind(days)))


def test_no_decay_has_no_table():
    """Without decay there is no horizon: an event counts in full for ever."""
    assert decay_table(NO_DECAY) is None
    assert table_size(NO_DECAY) == 0


@pytest.mark.parametrize(
    "curve", [HalfLife(36_500), Linear(Decimal("0.01")), Window(1), NO_DECAY, Steps([[36_500, 1]])]
)
def test_sound_curves_have_no_problems(curve):
    """Both ends of the range are in."""
    assert not _lines(curve)


@pytest.mark.parametrize(
    ("curve", "lines"),
    [
        (HalfLife(0), ["decay.half_life: the number is out of range"]),
        (Linear(-1), ["decay.linear: the number is out of range"]),
        (Window(Decimal("36500.01")), ["decay.window: the number is out of range"]),
        (HalfLife(Decimal("1.001")), ["decay.half_life: the number has too many decimal places"]),
        (HalfLife(1.5), ["decay.half_life: an exact number was expected"]),
        ("none", ["decay: a decay curve was expected"]),
        (None, ["decay: a decay curve was expected"]),
        (Steps(()), ["decay.steps: a list of steps was expected"]),
        (Steps(5), ["decay.steps: a list of steps was expected"]),
        (Steps([[i, 0] for i in range(1001)]), ["decay.steps: a list of steps was expected"]),
        (Steps([5, [1]]), ["decay.steps[0]: a pair was expected", "decay.steps[1]: a pair was expected"]),
        (Steps([[-1, 2]]), ["decay.steps[0][0]: the number is out of range",
                            "decay.steps[0][1]: the number is out of range"]),
        (Steps([[Decimal("1.5"), Decimal("0.0000001")]]), [
            "decay.steps[0][0]: the number has too many decimal places",
            "decay.steps[0][1]: the number has too many decimal places",
        ]),
        (Steps([[7, 1], [7, 1]]), ["decay.steps[1][0]: the ages must ascend"]),
        (Steps([[7, Decimal("0.5")], [8, 1]]), ["decay.steps[1][1]: a share never rises with age"]),
        (Steps([[36_501, 1]]), ["decay.steps[0][0]: the number is out of range"]),
    ],
)  # fmt: skip
def test_wrong_curves_are_listed_with_their_place(curve, lines):
    """Each wrong number of a curve is one problem."""
    assert _lines(curve) == lines


@pytest.mark.parametrize(
    ("curve", "written"),
    [
        (HalfLife(30), {"half_life": 30}),
        (Linear(90), {"linear": 90}),
        (Window(7), {"window": 7}),
        (Steps([[7, 1], [30, Decimal("0.5")]]), {"steps": [[7, 1], [30, Decimal("0.5")]]}),
        (NO_DECAY, "none"),
    ],
)
def test_curves_are_written_as_documents_hold_them(curve, written):
    """A curve is a table with its name as the one key, or the word none."""
    assert plain(curve) == written


@pytest.mark.parametrize(("age", "half_life"), [(67_842, 3_650_000), (1, 3), (7, 300), (45, 9_000)])
def test_factors_are_worked_out_with_sixty_digits_where_it_matters(age, half_life):
    """A factor that a double cannot decide is the exact one; the half-life is in hundredths of a day."""
    assert decay._exactly(age, half_life) == _exact_half(age, Decimal(half_life) / 100)


def test_the_one_factor_that_a_double_cannot_decide_is_exact():
    """Of the longest half-life one age lies so close to a half; its factor stands in the table."""
    assert decay_table(HalfLife(36_500))[67_842] == _exact_half(67_842, 36_500)


@pytest.mark.parametrize(
    ("curve", "size"),
    [
        (Steps([[0, 1]]), 1),
        (Steps([[7, 1], [30, 0]]), 31),
        (Window(7), 9),
        (Linear(Decimal("7.99")), 9),
        (HalfLife(1), 23),
        (HalfLife(Decimal("0.01")), 2),
        (HalfLife(36_500), 84_007),
    ],
)
def test_size_of_a_table_is_close(curve, size):
    """The estimate is the table's length or a little more, and never beyond the oldest event."""
    assert (table_size(curve), type(table_size(curve))) == (size, int)


def test_steps_may_number_a_thousand():
    """A thousand steps are sound."""
    assert not _lines(Steps([[i, 1] for i in range(1000)]))
    assert not _lines(Steps([[0, Decimal("0.000001")]]))


def test_steps_after_a_wrong_one_are_checked_too():
    """One wrong pair does not hide the next."""
    assert _lines(Steps([[-1, 1], [7, 2]])) == [
        "decay.steps[0][0]: the number is out of range",
        "decay.steps[1][1]: the number is out of range",
    ]
