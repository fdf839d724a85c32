"""X Education's leads under a changed playbook: who stands elsewhere, recounted from two files of scores."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from attrs import frozen

from leadqual.files import read_base, write_scores
from leadqual.playbook.diff import diff
from leadqual.playbook.flips import Flips, flips
from tests.real.convert import read_rows, write_rows, xeducation_events
from tests.real.runs import HERE, XEDUCATION_NOW, playbook, score_all

Rows = dict[str, dict[str, str]]


@frozen(kw_only=True)
class Changed:
    """What the change of the playbook comes to, and the two files of scores beside it."""

    found: Flips
    before: Rows
    after: Rows


def read_scores(path: Path) -> Rows:
    """Return the rows of a file of scores by lead id."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["lead_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def changed(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """Score the leads, with their last acts as events, under both playbooks: at once, and each into a file."""
    folder = tmp_path_factory.mktemp("changed")
    path = shared_data / "xeducation" / "leads_dev.csv.gz"
    acts = write_rows(folder / "acts.csv", xeducation_events(read_rows(path), at="2026-01-10 12:00:00"))
    books = {name: playbook(name) for name in ("xeducation", "xeducation_after")}
    written = []
    for name, book in books.items():
        base = read_base(book, leads=path, events=acts, now=XEDUCATION_NOW)
        write_scores(folder / f"{name}.csv", score_all(book, base, now=XEDUCATION_NOW).values())
        written.append(read_scores(folder / f"{name}.csv"))
    first, second = books.values()
    base = read_base(second, leads=path, events=acts, now=XEDUCATION_NOW)
    found = flips(first.model, second.model, base.leads, base.events, now=XEDUCATION_NOW)
    return Changed(found=found, before=written[0], after=written[1])


def test_changed_playbook_says_what_the_readme_quotes(shared_data: Path, changed: Changed) -> None:
    """The sentences about the change, and who stands elsewhere by it, are those that are written down."""
    said = diff(playbook("xeducation"), playbook("xeducation_after")).explain()
    quoted = (HERE / "README.md").read_text(encoding="utf-8").split("```text\n")[2].split("```")[0]
    assert f"{said}\n\n{changed.found.explain()}\n" == quoted


def test_bars_of_a_changed_playbook_equal_a_recount_of_two_score_files(changed: Changed) -> None:
    """Leads that enter, leave and stay are those whose cells say so."""
    assert changed.found.leads == len(changed.before) == len(changed.after) == 6_431
    ways = Counter(
        ("mql" in changed.before[id_]["qualifies"].split(";"), "mql" in row["qualifies"].split(";"))
        for id_, row in changed.after.items()
    )
    flow = changed.found.bars["mql"]
    assert (flow.entered, flow.left, flow.stayed) == (ways[False, True], ways[True, False], ways[True, True])
    assert min(flow.entered, flow.left, flow.stayed) > 0
    assert list(changed.found.bars) == ["mql"]


def test_leads_that_enter_and_leave_are_those_of_the_two_score_files(changed: Changed) -> None:
    """Each lead that flips is named, with its bar and both labels; nobody else is."""
    moved = {
        id_: (changed.before[id_], row)
        for id_, row in changed.after.items()
        if any(changed.before[id_][name] != row[name] for name in ("grade", "level", "label", "qualifies", "gate"))
    }
    assert [flip.lead_id for flip in changed.found.flipped] == sorted(moved)
    for flip in changed.found.flipped:
        before, after = moved[flip.lead_id]
        assert (flip.before.label, flip.after.label) == (before["label"], after["label"])
        assert flip.gained == set(after["qualifies"].split(";")) - set(before["qualifies"].split(";")) - {""}
        assert flip.lost == set(before["qualifies"].split(";")) - set(after["qualifies"].split(";")) - {""}


def test_labels_of_a_changed_playbook_equal_a_recount_of_two_score_files(changed: Changed) -> None:
    """The way from each label to each is counted as the files have it, those that keep theirs too."""
    recount = Counter((changed.before[id_]["label"], row["label"]) for id_, row in changed.after.items())
    assert dict(changed.found.labels) == recount
    assert sum(recount.values()) == 6_431


def test_reasons_of_a_changed_playbook_account_for_every_lead_that_flips(changed: Changed) -> None:
    """Each lead that flips counts under the one line that moved most."""
    assert sum(reason.leads for reason in changed.found.reasons) == len(changed.found.flipped)
    studied = [flip for flip in changed.found.flipped if flip.moves[0].name == "Says what it studied"]
    assert {flip.moves[0].points for flip in studied} == {2}
