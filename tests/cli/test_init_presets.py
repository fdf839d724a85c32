"""`leadqual init --preset`: the playbooks that are shipped, as they stand and fitted to files."""

import json

import pytest

from leadqual.playbook import load_playbook
from leadqual.presets import PRESETS, preset_text

NOW = ("--now", "2026-11-01T12:00:00Z")


@pytest.mark.parametrize("preset", PRESETS)
def test_init_writes_a_preset_as_it_stands(desk, preset):
    """The file is the shipped text, and a strict check passes it."""
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--preset", preset)
    assert result.exit_code == 0
    assert path.read_text(encoding="utf-8") == preset_text(preset)
    assert ("the starter playbook" if preset == "saas" else f"the preset {preset}") in result.stdout
    assert desk.run("check", str(path), "--strict").exit_code == 0


def test_init_begins_with_the_starter_unless_told_otherwise(desk):
    """Without --preset it is the one for business software."""
    path = desk.folder / "mine.toml"
    assert desk.run("init", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == preset_text("saas")


@pytest.mark.parametrize(("name", "hint"), [("listing", "Did you mean `listings`?"), ("\x1b[31m", "saas")])
def test_init_refuses_a_preset_that_does_not_exist(desk, name, hint):
    """A nearby one is offered, or all of them, and nothing is written."""
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--preset", name)
    assert result.exit_code == 2
    assert hint in " ".join(result.stderr.split())
    assert "\x1b" not in result.stderr
    assert not path.exists()


@pytest.mark.parametrize("preset", PRESETS)
def test_init_fits_each_preset_to_files(desk, preset):
    """Columns are matched with what the preset declares, kinds with its rules; the draft scores the files."""
    declared = load_playbook(desk.put("whole.toml", preset_text(preset))).model
    attributes = [name for name, attribute in declared.attributes.items() if attribute.type == "text"]
    kind = declared.interest.rules[0].event[0]
    leads = desk.put("crm.csv", ",".join(["lead_id", *attributes, "shoe"]) + "\nL1" + ",x" * len(attributes) + ",y\n")
    rows = f"e1,L1,{kind},2026-10-30T10:00:00Z\ne2,L1,odd-kind,2026-10-30T11:00:00Z\n"
    events = desk.put("acts.csv", f"event_id,lead_id,kind,at\n{rows}")
    path = desk.folder / "mine.toml"
    files = ("--leads", str(leads), "--events", str(events), *NOW)
    result = desk.run("init", str(path), "--preset", preset, *files)
    assert result.exit_code == 0, result.stderr
    assert "fitted to your files" in result.stdout
    text = path.read_text(encoding="utf-8")
    assert "odd-kind" in text
    assert "shoe" in text
    assert desk.run("check", str(path), *files).exit_code == 0
    document = json.loads(desk.run("score", str(path), *files, "--json").stdout)
    assert [one["lead_id"] for one in document["scores"]] == ["L1"]
    assert list(load_playbook(path).objectives) == list(load_playbook(desk.folder / "whole.toml").objectives)


@pytest.mark.parametrize("preset", PRESETS)
def test_init_leaves_out_what_a_column_of_another_kind_breaks(desk, preset):
    """Whichever attribute holds something else than the preset expects, the draft loads with all that is left."""
    declared = load_playbook(desk.put("whole.toml", preset_text(preset))).model
    for name, attribute in declared.attributes.items():
        leads = desk.put(
            "crm.csv", f"lead_id,{name}\nL1,1.5\nL2,many\n" if attribute.type == "integer" else f"lead_id,{name}\n"
        )
        path = desk.folder / "mine.toml"
        result = desk.run("init", str(path), "--preset", preset, "--leads", str(leads), *NOW, "--force")
        assert result.exit_code == 0, result.stderr
        assert desk.run("check", str(path)).exit_code == 0
        left_out = "left out, since" in path.read_text(encoding="utf-8")
        assert left_out == (attribute.type == "integer")
