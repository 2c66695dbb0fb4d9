"""A workshop with simulated people, to practise with and to test a laptop."""
