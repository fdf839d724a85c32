"""Texts: how they compare, and what an engine must not do to them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .words import case, criteria, days, did, lead, leaf, rules

ODD = (
    "CTO",
    "cto",
    "ſ",
    "s",
    "K",
    "\u212a",
    "k",
    "İ",
    "I",
    "ı",
    "i",
    "i\u0307",
    "ß",
    "SS",
    "ss",
    "é",
    "e\u0301",
    "É",
    "E\u0301",
    "e",
    "σ",
    "ς",
    "Σ",
    "ﬁ",
    "fi",
    "日本",
    "日 本",
    "😀",
    "Å",
    "\u212b",
    "A\u030a",
    "q\u0323\u0307",
    "q\u0307\u0323",
    " CTO",
    "CTO ",
    "C\tTO",
    "C\nTO",
    "O'Brien",
    'say "hi"',
    "100%",
    "100_",
    "50% off",
    "a\\b",
    "a\\\\b",
    "%",
    "_",
    "'",
    "''",
    "\\",
    "",
    "null",
    "NULL",
    "NaN",
    "true",
    "-",
    "--",
    ";",
    "a;b",
    "é\u0301",
    "\u00a0",
    "\u200b",
    "\u2028",
    "x" * 300,
    "\x01",
    "\x1e",
)
"""The Kelvin and Ångström signs, long s, dotted and dotless i, sharp s, both sigmas, twins in two normal forms, …"""
PEOPLE = [lead(f"L{n:02}", word=word) for n, word in enumerate(ODD)] + [lead("none", word=None), lead("absent")]
WORD = {"word": "text"}


def _sum(*parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return criteria with points of their own, so that a sum says which ones held."""
    return [{**one, "points": Decimal(2**n) / 100} for n, one in enumerate(one for part in parts for one in part)]


def _each(op: str, values: tuple[str, ...], **more: Any) -> list[dict[str, Any]]:
    """Return one criterion for each value."""
    several = op in ("in", "not_in", "contains_any")
    return [{"when": leaf("word", op, [value] if several else value, **more)} for value in values]


