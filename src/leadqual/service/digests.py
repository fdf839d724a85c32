"""Keyed digests, by which an address or an id is known again and cannot be read, nor guessed without the key."""

import hmac
from hashlib import sha256
from typing import Literal

from attrs import field, frozen

from leadqual.nurture.suppression import suppression_key

Kind = Literal["lead", "email", "phone", "visitor", "event", "command"]
"""What a digest is of."""


@frozen
class Digests:
    """Makes keyed digests.

    Attributes:
        key: The key; whoever has it can try out addresses.
    """

    key: bytes = field(repr=False)

    def of(self, kind: Kind, *words: str) -> str:
        """Return the digest of what some words say: equal for the same kind, words and key.

        Args:
            kind: What they are; addresses and numbers are equal in all their spellings.
            words: The words.

        Returns:
            40 hexadecimal digits.
        """
        said = map(suppression_key, words) if kind in ("email", "phone") else words
        parts = [part.encode(errors="surrogatepass") for part in (kind, *said)]
        whole = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        return hmac.new(self.key, whole, sha256).hexdigest()[:40]
