"""The voice and face: a coach's reply turned into words, speech, paced sound and plain text."""
