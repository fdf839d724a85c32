"""What a finding says, and the page that explains them."""

import re
from pathlib import Path

import pytest

from leadqual.playbook import loads
from leadqual.playbook.lint import CODES, SEVERITIES, Finding, lint

PAGE = (Path(__file__).parents[3] / "docs" / "lint.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
BASE = BLOCK.findall(PAGE)[0]
ROW = re.compile(r"^\| \[`(.+?)`\]\(#(.+?)\) \| (.+?) \| (.+?) \|$", re.MULTILINE)
SECTION = re.compile(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def test_finding_prints_as_one_readable_line():
    """Place, reason, what to do, and the code to look up; control characters never reach a terminal."""
    found = Finding(code="dead-rule", severity="warning", where="a\nb", reason="it is dead", hint="Remove it.")
    assert str(found) == "a\\nb: it is dead. Remove it. [dead-rule]"


def test_severities_are_those_of_every_code():
    """Each code has one severity, and both occur."""
    assert set(SEVERITIES) == set(CODES)
    assert set(SEVERITIES.values()) == {"warning", "note"}


def test_table_of_the_page_is_that_of_the_codes():
    """The page lists every code with its severity and its meaning, in order."""
    assert ROW.findall(PAGE) == [(code, code, SEVERITIES[code], meaning) for code, meaning in CODES.items()]


def test_page_has_a_section_for_every_code():
    """Every code is explained under its own heading, in the order of the table."""
    assert [code for code, _ in SECTION.findall(PAGE)] == list(CODES)


@pytest.mark.parametrize(("code", "text"), SECTION.findall(PAGE), ids=lambda part: part.partition("\n")[0])
def test_example_of_the_page_is_found_and_its_remedy_is_not(code, text):
    """The first block of a section is a playbook with this finding, the second one is without it."""
    bad, good = BLOCK.findall(text)
    assert code in {found.code for found in lint(loads(BASE + bad))}
    assert code not in {found.code for found in lint(loads(BASE + good))}
