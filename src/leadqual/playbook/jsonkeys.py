"""What each key of a document takes, as JSON Schema, where its Python type does not say it all."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from leadqual.conditions.fieldtypes import DECLARABLE
from leadqual.fit.plan import LETTERS
from leadqual.fit.values import Band, Criterion, Fit, Table
from leadqual.interest.build import DIGITS
from leadqual.interest.values import Interest, InterestRule, Per
from leadqual.languages import LANGUAGES
from leadqual.lead import BUILT_IN
from leadqual.lifecycle.hours import MOST_INTERVALS, WEEKDAYS, BusinessHours
from leadqual.lifecycle.values import TRIGGERS, Lifecycle, RecyclePolicy, Sla, Stage, Transition
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import PERIODS, Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.people import Hint, Need, Persona, Sign
from leadqual.nurture.presets import PRESETS
from leadqual.nurture.sequences import EXITS, Branch, Ending, Entry, Goal, Pool, Sequence, Step
from leadqual.nurture.settings import Effort, Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.playbook.examples import Example, ExampleEvent, Expectation
from leadqual.playbook.jsonparts import WORD, Schema, listing, number, table
from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS, VERDICT_COLUMNS, FileFormat
from leadqual.playbook.objectives import Objective
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.combine import KINDS, Combine
from leadqual.scoring.declared import EVENT_COLUMNS as TAKEN_OF_EVENTS
from leadqual.scoring.declared import LEAD_COLUMNS as TAKEN_OF_LEADS
from leadqual.scoring.declared import RESERVED, Attribute
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.qualify import Qualify

_EARNED: Final = number(-10_000, 10_000)
_BOUND: Final = number(-1_000_000, 1_000_000)
_DAYS: Final = number(1, 36_500, "integer")
_BARS: Final = listing({"enum": ["mql", "sql"]})
_KINDS: Final[Schema] = {"anyOf": [WORD, listing(WORD, most=1_000)]}
_MONTHS: Final = number(1, 60, "integer")
_SPAN: Final = number(0, 3_650, "integer")
_TRIGGER: Final[Schema] = {"enum": list(TRIGGERS)}
_HOURS: Final = listing(
    {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$", "examples": ["09:00-18:00"]},
    most=MOST_INTERVALS,
)
_PHASE: Final[Schema] = {"enum": ["TOFU", "MOFU", "BOFU"]}
_PHASES: Final[Schema] = {"anyOf": [_PHASE, listing(_PHASE)]}
_BUSINESS: Final[Schema] = {"type": "string", "pattern": "^[1-9][0-9]{0,4}[mhd]$", "examples": ["4h", "2d"]}
_ELAPSED: Final[Schema] = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,6})[mhdw]$", "examples": ["2h", "3d"]}
_SHARE: Final = number(0, 100, "integer")
_HOW_OFTEN: Final = number(1, 10_000, "integer")
_COST: Final = number(0, 1_000_000_000, "integer")
_OWN: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[^:]*$"}
_LABELS: Final = table({"type": "string", "minLength": 1, "maxLength": 200})


def _columns(known: Iterable[str]) -> Schema:
    return {**table(WORD), "properties": dict.fromkeys(known, WORD)}


_NAME: Final = "^[a-z][a-z0-9_]{0,62}$"
_TAKEN: Final = sorted({*RESERVED, *BUILT_IN, *TAKEN_OF_LEADS, *TAKEN_OF_EVENTS})
BY_NAME: Final[Mapping[str, Schema]] = {
    "points": _EARNED,
    "other": _EARNED,
    "max": number(0, 1_000_000),
    "min": number(-1_000_000, 0),
    "name": WORD,
    "group": WORD,
    "reason": WORD,
    "kind": WORD,
}
"""What keys of a name take in every table, if the table is not in `BY_KEY`."""

BY_KEY: Final[Mapping[tuple[type, str], Schema]] = {
    (ScoringModel, "day_starts"): {
        "type": "string",
        "pattern": "^[+-]([01][0-9]|2[0-3]):[0-5][0-9]$",
        "examples": ["-06:00"],
    },
    (ScoringModel, "properties"): table({"enum": list(DECLARABLE)}, pattern=_NAME),
    (ScoringModel, "lists"): table(listing(WORD, least=1), pattern=_NAME),
    (Attribute, "type"): {"enum": list(DECLARABLE)},
    (Attribute, "weight"): number(0, 10_000),
    (Criterion, "missing"): _EARNED,
    (Table, "field"): WORD,
    (Table, "values"): table(_EARNED),
    (Table, "missing"): _EARNED,
    (Band, "below"): {"type": "number"},
    (Fit, "grades"): table(_BOUND, names=LETTERS),
    (Interest, "levels"): table(_BOUND, names=DIGITS),
    (Interest, "memory"): number(0, 36_500, "integer"),
    (InterestRule, "event"): {"anyOf": [WORD, listing(WORD, least=1, most=1_000)]},
    (InterestRule, "distinct_by"): WORD,
    (InterestRule, "times"): number(1, 1_000_000, "integer"),
    (InterestRule, "weights"): listing(number(0, 1), least=1, most=1_000),
    (InterestRule, "inactivity"): _DAYS,
    (InterestRule, "per_day"): number(1, 1_000_000, "integer"),
    (Per, "days"): _DAYS,
    (Per, "times"): number(1, 1_000_000, "integer"),
    (Combine, "kind"): {"enum": list(KINDS)},
    (Combine, "fit"): number(-100, 100),
    (Combine, "interest"): number(-100, 100),
    (Combine, "floors"): table(_BOUND, names=("fit", "interest")),
    (Combine, "cells"): table(_BOUND, pattern="^[A-F-]?[1-9]?$"),
    (Qualify, "hand_raise"): listing(WORD),
    (Lifecycle, "initial"): WORD,
    (Lifecycle, "touches"): _KINDS,
    (Lifecycle, "replies"): _KINDS,
    (Lifecycle, "captures"): _KINDS,
    (Lifecycle, "hand_raise_days"): _SPAN,
    (Lifecycle, "return_days"): _SPAN,
    (Lifecycle, "reopen_days"): _SPAN,
    (Stage, "name"): {"type": "string", "pattern": _NAME},
    (Stage, "kind"): {"enum": ["open", "rest", "ended"]},
    (Transition, "from"): {"anyOf": [WORD, listing(WORD, least=1)]},
    (Transition, "to"): WORD,
    (Transition, "on"): {"anyOf": [_TRIGGER, listing(_TRIGGER, least=1)]},
    (Transition, "sla"): WORD,
    (RecyclePolicy, "to"): WORD,
    (RecyclePolicy, "rest_months"): listing(_MONTHS, least=2, most=2),
    (RecyclePolicy, "spread_days"): number(0, 366, "integer"),
    (RecyclePolicy, "attempts"): number(1, 100, "integer"),
    (RecyclePolicy, "reasons"): table(_MONTHS),
    (RecyclePolicy, "nurture"): WORD,
    (RecyclePolicy, "bonus_event"): WORD,
    (Sla, "within"): {"type": "string", "pattern": "^[1-9][0-9]{0,4}[mhd]$", "examples": ["2h", "1d"]},
    (Sla, "escalate"): WORD,
    (BusinessHours, "zone"): {**WORD, "examples": ["Europe/Madrid", "UTC"]},
    (BusinessHours, "hours"): _HOURS,
    (BusinessHours, "weekdays"): listing({"enum": list(WEEKDAYS)}, most=7),
    (BusinessHours, "days"): table(_HOURS, names=WEEKDAYS),
    (BusinessHours, "holidays"): listing({"type": "string", "format": "date"}),
    (Nurture, "home"): {**WORD, "examples": ["Europe/Madrid", "UTC"]},
    (Nurture, "markets"): _KINDS,
    (Nurture, "without_zone"): table({"enum": ["withhold", "home"]}),
    (Nurture, "presets"): {"anyOf": [{"enum": list(PRESETS)}, listing({"enum": list(PRESETS)})]},
    (Nurture, "offers"): table(WORD),
    (Nurture, "meetings"): _KINDS,
    (Nurture, "bounces"): _KINDS,
    (Nurture, "auto_replies"): _KINDS,
    (Nurture, "postpone"): _BUSINESS,
    (Nurture, "expires"): _ELAPSED,
    (Effort, "within"): number(0, 1_000_000, "integer"),
    (Effort, "cost"): _COST,
    (SendWindow, "hours"): _HOURS,
    (SendWindow, "weekdays"): listing({"enum": list(WEEKDAYS)}, most=7),
    (SendWindow, "days"): table(_HOURS, names=WEEKDAYS),
    (SendWindow, "quiet"): {**_HOURS, "examples": [["21:00-08:00"]]},
    (BasisRule, "channels"): _KINDS,
    (BasisRule, "purposes"): _KINDS,
    (BasisRule, "countries"): _KINDS,
    (BasisRule, "confirm_within"): _ELAPSED,
    (FrequencyCap, "times"): number(0, 1_000_000, "integer"),
    (FrequencyCap, "days"): _DAYS,
    (FrequencyCap, "per"): {"enum": list(PERIODS)},
    (Persona, "name"): _OWN,
    (Persona, "least"): _SHARE,
    (Persona, "when"): {"$ref": "#/$defs/condition"},
    (Sign, "points"): number(0.01, 10_000),
    (Hint, "on"): _KINDS,
    (Hint, "points"): _HOW_OFTEN,
    (Need, "offers"): _KINDS,
    (Need, "offer_points"): _HOW_OFTEN,
    (Need, "least"): _HOW_OFTEN,
    (Content, "phases"): _PHASES,
    (Content, "personas"): _KINDS,
    (Content, "needs"): _KINDS,
    (Content, "channels"): _KINDS,
    (Content, "offer"): WORD,
    (Content, "after"): _KINDS,
    (Content, "cost"): _COST,
    (Sequence, "purpose"): WORD,
    (Sequence, "stages"): _KINDS,
    (Sequence, "exits"): {"anyOf": [{"enum": list(EXITS)}, listing({"enum": list(EXITS)})]},
    (Sequence, "again_after"): _ELAPSED,
    (Sequence, "priority"): number(-1_000_000, 1_000_000, "integer"),
    (Sequence, "version"): WORD,
    (Sequence, "moved"): table(_OWN),
    (Sequence, "arms"): table(number(0, 10_000, "integer")),
    (Sequence, "holdout"): _SHARE,
    (Sequence, "salt"): WORD,
    (Entry, "on"): _KINDS,
    (Entry, "stages"): _KINDS,
    (Goal, "on"): _KINDS,
    (Ending, "verdict"): {"enum": ["maybe"]},
    (Ending, "sequence"): _OWN,
    (Step, "name"): _OWN,
    (Step, "channel"): WORD,
    (Step, "content"): _OWN,
    (Step, "task"): WORD,
    (Step, "purpose"): WORD,
    (Step, "arm"): _OWN,
    (Step, "next"): _OWN,
    (Pool, "kinds"): _KINDS,
    (Pool, "phases"): _PHASES,
    (Branch, "on"): _KINDS,
    (Branch, "yes"): _OWN,
    (Branch, "no"): _OWN,
    (Wait, "elapsed"): _ELAPSED,
    (Wait, "days"): number(0, 3_650, "integer"),
    (Wait, "months"): number(0, 120, "integer"),
    (Wait, "business"): _BUSINESS,
    (Wait, "at"): {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["09:30"]},
    (Objective, "criteria"): table(_EARNED),
    (Objective, "rules"): table(_EARNED),
    (Objective, "bands"): table(listing(_EARNED, least=1)),
    (ExampleEvent, "day"): number(0, 3_650, "integer"),
    (ExampleEvent, "times"): number(1, 1_000, "integer"),
    (ExampleEvent, "by"): {"enum": ["lead", "us"]},
    (Expectation, "level"): number(1, 9, "integer"),
    (Expectation, "fit"): _BOUND,
    (Expectation, "interest"): _BOUND,
    (Expectation, "total"): _BOUND,
    (Expectation, "qualifies"): _BARS,
    (Expectation, "stays"): _BARS,
    (Example, "day"): number(0, 3_650, "integer"),
    (Example, "start"): {"type": "string", "format": "date", "examples": ["2026-01-05"]},
    (Playbook, "labels"): {
        **table(_LABELS, names=LANGUAGES),
        "properties": {
            "en": {**_LABELS, "description": "In English."},
            "es": {**_LABELS, "description": "In Spanish."},
        },
    },
    (Playbook, "columns"): {
        "type": "object",
        "properties": {
            "leads": {
                **_columns(LEAD_COLUMNS),
                "description": "Our names of the columns of a leads file, with its own.",
            },
            "events": {**_columns(EVENT_COLUMNS), "description": "Our names of those of an events file, with its own."},
            "verdicts": {
                **_columns(VERDICT_COLUMNS),
                "description": "Our names of those of a verdicts file, with its own.",
            },
        },
        "additionalProperties": False,
    },
    (FileFormat, "zone"): {**WORD, "examples": ["Europe/Madrid", "UTC"]},
    (FileFormat, "dates"): {
        "type": "string",
        "pattern": "^(dd|mm|yyyy)[/.-](dd|mm|yyyy)[/.-](dd|mm|yyyy)( hh:mm(:ss([.]f{1,6})?)?)?$",
        "examples": ["dd/mm/yyyy", "mm/dd/yyyy hh:mm"],
    },
    (FileFormat, "decimal"): {"enum": [".", ","]},
    (FileFormat, "delimiter"): {"type": "string", "minLength": 1, "maxLength": 1, "examples": [";"]},
    (FileFormat, "encoding"): {**WORD, "examples": ["utf-8", "cp1252"]},
}
"""What a key takes, by the class of its table; anything else takes what its Python type says."""

NAMES: Final[Mapping[tuple[type, str], Schema]] = {
    (ScoringModel, "attributes"): {"propertyNames": {"pattern": _NAME, "not": {"enum": _TAKEN}}},
    (ScoringModel, "properties"): {"propertyNames": {"pattern": _NAME, "not": {"enum": _TAKEN}}},
    (Playbook, "files"): {"propertyNames": {"enum": ["leads", "events", "verdicts"]}},
}
"""Which names a table of the user's own names allows."""


