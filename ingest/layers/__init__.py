"""What stands beside the words of an act."""
