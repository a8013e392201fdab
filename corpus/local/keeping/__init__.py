"""What stands beside the documents of a folder: registers and the trail, copies of it, its files' sums."""
