"""The web server: who may ask for what, and what is answered when something is wrong."""

import contextlib
import json
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from leadqual.errors import (
    CommandReused,
    EventConflict,
    LeadqualError,
    ProblemsError,
    StoreError,
    TransitionError,
    UnknownLead,
)
from qualification import page
from qualification.answers import consent, events, form, lead, standing, unsubscribe, verdict
from qualification.desk import Desk, log

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_DRAINED = 4_194_304
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_STATUS: tuple[tuple[type[LeadqualError], HTTPStatus], ...] = (
    (UnknownLead, HTTPStatus.NOT_FOUND),
    (EventConflict, HTTPStatus.CONFLICT),
    (CommandReused, HTTPStatus.CONFLICT),
    (TransitionError, HTTPStatus.CONFLICT),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ProblemsError, HTTPStatus.BAD_REQUEST),
)
"""What is answered when the library refuses something; the first that fits."""


class Post(NamedTuple):
    """What may be posted to an address.

    Attributes:
        most: How many bytes at most.
        kinds: Of which media types; of any if there are none.
        answer: Takes the desk, the media type, the body and the rest of the path, and answers.
    """

    most: int
    kinds: tuple[str, ...]
    answer: Callable[[Desk, str, bytes, str], tuple[HTTPStatus, Mapping[str, Any]]]


_JSON = "application/json"
_FIELDS = "application/x-www-form-urlencoded"
_POSTS = {
    "forms": Post(65_536, (_JSON, _FIELDS), form),
    "events": Post(1_048_576, (_JSON,), events),
    "verdicts": Post(16_384, (_JSON,), verdict),
    "consents": Post(16_384, (_JSON,), consent),
    "unsubscribe": Post(1_024, (), unsubscribe),
}
"""Only forms may come from a browser; a page elsewhere cannot make one send JSON here."""


