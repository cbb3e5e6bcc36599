# The daily commands. dev.py does the work; where make is missing, `python3 dev.py run` or `py dev.py run`.
PYTHON := $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null \
	&& echo $$each && break; done)

COMMANDS := run install test test-slow check bench screenshots format lock

.PHONY: $(COMMANDS)
$(COMMANDS):
	@$(or $(PYTHON),$(error Lumbung needs Python 3.11 to 3.14)) dev.py $@ $(ARGS)
