"""Measurements of the console; run by ./dev bench."""
