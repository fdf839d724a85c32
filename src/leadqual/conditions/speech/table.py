"""What a language has to bring, so that conditions can be said in it."""

from collections.abc import Callable, Mapping

from attrs import frozen


@frozen(kw_only=True, eq=False)
class Speech:
    """The words and phrases of one language.

    In a phrase ``{v}`` is the value, ``{low}`` and ``{high}`` are the ends of a range and ``{noun}`` is what is
    counted; of ``[is|are]`` the first stands with one thing, the second with several.

    Attributes:
        names: What people call the fields that every lead and every score has, and the lists that are built in.
        counted: What is counted, as one and as several, by field.
        any_kind: What a rule for any kind of event counts.
        quotes: What stands before and after a word that is looked for.
        yes: The answer yes.
        no: The answer no.
        months: Names of the months, January first.
        day: A date, from ``{day}``, ``{month}`` and ``{year}``.
        instant: An instant, from a ``{day}`` and a ``{time}`` of UTC.
        percent: A share, from ``{v}``.
        the: Puts the definite article before a noun, unless the noun has one.
        of: Puts *of* and the article before a noun.
        many: Tells whether a noun speaks of several things.
        nor: What joins values of which it is none: ``or``, ``ni``.
        subjects: Who or what a comparison speaks of, where it is not the name with its article; ``{name}`` is quoted.
        phrases: What each comparison says of it.
        whole: What a comparison says together with what it speaks of.
        joints: Words around comparisons: ``or``, ``either``, ``always``, ``never``; which writing does not matter.
    """

    names: Mapping[str, str]
    counted: Mapping[str, tuple[str, str]]
    any_kind: str
    quotes: tuple[str, str]
    yes: str
    no: str
    months: tuple[str, ...]
    day: str
    instant: str
    percent: str
    the: Callable[[str], str]
    of: Callable[[str], str]
    many: Callable[[str], bool]
    nor: str
    subjects: Mapping[str, str]
    phrases: Mapping[str, str]
    whole: Mapping[str, str]
    joints: Mapping[str, str]
