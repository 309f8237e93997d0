"""My Hip Workout: the skill, from a listener's sentence to the coach's answer."""
