"""Validated models, one for each data file."""
