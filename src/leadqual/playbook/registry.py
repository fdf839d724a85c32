"""Extensions by their tag: a value that is passed, filled from installed packages when it is first asked."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

_GROUPS: Final[Mapping[str, str]] = {"fit": "leadqual.fit_scorers", "interest": "leadqual.interest_scorers"}


def _constant(value: type[Any]) -> Callable[[], type[Any]]:
    return lambda: value


@frozen(kw_only=True)
class Registry:
    """The scorers that a document may name by their ``kind``.

    Attributes:
        loaders: By axis and kind, a function that gives the scorer's class.

    >>> Registry().kinds("fit")
    ()
    """

    loaders: Mapping[tuple[str, str], Callable[[], type[Any]]] = field(factory=dict, hash=False)

    @classmethod
    def installed(cls) -> "Registry":
        """Return a registry of all installed extensions; none of them is imported before a document names it.

        Extensions register under the entry-point groups ``leadqual.fit_scorers`` and ``leadqual.interest_scorers``.
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

    def kinds(self, axis: str) -> tuple[str, ...]:
        """Return the kinds of an axis."""
        return tuple(kind for known, kind in self.loaders if known == axis)

    def scorer(self, axis: str, kind: str) -> type[Any]:
        """Return the class of a scorer; it is imported now."""
        return self.loaders[axis, kind]()
