"""The door: Amazon's JSON in, Amazon's JSON out, and nobody else let through."""
