"""``leadqual effects``: the outbox of a store, shown and carried out from a shell."""

import json

import pytest
from click.testing import CliRunner

from leadqual.cli.app import cli

NOW = "2026-03-01T12:00:00Z"
SOON = "2026-03-01T12:01:00Z"
LATER = "2026-03-02T12:00:00Z"


@pytest.fixture
def waiting(desk):
    """A store in whose outbox three effects wait, each of its own lead."""
    events = "".join(f"d{n},L{n},download,2026-02-2{n}T10:00:00Z,\n" for n in (1, 2, 4, 5))
    more = "".join(f"p{n},L{n},page_view,2026-02-2{n}T11:00:00Z,/pricing\n" for n in (1, 2, 4))
    leads = "".join(f"L{n},l{n}@firm.example,2026-01-01T00:00:00Z,Clerk,5\n" for n in (1, 2, 4, 5))
    desk.put("leads.csv", f"lead_id,email,created_at,job_title,employees\n{leads}")
    desk.put("events.csv", f"event_id,lead_id,kind,at,page\n{events}{more}")
    result = desk.run("run", desk.playbook, *store(desk), *desk.files)
    assert result.exit_code == 0, result.stderr
    return desk


def store(desk):
    """The option that names the store."""
    return ["--store", f"sqlite:///{desk.folder / 'leads.db'}"]


def effects(desk, *more, now=NOW, given=""):
    """Run the command with something on stdin."""
    args = ["effects", desk.playbook, *store(desk), "--now", now, *more]
    return CliRunner().invoke(cli, args, input=given, catch_exceptions=False)


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def claimed(desk, count=10, now=NOW):
    """Claim effects; their lines."""
    result = effects(desk, "--claim", str(count), now=now)
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines(keepends=True)


def test_effects_are_shown_without_what_they_say(waiting):
    """Key, kind, state and instant; no address."""
    result = effects(waiting)
    assert result.exit_code == 0, result.stderr
    assert "3 effects waiting, 0 claimed." in plain(result)
    assert "notify" in result.stdout
    assert "firm.example" not in result.stdout


def test_effects_beyond_the_limit_are_counted(waiting):
    """The rest is a number."""
    assert "… and 2 more effects; --limit shows more." in plain(effects(waiting, "--limit", "1"))


def test_effects_as_data(waiting):
    """With --json."""
    found = json.loads(effects(waiting, "--json").stdout)
    assert (found["count"], found["tenant"]) == (3, "main")
    assert {row["effect"] for row in found["effects"]} == {"notify"}
    assert {row["lead_id"] for row in found["effects"]} == {"L1", "L2", "L4"}


def test_effects_that_were_claimed_and_done_never_come_again(waiting):
    """Each line goes back as it came; who else asks meanwhile gets the others."""
    first, others = claimed(waiting, 2), claimed(waiting)
    assert [len(first), len(others)] == [2, 1]
    assert json.loads(first[0])["effect"]["effect"] == "notify"
    assert plain(effects(waiting, "--done", given="".join(first))) == "2 effects carried out."
    assert plain(effects(waiting, "--done", given="".join(others))) == "1 effect carried out."
    assert claimed(waiting, now=LATER) == []


def test_effect_that_failed_comes_again_after_a_while(waiting):
    """Under the same key, with another token and one more attempt; the reason stands in the table."""
    (line,) = claimed(waiting, 1)
    assert plain(effects(waiting, "--failed", "crm-down", given=line)) == "1 effect noted as failed."
    assert "crm-down" in plain(effects(waiting))
    again = {one["key"]: one for one in map(json.loads, claimed(waiting, now=LATER))}
    before = json.loads(line)
    assert again[before["key"]]["attempt"] == 2
    assert again[before["key"]]["token"] != before["token"]


def test_effect_whose_lease_is_over_is_not_done_by_who_had_it(waiting):
    """Somebody else has it now, and it is said whose line was too late."""
    (late,) = claimed(waiting, 1)
    new = claimed(waiting, now=LATER)
    result = effects(waiting, "--done", given=late, now=LATER)
    assert result.exit_code == 1
    assert json.loads(late)["key"] in result.stderr
    assert effects(waiting, "--done", given="".join(new), now=LATER).exit_code == 0


def test_effects_that_were_given_up_are_shown_and_tried_again(waiting):
    """After twenty times; reviving one that was not given up is an error."""
    for day in range(2, 22):
        now = f"2026-03-{day:02}T12:00:00Z"
        effects(waiting, "--failed", "crm-down", given="".join(claimed(waiting, now=now)), now=now)
    dead = effects(waiting, "--dead", now="2026-04-01T00:00:00Z")
    assert "3 effects given up." in plain(dead)
    key = json.loads(effects(waiting, "--dead", "--json").stdout)["effects"][0]["key"]
    assert plain(effects(waiting, "--revive", key, now="2026-04-01T00:00:00Z")) == "1 effect revived."
    assert [json.loads(line)["key"] for line in claimed(waiting, now="2026-04-02T00:00:00Z")] == [key]
    result = effects(waiting, "--revive", "nothing")
    assert result.exit_code == 1
    assert "--revive 'nothing': nothing to revive" in result.stderr


@pytest.mark.parametrize("given", [b"{", b"[]", b'{"key": 1, "token": "x"}', b"\xff", b'{"key": "x"}', b"[" * 50_000])
def test_lines_that_are_no_effects_are_refused(waiting, given):
    """Each by its number, and none of the others is taken."""
    (line,) = claimed(waiting, 1)
    result = effects(waiting, "--done", given=line.encode() + given + b"\n")
    assert result.exit_code == 1
    assert "stdin:2: an effect was expected" in result.stderr
    assert effects(waiting, "--done", given=line).exit_code == 0


def test_effects_that_the_store_does_not_know_are_named(waiting):
    """Its lead was erased, or it is another store."""
    result = effects(waiting, "--done", given='{"key": "L7:1:notify", "token": "t"}\n\n')
    assert result.exit_code == 1
    assert "effect 'L7:1:notify': no such effect" in result.stderr


@pytest.mark.parametrize(
    "options", [["--claim", "1", "--done"], ["--dead", "--done"], ["--failed", "x", "--revive", "k"]]
)
def test_effects_does_one_thing_at_a_time(waiting, options):
    """Two of them are a mistake."""
    result = effects(waiting, *options)
    assert result.exit_code == 2
    assert "Choose one of --claim, --done, --failed, --dead and --revive" in result.stderr


@pytest.mark.parametrize("span", ["0s", "8d", "five", "-1m", "5", "9999999s"])
def test_lease_has_to_be_a_span(waiting, span):
    """With its unit, and a week at most."""
    result = effects(waiting, "--claim", "1", "--lease", span)
    assert result.exit_code == 2
    assert "is no span up to 7 days" in result.stderr


def test_lease_says_when_others_may_have_it(waiting):
    """The line says until when it is held."""
    result = effects(waiting, "--claim", "1", "--lease", "2h")
    assert json.loads(result.stdout)["until"] == "2026-03-01T14:00:00Z"


def test_effects_speak_spanish(waiting):
    """The same in the other language."""
    assert "waiting" not in effects(waiting, "--language", "es").stdout
