"""What people wrote for the reference of playbooks: its beginning, and a short example for each table."""

from collections.abc import Mapping
from typing import Final

INTRODUCTION: Final = """\
# Playbook reference

Every table and key of a playbook: what it takes, what holds when it is absent, what it means. This page is made from
the schema that leadqual ships; [How to write a playbook](playbook.md) is the guide, and [What a score is](score.md)
says what exactly is computed.

- `[table]` stands once, `[[table]]` before each member of a list; NAME is a name of yours. In JSON they are objects
  and lists.
- Points have at most two decimal places. Days are whole unless something else is said.
- What is not on this page is an error when a playbook is read, with a suggestion.
"""

EDITOR: Final = """\
## In your editor

The schema is a JSON Schema (draft 2020-12). With it an editor completes keys, shows their meaning and marks what is
wrong while you write. `leadqual schema` writes it:

```text
leadqual schema -o playbook.schema.json
```

**TOML**: editors that use Taplo (in Visual Studio Code the extension *Even Better TOML*) look for this comment at the
top of a document; the path is relative to the document:

```text
#:schema ./playbook.schema.json
```

`taplo lint my.toml` checks a document by the same comment, without an editor.

**JSON**: name the schema in the editor's settings, not in the playbook, where `$schema` would be an unknown table. In
the `settings.json` of Visual Studio Code:

```text
"json.schemas": [{ "fileMatch": ["*.playbook.json"], "url": "./playbook.schema.json" }]
```

A document that an editor finds nothing wrong with is well formed. Whether every name in it is declared, and bounds
fall as they should, `leadqual check` knows.
"""

BEGINNING: Final = """\
schema = 1
name = "saas-b2b"
version = "2026.11"
day_starts = "-06:00"

[attributes]
job_title = { type = "text", weight = 3 }
employees = "integer"
country = "text"

[properties]
asset = "text"
page = "text"

[lists]
rivals = ["rival.example", "other.example"]
"""

FRAGMENTS: Final[Mapping[str, str]] = {
    "fit": """\
[fit]
max = 60
""",
    "fit.criteria": """\
[[fit.criteria]]
name = "Decision maker"
group = "seniority"
when = { field = "job_title", op = "contains_word", value = ["CEO", "CTO"], ignore_case = true }
points = 20
missing = 5

[fit.groups.seniority]
max = 20
""",
    "fit.tables": """\
[[fit.tables]]
field = "employees"
bands = [{ below = 10, points = 0 }, { below = 1000, points = 12 }, { points = 8 }]

[[fit.tables]]
field = "country"
values = { ES = 5, MX = 5 }
other = -2
""",
    "fit.gates": """\
[[fit.gates]]
reason = "competitor"
when = { field = "email", op = "domain_in", value = "@rivals" }
""",
    "interest": """\
[interest]
max = 100
decay = { half_life = 30 }

[interest.levels]
1 = 60
2 = 30
3 = 0
""",
    "interest.rules": """\
[[interest.rules]]
name = "Pricing page"
event = "page_view"
when = { field = "page", op = "starts_with", value = "/pricing" }
points = 6.5
per = { days = 7, times = 2 }
weights = [1, 0.5]
decay = { linear = 90 }
group = "intent"

[interest.groups.intent]
max = 30
""",
    "combine": """\
[combine]
kind = "gate"
fit = 0.4
interest = 0.6
floors = { fit = 20, interest = 10 }
""",
    "qualify": """\
[qualify]
hand_raise = ["demo_request"]

[qualify.mql]
when = { all = [
    { field = "fit", op = "ge", value = 30 },
    { field = "active_days", op = "ge", value = 2 },
] }
stay = { field = "interest", op = "ge", value = 5 }
""",
    "lifecycle": """\
[lifecycle]
touches = ["call", "meeting"]
hand_raise_days = 14
""",
    "lifecycle.transitions": """\
[lifecycle]
stages = [
    { name = "lead" },
    { name = "opportunity", phase = "BOFU", temperature = "hot", hand_off = true },
    { name = "later", kind = "rest" },
    { name = "won", kind = "ended" },
    { name = "lost", kind = "ended" },
]

[[lifecycle.transitions]]
name = "yes"
from = ["lead", "opportunity", "later"]
to = "won"
on = "yes"

[[lifecycle.transitions]]
name = "no"
from = ["lead", "opportunity", "later"]
to = "lost"
on = "no"

[[lifecycle.transitions]]
name = "maybe"
from = ["lead", "opportunity"]
to = "later"
on = "maybe"

[[lifecycle.transitions]]
name = "warm"
from = ["lead", "later"]
to = "opportunity"
on = ["event", "profile"]
when = { all = [
    { field = "interest", op = "ge", value = 20 },
    { field = "state.score_route_open", op = "eq", value = true },
] }

[[lifecycle.transitions]]
name = "rested"
from = "later"
to = "lead"
on = "wake"
""",
    "recycle": """\
[recycle]
inbound = { to = "recycle", interest = "restart", nurture = "keep-warm" }
outbound = { rest_months = [3, 6], spread_days = 30, attempts = 3, reasons = { no_budget = 6 } }
""",
    "sla": """\
[sla]
hand_raise = { within = "2h", escalate = "head of sales" }
mql = "1d"

[qualify]
hand_raise = ["demo_request"]
""",
    "calendar": """\
[calendar]
zone = "Europe/Madrid"
hours = ["09:00-14:00", "16:00-19:00"]
days = { fri = ["09:00-14:00"] }
holidays = [2026-12-25, 2027-01-06]
""",
    "nurture": """\
[nurture]
home = "Europe/Madrid"
markets = ["ES", "MX"]
presets = ["rfc-8058"]

[nurture.windows.email]
hours = ["09:00-14:00", "16:00-19:00"]
weekdays = ["mon", "tue", "wed", "thu", "fri"]

[nurture.windows."*"]
quiet = ["21:00-08:00"]

[[nurture.bases]]
basis = "opt_out"
channels = "email"
countries = ["US"]

[[nurture.effort]]
within = 10
cost = 50

[[nurture.effort]]
cost = 5
""",
    "caps": """\
[caps]
email = [{ days = 1, times = 1 }, { days = 7, times = 2 }]
"*" = [{ per = "month", times = 8 }]

[caps.sales]
phone = [{ per = "week", times = 2 }]
""",
    "personas": """\
[[personas]]
name = "finance"
when = { field = "job_title", op = "contains_word", value = ["CFO", "Controller"], ignore_case = true }

[[personas]]
name = "owner"
least = 60
signs = [
    { when = { field = "job_title", op = "contains_word", value = ["CEO", "Owner"] }, points = 3 },
    { when = { field = "employees", op = "lt", value = 50 } },
]
""",
    "needs": """\
[needs.payroll]
offers = ["payroll-guide"]
hints = [{ on = "page_view", when = { field = "page", op = "starts_with", value = "/payroll" } }]
least = 2
""",
    "content": """\
[content.payroll-guide]
kind = "guide"
phases = "TOFU"
offer = "payroll-guide"

[content.ten-firms]
kind = "case_study"
phases = ["TOFU", "MOFU"]
channels = "email"
after = ["payroll-guide"]
cost = 1
ends = 2027-12-31
""",
    "sequences": """\
[content.payroll-guide]
kind = "guide"

[content.ten-firms]
kind = "case_study"

[sequences.education]
enter = { on = "download", properties = { field = "asset", op = "eq", value = "payroll-guide" } }
goals = [{ on = "demo_request" }]
again = "if_not_active"
again_after = "90d"

[[sequences.education.steps]]
name = "guide"
channel = "email"
content = "payroll-guide"
purpose = "requested"

[[sequences.education.steps]]
name = "more"
wait = "3d"
channel = "email"
pool = { kinds = "case_study" }

[[sequences.education.steps]]
name = "pricing"
branch = { on = "pricing_view", within = { business = "5d" }, yes = "call", no = "over" }

[[sequences.education.steps]]
name = "call"
wait = { days = 0, at = "09:30" }
channel = "phone"
purpose = "sales"
task = "Ask what they are looking for"

[[sequences.education.steps]]
name = "over"
end = true
on_end = { verdict = "maybe", reason = "no answer" }
""",
    "objectives": """\
[[interest.rules]]
name = "Download"
event = "download"
points = 2

[objectives.renewals]
rules = { Download = 5 }
combine = { kind = "minimum" }

[objectives.partners]
based_on = "renewals"
qualify = { sql = { when = { field = "interest", op = "ge", value = 10 } } }
""",
    "examples": """\
[[interest.rules]]
event = "download"
points = 2

[[examples]]
name = "Two guides are no reason to call"
lead = { job_title = "CTO", email = "who@firm.example" }
events = [{ kind = "download", properties = { asset = "guide" } }, { kind = "download", day = 3 }]
day = 10
expect = { interest = 4, qualifies = [] }
""",
    "labels": """\
[labels.es]
job_title = "cargo"
download = "descarga"
""",
    "columns": """\
[columns.leads]
lead_id = "Contact ID"
job_title = "Title"
""",
    "files": """\
[files.events]
zone = "Europe/Madrid"
dates = "dd/mm/yyyy"
missing = ["n/a"]
""",
}
"""By the path of a table, lines that go on from `BEGINNING`."""

