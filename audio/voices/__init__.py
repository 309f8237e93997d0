"""The voices: each in a module of its own, all of them behind one protocol."""
