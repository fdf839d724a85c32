"""Windows that never open together."""

from collections.abc import Iterator, Mapping

from leadqual.errors import Kind, Problem
from leadqual.nurture.presets import PRESETS
from leadqual.nurture.purposes import EVERY
from leadqual.nurture.settings import Nurture
from leadqual.nurture.windows import MINUTES, Minutes, SendWindow, common


def windows_of(nurture: object, channel: str) -> tuple[SendWindow, ...]:
    """Return the windows of a channel: its own and the one for all, those of presets included.

    Args:
        nurture: The settings, which may be wrong.
        channel: The channel.
    """
    if not isinstance(nurture, Nurture):
        return ()
    tables = [nurture.windows] if isinstance(nurture.windows, Mapping) else []
    names = nurture.presets if isinstance(nurture.presets, tuple) else ()
    tables += [PRESETS[name].windows for name in names if isinstance(name, str) and name in PRESETS]
    found = [next((table[name] for table in tables if name in table), None) for name in (channel, EVERY)]
    return tuple(window for window in found if isinstance(window, SendWindow))


def together_problem(windows: tuple[SendWindow, ...], where: str, channel: str) -> Iterator[Problem]:
    """Yield the problem of windows that have no minute of the week in common.

    Args:
        windows: The windows.
        where: Path of the last one.
        channel: The channel that they are for.
    """
    for day in range(7):
        left: Minutes = ((0, MINUTES),)
        for window in windows:
            left = common(left, window.week[day])
        if left:
            return
    got = Kind(f"the windows of {channel}")
    hint = 'Leave some minutes of some day that suit all: this one, that of the channel and that of "*".'
    yield Problem(where=where, what="together the windows never open", got=got, hint=hint)
