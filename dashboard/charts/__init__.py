"""A frame in, a figure out."""
