#!/usr/bin/env bash
# Hostile documents and rows, at least 100,000 in all: nothing but LeadqualError may come out.
set -euo pipefail
code=0
found=0
for script in tests/fuzz/*.py; do
    [ -e "$script" ] || continue
    found=1
    echo "$script"
    .venv/bin/python "$script" || code=1
done
[ $found -eq 1 ] || echo "no fuzz scripts yet"
exit $code
