"""What a measurement is told in: tables, memory and CPU, sizes of files."""
