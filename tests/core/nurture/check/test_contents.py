"""Content: names that do not exist, dates the wrong way round, and what nobody may get."""

import pytest

from tests.core.nurture.check.support import found, told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('kind = "x"\nstarts = 2027-01-01\nends = "2027-01-01"\ncost = 9', []),
        ("cost = 1", ["content.c: `kind` is missing"]),
        ('kind = ""', ["content.c.kind: a text was expected"]),
        ('kind = "x"\nphases = ["TOFU", "middle"]', ["content.c.phases[1]: unknown phase"]),
        ('kind = "x"\npersonas = ["bos"]', ["content.c.personas[0]: no such persona"]),
        ('kind = "x"\nneeds = ["pay"]', ["content.c.needs[0]: no such need"]),
        ('kind = "x"\nchannels = ["email", "email"]', ["content.c.channels[1]: it is named twice"]),
        ('kind = "x"\noffer = 3', ["content.c.offer: a text was expected"]),
        ('kind = "x"\nafter = [""]', ["content.c.after[0]: a text was expected"]),
        ('kind = "x"\ncost = -1', ["content.c.cost: the number is out of range"]),
        ('kind = "x"\ncost = 10', ["content.c.cost: no lead is worth that much"]),
        ('kind = "x"\nstarts = "soon"', ["content.c.starts: a date was expected"]),
        ('kind = "x"\nends = 1969-12-31', ["content.c.ends: the date is out of range"]),
        ('kind = "x"\nstarts = 2027-01-02\nends = 2027-01-01', ["content.c.ends: it ends before it starts"]),
        ('kind = "x"\nstarts = 2027-01-02T00:00:00Z', ["content.c.starts: a date was expected"]),
    ],
)  # fmt: skip
def test_content_that_is_wrong_is_told_with_its_path(text, lines):
    """Each fault of content is found, at its place."""
    assert found(f"[content.c]\n{text}\n") == lines


def test_content_may_cost_anything_without_effort():
    """Without rules of effort no content is too dear."""
    assert found('[content.c]\nkind = "x"\ncost = 1000000000\n', sound="") == []


def test_hints_name_what_exists():
    """Who misspells a persona, a need or a phase is told which there are."""
    assert told('[content.c]\nkind = "x"\npersonas = "bos"\nneeds = "pay"\nphases = "TFU"\ncost = 12\n') == [
        "content.c.phases[0]: unknown phase (got 'TFU'). Did you mean `TOFU`?",
        "content.c.personas[0]: no such persona (got 'bos'). Did you mean `boss`?",
        "content.c.needs[0]: no such need (got 'pay'). Did you mean `payroll`?",
        (
            "content.c.cost: no lead is worth that much (got 12). "
            "Lower it to at most 9, or add a rule to nurture.effort that allows it."
        ),
    ]
