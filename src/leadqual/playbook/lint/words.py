"""Which texts, or lists of texts, a field can have: known ones, or any of which all claims are true."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from attrs import evolve, frozen

from leadqual.conditions.comparisons import comparison
from leadqual.fold import ascii_fold, folding
from leadqual.playbook.lint.claims import Claim

_WITHIN: Final = ("contains", "contains_any", "contains_word", "starts_with", "ends_with")
_ANYWHERE: Final = ("contains", "contains_any")
_MEMBER: Final = ("has", "has_any")
_EXACT: Final = (False, False)
_MOST: Final = 100_000
"""Comparisons made to find claims that contradict each other; with more, they are taken to agree."""


@frozen
class Words:
    """Texts of which all claims are true.

    Attributes:
        among: The only texts there are, if they are known.
        claims: What is said of them.
    """

    among: frozenset[str] | None = None
    claims: tuple[Claim, ...] = ()

    def narrowed(self, claim: Claim) -> "Words | None":
        """Return the texts of which a claim is true as well; ``None`` if none of the known ones is left."""
        if self.among is None:
            return evolve(self, claims=(*self.claims, claim))
        left = frozenset(filter(claim.says, self.among))
        return evolve(self, among=left) if left else None

    def agree(self) -> bool:
        """Return whether the claims may all be true of one text; `False` is certain."""
        claims = self.claims
        if sum(len(claim.literals) for claim in claims) * len(claims) > _MOST:
            return True
        return all(_some_value(claim, claims) for claim in claims) and all(_pairs(claims))


def _some_value(claim: Claim, claims: Iterable[Claim]) -> bool:
    """Return whether some literal of a claim may be, or be in, a text of which no other claim is false."""
    if not claim.holds:
        return True
    if claim.op in ("eq", "in"):
        others = [other for other in claims if claim.fold in (_EXACT, other.fold)]
        return any(all(other.says(literal) for other in others) for literal in claim.literals)
    if claim.op == "domain_in":
        same = [other for other in claims if other.op == "domain_in" and other.fold == claim.fold]
        known = [(frozenset(map(ascii_fold, other.literals)), other.holds) for other in same]
        domains = map(ascii_fold, claim.literals)
        return any(all((domain in others) is holds for others, holds in known) for domain in domains)
    if claim.op in _WITHIN:
        ruled_out = [other for other in claims if not other.holds and other.op in _WITHIN and _compares(claim, other)]
        return any(not any(_brings(claim.op, part, other) for other in ruled_out) for part in claim.literals)
    return True


def _compares(claim: Claim, other: Claim) -> bool:
    """Return whether what a text holds by one claim can be looked up by the fold of the other."""
    return claim.fold == other.fold or (claim.fold == _EXACT and not other.fold[1])


def _brings(op: str, part: str, other: Claim) -> bool:
    """Return whether a text with a part, placed as an operator says, has one of another claim's literals too."""
    part = ascii_fold(part) if other.fold[0] else part
    if other.op in _ANYWHERE:
        return any(literal in part for literal in other.literals)
    return other.op == op and comparison(op, other.literals, None)(part)


def _pairs(claims: tuple[Claim, ...]) -> Iterator[bool]:
    """Yield of each two claims on the same end of a text whether they may both be true."""
    for op in ("starts_with", "ends_with"):
        ends = [claim for claim in claims if claim.op == op and claim.holds]
        for one, other in combinations(ends, 2):
            yield one.fold != other.fold or any(
                comparison(op, (a,), None)(b) or comparison(op, (b,), None)(a)
                for a in one.literals
                for b in other.literals
            )


@frozen
class Members:
    """Lists of texts of which all claims are true.

    Attributes:
        among: The only texts that may be in them, if they are known.
        claims: What is said of them.
    """

    among: frozenset[str] | None = None
    claims: tuple[Claim, ...] = ()

    def narrowed(self, claim: Claim) -> "Members | None":
        """Return the lists of which a claim is true as well; ``None`` if there is none for lack of known texts."""
        if self.among is not None and claim.holds:
            known = frozenset(map(folding(ignore_case=claim.fold[0], ignore_accents=claim.fold[1]), self.among))
            there = [literal for literal in claim.literals if literal in known]
            if not there or (claim.op == "has_all" and len(there) < len(claim.literals)):
                return None
        return evolve(self, claims=(*self.claims, claim))

    def agree(self) -> bool:
        """Return whether the claims may all be true of one list; `False` is certain."""
        if sum(len(claim.literals) for claim in self.claims) * len(self.claims) > _MOST:
            return True
        for claim in self.claims:
            if not claim.holds:
                continue
            never = [
                literal
                for other in self.claims
                if not other.holds and other.fold == claim.fold and (other.op in _MEMBER or len(other.literals) == 1)
                for literal in other.literals
            ]
            left = [literal for literal in claim.literals if literal not in never]
            if not left or (claim.op == "has_all" and len(left) < len(claim.literals)):
                return False
        return True
