"""All fuzzers, one after the other; ``python -m tests.fuzz --examples 150000`` parts the number among them."""

import sys

from tests.fuzz import documents, lives, rows, values
from tests.fuzz.runner import fuzz, options

SHARES = ((documents, 0.3), (lives, 0.2), (rows, 0.25), (values, 0.25))


def main() -> int:
    """Run all; return 1 if one of them found something."""
    given = options(150_000, __doc__)
    examples, codes = given.examples, []
    for module, share in SHARES:
        given.examples = int(examples * share)
        codes.append(fuzz(module.__name__.rpartition(".")[2], module.STRATEGY, module.act, given))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
