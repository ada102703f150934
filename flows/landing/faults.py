"""A file or record that can't be read, by the name of its fault."""


class Fault(Exception):
    """Raised by a reader; `reason` is a name of transforms.contracts.FAULTS, `detail` a sentence for people.

    `may_pass`: the server failed, not the file, and the next night tries again.
    """

    def __init__(
        self, reason: str, detail: str, locator: str = "", excerpt: str = "", *, may_pass: bool = False
    ) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.locator = locator
        self.excerpt = excerpt
        self.may_pass = may_pass
