"""Documents, generated and then spoilt as bytes, as tokens or as a tree, in TOML and in JSON.

python -m tests.fuzz.documents --examples 100000 --seed 7
"""

import json
import re
import sys
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from leadqual.errors import ModelError
from leadqual.event import Event
from leadqual.languages import LANGUAGES
from leadqual.lead import Lead
from leadqual.playbook import Playbook, check_examples, loads
from leadqual.playbook.diff import diff
from leadqual.playbook.lint import lint
from leadqual.scoring import Score
from leadqual.testing import documents as whole_documents
from tests.fuzz.runner import fuzz, options
from tests.hostile.full import FULL, places, replaced
from tests.properties.documents import documents as bare_documents
from tests.properties.junk import TEXT, spoilt
from tests.properties.vocabulary import NOWS
from tests.properties.written import as_json, as_toml

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[A-Za-z_][\w-]*|[-+]?[\d.:]+(?:[eE][-+]?\d+)?|\s+|.', re.DOTALL)
_TOKENS = st.sampled_from((
    "nan", "inf", "-inf", "NaN", "Infinity", "null", "true", "false", "1e400", "1e-400", "1e999999999", "9" * 400,
    "0x1f", "0o7", "1_0", "-0", "0.005", "1979-05-27", "07:32:00", "9999-12-31T23:59:59-23:59", "2026-01-01T00:00:00",
    '"\\ud800"', '"\\u0000"', '"\\u001b[31m"', '""', '"@"', '"@free_mail"', '"*"', "'", '"""', "'''", '"', "#", "\\",
    "\n",
    "\r", "\0", "[", "]", "[[", "]]", "{", "}", "=", ",", ".", ":", "a.b.c", "[" * 40, "{a=" * 40, "not", "all", "any",
    '{"not":' * 20, "\ufeff", "\ud800", "é", "\u2028", "per_day", "scorers", "schema", "points", "max", "when", "field",
))  # fmt: skip
_PIECES = st.one_of(_TOKENS.map(lambda token: token.encode("utf-8", "surrogatepass")), st.binary(max_size=4))
documents = st.one_of(bare_documents(), whole_documents())
"""Documents with a model alone, and with objectives, examples, labels and files beside it."""
_ANY = st.one_of(st.binary(max_size=300), TEXT, st.lists(_TOKENS, max_size=30).map("".join))
_FULL = (as_json(FULL), as_toml(FULL))
FORMATS = st.sampled_from(("toml", "json", None))


@st.composite
def _whole(draw: st.DrawFn) -> str:
    """Draw the text of a valid document; half of them the one that says everything."""
    if draw(st.booleans()):
        return draw(st.sampled_from(_FULL))
    return draw(st.sampled_from((as_json, as_toml)))(draw(documents))


@st.composite
def _spoilt_bytes(draw: st.DrawFn) -> bytes:
    data = draw(_whole()).encode()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 20)))
        data = data[:start] + draw(st.one_of(_PIECES, st.just(data[start:stop] * 2))) + data[stop:]
    return data


@st.composite
def _spoilt_tokens(draw: st.DrawFn) -> str:
    tokens: list[str] = _TOKEN.findall(draw(_whole()))
    for _ in range(draw(st.integers(1, 4))):
        at, other = (draw(st.integers(0, len(tokens) - 1)) for _ in range(2))
        match draw(st.sampled_from(("replace", "swap", "drop", "double", "insert"))):
            case "replace":
                tokens[at] = draw(_TOKENS)
            case "swap":
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case "drop":
                tokens[at] = ""
            case "double":
                tokens[at] *= 2
            case _:
                tokens[at] += draw(_TOKENS)
    return "".join(tokens)


@st.composite
def _spoilt_tree(draw: st.DrawFn) -> str:
    whole: Any = FULL if draw(st.booleans()) else draw(documents)
    for _ in range(draw(st.integers(1, 2))):
        whole = draw(spoilt(whole))
    return as_json(whole)


LEAD = Lead(id="L1", email="a@gmail.com", acquisition="inbound", created_at=NOWS[0])
EVENTS = [
    Event(id=f"e{i}", lead_id="L1", kind=kind, at=NOWS[0] - timedelta(days=i))
    for i, kind in enumerate(("download", "view", "open", "click", "demo", "open", "click") * 3)
]
STRATEGY = st.tuples(
    st.one_of(_ANY, _whole(), _spoilt_bytes(), _spoilt_tokens(), _spoilt_tree(), _spoilt_tree()),
    FORMATS,
    st.integers(0, 10**6),
)


def _figures(score: Score) -> tuple[object, ...]:
    score.explain()
    lines = [(line.axis, line.where, line.count, line.points) for line in score.lines]
    return score.total, score.label, score.groups, score.qualifies, score.stays, score.gates, lines


def _other(value: Any) -> Any:
    """Return a value near another one, of the same type."""
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case str():
            return f"{value}x"
        case list():
            return value[:-1]
        case _:
            return dict(list(value.items())[1:])


def _changed(playbook: Playbook, place: int) -> Playbook:
    """Return a playbook that says something else at one place; the same one where that has no meaning."""
    whole = json.loads(playbook.to_json(), parse_float=Decimal)
    everywhere = places(whole)[1:]
    path = everywhere[place % len(everywhere)]
    value = whole
    for key in path:
        value = value[key]
    try:
        return loads(as_json(replaced(whole, path, _other(value))), format="json")
    except ModelError:
        return playbook


def _review(playbook: Playbook, place: int) -> None:
    """Read a playbook in every way that people do."""
    check_examples(playbook)
    for finding in lint(playbook):
        str(finding).encode()
    changed = _changed(playbook, place)
    for language in LANGUAGES:
        playbook.describe(language).encode()
        assert not diff(playbook, playbook, language=language).changes
        told = diff(playbook, changed, language=language)
        told.explain().encode()
        assert bool(told.changes) == (playbook.fingerprint != changed.fingerprint)


def _question(score: Score) -> None:
    """Ask a score what may be asked of it."""
    score.questions()
    for bar in (plan.name for plan in score.reading.model.plans.bars):
        found = score.why_not(bar)
        for language in LANGUAGES:
            found.explain(language).encode()
        assert all(bar in answer.score.qualifies for answer in found.answers)
        for keep, holds in ((False, score.qualifies), (True, score.stays)):
            until = score.until(bar, keep=keep)
            assert until is None or (until > score.now) == (bar in holds)


def act(example: tuple[str | bytes, Any, int]) -> None:
    """Load a document; what loads also writes itself, reads itself back, scores, and can be reviewed and asked."""
    document, format_, place = example
    playbook = loads(document, format=format_)
    scores = []
    for again in (playbook, loads(playbook.to_json(), format="json"), loads(playbook.to_toml(), format="toml")):
        assert again.fingerprint == playbook.fingerprint
        scores.append([again.model_for(name).score(LEAD, EVENTS, now=NOWS[0]) for name in (None, *playbook.models)])
        assert list(map(_figures, scores[-1])) == list(map(_figures, scores[0]))
    _review(playbook, place)
    for score in scores[0]:
        _question(score)


def main() -> int:
    """Fuzz documents."""
    return fuzz("documents", STRATEGY, act, options(60_000, __doc__))


if __name__ == "__main__":
    sys.exit(main())
