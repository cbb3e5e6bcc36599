"""The book as a file: engine, lock, migrations, guards, backup. All that differs between engines lives here."""
