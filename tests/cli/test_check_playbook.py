"""`leadqual check` of the playbook itself: its examples, and what looks like a mistake."""

import json

import pytest

from leadqual.presets import starter_text
from tests.cli.conftest import PLAYBOOK

HOLDS = """
[[examples]]
name = "A boss who reads the prices"
lead = { job_title = "CEO" }
events = [{ kind = "page_view", day = 2, properties = { page = "/pricing" } }]
expect = { label = "A2", qualifies = ["mql"] }
"""
FAILS = """
[[examples]]
name = "A clerk's story"
lead = { job_title = "Clerk" }
events = [{ kind = "download", day = 0 }]
expect = { label = "A2", qualifies = ["mql"] }
"""
DOUBTFUL = """
[qualify.sql]
when = { field = "interest", op = "ge", value = 100 }
"""


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def test_check_passes_a_playbook_whose_examples_hold(desk):
    """They are counted beside rules and bars."""
    desk.put("playbook.toml", PLAYBOOK + HOLDS)
    result = desk.run("check", desk.playbook)
    assert result.exit_code == 0
    assert "no problems in the playbook" in result.stdout
    assert "examples 1" in plain(result)
    assert json.loads(desk.run("check", desk.playbook, "--json").stdout)["counts"]["examples"] == 1


def test_check_fails_a_playbook_that_contradicts_its_examples(desk):
    """Each contradiction comes with its path, what was expected, what came, and how to see the ledger."""
    desk.put("playbook.toml", PLAYBOOK + HOLDS + FAILS)
    result = desk.run("check", desk.playbook)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("examples[1].expect.label: A2 was expected (got B2). A clerk's story: fit 0.00")
    assert lines[1].startswith("examples[1].expect.qualifies: mql was expected (got no bar).")
    assert "contradicts its examples, 2 problems" in lines[2]
    command = lines[3].partition("leadqual ")[2]
    assert sum("leadqual explain" in line for line in lines) == 1
    assert command == f"""explain {desk.playbook} --example 'A clerk'"'"'s story'"""


def test_check_names_an_example_by_its_place_where_names_are_the_same(desk):
    """What the check prints can be copied and explains the right one."""
    desk.put("playbook.toml", PLAYBOOK + FAILS + FAILS)
    out = desk.run("check", desk.playbook).stdout
    assert "--example 'examples[0]'" in out
    assert "--example 'examples[1]'" in out
    assert desk.run("explain", desk.playbook, "--example", "examples[1]").exit_code == 0


def test_check_puts_contradicted_examples_into_json(desk):
    """They are problems like all others."""
    desk.put("playbook.toml", PLAYBOOK + FAILS)
    result = desk.run("check", desk.playbook, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (document["ok"], document["total"]) == (False, 2)
    assert [problem["where"] for problem in document["problems"]] == [
        "examples[0].expect.label",
        "examples[0].expect.qualifies",
    ]


def test_check_still_compares_with_files_where_an_example_fails(desk):
    """Both kinds of problems are counted apart."""
    desk.put("playbook.toml", PLAYBOOK + FAILS)
    desk.put("events.csv", "event_id,lead_id,kind,at,page\ne1,L1,downlod,never,x\n")
    result = desk.run("check", desk.playbook, *desk.files)
    assert result.exit_code == 1
    assert "contradicts its examples, 2 problems" in plain(result)
    assert "In the files: 1 problem, listed above" in plain(result)


def test_check_tells_what_looks_like_a_mistake(desk):
    """A warning has its code, its place, the reason and what to do; it does not fail the check."""
    desk.put("playbook.toml", PLAYBOOK + DOUBTFUL)
    result = desk.run("check", desk.playbook, "--json")
    found = json.loads(result.stdout)["lint"]
    assert result.exit_code == 0
    assert json.loads(result.stdout)["ok"] is True
    assert {"warning"} <= {one["severity"] for one in found} <= {"warning", "note"}
    out = desk.run("check", desk.playbook).stdout
    for one in found:
        assert f"{one['severity']} {one['code']}" in out
        assert f"    {one['where']}: {one['reason']}. {one['hint']}" in out.splitlines()
    assert "--strict makes warnings fail" in out


def test_strict_check_fails_on_warnings(desk):
    """For a pipeline: what looks like a mistake ends with 1."""
    desk.put("playbook.toml", PLAYBOOK + DOUBTFUL)
    result = desk.run("check", desk.playbook, "--strict")
    assert result.exit_code == 1
    assert "--strict makes" not in result.stdout
    assert json.loads(desk.run("check", desk.playbook, "--strict", "--json").stdout)["ok"] is False


def test_strict_check_does_not_fail_on_notes(desk):
    """An attribute that nothing reads is worth a look, no more."""
    text = 'schema = 1\nname = "n"\nversion = "1"\nattributes = { unread = "text" }\n'
    desk.put("playbook.toml", text)
    result = desk.run("check", desk.playbook, "--strict", "--json")
    found = json.loads(result.stdout)["lint"]
    assert [one["severity"] for one in found] == ["note"]
    assert result.exit_code == 0
    out = desk.run("check", desk.playbook).stdout
    assert "Worth a look: 1 note\n" in out


def test_strict_check_passes_the_starter(desk):
    """The starter has no warning."""
    path = desk.put("starter.toml", starter_text())
    assert desk.run("check", str(path), "--strict").exit_code == 0


def test_check_lists_what_has_one_code_together_and_warnings_first(desk):
    """The code stands once above its places."""
    attributes = 'attributes = { job_title = "text", employees = "integer", a1 = "text", a2 = "text" }'
    text = PLAYBOOK.replace(PLAYBOOK[PLAYBOOK.index("attributes") : PLAYBOOK.index("properties")], attributes + "\n")
    desk.put("playbook.toml", text + DOUBTFUL)
    out = desk.run("check", desk.playbook).stdout
    assert out.count("note unused-attribute") == 1
    assert out.index("  warning ") < out.index("  note ")


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_hostile_names_of_examples_are_shown_as_codes(desk, more):
    """An example's name commands no terminal, also in the command that explains it."""
    desk.put("playbook.toml", PLAYBOOK + FAILS.replace("A clerk's story", "\\u001b[31mred $(reboot)"))
    result = desk.run("check", desk.playbook, *more)
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "--example 'examples[0]'" in result.stdout or more
    assert "\x1b" not in desk.run("explain", desk.playbook, "--example", "examples[0]", *more).stdout
