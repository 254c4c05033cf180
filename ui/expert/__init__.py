"""The expert's door: open, step back, score, compare, finish."""
