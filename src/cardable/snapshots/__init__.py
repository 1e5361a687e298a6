"""A company's records as they stood at one moment: immutable Parquet, one file a record type."""

from cardable.snapshots.snapshot import Snapshot, Source, write

__all__ = ["Snapshot", "Source", "write"]
