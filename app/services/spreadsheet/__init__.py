"""Workbooks (.xlsx), whatever they are about.

archive    unpacks a file that was sent, within limits
sheets     its cells
looks      the styles of those that are written
"""
