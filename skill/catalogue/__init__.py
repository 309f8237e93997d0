"""The exercises: facts once in YAML, words for people in Fluent, and a loader that checks both."""
