"""The forms of article files: a module reads one form, `recognise` tells which one a file has."""
