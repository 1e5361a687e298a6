"""What came in, before we believe it: a file becomes text tables whose columns are recognised."""

from cardable.intake.description import described
from cardable.intake.model import Column, FileReading, Grid, Limits, Problem, Table
from cardable.intake.reading import Progress, read

__all__ = ["Column", "FileReading", "Grid", "Limits", "Problem", "Progress", "Table", "described", "read"]
