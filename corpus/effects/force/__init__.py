"""The force of acts: when they come into force, how long they last, what ends or stops them."""
