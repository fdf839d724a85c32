"""Names of a run's own tables on an engine that is shared: nobody else's are touched, and none is too long."""

from hashlib import sha256
from secrets import token_hex
from typing import Final

from attrs import Factory, frozen
from sqlglot import exp

from leadqual.batch.sql.nodes import Expr

_OURS: Final = "lq_"
_DIGITS: Final = 12


@frozen(kw_only=True)
class Names:
    """How one run calls its tables and columns.

    Attributes:
        longest: Bytes that a name may have, if there is a bound.
        folder: The schema of its tables, if they have one.
        mark: What tells its tables from those of other runs.
    """

    longest: int | None = None
    folder: str | None = None
    mark: str = Factory(lambda: token_hex(4))

    def table(self, name: str) -> exp.Table:
        """Return a table of the run.

        Args:
            name: Its name in a plan.

        >>> Names(mark="5f").table("lq_lead").sql("postgres")
        '"lq_lead_5f"'
        """
        folder = None if self.folder is None else exp.Identifier(this=self.folder, quoted=True)
        return exp.Table(this=exp.Identifier(this=self.told(name), quoted=True), db=folder)

    def told(self, name: str) -> str:
        """Return what a table of the run is called."""
        return self.short(f"{name}_{self.mark}")

    def short(self, name: str) -> str:
        """Return a name that is not too long; what is cut is told by some digits of a hash.

        >>> Names(longest=20).short("a_very_long_name_of_a_column")
        'a_very_~41b65d24e0e3'
        """
        written = name.encode()
        if self.longest is None or len(written) <= self.longest:
            return name
        kept = written[: self.longest - _DIGITS - 1].decode(errors="ignore")
        return f"{kept}~{sha256(written).hexdigest()[:_DIGITS]}"

    def of(self, query: Expr) -> Expr:
        """Return a query of a plan in the run's own names; the query itself is not changed."""
        found = query.copy()
        for node in list(found.find_all(exp.Identifier, exp.Table)):
            if isinstance(node, exp.Identifier):
                node.set("this", self.short(node.name))
            elif node.name.startswith(_OURS) and not node.args.get("db"):
                named = self.table(node.name)
                node.set("this", named.this)
                node.set("db", named.args.get("db"))
        return found
