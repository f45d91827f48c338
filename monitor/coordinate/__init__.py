"""Pure: deadlines, approval and workflow shared by cases, campaigns and messages."""
