"""A grid of text understood: where its header is, what kind of table it is, what each column means."""

from cardable.intake.recognise.table import recognise

__all__ = ["recognise"]
