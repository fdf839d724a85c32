"""The page to try it with: a form, the lead that it was, and the newest decisions. No scripts are needed."""

from collections.abc import Mapping
from html import escape
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from leadqual.errors import LeadqualError
from qualification.desk import Desk
from qualification.words import lead_data

_STAGES = {
    "lead": "a lead",
    "mql": "ready for marketing (MQL)",
    "sql": "ready for sales (SQL)",
    "recycle": "at rest",
    "won": "won",
    "lost": "lost",
}
_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>leadqual example</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><h1>leadqual</h1><p>Forms in, decisions out.</p></header>
<main>{main}</main>
</body>
</html>
"""
_START = """
<section class="card">
<h2>Fill in a form</h2>
<form method="post" action="/forms">
<input type="hidden" name="id" value="{id}"><input type="hidden" name="at" value="{at}">
<input type="hidden" name="page" value="/try"><input type="hidden" name="offer" value="guide">
<label>E-mail <input type="email" name="email" placeholder="ana@example.com" required></label>
<label>Job title <input name="attributes.job_title" placeholder="CTO"></label>
<label>Employees <input type="number" name="attributes.employees" min="1" max="9999999" placeholder="250"></label>
<fieldset><legend>What for?</legend>
<label class="line"><input type="radio" name="kind" value="download" checked> Download the guide</label>
<label class="line"><input type="radio" name="kind" value="demo_request"> Ask for a demo</label>
<label class="line"><input type="radio" name="kind" value="form"> Just say hello</label>
</fieldset>
<label class="line"><input type="checkbox" name="newsletter" value="yes"> Send me the newsletter</label>
<button>Send</button>
</form>
</section>
<section class="card">
{lead}
</section>
<section class="card wide">
<h2>All leads</h2>
<dl>{stages}</dl>
<p class="small">{outbox}</p>
</section>
<section class="card wide">
<h2>Newest decisions</h2>
{decisions}
<p class="small">They go out a moment after they are made. <a href="/?lead={asked}">Look again</a>, or read them
as <a href="/decisions">data</a>.</p>
</section>
"""


def start(desk: Desk, lead_id: str) -> str:
    """Return the page.

    Args:
        desk: What the application shares.
        lead_id: Whom to show; nobody if it is empty.
    """
    found = desk.service.standing()
    return _framed(
        _START.format(
            stages=_figures({name: str(found.stages.get(name, 0)) for name in desk.service.qualifier.lifecycle.stages}),
            outbox=f"Decisions on their way: {found.waiting + found.claimed}. Given up: {found.dead}.",
            id=token_hex(8),
            at=desk.now().isoformat(timespec="milliseconds"),
            lead=_lead(desk, lead_id),
            decisions=_decisions(desk.outbox.newest(12)),
            asked=quote(lead_id),
        )
    )


def unsubscribing(path: str) -> str:
    """Return the page behind the link in a mail: looking at it changes nothing, the button does.

    Args:
        path: The link.
    """
    action = escape(path, quote=True)
    button = f'<form method="post" action="{action}"><button>Leave the list</button></form>'
    return _framed(f'<section class="card"><h2>Leave the list?</h2>{button}</section>')


def message(text: str) -> str:
    """Return a page that says something.

    Args:
        text: What.
    """
    return _framed(f'<section class="card"><h2>{escape(text)}</h2><p><a href="/">Back</a></p></section>')


def _framed(main: str) -> str:
    return _FRAME.replace("{main}", main)


def _lead(desk: Desk, lead_id: str) -> str:
    """Return where a lead stands, and why."""
    if not lead_id:
        return "<h2>Where it stands</h2><p>Send the form, and see here what has become of the lead, and why.</p>"
    try:
        data = lead_data(desk.service.record_of(lead_id), desk)
    except LeadqualError:
        return "<h2>Where it stands</h2><p>There is no such lead.</p>"
    stage = _STAGES.get(data["stage"], data["stage"])
    figures = _figures({name: f"{data[name]:.2f}" for name in ("fit", "interest", "total")})
    gate = f"<p>Held back: {escape(data['gate'])}.</p>" if data["gate"] else ""
    why = "".join(f"<tr><td>{escape(one['name'])}</td><td>{one['points']:+.2f}</td></tr>" for one in data["why"])
    return (
        f'<h2>It is {escape(stage)} <span class="label">{escape(data["label"] or "")}</span></h2>{gate}'
        f'<dl>{figures}</dl><h3>Why</h3><table class="points">{why}</table>'
        f'<p class="small">Lead <code>{escape(lead_id)}</code></p>'
    )


def _figures(found: Mapping[str, str]) -> str:
    return "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in found.items())


def _decisions(found: list[dict[str, Any]]) -> str:
    if not found:
        return "<p>None yet.</p>"
    rows = "".join(map(_row, found))
    return f"<table><thead><tr><th>UTC</th><th>Lead</th><th>Decision</th></tr></thead><tbody>{rows}</tbody></table>"


def _row(one: dict[str, Any]) -> str:
    at, short, text = escape(one["at"][11:19]), escape(one["lead_id"][:14]), escape(one["text"])
    link = f'<a href="/?lead={quote(one["lead_id"])}">{short}</a>'
    return f"<tr><td>{at}</td><td>{link}</td><td>{text}</td></tr>"


STYLE = """
:root { color-scheme: light dark; --line: #8884; --accent: #1f6f5c; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; align-items: baseline; gap: 1rem; margin-bottom: 1rem; }
h1 { margin: 0; font-size: 1.6rem; color: var(--accent); } h2 { margin: 0 0 .75rem; font-size: 1.15rem; }
header p { margin: 0; opacity: .7; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }
.card { border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; min-width: 0; }
.wide { grid-column: 1 / -1; }
form { display: grid; gap: .75rem; } label { display: grid; gap: .2rem; }
label.line { display: flex; align-items: center; gap: .5rem; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 0; padding: .5rem .75rem; }
input:not([type=radio], [type=checkbox]) { font: inherit; padding: .45rem .6rem; border: 1px solid var(--line);
  border-radius: .4rem; width: 100%; }
button { font: inherit; font-weight: 600; padding: .55rem; border: 0; border-radius: .4rem; color: #fff;
  background: var(--accent); cursor: pointer; }
.label { background: var(--accent); color: #fff; border-radius: .4rem; padding: .05rem .5rem; font-size: 1rem; }
dl { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin: 0 0 .75rem; } dt { font-size: .8rem; opacity: .7; }
dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
h3 { margin: 0; font-size: 1rem; } code { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
table.points td:last-child { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; }
th { font-size: .8rem; opacity: .7; } .small { font-size: .85rem; opacity: .75; } a { color: var(--accent); }
"""
