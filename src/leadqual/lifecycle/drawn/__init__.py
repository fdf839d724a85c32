"""What a drawing of a lifecycle is made of."""
