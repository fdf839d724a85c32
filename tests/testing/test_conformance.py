"""The checks of scorers: real ones pass, and each way to be wrong is told in a sentence."""

from decimal import Decimal
from itertools import count
from typing import Any, ClassVar

import attrs
import pytest
from attrs import define, frozen

from leadqual import Band, Cap, Criterion, Fit, Gate, HalfLife, InterestRule, Per, ScoringModel, Table
from leadqual import field as named
from leadqual.axis import listed
from leadqual.canonical import plain
from leadqual.testing import check_fit_scorer, check_interest_scorer
from leadqual.testing.agreement import fit_disagreements

ATTRIBUTES = {"employees": "integer", "job_title": "text"}
EMPLOYEES = named("employees")
DRAWS = count()


@frozen(kw_only=True)
class CompanySize:
    """A good scorer of fit, with every sort of field that a document holds."""

    kind: ClassVar[str] = "acme/company-size"
    low: int
    points: Any = 2
    chiefs: tuple[str, ...] = attrs.field(default=(), converter=listed)
    strict: bool = False
    group: str | None = None

    def lower(self):
        """Return a criterion and a table."""
        titles = named("job_title").contains_word(*(self.chiefs or ("CEO",)), ignore_case=not self.strict)
        bands = [Band(below=self.low, points=0), Band(points=self.points)]
        return [Criterion(when=titles, points=self.points, group=self.group), Table(field="employees", bands=bands)]


@frozen(kw_only=True)
class Streak:
    """A good scorer of interest."""

    kind: ClassVar[str] = "acme/streak"
    event: str
    days: int = 7

    def lower(self):
        """Return two rules."""
        times = Per(days=self.days, times=1)
        once = InterestRule(event=self.event, points=3, per=times, decay=HalfLife(30), distinct_by="page")
        return (once, InterestRule(event="*", inactivity=self.days, points=-1, min=-5))


class _Scorer:
    """What the bad ones begin with: one good criterion."""

    kind: ClassVar[str] = "acme/bad"

    def lower(self) -> Any:
        """Return one criterion."""
        return [Criterion(when=EMPLOYEES.ge(50), points=1)]


@frozen
class NoKind(_Scorer):
    """Inherits its tag, which belongs to another."""


@frozen
class OwnName(_Scorer):
    kind: ClassVar[str] = "company-size"


@frozen
class OurName(_Scorer):
    kind: ClassVar[str] = "leadqual/company-size"


@frozen
class KindField:
    kind: str = "acme/bad"

    def lower(self) -> Any:
        return []


class NoAttrs(_Scorer):
    kind: ClassVar[str] = "acme/bad"


@define
class Changing(_Scorer):
    kind: ClassVar[str] = "acme/bad"
    low: int = 3


@frozen(eq=False)
class Incomparable(_Scorer):
    kind: ClassVar[str] = "acme/bad"


@frozen
class Hidden(_Scorer):
    kind: ClassVar[str] = "acme/bad"
    low: int = attrs.field(default=3, eq=False)


@frozen
class Underscored(_Scorer):
    kind: ClassVar[str] = "acme/bad"
    _low: int = 3


@frozen
class Alike(_Scorer):
    kind: ClassVar[str] = "acme/bad"
    low: int = 3
    low_: int = 4


@frozen
class NoLower:
    kind: ClassVar[str] = "acme/bad"


@frozen
class Failing(_Scorer):
    kind: ClassVar[str] = "acme/bad"

    def lower(self) -> Any:
        return [1 / 0]


@frozen
class Unordered(_Scorer):
    kind: ClassVar[str] = "acme/bad"

    def lower(self) -> Any:
        return {*super().lower()}


@frozen
class WrongPart(_Scorer):
    kind: ClassVar[str] = "acme/bad"

    def lower(self) -> Any:
        return [*super().lower(), Gate(reason="spam", when=EMPLOYEES.missing())]


@frozen
class Moody(_Scorer):
    kind: ClassVar[str] = "acme/bad"

    def lower(self) -> Any:
        return [Criterion(when=EMPLOYEES.ge(next(DRAWS)), points=1)]


@frozen
class Writing(_Scorer):
    kind: ClassVar[str] = "acme/bad"
    lows: list[int] = attrs.Factory(list)

    def lower(self) -> Any:
        self.lows.append(1)
        return super().lower()


