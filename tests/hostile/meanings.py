"""Well-formed documents that mean nothing, or too much."""

from tests.hostile.case import Case, json, toml

_DECLARED = '[attributes]\njob = "text"\nsize = "integer"\nrate = "number"\nok = "boolean"\ntags = "list"\n'
_POINTS = ("true", "false", '"5"', "[]", "{}", "0.001", "1e-3", "10001", "-10000.01", "nan", "2026-01-01", "1e6")
_BOUNDS = ("true", '"5"', "[]", "0.001", "1000001", "1e7", "inf", "-1")


def _rule(name: str, body: str, where: str | None, *, loads: bool = False) -> Case:
    text = f'[properties]\nasset = "text"\nqty = "number"\n[[interest.rules]]\n{body}\n'
    return toml(name, text, where if where is None else f"interest.rules[0]{where}", loads=loads)


def _criterion(name: str, when: str, where: str, *, loads: bool = False) -> Case:
    text = f"{_DECLARED}[[fit.criteria]]\npoints = 1\nwhen = {when}\n"
    return toml(name, text, f"fit.criteria[0].when{where}", loads=loads)


def _table(name: str, body: str, where: str) -> Case:
    return toml(name, f"{_DECLARED}[[fit.tables]]\n{body}\n", f"fit.tables[0]{where}")


