"""Settings, logging, rate limits and helpers that import nothing else of the kit."""
