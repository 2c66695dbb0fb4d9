"""Beyond the No: a workshop about healing from rejection."""
