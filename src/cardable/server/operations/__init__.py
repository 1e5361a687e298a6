"""How the instance fares: its requests, jobs and storage, in figures and in words."""
