"""Replays what files say of leads: the lives that a qualifier gives them."""

from leadqual.qualifier.replaying import Life, Refusal, Told, replay_base, replay_lead

__all__ = ["Life", "Refusal", "Told", "replay_base", "replay_lead"]
