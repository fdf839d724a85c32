"""Bugs that scoring, lifecycles and nurturing are known for, planted one at a time: is each caught by some test?

    python tests/planted/run.py [part of a name …]

Each bug is an exact snippet of the source with its replacement. The tree is copied to a temporary folder, the snippet
replaced there, and a quick selection of tests is run against the copy. A bug is caught when tests fail; a copy that
cannot even be imported does not count. The copy without a bug must pass. Ends with 1 unless all of this holds, also
when a snippet is no longer found: then this list has to follow the source.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
INTEREST, SCORING, CONDITIONS, PLAYBOOK, FOLD = (
    "tests/core/interest",
    "tests/core/scoring",
    "tests/core/conditions",
    "tests/core/playbook",
    "tests/core/test_fold.py",
)
DECIDE, DEFAULT, DUE, MOVES, ROUTES, SITUATION, VERDICTS = (
    f"tests/core/lifecycle/test_{name}.py"
    for name in ("decide", "default", "due", "moves", "routes", "situation", "verdicts")
)
QUALIFIER = "tests/core/qualifier"
NURTURE, CONSENTS = "tests/core/nurture", "tests/properties/test_ties.py"
PLANS = "tests/properties/test_plans.py"
ORDER = "tests/properties/test_order.py"
SELECTION = (
    FOLD, CONDITIONS, INTEREST, SCORING, PLAYBOOK, ORDER, DECIDE, DEFAULT, DUE, MOVES, ROUTES, SITUATION, VERDICTS,
    QUALIFIER, NURTURE, CONSENTS, PLANS,
)  # fmt: skip
COPIED = ("src", "tests", "pyproject.toml")
MEASURE = "interest/measure.py"
LOOSE = "        if slot.group is None:\n            "
NO_VALUE = "        value = row.get(name)\n        if value is None:\n            "
ZERO = 'test(0) if read in (READERS["integer"], READERS["number"]) else if_missing'
_PASSED, _FAILED = 0, 1
"""What pytest ends with; anything else is neither."""


class Bug(NamedTuple):
    """A bug, and where it is planted.

    Attributes:
        name: What people call it.
        tests: Where it should be caught.
        plants: File under ``src/leadqual``, the snippet, and what is written in its place.
    """

    name: str
    tests: str
    plants: tuple[tuple[str, str, str], ...]


BUGS = (
    Bug("running clamp", INTEREST, (
        (MEASURE, f"{LOOSE}total += grains\n", f"{LOOSE}total = clamp(total + grains, *bounds)\n"),
        (MEASURE, "    total = 0\n", "    total, bounds = 0, (plan.low, plan.high)\n"))),
    Bug("cap before decay", INTEREST, (
        (MEASURE, "return rule.points * sum(number *", "return sum(min(number * rule.points, cap) *"),
        (MEASURE, "    events = ((day,", "    cap = rule.high // MILLIONTHS\n    events = ((day,"))),
    Bug("float sum", INTEREST, (
        ("interest/plan.py", "rule.points * factor(rule, age)", "rule.points / 1e2 * (factor(rule, age) * 1e2)"),
        (MEASURE, "Subtotals(half_up(total, MILLIONTHS)", "Subtotals(half_up(int(total), MILLIONTHS)"))),
    Bug("weights oldest first", INTEREST, (
        (MEASURE, "for day in sorted(days, reverse=True):", "for day in sorted(days):"),)),
    Bug("`<` for `<=` at the end of a window", INTEREST, (
        ("interest/decay.py", "[MILLIONTHS] * (int(curve.days) + 1)", "[MILLIONTHS] * int(curve.days)"),)),
    Bug("dedupe by content", INTEREST, (
        ("interest/dedupe.py", "first.setdefault(key,", "first.setdefault(content(event),"),)),
    Bug("future events counted", INTEREST, (
        ("scoring/model.py", "for event in once if event.at <= now and (", "for event in once if ("),)),
    Bug("gate ignored", SCORING, (("scoring/model.py", "if not plans.bars or reading.gates:", "if not plans.bars:"),)),
    Bug("missing read as zero", CONDITIONS, (
        ("conditions/bind.py", f"{NO_VALUE}return if_missing\n", f"{NO_VALUE}return {ZERO}\n"),)),
    Bug("ASCII folding dropped", FOLD, (
        ("fold.py", "return text.lower() if text.isascii() else text.translate(_ASCII_FOLD)", "return text"),)),
    Bug("per bucket off by a day", INTEREST, (
        (MEASURE, "bucket = (day + 3) // length", "bucket = (day + 4) // length"),)),
    Bug("our own acts counted as interactions", INTEREST, (("interest/state.py", "if acted and own:", "if acted:"),)),
    Bug("why-not proposes more than is needed", SCORING, (
        ("scoring/whynot/search.py", "qualifies and self._is_least(timed):", "qualifies:"),)),
    Bug("a change foreseen a day late", INTEREST, (
        ("interest/changes.py", ">> (today + 1 - day)", ">> (today + 2 - day)"),)),
    Bug("objective forgets what it is based on", PLAYBOOK, (
        ("playbook/pricing.py", "done[objectives[over].based_on]", "done[None]"),)),
    Bug("guards tried in another order", ROUTES, (
        ("lifecycle/plan.py", "(*routes.get((stage, trigger), ()), route)",
         "(route, *routes.get((stage, trigger), ()))"),)),
    Bug("`known_at` lost", MOVES, (("lifecycle/draft.py", "at=at, known_at=known_at,", "at=at, known_at=at,"),)),
    Bug("replay carried out again", QUALIFIER, (
        ("qualifier/folding.py", "folded.traces, now, folded.pending, stale,",
         "folded.traces, now, (*folded.due, *folded.pending), stale,"),)),
    Bug("SLA in elapsed time", MOVES, (
        ("lifecycle/moves.py", "return draft.plan.business.due(draft.now, draft.plan.slas[name][0])",
         "return draft.now + draft.plan.slas[name][0].amount * timedelta(hours=1)"),)),
    Bug("recycled without bound", MOVES, (
        ("lifecycle/moves.py", "spent = policy.attempts is not None and attempt > policy.attempts", "spent = False"),)),
    Bug("return memory dropped", DECIDE, (
        ("lifecycle/evolve.py", 'known["shut_since"], known["shut_until"] = fact.at, fact.shut_until',
         'known["shut_since"], known["shut_until"] = None, None'),)),
    Bug("tick promotes", DECIDE, (
        ("qualifier/qualifier.py", "            step.let_time_pass()\n",
         '            step.let_time_pass()\n            try_routes(step, "event", now, Cause("time"))\n'),)),
    Bug("rest ended by our own e-mail", DECIDE, (
        ("lifecycle/decide.py", "marks = INTERACTION if interaction else 0", "marks = INTERACTION"),)),
    Bug("restart keeps old points", MOVES, (
        ("lifecycle/moves.py", 'since=move.restart_at if policy.interest == "restart" else None,', "since=None,"),)),
    Bug("breach at the instant of the tick", DECIDE, (
        ("lifecycle/decide.py", "made.SlaBreached, running.due,", "made.SlaBreached, draft.known_at,"),)),
    Bug("the buyer's own date ignored", MOVES, (
        ("lifecycle/moves.py", "    if move.wake_on is not None:\n", "    if False:\n"),)),
    Bug("hand-raise valid for ever", SITUATION, (
        ("lifecycle/situation.py", "hand is not None and now < hand.until and", "hand is not None and"),)),
    Bug("late hand-raise valid from when it is known", DECIDE, (
        ("lifecycle/decide.py", "until = event.at + draft", "until = draft.now + draft"),)),
    Bug("gated lead promoted", ROUTES, (
        ("lifecycle/routes.py", "is not None or draft.profile.gates:", "is not None:"),)),
    Bug("disqualified lead promoted", ROUTES, (
        ("lifecycle/routes.py", "state.disqualified is not None or draft.profile.gates:", "draft.profile.gates:"),)),
    Bug("stale points decide", ROUTES, (("lifecycle/routes.py", "draft.stale or state.", "state."),)),
    Bug("late event ends a rest", DECIDE, (
        ("lifecycle/decide.py", "not (event.at > state.entered_at and (", "not ((")
        ,)),
    Bug("touched lead demoted", DEFAULT, (
        ("lifecycle/default.py", 'for name in ("touched", "accepted",', 'for name in ("accepted",'),)),
    Bug("merge adds scores", QUALIFIER, (
        ("qualifier/merging.py", "lead), folded.tally, folded.traces\n",
         "lead), folded.tally.merge(other.tally), folded.traces\n"),)),
    Bug("back-fill promotes", QUALIFIER, (
        ("qualifier/opening.py", "if imported:\n        record", "if False:\n        record"),)),
    Bug("wake foreseen a moment late", DUE, (
        ("lifecycle/due.py", "and at >= wake_at and any(", "and at > wake_at and any("),)),
    Bug("decay foreseen a day late", DUE, (
        ("lifecycle/due.py", "self._start = interest.day_start.at\n",
         "self._start = lambda day: interest.day_start.at(day + 1)\n"),)),
    Bug("stale offset", NURTURE, (
        ("nurture/sendtimes.py", "tuple(steady(zone, start, start + DAY)) for zone in zones_named(zones)",
         "((start, start + DAY, next(steady(zone, start - 92 * DAY, start))[2]),) for zone in zones_named(zones)"),)),
    Bug("weekday of UTC", NURTURE, (
        ("nurture/sendtimes.py", "self._week[day.weekday()]", "self._week[since.weekday()]"),)),
    Bug("holiday by the date of UTC", PLANS, (
        ("nurture/sendtimes.py", "if holidays and day in self.holidays:",
         "if holidays and since.date() in self.holidays:"),)),
    Bug("cap of none read as no limit", NURTURE, (
        ("nurture/counting.py", "    limits = caps.of(channel, kind)\n",
         "    limits = tuple(one for one in caps.of(channel, kind) if one[0].times)\n"),)),
    Bug("cap counted per sequence", NURTURE, (
        ("nurture/advance.py", "counted_of(asked.touches) if counted",
         "counted_of(one for one in asked.touches if one.sequence == sequence.name) if counted"),)),
    Bug("consent wins a tie", NURTURE, (
        ("lifecycle/consents.py", "(consent.at, not consent.given)", "(consent.at, consent.given)"),)),
    Bug("withdrawal at the instant of a consent lost", CONSENTS, (
        ("lifecycle/consents.py", "(fact.at == before.at and fact.given)", "fact.at == before.at"),)),
    Bug("request at the instant of a withdrawal answered", NURTURE, (
        ("nurture/permission.py", "is not None and asked > decision.at", "is not None and asked >= decision.at"),)),
    Bug("arm drawn anew", QUALIFIER, (
        ("qualifier/enrolling.py", "draw(track.name, track.sequence, step.state.lead_id)",
         'draw(track.name, track.sequence, f"{step.state.lead_id}{step.state.seq}")'),)),
    Bug("expired touch not counted", QUALIFIER, (
        ("qualifier/asking.py", 'return evolve(touch, outcome="due") if touch.outcome == "expired" else touch',
         "return touch"),)),
    Bug("touch named by its number in the plan", NURTURE, (
        ("nurture/touching.py", "touch.step == step and touch.key.startswith(stem) for", "True for"),)),
    Bug("fork answered after its deadline", QUALIFIER, (
        ("qualifier/nurturedstep.py", "for due in self._moves() if due.at < self.known_at)",
         "for due in self._moves() if due.at < self.known_at and due.move is None)"),)),
    Bug("rest ignored", NURTURE, (
        ("nurture/advance.py", 'return "rest" if asked.resting else None', "return None"),)),
    Bug("re-entry once forgotten", QUALIFIER, (
        ("qualifier/enrolling.py", 'if sequence.again == "once":', "if False:"),)),
)  # fmt: skip
NO_BUG = Bug("no bug", "", ())


def plant(bug: Bug, tree: Path) -> None:
    """Put a bug into a copy of the tree.

    Args:
        bug: The bug.
        tree: Where the copy is.

    Raises:
        LookupError: If a snippet is not in its file exactly once.
    """
    for file, old, new in bug.plants:
        path = tree / "src" / "leadqual" / file
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise LookupError(
                f"the snippet of `{bug.name}` is {text.count(old)} times in {file}; look for what it became"
            )
        path.write_text(text.replace(old, new), encoding="utf-8")


def tried(bug: Bug) -> tuple[bool, str]:
    """Return whether a bug is caught (or, without a bug, whether all tests pass), and by which test."""
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        tree = Path(folder)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
            else:
                shutil.copy(ROOT / name, tree / name)
        try:
            plant(bug, tree)
        except LookupError as error:
            return False, str(error.args[0])
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "PYTEST"))}
        own |= {"PYTHONPATH": str(tree / "src"), "HYPOTHESIS_PROFILE": "quick", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            *((bug.tests,) if bug.tests else SELECTION),
        ]
        run = subprocess.run(command, cwd=tree, env=own, capture_output=True, text=True, check=False)
    if bug is NO_BUG:
        return run.returncode == _PASSED, "" if run.returncode == _PASSED else run.stdout[-2000:]
    failed = re.search(r"^FAILED \S+?::([\w]+)", run.stdout, re.MULTILINE)
    if run.returncode == _FAILED and failed:
        return True, failed[1]
    return False, "" if run.returncode == _PASSED else f"pytest ended with {run.returncode}\n{run.stdout[-2000:]}"


def main(names: list[str]) -> int:
    """Plant the bugs whose name holds one of the names (all by default), and print which test caught each."""
    began = time.monotonic()
    bugs = [bug for bug in BUGS if not names or any(name in bug.name for name in names)]
    sound, by = tried(NO_BUG)
    if not sound:
        print(f"without any bug the tests fail already\n{by}")
        return 1
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(tried, bugs))
    for bug, (caught, by) in zip(bugs, results, strict=True):
        print(f"{'caught' if caught else 'NOT CAUGHT':<10}  {bug.name}" + (f": {by}" if by else ""))
    found = sum(caught for caught, _ in results)
    print(f"{found} of {len(bugs)} planted bugs caught, in {time.monotonic() - began:.0f} s")
    return 0 if found == len(bugs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
