"""A bare DuckDB copy of a CSV to Parquet: python -m bench.peers.duckdb_copy FILE OUT."""

import sys

import duckdb


def main() -> None:
    source, target = sys.argv[1:]
    duckdb.read_csv(source).write_parquet(target)


if __name__ == "__main__":
    main()
