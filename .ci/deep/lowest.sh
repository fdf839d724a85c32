#!/usr/bin/env bash
# The tests with the oldest versions that pyproject.toml admits.
set -euo pipefail
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
export LEADQUAL_SHARED=${LEADQUAL_SHARED:-$(cd .. && pwd)/shared}
uv=$PWD/.venv/bin/uv
cd "$copy"
git init -q .  # tests look at what is tracked
"$uv" run --quiet --resolution lowest-direct --group test pytest -q
