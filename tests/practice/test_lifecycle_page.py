"""The page on the life of a lead says what the library does; its examples are run with those of the other pages."""

import inspect
import re
from pathlib import Path

import pytest

from leadqual import Qualifier, loads
from leadqual.lifecycle.effects import EFFECTS
from leadqual.lifecycle.facts import FACTS
from leadqual.lifecycle.inputs import Input
from tests.house.examples import run_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def qualifier() -> Qualifier:
    """Return the qualifier of the page's playbook."""
    return Qualifier(loads(TEXT.split('```toml title="life.toml"\n')[1].split("```")[0]))


def _table(heading: str) -> list[list[str]]:
    """Return the cells of the first table below a heading."""
    lines = TEXT.split(f"\n{heading}\n")[1].splitlines()
    rows = [line for line in lines if line.startswith("|")]
    start = lines.index(rows[0])
    ends = next(number for number, line in enumerate(lines[start:]) if not line.startswith("|"))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in lines[start + 2 : start + ends]]


def test_page_takes_every_transition_of_the_default_table(qualifier, tmp_path, monkeypatch):
    """The page runs, and the transitions that it prints as taken are those of the table, each of them."""
    monkeypatch.chdir(tmp_path)
    assert run_page(PAGE) > 20
    printed = re.search(r"```output\n(yes\n.*?)\n(\d+) of \2\n```", TEXT, re.DOTALL)
    assert printed[1].split("\n") == [transition.name for transition in qualifier.lifecycle.transitions]


def test_page_takes_every_transition_from_every_stage(qualifier):
    """So many pairs of a stage and a transition as the page prints are in the table."""
    pairs = {(stage, transition.name) for transition in qualifier.lifecycle.transitions for stage in transition.from_}
    assert f"\n{len(pairs)} of {len(pairs)} and no other: True\n" in TEXT


def test_page_shows_the_default_table_with_all_that_a_playbook_can_add_to_it(qualifier):
    """Its playbook has both bars, both with `stay`, and hand-raises, so no transition of the default is left out."""
    plan = qualifier.lifecycle
    assert (plan.lifecycle.stages, plan.lifecycle.transitions) == ((), ())
    assert all(bar.stay is not None for bar in qualifier.model.plans.bars)
    assert {"cooled as MQL", "cooled as SQL", "hand-raise"} <= {transition.name for transition in plan.transitions}


def test_page_names_the_stages_of_the_default_table(qualifier):
    """Kind, phase and temperature of every stage, in order."""
    stages = [
        [f"`{stage.name}`", stage.kind, ", ".join(word for word in (stage.phase, stage.temperature) if word)]
        for stage in qualifier.lifecycle.stages.values()
    ]
    assert [row[:3] for row in _table("## Stages")] == stages


@pytest.mark.parametrize(("heading", "kinds"), [("### Facts", FACTS), ("### Effects", EFFECTS)])
def test_page_names_every_fact_and_effect_as_the_code_does(heading, kinds):
    """Each stands there once, with the first line of its docstring."""
    expected = [[f"`{kind.__name__}`", inspect.getdoc(kind).splitlines()[0]] for kind in kinds]
    assert _table(heading) == expected


def test_page_names_every_input():
    """Each kind of input has a line."""
    assert {row[0].strip("`") for row in _table("### Inputs")} == {kind.__name__ for kind in Input.__args__}
