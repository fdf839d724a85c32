"""Writes down every problem: ``python -m tests.core.nurture.check.golden``, and then read the difference."""

from pathlib import Path

from tests.core.nurture.check.test_problems import told_problems

if __name__ == "__main__":
    Path(__file__).with_name("problems.txt").write_text(told_problems(), encoding="utf-8")
