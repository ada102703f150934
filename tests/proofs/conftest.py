"""What proofs share with other rooms."""

from tests.transforms.conftest import undone

__all__ = ["undone"]
