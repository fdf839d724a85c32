"""Value lists that every playbook may name with a leading ``@``.

Facts of common knowledge, as of 2026-11: the large free mail providers by market, and well-known services of throw-away
addresses. They are part of a playbook's meaning, so a release that changes them says so in the changelog and keeps the
older list under its dated name.
"""

from collections.abc import Mapping
from typing import Final

FREE_MAIL: Final = (
    "126.com", "163.com", "aol.com", "bol.com.br", "daum.net", "fastmail.com", "free.fr", "freenet.de", "gmail.com",
    "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.co.uk", "hotmail.com", "hotmail.de",
    "hotmail.es", "hotmail.fr", "hotmail.it", "icloud.com", "laposte.net", "libero.it", "live.com", "live.com.mx",
    "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com", "outlook.es",
    "outlook.fr", "pm.me", "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "rocketmail.com", "sfr.fr",
    "t-online.de", "terra.com.br", "tutanota.com", "uol.com.br", "virgilio.it", "wanadoo.es", "wanadoo.fr", "web.de",
    "yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.com.ar", "yahoo.com.br", "yahoo.com.mx",
    "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.com", "yandex.ru", "ymail.com", "zoho.com",
)  # fmt: skip
"""Domains of free mail providers."""

DISPOSABLE_MAIL: Final = (
    "10minutemail.com", "dispostable.com", "fakeinbox.com", "getairmail.com", "getnada.com", "grr.la",
    "guerrillamail.com", "guerrillamail.info", "guerrillamail.net", "guerrillamail.org", "mailcatch.com", "maildrop.cc",
    "mailinator.com", "mailnesia.com", "mailnull.com", "mintemail.com", "moakt.com", "mohmal.com", "mytemp.email",
    "sharklasers.com", "spamgourmet.com", "temp-mail.org", "tempmail.com", "tempr.email", "throwawaymail.com",
    "trashmail.com", "trashmail.de", "yopmail.com", "yopmail.fr", "yopmail.net",
)  # fmt: skip
"""Domains of throw-away addresses."""

BUILT_IN_LISTS: Final[Mapping[str, tuple[str, ...]]] = {"free_mail": FREE_MAIL, "disposable_mail": DISPOSABLE_MAIL}
"""The lists by name."""