AFTERWORDS: Final[Mapping[str, str]] = {
    "attributes": "Always there without being declared: `id kind email phone company_id acquisition channel source "
    "zone language created_at`. These and the names that a bar reads of a score cannot be declared.",
    "lists": "Two lists are built in: `@free_mail` and `@disposable_mail`.",
    "combine": "`floors` goes with `gate` only, `cells` with `matrix` only; `minimum` and `matrix` take no weights.",
    "qualify": "A bar that is not declared does not exist. What a bar may read besides the lead's attributes stands in "
    "[How to write a playbook](playbook.md#who-qualifies).",
    "lifecycle": "What a guard may read stands in [How to write a playbook](playbook.md#how-a-lead-moves).",
    "recycle": "A table that is written is taken as it is written: `outbound` without `rest_months` has no length of "
    "rest. Without the table, outbound leads rest 3 to 6 months, 3 times at most.",
    "sla": "An SLA has the name of the stage that begins it, or `hand_raise`.",
    "nurture": "`windows` and `without_zone` are tables by channel; `*` is all channels. Of `bases`, the first rule "
    "that is about a touch holds; without one it needs an opt-in. Windows and bases of the playbook go before those of "
    "`presets`.",
    "caps": "Marketing touches, answers to requests and sales touches are counted apart. `times = 0` is never; a "
    "channel without a cap is unlimited. A channel that is called `marketing`, `requested` or `sales` is written under "
    "`[caps.marketing]`.",
    "personas": "Either `when` or `signs`.",
    "sequences": "A step is one thing: a touch (it has a `channel` or a `task`), a fork (`branch`) or an end "
    "(`end = true`). Names of sequences and steps do not change while leads are in them.",
    "objectives": "What is named in `criteria`, `rules` and `bands` is looked up by its `name`. `combine` and "
    "`qualify` replace the playbook's own as a whole.",
    "labels": "They are used where a playbook or a score is put into words in that language.",
    "columns": "See [Reading your own files](files.md#columns).",
    "files": "See [Reading your own files](files.md#how-cells-are-written).",
}
"""By the path of a table, what else is to be known of it."""
