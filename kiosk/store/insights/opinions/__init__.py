"""How what members said of styles stands: counted by style, week and language, without persons."""
