"""A sample of leads scored again by the reference, one lead at a time, and compared to the last unit."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.program import Runs
from leadqual.batch.sample import event_of, lead_of
from leadqual.batch.score import COLUMNS
from leadqual.batch.sql.nodes import Expr, as_text, bare_integer, column, integer, is_in, text
from leadqual.batch.sql.template import filtered, listing, statement, table
from leadqual.batch.when import When
from leadqual.errors import EngineMismatch, shown
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score

_TOLD: Final = 10


@frozen(kw_only=True)
class Check:
    """An engine's scores on trial.

    Attributes:
        engine: What has worked them out; ``lq_score``, ``lq_once`` and the leads' rows are there.
        model: The model.
        when: The instant of asking.
        leads: Columns of the staged leads with their types.
        events: Columns of the staged events with theirs.
        profiles: What holds the row of each lead that counts.
    """

    engine: Runs
    model: ScoringModel
    when: When
    leads: Mapping[str, str]
    events: Mapping[str, str]
    profiles: str

    def __call__(self, most: int) -> int:
        """Score leads again, the same ones each time.

        Args:
            most: How many at most.

        Returns:
            How many were scored again.

        Raises:
            EngineMismatch: If a score differs in any column; the first ten differences are told.
        """
        scores = {row["lead_id"]: row for row in self._scores(most)}
        if not scores:
            return 0
        events: dict[Any, list[Any]] = {}
        for row in self._rows("lq_once", self.events, [*scores]):
            events.setdefault(row["lq_lead"], []).append(event_of(row, self.events))
        told = [
            difference
            for row in self._rows(self.profiles, self.leads, [*scores])
            for difference in self._differences(row, events.get(row["lq_lead"], []), scores[row["lq_lead"]])
        ]
        if told:
            more = f"; and {len(told) - _TOLD:,} more" if len(told) > _TOLD else ""
            raise EngineMismatch(f"{'; '.join(told[:_TOLD])}{more}. Please report it, with the playbook.")
        return len(scores)

    def _differences(self, row: Mapping[str, Any], events: list[Any], scored: Mapping[str, Any]) -> Iterator[str]:
        wanted = expected(self.model.score(lead_of(row, self.leads), events, now=self.when.at))
        for name, value in wanted.items():
            if scored[name] != value:
                lead = shown(str(row["lq_lead"]))
                yield f"lead {lead}: {name} is {scored[name]!r}, the reference says {value!r}"

    def _scores(self, most: int) -> Iterator[dict[str, Any]]:
        query = listing(statement("SELECT 0 FROM lq_score AS s"), [(name, column(name, "s")) for name in COLUMNS])
        spread = self.engine.dialect.hash64
        lead = as_text(column("lead_id", "s"))
        query.set("order", exp.Order(expressions=[exp.Ordered(this=lead if spread is None else spread([lead]))]))
        query.set("limit", exp.Limit(expression=bare_integer(most)))
        for row in self.engine.ask(query):
            yield dict(zip(COLUMNS, row, strict=True))

    def _rows(self, source: str, columns: Mapping[str, str], ids: Sequence[Any]) -> Iterator[dict[str, Any]]:
        query = statement("SELECT 0 FROM $source", source=table(source, "t"))
        query = listing(query, [(name, column(name, "t")) for name in columns])
        chosen = is_in(column("lq_lead", "t"), [_literal(one) for one in ids])
        for row in self.engine.ask(filtered(query, [chosen])):
            yield dict(zip(columns, row, strict=True))


def expected(score: Score) -> dict[str, Any]:
    """Return what the columns of a scores file hold for a score, points in hundredths.

    Args:
        score: The reference's score.
    """
    points = {name: int(Decimal(part).scaleb(2)) for name, part in _points(score)}
    return {
        **points,
        "grade": score.grade,
        "level": score.level,
        "label": score.label,
        "qualifies": ";".join(sorted(score.qualifies)),
        "gate": score.gate,
    }


def _points(score: Score) -> tuple[tuple[str, Decimal], ...]:
    return ("fit", score.fit), ("interest", score.interest), ("total", score.total)


def _literal(value: Any) -> Expr:
    return integer(value) if isinstance(value, int) else text(str(value))
