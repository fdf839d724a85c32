"""A Postgres that is stopped, is killed or crashes in the middle of a command, and is started again."""

import importlib.util
import os
import select
import shlex
import signal
import subprocess
from contextlib import closing, suppress
from urllib.parse import quote

import pytest

from leadqual.errors import StoreError
from leadqual.service.opening import open_store
from leadqual.service.stores.memory import MemoryStore
from tests.engines.servers import PLAIN, postgres_programs, running_postgres

from .failing import Failing, reference, script, state_of
from .scale import of, say
from .world import serve

COMMANDS = 60
PATIENCE = 0.02
"""How long to wait between two tries to reach a server, in seconds."""


class Server:
    """A server that can be ended and started again on its folder; what it acknowledges is written by then."""

    def __init__(self, postgres):
        self._folder = postgres.folder
        self._pid = postgres.pid
        self._process = None
        self._command = shlex.split((postgres.folder / "data" / "postmaster.opts").read_text("utf-8"))
        self.url = f"{postgres.url(PLAIN)}&options={quote('-csynchronous_commit=on')}"

    def stop(self):
        """End it at once, as whoever maintains it does."""
        self._end(signal.SIGINT)

    def kill(self):
        """Kill it."""
        self._end(signal.SIGKILL)

    def crash(self):
        """Kill one of its processes, upon which it throws everybody out and recovers by itself."""
        import psycopg

        query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        with suppress(psycopg.OperationalError), self._connection() as connection:
            os.kill(connection.execute(query).fetchone()[0], signal.SIGKILL)
            while True:  # until we are thrown out, too
                connection.execute("SELECT pg_sleep(0.01)")

    def start(self):
        """Start it again, unless it is there, and wait until it answers."""
        while not self._answers():
            if self._process is None and self._pid is None:
                self._process = self._started()
            self._wait()

    def close(self):
        """End it for good."""
        if self._process is not None:
            self._end(signal.SIGINT)

    def _end(self, by):
        if self._process is None:
            ended = os.pidfd_open(self._pid)
            os.kill(self._pid, by)
            os.waitid(os.P_PIDFD, ended, os.WEXITED | os.WNOWAIT)  # the one who started it takes its end
            os.close(ended)
        else:
            self._process.send_signal(by)
            self._process.wait(timeout=60)
        self._pid = self._process = None

    def _started(self):
        owner = (self._folder / "data").stat()
        other = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **other)

    def _wait(self):
        """Wait a little; a server that could not start, since the old one is still about to end, is forgotten."""
        if self._process is None:
            select.select([], [], [], PATIENCE)
            return
        try:
            self._process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return
        self._process = None

    def _answers(self):
        import psycopg

        try:
            with self._connection() as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def _connection(self):
        import psycopg

        return psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True)


@pytest.fixture
def server(need):
    """Return a server of one's own."""
    programs = postgres_programs()
    need(programs, "there is no Postgres server")
    absent = [name for name in ("sqlalchemy", "psycopg") if importlib.util.find_spec(name) is None]
    need(not absent, "the extra `sql` is not installed")
    with running_postgres(programs) as postgres, closing(Server(postgres)) as server:
        yield server


def test_service_whose_server_goes_away_in_a_command_goes_on_when_it_is_back(server):
    """Whether it is stopped, is killed or crashes: the command fails as a whole, and succeeds later."""
    deeds = script(COMMANDS)
    states, calls = reference(MemoryStore(), script(COMMANDS))
    every = of(20, 1)
    failed = 0
    with closing(open_store(server.url)) as store:
        failing = Failing(store)
        service = serve(failing)
        for number, (deed, count) in enumerate(zip(deeds, calls, strict=True)):
            if count and number % every == every // 2:
                failing.arm(number // every % count, [server.stop, server.kill, server.crash][number // every % 3])
                try:
                    deed(service)
                except StoreError:
                    failed += 1
                server.start()
            failing.arm(None)
            if state_of(store) == states[number]:
                deed(service)
            assert state_of(store) == states[number + 1], number
    assert failed >= COMMANDS // every // 2
    say("restarts of Postgres", f"{COMMANDS // every}, {failed} commands failed, 0 half written, 0 lost")
