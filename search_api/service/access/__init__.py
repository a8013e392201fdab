"""Who asks: keys, sessions, tokens; who is let in where; wrong logins slowed."""
