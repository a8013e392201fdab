"""The rules of repair, a file a kind of damage."""
