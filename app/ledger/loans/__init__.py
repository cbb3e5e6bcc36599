"""Loans to members: terms, schedules, instalments and arrears."""
