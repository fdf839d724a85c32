"""Compares two playbooks."""

from collections.abc import Iterator
from typing import Any

from leadqual.axis import container_problems
from leadqual.conditions.words import Words
from leadqual.errors import ModelError
from leadqual.languages import Language, language_of
from leadqual.playbook.diff.fragments import Fragments
from leadqual.playbook.diff.narrow import narrowed
from leadqual.playbook.diff.parts import Parts
from leadqual.playbook.diff.sentences import sentence
from leadqual.playbook.diff.touch import Touch
from leadqual.playbook.diff.touches import touches
from leadqual.playbook.diff.values import Change, Diff
from leadqual.playbook.playbook import Playbook


def diff(before: Playbook, after: Playbook, *, language: Language = "en") -> Diff:
    r"""Return what changed between two playbooks, in words.

    Rules, criteria, tables, gates and examples are recognised by their names, else by what they say, so that one more
    at the top of a list is one change. Playbooks with one fingerprint have no changes; others have some.

    Args:
        before: The playbook as it was.
        after: The playbook as it is.
        language: ``"en"`` or ``"es"``; the labels of both playbooks in that language are used.

    Returns:
        The changes, in document order.

    Raises:
        ModelError: If what is compared are no playbooks.
        UnknownName: If leadqual does not speak the language.

    >>> from leadqual.playbook import loads
    >>> text = 'schema = 1\nname = "mine"\nversion = "1"\n[[interest.rules]]\nevent = "download"\npoints = 2\n'
    >>> print(diff(loads(text), loads(text.replace("points = 2", "points = 3"))).explain())
    Interest
      - Download earns 3 points instead of 2.
    """
    language = language_of(language)
    wrong = list(container_problems((("before", before, Playbook), ("after", after, Playbook))))
    if wrong:
        raise ModelError(wrong)
    labels = {**before.labels.get(language, {}), **after.labels.get(language, {})}
    if before.fingerprint == after.fingerprint:
        return Diff(changes=(), language=language)
    return Diff(changes=tuple(_changes(before, after, Words(language=language, labels=labels))), language=language)


def _changes(before: Playbook, after: Playbook, words: Words) -> Iterator[Change]:
    parts = Parts(fragments=Fragments(words=words))
    for touch in touches(before.to_plain(), after.to_plain()):
        path, old, new = _place(touch)
        was, now = f"{touch.spot.was}{path}", f"{touch.spot.now}{path}"
        yield Change(
            kind=touch.kind,
            where=was if touch.kind == "removed" else now,
            where_before=None if touch.kind == "added" else was,
            where_after=None if touch.kind == "removed" else now,
            before=old,
            after=new,
            words=sentence(touch, parts),
        )


def _place(touch: Touch) -> tuple[str, Any, Any]:
    """Return where within a place the change is, with what was there and is: conditions are looked into."""
    before: Any = touch.before
    after: Any = touch.after
    condition = touch.spot.key.rpartition(".")[2] in ("when", "stay") and touch.kind == "changed"
    if not condition:
        return "", before, after
    found = narrowed(before, after)
    if found.before is None or found.after is None:  # one part more or less: the whole says which
        return "", before, after
    return found.path, found.before, found.after
