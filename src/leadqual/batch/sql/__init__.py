"""SQL statements made of nodes: expressions for conditions, one spelling per dialect, and their text."""
