"""Conditions written in Python: ``field("job_title").contains_word("CEO", "CTO")``."""

from attrs import frozen

from leadqual.conditions.nodes import Leaf, Literal


@frozen
class Field:
    """A field by its name; each method makes one comparison. Join them with ``&``, ``|`` and ``~``.

    Every method takes the keywords ``ignore_case``, ``ignore_accents`` (texts) and ``missing`` (what a missing value
    gives; false when absent). Types are checked when a model is built with the condition. Where several values are
    taken, one text with a leading ``@`` names a list: ``field("email").domain_in("@free_mail")``.

    >>> from leadqual.conditions import describe
    >>> describe(field("country").is_in("ES", "MX") & ~field("employees").lt(10))
    'the country is ES or MX, and the employees are at least 10 or are not known'
    """

    name: str

    def _leaf(self, op: str, value: Literal | None, options: dict[str, bool]) -> Leaf:
        return Leaf(field=self.name, op=op, value=value, **options)

    def _several(self, op: str, values: tuple[Literal, ...], options: dict[str, bool]) -> Leaf:
        named = len(values) == 1 and isinstance(values[0], str) and values[0].startswith("@")
        return self._leaf(op, values[0] if named else values, options)

    def eq(self, value: Literal, **options: bool) -> Leaf:
        """Equal to the value."""
        return self._leaf("eq", value, options)

    def ne(self, value: Literal, **options: bool) -> Leaf:
        """Known and not equal to the value."""
        return self._leaf("ne", value, options)

    def is_in(self, *values: Literal, **options: bool) -> Leaf:
        """Equal to one of the values."""
        return self._several("in", values, options)

    def not_in(self, *values: Literal, **options: bool) -> Leaf:
        """Known and equal to none of the values."""
        return self._several("not_in", values, options)

    def lt(self, value: Literal, **options: bool) -> Leaf:
        """Less than the value."""
        return self._leaf("lt", value, options)

    def le(self, value: Literal, **options: bool) -> Leaf:
        """At most the value."""
        return self._leaf("le", value, options)

    def gt(self, value: Literal, **options: bool) -> Leaf:
        """More than the value."""
        return self._leaf("gt", value, options)

    def ge(self, value: Literal, **options: bool) -> Leaf:
        """At least the value."""
        return self._leaf("ge", value, options)

    def between(self, low: Literal, high: Literal, **options: bool) -> Leaf:
        """From the one to the other, both ends in."""
        return self._leaf("between", (low, high), options)

    def contains(self, *values: Literal, **options: bool) -> Leaf:
        """Holds one of the texts, anywhere."""
        return self._several("contains", values, options)

    def contains_any(self, *values: Literal, **options: bool) -> Leaf:
        """Holds one of the texts, anywhere."""
        return self._several("contains_any", values, options)

    def contains_word(self, *values: Literal, **options: bool) -> Leaf:
        """Holds one of the texts as whole words."""
        return self._several("contains_word", values, options)

    def starts_with(self, *values: Literal, **options: bool) -> Leaf:
        """Starts with one of the texts."""
        return self._several("starts_with", values, options)

    def ends_with(self, *values: Literal, **options: bool) -> Leaf:
        """Ends with one of the texts."""
        return self._several("ends_with", values, options)

    def domain_in(self, *values: Literal, **options: bool) -> Leaf:
        """Has one of the texts after its last ``@``."""
        return self._several("domain_in", values, options)

    def exists(self) -> Leaf:
        """Is known."""
        return self._leaf("exists", None, {})

    def missing(self) -> Leaf:
        """Is not known."""
        return self._leaf("missing", None, {})

    def has(self, value: Literal, **options: bool) -> Leaf:
        """Is a list that holds the value."""
        return self._leaf("has", value, options)

    def has_any(self, *values: Literal, **options: bool) -> Leaf:
        """Is a list that holds one of the values."""
        return self._several("has_any", values, options)

    def has_all(self, *values: Literal, **options: bool) -> Leaf:
        """Is a list that holds all of the values."""
        return self._several("has_all", values, options)


def field(name: str) -> Field:
    """Name a field to compare.

    Args:
        name: A declared attribute or property, a field of every lead, or in a bar a score's name such as ``"fit"``.

    Returns:
        An object whose methods make conditions.

    >>> field("fit").ge(30).op
    'ge'
    """
    return Field(name)
