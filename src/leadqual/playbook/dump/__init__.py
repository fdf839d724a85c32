"""Playbooks as TOML, laid out as a careful person would write it."""

from leadqual.playbook.dump.document import to_toml

__all__ = ["to_toml"]
