"""The playbooks that are shipped, by name."""

from importlib.resources import files
from typing import Final

from leadqual.errors import Problem, UnknownName
from leadqual.hints import did_you_mean

_FILES: Final = {"saas": "starter", "agency": "agency", "listings": "listings", "events": "events"}
PRESETS: Final = tuple(_FILES)
"""Names of the playbooks that are shipped: ``saas`` (the starter: B2B software), ``agency`` (services that are bought
after a talk), ``listings`` (portals that sell leads to several buyers) and ``events`` (trade fairs and webinars)."""


def preset_text(name: str) -> str:
    """Return a playbook that is shipped: a commented TOML document that loads as it stands.

    Args:
        name: One of `PRESETS`.

    Returns:
        The text, with LF line ends.

    Raises:
        UnknownName: If there is no such preset.

    >>> preset_text("listings").splitlines()[0]
    '# A playbook for listings and classified portals: many leads at a low price each, sold to several buyers.'
    """
    if not (isinstance(name, str) and name in _FILES):
        hint = did_you_mean(name, PRESETS)
        raise UnknownName([Problem(where="preset", what="there is no such preset", got=name, hint=hint)])
    return files("leadqual.presets").joinpath(f"{_FILES[name]}.toml").read_text(encoding="utf-8")
