"""One file for each family of the doctor's checks; a file joins by its `@family` line."""
