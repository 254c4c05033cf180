"""What people feed the program: packages, lists, tables of marks."""
