"""A lifecycle drawn from the same value by which it is run: for a terminal, or for whatever draws Mermaid."""

from collections.abc import Mapping
from typing import Final, Literal

from leadqual.conditions.words import Words
from leadqual.errors import Problem, UnknownName
from leadqual.hints import did_you_mean
from leadqual.languages import Language, language_of
from leadqual.lifecycle.drawn.mermaid import mermaid
from leadqual.lifecycle.drawn.pen import Pen
from leadqual.lifecycle.drawn.table import text_table
from leadqual.lifecycle.plan import LifecyclePlan

KINDS: Final = ("text", "mermaid")
"""What a lifecycle can be drawn as."""
_NO_LABELS: Final[Mapping[str, str]] = {}


def diagram(
    plan: LifecyclePlan,
    kind: Literal["mermaid", "text"] = "mermaid",
    *,
    language: Language = "en",
    labels: Mapping[str, str] = _NO_LABELS,
    width: int = 80,
) -> str:
    r"""Draw a lifecycle.

    Names and labels stand in it as they are, control characters as their codes; none can add anything to the drawing.

    Args:
        plan: The lifecycle; `Playbook.plan` and `Qualifier.plan` have it.
        kind: ``"mermaid"`` for the source of a Mermaid state diagram: one arrow from a stage to another, with the names
            of the transitions that take it. ``"text"`` for a table: per stage what leads out of it, on what and under
            which condition, in the order in which it is tried, with SLAs and what becomes of a maybe.
        language: ``"en"`` or ``"es"``.
        labels: What people call stages, transitions, attributes, kinds and reasons, by name; `Playbook.labels` has
            them by language.
        width: Columns of the table, at least 40 or so.

    Returns:
        Lines, the last with an end of line too.

    Raises:
        UnknownName: If it cannot be drawn so, or leadqual does not speak the language.

    >>> from leadqual.playbook import loads
    >>> book = loads('schema = 1\nname = "mine"\nversion = "1"')
    >>> print(*diagram(book.plan).splitlines()[8:11], sep="\n")
      state "lead<br/>(TOFU, cold)" as s0
      state "MQL<br/>(MOFU, warm)" as s1
      state "SQL<br/>(BOFU, hot)" as s2
    >>> print(*diagram(book.plan, "text").splitlines()[:4], sep="\n")
    lead: TOFU, cold; leads begin here
      -> won      yes                    on a yes
      -> lost     no                     on an explicit no
      -> resting  maybe                  on a maybe
    """
    pen = Pen(Words(language=language_of(language), labels=labels))
    if kind == "mermaid":
        return mermaid(plan, pen)
    if kind == "text":
        return text_table(plan, pen, width)
    hint = did_you_mean(kind, KINDS)
    raise UnknownName([Problem(where="kind", what="a lifecycle cannot be drawn so", got=kind, hint=hint)])
