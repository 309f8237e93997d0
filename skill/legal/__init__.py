"""The pages that the store links to: what is kept of listeners, and on which terms they listen."""
