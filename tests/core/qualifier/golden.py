"""Writes down what became of the lives: ``python -m tests.core.qualifier.golden``, and then read the difference."""

from pathlib import Path

from tests.core.qualifier.test_lives import told_lives

if __name__ == "__main__":
    Path(__file__).with_name("lives.txt").write_text(told_lives(), encoding="utf-8")
