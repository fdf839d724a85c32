"""Under which key an address is suppressed, however it is written."""

import unicodedata
from hashlib import sha256
from typing import Final

from leadqual.errors import LeadError, Problem, kind_of
from leadqual.fold import normal
from leadqual.nurture.phones import phone_digits

_LONGEST_LABEL: Final = 63
"""Characters of one label of a domain: no longer one exists."""
_PREFIX: Final = "xn--"
_FULL_STOPS: Final = str.maketrans("\u3002\uff61", "..")
"""Ideographic full stops, which part the labels of a domain too."""
_FINAL_SIGMA: Final = str.maketrans("\u03c2", "\u03c3")
"""The two small letters of one capital."""


def suppression_key(address: str) -> str:
    """Return the key of an e-mail address, a phone number or another address: equal for all spellings of one.

    Case, composition of letters (NFC) and white space around do not matter. A domain is the same in letters and in its
    ASCII form (``xn--`` and punycode), with full-width letters, and with a closing full stop; ß is not ss, and
    look-alikes of other alphabets are other letters. A phone number is its digits, with ``+`` for ``00``. What a
    provider may do with the part before the ``@``, such as to ignore full stops or what follows a ``+``, is not known
    here, and not assumed.

    Args:
        address: An address as somebody wrote it.

    Returns:
        The key. It is as personal as the address: a store may keep a digest of it.

    Raises:
        LeadError: If it is no text.

    >>> suppression_key(" Ana@BÜCHER.example "), suppression_key("ana@xn--bcher-kva.example.")
    ('ana@xn--bcher-kva.example', 'ana@xn--bcher-kva.example')
    >>> suppression_key("0034 600-000-000"), suppression_key("+34 (600) 000 000")
    ('+34600000000', '+34600000000')
    """
    if not isinstance(address, str):
        hint = "Pass the address as a str."
        raise LeadError([Problem(where="address", what="a text was expected", got=kind_of(address), hint=hint)])
    text = address.strip()
    local, at, domain = text.rpartition("@")
    if at:
        return f"{_lower(normal(local))}@{_domain(domain)}"
    return phone_digits(text) or _lower(normal(text))


def address_digest(address: str) -> str:
    """Return a digest of the key of an address, by which it is known again and cannot be read.

    Args:
        address: An address as somebody wrote it.

    Returns:
        32 hexadecimal digits of SHA-256: equal for all spellings of one address, whosever it is.

    Raises:
        LeadError: If it is no text.

    >>> address_digest(" Ana@B.example"), address_digest("ana@b.example") == address_digest("eva@b.example")
    ('8dd41b3e4b54f2af3001c9397f4078b2', False)
    """
    return sha256(suppression_key(address).encode(errors="surrogatepass")).hexdigest()[:32]


def _lower(text: str) -> str:
    """Return a text in lower case, letter by letter: the same letter wherever it stands."""
    return text.lower() if text.isascii() else normal("".join(map(str.lower, text)).translate(_FINAL_SIGMA))


def _domain(text: str) -> str:
    """Return a domain in its ASCII form."""
    plain = _lower(unicodedata.normalize("NFKC", text).translate(_FULL_STOPS))
    return ".".join(map(_label, plain.strip().removesuffix(".").split(".")))


def _label(label: str) -> str:
    """Return a label of a domain in its ASCII form; one that stands for no letters, or is too long, as it is."""
    if len(label) > _LONGEST_LABEL:
        return label
    letters = _lower(_letters(label))
    return label if letters.isascii() else f"{_PREFIX}{letters.encode('punycode').decode('ascii')}"


def _letters(label: str) -> str:
    """Return the letters for which the ASCII form of a label stands."""
    if not (label.isascii() and label.startswith(_PREFIX)):
        return label
    try:
        return label.removeprefix(_PREFIX).encode("ascii").decode("punycode")
    except ValueError:
        return label
