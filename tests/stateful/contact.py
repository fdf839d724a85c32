"""What `contact.toml` says of touches, once more and plainly: to be held against what goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

HOME: Final = ("Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid")
"""Where a lead may be whose zone is not known: in the playbook's only market."""
ZONES: Final = (
    None, "Europe/Madrid", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Pacific/Apia", "Africa/Cairo", "UTC",
)  # fmt: skip
HOURS: Final = {"email": ((9 * 60, 18 * 60),), "phone": ((10 * 60, 13 * 60), (15 * 60, 17 * 60))}
"""By channel, open minutes of Monday to Friday."""
LOUD: Final = (8 * 60, 21 * 60)
"""Outside of these minutes it is quiet, on every channel."""
OWN_HOURS: Final = {("strong", "next"): (11 * 60, 20 * 60)}
"""By step, minutes of its own."""
HOLIDAYS: Final = {
    date(2026, 3, 27), date(2026, 4, 3), date(2026, 5, 1), date(2026, 10, 12), date(2026, 12, 25), date(2027, 1, 6),
}  # fmt: skip
CAPS: Final[dict[tuple[str, str], tuple[tuple[int | str, int], ...]]] = {
    ("marketing", "email"): ((1, 1), (7, 3), ("month", 9)),
    ("marketing", "sms"): (("week", 1),),
    ("marketing", "letter"): ((1, 0),),
    ("marketing", "*"): (("day", 2), (3, 4)),
    ("sales", "phone"): (("week", 2),),
    ("sales", "*"): ((1, 1),),
}
"""By kind of touch and channel: days or a period, and how many at most."""
STAGES: Final = {"back": ("lead", "mql", "recycle"), "asleep": ("recycle",)}
"""By sequence, where it runs; any other in the open stages before sales."""
OPEN: Final = ("lead", "mql")
PRIORITIES: Final = {"strong": 5, "once": 2, "education": 0, "back": 0}
"""Of the sequences that run one at a time."""
ARMS: Final = {("education", "longer"): "long", ("strong", "first"): "long"}
"""Steps of one arm only."""
COOL: Final = {"education": timedelta(days=2), "daily": timedelta(hours=12)}
"""By sequence, how long after its end nobody comes in again."""
ALWAYS: Final = {"strong", "warm", "daily", "best", "back", "asleep"}
"""Sequences in which somebody who is in it may begin anew at once."""
_DAY: Final = timedelta(days=1)
WAITS: Final = {
    ("education", "article"): _DAY / 4, ("education", "longer"): _DAY, ("strong", "last"): timedelta(minutes=90),
    ("warm", "keep"): 2 * _DAY, ("warm", "text"): 3 * _DAY, ("daily", "mail"): timedelta(hours=30),
    ("daily", "ring"): timedelta(hours=20), ("once", "offer"): 27 * _DAY, ("back", "again"): _DAY,
    ("back", "still"): 2 * _DAY, ("asleep", "wake"): 5 * _DAY,
}  # fmt: skip
"""By step, the least time after what came before."""
EXPIRES: Final = timedelta(days=3)
REQUESTS: Final = ("download", "demo_request")
"""Acts by which something is asked for."""
RIVAL: Final = "@rival.example"
