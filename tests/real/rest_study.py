"""Print what the bank's earlier calls say about the rest of a maybe.

From the project's root: ``python -m tests.real.rest_study ../shared/data``.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Literal

import attrs

from leadqual import Event, Lead, Qualifier, Tick, TransitionError, Verdict
from leadqual.files import read_base
from leadqual.lifecycle.rest import add_months
from leadqual.qualifier import Record
from tests.real.convert import Row, last_contact, read_rows
from tests.real.runs import LAST_DAY, playbook

_ANSWERS: Mapping[str, Literal["yes", "no", "maybe"]] = {"success": "yes", "failure": "no", "other": "maybe"}
_ENDED = {"yes": "won", "no": "lost", "maybe": "recycle"}
SPANS = (("60-120 days", 60, 120), ("200-365 days", 200, 365))
"""Days from the maybe to the next call, both ends included."""
YEARS = ("2008", "2009", "2010")
WINDOWS = ("before 3 months", "3 to 6 months", "after 6 months")
_Z = 1.959963984540054  # 97.5 % of a normal distribution lie below


@attrs.frozen(kw_only=True)
class Replayed:
    """What the lifecycle made of one lead's two calls.

    Attributes:
        lead_id: The lead.
        first: Its answer to the earlier campaign, if it was asked.
        days: Days between the calls.
        month: Month of the last call, as ``"2009-05"``.
        agreed: Whether it said yes then.
        rested_until: When a maybe's rest ended by itself.
        window: Where in the window of rest the last call came, for a maybe.
        woken: Whether a tick on that day made it a lead again.
        in_window: Whether that day lies three to six calendar months after the maybe.
        stage: Where it stands in the end.
        refused: Whether the lifecycle refused the last verdict, since the cycle had ended.
        reopened: Whether it was taken after all when the cycle was reopened.
    """

    lead_id: str
    first: str | None = None
    days: int = -1
    month: str
    agreed: bool
    rested_until: datetime | None = None
    window: str | None = None
    woken: bool = False
    in_window: bool = False
    stage: str
    refused: bool = False
    reopened: bool = False


@attrs.frozen
class Rate:
    """How many of how many said yes.

    Attributes:
        yes: Those who did.
        asked: All.
    """

    yes: int
    asked: int

    def interval(self) -> tuple[float, float]:
        """Return Wilson's interval of 95 %, as shares.

        >>> [round(100 * end, 1) for end in Rate(11, 54).interval()]
        [11.8, 32.9]
        """
        share, square = self.yes / self.asked, _Z * _Z
        middle = (share + square / (2 * self.asked)) / (1 + square / self.asked)
        spread = share * (1 - share) / self.asked + square / (4 * self.asked * self.asked)
        half = _Z * math.sqrt(spread) / (1 + square / self.asked)
        return middle - half, middle + half

    def __str__(self) -> str:
        if not self.asked:
            return "0 of 0"
        low, high = self.interval()
        return f"{self.yes} of {self.asked:,}: {self.yes / self.asked:.1%} ({100 * low:.1f} to {100 * high:.1f})"


def rate(leads: Iterable[Replayed]) -> Rate:
    """Count who said yes at the last call."""
    agreed = Counter(lead.agreed for lead in leads)
    return Rate(agreed[True], agreed.total())


def replay_bank(data: Path) -> list[Replayed]:
    """Replay every lead of the bank through the default lifecycle, as outbound leads with their verdicts."""
    path, book = data / "bank_leads" / "bank_leads.csv.gz", playbook("bank")
    base = read_base(book, leads=path, now=LAST_DAY)
    qualifier = Qualifier(book)
    return [
        _replay(qualifier, attrs.evolve(base.leads[row["lead_id"]], acquisition="outbound"), row)
        for row in read_rows(path)
    ]


def _replay(qualifier: Qualifier, lead: Lead, row: Row) -> Replayed:
    last = datetime.combine(last_contact(row), time(12), UTC)
    said = Verdict("yes" if row["y"] == "yes" else "no")
    first, days = _ANSWERS.get(row["poutcome"]), int(row["pdays"])
    asked_before = first is not None and days >= 0
    then = last - timedelta(days=days) if asked_before else last
    record = qualifier.open(lead, now=then).record
    found = Replayed(lead_id=lead.id, month=f"{last:%Y-%m}", agreed=row["y"] == "yes", stage=record.stage)
    if first is not None and asked_before:
        record = qualifier.handle(_called(qualifier, record, then, "c1"), Verdict(first), now=then).record
        found = attrs.evolve(found, first=first, days=days, stage=record.stage)
        if first == "maybe":
            found, record = _rested(qualifier, record, found, then, last)
    record = _called(qualifier, record, last, "c2")
    try:
        return attrs.evolve(found, stage=qualifier.handle(record, said, now=last).record.stage)
    except TransitionError:
        return _reopened(qualifier, record, attrs.evolve(found, refused=True), said, last)


def _reopened(qualifier: Qualifier, record: Record, found: Replayed, said: Verdict, last: datetime) -> Replayed:
    """Reopen an ended cycle if that is possible still, and take the verdict then."""
    try:
        record = qualifier.handle(record, Verdict("reopen"), now=last).record
    except TransitionError:
        return found
    return attrs.evolve(found, stage=qualifier.handle(record, said, now=last).record.stage, reopened=True)


def _called(qualifier: Qualifier, record: Record, at: datetime, name: str) -> Record:
    call = Event(id=name, lead_id=record.lead.id, kind="call", at=at, by="us")
    return qualifier.handle(record, call, now=at).record


def _rested(
    qualifier: Qualifier, record: Record, found: Replayed, then: datetime, last: datetime
) -> tuple[Replayed, Record]:
    """Let a lead rest to the end, and return what its record was at the last call, which may have come before."""
    due = qualifier.next_due(record)
    if due is None:
        return found, record
    woken = qualifier.handle(record, Tick(), now=due).record
    three, six = (add_months(then.date(), months) for months in (3, 6))
    window = WINDOWS[(last.date() >= three) + (last.date() > six)]
    found = attrs.evolve(
        found, rested_until=due, window=window, woken=woken.stage == "lead", in_window=three <= due.date() <= six
    )
    return found, woken if due <= last else record


def wake_days(number: int, *, at: datetime) -> Counter[datetime]:
    """Let leads say maybe at one instant, and count the days on which they wake."""
    qualifier, days = Qualifier(playbook("bank")), Counter[datetime]()
    for i in range(number):
        lead = Lead(id=f"B{i:05}", acquisition="outbound")
        record = qualifier.handle(qualifier.open(lead, now=at).record, Verdict("maybe"), now=at).record
        due = qualifier.next_due(record)
        if due is not None:
            days[due] += 1
    return days


def report(data: Path) -> Iterator[str]:
    """Replay the bank's leads and yield the lines of the study."""
    leads = replay_bank(data)
    before = [lead for lead in leads if lead.first is not None]
    maybes = [lead for lead in leads if lead.first == "maybe"]
    said = Counter(lead.first for lead in before)
    yield f"Bank: {len(leads):,} leads; {len(before):,} were called in an earlier campaign too"
    yield "  they said then: " + ", ".join(f"{word} {said[word]:,}" for word in ("yes", "no", "maybe"))
    yield from _rest_lines(maybes)
    yield ""
    yield "Said yes at the last call, of all who were called (95 % interval)"
    for word in ("maybe", "no", "yes"):
        yield f"  {word} before: {rate(lead for lead in before if lead.first == word)}"
    yield f"  not called before: {rate(lead for lead in leads if lead.first is None)}"
    yield from _span_lines(leads, maybes)
    yield ""
    yield "What the default lifecycle makes of the last call"
    for word in ("maybe", "no", "yes"):
        yield from _end_lines([lead for lead in before if lead.first == word], word)


