"""Stand-in for Synapse."""
