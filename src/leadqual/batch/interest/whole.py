"""The steps from staged events to what each lead's interest is made of."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from leadqual.batch.axes.needs import Needs
from leadqual.batch.interest.acts import act_steps, age_steps, asked_of, quiet_query, silence_step
from leadqual.batch.interest.classes import Classes, classes_of
from leadqual.batch.interest.counts import Keys
from leadqual.batch.interest.firsts import distinct_rules, first_steps
from leadqual.batch.interest.keys import key_step
from leadqual.batch.interest.limits import limited_steps
from leadqual.batch.interest.matching import Matching
from leadqual.batch.interest.smalls import (
    class_small,
    curve_small,
    direct_small,
    gathered_small,
    quiet_small,
    rule_small,
    share_small,
)
from leadqual.batch.interest.sums import direct_grains, limited_grains, sum_steps, valued_grains
from leadqual.batch.interest.worths import Worth, Worths, worths_of
from leadqual.batch.program import Made, Step
from leadqual.batch.sql.columns import Columns
from leadqual.batch.sql.nodes import Expr, integer
from leadqual.batch.sql.template import statement, united
from leadqual.batch.textjoin import TextJoins
from leadqual.batch.when import When
from leadqual.interest.plan import InterestPlan


@frozen(kw_only=True)
class Interested:
    """The interest of a model, ready to be written as SQL.

    Attributes:
        plan: The interest.
        needs: What the bars read.
        when: The instant of asking.
        properties: The properties of events as conditions read them.
        joins: Which columns of events need what Python said of texts.
        kinds: Kinds to tell apart, since bars name them.
        since: Whether events of some leads count only from an instant on.
        ids: The lowest and the highest id of a lead, where ids are whole numbers.
        endless: Whether events of any age are counted, for instants to come.
        careful: Whether silent bounds may be reached and events be more than may count.
        classes: The classes of events.
        worths: What events are worth.
        keys: How they are counted.
    """

    plan: InterestPlan
    needs: Needs
    when: When
    properties: Columns
    joins: TextJoins
    kinds: Sequence[str]
    since: bool
    ids: tuple[int, int] | None
    careful: bool
    endless: bool = False
    classes: Classes = field(init=False)
    worths: Worths = field(init=False)
    keys: Keys = field(init=False)

    @classes.default
    def _classes(self) -> Classes:
        return classes_of(self.plan, asked_of(self.needs, self.kinds))

    @worths.default
    def _worths(self) -> Worths:
        return worths_of(self.plan)

    @keys.default
    def _keys(self) -> Keys:
        endless = self.endless or self.needs.days_since_activity or self.needs.days_since_contact
        memory = self.plan.memory if self.needs.acts else 0
        oldest = None if endless else memory
        ids = None if self.since else self.ids
        return Keys.of(self.plan, self.classes, self.worths, oldest=oldest, ids=ids)

    @property
    def direct(self) -> Mapping[int, Worth]:
        """Rules whose events are worth something at once, whatever else happened."""
        spread = [i for one in self.classes.classes for i in one.rules]
        return {
            i: worth
            for i, worth in self.worths.rules.items()
            if self.plan.rules[i].read is None and (worth.plain or (worth.daily is not None and spread.count(i) <= 1))
        }

    def tally_steps(self) -> list[Made]:
        """Return the steps from events to counts by lead, class and age."""
        matching = Matching(
            plan=self.plan, classes=self.classes, properties=self.properties, kind=self.joins.column("lq_kind")
        )
        return [
            *first_steps(matching, self.when, self.joins, since=self.since),
            key_step(matching, self.keys, self.when, self.joins, since=self.since),
            self.keys.tally_step(self.when.dialect, kept=self._read_again),
        ]

    def sum_steps(self) -> list[Made]:
        """Return the steps from counts to one row for each lead, with what bars ask of its acts."""
        plan, dialect = self.plan, self.when.dialect
        valued = [i for i, _ in distinct_rules(plan.rules) if self.worths.rules[i].plain]
        steps: list[Made] = [curve_small(self.worths), direct_small(self.classes, self.direct)]
        steps.append(rule_small(plan, self.worths))
        grains = [direct_grains()]
        if valued:
            grains.append(valued_grains(valued))
        if self._limited:
            steps += [gathered_small(self.classes, self._limited), share_small(plan, self.worths), self._day_step()]
            rules = [plan.rules[i] for i in self._limited]
            steps += limited_steps(rules, integer(self.when.today), dialect)
            grains.append(limited_grains())
        quiet = quiet_query(plan, dialect)
        if quiet is not None:
            steps += [quiet_small(self.classes), silence_step()]
        if self._asks_classes:
            steps.append(class_small(self.classes, self.needs.kinds))
        by_rule = self.careful or any(worth.capped for worth in self.worths.rules.values())
        steps += sum_steps(plan, grains, quiet, by_rule=by_rule)
        return [*steps, *act_steps(plan, self.needs), *age_steps(self.needs)]

    @property
    def counts_apart(self) -> bool:
        """Whether some rules count otherwise than each event at once."""
        return len(self.direct) < len(self.worths.rules)

    @property
    def _limited(self) -> Mapping[int, Worth]:
        direct = self.direct
        return {
            i: worth
            for i, worth in self.worths.rules.items()
            if i not in direct and not (self.plan.rules[i].read is not None and worth.plain)
        }

    @property
    def _asks_classes(self) -> bool:
        needs = self.needs
        return needs.acts or needs.days_since_activity or needs.days_since_contact

    @property
    def _read_again(self) -> bool:
        """Whether counts are read by more than what adds them up."""
        return bool(self._limited) or self._asks_classes or any(one.quiet for one in self.classes.classes)

    def _day_step(self) -> Step:
        days: list[Expr] = []
        if any(self.plan.rules[i].read is None for i in self._limited):
            days.append(statement(_GATHERED))
        valued = [i for i in self._limited if self.plan.rules[i].read is not None]
        days += [statement(_VALUED, rule=integer(i)) for i in valued]
        return Step(name="lq_day", query=united(days), says="how many events of a rule each lead has by age")


_GATHERED = """
SELECT t.lq_no, g.lq_rule, t.lq_age, CAST(SUM(t.lq_n) AS BIGINT) AS lq_n
FROM lq_tally AS t JOIN lq_gather AS g ON g.lq_class = t.lq_class GROUP BY t.lq_no, g.lq_rule, t.lq_age
"""
_VALUED = """
SELECT f.lq_no, f.lq_rule, f.lq_age, CAST(COUNT(*) AS BIGINT) AS lq_n
FROM lq_first AS f WHERE f.lq_rule = $rule GROUP BY f.lq_no, f.lq_rule, f.lq_age
"""
