"""The building blocks of all pages: labels, buttons, fields, tables, charts, papers on screen."""