def _rest_lines(maybes: Sequence[Replayed]) -> Iterator[str]:
    yield ""
    yield f"The rest of {len(maybes)} maybes (outbound: 3 to 6 calendar months, early, spread over 30 days)"
    woken, in_window = sum(lead.woken for lead in maybes), sum(lead.in_window for lead in maybes)
    yield f"  woken by one tick: {woken}; 3 to 6 months after the maybe: {in_window}"
    for window in WINDOWS:
        called = [lead for lead in maybes if lead.window == window]
        yield f"  called again {window}: {rate(called)}"
    days = wake_days(10_000, at=datetime(2009, 8, 31, 12, tzinfo=UTC))
    most = max(days.values())
    yield f"  10,000 maybes of one day wake on {len(days)} days, at most {most} ({most / 10_000:.1%}) on one of them"


def _span_lines(leads: Sequence[Replayed], maybes: Sequence[Replayed]) -> Iterator[str]:
    fresh = [lead for lead in leads if lead.first is None]
    by_month = {month: rate(lead for lead in fresh if lead.month == month) for month in {lead.month for lead in fresh}}
    for name, low, high in SPANS:
        again = [lead for lead in maybes if low <= lead.days <= high]
        yield ""
        yield f"Maybes called again after {name}: {rate(again)}"
        for year in YEARS:
            yield f"  in {year}: {rate(lead for lead in again if lead.month.startswith(year))}"
        expected = sum(by_month[lead.month].yes / by_month[lead.month].asked for lead in again) / len(again)
        yield f"  leads not called before, in the same months: {expected:.1%}"
        [(month, most)] = Counter(lead.month for lead in again).most_common(1)
        yield f"  most in one month: {most} in {month}, when of those not called before {by_month[month]}"
    yield ""
    yield "Not called before, by year of the call"
    for year in YEARS:
        yield f"  in {year}: {rate(lead for lead in fresh if lead.month.startswith(year))}"


def _end_lines(leads: Sequence[Replayed], word: str) -> Iterator[str]:
    yield f"  {word} before, so {_ENDED[word]}: {_stages(lead for lead in leads if not lead.refused)}"
    refused = [lead for lead in leads if lead.refused]
    if refused:
        late = [lead for lead in refused if not lead.reopened]
        yield f"    reopened within 90 days: {_stages(lead for lead in refused if lead.reopened)}"
        yield f"    refused, the cycle had ended: {len(late)}, of whom yes was said by {rate(late)}"


def _stages(leads: Iterable[Replayed]) -> str:
    stages = Counter(lead.stage for lead in leads)
    return ", ".join(f"{stage} {stages[stage]:,}" for stage in sorted(stages)) or "none"


if __name__ == "__main__":
    for line in report(Path(sys.argv[1])):
        sys.stdout.write(line + "\n")
