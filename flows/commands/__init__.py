"""The commands of `mustawda`, each a few lines that call the room where the work is done."""
