"""Parts of a playbook as people speak of them: their names, and what they say in short."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from leadqual.playbook.diff.fragments import Fragments
from leadqual.playbook.diff.touch import Owner, Part

_TOLD: Final = {
    "fit.criteria[]": ("when", "points", "missing", "group"),
    "fit.tables[]": ("field", "bands", "values", "other", "missing", "group"),
    "fit.gates[]": ("when",),
    "interest.rules[]": (
        "event", "when", "inactivity", "points", "distinct_by", "per", "times", "weights", "decay", "max", "min",
        "group", "counts",
    ),
    "fit.groups.*": ("max", "min"),
    "interest.groups.*": ("max", "min"),
    "files.*": ("zone", "unit", "dates", "decimal", "delimiter", "encoding", "missing", "bare_dates"),
}  # fmt: skip
"""What is told of a part that is new, in this order."""


@frozen(kw_only=True)
class Parts:
    """Names parts of a playbook and sums them up.

    Attributes:
        fragments: Says single values.
    """

    fragments: Fragments

    def called(self, key: str, part: Part) -> str:
        """Return what people call an entry of a list."""
        words = self.fragments.words
        name = part.get("name", part.get("reason"))
        if isinstance(name, str):
            return words.name(name)
        match key:
            case "interest.rules[]":
                return self.fragments.kinds(_listed(part.get("event")))
            case "fit.tables[]":
                return words.name(str(part.get("field", "")))
            case "fit.criteria[]":
                return words.quoted(self.fragments.condition(part["when"]))
        return str(part.get("kind", ""))

    def owner(self, owner: Owner) -> str:
        """Return what people call a part, in a sentence about it."""
        if owner.key == "files.*":
            return self.file(owner.name)
        words = self.fragments.words
        name = words.name(owner.name) if owner.name else self.called(owner.key, owner.part)
        phrase = f"who {owner.key}"
        if not self.fragments.has(phrase):
            return upper(name)
        plain = owner.key in ("attributes.*", "properties.*")
        return self.fragments.say(phrase, name=name if plain else words.quoted(name))

    def quoted(self, key: str, part: Part) -> str:
        """Return what people call an entry of a list, in quotes."""
        name = self.called(key, part)
        unnamed = key == "fit.criteria[]" and "name" not in part  # its condition is in quotes already
        return name if unnamed else self.fragments.words.quoted(name)

    def file(self, name: str) -> str:
        """Return what people call a file."""
        return self.fragments.say(f"file {name}")

    def facts(self, key: str, part: Part) -> str:
        """Return everything that a part says."""
        return "; ".join(self._facts(key, part))

    def _facts(self, key: str, part: Part) -> Iterator[str]:
        own = self.fragments
        for name in _TOLD.get(key, ()):
            value = part.get(name)
            named = "name" in part
            if value is None or (name in ("event", "field") and not named) or (name == "when" and _is_name(key, part)):
                continue
            if name == "points":
                yield own.earned(value)
            elif key == "files.*" and name == "missing":
                yield own.fragment("missing words", value)
            else:
                yield own.fragment(f"{key}.{name}", value)

    def objective(self, part: Part) -> str:
        """Return what an objective replaces."""
        own = self.fragments
        found = []
        if isinstance(part.get("based_on"), str):
            found.append(own.fragment("based_on", part["based_on"]))
        for table in ("criteria", "rules", "bands"):
            replaced: Any = part.get(table, {})
            for name, points in replaced.items():
                found.append(own.say("own points", name=own.words.name(name), points=self.replaced(points)))
        found += [own.say(f"own {table}") for table in ("combine", "qualify") if table in part]
        return "; ".join(found) or own.say("nothing else")

    def replaced(self, points: Any) -> str:
        """Return points that an objective gives, one or those of all bands."""
        if isinstance(points, list):
            return self.fragments.say("own bands", values=", ".join(map(self.fragments.words.amount, points)))
        return self.fragments.points(points)


def _is_name(key: str, part: Part) -> bool:
    """Return whether the condition of a criterion has been said already, in place of a name."""
    return key == "fit.criteria[]" and "name" not in part


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def upper(text: str) -> str:
    """Return a text with a capital at its start.

    >>> upper("download")
    'Download'
    """
    return text[:1].upper() + text[1:]
