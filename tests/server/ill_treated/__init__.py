"""What must hold when parts of a running server are killed."""
