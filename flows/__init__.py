"""The nightly flow: landing -> digest -> load -> publish."""

import os

# Polars' allocator gives freed memory back after half a second, and the next batch asks for it anew: a fifth of
# the page faults of a night. It reads this when Polars is imported.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000")
