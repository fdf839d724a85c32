"""Interest over millions of leads: events counted by class and age, then limits, decay and caps; integers only."""
