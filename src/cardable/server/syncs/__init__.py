"""What is due, what ran, and the snapshot that came of it."""
