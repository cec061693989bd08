"""Chao's core: event in, reply out. Knows no platform, no SDK and no process."""
