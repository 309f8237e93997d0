"""What an operator wants to know before listeners find it out: is everything as it must be?"""
