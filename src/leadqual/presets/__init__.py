"""Ready-made playbooks, shipped as commented documents to copy and change."""

from leadqual.presets.named import PRESETS, preset_text
from leadqual.presets.starter import starter_text

__all__ = ["PRESETS", "preset_text", "starter_text"]
