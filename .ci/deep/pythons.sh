#!/usr/bin/env bash
# The whole test suite on every Python that can be found, each in an environment of its own.
set -euo pipefail
code=0
while read -r version python; do
    echo "Python $version"
    UV_PROJECT_ENVIRONMENT=".ci/work/venv-$version" .venv/bin/uv run --quiet --python "$python" --group test pytest -q </dev/null || code=1
done < <(.venv/bin/python .ci/matrix.py --list)
exit $code
