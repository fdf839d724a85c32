#!/usr/bin/env bash
# Hostile documents, rows and values, at least 100,000 in all: nothing but LeadqualError may come out.
set -euo pipefail
.venv/bin/python -m tests.fuzz --examples "${LEADQUAL_EXAMPLES:-105000}"
