"""The rules of a review: exact numbers and plain Python, nothing else."""
