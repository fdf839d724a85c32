"""A year without an open day."""


class EveryDay:
    """A container that holds every date."""

    def __contains__(self, day):
        """Return that it is a holiday."""
        return True
