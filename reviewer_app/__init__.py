"""Reviewer (专家评审): offline expert review, without a face."""

__version__ = "0.1.0"
