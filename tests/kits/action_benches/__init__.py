"""One file per module of `monitor.actions`: how to try each of its actions."""
