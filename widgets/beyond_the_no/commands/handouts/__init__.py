"""Paper: run sheets, exercises and forms, printed as PDF files."""
