"""A lifecycle as a Mermaid state diagram, which Markdown pages, wikis and editors draw."""

from collections.abc import Iterator
from typing import Final

from leadqual.errors import printable
from leadqual.lifecycle.drawn.aims import aims_of
from leadqual.lifecycle.drawn.pen import Pen
from leadqual.lifecycle.plan import LifecyclePlan

_HEAD: Final = """\
---
config:
  state:
    nodeSpacing: 60
    rankSpacing: 120
---
stateDiagram-v2
  direction LR"""
_STYLES: Final = {"rest": "stroke-dasharray: 5 4", "ended": "stroke-width: 3px"}
_PLAIN: Final = frozenset(" -_.,()'/+")
_BREAK: Final = "<br/>"
_JOINT: Final = f",{_BREAK}"
Arrows = dict[tuple[str, str], list[str]]
"""By the stages from which and to which it leads, what stands at an arrow."""


def mermaid(plan: LifecyclePlan, pen: Pen) -> str:
    """Return the source of a state diagram.

    Stages are declared in their order; arrows forward come first and the shortest before longer ones, which makes the
    layout put the stages in a row and keeps what stands at the arrows apart.

    Args:
        plan: The lifecycle.
        pen: The language and the labels.
    """
    return "\n".join(_lines(plan, pen)) + "\n"


def quoted(text: str) -> str:
    """Return a text such that Mermaid shows it as it is, whatever stands in it.

    >>> quoted('in "talks"; 50 %'), quoted("Zoë")
    ('in #34;talks#34;#59; 50 #37;', 'Zoë')
    """
    return "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in printable(text))


def _lines(plan: LifecyclePlan, pen: Pen) -> Iterator[str]:
    ids = {name: f"s{i}" for i, name in enumerate(plan.stages)}
    yield _HEAD
    for name, stage in plan.stages.items():
        kind = pen.kind(stage)
        more = f"{_BREAK}({quoted(kind)})" if kind else ""
        yield f'  state "{quoted(pen.stage(name))}{more}" as {ids[name]}'
    yield f"  [*] --> {ids[plan.initial]}"
    for (from_, to), names in _ordered(_arrows(plan, pen), list(ids)):
        yield f"  {ids[from_]} --> {ids[to]} : {_JOINT.join(names)}"
    for kind, style in _STYLES.items():
        found = [ids[name] for name, stage in plan.stages.items() if stage.kind == kind]
        if found:
            yield f"  classDef {kind} {style}"
            yield f"  class {','.join(found)} {kind}"


def _arrows(plan: LifecyclePlan, pen: Pen) -> Arrows:
    arrows: Arrows = {}
    for transition in plan.transitions:
        name = pen.name(transition.name)
        for aim in aims_of(plan, transition):
            who = ", ".join(map(pen.name, aim.who))
            shown = quoted(pen.say("acquired", name=name, who=who) if who else name)
            for stage in transition.from_:
                arrows.setdefault((stage, aim.stage), []).append(shown)
    return arrows


def _ordered(arrows: Arrows, stages: list[str]) -> list[tuple[tuple[str, str], list[str]]]:
    def place(arrow: tuple[tuple[str, str], list[str]]) -> tuple[bool, int, int]:
        from_, to = map(stages.index, arrow[0])
        return (from_ >= to, abs(to - from_), from_)

    return sorted(arrows.items(), key=place)
