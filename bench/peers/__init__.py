"""Who answers: the kit's servers and others, and what they show."""
