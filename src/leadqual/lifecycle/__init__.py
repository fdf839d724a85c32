"""The life of a lead as a table of data and one pure function."""
