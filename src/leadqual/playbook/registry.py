"""Extensions by their tag: a value that is passed, filled from installed packages when it is first asked."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from leadqual.nurture.nextbest import NextBestContent

_GROUPS: Final[Mapping[str, str]] = {
    "fit": "leadqual.fit_scorers",
    "interest": "leadqual.interest_scorers",
    "planner": "leadqual.planners",
}
_BUILT_IN: Final[Mapping[tuple[str, str], type[Any]]] = {("planner", NextBestContent.kind): NextBestContent}


def _constant(value: type[Any]) -> Callable[[], type[Any]]:
    return lambda: value


@frozen(kw_only=True)
class Registry:
    """The scorers and planners that a document may name by their ``kind``; those of leadqual are always among them.

    Attributes:
        loaders: By axis (``"fit"``, ``"interest"`` or ``"planner"``) and kind, a function that gives the class.

    >>> Registry().kinds("fit"), Registry().kinds("planner")
    ((), ('next_best_content',))
    """

    loaders: Mapping[tuple[str, str], Callable[[], type[Any]]] = field(factory=dict, hash=False)

    @classmethod
    def installed(cls) -> "Registry":
        """Return a registry of all installed extensions; none of them is imported before a document names it.

        Extensions register under the entry-point groups ``leadqual.fit_scorers``, ``leadqual.interest_scorers`` and
        ``leadqual.planners``.
        """
        from importlib.metadata import entry_points

        loaders = {}
        for axis, group in _GROUPS.items():
            for point in entry_points(group=group):
                loaders[axis, point.name] = point.load
        return cls(loaders=loaders)

    def with_scorer(self, scorer: type[Any], axis: str = "fit") -> "Registry":
        """Return a registry that also has a scorer.

        Args:
            scorer: An attrs class with a ``kind`` and a method ``lower``.
            axis: ``"fit"`` or ``"interest"``.
        """
        return evolve(self, loaders={**self.loaders, (axis, scorer.kind): _constant(scorer)})

    def with_planner(self, planner: type[Any]) -> "Registry":
        """Return a registry that also has a planner.

        Args:
            planner: An attrs class with a ``kind`` and a method ``propose``.
        """
        return self.with_scorer(planner, "planner")

    def kinds(self, axis: str) -> tuple[str, ...]:
        """Return the kinds of an axis."""
        return tuple(dict.fromkeys(kind for known, kind in (*_BUILT_IN, *self.loaders) if known == axis))

    def scorer(self, axis: str, kind: str) -> type[Any]:
        """Return the class of a scorer or planner; it is imported now."""
        found = _BUILT_IN.get((axis, kind))
        return self.loaders[axis, kind]() if found is None else found
