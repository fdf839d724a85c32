#!/usr/bin/env bash
# One digest of all scores over every Python, hash seed, time zone and locale: all 81 combinations.
set -euo pipefail
work=.ci/work/digests
rm -rf "$work"
mkdir -p "$work"
.venv/bin/uv build --quiet --wheel --out-dir "$work/dist"
.venv/bin/python .ci/matrix.py "$work" --all
