"""The pack to print for a discussion."""
