"""What every scorer of an extension has to keep; its author runs these checks in a test."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from leadqual.axis import Cap
from leadqual.errors import ModelError
from leadqual.fit.values import Criterion, Fit, FitScorer, Table
from leadqual.interest.values import Interest, InterestRule, InterestScorer
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.declared import Attribute
from leadqual.scoring.model import ScoringModel
from leadqual.testing.agreement import fit_disagreements, interest_disagreements
from leadqual.testing.keeping import fingerprint_problems, round_trip_problems
from leadqual.testing.shape import part_problems, purity_problems, shape_problems


def check_fit_scorer(
    scorer: FitScorer,
    *,
    attributes: Mapping[str, str | Attribute],
    lists: Mapping[str, tuple[str, ...]] | None = None,
    groups: Mapping[str, Cap] | None = None,
    examples: int = 50,
) -> None:
    """Check that a scorer of fit keeps what leadqual promises of it.

    It is a frozen attrs class with a tag of its vendor's; `lower` is pure and returns criteria and tables of which a
    model can be built; it survives a document; its fields are part of the fingerprint; and leads that are drawn around
    what it compares score the same as under the parts it stands for.

    Args:
        scorer: The scorer, with fields as a document might give them.
        attributes: The attributes that a playbook has to declare for it, with their types.
        lists: The value lists that it names.
        groups: The groups that its parts name.
        examples: How many leads are drawn.

    Raises:
        AssertionError: With everything that it does not keep, each in a sentence that says what to do.
        MissingExtra: If Hypothesis is not installed.

    >>> from typing import ClassVar
    >>> from attrs import frozen
    >>> from leadqual import Criterion, field
    >>> @frozen(kw_only=True)
    ... class CompanySize:
    ...     kind: ClassVar[str] = "acme/company-size"
    ...     low: int
    ...     points: int = 10
    ...     def lower(self):
    ...         return [Criterion(when=field("employees").ge(self.low), points=self.points)]
    >>> check_fit_scorer(CompanySize(low=50), attributes={"employees": "integer"})
    """
    declared: dict[str, Any] = {"attributes": attributes, "lists": lists or {}}

    def model(scorers: tuple[Any, ...], parts: tuple[Any, ...]) -> ScoringModel:
        criteria = [part for part in parts if isinstance(part, Criterion)]
        tables = [part for part in parts if isinstance(part, Table)]
        return ScoringModel(**declared, fit=Fit(scorers=scorers, criteria=criteria, tables=tables, groups=groups or {}))

    problems = list(_problems(scorer, "fit", model))
    if not problems:
        alone, spelt = model((scorer,), ()), model((), tuple(scorer.lower()))
        problems += fit_disagreements(alone, spelt, examples)
    _raise(scorer, problems)


def check_interest_scorer(
    scorer: InterestScorer,
    *,
    properties: Mapping[str, str] | None = None,
    lists: Mapping[str, tuple[str, ...]] | None = None,
    groups: Mapping[str, Cap] | None = None,
    examples: int = 50,
) -> None:
    """Check that a scorer of interest keeps what leadqual promises of it; see `check_fit_scorer`.

    Args:
        scorer: The scorer, with fields as a document might give them.
        properties: The properties that a playbook has to declare for it, with their types.
        lists: The value lists that it names.
        groups: The groups that its rules name.
        examples: How many streams of events are drawn.

    Raises:
        AssertionError: With everything that it does not keep, each in a sentence that says what to do.
        MissingExtra: If Hypothesis is not installed.
    """
    declared: dict[str, Any] = {"properties": properties or {}, "lists": lists or {}}

    def model(scorers: tuple[Any, ...], parts: tuple[Any, ...]) -> ScoringModel:
        return ScoringModel(**declared, interest=Interest(scorers=scorers, rules=parts, groups=groups or {}))

    problems = list(_problems(scorer, "interest", model))
    if not problems:
        alone, spelt = model((scorer,), ()), model((), tuple(scorer.lower()))
        problems += interest_disagreements(alone, spelt, examples)
    _raise(scorer, problems)


_PARTS: Mapping[str, tuple[type, ...]] = {"fit": (Criterion, Table), "interest": (InterestRule,)}


def _problems(scorer: Any, axis: str, model: Any) -> Iterator[str]:
    """Yield what is wrong with a scorer by itself; later checks wait until what they stand on is right."""
    looks: tuple[Callable[[Any], Iterator[str]], ...] = (
        shape_problems,
        lambda one: part_problems(one, _PARTS[axis]),
        purity_problems,
    )
    for look in looks:
        wrong = list(look(scorer))
        yield from wrong
        if wrong:
            return
    try:
        whole = model((scorer,), ())
    except ModelError as error:
        yield from (f"A playbook cannot be built with it: {problem}" for problem in error.problems)
        return
    wrong = list(round_trip_problems(scorer, axis, Playbook(name="conformance", version="1", model=whole)))
    yield from wrong
    if not wrong:
        yield from fingerprint_problems(scorer, lambda other: model((other,), ()))


def _raise(scorer: object, problems: list[str]) -> None:
    __tracebackhide__ = True
    if problems:
        name = (scorer if isinstance(scorer, type) else type(scorer)).__name__
        raise AssertionError("\n".join([f"{name} does not keep what a scorer has to:", *(f"- {p}" for p in problems)]))
