"""Term deposits: certificates, their interest, closing and roll-over."""
