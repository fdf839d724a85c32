"""The lifecycles that come with leadqual, as tables of the same kind as anybody's own."""

from typing import Final

from leadqual.conditions.build import field
from leadqual.conditions.nodes import All, AnyOf, Condition, Not
from leadqual.lifecycle.values import HAND_RAISE, Lifecycle, Stage, Transition
from leadqual.scoring.model import ScoringModel

_STAGES: Final = (
    Stage(name="lead", phase="TOFU", temperature="cold"),
    Stage(name="mql", phase="MOFU", temperature="warm"),
    Stage(name="sql", phase="BOFU", temperature="hot", hand_off=True),
    Stage(name="recycle", kind="rest"),
    Stage(name="won", kind="ended"),
    Stage(name="lost", kind="ended"),
)
_SUBSCRIBER: Final = Stage(name="subscriber", phase="TOFU", temperature="cold")
_SCORED: Final = ("event", "profile", "release", "reinstate")
_GOOD_GRADES: Final = "ABC"


def default_stages(lifecycle: Lifecycle) -> tuple[Stage, ...]:
    """Return the stages of a lifecycle that comes with leadqual.

    >>> [stage.name for stage in default_stages(Lifecycle(preset="subscriber"))][:3]
    ['subscriber', 'lead', 'mql']
    """
    return (_SUBSCRIBER, *_STAGES) if lifecycle.preset == "subscriber" else _STAGES


def default_transitions(lifecycle: Lifecycle, model: ScoringModel) -> tuple[Transition, ...]:
    """Return the transitions of a lifecycle that comes with leadqual, as far as a model has bars for them.

    Args:
        lifecycle: Which one, and its numbers.
        model: The model.

    Returns:
        The transitions in their order.
    """
    first = ("subscriber",) if lifecycle.preset == "subscriber" else ()
    before = (*first, "lead")
    return (
        *_verdicts(lifecycle, before),
        *_hand_raises(model, before),
        *_by_score(model, before),
        *_answers(),
        *(_captures(lifecycle, model) if first else ()),
        *_wakes(first),
        *_cooled(model),
    )


def good_enough(model: ScoringModel) -> Condition:
    """Return what a profile needs for a hand-raise to go to sales: grade C or better, or that being possible still.

    Args:
        model: The model.

    Returns:
        A condition, which always holds if the model has no grade A, B or C.
    """
    good = [letter for letter in _GOOD_GRADES if letter in model.fit.grades]
    return field("fit_high").ge(model.fit.grades[good[-1]]) if good else All(())


def _verdicts(lifecycle: Lifecycle, before: tuple[str, ...]) -> tuple[Transition, ...]:
    working = (*before, "mql", "sql")
    still_fresh = field("days_in_stage").le(lifecycle.reopen_days)
    return (
        Transition(name="yes", from_=(*working, "recycle"), to="won", on="yes"),
        Transition(name="no", from_=(*working, "recycle"), to="lost", on="no"),
        Transition(name="maybe", from_=(*working, "recycle"), to="recycle", on="maybe"),
        Transition(name="accepted by sales", from_=(*before, "mql", "recycle"), to="sql", on="accept"),
        Transition(name="returned by sales", from_="sql", to="mql", on="return"),
        Transition(name="reopened", from_=("won", "lost"), to="sql", on="reopen", when=still_fresh),
    )


def _hand_raises(model: ScoringModel, before: tuple[str, ...]) -> tuple[Transition, ...]:
    if not model.qualify.hand_raise:
        return ()
    raised = field("state.hand_raised").eq(value=True)
    fit = good_enough(model)
    ended = ("won", "lost")
    here = ("hand-raise", (*before, "mql", "recycle"), "sql", raised & fit)
    back = ("back by hand-raise", ended, "sql", raised & fit)
    poor_here = ("hand-raise of a poor fit", (*before, "recycle"), "mql", raised & Not(fit))
    poor_back = ("back by hand-raise of a poor fit", ended, "mql", raised & Not(fit))
    ways = (here, poor_here, back, poor_back) if fit != All(()) else (here, back)
    return tuple(
        Transition(
            name=name,
            from_=stages,
            to=stage,
            on="event" if stages == ended else _SCORED,
            when=guard,
            sla=HAND_RAISE,
            cycle="next" if stages == ended else "same",
        )
        for name, stages, stage, guard in ways
    )


def _by_score(model: ScoringModel, before: tuple[str, ...]) -> tuple[Transition, ...]:
    ways = (
        ("sql", "score for sales", (*before, "mql", "recycle"), model.qualify.sql),
        ("mql", "score for marketing", (*before, "recycle"), model.qualify.mql),
    )
    is_open = field("state.score_route_open").eq(value=True)
    return tuple(
        Transition(name=name, from_=stages, to=bar, on=_SCORED, when=is_open & field("score.qualifies").has(bar))
        for bar, name, stages, declared in ways
        if declared is not None
    )


def _answers() -> tuple[Transition, ...]:
    answered = field("acquisition").eq("outbound") & field("input.reply").eq(value=True)
    return (Transition(name="reply to our approach", from_=("lead", "recycle"), to="mql", on="event", when=answered),)


def _captures(lifecycle: Lifecycle, model: ScoringModel) -> tuple[Transition, ...]:
    ways: list[Condition] = [field("input.capture").eq(value=True)]
    if lifecycle.captures:
        ways.append(field("kinds").has_any(*lifecycle.captures))
    if len(model.interest.levels) > 1:
        ways.append(field("level").lt(max(int(digit) for digit in model.interest.levels)))
    good = [letter for letter in "AB" if letter in model.fit.grades]
    if good:
        ways.append(field("grade").is_in(*good))
    known = field("email").exists() & AnyOf(tuple(ways))
    return (Transition(name="became a lead", from_="subscriber", to="lead", on=("event", "profile"), when=known),)


def _wakes(first: tuple[str, ...]) -> tuple[Transition, ...]:
    """Return the ways back from a rest; whoever never was a lead does not become one by resting."""
    own_act = field("input.interaction").eq(value=True)
    as_before = (
        transition
        for stage in first
        for transition in (
            Transition(
                name=f"woken as a {stage}",
                from_="recycle",
                to=stage,
                on="event",
                when=own_act & field("furthest").eq(stage),
            ),
            Transition(
                name=f"rested as a {stage}", from_="recycle", to=stage, on="wake", when=field("furthest").eq(stage)
            ),
        )
    )
    return (
        *as_before,
        Transition(name="woken by its own act", from_="recycle", to="lead", on="event", when=own_act),
        Transition(name="rested", from_="recycle", to="lead", on="wake"),
    )


def _cooled(model: ScoringModel) -> tuple[Transition, ...]:
    """Return the ways down: only where the playbook has a lower bar that keeps a stage."""
    free = All(
        tuple(field(f"state.{name}").eq(value=False) for name in ("touched", "accepted", "sla_running", "review"))
    )
    return tuple(
        Transition(
            name=f"cooled as {bar.upper()}",
            from_=bar,
            to="recycle",
            on=("tick", "event", "profile"),
            when=All((*free.parts, Not(field("score.stays").has(bar)))),
            reason="cooled",
        )
        for bar, declared in (("mql", model.qualify.mql), ("sql", model.qualify.sql))
        if declared is not None and declared.stay is not None
    )
