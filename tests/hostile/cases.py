"""Every hostile document of our own, by name."""

from collections.abc import Iterator

from tests.hostile.case import Case
from tests.hostile.meanings import MEANINGS
from tests.hostile.sizes import SIZES
from tests.hostile.texts import TEXTS


def cases() -> Iterator[Case]:
    """Yield all cases."""
    yield from TEXTS
    yield from SIZES
    yield from MEANINGS


CASES = tuple(cases())
REFUSED = tuple(case for case in CASES if not case.loads)
LOADED = tuple(case for case in CASES if case.loads)
GATED = tuple(case for case in CASES if case.gate)
