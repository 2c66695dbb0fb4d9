"""HTTP for all views: response cache, security headers, connection handling."""