class Server(ThreadingHTTPServer):
    """The web server: one thread a connection.

    Args:
        address: Host and port.
        desk: What it shares with the workers.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], desk: Desk) -> None:
        self.desk = desk
        super().__init__(address, Handler)

    def handle_error(self, request: Any, client_address: object) -> None:
        """Answer what nobody has foreseen, and go on; nothing that came is shown."""
        del client_address
        error = sys.exception()
        log(f"failed: {type(error).__name__}")
        if not isinstance(error, OSError):
            with contextlib.suppress(OSError):
                request.sendall(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "leadqual-example"
    sys_version = ""
    timeout = 15

    def do_GET(self) -> None:
        """Show something."""
        self._guarded(self._get)

    def do_POST(self) -> None:
        """Take something in."""
        self._guarded(self._post)

    def _get(self) -> None:
        address = urlsplit(self.path)
        name, _, rest = address.path.strip("/").partition("/")
        if not name:
            asked = parse_qs(address.query).get("lead", [""])[0]
            self._page(page.start(self.server.desk, asked))
        elif name == "style.css":
            self._reply(HTTPStatus.OK, page.STYLE.encode(), "text/css; charset=utf-8")
        elif name == "decisions" and not rest:
            self._data(HTTPStatus.OK, {"decisions": self.server.desk.outbox.newest(500)})
        elif name == "standing" and not rest:
            self._data(HTTPStatus.OK, standing(self.server.desk))
        elif name == "leads" and rest:
            self._data(HTTPStatus.OK, lead(self.server.desk, unquote(rest)))
        elif name == "unsubscribe" and self.server.desk.lead_of(rest) is not None:
            self._page(page.unsubscribing(self.path))
        else:
            self._error(HTTPStatus.NOT_FOUND, "there is nothing here", "Ask for /, /decisions, /standing or /leads/ID.")

    def _post(self) -> None:
        name, _, rest = urlsplit(self.path).path.strip("/").partition("/")
        body, kind = self._body(_POSTS[name].most if name in _POSTS else 0), self.headers.get_content_type()
        if name not in _POSTS or (rest and name != "unsubscribe"):
            known = ", ".join(f"/{one}" for one in _POSTS)
            self._error(HTTPStatus.NOT_FOUND, "nothing can be posted here", f"POST to {known}.")
        elif body is None:
            return
        elif _POSTS[name].kinds and kind not in _POSTS[name].kinds:
            hint = f"Send it as {' or '.join(_POSTS[name].kinds)}."
            self._error(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "another media type was expected", hint)
        else:
            status, answer = _POSTS[name].answer(self.server.desk, kind, body, rest)
            self.server.desk.wake.set()
            if name == "forms" and kind == _FIELDS:
                self._reply(
                    HTTPStatus.SEE_OTHER, b"", "text/plain", Location=f"/?lead={quote(answer['lead_id'] or '')}"
                )
            elif name == "unsubscribe":
                self._page(page.message("You are off the list. Nothing more will come."))
            else:
                self._data(status, answer)

    def _body(self, most: int) -> bytes | None:
        """Return the body; nothing if it cannot be taken, which is answered."""
        text = self.headers.get("Content-Length", "")
        length = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else -1
        if length < 0:
            self.close_connection = True
            self._error(HTTPStatus.LENGTH_REQUIRED, "the length of the body is missing", "Send Content-Length.")
        elif length > most > 0:
            self.close_connection = length > _DRAINED
            self._drain(min(length, _DRAINED))
            self._error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large", f"Send {most:,} bytes at most.")
        elif not most:
            self.close_connection = length > _DRAINED
            self._drain(min(length, _DRAINED))
        else:
            return self.rfile.read(length)
        return None

    def _drain(self, length: int) -> None:
        """Read what is not wanted, so that the other side comes to read the answer."""
        while length > 0 and (piece := self.rfile.read(min(length, 65_536))):
            length -= len(piece)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Answer; whatever the library refuses becomes a clean answer."""
        try:
            if not self._is_for_us():
                self.close_connection = True
                self._error(HTTPStatus.MISDIRECTED_REQUEST, "this is another host", "Ask for 127.0.0.1 or localhost.")
                return
            work()
        except LeadqualError as error:
            self._refuse(error)
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def _is_for_us(self) -> bool:
        """Tell whether the host was meant: a page elsewhere may have had its name point at this machine."""
        if self.server.server_address[0] not in ("127.0.0.1", "::1"):
            return True
        host = self.headers.get("Host", "localhost")
        return host.removesuffix(f":{self.server.server_port}") in _LOOPBACK

    def _refuse(self, error: LeadqualError) -> None:
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
        problems = error.problems if isinstance(error, ProblemsError) else ()
        found: dict[str, Any] = {
            "problems": [
                {"where": one.where, "what": one.what, "got": str(one.got), "hint": one.hint} for one in problems
            ]
            or [{"where": "", "what": str(error), "got": "", "hint": ""}]
        }
        if isinstance(error, TransitionError):
            found["allowed"] = list(error.allowed)
        self._data(status, found)

    def _error(self, status: HTTPStatus, what: str, hint: str) -> None:
        self._data(status, {"problems": [{"where": "", "what": what, "got": "", "hint": hint}]})

    def _data(self, status: HTTPStatus, data: Mapping[str, Any]) -> None:
        self._reply(status, f"{json.dumps(data, indent=2)}\n".encode(), _JSON)

    def _page(self, text: str) -> None:
        self._reply(HTTPStatus.OK, text.encode(), "text/html; charset=utf-8")

    def _reply(self, status: HTTPStatus, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        waits = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
        closes = {"Connection": "close"} if self.close_connection else {}
        told = {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in {**_SAFE, **told, **headers, **waits, **closes}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what the server itself refuses, such as a method that nobody knows."""
        del message, explain
        self.close_connection = True
        status = HTTPStatus(code)
        self._error(status, status.phrase.lower(), "Ask with GET or POST.")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Note what was asked for, without what may be personal: no ids, no queries, no addresses."""
        del size
        name = urlsplit(getattr(self, "path", "")).path.strip("/").partition("/")[0]
        known = name if name in {*_POSTS, "decisions", "leads", "standing", "style.css", ""} else "…"
        log(f"{getattr(self, 'command', None)} /{known} {int(code)}")

    def log_message(self, format: str, *args: object) -> None:
        """Note nothing else: what the library of the server would say shows what came."""
