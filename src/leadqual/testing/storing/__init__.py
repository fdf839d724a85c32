"""What `check_store` looks at."""
