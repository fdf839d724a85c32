"""Facts, effects and states as plain data that JSON can hold, and back; what cannot be read is refused as a whole."""

from collections.abc import Mapping
from typing import Any, Final

from leadqual.errors import HistoryError, Problem, kind_of
from leadqual.hints import did_you_mean
from leadqual.lifecycle.effects import EFFECTS, Effect
from leadqual.lifecycle.facts import FACTS, Fact
from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.storedparts import refusal
from leadqual.lifecycle.storedshapes import Shape, missing, read_table, shape_of, write_table

SCHEMA: Final = 1
"""The newest schema that this release reads, and the one that it writes."""
_FACTS: Final[Mapping[str, type[Fact]]] = {kind.name: kind for kind in FACTS}
_EFFECTS: Final[Mapping[str, type[Effect]]] = {kind.name: kind for kind in EFFECTS}
_NAMES: Final[Mapping[type[Any], str]] = {kind: name for kinds in (_FACTS, _EFFECTS) for name, kind in kinds.items()}


def fact_to_plain(fact: Fact) -> dict[str, Any]:
    """Return a fact as plain data.

    Args:
        fact: A fact of any kind.

    Returns:
        A table of texts, numbers, booleans, lists and tables: ``schema``, the kind as ``fact``, and the fields that
        differ from their defaults. Instants are ISO text in UTC, days ISO text, amounts exact text, keys of events
        ``[source, id]``.

    Raises:
        HistoryError: If it is no fact.

    >>> from datetime import UTC, datetime
    >>> from leadqual.lifecycle.facts import Cause, SlaMet
    >>> at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    >>> fact = SlaMet(lead_id="L1", seq=7, at=at, known_at=at, cause=Cause("verdict"), sla="mql")
    >>> plain = fact_to_plain(fact)
    >>> list(plain)
    ['schema', 'fact', 'lead_id', 'seq', 'at', 'known_at', 'cause', 'sla']
    >>> plain["at"], fact_from_plain(plain) == fact
    ('2026-03-03T09:00:00+00:00', True)
    """
    return _written(fact, "fact", _FACTS)


def fact_from_plain(data: Any) -> Fact:
    """Return a fact from plain data.

    Args:
        data: What `fact_to_plain` made, also after a way through JSON.

    Returns:
        The same fact.

    Raises:
        HistoryError: With every problem, if it is not exactly that: an unknown kind or key, a value that is missing
            or of another type, or a schema that this release does not know.
    """
    fact: Fact = _read(data, "fact", _FACTS)
    return fact


def effect_to_plain(effect: Effect) -> dict[str, Any]:
    """Return an effect as plain data, such as a host keeps in its outbox.

    Args:
        effect: An effect of any kind.

    Returns:
        A table as `fact_to_plain` makes it, with the kind as ``effect``. Properties of an event keep their types: what
        JSON has no type for is a table with one key, such as ``{"date": "2026-03-03"}``.

    Raises:
        HistoryError: If it is no effect, or an event has a property that cannot be stored.

    >>> from leadqual.lifecycle.effects import Enrol
    >>> effect_to_plain(Enrol(key="k1", lead_id="L1", sequence="keep-warm"))
    {'schema': 1, 'effect': 'enrol', 'key': 'k1', 'lead_id': 'L1', 'sequence': 'keep-warm'}
    """
    return _written(effect, "effect", _EFFECTS)


def effect_from_plain(data: Any) -> Effect:
    """Return an effect from plain data.

    Args:
        data: What `effect_to_plain` made, also after a way through JSON.

    Returns:
        The same effect.

    Raises:
        HistoryError: With every problem, if it is not exactly that.
    """
    effect: Effect = _read(data, "effect", _EFFECTS)
    return effect


def state_to_plain(state: LeadState) -> dict[str, Any]:
    """Return the state of a lead as plain data, so that a host need not replay every fact to go on.

    Args:
        state: The state.

    Returns:
        A table as `fact_to_plain` makes it, without a kind.

    Raises:
        HistoryError: If it is no state.
    """
    if type(state) is not LeadState:
        raise refusal("the state of a lead was expected", state, "Pass a LeadState.")
    return {"schema": SCHEMA, **write_table(state, shape_of(LeadState))}


def state_from_plain(data: Any) -> LeadState:
    """Return the state of a lead from plain data.

    Args:
        data: What `state_to_plain` made, also after a way through JSON.

    Returns:
        The same state.

    Raises:
        HistoryError: With every problem, if it is not exactly that.
    """
    state: LeadState = _table(data, shape_of(LeadState), frozenset({"schema"}), _schema_problems(data))
    return state


def _written(value: Any, tag: str, kinds: Mapping[str, Any]) -> dict[str, Any]:
    kind: Any = type(value)
    name = _NAMES.get(kind)
    if name not in kinds:
        raise refusal(f"the value is no {tag}", value, f"Pass one that leadqual made: {', '.join(kinds)}.")
    return {"schema": SCHEMA, tag: name, **write_table(value, shape_of(kind))}


def _read(data: Any, tag: str, kinds: Mapping[str, Any]) -> Any:
    problems = _schema_problems(data)
    name = data.get(tag)
    kind = kinds.get(name) if type(name) is str else None
    if kind is not None:
        return _table(data, shape_of(kind), frozenset({"schema", tag}), problems)
    if tag in data:
        wrong = Problem(where=tag, what=f"no such kind of {tag}", got=kind_of(name), hint=did_you_mean(name, kinds))
    else:
        wrong = missing(tag, data)
    raise HistoryError([*problems, wrong])


def _schema_problems(data: Any) -> list[Problem]:
    """Return what is wrong with the schema; a newer one is the only thing that is said of a table."""
    if not isinstance(data, dict):
        raise refusal("a table was expected", data, "Pass a dict, such as json.loads makes of an object.")
    if "schema" not in data:
        return [missing("schema", data)]
    schema = data["schema"]
    if type(schema) is not int or schema < 1:
        hint = f"Write {SCHEMA}."
        return [Problem(where="schema", what="the number of a schema was expected", got=kind_of(schema), hint=hint)]
    if schema > SCHEMA:
        what = f"a newer release wrote this; this one is older and reads schemas up to {SCHEMA}"
        hint = "Upgrade leadqual. Nothing was read."
        raise HistoryError([Problem(where="schema", what=what, got=schema, hint=hint)])
    return []


def _table(data: dict[Any, Any], shape: Shape, beside: frozenset[str], problems: list[Problem]) -> Any:
    if not problems:
        return read_table(data, shape, beside)
    try:
        read_table(data, shape, beside)
    except HistoryError as error:
        problems += error.problems
    raise HistoryError(problems)
