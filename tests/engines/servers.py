"""Real servers for the tests of engines, started on this machine and ended by their own process id."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from attrs import frozen

Command = list[str | Path]
LIGHT = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
}
"""Settings under which Spark answers small questions at once; as it comes, it compiles Java for each."""
PLAIN, TURKISH = "plain", "turkish"
"""A database that compares texts by code point, and one that compares and folds them as Turkish readers would."""
_OWNER = "leadqual"
_FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""Faster, and nothing of it would be left if the power went."""
_SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "20",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_parallel_workers_per_gather": "1",
}
_SPARK_LOGS = """
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c: %m%n
"""


def postgres_programs() -> Path | None:
    """Return the folder that holds `postgres` and `initdb`, of the newest version there is, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("postgres")
    return Path(named).resolve().parent if named else None


def java_program() -> str | None:
    """Return the Java that Spark would use, or None."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")


@frozen(kw_only=True)
class Postgres:
    """A running server that listens in its own folder only.

    Attributes:
        folder: Where its socket lies.
        pid: Its process.
    """

    folder: Path
    pid: int

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://{_OWNER}@/{database}?host={quote(str(self.folder), safe='')}"


@contextmanager
def running_postgres(programs: Path, *, durable: bool = False) -> Iterator[Postgres]:
    """Start a server with both databases in a temporary folder; end it and remove the folder afterwards.

    Args:
        programs: The folder of its programs.
        durable: Whether it waits for the disk, as a server does that somebody relies upon.
    """
    folder = Path(tempfile.mkdtemp(prefix="leadqual-pg-"))
    try:
        other = _other_user(folder)
        data = folder / "data"
        made: Command = [programs / "initdb", "-D", data, "-U", _OWNER, "-A", "trust", "-E", "UTF8"]
        _done([*other, *made, "--locale=C.UTF-8", "--no-sync", "--no-instructions"])
        chosen = _SETTINGS if durable else _SETTINGS | _FORGETFUL
        settings = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        command: Command = [*other, programs / "postgres", "-D", data, "-k", folder, *settings]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _await(process, programs, folder)
            made_plain = f"create database {PLAIN} template template0"
            made_turkish = f"create database {TURKISH} template template0 locale_provider icu icu_locale 'tr-TR'"
            for statement in (made_plain, made_turkish):
                _done([programs / "psql", "-q", "-h", folder, "-U", _OWNER, "-d", "postgres", "-c", statement])
            yield Postgres(folder=folder, pid=process.pid)
        finally:
            process.send_signal(signal.SIGINT)  # ends at once, whoever is still connected
            process.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user(folder: Path) -> list[str]:
    """Return what runs a command as somebody else if we are root, whom Postgres refuses; the folder becomes theirs."""
    if os.geteuid() != 0:
        return []
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _done(command: Command) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}"


def _await(process: subprocess.Popen[bytes], programs: Path, folder: Path) -> None:
    """Wait until the server answers; `pg_isready` itself takes the time between two tries."""
    for _ in range(3_000):
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8", errors="replace")
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
            return
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("Postgres does not answer")


@contextmanager
def running_spark():
    """Start a Spark of our own with two threads, on the loopback address, as quiet as it can be; end it afterwards."""
    from pyspark.sql import SparkSession

    folder = Path(tempfile.mkdtemp(prefix="leadqual-spark-"))
    logs = folder / "log4j2.properties"
    logs.write_text(_SPARK_LOGS, encoding="utf-8")
    java = f"-Dlog4j2.configurationFile={logs} -Dderby.system.home={folder} -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": java,
        "spark.default.parallelism": "2",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder / "local"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if not os.environ.get("LEADQUAL_SPARK_AS_IT_COMES"):
        settings |= LIGHT
    before = {name: os.environ.get(name) for name in ("SPARK_LOCAL_IP", "PYSPARK_SUBMIT_ARGS")}
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ.pop("PYSPARK_SUBMIT_ARGS", None)
    try:
        builder = SparkSession.builder.master("local[2]").appName("leadqual-tests")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        gateway = session.sparkContext._gateway
        try:
            yield session
        finally:
            session.stop()
            gateway.shutdown()
            gateway.proc.stdin.close()  # the JVM ends when nobody can speak to it any more
            gateway.proc.wait(timeout=60)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)
