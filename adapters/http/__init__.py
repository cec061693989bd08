"""The HTTP side of a running process: health, readiness, metrics, and the pages that a platform needs."""
