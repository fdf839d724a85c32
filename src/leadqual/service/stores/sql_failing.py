"""What Postgres says when something fails, as errors of ours that say what to do, without any value of a row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from leadqual.errors import Kind, Problem, StoreBusy, StoreError
from leadqual.service.store import Taken

_TAKEN: Final = ("23505", "40001", "40P01")
_BUSY: Final = {
    "55P03": "somebody else holds what was to be changed",
    "57014": "the server ended what took too long",
    "53300": "the server has no connection left",
}
_ANSWERS: Final = {
    "53100": ("the disk of the server is full", "Make room and try again."),
    "53": ("the server has run out of something", "See its log."),
    "28": ("the server does not let this user in", "See to the user and the password."),
    "3D": ("there is no such database", "Make it: createdb NAME."),
    "42501": ("the user has no right to do this", "Let the user make and use tables in the schema."),
    "25006": ("the database can only be read", "Name the server that may be written."),
    "42": ("the tables are not those of this release", "Name another database, or upgrade leadqual."),
    "57P": ("the server ended the connection, or is not up yet", "Try again when it is up."),
    "54": ("a text is too long for Postgres", "Clean it where it comes from."),
    "08": ("the connection broke", "See that the server is up, and try again."),
    "XX": ("the database is damaged", "See the log of the server."),
    "23": ("the database refuses a row", "See whether a rule was added to the tables; the log of the server names it."),
}
_BROKEN: Final = (
    "the server cannot be reached, or the connection broke",
    "See that the server is up, and the error that caused this one.",
)
_OTHERWISE: Final = ("Postgres cannot do it", "See the error that caused this one.")
_BUSY_HINT: Final = "Try again; nothing was written."


@contextmanager
def told(where: str) -> Iterator[None]:
    """Let an error of SQLAlchemy, or of its driver, leave as one of ours.

    Args:
        where: Which store it is.

    Raises:
        StoreBusy: If somebody else holds what is to be changed for too long.
        StoreError: If the store cannot be used.
        Taken: If somebody else was faster.
    """
    try:
        yield
    except DBAPIError as error:
        # SQLAlchemy's own message may hold values, and so does Postgres' own where a rule of the host's refuses a row
        raise _failure(error, where) from (None if _state(error).startswith("23") else error.orig)
    except NoConnection as error:
        raise _busy("all connections of the engine are in use", "no connection", where) from error
    except SQLAlchemyError as error:
        what, hint = _OTHERWISE
        raise StoreError([Problem(where=where, what=what, got=Kind(type(error).__name__), hint=hint)]) from None


def _state(error: DBAPIError) -> str:
    """Return the five letters by which Postgres names an error; none if it does not come from there."""
    return getattr(error.orig, "sqlstate", None) or ""


def _failure(error: DBAPIError, where: str) -> Exception:
    state = _state(error) or None
    if state in _TAKEN:
        return Taken()
    if state in _BUSY:
        return _busy(_BUSY[state], state, where)
    kinds = (answer for start, answer in _ANSWERS.items() if state is not None and state.startswith(start))
    what, hint = next(kinds, _BROKEN if state is None else _OTHERWISE)
    return StoreError([Problem(where=where, what=what, got=Kind(state or type(error.orig).__name__), hint=hint)])


def _busy(what: str, got: str, where: str) -> StoreBusy:
    return StoreBusy([Problem(where=where, what=what, got=Kind(got), hint=_BUSY_HINT)])
