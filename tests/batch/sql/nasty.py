"""Values and literals that engines get wrong: quotes, signs of every notation, look-alike letters, extreme numbers."""

import itertools
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from leadqual.conditions import Leaf

TEXTS = (
    "CTO", "cto", "CTO, Acme", "xCTO", "CTO2", "Deputy CTO", "CTO\n", "\nCTO", "a\nb", "CTOCTO", "CTO CTO", "a CTO b",
    "'", "''", '"', "`", "\\", "\\'", "\\\\", "\\n", "a'b", "x'; DROP TABLE lq_rows; --", "/* x */", "--", ";", "$$",
    "$1", ":x", "?", "{a}", "%s", "%", "_", "%_%", "a_b", "axb", "C++", "c++ C#", "C", "(a|b)", "[x]", "[^x]", "^a$",
    "a-b", "a]b", "\\d", "\\z", ".", "*", "a.b", "trail ", "trail", " lead", " ", "  ", "\t", "\r\n", "\x01", "\x1b",
    "\x7f", "a@", "@b", "@", "a@b@c.example", "A@C.EXAMPLE", "c.example", "a@c.example ", "a@gmail.com", "gmail.com",
    "null", "NULL", "true", "0", "select", "\x1f", "a\x1fb", "K" * 300,
    # beyond ASCII
    "\u017f", "s", "S", "\u212a", "K", "k", "\u0130", "I", "i", "\u0131", "ß", "ss", "SS", "é", "e\u0301", "É",
    "E\u0301", "e", "E", "\u0301", "a\u0301\u0301", "Técnico", "TE\u0301CNICO", "tecnico", "TECNICO", "Técnico CTO",
    "éCTO", "CTOé", "CTO é", "CTO\u3000", "🙂", "a🙂b", "日本", "ﬁ", "fi", "\u037e", "\u2028", "\ufeff", "\u200b",
    "\ue000", "\U0010ffff", "Ω", "Ω", "a@é.example", "é@c.example", "a@C\u0301.example", "\x80", "ñ", "n\u0303",
)  # fmt: skip
LISTS = {"words": ("CTO", "Técnico", "'"), "mail": ("gmail.com", "C.EXAMPLE", "é.example", "a@b")}
NUMBERS = {
    "integer": (-(2**63), 1 - 2**63, -(2**53) - 1, -1, 0, 1, 10, 2**31, 2**53 + 1, 2**63 - 1),
    "number": (
        0.0, -0.0, 0.1, 0.1 + 0.2, 0.3, 1 / 3, 1e308, 1.7976931348623157e308, -1e308, 5e-324, -5e-324, 1e-323,
        2.2250738585072014e-308, 2.225073858507201e-308, 2.0**53, 2.0**53 + 2, -2.5, 1e22, 1e23, 9.5,
        123456789.123456789,
    ),
    "boolean": (True, False),
    "date": (date.min, date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date(2026, 11, 22), date.max),
    "instant": (
        datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, microsecond=1, tzinfo=UTC),
        datetime(2026, 11, 1, 0, 59, 59, 999999, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 11, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ),
    "points": (-(10**9), -150, -1, 0, 1, 650, 10**9),
}  # fmt: skip
LITERALS = {
    **NUMBERS,
    "number": (*NUMBERS["number"], Decimal("0.1"), Decimal("0.30000000000000001"), 2**53 + 1, 3, Decimal("1e-400")),
    "points": (Decimal("-1.5"), Decimal("-0.01"), 0, Decimal("0.01"), Decimal("6.5"), 10**7),
}
OPTIONS = tuple(itertools.product((False, True), repeat=2))
MISSING = (None, True, False)
PLAIN_TEXT = ("eq", "ne", "contains", "contains_word", "starts_with", "ends_with")
SEVERAL_TEXTS = ("in", "not_in", "contains_any", "contains", "contains_word", "starts_with", "ends_with", "domain_in")
ORDERED = ("eq", "ne", "lt", "le", "gt", "ge")


def of_size(name, kind):
    """Yield every comparison of a field with the literals of its type, and what a missing value may give."""
    literals = LITERALS[kind]
    singles = ("eq", "ne") if kind == "boolean" else ORDERED
    for i, (op, literal) in enumerate(itertools.product(singles, literals)):
        yield Leaf(field=name, op=op, value=literal, missing=MISSING[i % 3])
    for missing in MISSING:
        for op in singles:
            yield Leaf(field=name, op=op, value=literals[0], missing=missing)
        if kind != "boolean":
            ranked = sorted(literals)
            yield from (
                Leaf(field=name, op="between", value=(low, high), missing=missing)
                for low, high in zip(ranked, ranked[2:] + ranked[-1:] * 2, strict=True)
            )
            for op in ("in", "not_in"):
                yield Leaf(field=name, op=op, value=literals[:3], missing=missing)
                yield Leaf(field=name, op=op, value=literals[-1:], missing=missing)
    yield from of_known(name)


def of_known(name):
    """Yield both comparisons without a literal."""
    yield Leaf(field=name, op="exists")
    yield Leaf(field=name, op="missing")


def of_text(name, texts):
    """Yield every comparison of a text with each of the texts, folded in every way, and with several of them."""
    turn = itertools.cycle(MISSING)
    for op, text, options in itertools.product(PLAIN_TEXT, texts, OPTIONS):
        if not (text.startswith("@") and op not in ("eq", "ne")):
            yield _text(name, op, text, options, next(turn))
    groups = [tuple(texts[i : i + 3]) for i in range(0, len(texts), 3)] + ["@words", "@mail"]
    for op, group, options in itertools.product(SEVERAL_TEXTS, groups, OPTIONS):
        yield _text(name, op, group, options, next(turn))
    yield from of_known(name)


def of_list(name, texts):
    """Yield every comparison of a list with each of the texts, folded in every way, and with several of them."""
    turn = itertools.cycle(MISSING)
    for text, options in itertools.product(texts, OPTIONS):
        yield _text(name, "has", text, options, next(turn))
    groups = [tuple(texts[i : i + 2]) for i in range(0, len(texts), 2)] + ["@words"]
    for op, group, options in itertools.product(("has_any", "has_all"), groups, OPTIONS):
        yield _text(name, op, group, options, next(turn))
    yield from of_known(name)


def _text(name, op, value, options, missing):
    case, accents = options
    return Leaf(field=name, op=op, value=value, ignore_case=case, ignore_accents=accents, missing=missing)
