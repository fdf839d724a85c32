"""Why a verdict of a file could not be taken, for people."""

from typing import Final

from leadqual.cli.voice import ENGLISH, Voice
from leadqual.files.replay import Refusal

_REASONS: Final = (
    "`{verdict}` is not possible: the cycle has ended",
    "`{verdict}` is not possible in this stage",
    "`{verdict}` is not possible while the lead is disqualified",
    "the lead is not disqualified",
)
_OTHER: Final = "`{verdict}` asks for more than was so then"


def reason_of(refusal: Refusal, voice: Voice = ENGLISH) -> str:
    """Return why a verdict could not be taken, as part of a sentence.

    Args:
        refusal: The verdict, and the problems that it met.
        voice: The language.

    >>> from datetime import UTC, datetime
    >>> from leadqual.errors import Kind, Problem
    >>> from leadqual.lifecycle.inputs import Verdict
    >>> late = Problem(where="wake_on", what="the day has come already", got=Kind("2026-03-01"), hint="")
    >>> reason_of(Refusal(at=datetime(2026, 3, 2, tzinfo=UTC), given=Verdict("maybe"), problems=(late,)))
    'the day that it names (`wake_on`) has come already'
    """
    problem, verdict = refusal.problems[0], refusal.given.verdict
    if problem.where == "wake_on":
        return voice("the day that it names (`wake_on`) has come already")
    known = [text for text in _REASONS if text.format(verdict=verdict) == problem.what]
    if known:
        return voice(known[0], verdict=verdict)
    return problem.what if voice.words.language == "en" else voice(_OTHER, verdict=verdict)
