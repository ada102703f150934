"""Pure transforms of Arabic news: a frame in, a frame out."""