def _never_both(*keys: str) -> Schema:
    return {"not": {"required": list(keys)}}


RULES: Final[Mapping[type, Schema]] = {
    InterestRule: {
        "allOf": [
            _never_both("times", "weights"),
            _never_both("per", "per_day"),
            *(
                _never_both("inactivity", other)
                for other in ("distinct_by", "per", "per_day", "times", "weights", "decay")
            ),
        ]
    },
    Table: {
        "anyOf": [
            {"required": ["bands"], "properties": {"bands": {"minItems": 1}}},
            {"required": ["values"], "properties": {"values": {"minProperties": 1}}},
        ]
    },
    Expectation: {"minProperties": 1},
    FrequencyCap: {"oneOf": [{"required": ["days"]}, {"required": ["per"]}]},
    Persona: {"oneOf": [{"required": ["signs"]}, {"required": ["when"]}]},
    Wait: {"oneOf": [{"required": [kind]} for kind in ("elapsed", "days", "months", "business")]},
    Step: {
        "oneOf": [
            {
                "anyOf": [
                    {"required": ["channel"]},
                    {"required": ["task"]},
                    {"required": ["end"], "properties": {"end": {"const": True}}},
                ]
            },
            {"required": ["branch"]},
        ]
    },
}
"""What the keys of a table have to do with one another."""

