"""Who asks: phones, a leader, and the lines that they speak over."""
