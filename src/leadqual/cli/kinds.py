"""The kinds of a user's events in a drafted playbook: which rules find them, and stubs for those that none does."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from leadqual.cli.formats import quoted
from leadqual.cli.names import plain_name
from leadqual.cli.screen import number_of, safe
from leadqual.hints import did_you_mean

_QUALIFY_PART: Final = "# Who qualifies?"
_EVENT_LINE: Final = re.compile(r"event = [^#]*")
_HAND_RAISE_LINE: Final = re.compile(r"hand_raise = \[[^#]*")
_MOST: Final = 40
_COLUMN: Final = 36


def with_kinds(text: str, *, own: Mapping[str, int], ours: Mapping[str, int]) -> str:
    """Say at each rule how many events it would find, and add stubs for the kinds that no rule names.

    Kinds that differ from a rule's in case and signs only join that rule.

    Args:
        text: The starter, perhaps with lines added.
        own: Kinds of the leads' own acts, with how many there are.
        ours: Kinds of our acts, with how many there are.

    Returns:
        The text with the kinds.
    """
    counts = {**ours, **own}
    rules = tomllib.loads(text)["interest"]["rules"]
    named = [kind for rule in rules for kind in _as_list(rule["event"])]
    variants = {kind: [k for k in counts if k not in named and plain_name(k) == plain_name(kind)] for kind in named}
    known = {*named, *(kind for more in variants.values() for kind in more)}
    text = "\n".join(_with_counts(line, counts, variants) for line in text.split("\n"))
    return before(text, _QUALIFY_PART, [*_stubs(own, known, named), *_our_acts(ours, known)])


def before(text: str, heading: str, lines: Sequence[str]) -> str:
    r"""Return a text with lines put in before the line that begins with a heading.

    >>> before("a\n# B\nc", "# B", ["x", ""])
    'a\nx\n\n# B\nc'
    """
    place = text.index(f"\n{heading}") + 1
    return text[:place] + "".join(f"{line}\n" for line in lines) + text[place:]


def _as_list(event: str | list[str]) -> list[str]:
    return [event] if isinstance(event, str) else event


def _with_counts(line: str, counts: Mapping[str, int], variants: Mapping[str, Sequence[str]]) -> str:
    rule, hand_raise = _EVENT_LINE.match(line), _HAND_RAISE_LINE.match(line)
    found = rule or hand_raise
    if found is None or '"*"' in line:
        return line
    kinds = _as_list(next(iter(tomllib.loads(found[0]).values())))
    kinds = list(dict.fromkeys([*kinds, *(more for kind in kinds for more in variants.get(kind, ()))]))
    shown = ", ".join(map(quoted, kinds))
    if hand_raise:
        return f"hand_raise = [{shown}]"
    count = sum(counts.get(kind, 0) for kind in kinds)
    told = f"# {number_of(count, 'event')} of yours" if count else "# none of your events"
    event = f"event = {shown}" if len(kinds) == 1 else f"event = [{shown}]"
    return f"{event:<{_COLUMN}}  {told}"


def _stubs(own: Mapping[str, int], known: set[str], named: Sequence[str]) -> Iterator[str]:
    strangers = sorted((kind for kind in own if kind not in known), key=lambda kind: (-own[kind], kind))
    if strangers:
        yield "# Kinds in your events that no rule names. Take away the # and say what they are worth."
        yield ""
    for kind in strangers[:_MOST]:
        close = did_you_mean(kind, set(named) - {"*"}, " ").strip()
        yield f"# [[interest.rules]]{f'  # {safe(close)}' if close else ''}"
        yield f"# event = {quoted(kind)}  # {number_of(own[kind], 'event')} of yours"
        yield "# points = 1"
        yield "# per_day = 1"
        yield ""
    if len(strangers) > _MOST:
        yield f"# … and {number_of(len(strangers) - _MOST, 'more kind')}: `leadqual check` lists them."
        yield ""
    if strangers:
        yield ""


def _our_acts(ours: Mapping[str, int], known: set[str]) -> Iterator[str]:
    quiet = sorted(kind for kind in ours if kind not in known)
    if quiet:
        yield "# Our own acts, which need no rule:"
        yield from (f"#   {safe(quoted(kind))}: {number_of(ours[kind], 'event')}" for kind in quiet[:_MOST])
        yield ""
        yield ""
