"""The starter playbook."""

from leadqual.presets.named import preset_text


def starter_text() -> str:
    """Return the starter playbook for B2B SaaS: a commented TOML document that loads as it stands.

    Returns:
        The text, with LF line ends.

    >>> starter_text().splitlines()[0]
    '# A starter playbook for B2B SaaS. It works as it stands; change it together: marketing and sales.'
    """
    return preset_text("saas")
