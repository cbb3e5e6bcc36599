"""The books: accounts, entries, and the slices that post to them. No window, no network, no layout."""
