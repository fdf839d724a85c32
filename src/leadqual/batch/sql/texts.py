"""Tests of texts that are not pure ASCII: numbered as conditions are compiled, answered by the reference itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from attrs import Factory, define, field, frozen

from leadqual.conditions.comparisons import Test, comparison
from leadqual.conditions.fieldtypes import read_list, read_text
from leadqual.fold import folding

SEPARATOR: Final = "\x1f"
"""What stands around and between the texts of a list that is kept as one text."""
BITS: Final = 60
"""Tests that one mask answers."""


Row = tuple[str, str, str, *tuple[int, ...]]
"""The key of a column, a value of it, the value composed, and its masks."""


class Place(NamedTuple):
    """Where the answer to a test stands.

    Attributes:
        mask: Number of the mask.
        bit: Number of the bit.
    """

    mask: int
    bit: int


class Fold(NamedTuple):
    """How texts are made ready to compare.

    Attributes:
        ignore_case: A to Z and a to z are the same.
        ignore_accents: Combining marks do not matter.
    """

    ignore_case: bool = False
    ignore_accents: bool = False

    def of(self, text: str) -> str:
        """Return a text, already composed, folded.

        >>> Fold(ignore_case=True).of("ÉCOLE")
        'École'
        """
        return folding(ignore_case=self.ignore_case, ignore_accents=self.ignore_accents)(text)


AS_IT_IS: Final = Fold()
"""Nothing is folded."""


@frozen
class TextTest:
    """One test of a text or of a list of texts.

    Attributes:
        op: The operator.
        literals: What it compares with, folded.
        fold: How the value is folded first.
    """

    op: str
    literals: tuple[str, ...]
    fold: Fold = AS_IT_IS


@define
class _Tested:
    """The tests of one column.

    Attributes:
        type_name: ``text`` or ``list``.
        places: Number of each test.
    """

    type_name: str
    places: dict[TextTest, int] = Factory(dict)


@define
class TextTests:
    """Every test of a text that may not be pure ASCII, by the key of its column; they are numbered as they come.

    >>> tests = TextTests()
    >>> tests.place("a_title", "text", TextTest("contains", ("Técnico",)))
    Place(mask=0, bit=0)
    >>> tests.place("a_title", "text", TextTest("eq", ("tecnico",), Fold(ignore_case=True, ignore_accents=True)))
    Place(mask=0, bit=1)
    >>> list(tests.rows("a_title", ["TÉCNICO", "Técnico"]))
    [('a_title', 'TÉCNICO', 'TÉCNICO', 2), ('a_title', 'Técnico', 'Técnico', 3)]
    """

    _by_key: dict[str, _Tested] = field(factory=dict, init=False)

    def register(self, key: str, type_name: str) -> None:
        """Make a column known, whether or not a test of it comes.

        Args:
            key: The key of the column.
            type_name: ``text`` or ``list``.
        """
        self._by_key.setdefault(key, _Tested(type_name))

    def place(self, key: str, type_name: str, test: TextTest) -> Place:
        """Return where the answer to a test stands; a test that is asked twice has one place.

        Args:
            key: The key of the column.
            type_name: ``text`` or ``list``.
            test: The test.
        """
        self.register(key, type_name)
        places = self._by_key[key].places
        return Place(*divmod(places.setdefault(test, len(places)), BITS))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that are known."""
        return tuple(self._by_key)

    @property
    def masks(self) -> int:
        """How many masks each row has; ask when every condition is compiled."""
        return max((-(-len(tested.places) // BITS) for tested in self._by_key.values()), default=0)

    def rows(self, key: str, values: Iterable[str]) -> Iterator[Row]:
        """Yield a row for each value: the key, the value, the value composed, and its masks.

        Args:
            key: The key of a column that is known.
            values: Different values of it, as they stand in the column; not empty.

        Raises:
            WrongType: If a text holds what cannot be stored.
        """
        tested = self._by_key[key]
        read = _read_list if tested.type_name == "list" else _read_text
        asked = [(test.fold, comparison(test.op, test.literals, None)) for test in tested.places]
        folds = dict.fromkeys(fold for fold, _ in asked)
        masks = range(self.masks)
        for value in values:
            known = read(value)
            folded = {fold: _folded(known, fold) for fold in folds}
            answers = _answers(asked, folded)
            yield (key, value, as_column(known), *(answers >> BITS * mask & (1 << BITS) - 1 for mask in masks))


def as_column(value: str | Sequence[str]) -> str:
    r"""Return a text, or a list of texts, as it is kept in a column.

    >>> as_column(("a", "b"))
    '\x1fa\x1fb\x1f'
    """
    return value if isinstance(value, str) else SEPARATOR.join(("", *value, ""))


_Known = str | tuple[str, ...]


def _answers(asked: Sequence[tuple[Fold, Test]], folded: Mapping[Fold, _Known]) -> int:
    """Return a number whose bits tell which tests hold of a value."""
    answers = 0
    for place, (fold, holds) in enumerate(asked):
        answers |= holds(folded[fold]) << place
    return answers


def _folded(value: _Known, fold: Fold) -> _Known:
    return fold.of(value) if isinstance(value, str) else tuple(map(fold.of, value))


def _read_list(value: str) -> _Known:
    return read_list(value.split(SEPARATOR)) or ()


def _read_text(value: str) -> _Known:
    return read_text(value) or ""
