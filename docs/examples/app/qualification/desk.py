"""What all parts of the application share: the service, the outbox, the clock, and the secret of its links."""

import base64
import hashlib
import hmac
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from attrs import field, frozen

from leadqual.service import QualificationService
from qualification.outbox import Outbox

_LONG_ENOUGH = 32


@frozen(kw_only=True, eq=False)
class Desk:
    """What all parts of the application share.

    Attributes:
        service: Qualifies leads; any number of threads may use it.
        outbox: Where decisions go.
        secret: Signs links for leaving a list.
        wake: Set when there may be decisions to carry out.
    """

    service: QualificationService
    outbox: Outbox
    secret: bytes = field(repr=False)
    wake: Event = field(factory=Event)

    @classmethod
    def over(cls, service: QualificationService, outbox: Outbox, *, secret_file: Path) -> "Desk":
        """Return a desk.

        Args:
            service: Qualifies leads.
            outbox: Where decisions go.
            secret_file: Holds the secret; it is made if it is not there.
        """
        known = os.environ.get("LEADQUAL_SECRET", "").encode()
        return cls(service=service, outbox=outbox, secret=known or _secret(secret_file))

    def now(self) -> datetime:
        """Return the instant: the library never looks at a clock, its host does."""
        return datetime.now(UTC)

    def link(self, lead_id: str) -> str:
        """Return the path of the link by which a lead leaves all mailing lists.

        Args:
            lead_id: The lead.
        """
        name = base64.urlsafe_b64encode(lead_id.encode()).decode().rstrip("=")
        return f"/unsubscribe/{name}.{self._signature(lead_id)}"

    def lead_of(self, link: str) -> str | None:
        """Return whose link it is; nothing if it is none of ours.

        Args:
            link: Its last part.
        """
        name, _, signature = link.partition(".")
        try:
            lead_id = base64.b64decode(name + "=" * (-len(name) % 4), altchars=b"-_", validate=True).decode()
        except ValueError:
            return None
        return lead_id if hmac.compare_digest(self._signature(lead_id).encode(), signature.encode()) else None

    def _signature(self, lead_id: str) -> str:
        return hmac.new(self.secret, b"unsubscribe:" + lead_id.encode(), hashlib.sha256).hexdigest()


def log(text: str) -> None:
    """Note something for whoever runs the application; never anything personal.

    Args:
        text: One line.
    """
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _secret(path: Path) -> bytes:
    """Return the secret that a file holds; it is made once, whole or not at all, and read by nobody else."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(_LONG_ENOUGH).encode())
        draft.replace(path)
    return path.read_bytes()
