"""A tally as a table: what millions of leads' events came to, so that a day's work costs what the day brought."""

from leadqual.batch.tally.table import Added, TallyTable

__all__ = ["Added", "TallyTable"]
