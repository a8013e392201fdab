"""Users, keys, funds and the trail over HTTP, for admins."""
