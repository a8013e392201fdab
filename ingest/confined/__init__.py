"""The one sandbox: foreign bytes and texts are read in children that can be killed, and answer within bounds."""
