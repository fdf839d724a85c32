"""What changed in how leads are nurtured, in words."""

import pytest

from leadqual.playbook import loads
from leadqual.playbook.diff import diff

BEFORE = """
schema = 1
name = "n"
version = "1"

[nurture]
home = "Europe/Madrid"

[caps]
email = [{ days = 7, times = 2 }]

[[personas]]
name = "boss"
when = { field = "email", op = "exists" }

[[personas]]
name = "user"
when = { field = "phone", op = "exists" }

[needs.payroll]
offers = "guide"

[content.guide]
kind = "guide"
cost = 5

[sequences.welcome]
holdout = 10

[[sequences.welcome.steps]]
name = "hello"
channel = "email"
content = "guide"

[[sequences.welcome.steps]]
name = "fork"
wait = "3d"
branch = { on = "visit", within = { business = "2d" } }
"""
NEW = '[sequences.other]\nsteps = [{ name = "a", task = "Call" }]\n'
PERSONAS = BEFORE.partition("[[personas]]")[2].partition("[needs")[0]
FIRST, SECOND = PERSONAS.split("[[personas]]")
STEPS = BEFORE.partition("[[sequences.welcome.steps]]")[2]
HELLO, FORK = STEPS.split("[[sequences.welcome.steps]]")


def said(after, language="en", before=BEFORE):
    """Return the sentences on what changed."""
    return [change.words for change in diff(loads(before), loads(after), language=language).changes]


@pytest.mark.parametrize(
    ("old", "new", "english", "spanish"),
    [
        ('home = "Europe/Madrid"', 'home = "Europe/Rome"',
         'For all sequences: home: "Europe/Rome"; before: "Europe/Madrid".',
         'Para todas las secuencias: home: "Europe/Rome"; antes: "Europe/Madrid".'),
        ('home = "Europe/Madrid"', "",
         'For all sequences: home: not written; before: "Europe/Madrid".',
         'Para todas las secuencias: home: sin escribir; antes: "Europe/Madrid".'),
        ("times = 2", "times = 3",
         ("Marketing by “email”: how often a lead is touched: [{ times = 3, days = 7 }]; before: "
         "[{ times = 2, days = 7 }]."),
         ("Marketing por «email»: cuántas veces se contacta con un lead: [{ times = 3, days = 7 }]; antes: "
         "[{ times = 2, days = 7 }].")),
        ('offers = "guide"', 'offers = ["guide", "calculator"]',
         'The need “payroll”: offers: ["guide", "calculator"]; before: ["guide"].',
         'La necesidad «payroll»: offers: ["guide", "calculator"]; antes: ["guide"].'),
        ("cost = 5", "cost = 6",
         "The content “guide”: cost: 6; before: 5.", "El contenido «guide»: cost: 6; antes: 5."),
        ('name = "boss"', 'name = "boss"\nleast = 60',
         "The persona “boss”: least: 60; before: not written.",
         "La persona tipo «boss»: least: 60; antes: sin escribir."),
        ("holdout = 10", "holdout = 20",
         "The sequence “welcome”: holdout: 20; before: 10.", "La secuencia «welcome»: holdout: 20; antes: 10."),
        ('wait = "3d"', "wait = { days = 3 }",
         'The sequence “welcome”, the step “fork”: wait: { days = 3 }; before: "3d".',
         'La secuencia «welcome», el paso «fork»: wait: { days = 3 }; antes: "3d".'),
        ('within = { business = "2d" }', 'within = "1d"',
         ('The sequence “welcome”, the step “fork”: branch: { on = "visit", within = "1d" }; before: '
         '{ on = "visit", within = { business = "2d" } }.'),
         ('La secuencia «welcome», el paso «fork»: branch: { on = "visit", within = "1d" }; antes: '
         '{ on = "visit", within = { business = "2d" } }.')),
        (PERSONAS, f"{SECOND}[[personas]]{FIRST}",
         "The personas stand in another order; of two that are as sure, the first holds.",
         "Las personas tipo están en otro orden; de dos igual de seguras vale la primera."),
        (STEPS, f"{FORK}[[sequences.welcome.steps]]{HELLO}",
         "The sequence “welcome”: the steps stand in another order.",
         "La secuencia «welcome»: los pasos están en otro orden."),
    ],
)  # fmt: skip
def test_changes_of_nurturing_are_told_in_both_languages(old, new, english, spanish):
    """A key that says something else is named with what it says and said, as the document writes it."""
    assert BEFORE.count(old) == 1
    after = BEFORE.replace(old, new)
    assert (said(after), said(after, "es")) == ([english], [spanish])


@pytest.mark.parametrize(
    ("part", "who"),
    [
        (NEW, "the sequence “other”"),
        ('[content.case]\nkind = "case_study"\n', "the content “case”"),
        ('[needs.hiring]\noffers = "x"\n', "the need “hiring”"),
        ('[[personas]]\nname = "x"\nwhen = { field = "phone", op = "exists" }\n', "the persona “x”"),
        ('[[sequences.welcome.steps]]\nname = "last"\nend = true\n', "the sequence “welcome”, the step “last”"),
    ],
)
def test_parts_of_nurturing_are_new_or_gone(part, who):
    """A sequence, a step, content, a need or a persona that was not there, or is no longer."""
    assert said(BEFORE + part) == [f"New: {who}."]
    assert said(BEFORE, before=BEFORE + part) == [f"Gone: {who}."]


def test_changes_of_nurturing_stand_together():
    """They have a heading of their own."""
    told = diff(loads(BEFORE), loads(BEFORE.replace("cost = 5", "cost = 6"))).explain()
    assert told == "How leads are nurtured\n  - The content “guide”: cost: 6; before: 5."
