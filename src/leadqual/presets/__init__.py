"""Ready-made playbooks, shipped as commented documents to copy and change."""

from leadqual.presets.starter import starter_text

__all__ = ["starter_text"]
