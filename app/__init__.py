"""Cluster self-reflection for Wales."""
