"""Sentences that were read and found good; running this file writes them anew, to be read again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from leadqual.event import Event
from leadqual.languages import LANGUAGES, Language
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.default import default_transitions
from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.told import because, tell, tell_effect
from leadqual.lifecycle.values import Lifecycle
from leadqual.playbook import loads
from leadqual.presets import starter_text

PATH = Path(__file__).with_name("golden.txt")
AGAIN = "If they read well in both languages: PYTHONPATH=src python -m tests.core.lifecycle.told.golden"
AT = datetime(2026, 3, 3, 14, 5, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 14, tzinfo=UTC)
DUE = datetime(2026, 3, 3, 16, 5, 9, 250, tzinfo=UTC)
STATE = LeadState(
    lead_id="L1", seq=1, known_at=AT, opened_at=AT, model="m", stage="lead", entered_at=AT, furthest="lead"
)
EVENT = Event(id="e9", lead_id="L1", kind="email_click", at=AT)


def fact(kind: type[Any], /, **fields: Any) -> Any:
    """Return a fact of lead L1 that ana brought about."""
    cause = made.Cause("event", "web", "e7")
    return kind(**{"lead_id": "L1", "seq": 1, "at": AT, "known_at": AT, "cause": cause, "actor": "ana", **fields})


def change(from_: str, to: str, transition: str, **fields: Any) -> made.StageChanged:
    """Return a change of stage."""
    way = {"from_": from_, "to": to, "transition": transition, "furthest": to, "cycle": 1, "model": "m"}
    score = {"fit": 3900, "interest": 1135, "total": 5035, "label": "B2"}
    found: made.StageChanged = fact(made.StageChanged, **{**way, **score, **fields})
    return found


def verdict(word: str, **fields: Any) -> made.VerdictGiven:
    """Return a verdict."""
    given: made.VerdictGiven = fact(made.VerdictGiven, verdict=word, **fields)
    return given


def effect(kind: type[Any], /, **fields: Any) -> Any:
    """Return an effect on lead L1."""
    return kind(**{"key": "L1:1:1", "lead_id": "L1", **fields})


def shipped() -> list[made.StageChanged]:
    """Return a change of stage by each transition of the lifecycles that come with leadqual."""
    model = loads(starter_text(), format="toml").model
    tables = [default_transitions(Lifecycle(preset=preset), model) for preset in ("default", "subscriber")]
    ways = {way.name: way for table in tables for way in table}
    return [change(way.from_[-1], way.to, name) for name, way in ways.items()]


FACTS: list[made.Fact] = [
    fact(made.Opened, stage="lead", model="m"),
    fact(made.Opened, stage="lead", model="m", acquisition="inbound"),
    fact(made.Opened, stage="lead", model="m", acquisition="outbound"),
    fact(made.Opened, stage="subscriber", model="m", acquisition="partner", imported=True),
    fact(made.Opened, stage="in_talks", model="m"),
    change("lead", "mql", "score for marketing"),
    change("subscriber", "sql", "hand-raise", skipped=("lead", "mql")),
    change("lead", "won", "yes", skipped=("mql", "sql")),
    change("subscriber", "won", "yes", skipped=("lead", "mql", "sql")),
    change("mql", "lost", "no", reason="price"),
    change("sql", "recycle", "maybe", reason="no_budget"),
    change("sql", "mql", "returned by sales", reason="too_early"),
    change("mql", "recycle", "cooled as MQL", reason="cooled"),
    change("lead", "mql", "score for marketing", label=""),
    change("sql", "in_talks", "budget_approved", skipped=("first_call",)),
    change("won", "subscriber", "starts over"),
    change("sql", "recycle", "cooled as SQL", reason="cooled"),
    *shipped(),
    fact(made.CycleStarted, cycle=2, since=AT, previous_reason="no_budget"),
    fact(made.CycleStarted, cycle=3, since=AT),
    verdict("yes", amount=Decimal("1500.50"), currency="EUR", closed_on=date(2026, 3, 1), reason="good_timing"),
    verdict("yes", amount=Decimal(1500)),
    verdict("yes"),
    verdict("no", reason="price", closed_on=date(2026, 3, 1)),
    verdict("maybe", reason="no_budget"),
    verdict("maybe", wake_on=date(2027, 1, 11)),
    verdict("accept"),
    verdict("return", reason="too_early", shut_until=datetime(2026, 4, 2, 14, 5, 9, tzinfo=UTC)),
    verdict("return", reason="too_early"),
    verdict("disqualify", reason="competitor"),
    verdict("reinstate"),
    verdict("reopen"),
    verdict("second_look", reason="new_manager"),
    fact(made.HandRaised, key=("web", "e7"), kind="demo_request", until=datetime(2026, 4, 2, 14, 5, 9, tzinfo=UTC)),
    fact(made.Touched, kind="sales_email"),
    fact(made.Listed),
    fact(made.SlaStarted, sla="hand_raise", due=DUE),
    fact(made.SlaStarted, sla="mql", due=DUE),
    fact(made.SlaMet, sla="sql"),
    fact(made.SlaBreached, sla="mql"),
    fact(made.SlaWithdrawn, sla="mql"),
    fact(made.Recycled, reason="no_budget", attempt=1, wake_at=JUNE),
    fact(made.Recycled, reason="no_response", attempt=2, wake_at=datetime(2026, 6, 13, 22, tzinfo=UTC), since=AT),
    fact(made.Recycled, reason="cooled", attempt=1, dormant=True),
    fact(made.Recycled, attempt=1, since=AT),
    fact(made.Woken, early=False, previous_reason="no_budget"),
    fact(made.Woken, early=True, previous_reason="no_budget"),
    fact(made.Woken, early=True),
    fact(made.BonusAdded, key=("leadqual", "b1"), kind="return_bonus"),
    fact(made.ProfileChanged, names=("job_title", "country")),
    fact(made.ProfileChanged, names=("email",), gates=("competitor", "own_domain")),
    fact(made.ProfileChanged),
    fact(made.ConsentChanged, channel="email", purpose="newsletter", given=True),
    fact(made.ConsentChanged, channel="*", purpose="*", given=False),
    fact(made.ConsentChanged, channel="email", purpose="newsletter", given=True, confirmed=True),
    *(fact(made.Flagged, key=("web", "e7"), flag=flag, on=on) for flag in ("bot", "test", "duplicate", "own_staff")
      for on in (True, False)),
    fact(made.Refolded, model="m2"),
    fact(made.ReviewOpened, because="flag"),
    fact(made.ReviewOpened, because="model"),
    fact(made.Merged, other_id="L2", before=STATE, other=STATE, state=STATE),
    fact(made.Absorbed, into="L2"),
    fact(made.Unmerged, state=STATE),
    fact(made.Enrolled, sequence="keep_warm", step="guide"),
    fact(made.Enrolled, sequence="keep_warm", step="guide", number=2, arm="short", held_out=True),
    *(fact(made.EnrolmentEnded, sequence="keep_warm", reason=reason) for reason in (
        "finished", "reply", "meeting", "sql", "gate", "withdrawal", "hard_bounce", "goal", "stage", "superseded",
        "left", "changed", "removed", "merged", "disqualified")),
    fact(made.EnrolmentPaused, sequence="keep_warm"),
    fact(made.EnrolmentResumed, sequence="keep_warm"),
    fact(made.EnrolmentPostponed, sequence="keep_warm", until=DUE),
    *(fact(made.StepSkipped, sequence="keep_warm", step="guide", reason=reason, to="call") for reason in (
        "no_basis", "unconfirmed", "withdrawn", "suppressed", "no_address", "when", "arm", "no_zone", "no_common_time",
        "closed", "cap", "cost", "seen", "over")),
    *(fact(made.ForkTaken, sequence="keep_warm", step="looked", way=way, to=to) for way in ("yes", "no")
      for to in ("call", None)),
    fact(made.TouchCameDue, key="k1", sequence="keep_warm", step="guide", channel="email", purpose="newsletter",
         content="crm_guide", to="call"),
    fact(made.TouchCameDue, key="k1", sequence="keep_warm", step="call", channel="phone", purpose="sales"),
    *(fact(made.TouchEnded, key="k1", outcome=outcome) for outcome in ("sent", "skipped", "cancelled", "expired")),
    fact(made.TouchEnded, key="k1", outcome="cancelled", reason="withdrawal"),
    fact(made.AddressSuppressed, channel="email", reason="hard_bounce"),
    fact(made.AddressSuppressed, channel="*"),
]  # fmt: skip
SEVERAL: list[made.Fact] = [
    verdict("maybe", reason="no_budget"),
    fact(made.SlaMet, sla="sql"),
    change("sql", "recycle", "maybe", reason="no_budget"),
    fact(made.Recycled, reason="no_budget", attempt=1, wake_at=JUNE, since=AT),
]
EFFECTS: list[done.Effect] = [
    *(effect(done.Notify, stage=stage, because="score for marketing") for stage in ("mql", "in_talks")),
    effect(done.Notify, stage="lead", because="rested"),
    effect(done.Notify, stage="subscriber", because="starts over"),
    effect(done.Notify, stage="won", because="yes"),
    effect(done.Notify, stage="lost", because="no"),
    effect(done.Notify, stage="recycle", because="maybe"),
    effect(done.HandOff, stage="sql"),
    effect(done.HandOff, stage="sql", owner="ana", previous_reason="too_early"),
    effect(done.WithdrawHandOff, reason="competitor"),
    effect(done.WithdrawHandOff),
    effect(done.Enrol, sequence="keep-warm"),
    effect(done.Unenrol, reason="recycle"),
    effect(done.Unenrol, reason="withdrawal", channel="email"),
    *(effect(done.Unenrol, reason=reason) for reason in ("disqualified", "gate", "reply", "won", "sql")),
    effect(done.CreateTask, task="approach"),
    effect(done.CreateTask, task="contact_again"),
    effect(done.CreateTask, task="act", due=DUE),
    effect(done.Escalate, sla="hand_raise"),
    effect(done.Escalate, sla="mql", to="head_of_sales"),
    effect(done.Review, because="flag"),
    effect(done.Review, because="model"),
    effect(done.RecheckAt, at=JUNE),
    effect(done.RefoldNeeded),
    effect(done.AddEvent, event=EVENT),
    effect(done.TouchDue, touch_key="k1", sequence="keep_warm", step="guide", channel="email", purpose="newsletter",
           content="crm_guide", basis="opt_in", one_click=True, expires_at=DUE),
    effect(done.TouchDue, touch_key="k1", sequence="keep_warm", step="call", channel="phone", purpose="sales",
           task="first_call", basis="none"),
    effect(done.CancelTouch, touch_key="k1", reason="withdrawal"),
    effect(done.Unenrol, reason="merged"),
]  # fmt: skip


BACK: list[made.Fact] = [change("sql", "mql", "returned by sales"), change("recycle", "lead", "rested")]


def _called_otherwise(what: made.Fact, *, language: Language) -> str:
    return tell(what, language=language, labels={"mql": "Marketing", "lead": "Prospect"})


def written() -> str:
    """Return what is said now: of each fact and effect a block with its kind, and a line in each language."""
    blocks: list[tuple[str, Any, Any]] = [(each.name, tell, each) for each in FACTS]
    blocks += [(each.name, tell_effect, each) for each in EFFECTS]
    blocks += [("a stage called otherwise", _called_otherwise, each) for each in BACK]
    blocks += [("several facts", because, SEVERAL), ("no facts", because, [])]
    return "\n".join(
        f"{name.replace('_', ' ')}\n" + "".join(f"  {told(what, language=language)}\n" for language in LANGUAGES)
        for name, told, what in blocks
    )


if __name__ == "__main__":
    PATH.write_text(written(), encoding="utf-8", newline="\n")
