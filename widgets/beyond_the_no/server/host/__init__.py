"""What the server asks of its machine: ports, TLS, limits, sleep, Chromium."""
