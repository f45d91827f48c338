"""One file for each platform that is read through its official interface."""
