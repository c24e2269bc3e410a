"""One of each kind that Ponte finds in other packages: a format, a check, a metric, a language, a store."""
