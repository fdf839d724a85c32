#!/usr/bin/env bash
# The properties with 3,000 examples each (over 100,000 in all), drawn anew; a failure prints how to repeat it.
set -euo pipefail
HYPOTHESIS_PROFILE=nightly .venv/bin/python -m pytest tests/properties tests/stateful tests/hostile/test_lifecycle_documents.py -p no:cacheprovider --hypothesis-show-statistics -q
