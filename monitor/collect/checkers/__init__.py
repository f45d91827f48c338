"""Services that look through titles, one file each."""