SAID: Final[Mapping[Any, str]] = {
    "": "One document that says what of a lead is read, what it is worth, and which scores qualify.",
    Combine: "How fit and interest become one total.",
    "schema": "The meaning of the document. The same document scores the same for ever.",
    (ScoringModel, "attributes"): "What is read of a lead, by name: a type, or a table with a type and a weight.",
    (ScoringModel, "day_starts"): "Offset from UTC at which a day starts; one for all leads.",
    (
        Fit,
        "scorers",
    ): "Criteria and tables of installed extensions, each named by its `kind`, with the keys it documents.",
    (Interest, "scorers"): "Rules of installed extensions, each named by its `kind`, with the keys it documents.",
    (InterestRule, "per_day"): "Short for `per = { days = 1, times = … }`.",
    (InterestRule, "decay"): "The rule's own curve; that of `[interest]` when absent.",
    (InterestRule, "inactivity"): "Makes it a rule of silence: the points are earned once for every so many full days "
    "since the lead's last own act of the kinds.",
    Lifecycle: "How a lead moves: its stages, and the transitions between them.",
    (Lifecycle, "preset"): "The lifecycle to begin with; `subscriber` has a stage before lead.",
    (Lifecycle, "initial"): "The stage of a new lead; the first open one when absent.",
    (Lifecycle, "stages"): "All stages in their order, in place of those of `preset`.",
    (Lifecycle, "transitions"): "All transitions in their order, in place of those of `preset`.",
    (Lifecycle, "touches"): "Kinds of our acts that show that a person works on the lead; `call`, `sales_email`, "
    "`meeting` and `visit` when absent.",
    (Lifecycle, "replies"): "Kinds of the lead's acts that answer us; `email_reply` and `call_answered` when absent.",
    (Lifecycle, "captures"): "Kinds of acts by which a subscriber becomes a lead; `download` when absent.",
    (Stage, "kind"): "`rest`: leads wait there for a better time; `ended`: a cycle ends there.",
    (Transition, "from"): "The stages it leaves.",
    (Transition, "on"): "What it waits for: an act, a change of profile, time, the end of a rest, a release, or what a "
    "person says.",
    (Transition, "when"): "Its guard, a condition over score, lead, state and input; when absent it always holds.",
    (Transition, "cycle"): "`next`: the lead begins a new cycle, in which earlier acts do not count.",
    (RecyclePolicy, "rest_months"): "Least and most calendar months of rest; when absent the lead waits for an act of "
    "its own.",
    (RecyclePolicy, "attempts"): "How often a lead may rest in a cycle, after which it waits without a date; without "
    "end when absent.",
    (RecyclePolicy, "then"): "What follows the last attempt; never Lost, which needs a refusal.",
    (BusinessHours, "hours"): 'Open hours of a working day in ascending order; `["09:00-18:00"]` when absent.',
    (BusinessHours, "weekdays"): "The working days; Monday to Friday when absent.",
    (BusinessHours, "days"): "Other hours of single weekdays; a day that is named is a working day.",
    (BusinessHours, "holidays"): "Days on which nothing is open.",
    Nurture: "What holds for every sequence.",
    SendWindow: "When something may be sent, by the lead's clock: at any time, as far as nothing else is said.",
    (SendWindow, "hours"): 'Hours of a day in ascending order, such as `["09:00-14:00", "16:00-19:00"]`; all day when '
    "absent.",
    (SendWindow, "weekdays"): "The days on which it is open, by the lead's calendar; every day when absent.",
    (SendWindow, "days"): "Other hours for single weekdays; a day that is named is open.",
    (SendWindow, "quiet"): "Hours in which nothing is sent on any day, whatever the others say; they may cross "
    "midnight.",
    BasisRule: "What touches of some channels and purposes need in some countries.",
    (BasisRule, "basis"): "`opt_in`: the lead has agreed; `opt_out`: it has not objected; `none`: nothing. After a "
    "withdrawal nothing goes under any.",
    (BasisRule, "channels"): "The channels; all when absent.",
    (BasisRule, "purposes"): "The purposes; all when absent. Answers to requests are not meant: they need nothing.",
    (BasisRule, "countries"): "ISO 3166-1 codes of the countries; every country when absent.",
    (BasisRule, "confirmed"): "`true` if the lead has to have confirmed its consent: a double opt-in.",
    (BasisRule, "confirm_within"): "How long it has time to, elapsed, such as `7d`; without end when absent.",
    Caps: "How often a lead may be touched: by channel the caps of marketing touches, `*` for all channels together.",
    (Caps, "marketing"): "Caps of marketing touches by channel; they may stand in `[caps]` itself.",
    (Caps, "requested"): "Caps of answers to requests by channel.",
    (Caps, "sales"): "Caps of one-to-one sales touches by channel.",
    (FrequencyCap, "days"): "In any span of so many times 24 hours.",
    (FrequencyCap, "per"): "In each day, week (from Monday) or month of the lead's calendar. Either this or `days`.",
    (Persona, "when"): "The only sign of the persona, a condition over the lead's fields.",
    (Persona, "least"): "Lowest confidence, in per cent, at which somebody is taken for it.",
    (Nurture, "offers"): "By kind of the acts that take offers, the property that names the offer; `download` and "
    "`asset` when absent.",
    (Nurture, "meetings"): "Kinds of acts that are meetings; `meeting` and `meeting_booked` when absent.",
    (Nurture, "bounces"): "Kinds of events that say that an address does not exist; `hard_bounce` when absent.",
    (Nurture, "auto_replies"): "Kinds of acts of machines that answer; they only postpone. `auto_reply` when absent.",
    (Nurture, "presets"): "Names of sets of windows and bases that come with leadqual: data, not legal advice.",
    (Sequence, "arms"): "Weights of an experiment's arms by name, such as `{ short = 50, long = 50 }`.",
    (Pool, "kinds"): 'Kinds of content, such as `["article", "case_study"]`; all when absent.',
    (Pool, "phases"): "Phases of the purchase cycle; that of the lead's stage when absent.",
    (
        Sequence,
        "exits",
    ): "What ends it: an answer, a meeting, a hand-off to sales, a gate (a person's disqualification is one too), "
    "a withdrawal, an address that does not exist; all of them when absent.",
    (Sequence, "stages"): "Stages in which it runs; when absent, every open one that is not handed to sales.",
    (
        Qualify,
        "hand_raise",
    ): "Kinds of events by which a lead asks for sales by itself; scores do not read it, the lifecycle does.",
}
"""What is said where the docstrings speak to programmers: of the document, a top-level key, or a key of a table."""
