#!/usr/bin/env bash
# Mutants of the parts that must be exact ([tool.mutmut] in pyproject.toml), in a copy of the project; prints the ones
# that no test noticed. Fails when more than 15 % of the mutants live: look at each, and write the test or say why not.
set -euo pipefail
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
export LEADQUAL_CI=0 HYPOTHESIS_PROFILE=quick PYTEST_ADDOPTS="-p no:cacheprovider -p no:cov"
bin=$PWD/.venv/bin
cd "$copy"
"$bin/mutmut" run --max-children 2 >run.log 2>&1 || tr '\r' '\n' <run.log | tail -n 40
"$bin/mutmut" results
"$bin/mutmut" export-cicd-stats
"$bin/python" - <<'PYTHON'
import json
from pathlib import Path

stats = json.loads(Path("mutants/mutmut-cicd-stats.json").read_text())
print(stats)
live = stats["survived"] + stats["no_tests"]
share = live / stats["total"] if stats["total"] else 1
print(f"{live} of {stats['total']} mutants live ({share:.1%})")
raise SystemExit(share > 0.15)
PYTHON
