"""What the machine does by itself: one file = one command = one line of the timetable."""
