"""Looks for texts that break a law of zhclean, led by which code each text reaches."""
