"""How well labelled questions are understood: rows (read), figures (counted), report (said)."""