def text_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about comparing texts."""
    plain = ("cto", "K", "k", "ı", "i", "ß", "É", "s", "Å")
    yield case(
        "texts that are equal",
        "Texts are equal by code point once composed; of case only the 26 ASCII letters fold.",
        criteria(*_sum(_each("eq", plain), _each("eq", plain, ignore_case=True)), attributes=WORD),
        leads=PEOPLE,
    )
    yield case("texts without marks", "Marks are dropped first, then the text is composed, then ASCII letters fold.",
               criteria(*_sum(_each("eq", ("e", "E", "i", "A", "s", "ss", "q\u0323\u0307"), ignore_accents=True),
                              _each("eq", ("é", "i", "cto", "ß", "σ"), ignore_accents=True, ignore_case=True)),
                        attributes=WORD), leads=PEOPLE)  # fmt: skip
    yield case("texts among others", "What is missing is neither among others nor different from them.",
               criteria(*_sum(_each("in", ("É", "CTO", "日本", "a\\b", "100%")),
                              _each("not_in", ("É", "CTO", "O'Brien", "\\", "NULL")),
                              _each("ne", ("É", "cto", "''", "%"), ignore_case=True),
                              _each("not_in", ("cto", "ﬁ"), ignore_case=True, ignore_accents=True, missing=True)),
                        attributes=WORD), leads=PEOPLE)  # fmt: skip
    marks = ("%", "_", "\\", "'", '"', ";", "b", "日")
    yield case(
        "parts of texts",
        "Wildcards, quotes and backslashes are letters like others; parts fold as the whole does.",
        criteria(
            *_sum(
                _each("contains", marks),
                _each("contains", ("C", "S", "É", "K", "I"), ignore_case=True),
                _each("contains_any", marks[:4]),
                _each("contains", ("e", "i"), ignore_accents=True),
            ),
            attributes=WORD,
        ),
        leads=PEOPLE,
    )
    yield case("ends of texts", "Beginnings and ends are taken literally, spaces included.",
               criteria(*_sum(_each("starts_with", ("C", "a\\", "50%", "e", "é", " ", "x" * 20, "100")),
                              _each("ends_with", ("O", " ", "\\", "B", "%", "s", "本", "\u0307"), ignore_case=True)),
                        attributes=WORD), leads=PEOPLE)  # fmt: skip
    titles = (
        "CTO",
        "(CTO)",
        "CTO, CEO",
        "XCTO",
        "CTOs",
        "éCTO",
        "CTOé",
        "CTO-1",
        "a_CTO_b",
        "1CTO",
        "日CTO",
        "CTO\u00a0x",
        "vice cto",
        "CTOCTO CTO",
        "C++ CTO",
        "CTO CTOx",
        "xCTO CTO",
        "e\u0301CTO",
        "CTO.",
        "Jefe de TI",
        "I.T.",
        "technico",
        "Técnico",
        "Te\u0301cnico",
        "C++",
        "C++x",
        "a|b",
        "x.y",
        "[a]",
        "^a$",
    )
    found = ("CTO", "Técnico", "I.T.", "C++", "x.y", "[a]", "a", "TI")
    folded = {"ignore_case": True, "ignore_accents": True}
    yield case(
        "words in texts",
        "A word stands alone unless an ASCII letter, a digit or anything beyond ASCII is beside it.",
        criteria(
            *_sum(_each("contains_word", found), _each("contains_word", ("cto", "tecnico", "ti"), **folded)),
            attributes=WORD,
        ),
        leads=[lead(f"T{n:02}", word=title) for n, title in enumerate(titles)],
    )
    mails = ("a@rival.example", "a@RIVAL.example", "a@mail.rival.example", "a@b@rival.example", "rival.example", "@",
             "a@", "@rival.example", "a@rival.example ", "a@ríval.example", "a@ri\u0301val.example", "a@xrival.example",
             "é@Rival.Example", "a@GMAIL.com", "a@gmail.com", "", None)  # fmt: skip
    domains = [
        {"when": leaf("email", "domain_in", ["rival.example"]), "points": 1},
        {"when": leaf("email", "domain_in", ["Ríval.Example", "x"]), "points": 2},
        {"when": {"not": leaf("email", "domain_in", ["rival.example"])}, "points": 4},
        {"when": leaf("email", "domain_in", "@mine"), "points": 8},
    ]
    yield case("domains", "A domain is what follows the last @, whatever the case of its ASCII letters.",
               {**criteria(*domains, attributes={}), "lists": {"mine": ["GMAIL.com"]}},
               leads=[lead(f"M{n:02}", email=mail) for n, mail in enumerate(mails)])  # fmt: skip


def list_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about lists of texts."""
    held: tuple[list[str] | None, ...] = (
        ["a"], ["a", "b"], ["b", "a", "a"], ["A"], ["é"], ["e\u0301"], [""], ["", "a"], [], None, ["a,b"], ["a|b"],
        ["ab"], [" a"], ["a%"], ["\u212a"], ['"a"'], ["a", "é", "日本"], ["\\"], ["a\x1e"], ["É", "z"],
    )  # fmt: skip
    tests = [
        leaf("topics", "has", "a"),
        leaf("topics", "has_any", ["b", "é", "\\"]),
        leaf("topics", "has_all", ["a", "b"]),
        {"not": leaf("topics", "has_any", ["a"])},
        leaf("topics", "has_all", ["a", "É"], ignore_case=True, ignore_accents=True),
        leaf("topics", "missing"),
        leaf("topics", "exists"),
        leaf("topics", "has", "k", ignore_case=True),
        leaf("topics", "has_any", ["a%", "_"], missing=True),
    ]
    parts = [{"when": test, "points": 2**n} for n, test in enumerate(tests)]
    yield case("lists of texts", "Members are compared whole; an empty list, or one of empty texts, is missing.",
               criteria(*parts, attributes={"topics": "list"}),
               leads=[lead(f"L{n:02}", topics=one) for n, one in enumerate(held)] + [lead("absent")])  # fmt: skip


