"""The reasons of findings: they name what is asked, how far scores come, and what earns too much."""

import pytest

from leadqual.playbook import load_playbook
from leadqual.playbook.lint import lint
from tests.playbook.lint.test_corpus import CORPUS

PATHS = {path.stem: path for path in CORPUS}
FAR = "and that lies between 0 and 14.06"
SAID = {
    "bar-always-met-when": ["every lead meets it (the fit is at least 0)"],
    "bar-out-of-reach-contradiction": [
        "no lead can ever meet it: its parts contradict each other, or ask for too much together"
    ],
    "bar-out-of-reach-days": [
        "no lead can ever meet it: it asks that there are at least 32 active days, and that lies between 0 and 31"
    ],
    "bar-out-of-reach-group": [
        "nothing belongs to this group",
        "no lead can ever meet it: it asks that the points of intent are at least 1, and that is always 0",
    ],
    "bar-faded-weekly": [
        f"points fade too fast for any lead to meet it: it asks that the interest is at least {asked}, {FAR}"
        for asked in (15, 16)
    ],
    "bigger-than-cap-rules": [
        "one event earns 10 points, more than the `max` of 8",
        "one event earns 4.5 points, more than the `max` of 4 of the group web",
        "one event earns 13 points, more than the `max` of 12 of interest",
        "one event takes 5 points, more than the `min` of -3 lets through",
    ],
    "bigger-than-cap-fit": [
        "it earns 15 points, more than the `max` of 10 of the group seniority",
        "it takes 30 points, more than the `min` of -5 of the group doubts lets through",
        "one value earns 25 points, more than the `max` of 20 of fit",
    ],
    "both-axes-alone-total": [
        "a lead that never did anything can meet it, with a fit of 10",
        "a lead of whose profile nothing is known can meet it, with an interest of 17",
    ],
    "cap-never-reached-fit": [
        "it comes to 15 at most, and never to 60",
        "it comes to -5 at least, and never to -30",
        "it comes to 10 at most, and never to 20",
    ],
    "capped-at-zero-axes": [
        "fit is always 0: everything in it takes points, and its `min` is 0",
        "interest is always 0: everything in it takes points, and its `min` is 0",
    ],
    "capped-at-zero-groups": [
        "its bounds leave nothing of what its members earn",
        "interest is always 0: its `max` is 0",
        "its bounds leave nothing of what its members earn",
    ],
    "dead-branch-beside": [
        "this part can never hold together with what stands beside it (the fit is less than 5)",
    ],
    "dead-criterion-three": ["its condition can never hold", "it is worth 0 points", "all of its points are 0"],
    "dead-rule-worth-nothing": [
        "it is worth 0 points",
        "its own cap of 0 takes all that it earns",
        "all of its weights are 0",
        "its decay leaves nothing from the first day on",
    ],
    "grade-for-all-low": ["every lead of whom something is known has the grade C, since fit lies between 0 and 10"],
    "grade-for-all-one": ["every lead of whom something is known has the grade A, since there is no other"],
    "grade-never-given-best": ["no lead can have the grade A, since fit lies between 0 and 10"],
    "grade-never-given-gap": ["no lead can have the grade B, since no points add up to it"],
    "lowest-bound-ignored-two": [
        "scores below 5 have the grade B as well, since none is lower",
        "scores below 3 have the level 2 as well, since none is lower",
    ],
    "rule-twice-kinds-turned": [
        "an act of kind 'return' or 'visit' earns here and in interest.rules[0], which says the same",
        "the same silence counts here and in interest.rules[2], which says the same",
    ],
    "short-contains-title": [
        "'CTO' is looked for inside longer words too, as “cto” is in “Director”",
        "'VP' or 'CEO' is looked for inside longer words too, as “cto” is in “Director”",
    ],
    "unlimited-rule-more": ["the same act, repeated on one day, earns again and again, as in one other rule"],
}


@pytest.mark.parametrize("stem", SAID)
def test_reasons_say_what_is_the_matter(stem):
    """Numbers, names and places in a reason are those of the playbook."""
    assert [found.reason for found in lint(load_playbook(PATHS[stem]))] == SAID[stem]
