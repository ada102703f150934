"""The only place that knows DuckDB: build, load, check and publish the warehouse."""
