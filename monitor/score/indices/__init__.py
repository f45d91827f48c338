"""The published indices, one file each; the variant is in the name."""
