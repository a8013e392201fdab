"""The subcommands of `svod`. Each module registers its own; heavy imports stay inside the functions."""
