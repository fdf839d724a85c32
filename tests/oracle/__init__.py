"""A second, slow reading of what a score is, written from the definition alone.

Nothing here imports leadqual. Scores are worked out step by step with fractions, lists and dicts, one function a step,
so that each can be held next to its sentence in the definition.
"""
