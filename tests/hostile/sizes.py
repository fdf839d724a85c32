"""Documents that cost more than they should: long, deep, wide, or many of one thing."""

from tests.hostile.case import JSON, TOML, Case

MIB = 1 << 20
_WIDE = 199_000
_RULE = '{"event":"a","points":1,'


def _rules(rule: str, count: int) -> str:
    """Return a JSON document of many rules; ``%d`` in the rule is its number."""
    rules = ",".join(rule.replace("%d", str(i)) for i in range(count))
    return f'{{{JSON}, "interest": {{"rules": [{rules}]}}}}'


def _keys(count: int, table: str = "") -> str:
    return TOML + table + "".join(f"k{i} = 1\n" for i in range(count))


def _long_key(values: int) -> str:
    return f'{TOML}"{"k" * 20_000}" = [{"1," * values}]'


GATE = (
    Case("a key of 20,000 parts", lambda: "a" + ".a" * 20_000 + " = 1", gate=True),
    Case("a key of 20,000 quoted parts", lambda: '"a"' + '."a"' * 20_000 + " = 1", gate=True),
    Case("a key of 20,000 literal parts", lambda: "'a'" + ".'a'" * 20_000 + " = 1", gate=True),
    Case("a key of 20,000 parts with spaces", lambda: "a" + " . a" * 20_000 + " = 1", gate=True),
    Case("a key of 20,000 mixed parts", lambda: "a" + " . \"b.c\"\t. 'd'" * 10_000 + " = 1", gate=True),
    Case("a header of 20,000 parts", lambda: "[a" + ".a" * 20_000 + "]", gate=True),
    Case("a list header of 20,000 parts", lambda: "[[a" + ".a" * 20_000 + "]]", gate=True),
    Case("a key of 20,000 parts in an inline table", lambda: "x = { a" + ".a" * 20_000 + " = 1 }", gate=True),
    Case("a key of 20,000 parts after a comment", lambda: '# "\n' + "a" + ".a" * 20_000 + " = 1", gate=True),
    Case("a key of 20,000 parts after a text", lambda: 'x = "\\""\na' + ".a" * 20_000 + " = 1", gate=True),
    Case("a key of 17 parts", lambda: "a" + ".a" * 16 + " = 1", gate=True),
    Case("100,000 opened lists", lambda: "x = " + "[" * 100_000, gate=True),
    Case("5000 nested lists", lambda: "x = " + "[" * 5000 + "]" * 5000, gate=True),
    Case("5000 nested inline tables", lambda: "x = " + "{ a = " * 5000 + "1" + " }" * 5000, gate=True),
    Case("33 nested lists", lambda: "x = " + "[" * 33 + "]" * 33, gate=True),
    Case("100,000 opened JSON lists", lambda: "[" * 100_000, gate=True, format="json"),
    Case("100,000 opened JSON tables", lambda: '{"a":' * 100_000, gate=True, format="json"),
    Case("5000 nested JSON tables", lambda: '{"a":' * 5000 + "1" + "}" * 5000, gate=True),
    Case("a `not` of 5000", lambda: f'{{{JSON}, "fit": ' + '{"not":' * 5000, gate=True),
    Case("a bare key of a million letters", lambda: "k" * 1_000_000 + " = 1", gate=True),
    Case("a bare value of a million letters", lambda: "k = " + "t" * 1_000_000, gate=True),
    Case("over 2 MiB of text", lambda: "#" * (2 * MIB + 1), gate=True),
    Case("over 2 MiB of bytes", lambda: b"#" * (2 * MIB + 1), gate=True),
    Case("under 2 Mi characters, over 2 MiB", lambda: "#" + "é" * (MIB + 1), gate=True),
    Case("200,001 values", lambda: "x = [" + "1," * 200_001 + "]", gate=True),
    Case("200,001 JSON values", lambda: '{"x": [' + "1," * 200_001 + "1]}", gate=True),
    Case("a million assignments", lambda: "a=1\n" * 500_000, gate=True),
    Case("a million opening brackets", lambda: "[" * MIB, gate=True),
)
LONG = (
    Case("2 MiB of white space", lambda: " " * (2 * MIB)),
    Case("2 Mi empty lines", lambda: "\n" * (2 * MIB)),
    Case("a million comments", lambda: "#\n" * MIB),
    Case("a comment of 2 MiB", lambda: TOML + "#" * (2 * MIB - 100), loads=True),
    Case("2 MiB of double quotes", lambda: '"' * (2 * MIB)),
    Case("2 MiB of single quotes", lambda: "'" * (2 * MIB)),
    Case("2 MiB of double quotes as a value", lambda: "x = " + '"' * (2 * MIB - 4)),
    Case("2 MiB of backslashes in an open text", lambda: 'x = "' + "\\" * (2 * MIB - 5)),
    Case("2 MiB of backslashes in a long text", lambda: 'x = """' + "\\" * (2 * MIB - 7)),
    Case("2 MiB of JSON backslashes", lambda: '{"x":"' + "\\" * (2 * MIB - 6)),
    Case("an open text of 2 MiB", lambda: 'x = "' + "a" * (2 * MIB - 5)),
    Case("an open long text of 2 MiB", lambda: 'x = """' + "a\n" * (MIB - 4)),
    Case("an open literal of 2 MiB", lambda: "x = '" + "a" * (2 * MIB - 5)),
    Case("an open JSON text of 2 MiB", lambda: '{"x":"' + "a" * (2 * MIB - 6)),
    Case("2 MiB of escapes", lambda: TOML + 'x = "' + "\\n" * (MIB - 40) + '"', "x"),
    Case("2 MiB of long escapes", lambda: TOML + 'x = "' + "\\U0001F600" * (MIB // 5 - 20) + '"', "x"),
    Case("2 MiB of JSON escapes", lambda: f'{{{JSON}, "x": "' + "\\u00e9" * (MIB // 3 - 40) + '"}', "x"),
    Case("2 MiB of closing brackets", lambda: "]" * (2 * MIB)),
    Case("2 MiB of commas of JSON", lambda: '{"x": [' + "," * 190_000 + "]}"),
    Case("a text of 2 MiB as a name", lambda: TOML.replace('"n"', f'"{"n" * (2 * MIB - 100)}"'), loads=True),
)
WIDE = (
    Case("a long key over many values", lambda: _long_key(20_000)),
    Case("a key of 1 MiB", lambda: f'{TOML}"{"k" * MIB}" = 1'),
    Case("a key of 1 MiB in fit", lambda: f'{TOML}[fit]\n"{"k" * MIB}" = 1'),
    Case("a group named with 1 MiB", lambda: f'{TOML}[fit.groups]\n"{"k" * MIB}" = {{ max = -1 }}'),
    Case("199,000 values", lambda: TOML + "x = [" + "1," * _WIDE + "]", "x"),
    Case("199,000 JSON values", lambda: f'{{{JSON}, "x": [' + "1," * _WIDE + "1]}", "x"),
    Case("66,000 empty lists", lambda: TOML + "x = [" + "[]," * 66_000 + "]", "x"),
    Case("5000 unknown tables", lambda: _keys(5000), "k0"),
    Case("100,000 unknown tables", lambda: _keys(100_000), "k0"),
    Case("5000 unknown keys", lambda: _keys(5000, "[fit]\n"), "fit.k0"),
    Case("50,000 unknown grades", lambda: _keys(50_000, "[fit.grades]\n"), "fit.grades"),
    Case("50,000 unknown groups", lambda: _keys(50_000, "[interest.groups]\n"), "interest.groups"),
    Case("5000 wrong attributes", lambda: _keys(5000, "[attributes]\n"), "attributes.k0"),
    Case("30,000 headers", lambda: TOML + "".join(f"[a.b.c.d.e.f.g.h.i.j.k.l.m.n.o{i}]\n" for i in range(30_000)), "a"),
    Case("a deep header of many keys", lambda: _keys(100_000, "[a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p]\n"), "a"),
    Case(
        "a deep header of many dotted keys",
        lambda: (
            TOML
            + "[a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p]\n"
            + "".join(f"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p{i}=1\n" for i in range(40_000))
        ),
        "a",
    ),
    Case("40,000 nested list headers", lambda: TOML + "[[a]]\n" + "[[a.b.c.d.e.f.g.h.i.j.k.l]]\n" * 40_000, "a"),
    Case(
        "an inline table of 30,000 dotted keys",
        lambda: TOML + "x={" + ",".join(f"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o{i}=1" for i in range(30_000)) + "}",
        "x",
    ),
)
RULES = (
    Case("10,001 rules", lambda: TOML + '[[interest.rules]]\nevent = "a"\npoints = 1\n' * 10_001, "interest.rules"),
    Case("10,001 JSON rules", lambda: _rules(_RULE + '"max":1}', 10_001), "interest.rules"),
    Case("5000 wrong rules", lambda: _rules('{"event":1,"points":"x","max":-1}', 5000), "interest.rules[0].event"),
    Case("60,000 rules without anything", lambda: _rules("{}", 60_000), None),
    Case("9000 rules of one half-life", lambda: _rules(_RULE + '"decay":{"half_life":36500}}', 9000), loads=True),
    Case("9000 distinct long half-lives", lambda: _curves("half_life", 9000)),
    Case("9000 distinct long windows", lambda: _curves("window", 9000)),
    Case("9000 distinct long lines", lambda: _curves("linear", 9000)),
    Case("9000 distinct long steps", lambda: _steps(9000)),
    Case("100,000 weights", lambda: _listed("weights", "1,", 100_000), "interest.rules[0].weights"),
    Case(
        "100,000 steps",
        lambda: _listed("decay", "[1,1],", 49_000, '{"steps":[', "]}"),
        "interest.rules[0].decay.steps",
    ),
    Case("20,000 times one kind", lambda: _listed("event", '"a",', 20_000), "interest.rules[0].event"),
    Case(
        "100,000 conditions in one",
        lambda: _listed("when", "{},", 60_000, '{"all":[', "]}"),
        "interest.rules[0].when.all",
    ),
)


def _curves(curve: str, count: int) -> str:
    rules = ",".join(f'{{"event":"a","points":1,"decay":{{"{curve}":{36_400 - i / 100}}}}}' for i in range(count))
    return f'{{{JSON}, "interest": {{"rules": [{rules}]}}}}'


def _steps(count: int) -> str:
    return _rules(_RULE + '"decay":{"steps":[[%d,1],[36500,0.5]]}}', count)


def _listed(key: str, part: str, count: int, before: str = "[", after: str = "]") -> str:
    """Return a document with one rule, one key of which is a long list."""
    value = before + (part * count).rstrip(",") + after
    given = "" if key == "event" else '"event":"a",'
    return f'{{{JSON}, "interest": {{"rules": [{{{given}"points":1,"{key}":{value}}}]}}}}'


SIZES: tuple[Case, ...] = (*GATE, *LONG, *WIDE, *RULES)
