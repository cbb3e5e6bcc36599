"""What a group's meeting brings in: savings and instalments of many members, recorded as one."""
