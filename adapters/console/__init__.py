"""The console: the whole bot in a terminal, or line by line from a pipe."""
