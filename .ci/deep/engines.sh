#!/usr/bin/env bash
# Every engine against the Python reference: the conformance set, plans broken on purpose, and 100 drawn playbooks with
# 1,000 leads each. LEADQUAL_PLAYBOOKS and LEADQUAL_LEADS say how many. The set once more on Spark with its own settings,
# which compile every plan to Java. The parts of the plans with 500 drawn examples each.
set -euo pipefail
export LEADQUAL_PLAYBOOKS=${LEADQUAL_PLAYBOOKS:-100} LEADQUAL_LEADS=${LEADQUAL_LEADS:-1000}
.venv/bin/python -m pytest tests/engines -p no:cacheprovider -q --numprocesses=2 --dist=loadgroup
LEADQUAL_SPARK_AS_IT_COMES=1 .venv/bin/python -m pytest tests/engines/test_conformance.py -k spark -p no:cacheprovider -q
HYPOTHESIS_PROFILE=wide .venv/bin/python -m pytest tests/batch -p no:cacheprovider -q --numprocesses=2 --dist=loadgroup
