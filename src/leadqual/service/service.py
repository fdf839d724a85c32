"""Qualification as a service: leads and events in, decisions out, over a real database."""

from leadqual.service.commands import Commands
from leadqual.service.identity import Identity
from leadqual.service.outgoing import Outgoing
from leadqual.service.private import Private
from leadqual.service.rollout import Rollout


class QualificationService(Commands, Identity, Outgoing, Private, Rollout):
    """Qualification over a store."""
