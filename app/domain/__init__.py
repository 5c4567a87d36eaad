"""What answers mean: pure functions over plain values. No Flask, SQL, clock, randomness or I/O here.

The surveys say what was asked; these modules say what follows from what was answered.
Times, seeds and settings come in as arguments; what goes out are values and codes, never sentences.
"""
