#!/usr/bin/env bash
# The proofs that nothing is lost, with all their counts: a thousand kills and a thousand torn logs, every call of a
# store failing once, eight processes on fifty leads, full disks, restarts, the same facts in every store, and a hundred
# kills while a store is brought up to date.
set -euo pipefail
LEADQUAL_FAULTS=full .venv/bin/python -m pytest tests/service/faults -p no:cacheprovider -q -s --durations=10
LEADQUAL_KILLS=100 .venv/bin/python -m pytest tests/service/stores/test_migrating.py -p no:cacheprovider -q