class _Kept(dict[int, int]):
    """Forgets everything when it is copied."""

    def __deepcopy__(self, _: Any) -> "_Kept":
        return _Kept()


@frozen
class Remembering(_Scorer):
    """Keeps something outside the fields that equality and documents see."""

    kind: ClassVar[str] = "acme/bad"
    cache: _Kept = attrs.field(init=False, factory=lambda: _Kept({1: 70}), eq=False)

    def lower(self) -> Any:
        return [Criterion(when=EMPLOYEES.ge(self.cache.get(1, 50)), points=1)]


@frozen
class Undeclared(_Scorer):
    kind: ClassVar[str] = "acme/bad"

    def lower(self) -> Any:
        return [Criterion(when=named("employes").ge(50), points=20_000)]


@frozen
class Thing:
    """What no document can write."""

    number: complex = 1j


@frozen
class Unwritable(_Scorer):
    kind: ClassVar[str] = "acme/bad"
    thing: Any = None


@frozen
class Twisted(_Scorer):
    """Says in a document something else than it is."""

    kind: ClassVar[str] = "acme/bad"
    low: int = 50

    def lower(self) -> Any:
        return [Criterion(when=EMPLOYEES.ge(self.low), points=1)]


@plain.register(Twisted)
def _twisted(_: Twisted) -> object:
    return {"kind": "acme/bad"}


@frozen
class Unread(_Scorer):
    """Needs a field that its documents do not hold, as its default is another each time."""

    kind: ClassVar[str] = "acme/bad"
    rows: Any = None

    def __attrs_post_init__(self) -> None:
        if isinstance(self.rows, list):
            raise TypeError


@frozen
class ListField(_Scorer):
    """Takes a tuple, and does not turn the list of a document into one."""

    kind: ClassVar[str] = "acme/bad"
    words: Any = ("a",)


def test_good_scorers_keep_everything():
    """What an author may write passes, with and without groups, lists and optional fields."""
    check_fit_scorer(CompanySize(low=50), attributes=ATTRIBUTES)
    many = CompanySize(low=50, points=Decimal("6.50"), chiefs=("@heads",), strict=True, group="seniority")
    check_fit_scorer(many, attributes=ATTRIBUTES, lists={"heads": ("CEO",)}, groups={"seniority": Cap(max=5)})
    check_interest_scorer(Streak(event="visit"), properties={"page": "text"})


@pytest.mark.parametrize(
    ("scorer", "words"),
    [
        (CompanySize, "A class was passed: pass a scorer made of it"),
        (NoAttrs(), "no attrs class, so it has no fields to write down: decorate it with `@attrs.frozen"),
        (NoKind(), "It has no tag of its own: write `kind: ClassVar[str]"),
        (OwnName(), "Its `kind` is 'company-size': put your own name before it"),
        (OurName(), "`leadqual/` is not yours"),
        (KindField(), "Its `kind` is a field: annotate it as `kind: ClassVar[str]`"),
        (Changing(), "decorate it with `@attrs.frozen`, not `@attrs.define`"),
        (Incomparable(), "It does not equal its own copy: let attrs compare it"),
        (Hidden(), "The fields ['low'] are left out of comparison"),
        (Underscored(), "A document cannot name the fields ['_low']: give them no leading underscore"),
        (Alike(), "A document cannot tell the fields ['low', 'low_'] apart"),
        (NoLower(), "It has no method `lower`: add one that returns a list of Criterion or Table."),
        (Failing(), "`lower` does not do (the scorer fails: ZeroDivisionError)"),
        (Unordered(), "`lower` returns a value of type set: return a list of Criterion or Table, in one order."),
        (WrongPart(), "`lower` returns a value of type Gate at place 1: return Criterion or Table only."),
        (Moody(), "`lower` returns other parts when it is called again"),
        (Writing(), "`lower` changes the scorer: return new values"),
        (Remembering(), "`lower` of a copy returns other parts: keep nothing outside the fields"),
        (Undeclared(), "A playbook cannot be built with it: fit.scorers[0].lower()[0].when.field: unknown attribute"),
        (Undeclared(), "A playbook cannot be built with it: fit.scorers[0].lower()[0].points: the number is out of"),
        (Unwritable(thing=Thing(number=2j)), "A playbook that has it cannot be written"),
        (Unread(rows=(1,)), "A document that names it cannot be read: fit.scorers[0]: the scorer cannot be built"),
        (ListField(words=("b",)), "The fields ['words'] are others after a document was written and read"),
        (Twisted(low=60), "It earns something else after a document was written and read"),
        (Twisted(), "Two that differ in `low` have one fingerprint"),
    ],
    ids=lambda part: "" if isinstance(part, str) else getattr(part, "__name__", type(part).__name__),
)
def test_bad_scorer_is_told_what_to_do(scorer, words):
    """Each planted fault is one sentence, with its remedy."""
    with pytest.raises(AssertionError) as caught:
        check_fit_scorer(scorer, attributes=ATTRIBUTES)
    first, *lines = str(caught.value).splitlines()
    assert first.endswith(" does not keep what a scorer has to:")
    assert [line for line in lines if words in line]
    assert all(line.startswith("- ") and line.endswith((".", "?")) for line in lines)


