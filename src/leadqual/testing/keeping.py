"""Whether a document keeps a scorer, and a fingerprint tells its fields apart."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from attrs import asdict, evolve, fields

from leadqual.errors import LeadqualError, ModelError
from leadqual.playbook.dump import to_toml
from leadqual.playbook.load import loads
from leadqual.playbook.playbook import Playbook
from leadqual.playbook.registry import Registry
from leadqual.scoring.model import ScoringModel

_ADVICE: Final = (
    "let its fields be texts, whole numbers, decimals, booleans and lists of these, as a document holds them"
)


def round_trip_problems(scorer: Any, axis: str, playbook: Playbook) -> Iterator[str]:
    """Yield how a document fails to keep a scorer.

    Args:
        scorer: A scorer whose `lower` is pure.
        axis: ``"fit"`` or ``"interest"``.
        playbook: A playbook that has it.
    """
    registry = Registry().with_scorer(type(scorer), axis=axis)
    for write in (playbook.to_json, lambda: to_toml(playbook)):
        wrong = list(_written_problems(scorer, axis, playbook, write, registry))
        yield from wrong
        if wrong:
            return


def _written_problems(
    scorer: Any, axis: str, playbook: Playbook, write: Callable[[], str], registry: Registry
) -> Iterator[str]:
    """Yield how a document that is written in one way fails to keep a scorer."""
    try:
        text = write()
    except (ArithmeticError, AttributeError, LeadqualError, TypeError, ValueError) as error:
        yield f"A playbook that has it cannot be written ({type(error).__name__}): {_ADVICE}."
        return
    try:
        again = loads(text, registry=registry)
    except ModelError as error:
        found = error.problems
        yield from (f"A document that names it cannot be read: {problem} What to do: {_ADVICE}." for problem in found)
        return
    scorers: tuple[Any, ...] = again.model.fit.scorers if axis == "fit" else again.model.interest.scorers
    (read,) = scorers
    if list(read.lower()) != list(scorer.lower()):
        yield f"It earns something else after a document was written and read: {_ADVICE}."
    elif read != scorer:
        changed = [name for name, value in _values(scorer).items() if value != _values(read).get(name)]
        yield f"The fields {changed} are others after a document was written and read: convert them, or {_ADVICE}."
    if again.fingerprint != playbook.fingerprint:
        yield f"Its playbook has another fingerprint after it was written and read: {_ADVICE}."


def _values(scorer: Any) -> dict[str, Any]:
    return asdict(scorer, recurse=False)


def fingerprint_problems(scorer: Any, model_of: Callable[[Any], ScoringModel]) -> Iterator[str]:
    """Yield the fields that do not show in a fingerprint.

    Args:
        scorer: A scorer that a document keeps.
        model_of: Builds a model with a scorer.
    """
    own = model_of(scorer).fingerprint
    for attribute in fields(type(scorer)):
        if not attribute.init:
            continue
        for value in _others(_values(scorer)[attribute.name]):
            try:
                other = evolve(scorer, **{attribute.name: value})
                theirs = model_of(other)
            except (LeadqualError, ValueError, TypeError, ArithmeticError):
                continue  # no value that it may have
            if other != scorer and theirs.fingerprint == own:
                yield (
                    f"Two that differ in `{attribute.name}` have one fingerprint: keep that field's value as it is "
                    "given, and do not write it otherwise."
                )
                break


def _others(value: object) -> Iterator[object]:
    """Yield values of the same type that differ from one."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | Decimal):
        yield from (value + 1, value - 1, 2 * value)
    elif isinstance(value, str):
        yield from (f"{value}x", f"x{value}")
    elif isinstance(value, tuple) and value:
        yield from ((*value[:-1], other) for other in _others(value[-1]))
        yield value[:-1]
