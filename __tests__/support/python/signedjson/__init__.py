"""Stands in for the library of Synapse's signing keys."""
