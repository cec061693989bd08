"""Side-by-side measurements: `make bench`. Ratios carry over between machines, absolute figures do not."""