POINTS = (
    *(_rule(f"{value} as points of a rule", f'event = "a"\npoints = {value}', ".points") for value in _POINTS),
    *(toml(f"{value} as the cap of fit", f"[fit]\nmax = {value}", "fit.max") for value in _BOUNDS),
    *(toml(f"{value} as a level", f'[interest.levels]\n"1" = {value}', "interest.levels.1") for value in _BOUNDS[:-1]),
    toml(
        "true as a weight of completeness", '[attributes]\na = { type = "text", weight = true }', "attributes.a.weight"
    ),
    toml("a weight below zero", '[attributes]\na = { type = "text", weight = -1 }', "attributes.a.weight"),
    toml("true as a share", '[combine]\nkind = "sum"\nfit = true', "combine.fit"),
    toml("a share of three places", '[combine]\nkind = "sum"\nfit = 0.125', "combine.fit"),
    toml("a lower cap above zero", "[fit]\nmin = 1", "fit.min"),
)
RULES = (
    _rule("true as times", 'event = "a"\npoints = 1\ntimes = true', ".times"),
    _rule("no times at all", 'event = "a"\npoints = 1\ntimes = 0', ".times"),
    _rule("times beyond a million", 'event = "a"\npoints = 1\ntimes = 1000001', ".times"),
    _rule("times and weights", 'event = "a"\npoints = 1\ntimes = 1\nweights = [1]', ".weights"),
    _rule("no weights", 'event = "a"\npoints = 1\nweights = []', ".weights"),
    _rule("weights that rise", 'event = "a"\npoints = 1\nweights = [0.5, 1]', ".weights[1]"),
    _rule("a weight above 1", 'event = "a"\npoints = 1\nweights = [2]', ".weights[0]"),
    _rule("weights that part a hundredth", 'event = "a"\npoints = 0.01\nweights = [0.5]', ".weights[0]"),
    _rule("a bucket of no days", 'event = "a"\npoints = 1\nper = { days = 0, times = 1 }', ".per.days"),
    _rule("a bucket of half a day", 'event = "a"\npoints = 1\nper = { days = 0.5, times = 1 }', ".per.days"),
    _rule("a bucket beyond a century", 'event = "a"\npoints = 1\nper = { days = 36501, times = 1 }', ".per.days"),
    _rule("two ways to say per", 'event = "a"\npoints = 1\nper_day = 1\nper = { days = 1, times = 1 }', ".per_day"),
    _rule("a half-life of nothing", 'event = "a"\npoints = 1\ndecay = { half_life = 0 }', ".decay.half_life"),
    _rule("a half-life below zero", 'event = "a"\npoints = 1\ndecay = { half_life = -30 }', ".decay.half_life"),
    _rule("a tiny half-life", 'event = "a"\npoints = 1\ndecay = { half_life = 0.001 }', ".decay.half_life"),
    _rule("a half-life of ages", 'event = "a"\npoints = 1\ndecay = { half_life = 36501 }', ".decay.half_life"),
    _rule("two curves", 'event = "a"\npoints = 1\ndecay = { half_life = 1, window = 1 }', ".decay"),
    _rule("an unknown curve", 'event = "a"\npoints = 1\ndecay = { halflife = 1 }', ".decay.halflife"),
    _rule("steps that rise", 'event = "a"\npoints = 1\ndecay = { steps = [[1, 0.5], [2, 1]] }', ".decay.steps[1][1]"),
    _rule("steps that go back", 'event = "a"\npoints = 1\ndecay = { steps = [[2, 1], [1, 1]] }', ".decay.steps[1][0]"),
    _rule("no kind", 'event = ""\npoints = 1', ".event"),
    _rule("no kinds", "event = []\npoints = 1", ".event"),
    _rule("any kind beside another", 'event = ["*", "a"]\npoints = 1', ".event"),
    _rule("one kind twice", 'event = ["a", "a"]\npoints = 1', ".event[1]"),
    _rule("a group that is not declared", 'event = "a"\npoints = 1\ngroup = "g"', ".group"),
    _rule("a list as a group", 'event = "a"\npoints = 1\ngroup = ["g"]', ".group"),
    _rule("a distinct number", 'event = "a"\npoints = 1\ndistinct_by = "qty"', ".distinct_by"),
    _rule("a distinct nothing", 'event = "a"\npoints = 1\ndistinct_by = "none"', ".distinct_by"),
    _rule("silence with a curve", 'event = "a"\npoints = -1\ninactivity = 9\ndecay = { window = 1 }', ".decay"),
    _rule("silence of no days", 'event = "a"\npoints = -1\ninactivity = 0', ".inactivity"),
    _rule(
        "a rule that asks of the lead",
        'event = "a"\npoints = 1\nwhen = { field = "email", op = "exists" }',
        ".when.field",
    ),
    _rule(
        "a rule that asks of the score",
        'event = "a"\npoints = 1\nwhen = { field = "fit", op = "ge", value = 1 }',
        ".when.field",
    ),
)
CONDITIONS = (
    _criterion("an unknown field", '{ field = "jobb", op = "exists" }', ".field"),
    _criterion("a field with a dot", '{ field = "job.__class__", op = "exists" }', ".field"),
    _criterion("a field of Python's", '{ field = "__class__", op = "exists" }', ".field"),
    _criterion("an unknown operator", '{ field = "job", op = "matches", value = "(a+)+$" }', ".op"),
    _criterion("an operator of Python's", '{ field = "job", op = "__eq__", value = "a" }', ".op"),
    _criterion("order of a text", '{ field = "job", op = "lt", value = "a" }', ".op"),
    _criterion("a list that is not declared", '{ field = "job", op = "in", value = "@nothing" }', ".value"),
    _criterion("a list without a name", '{ field = "job", op = "in", value = "@" }', ".value"),
    _criterion("a list of a list", '{ field = "job", op = "in", value = "@@free_mail" }', ".value"),
    _criterion("a named list inside a list", '{ field = "job", op = "in", value = ["@free_mail"] }', "", loads=True),
    _criterion("a named list of the wrong type", '{ field = "size", op = "in", value = "@free_mail" }', ".value"),
    _criterion("no values", '{ field = "job", op = "in", value = [] }', ".value"),
    _criterion("a list in a list", '{ field = "job", op = "in", value = [["a"]] }', ".value"),
    _criterion("an empty text", '{ field = "job", op = "eq", value = "" }', ".value"),
    _criterion("true as a number", '{ field = "rate", op = "eq", value = true }', ".value"),
    _criterion("a number as true", '{ field = "ok", op = "eq", value = 1 }', ".value"),
    _criterion("NaN as a number", '{ field = "rate", op = "eq", value = nan }', ".value"),
    _criterion("infinity as a number", '{ field = "rate", op = "lt", value = inf }', ".value"),
    _criterion("an integer beyond 64 bits", '{ field = "size", op = "lt", value = 1e19 }', ".value"),
    _criterion("ends the wrong way round", '{ field = "size", op = "between", value = [2, 1] }', ".value"),
    _criterion("three ends", '{ field = "size", op = "between", value = [1, 2, 3] }', ".value"),
    _criterion("two joints", "{ all = [], any = [] }", ""),
    _criterion("a joint and a comparison", '{ all = [], field = "job" }', ""),
    _criterion("nothing at all", "{}", ""),
    _criterion("`not` of a list", "{ not = [] }", ".not"),
    _criterion("`all` of a table", "{ all = {} }", ".all"),
    _criterion("`missing` as a text", '{ field = "job", op = "eq", value = "a", missing = "true" }', ".missing"),
    _criterion("a naive instant", '{ field = "created_at", op = "lt", value = 2026-01-01T00:00:00 }', ".value"),
    _criterion("a date as an instant", '{ field = "created_at", op = "lt", value = 2026-01-01 }', ".value"),
    _criterion("the end of time", '{ field = "created_at", op = "lt", value = 9999-12-31T23:59:59-23:59 }', ".value"),
    _criterion("the start of time", '{ field = "created_at", op = "lt", value = 0001-01-01T00:00:00+23:59 }', ".value"),
    _criterion("a text that is no instant", '{ field = "created_at", op = "lt", value = "yesterday" }', ".value"),
)
TABLES = (
    _table(
        "bands that go back",
        'field = "size"\nbands = [{ below = 9, points = 0 }, { below = 1, points = 1 }, { points = 2 }]',
        ".bands[1].below",
    ),
    _table(
        "a band twice",
        'field = "size"\nbands = [{ below = 9, points = 0 }, { below = 9, points = 1 }, { points = 2 }]',
        ".bands[1].below",
    ),
    _table(
        "an open band in the middle",
        'field = "size"\nbands = [{ points = 0 }, { below = 1, points = 1 }, { points = 2 }]',
        ".bands[0]",
    ),
    _table("no open band", 'field = "size"\nbands = [{ below = 1, points = 1 }]', ".bands"),
    _table("bands of a text", 'field = "job"\nbands = [{ points = 1 }]', ".field"),
    _table("bands and values", 'field = "size"\nbands = [{ points = 1 }]\nvalues = { "1" = 1 }', ""),
    _table("neither bands nor values", 'field = "size"', ""),
    _table("NaN as a band", 'field = "rate"\nbands = [{ below = nan, points = 1 }, { points = 1 }]', ".bands[0].below"),
    _table("one value written twice", 'field = "size"\nvalues = { "1" = 1, "01" = 2 }', ".values.01"),
    _table("values of a list", 'field = "tags"\nvalues = { a = 1 }', ".field"),
)
WHOLE = (
    json("an empty fit", '"fit": {}', loads=True),
    Case("schema 2", lambda: 'schema = 2\nname = "n"\nversion = "1"', "schema"),
    Case("schema true", lambda: 'schema = true\nname = "n"\nversion = "1"', "schema"),
    Case("schema 1.0", lambda: 'schema = 1.0\nname = "n"\nversion = "1"', "schema"),
    Case("no schema", lambda: 'name = "n"\nversion = "1"', "schema"),
    Case("no name", lambda: 'schema = 1\nversion = "1"', "name"),
    Case("a number as a name", lambda: 'schema = 1\nname = 1\nversion = "1"', "name"),
    toml("grades that rise", "[fit.grades]\nA = 1\nB = 2", "fit.grades.B"),
    toml("an unknown grade", "[fit.grades]\nG = 1", "fit.grades.G"),
    toml("level 0", '[interest.levels]\n"0" = 1', "interest.levels.0"),
    toml("a group of both axes", "[fit.groups.g]\n[interest.groups.g]", "interest.groups.g"),
    toml("a cell that never occurs", '[combine]\nkind = "matrix"\ncells = { A1 = 1 }', "combine.cells.A1"),
    toml("an unknown combiner", '[combine]\nkind = "eval"', "combine.kind"),
    toml(
        "a bar on nothing",
        '[qualify.mql]\nwhen = { field = "nothing", op = "ge", value = 1 }',
        "qualify.mql.when.field",
    ),
    toml("a bar without a condition", "[qualify.mql]", "qualify.mql"),
    toml("an unknown bar", "[qualify.vip]", "qualify.vip"),
    toml("a zone as the start of the day", 'day_starts = "Europe/Madrid"', "day_starts"),
    toml("an offset of a day", 'day_starts = "+24:00"', "day_starts"),
    toml("digits of another script", 'day_starts = "+0١:00"', "day_starts"),
    toml("a scorer that is not installed", '[[fit.scorers]]\nkind = "os:system"', "fit.scorers[0].kind"),
    toml("an attribute of an unknown type", '[attributes]\na = "object"', "attributes.a"),
    toml("an attribute named as a field", '[attributes]\nemail = "text"', "attributes.email"),
    toml("an attribute named as a score", '[attributes]\ntotal = "integer"', "attributes.total"),
    toml("a zone outside the folder", '[files.events]\nzone = "../../etc/passwd"', "files.events.zone"),
    toml("a zone from the root", '[files.events]\nzone = "/etc/passwd"', "files.events.zone"),
    toml("an encoding that runs code", '[files.events]\nencoding = "unicode_escape"', "files.events.encoding"),
    toml("an encoding that unpacks", '[files.events]\nencoding = "zlib"', "files.events.encoding"),
    toml("a quote as a delimiter", "[files.events]\ndelimiter = '\"'", "files.events.delimiter"),
    toml("an unknown file", "[files.users]", "files.users"),
    toml("a column that is not declared", '[columns.leads]\nsecret = "x"', "columns.leads.secret"),
)

MEANINGS: tuple[Case, ...] = (*POINTS, *RULES, *CONDITIONS, *TABLES, *WHOLE)
