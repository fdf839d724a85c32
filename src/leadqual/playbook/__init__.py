"""Playbooks: the documents that carry a model and how files map to it."""

from leadqual.playbook.mapping import FileFormat
from leadqual.playbook.playbook import Playbook, load_playbook, loads
from leadqual.playbook.registry import Registry

__all__ = ["FileFormat", "Playbook", "Registry", "load_playbook", "loads"]
