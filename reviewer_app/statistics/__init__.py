"""Agreement and weighting methods, on well-kept libraries; floats live only here."""
