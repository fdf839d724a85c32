"""To whom nothing goes any more, though its lead was erased: it is told of a new lead with the same address."""

from leadqual.lifecycle.inputs import ConsentChange
from leadqual.lifecycle.nurtureinputs import Suppression
from leadqual.service.rows import SparedRow
from leadqual.service.tables import SPARED
from leadqual.service.work import Held, Work

_ALL = "*"


def spare(work: Work, held: Held) -> None:
    """Let a new lead not be sent what its address had withdrawn from before.

    Args:
        work: The command.
        held: The lead.
    """
    lead = held.record.lead
    of = work.desk.digests.of
    digests = [of("email", lead.email)] if lead.email else []
    digests += [of("phone", lead.phone)] if lead.phone else []
    rows = work.unit.find(SPARED, equal={"digest": digests}, order=("digest",)) if digests else []
    for row in rows:
        if row.purpose == _ALL:
            work.handle(held, Suppression(channel=row.channel))
        else:
            work.handle(held, ConsentChange(channel=row.channel, purpose=row.purpose, given=False))


def spared_rows(work: Work, held: Held) -> list[SparedRow]:
    """Return what has to be remembered of a lead that is erased, so that its address is spared for ever.

    Args:
        work: The command.
        held: The lead.
    """
    lead, state = held.record.lead, held.record.state
    of = work.desk.digests.of
    digests = [of("email", lead.email)] if lead.email else []
    digests += [of("phone", lead.phone)] if lead.phone else []
    pairs = {(channel, _ALL) for channel in state.suppressed}
    pairs |= {pair for pair, consent in state.consents.items() if not consent.given}
    return [
        SparedRow(digest=digest, channel=channel, purpose=purpose, at=work.at)
        for digest in digests
        for channel, purpose in sorted(pairs)
    ]
