"""Did you mean: names that do exist, for a name that does not."""

from collections.abc import Iterable

_LONGEST = 64
_MOST = 200


def did_you_mean(name: object, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the closest known word, or else the known words.

    Args:
        name: What came.
        known: The names that exist.
        otherwise: What to say when nothing is close; the known names by default.

    Returns:
        One sentence.

    >>> did_you_mean("jobtitle", ["job_title", "country"])
    'Did you mean `job_title`?'
    >>> did_you_mean("zzz", ["max", "min"])
    'Known: max, min.'
    """
    import difflib

    names = sorted(map(str, known))
    if isinstance(name, str) and len(name) <= _LONGEST and len(names) <= _MOST:
        folded = {other.lower(): other for other in names}
        close = difflib.get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
        if close:
            return f"Did you mean `{folded[close[0]]}`?"
    if otherwise or not names:
        return otherwise
    return f"Known: {', '.join(names[:20])}{', …' if len(names) > 20 else ''}."
