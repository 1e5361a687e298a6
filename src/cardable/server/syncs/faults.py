"""Why uploads did not become a company's data."""


class NotUsable(Exception):
    """What a customer brought cannot be used: the sync's status, and a sentence for whoever looks."""

    def __init__(self, status: str, words: str) -> None:
        self.status, self.words = status, words
        super().__init__(words)
