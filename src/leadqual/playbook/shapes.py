"""Which tables a document has, with which keys, and what each becomes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import field, fields, frozen

from leadqual.axis import Cap
from leadqual.canonical import key_of
from leadqual.conditions import All
from leadqual.fit.values import Band, Criterion, Fit, Gate, Table
from leadqual.interest.values import Interest, InterestRule, Per
from leadqual.lifecycle.hours import BusinessHours
from leadqual.lifecycle.values import Lifecycle, Recycle, RecyclePolicy, Sla, Stage, Transition
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.people import Hint, Need, Persona, Sign
from leadqual.nurture.sequences import Branch, Ending, Entry, Goal, Pool, Sequence, Step
from leadqual.nurture.settings import Effort, Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.playbook.examples import Example, ExampleEvent, Expectation
from leadqual.playbook.mapping import FileFormat
from leadqual.playbook.objectives import Objective
from leadqual.scoring.combine import Combine
from leadqual.scoring.declared import Attribute
from leadqual.scoring.qualify import Bar, Qualify

SCHEMA: Final = 1
"""The newest meaning of documents that this release knows."""


@frozen
class Anything:
    """A text, number, boolean or list that the model itself checks."""


@frozen
class Several:
    """A list of texts; one may be written alone."""


@frozen
class Whole:
    """A whole number, or a list of them; 3.0 is 3."""


@frozen
class Words:
    """A table of anything, such as points by value.

    Attributes:
        whole: Whether it holds whole numbers.
    """

    whole: bool = False


@frozen
class Question:
    """A condition."""


@frozen
class Curve:
    """A decay curve."""


@frozen
class Scorers:
    """A list of tables, each tagged with the ``kind`` of an installed extension.

    Attributes:
        axis: ``"fit"`` or ``"interest"``.
    """

    axis: str


@frozen
class Tagged:
    """A table tagged with the ``kind`` of an extension, or its kind alone.

    Attributes:
        axis: ``"planner"``.
    """

    axis: str


@frozen
class Listing:
    """A list of tables of one shape.

    Attributes:
        part: Shape of each.
        inline: Whether it is written in a line, not under headers.
    """

    part: "Keys"
    inline: bool = False


@frozen
class Named:
    """A table of tables, or of lists of tables, of one shape, under names of the user's.

    Attributes:
        part: Shape of each.
        short: Whether a part may be written as one text, passed on as it is.
    """

    part: "Keys | Listing"
    short: bool = False


@frozen(hash=False)
class Keys:
    """A table with known keys, which becomes a value.

    Attributes:
        becomes: The class of the value.
        nested: Shape of each key that is not `Anything`.
        needed: Keys that must be there, each with what stands in for it while the other problems are looked for.
        short: Short ways to write a key: the key it stands for, and what its value becomes.
        text: The key that a bare text stands for, if the whole may be written as one.
        single: Keys of the only part of a list that may stand in the table itself: the key of the list.
        loose: The key to whose table every name belongs that is no key.
        instead: What stands in for one that cannot be built; what `needed` says when absent.
        fields: The field of the class for every key, in the order of the class.
    """

    becomes: type[Any]
    nested: Mapping[str, "Shape"] = {}
    needed: Mapping[str, Any] = {}
    short: Mapping[str, tuple[str, Callable[[Any], Any]]] = {}
    text: str | None = field(default=None, kw_only=True)
    single: Mapping[str, str] = field(default={}, kw_only=True)
    loose: str | None = field(default=None, kw_only=True)
    instead: Mapping[str, Any] = field(default={}, kw_only=True)

    fields: Mapping[str, str] = field(init=False)

    @fields.default
    def _fields(self) -> Mapping[str, str]:
        return {key_of(each.name): each.name for each in fields(self.becomes) if each.init}

    @property
    def names(self) -> tuple[str, ...]:
        """Every key, in the order of the class."""
        return tuple(self.fields)

    def built(self, values: Mapping[str, Any]) -> Any:
        """Return the value that keys with what they became make.

        Args:
            values: What each key became.
        """
        return self.becomes(**{self.fields[key]: value for key, value in values.items()})


Shape = Anything | Several | Whole | Words | Question | Curve | Scorers | Tagged | Listing | Named | Keys

_ALWAYS: Final = All(())
_CAP: Final = Keys(Cap)
_CRITERION: Final = Keys(Criterion, {"when": Question()}, {"when": _ALWAYS, "points": 0})
_TABLE: Final = Keys(Table, {"bands": Listing(Keys(Band, {}, {"points": 0})), "values": Words()}, {"field": ""})
_GATE: Final = Keys(Gate, {"when": Question()}, {"reason": "gate", "when": _ALWAYS})
FIT: Final = Keys(
    Fit,
    {
        "criteria": Listing(_CRITERION),
        "tables": Listing(_TABLE),
        "groups": Named(_CAP),
        "gates": Listing(_GATE),
        "grades": Words(),
        "scorers": Scorers("fit"),
    },
)
_RULE: Final = Keys(
    InterestRule,
    {"when": Question(), "per": Keys(Per, {}, {"days": 1, "times": 1}), "decay": Curve()},
    {"event": "event", "points": 0},
    {"per_day": ("per", lambda times: Per(days=1, times=times))},
)
INTEREST: Final = Keys(
    Interest,
    {
        "decay": Curve(),
        "rules": Listing(_RULE),
        "groups": Named(_CAP),
        "levels": Words(),
        "scorers": Scorers("interest"),
    },
)
COMBINE: Final = Keys(Combine, {"floors": Words(), "cells": Words()})
_BAR: Final = Keys(Bar, {"when": Question(), "stay": Question()}, {"when": _ALWAYS})
QUALIFY: Final = Keys(Qualify, {"mql": _BAR, "sql": _BAR})
ATTRIBUTES: Final = Named(Keys(Attribute, {}, {"type": "text"}), short=True)
FILES: Final = Named(Keys(FileFormat))

MODEL: Final[Mapping[str, Shape]] = {
    "day_starts": Anything(),
    "attributes": ATTRIBUTES,
    "properties": Words(),
    "lists": Words(),
    "fit": FIT,
    "interest": INTEREST,
    "combine": COMBINE,
    "qualify": QUALIFY,
}
"""The top-level tables that make the scoring model."""
OBJECTIVES: Final = Named(
    Keys(
        Objective,
        {"criteria": Words(), "rules": Words(), "bands": Words(), "combine": COMBINE, "qualify": QUALIFY},
    )
)
_EVENT: Final = Keys(ExampleEvent, {"properties": Words()}, {"kind": "event"})
EXAMPLES: Final = Listing(
    Keys(
        Example,
        {"expect": Keys(Expectation), "lead": Words(), "events": Listing(_EVENT)},
        {"name": "example", "expect": Expectation(total=0)},
    )
)
_TRANSITION: Final = Keys(
    Transition,
    {"when": Question()},
    {"name": "transition", "from": (), "to": "", "on": ()},
)
LIFECYCLE: Final = Keys(
    Lifecycle,
    {
        "stages": Listing(Keys(Stage, {}, {"name": ""})),
        "transitions": Listing(_TRANSITION),
        "touches": Several(),
        "replies": Several(),
        "captures": Several(),
        "hand_raise_days": Whole(),
        "return_days": Whole(),
        "reopen_days": Whole(),
    },
)
_POLICY: Final = Keys(
    RecyclePolicy,
    {"rest_months": Whole(), "spread_days": Whole(), "attempts": Whole(), "reasons": Words(whole=True)},
)
RECYCLE: Final = Keys(Recycle, {"inbound": _POLICY, "outbound": _POLICY, "partner": _POLICY})
SLA: Final = Named(Keys(Sla, {}, {"within": "1d"}), short=True)
CALENDAR: Final = Keys(BusinessHours, {"days": Words()})
_WAIT: Final = Keys(Wait, {"days": Whole(), "months": Whole()}, text="elapsed")
_WINDOW: Final = Keys(SendWindow, {"days": Words()})
NURTURE: Final = Keys(
    Nurture,
    {
        "windows": Named(_WINDOW),
        "without_zone": Words(),
        "bases": Listing(Keys(BasisRule, {}, {"basis": "opt_in"})),
        "offers": Words(),
        "effort": Listing(Keys(Effort, {"within": Whole(), "cost": Whole()}, {"cost": 0})),
    },
)
_FREQUENCY: Final = Keys(
    FrequencyCap, {"times": Whole(), "days": Whole()}, {"times": 1}, instead={"times": 1, "days": 1}
)
_BY_CHANNEL: Final = Named(Listing(_FREQUENCY, inline=True))
CAPS: Final = Keys(Caps, {"marketing": _BY_CHANNEL, "requested": _BY_CHANNEL, "sales": _BY_CHANNEL}, loose="marketing")
CONTENT: Final = Named(Keys(Content, {"cost": Whole()}, {"kind": "article"}))
_SIGN: Final = Keys(Sign, {"when": Question()}, {"when": _ALWAYS})
PERSONAS: Final = Listing(
    Keys(
        Persona,
        {"signs": Listing(_SIGN), "least": Whole()},
        {"name": "persona", "signs": (Sign(when=_ALWAYS),)},
        single={"when": "signs"},
    )
)
_HINT: Final = Keys(Hint, {"when": Question(), "points": Whole()}, {"on": ("event",)})
NEEDS: Final = Named(Keys(Need, {"offer_points": Whole(), "hints": Listing(_HINT), "least": Whole()}))
_ENDING: Final = Keys(Ending)
_BRANCH: Final = Keys(Branch, {"when": Question(), "within": _WAIT}, {"on": ("event",), "within": Wait(elapsed="1d")})
_STEP: Final = Keys(
    Step,
    {
        "wait": _WAIT,
        "pool": Keys(Pool),
        "when": Question(),
        "window": _WINDOW,
        "branch": _BRANCH,
        "on_end": _ENDING,
    },
    {"name": "step"},
)
SEQUENCES: Final = Named(
    Keys(
        Sequence,
        {
            "enter": Keys(Entry, {"properties": Question(), "when": Question()}),
            "goals": Listing(Keys(Goal, {"when": Question()}, {"on": ("event",)})),
            "on_end": _ENDING,
            "priority": Whole(),
            "moved": Words(),
            "arms": Words(whole=True),
            "holdout": Whole(),
            "planner": Tagged("planner"),
            "steps": Listing(_STEP),
        },
    )
)

BESIDE: Final[Mapping[str, Shape]] = {
    "lifecycle": LIFECYCLE,
    "recycle": RECYCLE,
    "sla": SLA,
    "calendar": CALENDAR,
    "nurture": NURTURE,
    "caps": CAPS,
    "personas": PERSONAS,
    "needs": NEEDS,
    "content": CONTENT,
    "sequences": SEQUENCES,
    "objectives": OBJECTIVES,
    "examples": EXAMPLES,
    "labels": Words(),
    "columns": Words(),
    "files": FILES,
}
"""The top-level tables beside the model."""
NURTURING: Final = ("nurture", "caps", "personas", "needs", "content", "sequences")
"""The top-level tables that say how leads are nurtured."""
TOP: Final = ("schema", "name", "version", *MODEL, *BESIDE)
"""Every top-level key, in the order in which a document is written."""
