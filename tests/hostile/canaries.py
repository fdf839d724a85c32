"""Words that stand for personal data, and where they must not come out."""

import traceback

CANARY = "canary7f3a"
NUMBER = 71_234_567_890_123_456_789
TYPES = ("text", "integer", "number", "boolean", "date", "instant", "list")
LEAKED = (CANARY, str(NUMBER), "1871-", "1871, ", "7123456")
"""What shows that a planted value came out."""


def leaks(text):
    """Return the planted words that a text holds."""
    return [word for word in LEAKED if word in text]


def told(error):
    """Return everything that an error shows anywhere: text, repr, arguments, notes, its chain as a log prints it."""
    shown = [str(error), repr(error), repr(error.args), *getattr(error, "__notes__", ())]
    chain = (error.__cause__, None if error.__suppress_context__ else error.__context__)
    shown += [part for inner in chain if inner is not None for part in traceback.format_exception_only(inner)]
    return "\n".join(shown)
