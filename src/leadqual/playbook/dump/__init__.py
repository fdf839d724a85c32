"""Playbooks as TOML, laid out as a careful person would write it."""

from leadqual.playbook.dump.document import lifecycle_toml, to_toml

__all__ = ["lifecycle_toml", "to_toml"]
