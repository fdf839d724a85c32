"""What a condition reads, as an engine sees it: for each field an expression, and what is known of its texts."""

from collections.abc import Callable, Mapping

from attrs import frozen

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr
from leadqual.batch.sql.texts import TextTests
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Leaf


@frozen(kw_only=True)
class Column:
    """A field as an engine sees it.

    A foreign column is one that may hold texts that are not pure ASCII; only such a column needs `normal` and `mask`.

    Attributes:
        key: How its texts are called among all that are tested, such as ``a_job_title``.
        value: Its value; null when missing. A date is days since 1970-01-01, an instant microseconds since then in UTC,
            points are hundredths, a list is one text with a unit separator around each member.
        normal: The value of a foreign text composed (NFC), as Python says; null where it is pure ASCII.
        mask: The masks of the tests of a foreign text or list, by number; null where the value is pure ASCII.
        choices: Every text that there can be, composed, where they are few and known; tests are answered beforehand.
        has: For a list that is not kept as a text: whether some member, folded as a comparison asks, equals a text,
            which is folded already. Of a missing list it may say anything.
    """

    key: str
    value: Expr
    normal: Expr | None = None
    mask: Callable[[int], Expr] | None = None
    choices: tuple[str, ...] | None = None
    has: Callable[[str, Leaf], Expr] | None = None

    def composed(self, dialect: Dialect) -> Expr:
        """Return a text composed (NFC), to be compared by its bytes.

        Args:
            dialect: The engine's SQL.
        """
        return dialect.binary(self.value if self.normal is None else nodes.coalesce(self.normal, self.value))


@frozen(kw_only=True)
class Columns:
    """Everything that conditions may read in one place.

    Attributes:
        scope: The types of the fields, and the named lists.
        by_name: The columns by field.
        tests: Numbers the tests of texts that only Python can answer.
        dialect: The engine's SQL.
    """

    scope: Scope
    by_name: Mapping[str, Column]
    tests: TextTests
    dialect: Dialect
