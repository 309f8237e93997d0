"""The memory: where a listener's session waits between two sentences."""
