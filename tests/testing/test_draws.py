"""Draws: within their bounds, spread as said, the same for the same seed."""

from leadqual.testing.draws import Draws


def test_draws_are_the_same_for_the_same_seed():
    """Two streams of one seed agree in every kind of draw."""
    one, two = Draws(11), Draws(11)
    for _ in range(20):
        assert one.share() == two.share()
        assert one.normal() == two.normal()
        assert one.pick("abc") == two.pick("abc")


def test_whole_reaches_both_ends_and_nothing_beyond():
    """A die shows one to six."""
    draws = Draws(1)
    assert {draws.whole(1, 6) for _ in range(1000)} == {1, 2, 3, 4, 5, 6}


def test_normal_has_mean_0_and_deviation_1():
    """A bell of width one around nothing, and never beyond six."""
    draws = Draws(2)
    values = [draws.normal() for _ in range(5000)]
    mean = sum(values) / len(values)
    assert abs(mean) < 0.05
    assert abs(sum((value - mean) ** 2 for value in values) / len(values) - 1) < 0.1
    assert max(map(abs, values)) <= 6


def test_chance_holds_as_often_as_it_says():
    """Three in ten."""
    draws = Draws(3)
    assert 2800 < sum(draws.chance(0.3) for _ in range(10_000)) < 3200
