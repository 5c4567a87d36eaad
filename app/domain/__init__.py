"""Domain rules: pure functions over plain values, without Flask, SQL, clock, randomness or I/O.

Times, seeds and settings are arguments; results are values and codes, never sentences.
"""
