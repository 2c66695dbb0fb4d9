"""One server and its command line."""
