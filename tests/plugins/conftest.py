"""What is here belongs to a package of its own, but for the test."""

collect_ignore = ["acme", "life.py"]
