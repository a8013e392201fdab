"""Pages of what the library holds, and what is done to several of its documents."""
