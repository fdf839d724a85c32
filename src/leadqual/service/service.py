"""Qualification as a service: leads and events in, decisions out, over a real database."""

from leadqual.service.commands import Commands
from leadqual.service.identity import Identity
from leadqual.service.outgoing import Outgoing


class QualificationService(Commands, Identity, Outgoing):
    """Qualification over a store."""
