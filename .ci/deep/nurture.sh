#!/usr/bin/env bash
# A million touches that come due to leads to which everything happens, and 750 lives of the machine of
# sequences: none may break a rule. LEADQUAL_EMITS says how many touches; LEADQUAL_SEED=2 draws other lives.
set -euo pipefail
export LEADQUAL_EMITS=${LEADQUAL_EMITS:-1000000}
HYPOTHESIS_PROFILE=nightly .venv/bin/python -m pytest tests/stateful/test_emits.py tests/stateful/test_sequences.py -p no:cacheprovider -q --numprocesses=auto
