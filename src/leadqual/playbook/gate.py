"""The gate before the parser: what a document may cost is bounded before it is read.

A 40 KB TOML file whose one key has 20,000 dotted parts keeps the standard parser busy for seconds and gigabytes; deep
nesting ends in a RecursionError. Everything here is linear in the size of the text.
"""

import re
from typing import Final, Literal

from leadqual.errors import Kind, ModelError, Problem

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_VALUES: Final = 200_000
MOST_DEPTH: Final = 32
MOST_PARTS: Final = 16
MOST_TOKEN: Final = 200
_PLAIN_PARTS: Final = 5
Format = Literal["toml", "json"]

# Every alternative takes at least one character and never fails once begun: an unclosed text runs to its end.
_TOML_TEXTS: Final = re.compile(
    r'#[^\n]*|"""(?:[^"\\]+|\\[\s\S]|"(?!""))*+(?:"{3,5})?|'
    r"'''(?:[^']+|'(?!''))*+(?:'{3,5})?|"
    r'"(?:[^"\\\n]+|\\.)*+"?|' + r"'[^'\n]*+'?"
)
_JSON_TEXTS: Final = re.compile(r'"(?:[^"\\]+|\\[\s\S])*+"?')
_BRACKETS: Final = re.compile(r"[\[\]{}]")
_JOINTS: Final = re.compile(r"[\n=,:{}\[\]]")


def _refuse(what: str, got: str, hint: str) -> ModelError:
    return ModelError([Problem(where="", what=what, got=Kind(got), hint=hint)])


def decoded(document: str | bytes) -> str:
    """Return a document as text.

    Args:
        document: Text, or bytes in UTF-8 with or without a byte order mark.

    Returns:
        The text.

    Raises:
        ModelError: If it is larger than 2 MiB, is no UTF-8, or holds half of a surrogate pair.
    """
    if not isinstance(document, str | bytes):
        hint = "Pass the document itself; load_playbook(path) reads a file."
        raise _refuse("text or bytes were expected", type(document).__name__, hint)
    if len(document) > MOST_BYTES:
        hint = "A playbook of that size is nobody's; split it, or take long value lists out of it."
        raise _refuse(f"a document has at most {MOST_BYTES:,} bytes", f"{len(document):,}", hint)
    try:
        text = (document.decode() if isinstance(document, bytes) else document).removeprefix("\ufeff")
        size = len(text.encode())
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError | UnicodeEncodeError) else 0
        raise _refuse(
            "text in UTF-8 was expected", f"something else at position {at}", "Save the file as UTF-8."
        ) from None
    if size > MOST_BYTES:
        raise _refuse(f"a document has at most {MOST_BYTES:,} bytes", f"{size:,}", "Make it smaller.")
    return text


def pass_gate(text: str, format_: Format) -> None:
    """Refuse a document that would cost too much to read.

    Args:
        text: The document.
        format_: How it is written.

    Raises:
        ModelError: If it has too many values, is nested too deep, or has a key or number that is too long.
    """
    if max(text.count("\n"), text.count("\\")) > MOST_VALUES:
        raise _refuse(f"a document has at most {MOST_VALUES:,} lines and escapes", "more", "Make it smaller.")
    bare = (_TOML_TEXTS if format_ == "toml" else _JSON_TEXTS).sub("", text)
    values = bare.count(",") + bare.count("[") + bare.count("{") + (bare.count("=") if format_ == "toml" else 0)
    if values > MOST_VALUES:
        raise _refuse(f"a document has at most {MOST_VALUES:,} values", f"about {values:,}", "Make it smaller.")
    if bare.count("]") + bare.count("}") > bare.count("[") + bare.count("{"):
        raise _refuse("every bracket that closes was opened before", "more that close", "Mend the brackets.")
    depth = 0
    for bracket in _BRACKETS.finditer(bare):
        depth = max(depth, 0) + (1 if bracket.group() in "[{" else -1)
        if depth > MOST_DEPTH:
            got = f"more, at line {_line(bare, bracket.start())}"
            raise _refuse(f"a document is nested at most {MOST_DEPTH} deep", got, "Flatten it.")
    deepest = 0
    for part in _JOINTS.split(bare):
        deepest = max(deepest, part.count(".") + 1)
        if part.count(".") >= MOST_PARTS:
            got = f"{part.count('.') + 1:,} parts"
            raise _refuse(f"a key has at most {MOST_PARTS} dotted parts", got, "Write tables instead of long keys.")
        if len(part) > MOST_TOKEN and len(part.strip()) > MOST_TOKEN:
            got = f"{len(part.strip()):,} characters"
            raise _refuse(f"a number or bare word has at most {MOST_TOKEN} characters", got, "Put texts in quotes.")
    if deepest > _PLAIN_PARTS and deepest * values > MOST_VALUES:  # the parser walks every key from its header on
        got = f"{deepest} parts and about {values:,} values"
        raise _refuse("a document of that size has no long keys", got, "Write tables instead of long keys.")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
