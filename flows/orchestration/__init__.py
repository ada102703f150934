"""Prefect around the night: its API, its schedule, what it shows and whom it tells."""
