"""Commands of those who keep the library: rights, the trail, erasure."""
