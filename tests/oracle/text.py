"""How text compares."""

from __future__ import annotations

import string
import unicodedata

from .values import nfc

ASCII_FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
ASCII_WORD = string.ascii_letters + string.digits


def plain(text: str, *, accents: bool, case: bool) -> str:
    """Return the text as it compares: accents dropped, then composed, then ASCII letters made small."""
    if accents:
        text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    text = nfc(text)
    return text.translate(ASCII_FOLD) if case else text


def joins(character: str) -> bool:
    """Return whether a character directly beside a word makes it part of a longer one."""
    return character in ASCII_WORD or ord(character) >= 0x80


def contains_word(text: str, word: str) -> bool:
    """Return whether the word stands somewhere with nothing that joins on either side."""
    for start in range(len(text) - len(word) + 1):
        end = start + len(word)
        if text[start:end] != word:
            continue
        before, after = text[:start][-1:], text[end:][:1]
        if not (before and joins(before)) and not (after and joins(after)):
            return True
    return False


def domain(text: str) -> str | None:
    """Return what follows the last @, or None without one."""
    return text.rsplit("@", 1)[1] if "@" in text else None
