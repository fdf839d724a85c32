"""One lead's life as text for people: what became of it, when, and how long it stood where."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import groupby
from typing import Final

from attrs import field, frozen

from leadqual.calendar import utc
from leadqual.conditions.leafwords import picked
from leadqual.conditions.words import Words
from leadqual.errors import HistoryError, Problem, kind_of
from leadqual.languages import Language, language_of
from leadqual.lifecycle.facts import (
    CycleStarted,
    Fact,
    Merged,
    Opened,
    Recycled,
    SlaBreached,
    SlaMet,
    StageChanged,
    TouchCameDue,
    TouchEnded,
    Unmerged,
)
from leadqual.lifecycle.told import because, stage_word
from leadqual.qualifier.lifewords import PHRASES

_NO_LABELS: Final[Mapping[str, str]] = {}
_TENTH: Final = timedelta(days=1) / 10
_DAY: Final = timedelta(days=1)
_NARROWEST: Final = 24
_WIDEST: Final = 400


def timeline(
    facts: Iterable[Fact],
    *,
    language: Language = "en",
    labels: Mapping[str, str] = _NO_LABELS,
    width: int = 80,
    until: datetime | None = None,
    zone: tzinfo = UTC,
) -> str:
    """Tell one lead's life.

    What followed from one cause stands together, with its day and the stage that the lead entered; cycles are
    told apart. At the end stands how often and for how many days the lead stood in each stage, how often it rested
    and what became of SLAs. Nobody is named, neither the lead nor who acted.

    Args:
        facts: All facts of the lead, in their order.
        language: ``"en"`` or ``"es"``.
        labels: What people call stages, transitions, kinds, reasons and SLAs, by name; `Playbook.labels` has them by
            language.
        width: Columns of text.
        until: Up to when days in the last stage count; up to the newest fact when absent.
        zone: Zone of the days and times that are told, such as that of the playbook's calendar.

    Returns:
        Lines, the last with an end of line too.

    Raises:
        UnknownName: If leadqual does not speak the language.
        HistoryError: If one is no fact.
        InstantError: If `until` is naive or out of range.

    >>> from leadqual import Lead, Qualifier, Verdict, loads
    >>> from leadqual.presets import starter_text
    >>> at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> qualifier = Qualifier(loads(starter_text()))
    >>> opened = qualifier.open(Lead(id="L1", acquisition="inbound"), now=at)
    >>> lost = qualifier.handle(opened.record, Verdict("no"), now=at + timedelta(days=3))
    >>> print(timeline([*opened.facts, *lost.facts]), end="")
    2026-03-02  lead  On 2 March 2026 it entered as a lead; it came to us by itself.
    2026-03-05  lost  It said no. On 5 March 2026 it was lost.
    <BLANKLINE>
    Stage  Times  Days
    lead       1     3
    lost       1     0
    """
    known = list(facts) if isinstance(facts, Iterable) else [facts]
    strangers = [fact for fact in known if not isinstance(fact, Fact)]
    if strangers:
        got, hint = kind_of(strangers[0]), "Pass the facts of one lead."
        raise HistoryError([Problem(where="history", what="facts were expected", got=got, hint=hint)])
    told = _Told(Words(language=language_of(language), labels=labels), min(max(width, _NARROWEST), _WIDEST), zone)
    if not known:
        return f"{because([], language=told.words.language)}\n"
    end = known[-1].known_at if until is None else utc(until, "until")
    return "\n".join([*told.entries(known), "", *told.counts(known, end)]) + "\n"


def _stage_after(fact: Fact) -> str | None:
    """Return the stage that a lead entered by a fact, if it did."""
    if isinstance(fact, Opened):
        return fact.stage
    if isinstance(fact, StageChanged):
        return fact.to
    return fact.state.stage if isinstance(fact, Merged | Unmerged) else None


@frozen
class _Told:
    """How a life is told."""

    words: Words
    width: int
    zone: tzinfo
    _said: Mapping[str, str] = field(init=False)

    @_said.default
    def _phrases(self) -> Mapping[str, str]:
        return PHRASES[self.words.language]

    def entries(self, facts: Sequence[Fact]) -> Iterator[str]:
        """Yield the lines of what became of the lead."""
        room = max(len(self.stage(name)) for name in ["", *filter(None, map(_stage_after, facts))])
        stage, day, several = "", "", any(isinstance(fact, CycleStarted) for fact in facts)
        if several:
            yield self._said["cycle"].format(n=1)
        for (at, _, known_at), group in groupby(facts, lambda fact: (fact.at, fact.cause, fact.known_at)):
            together = list(group)
            for fact in together:
                if isinstance(fact, CycleStarted):
                    yield ""
                    yield self._said["cycle"].format(n=fact.cycle)
            stages = [name for fact in together if (name := _stage_after(fact)) is not None]
            entered = self.stage(stages[-1]) if stages else "|" if stage else ""
            stage = stages[-1] if stages else stage
            text = because(together, language=self.words.language, labels=self.words.labels, zone=self.zone)
            if known_at - at >= _DAY:
                text = (
                    f"{text} {self._said['known'].format(day=self.words.value(known_at.astimezone(self.zone).date()))}"
                )
            shown = at.astimezone(self.zone).date().isoformat()
            yield from self._entry("" if shown == day else shown, entered, text, room)
            day = shown

    def _entry(self, day: str, stage: str, text: str, room: int) -> Iterator[str]:
        before, below = f"{day:<10}  {stage:<{room}}  ", f"{'':<10}  {'|' if stage else '':<{room}}  "
        lines = textwrap.wrap(text, max(self.width - len(before), _NARROWEST))
        for i, line in enumerate(lines):
            yield f"{below if i else before}{line}"

    def counts(self, facts: Sequence[Fact], end: datetime) -> Iterator[str]:
        """Yield the lines of what there is to count."""
        visits = [(name, fact.at) for fact in facts if (name := _stage_after(fact)) is not None]
        spent: dict[str, list[timedelta]] = {}
        ends = [*(at for _, at in visits[1:]), end]
        for (name, entered), left in zip(visits, ends, strict=False):
            spent.setdefault(name, []).append(max(left - entered, timedelta()))
        rows = [(self._said["stage"], self._said["times"], self._said["days"])]
        for name, spans in spent.items():
            days = Decimal(sum(spans, timedelta()) // _TENTH) / 10
            rows.append((self.stage(name), self.words.amount(len(spans)), self.words.amount(days)))
        first, second, third = (max(len(row[i]) for row in rows) for i in range(3))
        for stage, times, length in rows:
            yield f"{stage:<{first}}  {times:>{second}}  {length:>{third}}"
        yield from self._totals(facts)

    def _totals(self, facts: Sequence[Fact]) -> Iterator[str]:
        rests = sum(isinstance(fact, Recycled) for fact in facts)
        if rests:
            yield picked(self._said["rests"], several=rests > 1).format(n=rests)
        cycles = max((fact.cycle for fact in facts if isinstance(fact, CycleStarted)), default=1)
        if cycles > 1:
            yield self._said["cycles"].format(n=cycles)
        met, breached = (sum(isinstance(fact, kind) for fact in facts) for kind in (SlaMet, SlaBreached))
        if met or breached:
            yield self._said["slas"].format(met=met, breached=breached)
        due = {fact.key for fact in facts if isinstance(fact, TouchCameDue)}
        if due:
            sent = {fact.key for fact in facts if isinstance(fact, TouchEnded) and fact.outcome == "sent"}
            yield self._said["touches"].format(n=len(due), sent=len(sent))

    def stage(self, name: str) -> str:
        """Return what people call a stage."""
        return stage_word(name, language=self.words.language, labels=self.words.labels)
