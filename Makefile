# crossfoot: see README.md. `make` builds; `make demo` and `make check` also install what is missing (Debian 12).

VERSION = 0.1.0
PREFIX = /usr/local
DESTDIR =
CC = gcc
JOBS = -j$(shell nproc)

# SAN=1 builds everything again under AddressSanitizer and UndefinedBehaviorSanitizer, beside the plain build;
# COV=1 with coverage counters.
VARIANT = $(if $(SAN),san,$(if $(COV),cov,plain))
OUT = build/$(VARIANT)
OPTIMISE = $(if $(SAN),-O1 -g -fsanitize=address$(,)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer,$(if $(COV),-O0 -g --coverage,-O2 -g))
, := ,
WARN = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
CPPFLAGS = -D_GNU_SOURCE -Icmd -DCROSSFOOT_VERSION='"$(VERSION)"'
CFLAGS = -std=c11 $(WARN) $(OPTIMISE)
LDLIBS = -ljansson -lpcre2-8 -lgmp -lmd4c -lgumbo -lstemmer

SOURCES := $(sort $(wildcard cmd/*/*.c))
DATA := $(sort $(shell find rules schemas -name '*.json' 2>/dev/null))
LIBRARY := $(patsubst %.c,$(OUT)/%.o,$(filter-out cmd/crossfoot/%,$(SOURCES))) $(OUT)/embedded.o
PROGRAM := $(patsubst %.c,$(OUT)/%.o,$(filter cmd/crossfoot/%,$(SOURCES)))
UNITS := $(patsubst t/unit/%.c,$(OUT)/t/%,$(sort $(wildcard t/unit/*.c)))

FUZZERS := $(patsubst t/fuzz/%.c,%,$(sort $(wildcard t/fuzz/*.c)))

# What each of Debian's packages is for is said in README.md, "Hacking".
BUILD_PACKAGES = gcc libc6-dev libjansson-dev libpcre2-dev libgmp-dev libmd4c-dev libgumbo-dev libstemmer-dev \
    libarchive-dev
TEST_PACKAGES = perl libcmocka-dev python3-jsonschema
LINT_PACKAGES = clang libclang-rt-14-dev clang-format mandoc
BENCH_PACKAGES = jq time ripgrep grep python3 zstd g++ libsimdjson-dev
COVERAGE_PACKAGES = gcovr

# `make V=1` shows the commands whole.
SAY = $(if $(V),,@echo '  $(1) $@';)

all: $(OUT)/crossfoot

$(OUT)/crossfoot: $(PROGRAM) $(OUT)/library.a
	$(call SAY,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Made anew each time, so that no object of a file that is gone stays in it.
$(OUT)/library.a: $(LIBRARY)
	$(call SAY,AR)rm -f $@ && ar rcs $@ $^

$(OUT)/t/%: t/unit/%.c $(OUT)/library.a
	@mkdir -p $(@D)
	$(call SAY,TEST)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(OUT)/library.a $(LDLIBS) -lcmocka

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(call SAY,CC)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# rules/ and schemas/ as they are, in one table. The list of files is part of the target, so that a new one is seen.
$(OUT)/embedded.list: FORCE
	@mkdir -p $(@D)
	@echo '$(DATA)' | cmp -s - $@ || echo '$(DATA)' > $@

$(OUT)/embedded.c: $(OUT)/embedded.list $(DATA)
	@{ echo '#include "base/embed.h"'; i=0; \
	   for f in $(DATA); do i=$$((i+1)); \
	     printf '__asm__(".section .rodata\\nembedded_%s: .incbin \\"%s\\"\\nembedded_%s_end: .byte 0\\n.previous\\n");\n' $$i $$f $$i; \
	     printf 'extern const char embedded_%s[], embedded_%s_end[];\n' $$i $$i; done; \
	   echo 'const struct embedded_part embedded_parts[] = {'; i=0; \
	   for f in $(DATA); do i=$$((i+1)); printf '    {"%s", embedded_%s, embedded_%s_end},\n' $$f $$i $$i; done; \
	   echo '    {0, 0, 0}};'; } > $@

$(OUT)/embedded.o: $(OUT)/embedded.c
	$(call SAY,CC)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

units: $(UNITS)

# The fuzz targets without a fuzzer: they read the files they are given, so that seeds are replayed in `make check`.
$(OUT)/replay/%: t/fuzz/%.c $(OUT)/library.a
	@mkdir -p $(@D)
	$(call SAY,TEST)$(CC) $(CPPFLAGS) $(CFLAGS) -DREPLAY -MMD -MP $(LDFLAGS) -o $@ $< $(OUT)/library.a $(LDLIBS)

replays: $(FUZZERS:%=$(OUT)/replay/%)

# Debian's packages of a list that are not there yet. Installing needs root, or sudo.
install_packages = @missing=; for p in $(1); do \
	    dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q ' installed' || missing="$$missing $$p"; done; \
	  if [ -n "$$missing" ]; then echo "installing:$$missing"; \
	    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    $$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y --no-install-recommends $$missing; fi

build-packages:
	$(call install_packages,$(BUILD_PACKAGES))
test-packages:
	$(call install_packages,$(BUILD_PACKAGES) $(TEST_PACKAGES))
lint-packages:
	$(call install_packages,$(BUILD_PACKAGES) $(TEST_PACKAGES) $(LINT_PACKAGES))
bench-packages:
	$(call install_packages,$(BUILD_PACKAGES) $(TEST_PACKAGES) $(BENCH_PACKAGES))
coverage-packages:
	$(call install_packages,$(BUILD_PACKAGES) $(TEST_PACKAGES) $(COVERAGE_PACKAGES))

# The press release that the project started from, then its twin with two digits swapped.
DEMO = $(OUT)/crossfoot check --no-config --rules rules/anct-2024.json
demo: build-packages
	@$(MAKE) --no-print-directory $(JOBS) all
	@echo; echo '$$ $(DEMO) fixtures/anct-2024/figures.json'
	@$(DEMO) fixtures/anct-2024/figures.json; echo "exit status $$?"
	@echo; echo '$$ $(DEMO) fixtures/anct-2024/twins/total-swapped.json'
	@$(DEMO) fixtures/anct-2024/twins/total-swapped.json; status=$$?; echo "exit status $$status"; [ $$status = 1 ]

check: test-packages
	@$(MAKE) --no-print-directory $(JOBS) test

test: $(OUT)/crossfoot $(UNITS) replays
	CROSSFOOT=$(CURDIR)/$(OUT)/crossfoot UNITS=$(CURDIR)/$(OUT)/t REPLAYS=$(CURDIR)/$(OUT)/replay prove $(PROVE_FLAGS) t

# Expectations made anew: each difference is shown, and kept only when you say so.
golden: $(OUT)/crossfoot
	GOLDEN=1 CROSSFOOT=$(CURDIR)/$(OUT)/crossfoot perl t/0200-cases.t

# Every warning of both compilers, the format of the code, the man page.
SOURCE_FILES = $(sort $(wildcard cmd/*/*.[ch] t/unit/*.[ch] t/fuzz/*.[ch]))
lint: lint-packages
	@$(MAKE) --no-print-directory $(JOBS) OUT=build/lint-gcc CC='gcc -Werror' all units replays
	@$(MAKE) --no-print-directory $(JOBS) OUT=build/lint-clang CC='clang -Werror' all units replays
	@clang-format --dry-run -Werror $(SOURCE_FILES)
	mandoc -T lint -W style cmd/crossfoot/crossfoot.1

# `make fuzz TIME=600`: each target for that many seconds; what it finds lies in build/fuzz. Seeds: fixtures/.
TIME = 60
fuzz: lint-packages
	@mkdir -p build/fuzz
	@$(MAKE) --no-print-directory OUT=build/fuzz SAN=1 CC='clang -fsanitize=fuzzer-no-link' $(FUZZERS:%=build/fuzz/fuzz-%)
	@for f in $(FUZZERS); do mkdir -p build/fuzz/corpus-$$f; \
	  build/fuzz/fuzz-$$f -max_total_time=$(TIME) -print_final_stats=1 -artifact_prefix=build/fuzz/ \
	    build/fuzz/corpus-$$f $$(t/fuzz/seeds $$f) || exit 1; done

build/fuzz/fuzz-%: t/fuzz/%.c $(OUT)/library.a
	$(call SAY,FUZZ)$(CC) -fsanitize=fuzzer $(CPPFLAGS) $(CFLAGS) -o $@ $< $(OUT)/library.a $(LDLIBS)

# What crossfoot is held against there, where that is no command of its own.
$(OUT)/bench/%: t/bench/%.c
	@mkdir -p $(@D)
	$(call SAY,CC)$(CC) -std=c11 $(WARN) -D_GNU_SOURCE -O2 -o $@ $< -ljansson

$(OUT)/bench/%: t/bench/%.cpp
	@mkdir -p $(@D)
	$(call SAY,CC)g++ -std=c++17 -O3 -march=native -o $@ $< -lsimdjson

PEERS = $(OUT)/bench/load_jansson $(OUT)/bench/parse_simdjson
bench: bench-packages
	@$(MAKE) --no-print-directory $(JOBS) all $(PEERS)
	CROSSFOOT=$(CURDIR)/$(OUT)/crossfoot PEERS=$(CURDIR)/$(OUT)/bench perl t/bench/run

# Lines that no test runs, room by room.
coverage: coverage-packages
	@$(MAKE) --no-print-directory COV=1 test PROVE_FLAGS=-Q
	gcovr --root . --filter 'cmd/' --object-directory build/cov --exclude-unreachable-branches --print-summary

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/crossfoot/schemas
	install -m 755 $(OUT)/crossfoot $(DESTDIR)$(PREFIX)/bin/crossfoot
	install -m 644 cmd/crossfoot/crossfoot.1 $(DESTDIR)$(PREFIX)/share/man/man1/crossfoot.1
	install -m 644 schemas/*.json $(DESTDIR)$(PREFIX)/share/crossfoot/schemas

clean:
	rm -rf build

FORCE:
.PHONY: all units replays build-packages test-packages lint-packages bench-packages coverage-packages demo check test golden \
	lint fuzz bench coverage install clean FORCE
.DELETE_ON_ERROR:
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
