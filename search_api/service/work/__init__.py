"""Work that outlasts a request: uploads in a pool of their own, with an address to ask how far they are."""
