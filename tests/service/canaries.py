"""Words that stand nowhere else, put wherever a host may put something personal; whoever finds one has found a leak."""

import re
import sqlite3
import traceback
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from attrs import field, frozen

from leadqual import ConsentChange, Event, Qualifier, Verdict, loads
from leadqual.playbook.registry import Registry
from leadqual.service import Form
from leadqual.service.stores.sqlite import SQLiteStore
from leadqual.service.stores.sqlite_pool import Connections
from tests.core.lifecycle.small import FIT, INTEREST, QUALIFY
from tests.core.qualifier.nurtured import CONTENT, OPEN_DOORS, mail, sequence
from tests.practice.life import on

STEM = "kan" + "ari"
"""What is in every word of whom is to be forgotten; in two halves, so that no line of source shows it."""
BYSTANDER = "jil" + "guero"
"""The same in every word of those who stay."""
_HEAD = """
schema = 1
name = "canaries"
version = "1"
[attributes]
size = "text"
full_name = "text"
notes = "text"
employees = "integer"
[properties]
page = "text"
comment = "text"
people = "integer"
"""
_BY_PEOPLE = """
[[interest.rules]]
event = "booking"
when = { field = "people", op = "ge", value = 2 }
points = 5
"""


class Set(Connections):
    """Connections of which each has a setting of its own.

    Args:
        store: The store that has them from now on.
        path: Its file.
        setting: A statement.
    """

    def __init__(self, store: SQLiteStore, path: Path, setting: str) -> None:
        super().__init__(path, timedelta(milliseconds=20))
        store.close()
        store._connections = self
        self.setting = setting

    def _connect(self) -> sqlite3.Connection:
        connection = super()._connect()
        connection.execute(self.setting)
        return connection


class Canaries:
    """Makes words, each another one, and finds them again.

    Args:
        stem: What is in all of them.
    """

    def __init__(self, stem: str = STEM) -> None:
        self.stem = stem
        self.made: list[str] = []
        self._numbers = count()

    def word(self) -> str:
        """Return the next word, with a letter that JSON may escape."""
        self.made.append(f"{self.stem}ñ{next(self._numbers):05}")
        return self.made[-1]

    def email(self) -> str:
        """Return an address."""
        self.made.append(f"{self.stem}{next(self._numbers):05}@{self.stem}.example")
        return self.made[-1]

    def seen_in(self, *texts: str) -> list[str]:
        """Return where the stem stands in texts, with what stands around it, in any case."""
        around = re.compile(f".{{0,60}}{self.stem}.{{0,20}}", re.IGNORECASE)
        return [found for text in texts for found in around.findall(text)]

    def form(self, name: str, day: float = 0, /, **more: Any) -> Form:
        """Return a form in which everything that may be personal is a canary."""
        word = self.word
        given: dict[str, Any] = {
            "email": self.email(),
            "phone": f"{word()} 600",
            "visitor": word(),
            "company_id": word(),
            "campaign": word(),
            "page": f"/prices?from={word()}",
            "attributes": {"size": "big", "full_name": word(), "notes": word(), "employees": 7},
            "properties": {"comment": word(), "people": 3},
            "consents": (
                ConsentChange(channel="email", purpose="news", given=True, actor=word(), source=word(), wording=word()),
            ),
        }
        return Form(id=name, at=on(day), **(given | more))

    def act(self, name: str, lead_id: str, day: float = 1, kind: str = "visit", /, **more: Any) -> Event:
        """Return an act of a lead with a canary in each property."""
        said: dict[str, Any] = {"page": self.word(), "comment": self.word()}
        return Event(id=name, lead_id=lead_id, kind=kind, at=on(day), properties=said | more)

    def verdict(self, verdict: Any = "maybe", **more: Any) -> Verdict:
        """Return a verdict with canaries."""
        return Verdict(verdict, reason=self.word(), actor=self.word(), **more)


@frozen
class Speaking:
    """A planner that fails, or says what it should not, with whatever it was told to say."""

    kind: ClassVar[str] = "speaking"
    said: ClassVar[list[Any]] = []
    limit: int = field(default=1)

    def propose(self, _asked: Any, _place: Any, _options: Any, /) -> Any:
        """Fail with what is to be said."""
        for one in self.said:
            if isinstance(one, Exception):
                raise one
            return one
        return None


def playbook(*, planner: bool = False) -> Qualifier:
    """Return what a playbook makes of leads that reads what canaries stand in.

    Args:
        planner: Whether somebody else's planner plans its sequence.
    """
    more = {"planner": '{ kind = "speaking" }'} if planner else {}
    one = sequence("one", mail("a", "1d"), mail("b", "4d"), **more)
    parts = (_HEAD, FIT, INTEREST, _BY_PEOPLE, QUALIFY.replace("15", "90"), OPEN_DOORS, CONTENT, one)
    return Qualifier(loads("\n".join(parts), registry=Registry().with_planner(Speaking)))


def everything_of(error: BaseException) -> list[str]:
    """Return all that may come into a log of an error: its traceback with all that caused it, its texts, its parts."""
    texts = traceback.format_exception(error)
    seen: list[BaseException | None] = [error]
    while (last := seen.pop()) is not None:
        texts += [str(last), repr(last), repr(last.args)]
        texts += [repr(problem) for problem in getattr(last, "problems", ())]
        texts += list(getattr(last, "__notes__", ()))
        seen.append(last.__cause__ or (None if last.__suppress_context__ else last.__context__))
    return texts
