"""`leadqual demo`."""

import re
import shlex
import tempfile

import pytest


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """One run of the demo, in a folder of its own."""
    from click.testing import CliRunner

    from leadqual.cli.app import cli

    folder = tmp_path_factory.mktemp("demo")
    return folder, CliRunner().invoke(cli, ["demo", "--leads", "200", "--out", str(folder)], catch_exceptions=False)


def test_demo_tells_the_whole_job(told):
    """It ranks, compares with the truth, explains one lead and says what to try next."""
    _, result = told
    assert result.exit_code == 0
    for words in (
        "Top 10 of 200 leads",
        "Top tenth by total",
        "Who is ready?",
        "qualif",
        "leadqual explain",
        "leadqual init",
    ):
        assert words in result.stdout
    assert result.stderr == ""


def test_demo_ranks_better_than_chance(told):
    """The best tenth converts at least twice as often as all."""
    _, result = told
    row = next(line for line in result.stdout.splitlines() if line.lstrip().startswith("Top tenth"))
    assert float(re.search(r"([\d.]+)x", row)[1]) >= 2


def test_demo_writes_the_files_it_speaks_of(told):
    """Base, playbook and scores are there to play with."""
    folder, _ = told
    names = {"leads.csv", "events.csv", "outcomes.csv", "playbook.toml", "scores.csv"}
    assert {path.name for path in folder.iterdir()} == names


def test_demo_offers_commands_that_work(told, desk, monkeypatch):
    """Each command of "try next" on the demo's own files ends with 0, from the folder it names."""
    folder, result = told
    assert f"cd {folder}" in result.stdout
    monkeypatch.chdir(folder)
    commands = [line for line in result.stdout.splitlines() if line.startswith("leadqual ") and "YOUR" not in line]
    assert len(commands) == 5
    for command in commands:
        assert desk.run(*shlex.split(command)[1:]).exit_code == 0


def test_demo_says_what_next_for_another_lead(told):
    """Until when its bar holds, and what it would take to reach the next."""
    _, result = told
    part = result.stdout.partition("5. And what next for ")[2].partition("6. Try next")[0]
    assert "What could change" in part
    assert "Needs: " in part


def test_demo_is_the_same_twice(told, desk):
    """The same folder and seed give the same words and files."""
    folder, result = told
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = desk.run("demo", "--leads", "200", "--out", str(folder))
    assert again.stdout == result.stdout
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["leads.csv", "playbook.toml", "scores.csv"])
def test_demo_leaves_other_files_alone(desk, tmp_path_factory, name):
    """A file of the same name with other content is not replaced unless forced."""
    folder = tmp_path_factory.mktemp("mine")
    (folder / name).write_text("mine", encoding="utf-8")
    refused = desk.run("demo", "--leads", "30", "--out", str(folder))
    assert refused.exit_code == 2
    assert name in refused.stderr
    assert (folder / name).read_text(encoding="utf-8") == "mine"
    assert desk.run("demo", "--leads", "30", "--out", str(folder), "--force").exit_code == 0


def test_demo_fits_80_columns_but_for_its_commands(told):
    """Only commands to copy are longer than an ordinary terminal is wide."""
    _, result = told
    folder = str(told[0])
    assert all(
        len(line) <= 80
        for line in result.stdout.splitlines()
        if not line.startswith("leadqual ") and folder not in line
    )


@pytest.mark.parametrize("seed", ["1", "2"])
def test_demo_finds_something_in_other_bases(desk, tmp_path_factory, seed):
    """Other seeds tell their own story."""
    result = desk.run("demo", "--leads", "100", "--seed", seed, "--out", str(tmp_path_factory.mktemp("demo")))
    assert result.exit_code == 0


def test_demo_makes_a_folder_of_its_own_without_out(desk, tmp_path, monkeypatch):
    """Without --out the files lie in a new temporary folder, which is named."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    result = desk.run("demo", "--leads", "30")
    assert result.exit_code == 0
    (folder,) = tmp_path.glob("leadqual-demo-*")
    assert f"cd {folder}" in result.stdout
