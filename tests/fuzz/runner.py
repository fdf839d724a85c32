"""Runs a fuzzer: so many examples, a seed, what escaped with its smallest example, and how fast it went.

python -m tests.fuzz.documents --examples 100000 --seed 7
python -m tests.fuzz.documents --keep-going      # count what escapes by place instead of stopping at the first
"""

import argparse
import secrets
import time
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leadqual.errors import LeadqualError

_NOT_OURS = (KeyboardInterrupt, SystemExit, GeneratorExit)
_ESCAPES = (
    *(ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, ImportError, LookupError, MemoryError),
    *(NameError, OSError, RuntimeError, StopIteration, TypeError, ValueError, Warning),
    *(BaseExceptionGroup, LeadqualError),
)
"""What Hypothesis raises again when an example fails: any kind of error."""
_SHOWN = 2000


class Run:
    """What a run has seen so far."""

    def __init__(self, act: Callable[[Any], None], *, keep_going: bool) -> None:
        self.act = act
        self.keep_going = keep_going
        self.outcomes: Counter[str] = Counter()
        self.escaped: dict[str, str] = {}
        self.slowest = (0.0, "")

    def one(self, example: Any) -> None:
        """Run one example; what is no error of ours is raised, or with `keep_going` noted."""
        started = time.process_time()
        try:
            self.act(example)
        except LeadqualError as error:
            str(error).encode()  # a message can always be written
            self.outcomes[type(error).__name__] += 1
        except BaseException as error:
            if isinstance(error, _NOT_OURS) or not self.keep_going or _is_hypothesis(error):
                raise
            self._note(error, example)
        else:
            self.outcomes["a result"] += 1
        took = time.process_time() - started
        if took > self.slowest[0]:
            self.slowest = (took, repr(example)[:200])

    def _note(self, error: BaseException, example: Any) -> None:
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if "leadqual" in frame.filename]
        place = f"{own[-1].filename.rpartition('leadqual/')[2]}:{own[-1].lineno}" if own else "?"
        key = f"{type(error).__name__} at {place}: {str(error)[:60]}"
        self.outcomes[f"ESCAPED {key}"] += 1
        text = repr(example)
        if key not in self.escaped or len(text) < len(self.escaped[key]):
            self.escaped[key] = text


def _is_hypothesis(error: BaseException) -> bool:
    return type(error).__module__.startswith("hypothesis")


def fuzz(name: str, strategy: st.SearchStrategy[Any], act: Callable[[Any], None], given_options: Any) -> int:
    """Run examples of a strategy, print what came out, and return 1 if anything but our errors did."""
    options = settings(
        max_examples=given_options.examples,
        deadline=None,
        database=None,
        derandomize=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate] if given_options.keep_going else [Phase.generate, Phase.shrink],
    )
    run = Run(act, keep_going=given_options.keep_going)
    test = hypothesis.seed(given_options.seed)(options(given(strategy)(run.one)))
    started, code = time.perf_counter(), 0
    try:
        test()
    except _ESCAPES as error:
        traceback.print_exception(error)
        code = 1
    took = time.perf_counter() - started
    count = sum(run.outcomes.values())
    print(f"{name}: {count:,} examples in {took:.0f} s, {count / took:,.0f} a second, seed {given_options.seed}")
    for outcome, times in run.outcomes.most_common():
        print(f"    {times:9,}  {outcome}")
    print(f"    slowest {1000 * run.slowest[0]:.0f} ms: {run.slowest[1]}")
    for key, example in run.escaped.items():
        print(f"    {key}\n        {example[:_SHOWN]}")
    return 1 if code or run.escaped else 0


def options(examples: int, description: str | None) -> Any:
    """Read the command line of a fuzzer."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--examples", type=int, default=examples)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--keep-going", action="store_true", help="count what escapes, do not stop at the first")
    return parser.parse_args()
