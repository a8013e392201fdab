"""What acts do to other acts and to themselves: read from their words, applied by days, told as states and editions."""
