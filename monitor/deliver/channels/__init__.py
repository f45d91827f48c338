"""One file for each channel a message can leave by."""
