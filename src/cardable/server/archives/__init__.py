"""Everything an instance holds in one file: made while it runs, verified before it is put back."""
