"""Akoma Ntoso 3.0: export, and import of our own export without loss."""
