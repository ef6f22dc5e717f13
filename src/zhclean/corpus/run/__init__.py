"""Cleaning, boilerplate and copies in one run, with a page that tells what was done."""
