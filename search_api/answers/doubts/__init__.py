"""What the program is not sure of: the queue, each doubt in words, its answers, the public shape."""
