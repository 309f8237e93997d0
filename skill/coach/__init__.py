"""The coach: pure rules of a workout, knowing nothing of Flask, Alexa, files, clocks or chance."""