@frozen
class Sized(_Scorer):
    """Has a field of every sort, and one that takes few values."""

    kind: ClassVar[str] = "acme/sized"
    low: int = attrs.field(default=50, validator=attrs.validators.in_((50, 51)))
    since: str = "2026-01-01"
    until: Any = None

    def lower(self) -> Any:
        return [Criterion(when=EMPLOYEES.ge(self.low), points=1)]


def test_fields_that_take_few_values_are_tried_with_those_they_take():
    """A value that a scorer refuses is no difference that a fingerprint would have to show."""
    check_fit_scorer(Sized(), attributes=ATTRIBUTES)
    check_fit_scorer(Sized(low=51, since="2020-01-01"), attributes=ATTRIBUTES)


def test_problems_of_one_look_are_told_together():
    """A class wrong in several ways is told all of them."""

    @define(eq=False)
    class Everything(_Scorer):
        _low: int = 3

    with pytest.raises(AssertionError) as caught:
        check_fit_scorer(Everything(), attributes=ATTRIBUTES)
    assert len(str(caught.value).splitlines()) == 5


def test_rules_are_no_parts_of_fit_and_criteria_none_of_interest():
    """Each axis takes its own parts."""
    with pytest.raises(AssertionError, match="InterestRule at place 0: return Criterion or Table only"):
        check_fit_scorer(Streak(event="visit"), attributes=ATTRIBUTES)
    with pytest.raises(AssertionError, match="Criterion at place 0: return InterestRule only"):
        check_interest_scorer(CompanySize(low=3))


class Turning:
    """Answers with one thing for so many calls, and then with another."""

    def __init__(self, first: Any, then: Any) -> None:
        self.first = first
        self.then = then
        self.left = 0

    def answer(self) -> Any:
        """Return the first answer while calls are left."""
        self.left -= 1
        return self.first if self.left >= 0 else self.then


CRITERION = Criterion(when=EMPLOYEES.exists(), points=1)
RULE = InterestRule(event="visit", points=1)


@pytest.mark.parametrize(
    ("check", "part", "last"),
    [
        (lambda scorer: check_fit_scorer(scorer, attributes=ATTRIBUTES, examples=200), CRITERION, 2),
        (lambda scorer: check_interest_scorer(scorer, examples=200), RULE, 1),
    ],
)
def test_scores_that_disagree_are_found_on_drawn_leads(check, part, last):
    """A scorer that waits until nobody looks at its parts any more gives itself away in what leads score."""
    turning = Turning([part], [attrs.evolve(part, points=2)])

    @frozen
    class Late(_Scorer):
        """Changes its mind late."""

        kind: ClassVar[str] = "acme/late"

        def lower(self) -> Any:
            return turning.answer()

    turning.left = 1_000
    check(Late())
    turning.left = 1_000 - turning.left - last  # the model has been built by then
    with pytest.raises(AssertionError, match=r"One lead has several scores \(1.00, 2.00, 1.00\)"):
        check(Late())


def test_what_is_drawn_is_the_same_each_time():
    """A failure can be looked at again: two runs find the same disagreement."""
    model = ScoringModel(attributes=ATTRIBUTES, fit=Fit(criteria=[CRITERION]))
    other = ScoringModel(attributes=ATTRIBUTES)
    (first,), (second,) = (fit_disagreements(model, other, 300) for _ in range(2))
    assert first == second == "One lead has several scores (1.00, 0.00, 1.00): let `lower` depend on the fields only."