def id_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about ids."""
    ids = ("a", "A", "é", "e\u0301", "É", "1", "01", "1.0", "a ", " a", "ı", "I", "i", "İ", "ß", "ss", "SS", "O'Brien",
           'x"y', "50%", "a_b", "\\", "K", "\u212a", "日本", "😀", "null", "L" * 200)  # fmt: skip
    events = [did(f"e{n}", ago=n, lead=id_) for n, id_ in enumerate(ids)]
    yield case("ids of leads", "Ids are compared code point by code point: no case, no composing, no trimming.",
               rules({"event": "download", "points": 2**10, "decay": {"linear": 64}}),
               leads=[lead(id_) for id_ in ids],
               events=[*events, did("x", lead="b"), did("y", lead="aa"), did("z", lead="Ss")])  # fmt: skip
    twins = [
        ("a", ""),
        ("A", ""),
        ("a", "crm"),
        ("a", "CRM"),
        ("é", ""),
        ("e\u0301", ""),
        ("a ", ""),
        ("I", ""),
        ("ı", ""),
        ("a", "é"),
        ("a", "e\u0301"),
        ("crm", "a"),
        ("%", "_"),
        ("ß", ""),
        ("SS", ""),
    ]
    yield case("ids of events", "Source and id together name an event; ids that look alike are different ones.",
               rules({"event": "download", "points": 1}),
               leads=[lead()],
               events=[did(id_, ago=1, source=source) for id_, source in twins])  # fmt: skip
    kinds = ("download", "Download", "DOWNLOAD", "download ", "é", "e\u0301", "É", "*", "ı", "%", "_", "a'b", "select")
    several = [
        {"event": "download", "points": 1},
        {"event": "é", "points": 10},
        {"event": ["%", "a'b"], "points": 100},
        {"event": "*", "points": 1000},
        {"event": ["select", "ı", "Download"], "points": Decimal("0.1")},
    ]
    yield case("kinds of events", "Kinds compare composed, with their case.", rules(*several),
               leads=[lead(f"L{n:02}") for n, _ in enumerate(kinds)],
               events=[did(f"e{n}", kind, lead=f"L{n:02}", ago=2) for n, kind in enumerate(kinds)])  # fmt: skip
    when = {"all": [leaf("page", "starts_with", "/Prix/é"), leaf("page", "ne", "/Prix/é/x")]}
    pages = ("/Prix/é", "/Prix/e\u0301/1", "/prix/é", "/Prix/é/x", "/Prix/e\u0301/x", "/Prix/É", "", None)
    yield case("texts of events", "Properties compare as attributes do.",
               {"properties": {"page": "text"}, **rules({"event": "view", "when": when, "points": 5})},
               leads=[lead(f"L{n:02}") for n, _ in enumerate(pages)],
               events=[did(f"e{n}", "view", page=page, lead=f"L{n:02}") for n, page in enumerate(pages)])  # fmt: skip


def name_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about names that mean something to a database, or are too long for it."""
    long = "x" * 61
    attributes = {
        "select": "text",
        "order": "integer",
        "table": "boolean",
        f"{long}ab": "integer",
        f"{long}ac": "integer",
        "end": "date",
        "rows": "list",
        "lq_lead": "text",
        "value": "number",
    }
    properties = {"from": "text", "group": "integer", "at_time": "instant", "day": "date", f"{long}ab": "text",
                  f"{long}ac": "text", "lq_kind": "text", "user": "text"}  # fmt: skip
    parts = [
        {"when": leaf("select", "eq", "from"), "points": 1, "group": "or'1"},
        {"when": leaf("order", "ge", 2), "points": 2, "group": 'x"y'},
        {"when": leaf("table", "eq", True), "points": 4},
        {"when": leaf(f"{long}ab", "eq", 1), "points": 8},
        {"when": leaf(f"{long}ac", "eq", 1), "points": 16},
        {"when": leaf("end", "lt", "2026-01-01"), "points": 32},
        {"when": leaf("rows", "has", "x"), "points": 64},
        {"when": leaf("lq_lead", "eq", "L1"), "points": 128},
        {"when": leaf("value", "gt", 0), "points": 256},
    ]
    gate = {"reason": 'it\'s; "odd"', "when": leaf("select", "eq", "gate")}
    several = [
        {"event": "view", "points": 1, "when": leaf("from", "eq", "here"), "group": "group by"},
        {"event": "view", "points": 2, "distinct_by": f"{long}ac", "name": "it's; --"},
        {"event": "view", "points": 4, "distinct_by": "user", "group": "é"},
        {"event": "view", "points": 8, "distinct_by": "group"},
        {"event": "view", "points": 16, "when": leaf("lq_kind", "exists")},
    ]
    playbook = {
        "attributes": attributes, "properties": properties,
        "fit": {"criteria": parts, "gates": [gate], "groups": {"or'1": {"max": 1}, 'x"y': {"max": 9}}},
        "interest": {"rules": several, "groups": {"group by": {"max": 1}, "é": {"max": 5}}},
        "qualify": {"mql": {"when": leaf("group.group by", "ge", 1)}, "sql": {"when": leaf("group.é", "ge", 5)}},
    }  # fmt: skip
    first: dict[str, Any] = {
        f"{long}ab": 1,
        f"{long}ac": 2,
        "select": "from",
        "order": 3,
        "lq_lead": "L1",
        "value": 1.5,
    }
    second: dict[str, Any] = {f"{long}ac": 1, "table": True, "rows": ["x"], "select": "gate"}
    told: tuple[dict[str, Any], ...] = (
        {"from": "here", f"{long}ab": "a", f"{long}ac": "b", "user": "u", "group": 1},
        {"from": "there", f"{long}ab": "b", f"{long}ac": "b", "user": "U", "lq_kind": "k"},
        {"from": "here", "day": days(1).date(), "at_time": days(2), "lead": "L2"},
    )
    yield case(
        "names of databases",
        "Keywords, quotes and names that differ in their last letter only are names like others.",
        playbook,
        leads=[lead(**first), lead("L2", **second)],
        events=[did(str(n), "view", **said) for n, said in enumerate(told)],
    )
