"""Pages of coming in and going out, and the trail for admins."""
