"""Archives as landings hold them: read in place, member by member, nothing is written to disk."""
