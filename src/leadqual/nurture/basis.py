"""By which permission a lead may be touched: a basis for each channel, purpose and group of countries."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final, Literal

from attrs import field, frozen

from leadqual.axis import container_problems, listed
from leadqual.errors import MOST_PROBLEMS, ModelError, Problem
from leadqual.hints import did_you_mean
from leadqual.nurture.elapsed import LONGEST, elapsed_of, elapsed_problems
from leadqual.nurture.purposes import EVERY, REQUESTED, TASK, scopes_of, touch_kind
from leadqual.nurture.zones import country_code
from leadqual.texts import word_problem

Basis = Literal["none", "opt_out", "opt_in"]
BASES: Final[tuple[Basis, ...]] = ("none", "opt_out", "opt_in")
"""What a touch needs, least first: nothing; that the lead has not objected; that it has agreed."""
MOST_RULES: Final = 1_000
_LOOSE: Final = timedelta()


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else listed(value)


def _codes(value: Any) -> Any:
    codes = _several(value)
    if not isinstance(codes, tuple):
        return codes
    return tuple((country_code(code) if isinstance(code, str) else None) or code for code in codes)


@frozen(kw_only=True)
class BasisRule:
    """A stated choice: what touches of some channels and purposes need in some countries.

    Attributes:
        basis: ``"opt_in"`` if the lead has to have agreed, ``"opt_out"`` if it is enough that it has not objected (each
            touch then offers a way to), ``"none"`` if nothing is needed. After a withdrawal nothing goes under any.
        channels: The channels, such as ``("email",)``; one may be written alone, and ``"*"`` is all.
        purposes: The purposes, likewise. Answers to requests are not meant: they need nothing.
        countries: ISO 3166-1 codes of the countries; none is every country.
        confirmed: Whether the lead has to have confirmed that it agreed: a double opt-in. With ``"opt_in"`` only.
        confirm_within: How long it has time to; elapsed time such as ``"7d"``. Without end when absent.

    Raises:
        ModelError: With every problem.
    """

    basis: Basis
    channels: tuple[str, ...] = field(default=(EVERY,), converter=_several)
    purposes: tuple[str, ...] = field(default=(EVERY,), converter=_several)
    countries: tuple[str, ...] = field(default=(), converter=_codes)
    confirmed: bool = False
    confirm_within: str | None = None

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ModelError(problems[:MOST_PROBLEMS])

    @property
    def strictness(self) -> tuple[int, bool, timedelta]:
        """What the rule asks for, to be compared: the stricter is greater."""
        if not self.confirmed:
            return BASES.index(self.basis), False, _LOOSE
        return BASES.index(self.basis), True, -(elapsed_of(self.confirm_within) or LONGEST)

    def covers(self, channel: str, purpose: str, country: str | None) -> bool:
        """Return whether the rule is about a touch.

        Args:
            channel: Its channel.
            purpose: Its purpose.
            country: ISO 3166-1 code of the lead's country; ``None`` for one that no rule names.
        """
        there = not self.countries or country in self.countries
        meant = any(scope in self.channels for scope in scopes_of(channel))
        return there and meant and (purpose in self.purposes or EVERY in self.purposes)

    def _problems(self) -> Iterator[Problem]:
        if not (isinstance(self.basis, str) and self.basis in BASES):
            hint = did_you_mean(self.basis, BASES)
            yield Problem(where="basis", what="unknown basis", got=self.basis, hint=hint)
        for name, words in (("channels", self.channels), ("purposes", self.purposes)):
            yield from container_problems([(name, words, tuple)])
            if isinstance(words, tuple):
                if not words:
                    hint = 'Name at least one; "*" is all.'
                    yield Problem(where=name, what="the rule is about nothing", got=words, hint=hint)
                yield from (found for i, word in enumerate(words) for found in word_problem(word, f"{name}[{i}]"))
        if isinstance(self.purposes, tuple) and REQUESTED in self.purposes and self.basis != "none":
            hint = "Take it out: who asks gets an answer."
            yield Problem(where="purposes", what="an answer to a request needs no basis", got=REQUESTED, hint=hint)
        yield from container_problems([("countries", self.countries, tuple)])
        for i, code in enumerate(self.countries if isinstance(self.countries, tuple) else ()):
            if not isinstance(code, str) or country_code(code) is None:
                hint = 'Write an ISO 3166-1 code such as "ES".'
                yield Problem(where=f"countries[{i}]", what="unknown country", got=code, hint=hint)
        yield from self._confirmation_problems()

    def _confirmation_problems(self) -> Iterator[Problem]:
        if type(self.confirmed) is not bool:
            hint = "Write true if a consent has to be confirmed."
            yield Problem(where="confirmed", what="true or false was expected", got=self.confirmed, hint=hint)
        elif self.confirmed and self.basis != "opt_in":
            hint = 'Write basis = "opt_in", or remove it.'
            yield Problem(where="confirmed", what="only a consent is confirmed", got=self.confirmed, hint=hint)
        if self.confirm_within is not None:
            yield from elapsed_problems(self.confirm_within, "confirm_within", least=timedelta(minutes=1))
            if self.confirmed is False:
                hint = "Write confirmed = true too, or remove it."
                got = self.confirm_within
                yield Problem(where="confirm_within", what="nothing has to be confirmed", got=got, hint=hint)


def _strictness(rule: BasisRule) -> tuple[int, bool, timedelta]:
    return rule.strictness


_NOTHING: Final = BasisRule(basis="none")
_CONSENT: Final = BasisRule(basis="opt_in")


@frozen(kw_only=True)
class Bases:
    """The stated choices of a playbook. The first rule that is about a touch holds; without one it needs an opt-in.

    A task that reaches nobody needs nothing, unless a rule names its channel, ``"task"``.

    Attributes:
        rules: The rules, in their order.
        confirms: Whether any of them asks for a confirmation.

    Raises:
        ModelError: If they are no rules, or too many.

    >>> bases = Bases(rules=[BasisRule(basis="opt_out", channels="email", purposes="sales", countries=["US", "MX"])])
    >>> bases.of("email", "sales", ["MX"]), bases.of("email", "sales", ["DE"]), bases.of("email", "sales", [])
    ('opt_out', 'opt_in', 'opt_in')
    >>> bases.of("email", "newsletter", ["US"]), bases.of("email", "requested", ["DE"])
    ('opt_in', 'none')
    """

    rules: tuple[BasisRule, ...] = field(default=(), converter=listed)
    confirms: bool = field(init=False, eq=False, repr=False)

    @confirms.default
    def _confirms(self) -> bool:
        rules = self.rules if isinstance(self.rules, tuple) else ()
        return any(isinstance(rule, BasisRule) and rule.confirmed for rule in rules)

    def __attrs_post_init__(self) -> None:
        problems = list(container_problems([("rules", self.rules, tuple)]))
        if isinstance(self.rules, tuple):
            parts = enumerate(self.rules[:MOST_RULES])
            problems += container_problems((f"rules[{i}]", rule, BasisRule) for i, rule in parts)
            if len(self.rules) > MOST_RULES:
                hint = f"Write at most {MOST_RULES:,}."
                problems.append(Problem(where="rules", what="too many rules", got=self.rules, hint=hint))
        if problems:
            raise ModelError(problems[:MOST_PROBLEMS])

    def of(self, channel: str, purpose: str, countries: Sequence[str]) -> Basis:
        """Return what a touch needs: of several countries that are possible, the one that asks for most decides.

        Args:
            channel: Its channel.
            purpose: Its purpose; the answer to a request needs nothing anywhere.
            countries: ISO 3166-1 codes of the countries in which the lead may be; none if any is possible.
        """
        return self.rule(channel, purpose, countries).basis

    def rule(self, channel: str, purpose: str, countries: Sequence[str]) -> BasisRule:
        """Return the rule that decides on a touch, as `of` chooses it; one that nobody wrote if none is about it.

        Args:
            channel: Its channel.
            purpose: Its purpose.
            countries: ISO 3166-1 codes of the countries in which the lead may be; none if any is possible.
        """
        if touch_kind(purpose) == "requested":
            return _NOTHING
        possible: list[str | None] = list(countries)
        if not possible:
            possible = [None, *dict.fromkeys(code for rule in self.rules for code in rule.countries)]
        if len(possible) == 1:
            return self._one(channel, purpose, possible[0])
        return max((self._one(channel, purpose, country) for country in possible), key=_strictness)

    def _one(self, channel: str, purpose: str, country: str | None) -> BasisRule:
        unsaid = _NOTHING if channel == TASK else _CONSENT  # a task reaches nobody
        return next((rule for rule in self.rules if rule.covers(channel, purpose, country)), unsaid)
