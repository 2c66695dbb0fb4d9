"""The application's state, and the service that runs its notebooks."""
