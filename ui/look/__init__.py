"""How every page looks: colours, type, icons, one style sheet, one current look."""
