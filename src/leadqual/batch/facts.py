"""What is known of the data before a plan is made, so that nothing is done that the data do not need."""

from collections.abc import Mapping

from attrs import Factory, frozen


@frozen(kw_only=True)
class Facts:
    """What is known of the staged tables.

    Attributes:
        leads: Columns of ``lq_leads`` with their types: ``text``, ``list`` and so on.
        events: Columns of ``lq_events`` with theirs.
        foreign_leads: Columns of leads that hold texts that are not pure ASCII.
        foreign_events: Columns of events that do.
        sourced: Whether events name their source.
        whole_ids: Whether ids of events are whole numbers.
        since: Whether leads say from when their events count.
        dated: Whether leads say from when a row is valid.
        doubled: Whether a lead may have several rows.
        flagged: Whether ``lq_flag`` names events that do not exist.
        kinds: Kinds of events that there are, where bars need to know.
        ids: The lowest and the highest id of a lead in both tables, where ids are whole numbers; they may then stand
            for themselves.
        tallied: Whether counts are kept for later instants, so that none may be left out.
        numbered: Whether the leads come with their numbers, ``lq_no``.
        careful: Whether silent bounds may be reached and events be more than may count.
    """

    leads: Mapping[str, str]
    events: Mapping[str, str]
    foreign_leads: frozenset[str] = frozenset()
    foreign_events: frozenset[str] = frozenset()
    sourced: bool = True
    whole_ids: bool = False
    since: bool = True
    dated: bool = True
    doubled: bool = True
    flagged: bool = False
    kinds: tuple[str, ...] = Factory(tuple)
    ids: tuple[int, int] | None = None
    tallied: bool = False
    numbered: bool = False
    careful: bool = True
