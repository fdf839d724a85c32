"""leadqual: which leads are worth whose time, with one meaning everywhere.

Every name is loaded when it is first used, so that ``import leadqual`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from leadqual.axis import Cap as Cap
    from leadqual.conditions import Condition as Condition
    from leadqual.conditions import Words as Words
    from leadqual.conditions import field as field
    from leadqual.errors import ClaimLost as ClaimLost
    from leadqual.errors import CommandReused as CommandReused
    from leadqual.errors import EventConflict as EventConflict
    from leadqual.errors import EventError as EventError
    from leadqual.errors import HistoryError as HistoryError
    from leadqual.errors import InputError as InputError
    from leadqual.errors import InputRefused as InputRefused
    from leadqual.errors import InstantError as InstantError
    from leadqual.errors import LeadError as LeadError
    from leadqual.errors import LeadqualError as LeadqualError
    from leadqual.errors import MissingExtra as MissingExtra
    from leadqual.errors import ModelChanged as ModelChanged
    from leadqual.errors import ModelError as ModelError
    from leadqual.errors import ModelLimit as ModelLimit
    from leadqual.errors import PlannerError as PlannerError
    from leadqual.errors import Problem as Problem
    from leadqual.errors import StoreBusy as StoreBusy
    from leadqual.errors import StoreError as StoreError
    from leadqual.errors import TallyMismatch as TallyMismatch
    from leadqual.errors import TooEarly as TooEarly
    from leadqual.errors import TransitionError as TransitionError
    from leadqual.errors import UnknownLead as UnknownLead
    from leadqual.errors import UnknownName as UnknownName
    from leadqual.event import Event as Event
    from leadqual.fit import Band as Band
    from leadqual.fit import Criterion as Criterion
    from leadqual.fit import Fit as Fit
    from leadqual.fit import FitScorer as FitScorer
    from leadqual.fit import Gate as Gate
    from leadqual.fit import Table as Table
    from leadqual.interest import NO_DECAY as NO_DECAY
    from leadqual.interest import HalfLife as HalfLife
    from leadqual.interest import Interest as Interest
    from leadqual.interest import InterestRule as InterestRule
    from leadqual.interest import InterestScorer as InterestScorer
    from leadqual.interest import Linear as Linear
    from leadqual.interest import Per as Per
    from leadqual.interest import Steps as Steps
    from leadqual.interest import Tally as Tally
    from leadqual.interest import Window as Window
    from leadqual.interest import dedupe as dedupe
    from leadqual.lead import Lead as Lead
    from leadqual.lifecycle.businesstime import BusinessTime as BusinessTime
    from leadqual.lifecycle.duration import Duration as Duration
    from leadqual.lifecycle.enrolment import Enrolment as Enrolment
    from leadqual.lifecycle.holidays import country_holidays as country_holidays
    from leadqual.lifecycle.hours import BusinessHours as BusinessHours
    from leadqual.lifecycle.inputs import ConsentChange as ConsentChange
    from leadqual.lifecycle.inputs import Flag as Flag
    from leadqual.lifecycle.inputs import ProfileChange as ProfileChange
    from leadqual.lifecycle.inputs import Tick as Tick
    from leadqual.lifecycle.inputs import Verdict as Verdict
    from leadqual.lifecycle.nurtureinputs import EnrolmentChange as EnrolmentChange
    from leadqual.lifecycle.nurtureinputs import Suppression as Suppression
    from leadqual.lifecycle.nurtureinputs import TouchReport as TouchReport
    from leadqual.lifecycle.state import LeadState as LeadState
    from leadqual.lifecycle.values import Lifecycle as Lifecycle
    from leadqual.lifecycle.values import Recycle as Recycle
    from leadqual.lifecycle.values import RecyclePolicy as RecyclePolicy
    from leadqual.lifecycle.values import Sla as Sla
    from leadqual.lifecycle.values import Stage as Stage
    from leadqual.lifecycle.values import Transition as Transition
    from leadqual.nurture.asked import Asked as Asked
    from leadqual.nurture.asked import Who as Who
    from leadqual.nurture.basis import BasisRule as BasisRule
    from leadqual.nurture.caps import Caps as Caps
    from leadqual.nurture.caps import FrequencyCap as FrequencyCap
    from leadqual.nurture.content import Content as Content
    from leadqual.nurture.nextbest import NextBestContent as NextBestContent
    from leadqual.nurture.people import Hint as Hint
    from leadqual.nurture.people import Need as Need
    from leadqual.nurture.people import Persona as Persona
    from leadqual.nurture.people import Sign as Sign
    from leadqual.nurture.permission import consent_state as consent_state
    from leadqual.nurture.planned import Fork as Fork
    from leadqual.nurture.planned import Plan as Plan
    from leadqual.nurture.planned import PlannedEnd as PlannedEnd
    from leadqual.nurture.planned import Rejected as Rejected
    from leadqual.nurture.planned import Touch as Touch
    from leadqual.nurture.planned import Withheld as Withheld
    from leadqual.nurture.proposing import Planner as Planner
    from leadqual.nurture.proposing import Proposal as Proposal
    from leadqual.nurture.sequences import Branch as Branch
    from leadqual.nurture.sequences import Ending as Ending
    from leadqual.nurture.sequences import Entry as Entry
    from leadqual.nurture.sequences import Goal as Goal
    from leadqual.nurture.sequences import Pool as Pool
    from leadqual.nurture.sequences import Sequence as Sequence
    from leadqual.nurture.sequences import Step as Step
    from leadqual.nurture.settings import Effort as Effort
    from leadqual.nurture.settings import Nurture as Nurture
    from leadqual.nurture.waits import Wait as Wait
    from leadqual.nurture.windows import SendWindow as SendWindow
    from leadqual.playbook import Objective as Objective
    from leadqual.playbook import Playbook as Playbook
    from leadqual.playbook import check_examples as check_examples
    from leadqual.playbook import load_playbook as load_playbook
    from leadqual.playbook import loads as loads
    from leadqual.playbook.diff import Diff as Diff
    from leadqual.playbook.diff import diff as diff
    from leadqual.playbook.flips import Flips as Flips
    from leadqual.playbook.flips import flips as flips
    from leadqual.playbook.lint import Finding as Finding
    from leadqual.playbook.lint import lint as lint
    from leadqual.qualifier import Outcome as Outcome
    from leadqual.qualifier import Qualifier as Qualifier
    from leadqual.qualifier import Record as Record
    from leadqual.scoring import Attribute as Attribute
    from leadqual.scoring import Bar as Bar
    from leadqual.scoring import Best as Best
    from leadqual.scoring import Combine as Combine
    from leadqual.scoring import Evidence as Evidence
    from leadqual.scoring import Line as Line
    from leadqual.scoring import Profile as Profile
    from leadqual.scoring import Qualify as Qualify
    from leadqual.scoring import Score as Score
    from leadqual.scoring import ScoringModel as ScoringModel
    from leadqual.scoring import best as best
    from leadqual.scoring.compare import Comparison as Comparison
    from leadqual.scoring.compare import compare as compare
    from leadqual.scoring.forecast import Outlook as Outlook
    from leadqual.scoring.questions import Question as Question
    from leadqual.scoring.whynot import Act as Act
    from leadqual.scoring.whynot import Answer as Answer
    from leadqual.scoring.whynot import Costs as Costs
    from leadqual.scoring.whynot import Learned as Learned
    from leadqual.scoring.whynot import WhyNot as WhyNot

__version__: Final = "0.1.0"

_HOMES: Final = {
    "axis": ("Cap",),
    "conditions": ("Condition", "Words", "field"),
    "errors": (
        "ClaimLost", "CommandReused", "EventConflict", "EventError", "HistoryError", "InputError", "InputRefused",
        "InstantError", "LeadError", "LeadqualError", "MissingExtra", "ModelChanged", "ModelError", "ModelLimit",
        "PlannerError", "Problem", "StoreBusy", "StoreError", "TallyMismatch", "TooEarly", "TransitionError",
        "UnknownLead", "UnknownName",
    ),
    "event": ("Event",),
    "fit": ("Band", "Criterion", "Fit", "FitScorer", "Gate", "Table"),
    "interest": (
        "NO_DECAY", "HalfLife", "Interest", "InterestRule", "InterestScorer", "Linear", "Per", "Steps", "Tally",
        "Window", "dedupe",
    ),
    "lead": ("Lead",),
    "lifecycle.businesstime": ("BusinessTime",),
    "lifecycle.duration": ("Duration",),
    "lifecycle.enrolment": ("Enrolment",),
    "lifecycle.holidays": ("country_holidays",),
    "lifecycle.hours": ("BusinessHours",),
    "lifecycle.inputs": ("ConsentChange", "Flag", "ProfileChange", "Tick", "Verdict"),
    "lifecycle.nurtureinputs": ("EnrolmentChange", "Suppression", "TouchReport"),
    "lifecycle.state": ("LeadState",),
    "lifecycle.values": ("Lifecycle", "Recycle", "RecyclePolicy", "Sla", "Stage", "Transition"),
    "nurture.asked": ("Asked", "Who"),
    "nurture.basis": ("BasisRule",),
    "nurture.caps": ("Caps", "FrequencyCap"),
    "nurture.content": ("Content",),
    "nurture.nextbest": ("NextBestContent",),
    "nurture.people": ("Hint", "Need", "Persona", "Sign"),
    "nurture.permission": ("consent_state",),
    "nurture.planned": ("Fork", "Plan", "PlannedEnd", "Rejected", "Touch", "Withheld"),
    "nurture.proposing": ("Planner", "Proposal"),
    "nurture.sequences": ("Branch", "Ending", "Entry", "Goal", "Pool", "Sequence", "Step"),
    "nurture.settings": ("Effort", "Nurture"),
    "nurture.waits": ("Wait",),
    "nurture.windows": ("SendWindow",),
    "playbook": ("Objective", "Playbook", "check_examples", "load_playbook", "loads"),
    "playbook.diff": ("Diff", "diff"),
    "playbook.flips": ("Flips", "flips"),
    "playbook.lint": ("Finding", "lint"),
    "qualifier": ("Outcome", "Qualifier", "Record"),
    "scoring": (
        "Attribute", "Bar", "Best", "Combine", "Evidence", "Line", "Profile", "Qualify", "Score",
        "ScoringModel", "best",
    ),
    "scoring.compare": ("Comparison", "compare"),
    "scoring.forecast": ("Outlook",),
    "scoring.questions": ("Question",),
    "scoring.whynot": ("Act", "Answer", "Costs", "Learned", "WhyNot"),
}  # fmt: skip
_HOME_OF: Final = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "NO_DECAY", "Act", "Answer", "Asked", "Attribute", "Band", "Bar", "BasisRule", "Best", "Branch", "BusinessHours",
    "BusinessTime", "Cap", "Caps", "ClaimLost", "Combine", "CommandReused", "Comparison", "Condition", "ConsentChange",
    "Content", "Costs", "Criterion", "Diff", "Duration", "Effort", "Ending", "Enrolment", "EnrolmentChange", "Entry",
    "Event", "EventConflict", "EventError", "Evidence", "Finding", "Fit", "FitScorer", "Flag", "Flips", "Fork",
    "FrequencyCap", "Gate", "Goal", "HalfLife", "Hint", "HistoryError", "InputError", "InputRefused", "InstantError",
    "Interest", "InterestRule", "InterestScorer", "Lead", "LeadError", "LeadState", "LeadqualError", "Learned",
    "Lifecycle", "Line", "Linear", "MissingExtra", "ModelChanged", "ModelError", "ModelLimit", "Need",
    "NextBestContent", "Nurture", "Objective", "Outcome", "Outlook", "Per", "Persona", "Plan", "PlannedEnd", "Planner",
    "PlannerError", "Playbook", "Pool", "Problem", "Profile", "ProfileChange", "Proposal", "Qualifier", "Qualify",
    "Question", "Record", "Recycle", "RecyclePolicy", "Rejected", "Score", "ScoringModel", "SendWindow", "Sequence",
    "Sign", "Sla", "Stage", "Step", "Steps", "StoreBusy", "StoreError", "Suppression", "Table", "Tally",
    "TallyMismatch", "Tick", "TooEarly", "Touch", "TouchReport", "Transition", "TransitionError", "UnknownLead",
    "UnknownName", "Verdict", "Wait", "Who", "WhyNot", "Window", "Withheld", "Words", "best", "check_examples",
    "compare", "consent_state", "country_holidays", "dedupe", "diff", "field", "flips", "lint", "load_playbook",
    "loads",
]  # fmt: skip


def __getattr__(name: str) -> object:
    module = _HOME_OF.get(name)
    if module is None:
        message = f"module 'leadqual' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"leadqual.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
