"""An act as printed: its segments, and to which act an attachment belongs."""
