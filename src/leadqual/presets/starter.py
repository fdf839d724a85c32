"""The starter playbook."""

from importlib.resources import files


def starter_text() -> str:
    """Return the starter playbook for B2B SaaS: a commented TOML document that loads as it stands.

    Returns:
        The text, with LF line ends.

    >>> starter_text().splitlines()[0]
    '# A starter playbook for B2B SaaS. It works as it stands; change it together: marketing and sales.'
    """
    return files("leadqual.presets").joinpath("starter.toml").read_text(encoding="utf-8")
