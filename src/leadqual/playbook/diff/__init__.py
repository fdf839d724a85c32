"""What changed between two playbooks, in words."""

from leadqual.playbook.diff.compare import diff
from leadqual.playbook.diff.values import Change, Diff

__all__ = ["Change", "Diff", "diff"]
