"""A pretend smart speaker: local ears and a device that speaks Amazon's protocol to the skill."""
