"""Who may do what in a library: users, keys, sessions, funds; the library as a person is let into it; the trail."""
