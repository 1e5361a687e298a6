"""Speed, measured as whole processes against honest peers on generated data."""
