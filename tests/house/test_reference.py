"""What is made from the shapes of a playbook is as they are now."""

import re

import pytest

from leadqual.playbook.shapes import TOP
from tests.house.fragments import AFTERWORDS, FRAGMENTS
from tests.house.reference import COMMAND, GENERATED, ROOT, anchor, reference


@pytest.mark.parametrize("name", GENERATED)
def test_generated_file_is_current(name):
    """A change of a table or key is in the reference and in the schema, or the command was not run."""
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name](), f"Run from the root: {COMMAND}"


def test_reference_leads_to_places_that_it_has():
    """Every link within the page leads to one of its headings, and no two headings are one place."""
    text = reference()
    places = [
        anchor(title)
        for title in re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    ]
    assert len(places) == len(set(places))
    links = re.findall(r"\]\(#([^)]*)\)", text)
    assert set(links) <= {*places, "conditions", "decay-curves"}
    assert len(links) > 20


def test_reference_uses_every_example_and_afterword():
    """What people wrote for a table stands beside it; nothing is left of a table that is gone."""
    text = reference()
    assert not [path for path, written in FRAGMENTS.items() if written not in text]
    assert not [path for path, written in AFTERWORDS.items() if written not in text]
    assert not [name for name in TOP if f"| `{name}` |" not in text and f"[{name}" not in text]


def test_reference_says_of_every_key_what_it_takes():
    """No cell of a table that has to say something is empty."""
    rows = re.findall(r"^\| (`[^|]*`) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", reference(), re.MULTILINE)
    assert len(rows) > 90
    assert not [key for key, takes, _, meaning in rows if not takes.strip() or not meaning.strip()]
