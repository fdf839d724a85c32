"""What was erased is in no file of the store any more.

500 leads are made with canaries, words that stand nowhere else, in all that may be personal, and have a life in every
table. Then they are erased, and every byte of every file of the store is searched: the file itself, its write-ahead log
(``-wal``), the index of that (``-shm``) and what else lies there. What is looked for is what all canaries have in
common, in the spellings in which it may be written: UTF-8, which is also how JSON escapes it since it is ASCII, UTF-16
of both byte orders, in capitals, in hexadecimal and in base64. Words of another kind belong to leads that stay and to
another tenant: those have to be found, or the search could not find anything.
"""

import base64
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest

from leadqual import ConsentChange, StoreBusy, Suppression
from leadqual.service import QualificationService
from leadqual.service.stores.sqlite import SQLiteStore
from tests.practice.life import on

from .canaries import BYSTANDER, STEM, Canaries, Set, playbook
from .test_running import ENROL

LEADS = 500
_READER = """
import sys
from leadqual.service.opening import open_store
from leadqual.service.tables import TABLES
store = open_store(sys.argv[1])
with store.unit("main", write=False) as unit:
    print(sum(len(unit.find(table)) for table in TABLES), flush=True)
sys.stdin.read()
"""


def spellings(stem):
    """Return how a word may be written in a file, in the order of bytes that is looked for."""
    found = []
    for word in (stem, stem.upper()):
        plain = word.encode()
        found += [plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode()]
        for n, first in enumerate((0, 2, 3)):  # the letters that hang on the word alone, wherever it begins
            found.append(base64.b64encode(b"." * n + plain)[first : 8 * (n + len(plain)) // 6])
    return found


def found_in(folder, stem):
    """Return in which files a stem stands, in whichever spelling."""
    wanted = spellings(stem)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert files
    return [path.name for path in files if any(one in path.read_bytes() for one in wanted)]


def hosted(store, tenant="main"):
    """Return a service."""
    return QualificationService(playbook(), store, tenant=tenant, key=b"a key that nobody can guess")


def filled(store, canaries, leads=LEADS):
    """Return a service with leads that have something in every table, and a history of being changed."""
    service = hosted(store)
    ids = [f"gone-{number}" for number in range(leads)]
    for number, lead_id in enumerate(ids):
        service.capture(canaries.form(f"f{number}", lead_id=lead_id), now=on(0))
    acts = [canaries.act(f"e{number}-{lead_id}", lead_id) for lead_id in ids for number in range(3)]
    for start in range(0, len(acts), 100):
        service.record(acts[start : start + 100], now=on(1))
    for number, lead_id in enumerate(ids[: leads // 2]):
        service.verdict(lead_id, canaries.verdict(), now=on(1), command_id=f"v{number}")
        said = {"source": canaries.word(), "wording": canaries.word()}
        service.consent(lead_id, ConsentChange(channel="email", purpose="news", given=False, **said), now=on(1.2))
    for lead_id in ids[leads // 2 : leads // 2 + 50]:
        service.handle(lead_id, ENROL, now=on(1))
        service.handle(lead_id, Suppression(channel="phone", reason=canaries.word()), now=on(1.1))
    for claim in service.effects(now=on(1.5), limit=300):
        service.failed(claim, now=on(1.5), reason=canaries.word())
    for number in range(0, leads - 1, 20):
        service.merge(ids[number], ids[number + 1], now=on(2), confirmed=True)
    service.unmerge(ids[0], ids[1], now=on(3))
    return service, ids


def beside(store):
    """Fill a store with leads that stay: of the same tenant, and of another one."""
    canaries = Canaries(BYSTANDER)
    for tenant in ("main", "other"):
        service = hosted(store, tenant)
        for number in range(20):
            service.capture(canaries.form(f"stays-{number}", lead_id=f"stays-{number}"), now=on(0))


def test_no_canary_is_left_in_any_file_after_erasure(tmp_path):
    """Not while the store is open, nor once it is closed; others had read it before, and are still there."""
    path = tmp_path / "leads.db"
    canaries = Canaries()
    with closing(SQLiteStore(path)) as store, closing(SQLiteStore(path)) as other:
        service, ids = filled(store, canaries)
        beside(store)
        assert len(canaries.made) > 10 * LEADS
        assert len(hosted(other).lead_ids()) > LEADS
        asked = [sys.executable, "-c", _READER, f"sqlite:///{path}"]
        paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=paths) as reader:
            assert int(reader.stdout.readline()) > 5 * LEADS
            assert "leads.db" in found_in(tmp_path, STEM)
            for lead_id in ids:
                service.erase(lead_id, now=on(4), clear=False)
            service.clear_traces()
            while_open = found_in(tmp_path, STEM), found_in(tmp_path, BYSTANDER)
            reader.stdin.close()
    assert while_open == ([], ["leads.db"])
    assert (found_in(tmp_path, STEM), found_in(tmp_path, BYSTANDER)) == ([], ["leads.db"])


def intertwined(store, seed):
    """Let leads come, live and be erased among others that stay, in an order by chance; return the service."""
    chance = random.Random(seed)
    service, both = hosted(store), (Canaries(), Canaries(BYSTANDER))
    living: dict[str, Canaries] = {}
    for number in range(250):
        day, dice = number / 100, chance.random()
        gone = [lead_id for lead_id, words in living.items() if words is both[0]]
        lead_id = chance.choice(list(living)) if living else ""
        if dice < 0.35 or not living:
            words = chance.choice((both[0], *both))
            living[f"L{number}"] = words
            notes = {"size": "big", "notes": words.word() * chance.randint(1, 400)}
            service.capture(words.form(f"f{number}", day, lead_id=f"L{number}", attributes=notes), now=on(day))
        elif dice < 0.75:
            words = living[lead_id]
            long = [words.word() * chance.randint(1, 60) for _ in range(chance.randint(1, 6))]
            acts = [words.act(f"e{number}-{n}", lead_id, day, comment=text) for n, text in enumerate(long)]
            service.record(acts, now=on(day))
        elif dice < 0.9:
            service.verdict(lead_id, living[lead_id].verdict(), now=on(day), command_id=f"c{number}")
        elif gone:
            lead_id = chance.choice(gone)
            service.erase(lead_id, now=on(day), clear=False)
            del living[lead_id]
    for lead_id in chance.sample(gone := [one for one, words in living.items() if words is both[0]], len(gone)):
        service.erase(lead_id, now=on(9), clear=False)
    return service


class Quick(SQLiteStore):
    """A store that empties its write-ahead log only: SQLite leaves copies of rows in the unused part of pages."""

    def clear_traces(self):
        with self._connections.lent() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class NotOverwriting(Quick):
    """A store that removes rows and leaves their bytes where they are."""

    def __init__(self, path):
        super().__init__(path)
        Set(self, path, "PRAGMA secure_delete=OFF")


def leavings(folder, make):
    """Return where canaries are left by stores of a kind, by number of the run."""
    found = {}
    for seed in (17, 25, 29, 31):  # by which SQLite 3.40 leaves copies, each time
        (folder / str(seed)).mkdir(parents=True)
        with closing(make(folder / str(seed) / "leads.db")) as store:
            intertwined(store, seed).clear_traces()
            found[seed] = found_in(folder / str(seed), STEM)
            assert "leads.db" in found_in(folder / str(seed), BYSTANDER)
    return found


def test_no_canary_is_left_beside_rows_that_stay(tmp_path):
    """Not in the unused part of a page either, which only a file that is written anew does not have."""
    assert set(map(tuple, leavings(tmp_path / "sound", SQLiteStore).values())) == {()}
    assert ["leads.db"] in leavings(tmp_path / "quick", Quick).values()


class NotEmptying(SQLiteStore):
    """A store that leaves its write-ahead log as it is."""

    def clear_traces(self):
        """Do nothing."""


@pytest.mark.parametrize(("make", "where"), [(NotOverwriting, "leads.db"), (NotEmptying, "leads.db-wal")])
def test_search_finds_what_a_careless_store_leaves(tmp_path, make, where):
    """In the file, or in its write-ahead log."""
    with closing(make(tmp_path / "leads.db")) as store:
        service, ids = filled(store, Canaries(), 60)
        for lead_id in ids:
            service.erase(lead_id, now=on(4))
        assert service.lead_ids() == ()
        assert where in found_in(tmp_path, STEM)


@pytest.mark.parametrize("spelling", spellings(STEM))
def test_search_finds_a_canary_in_every_spelling(tmp_path, spelling):
    """Wherever it stands in a file."""
    path = tmp_path / "leads.db-journal"
    path.write_bytes(b"\x00" * 5000 + spelling + b"\xff" * 5000)
    assert found_in(tmp_path, STEM) == [path.name]
    path.write_bytes(b"\x00" * 5000 + spelling[1:-1] + b"\xff" * 5000)
    assert found_in(tmp_path, STEM) == []


def test_search_finds_a_canary_in_base64_wherever_it_begins(tmp_path):
    """After one byte, two or three of something else."""
    for before in (b"", b"?", b"??"):
        (tmp_path / "file").write_bytes(base64.b64encode(before + STEM.encode() + b"?????"))
        assert found_in(tmp_path, STEM)


def test_reader_that_holds_the_file_is_told_of(tmp_path):
    """Its view of what was keeps the write-ahead log; once it is gone, a second call clears it."""
    path = tmp_path / "leads.db"
    with closing(SQLiteStore(path, wait=timedelta(milliseconds=50))) as store:
        service, ids = filled(store, Canaries(), 20)
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM leadqual_leads").fetchone() == (20,)
            for lead_id in ids[1:]:
                service.erase(lead_id, now=on(4), clear=False)
            with pytest.raises(StoreBusy, match="what was erased stays erased"):
                service.erase(ids[0], now=on(4))
            assert service.lead_ids() == ()
            assert found_in(tmp_path, STEM)
            reader.execute("COMMIT")
        assert service.erase(ids[0], now=on(4)).repeated
        assert found_in(tmp_path, STEM) == []
