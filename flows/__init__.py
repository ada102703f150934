"""The nightly flow: landing -> digest -> load -> publish."""
