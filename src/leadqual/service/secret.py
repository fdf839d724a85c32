"""The key of a tenant's digests."""

from secrets import token_hex
from typing import Final

from leadqual.errors import InputRefused, Problem, kind_of
from leadqual.service.digests import Digests
from leadqual.service.rows import NoteRow
from leadqual.service.store import Store, Taken
from leadqual.service.tables import NOTES

_NAME: Final = "digest key"
_CHECK: Final = "digest check"
_LEAST: Final = 16


def digests_of(store: Store, tenant: str, key: bytes | None) -> Digests:
    """Return what makes the digests of a tenant: by the host's key, or by one that is made once and kept.

    Args:
        store: The store.
        tenant: The tenant.
        key: The host's key, of at least 16 bytes; it is kept nowhere.

    Raises:
        InputRefused: If the key is too short, or another one than before.
        StoreError: If the store cannot be used.
    """
    if key is not None and (not isinstance(key, bytes) or len(key) < _LEAST):
        hint = f"Pass at least {_LEAST} bytes that nobody can guess, such as secrets.token_bytes(32), kept by the host."
        raise InputRefused([Problem(where="key", what="a long key was expected", got=kind_of(key), hint=hint)])
    while True:
        with store.unit(tenant, write=False) as unit:
            known = {row.name: row.value for row in unit.get(NOTES, [(_CHECK,), (_NAME,)])}
        if known:
            break
        made = token_hex(32)
        rows = [] if key is not None else [NoteRow(name=_NAME, value=made)]
        own = Digests(bytes.fromhex(made) if key is None else key)
        rows.append(NoteRow(name=_CHECK, value=own.of("command", tenant)))
        try:
            with store.unit(tenant, write=True) as unit:
                unit.add(NOTES, rows)
        except Taken:
            continue
        return own
    kept = known.get(_NAME)
    found = Digests(key if key is not None else bytes.fromhex(kept or ""))
    if (kept is None) is (key is None) or found.of("command", tenant) != known.get(_CHECK):
        hint = "Pass the key with which the store was first used; none if it was used without."
        what = "the store's addresses are digested by another key"
        raise InputRefused([Problem(where="key", what=what, got=kind_of(key), hint=hint)])
    return found
