"""Joins what Python said of texts that are not pure ASCII to the columns that hold them."""

from collections.abc import Callable, Collection

from attrs import frozen
from sqlglot import exp

from leadqual.batch.sql.columns import Column
from leadqual.batch.sql.nodes import Expr, all_of, column, equals, identifier, text

TEXTS = "lq_text"
"""The table ``lq_text(lq_field, lq_value, lq_normal, lq_m0, …)``."""


@frozen(kw_only=True)
class TextJoins:
    """The columns of one table, some of which hold texts that are not pure ASCII.

    Attributes:
        table: The name under which a query reads the table.
        foreign: The columns with such texts.
    """

    table: str
    foreign: Collection[str]

    def column(self, name: str) -> Column:
        """Return a column as conditions read it.

        Args:
            name: The column's name in the table.
        """
        value = column(name, self.table)
        if name not in self.foreign:
            return Column(key=name, value=value)
        alias = self.alias(name)
        return Column(key=name, value=value, normal=column("lq_normal", alias), mask=_mask(alias))

    def to(self, query: Expr, names: Collection[str]) -> Expr:
        """Return a query of the table with what is known of its texts.

        Args:
            query: The query; its ``FROM`` has the table.
            names: The columns that it reads.
        """
        for name in names:
            if name not in self.foreign:
                continue
            alias = self.alias(name)
            matches = all_of(
                [
                    equals(column("lq_field", alias), text(name)),
                    equals(column("lq_value", alias), column(name, self.table)),
                ]
            )
            known = exp.Table(this=identifier(TEXTS), alias=exp.TableAlias(this=identifier(alias)))
            query.append("joins", exp.Join(this=known, side="LEFT", on=matches))
        return query

    def alias(self, name: str) -> str:
        """Return the name under which a column's texts are joined; short, since engines cut long names."""
        return f"lq_t{sorted(self.foreign).index(name)}"


def _mask(alias: str) -> Callable[[int], Expr]:
    return lambda number: column(f"lq_m{number}", alias)
