"""What a score is made of beside events, as SQL: fit, gates, grade, level, label, total, completeness and bars."""
