"""What the review of a playbook finds: one remark with its code, its place, the reason and what to do."""

from collections.abc import Mapping
from typing import Final, Literal

from attrs import field, frozen

from leadqual.errors import printable

Severity = Literal["warning", "note"]

CODES: Final[Mapping[str, str]] = {
    "bar-out-of-reach": "No lead can ever meet this bar.",
    "bar-faded": "A lead could meet this bar only if nothing faded with time.",
    "bar-always-met": "Every lead meets this bar, so it sorts nobody out.",
    "sql-not-above-mql": "Whoever meets the bar of an MQL meets that of an SQL too.",
    "stay-without-effect": "Whoever meets `stay` meets `when` too, so `stay` keeps nobody.",
    "fit-alone-qualifies": "A lead that never did anything can meet this bar.",
    "interest-alone-qualifies": "A lead of whose profile nothing is known can meet this bar.",
    "dead-branch": "A part of `any` can never hold.",
    "value-never-occurs": "A condition names a value that the field never has.",
    "short-contains": "A text of up to four letters is looked for anywhere, also inside longer words.",
    "dead-criterion": "A criterion or table never earns anything.",
    "criterion-for-all": "Every lead earns these points, so they tell nobody apart.",
    "unknown-earns": "A criterion holds of a lead of whom the answer is not known.",
    "same-band": "Two neighbouring bands earn the same.",
    "criterion-twice": "Two criteria ask the same, so its points are earned twice.",
    "criterion-overlap": "Two criteria name the same value, so one value earns twice.",
    "dead-gate": "A gate can never hold.",
    "gate-for-all": "A gate catches every lead, so nobody qualifies.",
    "gate-catches-unknown": "A gate catches a lead only because the answer is not known.",
    "gate-shadowed": "Whoever this gate catches is caught by an earlier one, so its reason never comes first.",
    "dead-rule": "A rule of interest never earns anything.",
    "rule-only-counts": "A rule earns nothing; all it does is to make interactions.",
    "rule-twice": "One act earns in two rules that say the same.",
    "rule-beside": "One act earns in two rules, neither of which is the narrower one.",
    "unlimited-rule": "The same act, repeated on one day, earns without end.",
    "silence-earns": "A rule of inactivity gives points for silence.",
    "counted-down-twice": "What fades by decay is taken away for inactivity as well.",
    "hand-raise-without-rule": "No rule of interest names this kind of hand-raise.",
    "bigger-than-cap": "One event, or one answer, is worth more than its cap lets through.",
    "capped-at-zero": "Bounds leave nothing of all that is earned here.",
    "cap-never-reached": "All members together can never come to this bound.",
    "group-without-members": "A group is declared that nothing belongs to.",
    "grade-never-given": "No lead can have this grade.",
    "grade-for-all": "Every lead of whom something is known has this grade.",
    "level-never-given": "No lead can have this level.",
    "level-for-all": "Every lead has this level.",
    "lowest-bound-ignored": "Scores below the lowest bound have the lowest grade or level all the same.",
    "cell-never-used": "No lead can have the label of this cell.",
    "total-always-zero": "The total of every lead is 0.",
    "bar-moves-nobody": "No transition of the playbook's own asks for this bar.",
    "hand-raise-moves-nobody": "No transition of the playbook's own asks whether a lead has asked for sales.",
    "guard-never-known": "A transition asks for the persona or the need, which only nurturing works out.",
    "maybe-never-said": "It is written what becomes of a maybe, and no transition waits for one.",
    "rest-never-ends": "A maybe rests for ever, unless the buyer names a day.",
    "outbound-without-rest": "A maybe of a lead that we approached has no length of rest.",
    "rest-not-spread": "All who begin to rest on one day come back on one day.",
    "bonus-without-rule": "No rule of interest names the event that a return adds.",
    "sla-never-begins": "A time to act is set that nothing begins.",
    "unused-attribute": "An attribute is declared that nothing reads.",
    "unused-property": "A property is declared that nothing reads.",
    "unused-list": "A list is declared that nothing reads.",
}
"""Every code with its meaning, in the order in which findings of one place are listed."""

_NOTES: Final = frozenset(
    {
        "criterion-for-all",
        "same-band",
        "criterion-overlap",
        "gate-shadowed",
        "rule-only-counts",
        "rule-beside",
        "unlimited-rule",
        "cap-never-reached",
        "lowest-bound-ignored",
        "bar-moves-nobody",
        "outbound-without-rest",
        "rest-not-spread",
        "unused-attribute",
        "unused-property",
        "unused-list",
    }
)

SEVERITIES: Final[Mapping[str, Severity]] = {code: "note" if code in _NOTES else "warning" for code in CODES}
"""Every code with its severity: a warning is a mistake in all likelihood, a note is worth a look."""


@frozen(kw_only=True)
class Finding:
    """One remark on a playbook that is sound but may not do what its authors mean.

    Attributes:
        code: One of `CODES`.
        severity: ``"warning"`` or ``"note"``.
        where: Path in the document, such as ``interest.rules[2]``.
        reason: What is the matter, without a full stop.
        hint: What to do.

    >>> print(finding("unused-list", "lists.rivals", "nothing reads this list", "Remove it."))
    lists.rivals: nothing reads this list. Remove it. [unused-list]
    """

    code: str
    severity: Severity
    where: str = field(converter=printable)
    reason: str = field(converter=printable)
    hint: str = field(converter=printable)

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}. {self.hint} [{self.code}]"


def finding(code: str, where: str, reason: str, hint: str) -> Finding:
    """Return a finding with the severity of its code.

    Args:
        code: One of `CODES`.
        where: Path in the document.
        reason: What is the matter, without a full stop.
        hint: What to do.
    """
    return Finding(code=code, severity=SEVERITIES[code], where=where, reason=reason, hint=hint)
