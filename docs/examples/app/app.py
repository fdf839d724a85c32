#!/usr/bin/env python3
"""A small web application around leadqual: forms and events in, decisions out. The README beside it says how to try it.

Nothing is needed but leadqual itself: the web server, the threads and SQLite are those of the standard library.
"""

import argparse
import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from qualification.desk import Desk, log
from qualification.outbox import Outbox
from qualification.web import Server
from qualification.workers import Workers

from leadqual import Qualifier, load_playbook
from leadqual.errors import LeadqualError
from leadqual.service import QualificationService, open_store

HERE = Path(__file__).resolve().parent


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port; 0 takes a free one (default: %(default)s)")
    parser.add_argument(
        "--folder", type=Path, default=Path("leadqual-app"), help="where files go (default: %(default)s)"
    )
    parser.add_argument("--playbook", type=Path, default=HERE / "playbook.toml", help="what decides")
    parser.add_argument("--lease", type=float, default=30, help="seconds to carry decisions out (default: %(default)s)")
    return parser.parse_args()


def say(text: str) -> None:
    """Tell whoever started it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Serve until somebody stops it, or one of its threads fails in a way that nobody has foreseen."""
    asked, faults = arguments(), list[str]()

    def stop(fault: threading.ExceptHookArgs) -> None:
        faults.append(fault.exc_type.__name__)
        log(f"failed: {faults[-1]}")  # only its kind: the rest may be personal
        os.kill(os.getpid(), signal.SIGTERM)

    threading.excepthook = stop
    try:
        asked.folder.mkdir(parents=True, exist_ok=True)
        url = os.environ.get("LEADQUAL_STORE") or f"sqlite:///{asked.folder.resolve() / 'leads.db'}"
        service = QualificationService(Qualifier(load_playbook(asked.playbook)), open_store(url))
        outbox = Outbox(asked.folder / "decisions.jsonl")
        desk = Desk.over(service, outbox, secret_file=asked.folder / "secret")
        server = Server((asked.host, asked.port), desk)
    except (LeadqualError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with service, outbox, server, Workers(desk, lease=timedelta(seconds=asked.lease)):
            say(f"leadqual example: http://{asked.host}:{server.server_port}/ (Ctrl-C stops it)")
            server.serve_forever()
    except KeyboardInterrupt:
        say("stopped")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
