"""Durable delivery: what is due when, claims, sending, retries, and asking the platform before anything is repeated."""
