"""The nightly flow: landing -> digest -> load -> publish."""

import os

# Fresh memory is dear. Left alone, Polars' allocator gives what a batch frees back after half a second, large blocks at
# once, and keeps what the threads free in four arenas a core; the next batch asks for it anew. It reads this when
# Polars is imported.
os.environ.setdefault(
    "_RJEM_MALLOC_CONF",
    f"dirty_decay_ms:10000,muzzy_decay_ms:10000,oversize_threshold:0,narenas:{os.cpu_count()}",
)
