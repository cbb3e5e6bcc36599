"""Letters that remind members of late loans, in three steps."""
