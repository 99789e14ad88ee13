"""The same norms over tables: populations of many organizations, as columns in Polars and as SQL."""
